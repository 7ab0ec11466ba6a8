import { can } from '#shared/access/permissions.ts'
import type { MergeInput } from '#shared/domains/patients/contract.merge.ts'
import type { ChartComparison, ComparedChart, Held, MergeObstacle, PatientMerge } from '#shared/domains/patients/model.merge.ts'
import type { Patient } from '#shared/domains/patients/model.ts'
import { likenessOf } from '#shared/domains/patients/rules.duplicates.ts'
import { allWithin, fieldsToRestore, whyNotMerge, whyNotUnmerge, withChosen } from '#shared/domains/patients/rules.merging.ts'
import { changesBetween, editableFields, isPossibleDeath, ranked, type EditableField, type FieldChange } from '#shared/domains/patients/rules.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { assert } from '#shared/kernel/assert.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import { openFile, type OpenedFile } from '#main/core/access/opened.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import * as finding from './repository.finding.ts'
import * as repository from './repository.merge.ts'
import { coveragesOf, deletePhoto, formerValues, updateCoverage, updatePatient } from './repository.ts'
import { keepApart } from './service.pairs.ts'
import { open, openToWrite, recordChanges } from './service.ts'

// Two charts of one person. Rows move from the one to the other and a journal says whose each was; neither patient's row
// ever goes, so the old number, the history and what the activity log says of either stand for ever.

export function compareCharts(context: ReadContext, { aId, bId }: { aId: Id; bId: Id }): ChartComparison {
  const [a, b] = [open(context, aId), open(context, bId)]
  context.audit({ patientId: a.patient.id, entityId: b.patient.id, itemIds: [a.patient.id, b.patient.id] })
  const { score, likelihood, comparisons } = likenessOf(a.patient, b.patient)
  return { a: sideOf(context, a), b: sideOf(context, b), score, likelihood, comparisons, obstacle: obstacleBetween(context, a.file, b.file, [aId, bId]) }
}

interface Opened { file: OpenedFile; patient: Patient }

/** What the administrator, who approves merges and needs no address for it, is shown. */
const identity: readonly EditableField[] = ['familyName', 'givenName', 'middleName', 'suffix', 'sex', 'birthDate', 'deceasedOn', 'phone']
const clinical: readonly Held['kind'][] = ['notes', 'facts']

function sideOf(context: ReadContext, { file, patient }: Opened): ComparedChart {
  const { db, actor, now, zone } = context
  const fields = can(actor, 'patient.details') ? editableFields : identity
  const seenAt = finding.lastSeenAt(db, file, now)
  const { id, mrn, familyName, givenName, sex, birthDate, phone, deceasedOn, inactiveReason } = patient
  return {
    patient: { id, mrn, familyName, givenName, sex, birthDate, phone, deceasedOn, inactiveReason },
    fields: Object.fromEntries(fields.map((field) => [field, patient[field]])),
    held: visibleTo(context, repository.heldBy(db, file)),
    registeredAt: patient.createdAt, lastSeenOn: seenAt && dateInZone(seenAt, zone), isMergeBlocked: repository.isMergeBlocked(db, file),
  }
}

/** How much there is of a chart is a fact of it. */
const visibleTo = ({ actor }: ReadContext | WriteContext, held: Held[]): Held[] => (can(actor, 'chart.read') ? held : held.filter(({ kind }) => !clinical.includes(kind)))

function obstacleBetween({ db }: ReadContext | WriteContext, one: OpenedFile, other: OpenedFile, asked: readonly [Id, Id]): MergeObstacle | null {
  return whyNotMerge({
    isSame: one.patientId === other.patientId,
    isMergedAlready: one.patientId !== asked[0] || other.patientId !== asked[1],
    isBlocked: repository.isMergeBlocked(db, one) || repository.isMergeBlocked(db, other),
    isSaidApart: repository.isSaidApart(db, one, other),
    isRestricted: repository.isRestricted(db, one) || repository.isRestricted(db, other),
    hasTwoAccounts: repository.hasAccount(db, one) && repository.hasAccount(db, other),
  })
}

export function setMergeBlock(context: WriteContext, { patientId, isBlocked }: { patientId: Id; isBlocked: boolean }): null {
  const { file, patient } = openToWrite(context, patientId)
  if (repository.isMergeBlocked(context.db, file) === isBlocked) return null
  repository.writeMergeBlock(context.db, patient.id, isBlocked)
  recordChanges(context, patient.id, patient.version, [{ field: 'mergeBlock', fromValue: isBlocked ? null : 'blocked', toValue: isBlocked ? 'blocked' : null }])
  return null
}

