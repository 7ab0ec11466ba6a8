import { Textarea } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { noteSections, type NoteSections } from '#shared/domains/encounters/model.ts'
import type { NoteDetail, Visit } from '#shared/domains/encounters/model.chart.ts'
import { mayAmend } from '#shared/domains/encounters/rules.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { useActor, useMay, useToday, useZone } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { usePending } from '#renderer/app/network/state.ts'
import { paths } from '#renderer/app/paths.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ChartBanner } from '#renderer/ui/ChartBanner.tsx'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { Form } from '#renderer/ui/form.tsx'
import { date, dateTime } from '#renderer/ui/format.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { Unconfirmed } from '#renderer/ui/Unconfirmed.tsx'
import { DraftCopies } from './DraftCopies.tsx'
import { HiddenNote } from './HiddenNote.tsx'
import { ObjectiveFacts } from './ObjectiveFacts.tsx'
import { ObservationRow } from './ObservationRow.tsx'
import { staffText } from './view.ts'
import { sectionNames } from './words.ts'
import chartStyles from './Chart.module.css'
import styles from './Note.module.css'

/** A visit as it was signed: read only, with what was added later under it. */
export function SignedVisit({ visit }: { visit: Visit }) {
  const go = useGo()
  const zone = useZone()
  const mayWrite = useMay('note.write')
  const [adding, setAdding] = useState<NoteDetail>()
  const { userId } = useActor()
  const signed = visit.notes.filter((note) => note.status === 'signed' && mayAmend(note, userId))
  const back = () => go(paths.chart(visit.patient.id))
  const [first] = signed
  useKeys([
    { id: 'note.leave', keys: 'Esc', label: 'Back to the chart', where: 'Note', run: back },
    ...(mayWrite && first ? [{ id: 'note.addendum', keys: 'A', label: 'Add addendum', where: 'Note', run: () => setAdding(first) }] : []),
  ])
  return (
    <Screen
      title="Note" banner={<ChartBanner patient={visit.patient} allergies={visit.allergies} visit={visit.visit} glassUntil={visit.glassUntil} action={<ActionButton keyId="note.leave" onClick={back}>Chart</ActionButton>} />}
    >
      <div className={styles['signed']}>
        {visit.notes.length === 0 && (
          <Card title={visit.encounter.reason ?? 'Visit'} note={date(dateInZone(visit.encounter.startedAt, zone))}>No note was written in this visit.</Card>
        )}
        {visit.notes.map((note) => (
          <ReadNote key={note.id} note={note} visit={visit} act={mayWrite && note.status === 'signed' && mayAmend(note, userId) && <ActionButton {...(note === first ? { keyId: 'note.addendum' } : {})} onClick={() => setAdding(note)}>Add addendum</ActionButton>} />
        ))}
        {visit.observations.length > 0 && (
          <Card title="Measured in this visit" flush>
            <ul role="list" className={chartStyles['rows']}>{visit.observations.map((one) => <ObservationRow key={one.id} observation={one} />)}</ul>
          </Card>
        )}
      </div>
      {adding && <AddendumPanel note={adding} onClose={() => setAdding(undefined)} />}
    </Screen>
  )
}

function ReadNote({ note, visit, act }: { note: NoteDetail; visit: Visit; act: ReactNode }) {
  const zone = useZone()
  const today = useToday()
  const isPending = usePending()
  const isUnsent = isPending('clinical_notes', note.id)
  const { userId } = useActor()
  const by = note.signedAt ? `signed ${dateTime(note.signedAt, zone, today)}${note.signer && note.signer.id !== note.author.id ? ` by ${staffText(note.signer)}` : ''}` : ''
  return (
    <Card
      title={visit.encounter.reason ?? 'Visit'} note={[date(dateInZone(visit.encounter.startedAt, zone)), staffText(note.author), by].filter(Boolean).join(' · ')} flush
      aside={
        <>
          {isUnsent && <Unconfirmed>{note.status === 'signed' ? 'signed here, not yet at the clinic' : 'written here, not yet at the clinic'}</Unconfirmed>}{' '}
          {note.status === 'draft' ? <Tag tone="warn">Not signed</Tag> : act}
        </>
      }
    >
      {note.isHidden ? <HiddenNote note={note} /> : (
        <dl className={styles['read']}>
          {noteSections.map((section) => (
            <ReadSection key={section} name={sectionNames[section]} text={note[section]}>
              {section === 'objective' && <ObjectiveFacts visit={visit} signedAt={note.signedAt} />}
              {section === 'assessment' && visit.diagnoses.length > 0 && (
                <ol role="list" className={styles['diagnoses']}>
                  {visit.diagnoses.map((one) => <li key={one.id}>{one.rank} <b className="code">{one.concept.code}</b> {one.concept.label}</li>)}
                </ol>
              )}
            </ReadSection>
          ))}
        </dl>
      )}
      {note.authorId === userId && <LateVersions note={note} />}
      {note.addenda.map((addendum) => (
        <div key={addendum.id} className={styles['addendum']}>
          <span className={styles['hint']}>Addendum · {staffText(addendum.author)} · {dateTime(addendum.addedAt, zone, today)} {isPending('note_addenda', addendum.id) && <Unconfirmed>written here, not yet at the clinic</Unconfirmed>}</span>
          <p>{addendum.text}</p>
        </div>
      ))}
    </Card>
  )
}

/** What its author wrote on another machine before it was known there that the note is signed. */
function LateVersions({ note }: { note: NoteDetail }) {
  const add = useCommand('encounters.addAddendum')
  const asText = (words: NoteSections) => noteSections.filter((section) => words[section].trim() !== '').map((section) => `${sectionNames[section]}: ${words[section].trim()}`).join('\n')
  return (
    <>
      <DraftCopies copies={note.copies} isLate onAdd={(words) => add.run({ id: newId(), noteId: note.id, text: asText(words) })} />
      {add.refusal && <Notice tone="bad">{errorText(add.refusal)}</Notice>}
    </>
  )
}

function ReadSection({ name, text, children }: { name: string; text: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {children}
        <div>{text}</div>
      </dd>
    </>
  )
}

function AddendumPanel({ note, onClose }: { note: NoteDetail; onClose: () => void }) {
  return (
    <SidePanel title="Addendum" onClose={onClose} footer={<ActionButton variant="filled" type="submit" form="addendum-form" keyId="form.submit">Add addendum</ActionButton>}>
      <AddendumForm note={note} onClose={onClose} />
    </SidePanel>
  )
}

/** What was typed and not added yet, by person and note: nobody signs another one's words. */
const unfinished = new Map<string, string>()

function AddendumForm({ note, onClose }: { note: NoteDetail; onClose: () => void }) {
  const add = useCommand('encounters.addAddendum')
  const key = `${useActor().userId} ${note.id}`
  const [text, setText] = useState(unfinished.get(key) ?? '')
  const [id] = useState(newId)
  const submit = () => {
    if (text.trim() === '') return
    void add.run({ id, noteId: note.id, text }).then(() => {
      unfinished.delete(key)
      onClose()
    }, () => undefined)
  }
  return (
    <Form id="addendum-form" where="Addendum" submitLabel="Add addendum" onSubmit={submit}>
      {add.refusal && <Notice tone="bad">{errorText(add.refusal)}</Notice>}
      <p className={styles['hint']}>It stands under the signed note with your name and the time. It cannot be changed afterwards.</p>
      <Textarea
        label="Text" autosize={false} rows={8} value={text} data-autofocus
        onChange={(event) => {
          setText(event.currentTarget.value)
          unfinished.set(key, event.currentTarget.value)
        }}
      />
    </Form>
  )
}
