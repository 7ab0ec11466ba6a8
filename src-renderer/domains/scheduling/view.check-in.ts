import type { Coverage, PatientFile } from '#shared/domains/patients/model.ts'
import type { PlainDate } from '#shared/kernel/time.ts'
import { phone } from '#renderer/ui/format.ts'

/** Pure: what check-in can say from the patient's details. Consent and copay join when the clinic keeps them. */
export interface Stone {
  name: string
  isReady: boolean
  note: string
  lines: string[]
  /** Verb of the way out while it is not ready. */
  way: string
}

export const checkInStones = (file: PatientFile, today: PlainDate): Stone[] => [identity(file), insurance(file, today)]

function identity({ patient, contacts }: PatientFile): Stone {
  const address = [patient.addressLine1, patient.city].filter(Boolean).join(', ')
  const missing = [!address && 'address', !patient.phone && 'phone'].filter(Boolean)
  const [contact] = contacts.toSorted((a, b) => Number(b.isEmergency) - Number(a.isEmergency))
  return {
    name: 'Identity',
    isReady: missing.length === 0,
    note: missing.length === 0 ? 'On file' : `No ${missing.join(', no ')} on file`,
    lines: [
      [address, patient.phone && phone(patient.phone)].filter(Boolean).join(' · '),
      contact ? `Contact: ${[contact.name, contact.relationship, contact.phone && phone(contact.phone)].filter(Boolean).join(', ')}` : 'No contact person',
    ].filter(Boolean),
    way: 'Add',
  }
}

function insurance({ coverages }: PatientFile, today: PlainDate): Stone {
  const active = coverages.filter((one) => isActive(one, today)).toSorted((a, b) => a.rank - b.rank)
  const [first] = active
  const lapsed = first ? undefined : coverages.find((one) => one.validTo !== null && one.validTo < today)
  return {
    name: 'Insurance',
    isReady: first !== undefined,
    note: first ? 'On file' : lapsed ? `${lapsed.payerName} has ended` : 'None on file: the patient pays',
    lines: active.map((one) => [[one.payerName, one.planName].filter(Boolean).join(' '), one.memberNumber && `member ${one.memberNumber}`].filter(Boolean).join(' · ')),
    way: 'Add',
  }
}

const isActive = ({ validFrom, validTo }: Coverage, today: PlainDate): boolean => (validFrom ?? today) <= today && today <= (validTo ?? today)
