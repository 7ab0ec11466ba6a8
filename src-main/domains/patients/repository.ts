import { and, asc, desc, eq, isNull, sql, type Placeholder } from 'drizzle-orm'
import { staffMembers, userAccounts } from '#drizzle/schema/clinic.ts'
import { coverages, identityChecks, patientChanges, patientContacts, patientIdentifiers, patientPhotos, patients } from '#drizzle/schema/patients.ts'
import type { Contact, Coverage, IdentityCheck, Patient, PatientChange, Photo } from '#shared/domains/patients/model.ts'
import { derivedColumns } from '#shared/domains/patients/rules.derived.ts'
import type { FieldChange } from '#shared/domains/patients/rules.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import type { Instant, PlainDate } from '#shared/kernel/time.ts'
import type { OpenedFile } from '#main/core/access/opened.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'

const value = (name: string): Placeholder => sql.placeholder(name)
const ofPatient = (column: typeof patients.id | typeof patientContacts.patientId | typeof coverages.patientId | typeof patientChanges.patientId | typeof patientPhotos.patientId) => eq(column, value('patientId'))

/** With the name of whoever asked the insurer. */
const coveragesQuery = (db: ReadDb) => db.select({ row: coverages, givenName: staffMembers.givenName, familyName: staffMembers.familyName }).from(coverages)
  .leftJoin(userAccounts, eq(userAccounts.id, coverages.verifiedBy)).leftJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId))

/** Exported so that a test asks its plan. */
export const lastCheckQuery = (db: ReadDb) => db.select({ at: identityChecks.checkedAt, givenName: staffMembers.givenName, familyName: staffMembers.familyName }).from(identityChecks)
  .innerJoin(userAccounts, eq(userAccounts.id, identityChecks.checkedBy)).innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId))
  .where(eq(identityChecks.patientId, value('patientId'))).orderBy(desc(identityChecks.checkedAt)).limit(1)

const reads = prepared((db: ReadDb) => ({
  lastCheck: lastCheckQuery(db).prepare(),
  checkOwner: db.select({ patientId: identityChecks.patientId }).from(identityChecks).where(eq(identityChecks.id, value('id'))).prepare(),
  byId: db.select().from(patients).where(ofPatient(patients.id)).prepare(),
  contacts: db.select().from(patientContacts).where(and(ofPatient(patientContacts.patientId), isNull(patientContacts.removedAt))).orderBy(asc(patientContacts.id)).prepare(),
  contactOwner: db.select({ patientId: patientContacts.patientId }).from(patientContacts).where(eq(patientContacts.id, value('id'))).prepare(),
  coverageOwner: db.select({ patientId: coverages.patientId }).from(coverages).where(eq(coverages.id, value('id'))).prepare(),
  exists: db.select({ id: patients.id }).from(patients).where(ofPatient(patients.id)).prepare(),
  contact: db.select().from(patientContacts).where(and(eq(patientContacts.id, value('id')), ofPatient(patientContacts.patientId), isNull(patientContacts.removedAt))).prepare(),
  coverages: coveragesQuery(db).where(and(ofPatient(coverages.patientId), isNull(coverages.endedAt))).orderBy(asc(coverages.rank)).prepare(),
  coverage: coveragesQuery(db).where(and(eq(coverages.id, value('id')), ofPatient(coverages.patientId), isNull(coverages.endedAt))).prepare(),
  photo: db.select().from(patientPhotos).where(ofPatient(patientPhotos.patientId)).prepare(),
  photoTakenAt: db.select({ takenAt: patientPhotos.takenAt }).from(patientPhotos).where(ofPatient(patientPhotos.patientId)).prepare(),
  history: db.select({
    id: patientChanges.id, version: patientChanges.version, changedAt: patientChanges.changedAt, field: patientChanges.field,
    fromValue: patientChanges.fromValue, toValue: patientChanges.toValue, familyName: staffMembers.familyName, givenName: staffMembers.givenName,
  }).from(patientChanges)
    .innerJoin(userAccounts, eq(userAccounts.id, patientChanges.changedBy)).innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId))
    .where(ofPatient(patientChanges.patientId)).orderBy(desc(patientChanges.changedAt), desc(patientChanges.id)).limit(limits.page_rows).prepare(),
  valuesOf: db.select({ fromValue: patientChanges.fromValue, toValue: patientChanges.toValue }).from(patientChanges)
    .where(and(ofPatient(patientChanges.patientId), eq(patientChanges.field, value('field')))).prepare(),
  byIdentifier: db.select({ patientId: patientIdentifiers.patientId }).from(patientIdentifiers)
    .where(and(eq(patientIdentifiers.system, value('system')), eq(patientIdentifiers.value, value('value')))).prepare(),
}))

