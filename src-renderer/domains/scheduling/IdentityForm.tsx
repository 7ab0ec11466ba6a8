import { useState } from 'react'
import type { Patient } from '#shared/domains/patients/model.ts'
import { parseDate } from '#shared/kernel/parse-date.ts'
import { useToday } from '#renderer/app/actor.tsx'
import { api } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { DateField, optional, PhoneField, TextField } from '#renderer/ui/fields.tsx'
import { FieldRow, Form } from '#renderer/ui/form.tsx'
import { patientFieldWords } from '#renderer/ui/patient-fields.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { identityEdits, identityProblems, typedOf, type IdentityField } from './check-in-draft.ts'
import type { CheckInState } from './useCheckIn.ts'
import styles from './CheckIn.module.css'

/** The details in the place where they are read back: what is wrong is corrected and confirmed in one act. */
export function IdentityForm({ patient, state }: { patient: Patient; state: CheckInState }) {
  const today = useToday()
  const { draft, change, run, confirmIdentity, isRunning } = state
  const typed = draft.typed ?? typedOf(patient)
  const opened = draft.opened ?? patient
  const [wasTried, setTried] = useState(false)
  const [leftOut, setLeftOut] = useState<readonly string[]>([])
  const problems = identityProblems(typed, today)
  const shown = wasTried ? problems : {}
  const set = (field: IdentityField, text: string) => change({ typed: { ...typed, [field]: text }, opened })
  const close = () => change({ typed: undefined, opened: undefined })
  const save = () => {
    setTried(true)
    if (Object.keys(problems).length > 0) return
    void run(async () => {
      const { was, changes } = identityEdits(opened, typed, today)
      if (Object.keys(changes).length > 0) {
        const { notSaved } = await api.patients.update({ id: patient.id, was, changes })
        if (notSaved.length > 0) return setLeftOut(notSaved)
      }
      await confirmIdentity()
      close()
    })
  }
  const line = (field: IdentityField, label: string, maxLength = 200) => (
    <TextField label={label} maxLength={maxLength} autoComplete="off" spellCheck={false} value={typed[field]} error={shown[field]} onChange={(event) => set(field, event.currentTarget.value)} />
  )
  return (
    <div className={styles['form']}>
      <Form where="Check in" submitLabel="Save and confirm" onSubmit={save}>
        {leftOut.length > 0 && <Notice tone="warn" title={`Not saved: ${leftOut.map((field) => patientFieldWords[field] ?? field).join(', ')}.`}>Somebody else has changed this meanwhile. Close this and look at it as it is now.</Notice>}
        <FieldRow>
          {line('familyName', 'Family name', 80)}
          {line('givenName', 'Given names', 80)}
        </FieldRow>
        <FieldRow>
          <DateField label="Birth date" kind="birth" value={parseDate(typed.birthText, { today })} defaultText={typed.birthText} error={shown.birthText} onChange={() => undefined} onTextChange={(text) => set('birthText', text)} />
          <PhoneField label="Phone" maxLength={40} value={typed.phone} onChange={(text) => set('phone', text)} />
        </FieldRow>
        <FieldRow>
          {line('addressLine1', 'Street')}
          <TextField label={optional('Second line')} maxLength={200} autoComplete="off" value={typed.addressLine2} onChange={(event) => set('addressLine2', event.currentTarget.value)} />
        </FieldRow>
        <FieldRow>
          {line('city', 'City')}
          {line('state', 'State')}
          {line('postalCode', 'ZIP code')}
        </FieldRow>
        {line('email', 'E-mail')}
        <div className={styles['formFoot']}>
          <ActionButton size="compact-sm" onClick={close}>Leave as it was</ActionButton>
          <ActionButton size="compact-sm" variant="filled" keyId="form.submit" type="submit" running={isRunning}>Save and confirm</ActionButton>
        </div>
      </Form>
    </div>
  )
}
