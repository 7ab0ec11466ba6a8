import { Select } from '@mantine/core'
import { useState } from 'react'
import { relationKinds, type RelationKind } from '#shared/domains/patients/model.family.ts'
import type { Patient, PatientRow } from '#shared/domains/patients/model.ts'
import { isMinor } from '#shared/domains/patients/rules.family.ts'
import { useToday } from '#renderer/app/actor.tsx'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { Form } from '#renderer/ui/form.tsx'
import { ageSex, listName } from '#renderer/ui/format.ts'
import { PatientPicker } from '#renderer/ui/pickers/PatientPicker.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import styles from './Patient.module.css'
import { relationWords } from './words.family.ts'

/** Two patients who are relatives: found by name, and what the other one is to this one. */
export function AddRelativeDialog({ patient, onClose }: { patient: Patient; onClose: () => void }) {
  const today = useToday()
  const link = useCommand('patients.linkRelative')
  const unlink = useCommand('patients.unlinkRelative')
  const [id] = useState(newId)
  const [relative, setRelative] = useState<PatientRow>()
  const [kind, setKind] = useState<RelationKind>(isMinor(patient.birthDate, today) ? 'parent' : 'child')
  const missing = relative === undefined ? 'Choose the relative first.' : relative.id === patient.id ? 'This is the same patient.' : undefined
  const save = async () => {
    if (missing || !relative) return
    await link.run({ id, patientId: patient.id, relativeId: relative.id, kind }).then(() => {
      showToast({ text: `${relationWords[kind]} of this patient:`, strong: listName(relative), undo: () => unlink.run({ id, patientId: patient.id }) })
      onClose()
    }, () => undefined)
  }
  return (
    <Dialog title="Add relative" size={520} onClose={onClose}>
      <Form where="Add relative" submitLabel="Link" onSubmit={() => void save()}>
        {relative ? (
          <div className={styles['picked']}>
            <span><strong>{listName(relative)}</strong> {ageSex(relative.birthDate, relative.sex, today)}</span>
            <ActionButton variant="subtle" size="compact-xs" onClick={() => setRelative(undefined)}>Choose another</ActionButton>
          </div>
        ) : <PatientPicker label="Relative" autoFocus onPick={setRelative} />}
        <Select
          label={`What they are to ${listName(patient)}`} allowDeselect={false} comboboxProps={{ withinPortal: false }} data={relationKinds.map((value) => ({ value, label: relationWords[value] }))}
          value={kind} onChange={(value) => setKind((value ?? 'other') as RelationKind)} // One of the list's own values.
        />
        {link.refusal && <Notice tone="bad" title="Not linked.">{errorText(link.refusal)}</Notice>}
        <div className={styles['dialogActs']}>
          <ActionButton onClick={onClose} keys="Esc">Leave it</ActionButton>
          <ActionButton type="submit" variant="filled" keyId="form.submit" running={link.isRunning} disabledReason={missing} reasonAt="left">Link</ActionButton>
        </div>
      </Form>
    </Dialog>
  )
}
