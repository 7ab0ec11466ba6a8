import type { Contact, Coverage, Patient } from '#shared/domains/patients/model.ts'
import { noContactRules } from '#shared/domains/patients/rules.contact.ts'
import { readPhone } from '#shared/domains/patients/rules.phone.ts'
import type { Id } from '#shared/kernel/ids.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import { takeNumber } from '#main/domains/clinic/service.ts'
import type { KnownRow } from './repository.import.ts'
import * as everybody from './repository.import.ts'
import * as repository from './repository.ts'

/** Somebody as another system knew them. */
export interface ArrivingPatient extends Omit<Patient, 'mrn' | 'version' | 'createdAt' | 'updatedAt' | keyof typeof noContactRules> {
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
  repository.insertPatient(db, { ...noContactRules, ...person, phone: readPhone(person.phone ?? ''), mrn: takeNumber(context, 'mrn'), version: 1, createdAt: now, updatedAt: now })
  for (const { system, value } of identifiers) repository.insertIdentifier(db, person.id, system, value)
  for (const contact of contacts) repository.insertContact(db, { ...contact, patientId: person.id, phone: readPhone(contact.phone ?? '') })
  return 'taken'
}

/** A number of a former system that somebody who is here had there. False when somebody else has it already. */
export function importIdentifier({ db }: WriteContext, patientId: Id, system: string, value: string): boolean {
  const holder = repository.patientIdByIdentifier(db, system, value)
  if (holder !== undefined) return false
  repository.insertIdentifier(db, patientId, system, value)
  return true
}

export const importCoverage = ({ db }: WriteContext, row: Coverage): void => repository.insertCoverage(db, row)

/** A page of everybody here whom the caller may know, with what tells people apart. */
export const peopleAfter = ({ db, scope }: ReadContext, system: string, after: Id, limit: number): KnownRow[] => everybody.peopleAfter(db, scope, system, after, limit)

/** Takes rows away that an import has made; the database lets nobody else do it. */
export const takeBack = everybody.takeBack
