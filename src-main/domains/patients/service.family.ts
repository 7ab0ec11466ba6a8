import type { LinkRelativeInput, SetGuarantorInput } from '#shared/domains/patients/contract.family.ts'
import type { ContactFacts } from '#shared/domains/patients/model.contact.ts'
import type { Family, FamilyMember, Guarantor } from '#shared/domains/patients/model.family.ts'
import { seenFromOther, whyNotGuarantor } from '#shared/domains/patients/rules.family.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import { fileIfKnown, openFile, type OpenedFile } from '#main/core/access/opened.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import * as repository from './repository.family.ts'
import { open, openToWrite, recordChanges } from './service.ts'

// Families: relatives, and who answers for whose bills. Each other patient is asked for by the caller's own rights: whoever
// may not be known is not in the list, not in the number, and answers for nobody.

type Context = ReadContext | WriteContext

export const family = (context: ReadContext, patientId: Id): Family => familyOf(context, openFile(context, patientId))

function familyOf(context: Context, file: OpenedFile): Family {
  const { guarantor, isUnclear } = guarantorOf(context, file)
  const members = new Map<Id, FamilyMember>()
  const add = (id: Id, more: Partial<FamilyMember>): void => {
    const known = members.get(id) ?? memberOf(context, file, id)
    if (known) members.set(id, { ...known, ...more })
  }
  for (const { id, kind, otherId, isTurned } of repository.relationsOf(context.db, file)) add(otherId, { relationId: id, kind: isTurned === 1 ? seenFromOther(kind) : kind })
  for (const id of accountGroup(context, file)) add(id, { isSharingGuarantor: true, isGuarantor: guarantor?.patient?.id === id })
  return { guarantor, isUnclear, members: [...members.values()].toSorted((a, b) => (a.patient.birthDate < b.patient.birthDate ? -1 : 1)).slice(0, limits.family_members) }
}

function memberOf(context: Context, { patientId }: OpenedFile, id: Id): FamilyMember | undefined {
  const other = id === patientId ? undefined : fileIfKnown(context, id)
  const patient = other && repository.familyRow(context.db, other)
  if (!other || !patient) return undefined
  return { patient, kind: null, relationId: null, isSharingGuarantor: false, isGuarantor: false, nextVisitAt: repository.nextVisitAt(context.db, other, context.now) }
}

function guarantorOf(context: Context, file: OpenedFile): { guarantor: Guarantor | null; isUnclear: boolean } {
  const [first, second] = repository.guarantorsOf(context.db, file)
  if (!first || first.patientId === file.patientId) return { guarantor: null, isUnclear: false }
  const payer = first.patientId === null ? undefined : fileIfKnown(context, first.patientId)
  if (first.patientId !== null && !payer) return { guarantor: null, isUnclear: false }
  const isUnclear = second !== undefined && (second.id !== first.id && (second.patientId === null || second.patientId !== first.patientId))
  return { guarantor: { id: first.id, since: first.since, person: first.person, patient: (payer && repository.familyRow(context.db, payer)) ?? null }, isUnclear }
}

/** Everybody whose bills one party answers for, with that party where it is a patient; only those whom the caller may know. The patient asked for comes first. */
export function accountGroup(context: Context, file: OpenedFile): Id[] {
  const { db } = context
  const { guarantor } = guarantorOf(context, file)
  const payer = guarantor === null ? file : guarantor.patient === null ? undefined : fileIfKnown(context, guarantor.patient.id)
  const ids = payer === undefined ? repository.idsPaidByPerson(db, guarantor?.id ?? '') : [payer.patientId, ...repository.idsPaidByPatient(db, payer)]
  return [...new Set([file.patientId, ...ids])].filter((id) => id === file.patientId || fileIfKnown(context, id) !== undefined)
}

/** For whoever prints a bill: who answers for it and where it goes. */
export const responsibleFor = (context: Context, file: OpenedFile): Guarantor | null => guarantorOf(context, file).guarantor

export const contactFacts = (context: ReadContext, ids: readonly Id[]): ContactFacts[] => ids.flatMap((id) => {
  const file = fileIfKnown(context, id)
  const facts = file && repository.contactFactsOf(context.db, file)
  return facts ? [{ ...facts, id }] : []
})

/** For booking: whether somebody is expected here at all. */
export function standingOf({ db }: Context, file: OpenedFile): Pick<ContactFacts, 'deceasedOn' | 'inactiveReason'> {
  const { deceasedOn = null, inactiveReason = null } = repository.contactFactsOf(db, file) ?? {}
  return { deceasedOn, inactiveReason }
}

