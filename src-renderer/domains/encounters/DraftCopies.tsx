import type { DraftCopy } from '#shared/domains/encounters/model.chart.ts'
import { noteSections, type NoteSections } from '#shared/domains/encounters/model.ts'
import { useZone } from '#renderer/app/actor.tsx'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { time } from '#renderer/ui/format.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { sectionNames } from './words.ts'
import styles from './Note.module.css'

interface DraftCopiesProps {
  copies: readonly DraftCopy[]
  /** What is done with a text that is taken. */
  onAdd: (other: NoteSections) => unknown
  /** The note is signed: what is taken becomes an addendum. */
  isLate?: boolean
}

/** Text that another window or machine had saved when this one saved too. Both are kept until somebody has looked. */
export function DraftCopies({ copies, onAdd, isLate = false }: DraftCopiesProps) {
  const zone = useZone()
  const settle = useCommand('encounters.settleCopy')
  const done = (copy: DraftCopy) => void settle.run({ id: copy.id }).catch(() => undefined)
  const take = async (copy: DraftCopy): Promise<void> => {
    await onAdd(copy)
    done(copy)
  }
  return copies.map((copy) => (
    <div key={copy.id} className={styles['copy']}>
      <Notice
        tone="warn" title={isLate ? `This was written before the note was known to be signed (${time(copy.savedAt, zone)}).` : `This note was also written in another window or on another machine (${time(copy.savedAt, zone)}).`}
        action={
          <>
            <ActionButton onClick={() => void take(copy).catch(() => undefined)}>{isLate ? 'Make it an addendum' : 'Add its text to mine'}</ActionButton>
            <ActionButton variant="subtle" onClick={() => done(copy)}>Leave it out</ActionButton>
          </>
        }
      >
        Both texts are kept until you choose.
        {noteSections.filter((section) => copy[section].trim() !== '').map((section) => (
          <p key={section} className={styles['copyText']}><b>{sectionNames[section]}</b> {copy[section]}</p>
        ))}
        {settle.refusal && <p>{errorText(settle.refusal)}</p>}
      </Notice>
    </div>
  ))
}
