import type { NoteDetail } from '#shared/domains/encounters/model.chart.ts'
import { useMay } from '#renderer/app/actor.tsx'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { askToBreakGlass } from '#renderer/ui/break-glass.ts'
import { staffText } from './view.ts'
import styles from './Note.module.css'

/** A note that is there and not for everybody: who wrote it is said, its words are not. */
export function HiddenNote({ note }: { note: NoteDetail }) {
  const mayBreak = useMay('break-glass.use')
  if (note.sensitivity === 'psychotherapy') return <p className={styles['hiddenNote']}>This note is encrypted to you, and this window holds no key for it. Sign out and in again with your password.</p>
  return (
    <div className={styles['hiddenNote']}>
      <p>Sensitive: {staffText(note.author)} keeps these words to themselves.</p>
      {mayBreak && <ActionButton size="compact-xs" color="clay" variant="outline" onClick={() => askToBreakGlass({ patientId: note.patientId, onOpened: () => {} })}>Open in an emergency</ActionButton>}
    </div>
  )
}
