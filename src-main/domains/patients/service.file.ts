import type { Contact, Coverage, IdentityCheck, Photo } from '#shared/domains/patients/model.ts'
import { mergeRow } from '#shared/domains/patients/rules.merge.ts'
import { readPhone } from '#shared/domains/patients/rules.phone.ts'
import { changesBetween, holdsVerification, photoTypeOf, ranked, withoutEmptyLines, type FieldChange } from '#shared/domains/patients/rules.ts'
import { assert } from '#shared/kernel/assert.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import * as repository from './repository.ts'
import { open, openToWrite, recordChanges } from './service.ts'

// What hangs on a patient: people to call, insurance, the photo. Every change is in the patient's history.

const contactFields = ['name', 'relationship', 'phone', 'isEmergency', 'isGuardian'] as const
const coverageFields = ['payerName', 'planName', 'memberNumber', 'groupNumber', 'relationship', 'subscriberName', 'rank', 'validFrom', 'validTo', 'copayCents'] as const

/** The whole row as a form has it, and what it was when the form was opened. */
type Edited<T extends { id: Id; patientId: Id }> = Omit<T, 'patientId'> & { was?: Omit<T, 'id' | 'patientId'> | undefined }
type CoverageForm = Omit<Coverage, 'verifiedOn' | 'verifiedBy'>

export function addContact(context: WriteContext, input: Contact): Contact {
  const { patient } = openToWrite(context, input.patientId)
  const contact = { ...input, phone: readPhone(input.phone ?? '') }
  repository.insertContact(context.db, contact)
  recordChanges(context, patient.id, patient.version, [{ field: 'contact', fromValue: null, toValue: contact.name }])
  return contact
}

export function updateContact(context: WriteContext, { was, ...input }: Edited<Contact>): Contact {
  const { file } = openToWrite(context, repository.patientOfContact(context.db, input.id))
  const before = repository.contactById(context.db, file, input.id)
  if (!before) throw refuse(CommonError.NOT_FOUND)
  const after = mergeRow(before, was, { ...input, phone: readPhone(input.phone ?? '') })
  repository.updateContact(context.db, after)
  record(context, before.patientId, changesBetween(before, after, contactFields, 'contact.'))
  return after
}

export function removeContact(context: WriteContext, id: Id): null {
  const { file } = openToWrite(context, repository.patientOfContact(context.db, id))
  const contact = repository.contactById(context.db, file, id)
  if (!contact && context.isCarried) return null // Somebody else has removed it, too.
  if (!contact) throw refuse(CommonError.NOT_FOUND)
  repository.removeContact(context.db, id, context.now)
  record(context, contact.patientId, [{ field: 'contact', fromValue: contact.name, toValue: null }])
  return null
}

export function addCoverage(context: WriteContext, input: CoverageForm): Coverage {
  const { file, patient } = openToWrite(context, input.patientId)
  const wanted = { ...withoutEmptyLines(input), verifiedOn: null, verifiedBy: null }
  const all = ranked(repository.coveragesOf(context.db, file), wanted)
  const added = all.find((one) => one.id === wanted.id) ?? wanted
  repository.insertCoverage(context.db, added)
  all.forEach((one) => one.id !== added.id && repository.updateCoverage(context.db, one))
  recordChanges(context, patient.id, patient.version, [{ field: 'insurance', fromValue: null, toValue: added.payerName }])
  return added
}

export function updateCoverage(context: WriteContext, { was, ...input }: Edited<CoverageForm>): Coverage {
  const { file } = openToWrite(context, repository.patientOfCoverage(context.db, input.id))
  const before = repository.coverageById(context.db, file, input.id)
  if (!before) throw refuse(CommonError.NOT_FOUND)
  const wanted = mergeRow(before, was, withoutEmptyLines(input))
  const all = ranked(repository.coveragesOf(context.db, file), wanted)
  for (const one of all) repository.updateCoverage(context.db, one)
  const after = all.find((one) => one.id === wanted.id) ?? wanted
  const holds = holdsVerification(before, after)
  if (!holds) repository.writeVerification(context.db, after.id, null, null)
  record(context, before.patientId, changesBetween(before, after, coverageFields, 'insurance.'))
  return holds ? after : { ...after, verifiedOn: null, verifiedBy: null }
}

