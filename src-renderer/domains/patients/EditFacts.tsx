import type { Patient } from '#shared/domains/patients/model.ts'
import { parseDate } from '#shared/kernel/parse-date.ts'
import { useToday } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { DraftChip } from '#renderer/ui/DraftChip.tsx'
import { DateField, PhoneField, TextField } from '#renderer/ui/fields.tsx'
import { ChoiceField, Form, ProblemList } from '#renderer/ui/form.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import styles from './Patient.module.css'
import { ReasonDialog } from './ReasonDialog.tsx'
import { type PatientEdit, usePatientEdit } from './usePatientEdit.ts'
import type { EditField } from './view.edit.ts'
import { fieldNames } from './words.ts'
import { LanguageSelect } from './LanguageSelect.tsx'

interface EditFactsProps {
  patient: Patient
  /** What was typed in another place: shown in the fields, saved only by Save. */
  proposed: Readonly<Record<string, string>>
  onDone: () => void
}

/** The person's facts as a form in the place of the card. */
export function EditFacts(props: EditFactsProps) {
  const edit = usePatientEdit(props)
  const { draft, close, submit, isRunning, refused, isProposed, problems } = edit
  useKeys([{ id: 'patient.edit.close', keys: 'Esc', label: 'Close, changes kept', where: 'Patient', run: close, inFields: true }])
  return (
    <Card
      title="Person"
      note={<DraftChip draft={draft} />}
      aside={
        <>
          <ActionButton keyId="patient.edit.close" onClick={close}>
            Close
          </ActionButton>
          <ActionButton variant="filled" keyId="form.submit" running={isRunning} onClick={submit}>
            Save changes
          </ActionButton>
        </>
      }
    >
      <Form where="Patient" submitLabel="Save changes" onSubmit={submit}>
        {isProposed && <Notice tone="info" title="Not saved yet.">What you typed before stands in the fields. Look, then save.</Notice>}
        {refused && <Notice tone="bad" title="Not saved.">{refused}</Notice>}
        {edit.leftOut.length > 0 && (
          <Notice tone="warn" title={`Not saved: ${fieldNames(edit.leftOut)}.`}>Somebody else has changed this meanwhile. What you typed still stands in the fields, everything else is as it is now. Save again if yours is right.</Notice>
        )}
        <ProblemList problems={problems} />
        <Fields edit={edit} />
        <div>
          <ActionButton variant="subtle" onClick={edit.discard}>
            Throw changes away
          </ActionButton>
        </div>
      </Form>
      {edit.isAskingReason && <ReasonDialog what="Save" onChoose={edit.saveBecause} onClose={edit.stopAsking} />}
    </Card>
  )
}

const sexes = [{ value: 'female', label: 'Female' }, { value: 'male', label: 'Male' }, { value: 'other', label: 'Other' }, { value: 'unknown', label: 'Unknown' }]

function Fields({ edit }: { edit: PatientEdit }) {
  const today = useToday()
  const { fields, set, problems } = edit
  const line = (field: EditField, label: string) => (
    <TextField
      id={`edit-${field}`} label={label} value={fields[field]} maxLength={field === 'familyName' || field === 'givenName' ? 80 : 200} autoComplete="off" spellCheck={false}
      error={problems.find((problem) => problem.fieldId === `edit-${field}`)?.text} onChange={(event) => set(field, event.currentTarget.value)}
    />
  )
  return (
    <div className={styles['fields']}>
      <div className={styles['pair']}>
        {line('familyName', 'Family name')}
        {line('givenName', 'Given names')}
      </div>
      <div className={styles['triple']}>
        {line('middleName', 'Middle name')}
        {line('preferredName', 'Called')}
        {line('suffix', 'Suffix')}
      </div>
      <div className={styles['pair']}>
        <DateField
          id="edit-birth" label="Birth date" kind="birth" value={parseDate(fields.birthText, { today })} defaultText={fields.birthText}
          error={problems.find((problem) => problem.fieldId === 'edit-birth')?.text} onChange={() => undefined} onTextChange={(text) => set('birthText', text)}
        />
        <ChoiceField label="Sex" value={fields.sex} onChange={(sex) => set('sex', sex)} data={sexes} fullWidth />
      </div>
      <div className={styles['pair']}>
        <PhoneField id="edit-phone" label="Phone" maxLength={40} value={fields.phone} onChange={(phone) => set('phone', phone)} />
        {line('email', 'E-mail')}
      </div>
      <div className={styles['pair']}>
        {line('addressLine1', 'Street')}
        {line('addressLine2', 'Street, second line')}
      </div>
      <div className={styles['triple']}>
        {line('city', 'City')}
        {line('state', 'State')}
        {line('postalCode', 'ZIP code')}
      </div>
      <div className={styles['pair']}>
        {line('country', 'Country')}
        <LanguageSelect value={fields.language} onChange={(language) => set('language', language)} />
      </div>
    </div>
  )
}