const writes = prepared((db: WriteDb) => ({
  insert: db.insert(patients).values({
    id: value('id'), mrn: value('mrn'), familyName: value('familyName'), givenName: value('givenName'), middleName: value('middleName'), preferredName: value('preferredName'),
    suffix: value('suffix'), sex: value('sex'), birthDate: value('birthDate'), deceasedOn: value('deceasedOn'), phone: value('phone'), phoneDigits: value('phoneDigits'),
    email: value('email'), addressLine1: value('addressLine1'), addressLine2: value('addressLine2'), city: value('city'), state: value('state'), postalCode: value('postalCode'),
    country: value('country'), language: value('language'), interpreter: value('interpreter'), preferredChannel: value('preferredChannel'), bestTimes: value('bestTimes'), messages: value('messages'),
    workCalls: value('workCalls'), contactBan: value('contactBan'), confidentialAddress: value('confidentialAddress'), inactiveReason: value('inactiveReason'), familySound: value('familySound'), givenSound: value('givenSound'), sortName: value('sortName'),
    searchNames: value('searchNames'), version: value('version'), createdAt: value('createdAt'), updatedAt: value('updatedAt'),
  }).prepare(),
}))

/** Whether an id is used: nothing of the patient leaves. */
export const patientExists = (db: ReadDb, patientId: Id): boolean => reads(db).exists.get({ patientId }) !== undefined
export const patientOfContact = (db: ReadDb, id: Id): Id | undefined => reads(db).contactOwner.get({ id })?.patientId
export const patientOfCoverage = (db: ReadDb, id: Id): Id | undefined => reads(db).coverageOwner.get({ id })?.patientId

export const patientById = (db: ReadDb, { patientId }: OpenedFile): Patient | undefined => toPatient(reads(db).byId.get({ patientId }))

export const contactsOf = (db: ReadDb, { patientId }: OpenedFile): Contact[] => reads(db).contacts.all({ patientId }).map(({ removedAt: _at, ...row }) => row)
export function contactById(db: ReadDb, { patientId }: OpenedFile, id: Id): Contact | undefined {
  const row = reads(db).contact.get({ id, patientId })
  return row && withoutRemoval(row)
}

export const coveragesOf = (db: ReadDb, { patientId }: OpenedFile): Coverage[] => reads(db).coverages.all({ patientId }).map(toCoverage)
export function coverageById(db: ReadDb, { patientId }: OpenedFile, id: Id): Coverage | undefined {
  const row = reads(db).coverage.get({ id, patientId })
  return row && toCoverage(row)
}

export const patientOfCheck = (db: ReadDb, id: Id): Id | undefined => reads(db).checkOwner.get({ id })?.patientId
export function lastCheck(db: ReadDb, { patientId }: OpenedFile): IdentityCheck | null {
  const row = reads(db).lastCheck.get({ patientId })
  return row ? { at: row.at, by: `${row.givenName} ${row.familyName}` } : null
}
export const insertCheck = (db: WriteDb, row: typeof identityChecks.$inferInsert): void => void db.insert(identityChecks).values(row).run()

export function photoOf(db: ReadDb, { patientId }: OpenedFile): Photo | null {
  const row = reads(db).photo.get({ patientId })
  return row ? { mime: row.mime as Photo['mime'], data: row.bytes.toString('base64'), takenAt: row.takenAt } : null // Written by setPhoto alone, which knows two types.
}
export const photoTakenAt = (db: ReadDb, { patientId }: OpenedFile): Instant | null => reads(db).photoTakenAt.get({ patientId })?.takenAt ?? null

export const historyOf = (db: ReadDb, { patientId }: OpenedFile): PatientChange[] =>
  reads(db).history.all({ patientId }).map(({ familyName, givenName, ...row }) => ({ ...row, changedBy: `${givenName} ${familyName}` }))