export function verifyCoverage(context: WriteContext, id: Id): Coverage {
  const { db, now, zone, actor } = context
  const { file, patient } = openToWrite(context, repository.patientOfCoverage(db, id))
  const before = repository.coverageById(db, file, id)
  if (!before) throw refuse(CommonError.NOT_FOUND)
  const verifiedOn = dateInZone(now, zone)
  repository.writeVerification(db, id, verifiedOn, actor.userId)
  recordChanges(context, patient.id, patient.version, [{ field: 'insurance.verifiedOn', fromValue: before.verifiedOn, toValue: verifiedOn }])
  return { ...before, verifiedOn, verifiedBy: actor.name }
}

/** The others move up: somebody without a first insurance would be billed as without any. */
export function endCoverage(context: WriteContext, id: Id): null {
  const { file } = openToWrite(context, repository.patientOfCoverage(context.db, id))
  const coverage = repository.coverageById(context.db, file, id)
  if (!coverage && context.isCarried) return null // Somebody else has ended it, too.
  if (!coverage) throw refuse(CommonError.NOT_FOUND)
  repository.endCoverage(context.db, id, context.now)
  for (const one of ranked(repository.coveragesOf(context.db, file), null)) repository.updateCoverage(context.db, one)
  record(context, coverage.patientId, [{ field: 'insurance', fromValue: coverage.payerName, toValue: null }])
  return null
}

/** Name, birth date, address and phone were read back and are right: a row of its own each time, so that who said so when stays known. */
export function confirmIdentity(context: WriteContext, { id, patientId }: { id: Id; patientId: Id }): IdentityCheck {
  const { file } = openToWrite(context, patientId)
  context.audit({ entityId: id })
  const holder = repository.patientOfCheck(context.db, id)
  if (holder !== undefined && holder !== file.patientId) throw refuse(CommonError.ID_USED)
  if (holder === undefined) repository.insertCheck(context.db, { id, patientId: file.patientId, checkedAt: context.now, checkedBy: context.actor.userId })
  const check = repository.lastCheck(context.db, file)
  assert(check, 'a check that was written is there')
  return check
}

export const identityCheck = (context: ReadContext, patientId: Id): IdentityCheck | null => repository.lastCheck(context.db, open(context, patientId).file)

export function getPhoto(context: ReadContext, patientId: Id): Photo | null {
  return repository.photoOf(context.db, open(context, patientId).file)
}

/** What the bytes begin with decides what they are: a script called photo.jpg is no photo. */
export function setPhoto(context: WriteContext, { patientId, data }: { patientId: Id; data: string }): null {
  const { patient } = openToWrite(context, patientId)
  const bytes = Buffer.from(data, 'base64')
  if (bytes.length > limits.photo_bytes) throw refuse('PHOTO_TOO_LARGE', { bytesMax: limits.photo_bytes })
  const mime = photoTypeOf(bytes)
  if (mime === null) throw refuse('PHOTO_NOT_READABLE')
  repository.writePhoto(context.db, patientId, mime, bytes, context.now)
  recordChanges(context, patientId, patient.version, [{ field: 'photo', fromValue: null, toValue: 'taken' }])
  return null
}

export function removePhoto(context: WriteContext, patientId: Id): null {
  const { patient } = openToWrite(context, patientId)
  repository.deletePhoto(context.db, patientId)
  recordChanges(context, patientId, patient.version, [{ field: 'photo', fromValue: 'taken', toValue: null }])
  return null
}

function record(context: WriteContext, patientId: Id, changes: readonly FieldChange[]): void {
  recordChanges(context, patientId, openToWrite(context, patientId).patient.version, changes)
}
