import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import type { Family, GuarantorPerson } from '#shared/domains/patients/model.family.ts'
import type { Patient, PatientRow } from '#shared/domains/patients/model.ts'
import { isMinor } from '#shared/domains/patients/rules.family.ts'
import { useToday } from '#renderer/app/actor.tsx'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { optional, PhoneField, TextField } from '#renderer/ui/fields.tsx'
import { ChoiceField, FieldRow, Form } from '#renderer/ui/form.tsx'
import { ageSex, listName } from '#renderer/ui/format.ts'
import { PatientPicker } from '#renderer/ui/pickers/PatientPicker.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import styles from './Patient.module.css'
import { useKept } from './useKept.ts'

type Kind = 'patient' | 'person' | 'own'
const nobody: GuarantorPerson = { name: '', phone: null, addressLine1: null, addressLine2: null, city: null, state: null, postalCode: null }

interface GuarantorDialogProps { patient: Patient; family: Family; onClose: () => void }

/** Who answers for the bills from now on, and whose account goes along. What is typed outlives the dialog. */
export function GuarantorDialog({ patient, family, onClose }: GuarantorDialogProps) {
  const today = useToday()
  const set = useCommand('patients.setGuarantor')
  const sharing = family.members.filter((one) => one.isSharingGuarantor).map((one) => one.patient.id)
  const start = { id: newId(), kind: 'patient' as Kind, payer: undefined as PatientRow | undefined, person: family.guarantor?.person ?? nobody, along: sharing }
  const { value, change, forget } = useKept(`guarantor of ${patient.id}`, start)
  const [hasTried, setTried] = useState(false)
  const { kind, payer, person, along } = value
  const relatives = family.members.filter((one) => one.patient.id !== payer?.id)
  const likely = family.members.filter((one) => !isMinor(one.patient.birthDate, today) && one.patient.deceasedOn === null)
  const missing = kind === 'patient' && !payer ? 'Choose who pays.' : kind === 'person' && person.name.trim() === '' ? 'The name is missing.' : undefined
  const save = async () => {
    setTried(true)
    if (missing) return
    const input = {
      id: value.id, patientId: patient.id, alsoPatientIds: along.filter((id) => id !== patient.id),
      guarantorPatientId: kind === 'patient' ? payer?.id ?? null : null, person: kind === 'person' ? person : null,
    }
    await set.run(input).then(() => {
      showToast({ text: 'Bills go to', strong: kind === 'patient' && payer ? listName(payer) : kind === 'person' ? person.name.trim() : listName(patient) })
      forget()
      onClose()
    }, () => undefined)
  }
  const line = (field: Exclude<keyof GuarantorPerson, 'name'>, label: string) => (
    <TextField label={optional(label)} maxLength={200} autoComplete="off" value={person[field] ?? ''} onChange={(event) => change({ ...value, person: { ...person, [field]: event.currentTarget.value || null } })} />
  )
  return (
    <Dialog title="Move the account to…" size={600} onClose={onClose}>
      <Form where="Move the account" submitLabel="Move the account" onSubmit={() => void save()}>
        <ChoiceField
          label="Who answers for the bills" fullWidth value={kind} onChange={(next) => change({ ...value, kind: next as Kind })} // One of the three below.
          data={[{ value: 'patient', label: 'A patient' }, { value: 'person', label: 'Somebody else' }, { value: 'own', label: listName(patient) }]}
        />
        {kind === 'patient' && (payer ? (
          <div className={styles['picked']}>
            <span><strong>{listName(payer)}</strong> {ageSex(payer.birthDate, payer.sex, today)}</span>
            <ActionButton variant="subtle" size="compact-xs" onClick={() => change({ ...value, payer: undefined })}>Choose another</ActionButton>
          </div>
        ) : (
          <>
            {likely.length > 0 && (
              <div className={styles['likely']}>
                {likely.map((one) => <ActionButton key={one.patient.id} size="compact-sm" onClick={() => change({ ...value, payer: one.patient })}>{listName(one.patient)}</ActionButton>)}
              </div>
            )}
            <PatientPicker label="Patient who pays" autoFocus onPick={(picked) => change({ ...value, payer: picked })} />
          </>
        ))}
        {kind === 'person' && (
          <>
            <FieldRow>
              <TextField label="Name" maxLength={80} autoComplete="off" value={person.name} error={hasTried && missing} onChange={(event) => change({ ...value, person: { ...person, name: event.currentTarget.value } })} />
              <PhoneField label={optional('Phone')} maxLength={40} value={person.phone ?? ''} onChange={(phone) => change({ ...value, person: { ...person, phone: phone || null } })} />
            </FieldRow>
            {line('addressLine1', 'Street')}
            <div className={styles['triple']}>{line('city', 'City')}{line('state', 'State')}{line('postalCode', 'ZIP code')}</div>
          </>
        )}
        {relatives.length > 0 && (
          <fieldset className={styles['along']}>
            <legend>Goes along</legend>
            {relatives.map(({ patient: one }) => (
              <Checkbox key={one.id} label={`${listName(one)}, ${ageSex(one.birthDate, one.sex, today)}`} checked={along.includes(one.id)} onChange={(event) => change({ ...value, along: event.currentTarget.checked ? [...along, one.id] : along.filter((id) => id !== one.id) })} />
            ))}
          </fieldset>
        )}
        {set.refusal && <Notice tone="bad" title="Not moved.">{errorText(set.refusal)}</Notice>}
        <div className={styles['dialogActs']}>
          <ActionButton onClick={onClose} keys="Esc">Leave it</ActionButton>
          <ActionButton type="submit" variant="filled" keyId="form.submit" running={set.isRunning} disabledReason={missing} reasonAt="left">Move the account</ActionButton>
        </div>
      </Form>
    </Dialog>
  )
}
