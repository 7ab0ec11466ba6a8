import { useState } from 'react'
import type { AllergyList } from '#shared/domains/encounters/model.chart.ts'
import { allergySeverities, type Allergy } from '#shared/domains/encounters/model.ts'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { api, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { optional, TextField } from '#renderer/ui/fields.tsx'
import { ChoiceField, Form } from '#renderer/ui/form.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import styles from './Panel.module.css'

const severityLabels: Record<Allergy['severity'], string> = { mild: 'Mild', moderate: 'Moderate', severe: 'Severe', unknown: 'Not known' }

/** Asking is one key: either there are none, or the first one is typed. */
export function AllergyPanel({ patientId, list, onClose }: { patientId: string; list: AllergyList; onClose: () => void }) {
  return (
    <SidePanel
      title="Allergies" onClose={onClose}
      footer={<ActionButton variant="filled" type="submit" form="allergy-form" keyId="form.submit">Add allergy</ActionButton>}
    >
      <AllergyForm patientId={patientId} list={list} onClose={onClose} />
    </SidePanel>
  )
}

function AllergyForm({ patientId, list, onClose }: { patientId: string; list: AllergyList; onClose: () => void }) {
  const add = useCommand('encounters.addAllergy')
  const none = useCommand('encounters.recordNoKnownAllergies')
  const [label, setLabel] = useState('')
  const [reaction, setReaction] = useState('')
  const [severity, setSeverity] = useState<Allergy['severity']>('unknown')
  const [isLeft, setLeft] = useState(false)
  const [id] = useState(newId)
  const sayNone = () =>
    void none.run({ id, patientId }).then(() => {
      showToast({ text: 'Recorded:', strong: 'no known allergies' })
      onClose()
    }, () => undefined)
  useKeys(list.state === 'not-asked' ? [{ id: 'allergy.none', keys: 'Alt+N', label: 'No known allergies', where: 'Allergies', run: sayNone }] : [])
  const submit = () => {
    setLeft(true)
    if (label.trim() === '') return
    const concept = { system: null, code: null, label: label.trim() }
    void add.run({ id, patientId, concept, reaction: reaction.trim() || null, severity }).then(() => {
      showToast({ text: 'Allergy added:', strong: concept.label, undo: () => api.encounters.markAllergyInError({ id }) })
      onClose()
    }, () => undefined)
  }
  const refusal = add.refusal ?? none.refusal
  return (
    <Form id="allergy-form" where="Allergies" submitLabel="Add allergy" onSubmit={submit}>
      {refusal && <Notice tone="bad">{errorText(refusal)}</Notice>}
      {list.state === 'not-asked' && (
        <div className={styles['none']}>
          <span>Nobody has asked yet.</span>
          <ActionButton keyId="allergy.none" running={none.isRunning} onClick={sayNone}>No known allergies</ActionButton>
        </div>
      )}
      <TextField label="Allergic to" value={label} error={isLeft && label.trim() === '' ? 'Write the substance, like Penicillin.' : undefined} onChange={(event) => setLabel(event.currentTarget.value)} data-autofocus />
      <TextField label={optional('Reaction')} value={reaction} onChange={(event) => setReaction(event.currentTarget.value)} />
      <ChoiceField
        label="Severity" value={severity} data={allergySeverities.map((value) => ({ value, label: severityLabels[value] }))}
        onChange={(value) => setSeverity(allergySeverities.find((one) => one === value) ?? 'unknown')}
      />
    </Form>
  )
}
