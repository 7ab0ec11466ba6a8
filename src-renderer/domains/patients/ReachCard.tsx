import { Checkbox, Select } from '@mantine/core'
import { useState } from 'react'
import { channels } from '#shared/domains/patients/model.contact.ts'
import type { Patient } from '#shared/domains/patients/model.ts'
import { languageName } from '#shared/domains/patients/rules.languages.ts'
import type { Edits } from '#shared/domains/patients/rules.ts'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { useMay } from '#renderer/app/actor.tsx'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card, Fact, FactList } from '#renderer/ui/Card.tsx'
import { ContactNotes } from '#renderer/ui/ContactNotes.tsx'
import { channelWords } from '#renderer/ui/contact-words.ts'
import { optional, TextField } from '#renderer/ui/fields.tsx'
import { Form } from '#renderer/ui/form.tsx'
import { IconPhone } from '#renderer/ui/icons.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { LanguageSelect } from './LanguageSelect.tsx'
import styles from './Patient.module.css'
import { useKept } from './useKept.ts'

const fields = ['language', 'interpreter', 'preferredChannel', 'bestTimes', 'messages', 'workCalls', 'contactBan', 'confidentialAddress'] as const
type Reach = Pick<Patient, (typeof fields)[number]>
const reachOf = (patient: Patient): Reach => Object.fromEntries(fields.map((field) => [field, patient[field]])) as Reach // One for each field.

/** In which language, by what and where somebody may be reached, and what they do not want (45 CFR 164.522(b)). */
export function ReachCard({ patient }: { patient: Patient }) {
  const mayWrite = useMay('patient.write')
  const [isEditing, setEditing] = useState(false)
  const facts: [label: string, value: string | null][] = [
    ['Language', patient.language && languageName(patient.language)],
    ['Interpreter', patient.interpreter && 'Needed'],
    ['Prefers', patient.preferredChannel && channelWords[patient.preferredChannel]],
    ['Best times', patient.bestTimes],
    ['Messages', patient.messages && 'Leave none'],
    ['At work', patient.workCalls && 'Do not call there'],
    ['Confidential address', patient.confidentialAddress],
    ['Contact', patient.contactBan && 'Not wanted'],
  ]
  const said = facts.filter(([, value]) => value)
  return (
    <Card title="How to reach" flush aside={mayWrite && <ActionButton variant="subtle" size="compact-xs" onClick={() => setEditing(true)}>Change</ActionButton>}>
      {said.length === 0 ? <p className={styles['none']}>Nothing special: call, and leave a message.</p> : <FactList>{said.map(([label, value]) => <Fact key={label} label={label}>{value}</Fact>)}</FactList>}
      {isEditing && <ReachPanel patient={patient} onClose={() => setEditing(false)} />}
    </Card>
  )
}

function ReachPanel({ patient, onClose }: { patient: Patient; onClose: () => void }) {
  const [opened] = useState(patient)
  const { value, change, forget } = useKept(`reach of ${patient.id}`, reachOf(patient))
  const update = useCommand('patients.update')
  const set = (more: Partial<Reach>): void => change({ ...value, ...more })
  const save = async () => {
    const changed = fields.filter((field) => (value[field] ?? '') !== (opened[field] ?? ''))
    const pick = (of: Reach): Edits => Object.fromEntries(changed.map((field) => [field, of[field]]))
    await update.run({ id: patient.id, was: pick(opened), changes: pick(value) }).then(() => {
      showToast({ text: 'Saved how to reach them', undo: () => update.run({ id: patient.id, was: pick(value), changes: pick(opened) }) })
      forget()
      onClose()
    }, () => undefined)
  }
  const box = <F extends 'interpreter' | 'messages' | 'workCalls' | 'contactBan'>(field: F, word: NonNullable<Reach[F]>, label: string) => (
    <Checkbox label={label} checked={value[field] !== null} onChange={(event) => set({ [field]: event.currentTarget.checked ? word : null })} />
  )
  return (
    <SidePanel
      title="How to reach" icon={IconPhone} onClose={onClose}
      footer={<ActionButton variant="filled" keyId="form.submit" running={update.isRunning} onClick={() => void save()}>Save</ActionButton>}
    >
      <Form where="How to reach" submitLabel="Save" onSubmit={() => void save()}>
        {update.refusal && <Notice tone="bad" title="Not saved.">{errorText(update.refusal)}</Notice>}
        <LanguageSelect value={value.language ?? ''} onChange={(language) => set({ language: language || null })} />
        {box('interpreter', 'needed', 'Needs an interpreter')}
        <Select
          label={optional('Prefers')} clearable data={channels.map((one) => ({ value: one, label: channelWords[one] }))} value={value.preferredChannel}
          onChange={(channel) => set({ preferredChannel: channel as Reach['preferredChannel'] })} // One of the list's own values.
        />
        <TextField label={optional('Best times')} maxLength={200} autoComplete="off" value={value.bestTimes ?? ''} onChange={(event) => set({ bestTimes: event.currentTarget.value || null })} />
        {box('messages', 'never', 'Leave no messages')}
        {box('workCalls', 'never', 'Do not call at work')}
        <TextField label={optional('Confidential address: everything goes there')} maxLength={200} autoComplete="off" value={value.confidentialAddress ?? ''} onChange={(event) => set({ confidentialAddress: event.currentTarget.value || null })} />
        {box('contactBan', 'asked', 'Does not want to be contacted')}
        <ContactNotes facts={{ ...value, id: patient.id, isConfidential: value.confidentialAddress !== null, deceasedOn: patient.deceasedOn, inactiveReason: patient.inactiveReason }} />
      </Form>
    </SidePanel>
  )
}
