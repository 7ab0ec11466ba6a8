import { and, asc, desc, eq, gte, isNull, or, sql, type Placeholder } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { careTeamMembers, coverList } from '#drizzle/schema/access.ts'
import { staffMembers, userAccounts } from '#drizzle/schema/clinic.ts'
import { clinicalNotes } from '#drizzle/schema/encounters.ts'
import { appointments } from '#drizzle/schema/scheduling.ts'
import type { CareTeam, CareTeamMember, Cover, PersonName } from '#shared/domains/access/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import type { Instant, PlainDate } from '#shared/kernel/time.ts'
import type { OpenedChart } from '#main/core/access/opened.ts'
import { mayKnowNote } from '#main/core/access/predicates.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'

const value = (name: string): Placeholder => sql.placeholder(name)
const coverers = alias(staffMembers, 'coverers')
export const nameColumns = { id: staffMembers.id, title: staffMembers.title, givenName: staffMembers.givenName, familyName: staffMembers.familyName }
const covererColumns = { id: coverers.id, title: coverers.title, givenName: coverers.givenName, familyName: coverers.familyName }

const reads = prepared((db: ReadDb) => ({
  staff: db.select(nameColumns).from(staffMembers).where(eq(staffMembers.id, value('id'))).prepare(),
  members: db.select({ member: careTeamMembers, staff: nameColumns }).from(careTeamMembers).innerJoin(staffMembers, eq(staffMembers.id, careTeamMembers.staffId)).where(and(
    eq(careTeamMembers.patientId, value('patientId')), isNull(careTeamMembers.endedAt), or(isNull(careTeamMembers.untilOn), gte(careTeamMembers.untilOn, value('today'))),
  )).orderBy(asc(careTeamMembers.addedAt)).limit(limits.page_rows).prepare(),
  memberOwner: db.select({ patientId: careTeamMembers.patientId }).from(careTeamMembers).where(eq(careTeamMembers.id, value('id'))).prepare(),
  byAppointment: db.selectDistinct(nameColumns).from(appointments).innerJoin(staffMembers, eq(staffMembers.id, appointments.providerId)).where(and(
    eq(appointments.patientId, value('patientId')), gte(appointments.startsAt, value('seenFrom')), sql`${appointments.startsAt} < ${value('seenTo')}`, sql`${appointments.status} <> 'cancelled'`,
  )).limit(limits.page_rows).prepare(),
  byNote: db.selectDistinct(nameColumns).from(clinicalNotes)
    .innerJoin(userAccounts, or(eq(userAccounts.id, clinicalNotes.authorId), eq(userAccounts.id, clinicalNotes.signedBy)))
    .innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId))
    .where(and(eq(clinicalNotes.patientId, value('patientId')), mayKnowNote(clinicalNotes))).limit(limits.page_rows).prepare(),
  cover: db.select({ cover: coverList, provider: nameColumns, by: covererColumns }).from(coverList)
    .innerJoin(staffMembers, eq(staffMembers.id, coverList.providerId)).innerJoin(coverers, eq(coverers.id, coverList.byStaffId))
    .where(and(gte(coverList.untilOn, value('today')), isNull(coverList.removedAt))).orderBy(asc(coverList.fromOn), desc(coverList.addedAt)).limit(limits.page_rows).prepare(),
  coverById: db.select().from(coverList).where(and(eq(coverList.id, value('id')), isNull(coverList.removedAt))).prepare(),
}))

export const staffName = (db: ReadDb, id: Id): PersonName | undefined => reads(db).staff.get({ id })

export const membersOf = (db: ReadDb, { patientId }: OpenedChart, today: PlainDate): CareTeamMember[] =>
  reads(db).members.all({ patientId, today }).map(({ member: { id, fromOn, untilOn, reason, addedAt }, staff }) => ({ id, patientId, staff, fromOn, untilOn, reason, addedAt }))
export const patientOfMember = (db: ReadDb, id: Id): Id | undefined => reads(db).memberOwner.get({ id })?.patientId

/** Who is on the team by work, each once; an appointment says more than a note. */
export function teamByWork(db: ReadDb, { patientId, scope }: OpenedChart): CareTeam['byWork'] {
  const asked = { ...scope.values, patientId }
  const seeing = reads(db).byAppointment.all(asked)
  const writing = reads(db).byNote.all(asked).filter((one) => !seeing.some((other) => other.id === one.id))
  return [...seeing.map((staff) => ({ staff, because: 'appointment' as const })), ...writing.map((staff) => ({ staff, because: 'note' as const }))]
}

export function insertMember(db: WriteDb, row: { id: Id; patientId: Id; staffId: Id; fromOn: PlainDate; untilOn: PlainDate | null; reason: string; addedAt: Instant; addedBy: Id }): void {
  db.insert(careTeamMembers).values(row).run()
}
export function endMember(db: WriteDb, id: Id, endedAt: Instant, endedBy: Id): void {
  db.update(careTeamMembers).set({ endedAt, endedBy }).where(and(eq(careTeamMembers.id, id), isNull(careTeamMembers.endedAt))).run()
}

/** Cover that holds today or will. */
export const coverFrom = (db: ReadDb, today: PlainDate): Cover[] =>
  reads(db).cover.all({ today }).map(({ cover: { id, fromOn, untilOn }, provider, by }) => ({ id, provider, by, fromOn, untilOn }))
export const coverById = (db: ReadDb, id: Id): { providerId: Id } | undefined => reads(db).coverById.get({ id })
export function insertCover(db: WriteDb, row: { id: Id; providerId: Id; byStaffId: Id; fromOn: PlainDate; untilOn: PlainDate; addedAt: Instant; addedBy: Id }): void {
  db.insert(coverList).values(row).run()
}
export function removeCover(db: WriteDb, id: Id, removedAt: Instant, removedBy: Id): void {
  db.update(coverList).set({ removedAt, removedBy }).where(eq(coverList.id, id)).run()
}
