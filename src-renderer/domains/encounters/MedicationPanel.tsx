import { useState } from 'react'
import { useToday } from '#renderer/app/actor.tsx'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { api, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { DateField, optional, TextField } from '#renderer/ui/fields.tsx'
import { Form } from '#renderer/ui/form.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'

/** What the patient says they take. Prescribing is another thing and comes with its own screen. */
export function MedicationPanel({ patientId, onClose }: { patientId: string; onClose: () => void }) {
  return (
    <SidePanel title="Add medication" onClose={onClose} footer={<ActionButton variant="filled" type="submit" form="medication-form" keyId="form.submit">Add medication</ActionButton>}>
      <MedicationForm patientId={patientId} onClose={onClose} />
    </SidePanel>
  )
}

function MedicationForm({ patientId, onClose }: { patientId: string; onClose: () => void }) {
  const add = useCommand('encounters.addMedication')
  const today = useToday()
  const [label, setLabel] = useState('')
  const [sig, setSig] = useState('')
  const [startedOn, setStarted] = useState<string | undefined>(today)
  const [isLeft, setLeft] = useState(false)
  const [id] = useState(newId)
  const submit = () => {
    setLeft(true)
    if (label.trim() === '') return
    const concept = { system: null, code: null, label: label.trim() }
    void add.run({ id, patientId, concept, sig: sig.trim() || null, startedOn: startedOn ?? null }).then(() => {
      showToast({ text: 'Added:', strong: concept.label, undo: () => api.encounters.markMedicationInError({ id }) })
      onClose()
    }, () => undefined)
  }
  return (
    <Form id="medication-form" where="Add medication" submitLabel="Add medication" onSubmit={submit}>
      {add.refusal && <Notice tone="bad">{errorText(add.refusal)}</Notice>}
      <TextField label="Medication" description="Generic name, strength and form, like lisinopril 20 mg tab" value={label} error={isLeft && label.trim() === '' ? 'Write the medication, like lisinopril 20 mg tab.' : undefined} onChange={(event) => setLabel(event.currentTarget.value)} data-autofocus />
      <TextField label={optional('How it is taken')} value={sig} onChange={(event) => setSig(event.currentTarget.value)} />
      <DateField label={optional('Since')} kind="birth" value={startedOn} onChange={setStarted} />
    </Form>
  )
}
