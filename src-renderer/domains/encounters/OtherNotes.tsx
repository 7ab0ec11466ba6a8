import type { NoteDetail, Visit } from '#shared/domains/encounters/model.chart.ts'
import { noteSections } from '#shared/domains/encounters/model.ts'
import { signProblems } from '#shared/domains/encounters/rules.ts'
import { useActor, useMay } from '#renderer/app/actor.tsx'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { HiddenNote } from './HiddenNote.tsx'
import { staffText } from './view.ts'
import { sectionNames, signProblemTexts } from './words.ts'
import styles from './Note.module.css'

/** What others wrote in this visit, so that the doctor reads the nurse's note before writing; it can be signed as it stands. */
export function OtherNotes({ visit }: { visit: Visit }) {
  const { staffId } = useActor()
  return visit.notes.filter((note) => note.author.id !== staffId).map((note) => <OtherNote key={note.id} note={note} visit={visit} />)
}

function OtherNote({ note, visit }: { note: NoteDetail; visit: Visit }) {
  const maySign = useMay('note.sign')
  const sign = useCommand('encounters.sign')
  const [problem] = signProblems(note, visit.diagnoses, note.copies)
  return (
    <Card title={`Note by ${staffText(note.author)}`} note={note.status === 'draft' ? 'not signed' : 'signed'}>
      {note.isHidden && <HiddenNote note={note} />}
      {noteSections.filter((section) => note[section].trim() !== '').map((section) => (
        <p key={section} className={styles['otherText']}><b>{sectionNames[section]}</b> {note[section]}</p>
      ))}
      {sign.refusal && <Notice tone="bad" title="Not signed.">{errorText(sign.refusal)}</Notice>}
      {maySign && note.status === 'draft' && !note.isHidden && (
        <ActionButton size="compact-xs" running={sign.isRunning} disabledReason={problem && signProblemTexts[problem]} onClick={() => void sign.run({ noteId: note.id, revision: note.revision, textHash: note.textHash }).catch(() => undefined)}>
          Sign this note
        </ActionButton>
      )}
    </Card>
  )
}
