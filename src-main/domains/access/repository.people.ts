import { and, asc, eq, isNull, sql, type Placeholder } from 'drizzle-orm'
import { accessSettings, restrictedAllowed, restrictedPatients, selfPatients } from '#drizzle/schema/access.ts'
import { staffMembers, userAccounts } from '#drizzle/schema/clinic.ts'
import type { AccessPerson, AccessSettings, PatientAccess, PersonName } from '#shared/domains/access/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { OpenedFile } from '#main/core/access/opened.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'
import { nameColumns } from './repository.ts'

const value = (name: string): Placeholder => sql.placeholder(name)
const live = isNull(restrictedPatients.liftedAt)

const reads = prepared((db: ReadDb) => ({
  user: db.select({ id: userAccounts.id }).from(userAccounts).where(eq(userAccounts.id, value('id'))).prepare(),
  self: db.select({ patientId: selfPatients.patientId }).from(selfPatients).where(eq(selfPatients.userId, value('userId'))).prepare(),
  restriction: db.select({ id: restrictedPatients.id, reason: restrictedPatients.reason, since: restrictedPatients.restrictedAt }).from(restrictedPatients)
    .where(and(eq(restrictedPatients.patientId, value('patientId')), live)).prepare(),
  allowed: db.select(nameColumns).from(restrictedAllowed).innerJoin(userAccounts, eq(userAccounts.id, restrictedAllowed.userId))
    .innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId)).where(eq(restrictedAllowed.restrictionId, value('id'))).orderBy(asc(staffMembers.sortOrder)).prepare(),
  staffWhoIs: db.select(nameColumns).from(selfPatients).innerJoin(userAccounts, eq(userAccounts.id, selfPatients.userId))
    .innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId)).where(eq(selfPatients.patientId, value('patientId'))).prepare(),
  people: db.select({ userId: userAccounts.id, staff: nameColumns, isPrivacyOfficer: userAccounts.isPrivacyOfficer, selfPatientId: selfPatients.patientId }).from(userAccounts)
    .innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId))
    .leftJoin(selfPatients, eq(selfPatients.userId, userAccounts.id)).where(isNull(userAccounts.disabledAt)).orderBy(asc(staffMembers.sortOrder), asc(staffMembers.familyName)).prepare(),
}))

export const isLinked = (db: ReadDb, userId: Id): boolean => reads(db).self.get({ userId }) !== undefined
export const userExists = (db: ReadDb, id: Id): boolean => reads(db).user.get({ id }) !== undefined

export function restrictionOf(db: ReadDb, { patientId }: OpenedFile): PatientAccess['restriction'] | undefined {
  const row = reads(db).restriction.get({ patientId })
  return row && { reason: row.reason, since: row.since, allowed: reads(db).allowed.all({ id: row.id }) }
}

export function insertRestriction(db: WriteDb, row: { id: Id; patientId: Id; reason: string; restrictedAt: Instant; restrictedBy: Id }, allowed: readonly Id[]): void {
  db.insert(restrictedPatients).values(row).run()
  for (const userId of allowed) db.insert(restrictedAllowed).values({ restrictionId: row.id, userId }).run()
}
export function liftRestriction(db: WriteDb, { patientId }: OpenedFile, liftedAt: Instant, liftedBy: Id): void {
  db.update(restrictedPatients).set({ liftedAt, liftedBy }).where(and(eq(restrictedPatients.patientId, patientId), live)).run()
}

export const staffWhoIs = (db: ReadDb, { patientId }: OpenedFile): PersonName | undefined => reads(db).staffWhoIs.get({ patientId })
export function linkSelf(db: WriteDb, userId: Id, { patientId }: OpenedFile): void {
  db.insert(selfPatients).values({ userId, patientId }).onConflictDoUpdate({ target: selfPatients.userId, set: { patientId } }).run()
}
export const unlinkSelf = (db: WriteDb, userId: Id): void => void db.delete(selfPatients).where(eq(selfPatients.userId, userId)).run()

/** Ids of colleagues' own charts are no secret of the chart: who may set the link may see it. */
export const listPeople = (db: ReadDb): AccessPerson[] =>
  reads(db).people.all()

export const saveSettings = (db: WriteDb, settings: AccessSettings): void => void db.update(accessSettings).set(settings).run()
