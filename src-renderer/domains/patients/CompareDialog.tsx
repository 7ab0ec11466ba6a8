import { Table } from '@mantine/core'
import type { Candidate } from '#shared/domains/patients/model.ts'
import { useToday } from '#renderer/app/actor.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { date as dateText, phone as phoneText, sexWord } from '#renderer/ui/format.ts'
import { QueryState } from '#renderer/ui/states.tsx'
import styles from './Register.module.css'
import type { Registration } from './useRegistration.ts'
import { birthDateOf } from './view.ts'

interface CompareDialogProps {
  candidate: Candidate
  registration: Registration
  onClose: () => void
}

/** What was typed beside what is kept, fact by fact; where they differ it is bold. */
export function CompareDialog({ candidate, registration, onClose }: CompareDialogProps) {
  const today = useToday()
  const { fields } = registration
  const kept = useApiQuery('patients.get', { id: candidate.patient.id })
  const birthDate = birthDateOf(fields, today)
  const { patient, coverages = [], contacts = [] } = kept.data ?? {}
  const rows: [label: string, typed: string, kept: string][] = patient
    ? [
        ['Family name', fields.familyName, patient.familyName],
        ['Given names', fields.givenName, [patient.givenName, patient.middleName].filter(Boolean).join(' ')],
        ['Born', birthDate ? dateText(birthDate) : fields.birthText, dateText(patient.birthDate)],
        ['Sex', fields.sex === '' ? '' : sexWord(fields.sex as typeof patient.sex), sexWord(patient.sex)], // One of the form's choices.
        ['Phone', fields.phone && phoneText(fields.phone), patient.phone ? phoneText(patient.phone) : ''],
        ['Insurance', fields.payerName, coverages[0]?.payerName ?? ''],
        ['Street', fields.addressLine1, patient.addressLine1 ?? ''],
        ['City', fields.city, patient.city ?? ''],
        ['E-mail', fields.email, patient.email ?? ''],
        ['Contact', fields.contactName, contacts[0]?.name ?? ''],
      ]
    : []
  return (
    <Dialog title="Compare" size={620} onClose={onClose}>
      <QueryState query={kept} what="The record" />
      {patient && (
        <Table className={styles['compare'] ?? ''}>
          <thead>
            <tr>
              <th scope="col">Fact</th>
              <th scope="col">You typed</th>
              <th scope="col">In the record</th>
            </tr>
          </thead>
          <tbody>
            {rows.filter(([, typed, held]) => typed !== '' || held !== '').map(([label, typed, held]) => (
              <tr key={label} data-differs={(typed.trim().toLowerCase() !== held.toLowerCase() && typed !== '') || undefined}>
                <th scope="row">{label}</th>
                <td>{typed}</td>
                <td>{held}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      <div className={styles['acts']}>
        <ActionButton variant="filled" onClick={() => registration.takeOver(candidate)}>
          Use this patient
        </ActionButton>
        <ActionButton onClick={onClose}>Back to the form</ActionButton>
      </div>
    </Dialog>
  )
}