/** Two are linked once: said again, or from the other side, it is what was said last. */
export function linkRelative(context: WriteContext, { id, patientId, relativeId, kind }: LinkRelativeInput): Family {
  const { db } = context
  const [{ file, patient }, relative] = [openToWrite(context, patientId), openToWrite(context, relativeId)]
  context.audit({ patientId: patient.id, entityId: id, itemIds: [relative.patient.id] })
  if (patient.id === relative.patient.id) throw refuse('SAME_PATIENT')
  const known = repository.relationById(db, id)
  if (known && (known.patientId !== patient.id || known.relativeId !== relativeId)) throw refuse(CommonError.ID_USED)
  if (!known) {
    const by = stampOf(context)
    for (const link of repository.relationsOf(db, file)) if (link.otherId === relative.patient.id) repository.removeRelation(db, link.id, by)
    repository.insertRelation(db, { id, patientId: patient.id, relativeId: relative.patient.id, kind }, by)
    recordChanges(context, patient.id, patient.version, [{ field: 'relative', fromValue: null, toValue: kind }])
    recordChanges(context, relative.patient.id, relative.patient.version, [{ field: 'relative', fromValue: null, toValue: seenFromOther(kind) }])
  }
  return familyOf(context, file)
}

/** From either side. Somebody whom the caller may not know is in no list, so no link to them can be named. */
export function unlinkRelative(context: WriteContext, { id, patientId }: { id: Id; patientId: Id }): Family {
  const { db } = context
  const { file, patient } = openToWrite(context, patientId)
  context.audit({ patientId: patient.id, entityId: id })
  const link = repository.relationsOf(db, file).find((one) => one.id === id)
  if (!link && context.isCarried && repository.relationById(db, id)?.removedAt) return familyOf(context, file)
  if (!link || !fileIfKnown(context, link.otherId)) throw refuse(CommonError.NOT_FOUND)
  const other = openToWrite(context, link.otherId)
  context.audit({ patientId: patient.id, entityId: id })
  repository.removeRelation(db, id, stampOf(context))
  for (const one of [patient, other.patient]) recordChanges(context, one.id, one.version, [{ field: 'relative', fromValue: link.kind, toValue: null }])
  return familyOf(context, file)
}

export function setGuarantor(context: WriteContext, input: SetGuarantorInput): Family {
  const { db, newId } = context
  const { file, patient } = openToWrite(context, input.patientId)
  const all = [patient, ...input.alsoPatientIds.filter((id) => id !== input.patientId).map((id) => openToWrite(context, id).patient)]
  const payerId = input.guarantorPatientId === null ? null : requireGuarantor(context, input.guarantorPatientId, input.person !== null, all.map(({ id }) => id))
  context.audit({ patientId: patient.id, entityId: input.id, itemIds: all.map(({ id }) => id) })
  if (repository.guarantorExists(db, input.id)) return familyOf(context, file)
  const by = stampOf(context)
  if (payerId !== null || input.person !== null) repository.insertGuarantor(db, input.id, payerId, input.person, by)
  for (const one of all) {
    const before = repository.guarantorsOf(db, openFile(context, one.id))[0]
    repository.endGuarantors(db, one.id, by)
    const isOwn = one.id === payerId || (payerId === null && input.person === null)
    if (!isOwn) repository.insertPatientGuarantor(db, newId(), one.id, input.id, by)
    // Of another patient the id: a name in a history would outlive a restriction.
    recordChanges(context, one.id, one.version, [{ field: 'guarantor', fromValue: before ? before.person?.name ?? before.patientId : null, toValue: isOwn ? null : input.person?.name ?? payerId }])
  }
  context.audit({ patientId: patient.id, entityId: input.id })
  return familyOf(context, file)
}

function requireGuarantor(context: WriteContext, id: Id, isPersonNamed: boolean, movedIds: readonly Id[]): Id {
  const { file, patient } = open(context, id)
  const isPaidFor = !movedIds.includes(patient.id) && repository.guarantorsOf(context.db, file).length > 0
  const why = whyNotGuarantor({ isPersonNamed, birthDate: patient.birthDate, deceasedOn: patient.deceasedOn, isPaidFor }, dateInZone(context.now, context.zone))
  if (why !== null) throw refuse('GUARANTOR_NOT_POSSIBLE', { why })
  return patient.id
}

const stampOf = ({ now, actor }: WriteContext): { at: string; by: Id } => ({ at: now, by: actor.userId })