/** The same merge sent twice is one: the id is the form's. */
export function mergeCharts(context: WriteContext, input: MergeInput): Patient {
  const { db, now, actor } = context
  const known = repository.mergeById(db, input.id)
  if (known) return open(context, known.survivorId).patient
  const [survivor, absorbed] = [openToWrite(context, input.survivorId), openToWrite(context, input.absorbedId)]
  context.audit({ patientId: survivor.patient.id, entityId: input.id, itemIds: [absorbed.patient.id] })
  const why = obstacleBetween(context, survivor.file, absorbed.file, [input.survivorId, input.absorbedId])
  if (why !== null) throw refuse('MERGE_NOT_POSSIBLE', { why })
  const chosen = withChosen(survivor.patient, absorbed.patient, input.take)
  if (!isPossibleDeath(chosen.deceasedOn, chosen.birthDate, dateInZone(now, context.zone))) throw refuse('MERGE_NOT_POSSIBLE', { why: 'dates' })
  const changes = changesBetween(survivor.patient, chosen, editableFields)
  const [to, from] = [survivor.patient.id, absorbed.patient.id]
  repository.insertMerge(db, { id: input.id, survivorId: to, absorbedId: from, mergedAt: now, mergedBy: actor.userId, changes })
  repository.noteRows(db, input.id, 'absorbed', from)
  repository.noteRows(db, input.id, 'survivor', to)
  repository.rankBehind(db, from, coveragesOf(db, survivor.file).length)
  repository.pointTo(db, [from, ...allWithin(from, (id) => repository.absorbedBy(db, id))], to)
  repository.moveRows(db, from, to)
  repository.copyPhoto(db, from, to)
  recordChanges(context, from, absorbed.patient.version, [{ field: 'mergedInto', fromValue: null, toValue: to }])
  return rewrite(context, survivor, chosen, [...changes, { field: 'mergedFrom', fromValue: null, toValue: from }])
}

/** Both as they were; whatever came while they were one stays with the chart that went on, and is written down for somebody to look at. */
export function unmergeCharts(context: WriteContext, { id, isOtherPerson }: { id: Id; isOtherPerson: boolean }): PatientMerge {
  const { db, now, actor } = context
  const merge = repository.mergeById(db, id)
  if (!merge) throw refuse(CommonError.NOT_FOUND)
  const survivor = openToWrite(context, merge.survivorId)
  context.audit({ patientId: survivor.patient.id, entityId: id, itemIds: [merge.absorbedId] })
  const why = whyNotUnmerge({ isUndone: merge.unmergedAt !== null, isMergedAway: survivor.patient.id !== merge.survivorId, isNewest: repository.newestMergeOf(db, survivor.file) === id })
  if (why !== null) throw refuse('UNMERGE_NOT_POSSIBLE', { why })
  const [to, from] = [merge.absorbedId, merge.survivorId]
  repository.endMerge(db, id, now, actor.userId)
  repository.noteRows(db, id, 'after', from)
  repository.pointTo(db, [to], null)
  repository.pointTo(db, allWithin(to, (one) => repository.absorbedBy(db, one)), to)
  repository.returnRows(db, id, from, to)
  const absorbed = openToWrite(context, to)
  if (repository.photoTakenAtOf(db, { patientId: from }) !== undefined && repository.photoTakenAtOf(db, { patientId: from }) === repository.photoTakenAtOf(db, { patientId: to })) deletePhoto(db, from)
  for (const { file } of [survivor, absorbed]) for (const coverage of ranked(coveragesOf(db, file), null)) updateCoverage(db, coverage)
  const restored = { ...survivor.patient, ...fieldsToRestore(survivor.patient, merge.changes) }
  rewrite(context, survivor, restored, [...changesBetween(survivor.patient, restored, editableFields), { field: 'mergedFrom', fromValue: to, toValue: null }])
  recordChanges(context, to, absorbed.patient.version, [{ field: 'mergedInto', fromValue: from, toValue: null }])
  if (isOtherPerson) keepApart(context, { aId: from, bId: to, reason: 'other-person' })
  return mergeShown(context, survivor.file, id)
}

function rewrite(context: WriteContext, { file, patient }: Opened, wanted: Patient, changes: readonly FieldChange[]): Patient {
  const after: Patient = { ...wanted, version: patient.version + 1, updatedAt: context.now }
  recordChanges(context, after.id, after.version, changes)
  updatePatient(context.db, after, formerValues(context.db, file, 'familyName'))
  return after
}

export const mergesOf = (context: ReadContext, patientId: Id): PatientMerge[] => shown(context, openFile(context, patientId))

const shown = (context: ReadContext | WriteContext, file: OpenedFile): PatientMerge[] =>
  repository.mergesOf(context.db, file).map((merge) => ({ ...merge, cameAfter: visibleTo(context, merge.cameAfter) }))

function mergeShown(context: WriteContext, file: OpenedFile, id: Id): PatientMerge {
  const merge = shown(context, file).find((one) => one.id === id)
  assert(merge, 'a merge that was just undone is among the newest')
  return merge
}
