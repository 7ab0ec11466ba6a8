import { useState } from 'react'
import type { MeasuredObservation } from '#shared/domains/encounters/model.chart.ts'
import { vitalOf } from '#shared/domains/encounters/model.vitals.ts'
import { ageOn } from '#shared/domains/encounters/rules.ranges.ts'
import { isPlausible, readVital, type VitalField } from '#shared/domains/encounters/rules.vitals.ts'
import { useToday } from '#renderer/app/actor.tsx'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { Form } from '#renderer/ui/form.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { entryProblemText, understoodText, vitalNames, vitalText, vitalUnits } from './view.vitals.ts'

/** The slip stays in the list, struck through; the right value stands beside it with the same time. */
export function CorrectVital({ observation, birthDate, onClose }: { observation: MeasuredObservation; birthDate: string; onClose: () => void }) {
  const vital = vitalOf(observation)
  const today = useToday()
  const correct = useCommand('encounters.correctVital')
  const mark = useCommand('encounters.markObservationInError')
  const [text, setText] = useState('')
  const [id] = useState(newId)
  if (!vital) return null
  const isPressure = vital.kind === 'systolic' || vital.kind === 'diastolic'
  const field: VitalField = isPressure ? 'pulse' : (vital.kind as VitalField) // Every other kind is a field of its own.
  const entry = isPressure ? undefined : readVital(field, text, ageOn(birthDate, today))
  const value = isPressure ? Number(text) : entry?.ok ? entry.values[0]?.value : undefined
  const isRight = text.trim() !== '' && value !== undefined && Number.isFinite(value) && isPlausible(vital.kind, value)
  const problem = text.trim() === '' || isRight ? undefined : entry && !entry.ok ? entryProblemText(field, entry.problem, entry.kind, text) : 'Write one number, like 120.'
  const save = () => {
    if (!isRight || value === undefined) return
    void correct.run({ id, observationId: observation.id, value }).then(() => {
      showToast({ text: `${vitalNames[vital.kind]} corrected to`, strong: `${vitalText(vital.kind, value)} ${vitalUnits[vital.kind]}` })
      onClose()
    }, () => undefined)
  }
  const refusal = correct.refusal ?? mark.refusal
  return (
    <SidePanel
      title="Correct a value" onClose={onClose}
      footer={<ActionButton variant="filled" keyId="form.submit" running={correct.isRunning} disabledReason={isRight ? undefined : 'Write the right value.'} onClick={save}>Correct</ActionButton>}
    >
      <Form where="Correct a value" submitLabel="Correct" onSubmit={save}>
        {refusal && <Notice tone="bad">{errorText(refusal)}</Notice>}
        <p>
          {vitalNames[vital.kind]} was recorded as <b>{vitalText(vital.kind, vital.value)} {vitalUnits[vital.kind]}</b>. It stays in the list as entered in error.
        </p>
        <TextField label="Right value" value={text} error={problem} description={isRight && value !== undefined ? understoodText(vital.kind, value) : undefined} onChange={(event) => setText(event.currentTarget.value)} data-autofocus />
        <div>
          <ActionButton running={mark.isRunning} onClick={() => void mark.run({ id: observation.id }).then(onClose, () => undefined)}>Was not measured at all</ActionButton>
        </div>
      </Form>
    </SidePanel>
  )
}