/** Names that somebody had before. */
export const formerValues = (db: ReadDb, { patientId }: OpenedFile, field: string): string[] => reads(db).valuesOf.all({ patientId, field }).flatMap((row) => row.fromValue ?? [])
export const notedValues = (db: ReadDb, { patientId }: OpenedFile, field: string): string[] => reads(db).valuesOf.all({ patientId, field }).flatMap((row) => row.toValue ?? [])

export const patientIdByIdentifier = (db: ReadDb, system: string, identifier: string): Id | undefined =>
  reads(db).byIdentifier.get({ system, value: identifier })?.patientId

export function insertPatient(db: WriteDb, row: Patient): void {
  writes(db).insert.run({ ...row, ...derivedColumns(row) })
}

export function updatePatient(db: WriteDb, row: Patient, formerNames: readonly string[]): void {
  const { id, mrn: _kept, createdAt: _at, ...rest } = row
  db.update(patients).set({ ...rest, ...derivedColumns(row, formerNames) }).where(eq(patients.id, id)).run()
}

interface Stamp { patientId: Id; version: number; at: Instant; by: Id; newId: () => Id }

export function insertChanges(db: WriteDb, changes: readonly FieldChange[], { patientId, version, at, by, newId }: Stamp): void {
  for (const change of changes) db.insert(patientChanges).values({ ...change, id: newId(), patientId, version, changedAt: at, changedBy: by }).run()
}

export const insertContact = (db: WriteDb, row: Contact): void => void db.insert(patientContacts).values(row).run()
export function updateContact(db: WriteDb, { id, ...rest }: Contact): void {
  db.update(patientContacts).set(rest).where(eq(patientContacts.id, id)).run()
}
export function removeContact(db: WriteDb, id: Id, at: Instant): void {
  db.update(patientContacts).set({ removedAt: at }).where(eq(patientContacts.id, id)).run()
}

export const insertCoverage = (db: WriteDb, { verifiedOn: _on, verifiedBy: _by, ...row }: Coverage): void => void db.insert(coverages).values(row).run()
export function writeVerification(db: WriteDb, id: Id, verifiedOn: PlainDate | null, verifiedBy: Id | null): void {
  db.update(coverages).set({ verifiedOn, verifiedBy }).where(eq(coverages.id, id)).run()
}
export function updateCoverage(db: WriteDb, { id, verifiedOn: _on, verifiedBy: _by, ...rest }: Coverage): void {
  db.update(coverages).set(rest).where(eq(coverages.id, id)).run()
}
export function endCoverage(db: WriteDb, id: Id, at: Instant): void {
  db.update(coverages).set({ endedAt: at }).where(eq(coverages.id, id)).run()
}

export function writePhoto(db: WriteDb, patientId: Id, mime: Photo['mime'], bytes: Uint8Array, takenAt: Instant): void {
  const row = { mime, bytes: Buffer.from(bytes), takenAt }
  db.insert(patientPhotos).values({ patientId, ...row }).onConflictDoUpdate({ target: patientPhotos.patientId, set: row }).run()
}
export function deletePhoto(db: WriteDb, patientId: Id): void {
  db.delete(patientPhotos).where(eq(patientPhotos.patientId, patientId)).run()
}

export function insertIdentifier(db: WriteDb, patientId: Id, system: string, identifier: string): void {
  db.insert(patientIdentifiers).values({ system, value: identifier, patientId }).run()
}

type Row = typeof patients.$inferSelect
function toPatient(row: Row | undefined): Patient | undefined {
  if (!row) return undefined
  const { phoneDigits: _digits, familySound: _family, givenSound: _given, sortName: _sort, searchNames: _search, mergedIntoId: _into, isMergeBlocked: _blocked, ...rest } = row
  return rest as Patient // The CHECK on sex holds the model's constants.
}
const withoutRemoval = ({ removedAt: _at, ...row }: typeof patientContacts.$inferSelect): Contact => row
type StoredCoverage = { row: typeof coverages.$inferSelect; givenName: string | null; familyName: string | null }
function toCoverage({ row: { endedAt: _at, ...row }, givenName, familyName }: StoredCoverage): Coverage {
  return { ...row, verifiedBy: row.verifiedBy && `${givenName} ${familyName}` } as Coverage // Written through the contract, whose enum `relationship` is.
}
