import type { ChangedMeanwhile, RegisterInput, UpdatedPatient, UpdateInput } from '#shared/domains/patients/contract.ts'
import type { DuplicateReason, Patient, PatientChange, PatientFile } from '#shared/domains/patients/model.ts'
import { noContactRules } from '#shared/domains/patients/rules.contact.ts'
import { mergeEdits } from '#shared/domains/patients/rules.merge.ts'
import { readPhone } from '#shared/domains/patients/rules.phone.ts'
import {
  changesBetween, editableFields, isPossibleBirthDate, isPossibleDeath, touchesIdentity, withoutEmptyLines, type Edits, type FieldChange,
} from '#shared/domains/patients/rules.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { assert } from '#shared/kernel/assert.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { fileIfKnown, openFile, type OpenedFile } from '#main/core/access/opened.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import { takeNumber } from '#main/domains/clinic/service.ts'
import { deleteForm } from './repository.forms.ts'
import { insertDecision } from './repository.merge.ts'
import * as repository from './repository.ts'
import { likelyDuplicates } from './service.duplicates.ts'

export function getPatient(context: ReadContext, id: Id): PatientFile {
  const { db } = context
  const { file, patient } = open(context, id)
  return { patient, contacts: repository.contactsOf(db, file), coverages: repository.coveragesOf(db, file), photoTakenAt: repository.photoTakenAt(db, file) }
}

export const history = (context: ReadContext, id: Id): PatientChange[] => repository.historyOf(context.db, open(context, id).file)

/** The same form sent twice registers one person: the id is the form's. */
export function registerPatient(context: WriteContext, input: RegisterInput): Patient {
  const { db, now, audit } = context
  if (repository.patientExists(db, input.id)) return open(context, input.id).patient
  const { contact, coverage, duplicateReason, ...given } = input
  const fields = { ...blank, ...withoutEmptyLines(given) }
  requirePossibleDates(context, fields)
  const alike = likelyDuplicates(context, { ...fields, insurance: coverage?.payerName ?? null })
  if (alike.length > 0 && duplicateReason === null) {
    if (!context.isCarried) throw refuse('LIKELY_DUPLICATE', { candidateIds: alike })
    // Registered while nobody could know: this person has visits by now. Somebody looks at the two.
    context.notice({ code: 'LIKELY_DUPLICATE', data: { candidateIds: alike } })
  }
  const patient: Patient = { ...fields, phone: readPhone(fields.phone ?? ''), mrn: takeNumber(context, 'mrn'), version: 1, createdAt: now, updatedAt: now }
  audit({ patientId: patient.id, entityId: patient.id })
  repository.insertPatient(db, patient)
  if (contact) repository.insertContact(db, { ...contact, patientId: patient.id, phone: readPhone(contact.phone ?? '') })
  if (coverage) repository.insertCoverage(db, { ...withoutEmptyLines(coverage), patientId: patient.id, rank: 1, verifiedOn: null, verifiedBy: null })
  if (duplicateReason !== null) noteNotDuplicates(context, patient, alike, duplicateReason)
  deleteForm(db, context.actor.userId, patient.id)
  return patient
}

const blank = {
  middleName: null, preferredName: null, suffix: null, phone: null, email: null, addressLine1: null, addressLine2: null,
  city: null, state: null, postalCode: null, country: null, language: null, deceasedOn: null, ...noContactRules,
}

