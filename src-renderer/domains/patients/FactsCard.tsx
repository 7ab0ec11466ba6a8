import type { Patient } from '#shared/domains/patients/model.ts'
import { HOME_COUNTRY } from '#shared/domains/patients/rules.phone.ts'
import { useMay, useToday } from '#renderer/app/actor.tsx'
import { usePending } from '#renderer/app/network/state.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card, Fact, FactList } from '#renderer/ui/Card.tsx'
import { age, date as dateText, mrn, phone as phoneText, sexWord } from '#renderer/ui/format.ts'
import { Unconfirmed } from '#renderer/ui/Unconfirmed.tsx'

/** Who this is and where to reach them; empty facts are left out. */
export function FactsCard({ patient, onEdit }: { patient: Patient; onEdit: (() => void) | undefined }) {
  const today = useToday()
  const mayDetails = useMay('patient.details')
  const isUnsent = usePending()('patients', patient.id)
  const street = [patient.addressLine1, patient.addressLine2].filter(Boolean).join(', ')
  const town = [patient.city, [patient.state, patient.postalCode].filter(Boolean).join(' ')].filter(Boolean).join(', ')
  const facts: [label: string, value: string | null][] = [
    ['Family name', [patient.familyName, patient.suffix].filter(Boolean).join(' ')],
    ['Given names', [patient.givenName, patient.middleName].filter(Boolean).join(' ')],
    ['Called', patient.preferredName],
    ['Born', `${dateText(patient.birthDate)} · ${age(patient.birthDate, today)}`],
    ['Died', patient.deceasedOn && dateText(patient.deceasedOn)],
    ['Sex', sexWord(patient.sex)],
    ['Phone', patient.phone && phoneText(patient.phone)],
    ['E-mail', patient.email],
    ['Street', street || null],
    ['City', town || null],
    ['Country', patient.country === HOME_COUNTRY ? null : patient.country],
  ]
  return (
    <Card title="Person" note={isUnsent && <Unconfirmed>not yet at the clinic</Unconfirmed>} flush aside={onEdit && <ActionButton variant="subtle" size="compact-xs" keyId="patient.edit" onClick={onEdit}>Edit</ActionButton>}>
      <FactList>
        <Fact label="MRN">
          <span className="code">{mrn(patient.mrn)}</span>
        </Fact>
        {facts.map(([label, value]) => value && <Fact key={label} label={label}>{value}</Fact>)}
        {mayDetails && !patient.phone && <Fact label="Phone">not known yet</Fact>}
      </FactList>
    </Card>
  )
}
