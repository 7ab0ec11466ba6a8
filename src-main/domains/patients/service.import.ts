import type { Contact, Patient } from '#shared/domains/patients/model.ts'
import { readPhone } from '#shared/domains/patients/rules.phone.ts'
import type { WriteContext } from '#main/core/rpc/context.ts'
import { takeNumber } from '#main/domains/clinic/service.ts'
import * as repository from './repository.ts'

/** Somebody as another system knew them. */
export interface ArrivingPatient extends Omit<Patient, 'mrn' | 'version' | 'createdAt' | 'updatedAt'> {
  readonly identifiers: readonly { readonly system: string; readonly value: string }[]
  readonly contacts: readonly Omit<Contact, 'patientId'>[]
}

/**
 * Takes a patient over from another system. The same one again changes nothing: what this clinic has corrected since
 * stays corrected. No duplicate is asked about, because nobody is there to answer: two charts are never merged by a machine.
 */
export function importPatient(context: WriteContext, arriving: ArrivingPatient): 'taken' | 'known' | 'identifier-taken' {
  const { db, now } = context
  if (repository.patientExists(db, arriving.id)) return 'known'
  if (arriving.identifiers.some(({ system, value }) => repository.patientIdByIdentifier(db, system, value) !== undefined)) return 'identifier-taken'
  const { identifiers, contacts, ...person } = arriving
  repository.insertPatient(db, { ...person, phone: readPhone(person.phone ?? ''), mrn: takeNumber(context, 'mrn'), version: 1, createdAt: now, updatedAt: now })
  for (const { system, value } of identifiers) repository.insertIdentifier(db, person.id, system, value)
  for (const contact of contacts) repository.insertContact(db, { ...contact, patientId: person.id, phone: readPhone(contact.phone ?? '') })
  return 'taken'
}