/** Field by field: what somebody else has changed since the form was opened is merged, named, and never lost (`rules.merge.ts`). */
export function updatePatient(context: WriteContext, input: UpdateInput): UpdatedPatient {
  const { db } = context
  const { file, patient: before } = openToWrite(context, input.id)
  const { edits, notSaved, replaced } = mergeEdits(before, input.was, withEditsRead(input.changes))
  const meanwhile: ChangedMeanwhile = { notSaved, replaced }
  const wanted = { ...before, ...edits }
  const changes = changesBetween(before, wanted, editableFields)
  if (changes.length === 0 && notSaved.length > 0) throw refuse('CHANGED_MEANWHILE', meanwhile)
  if (changes.length === 0) return { ...before, ...meanwhile }
  requirePossibleDates(context, wanted)
  const after: Patient = { ...wanted, version: before.version + 1, updatedAt: context.now }
  const alike = touchesIdentity(changes) ? likelyDuplicates(context, after, [after.id, ...repository.notedValues(db, file, NOT_DUPLICATE)]) : []
  if (alike.length > 0 && input.duplicateReason === null) throw refuse('LIKELY_DUPLICATE', { candidateIds: alike })

  context.audit({ before, after })
  recordChanges(context, after.id, after.version, changes)
  repository.updatePatient(db, after, repository.formerValues(db, file, 'familyName'))
  if (input.duplicateReason !== null) noteNotDuplicates(context, after, alike, input.duplicateReason)
  if (notSaved.length + replaced.length > 0) context.notice({ code: 'CHANGED_MEANWHILE', data: meanwhile })
  return { ...after, ...meanwhile }
}

function withEditsRead(edits: Edits): Edits {
  const read = withoutEmptyLines(edits)
  return read.phone === undefined || read.phone === null ? read : { ...read, phone: readPhone(read.phone) }
}

function requirePossibleDates({ now, zone }: WriteContext, { birthDate, deceasedOn }: Pick<Patient, 'birthDate' | 'deceasedOn'>): void {
  const today = dateInZone(now, zone)
  if (!isPossibleBirthDate(birthDate, today)) throw refuse('BIRTH_DATE_NOT_POSSIBLE')
  if (!isPossibleDeath(deceasedOn, birthDate, today)) throw refuse('DECEASED_DATE_NOT_POSSIBLE')
}

/** The field under which a history names somebody who looks alike and was said to be somebody else; from = why, to = who. */
export const NOT_DUPLICATE = 'notDuplicateOf'

/** On both sides, so that neither is asked about the other again at the desk. "Merge later" is no decision: that pair is reviewed. */
function noteNotDuplicates(context: WriteContext, patient: Patient, alike: readonly Id[], reason: DuplicateReason): void {
  for (const other of alike) {
    recordChanges(context, patient.id, patient.version, [{ field: NOT_DUPLICATE, fromValue: reason, toValue: other }])
    recordChanges(context, other, versionOf(context, other), [{ field: NOT_DUPLICATE, fromValue: reason, toValue: patient.id }])
    if (reason !== 'merge-later') insertDecision(context.db, patient.id, other, { reason, decidedAt: context.now, decidedBy: context.actor.userId })
  }
}

function versionOf(context: WriteContext, id: Id): number {
  const file = fileIfKnown(context, id)
  return (file && repository.patientById(context.db, file)?.version) ?? 1
}

export function recordChanges({ db, now, actor, newId }: WriteContext, patientId: Id, version: number, changes: readonly FieldChange[]): void {
  repository.insertChanges(db, changes, { patientId, version, at: now, by: actor.userId, newId })
}

/** As it is signed: given, middle and family name. */
export function patientName({ db }: ReadContext | WriteContext, file: OpenedFile): string {
  const patient = repository.patientById(db, file)
  return [patient?.givenName, patient?.middleName, patient?.familyName].filter(Boolean).join(' ')
}

interface Opened { file: OpenedFile; patient: Patient }

/** The patient, named in the activity log; NOT_FOUND without saying more. */
export function open(context: ReadContext | WriteContext, id: Id | undefined): Opened {
  return read(context, openFile(context, id))
}

/** As above, to change something: not one's own. */
export function openToWrite(context: WriteContext, id: Id | undefined): Opened {
  return read(context, openFile(context, id, { toWrite: true }))
}

function read(context: ReadContext | WriteContext, file: OpenedFile): Opened {
  const patient = repository.patientById(context.db, file)
  assert(patient, 'an opened file has a patient')
  context.audit({ entityId: file.patientId })
  return { file, patient }
}
