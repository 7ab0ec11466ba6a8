import { and, asc, desc, eq, isNotNull, isNull, sql, type Placeholder } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { breakGlass, selfPatients } from '#drizzle/schema/access.ts'
import { staffMembers, userAccounts } from '#drizzle/schema/clinic.ts'
import { patients } from '#drizzle/schema/patients.ts'
import type { BreakGlassEvent, ReviewOutcome } from '#shared/domains/access/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'
import { nameColumns } from './repository.ts'

const value = (name: string): Placeholder => sql.placeholder(name)
const reviewers = alias(userAccounts, 'reviewers')
const reviewerStaff = alias(staffMembers, 'reviewer_staff')
const reviewerColumns = { id: reviewerStaff.id, title: reviewerStaff.title, givenName: reviewerStaff.givenName, familyName: reviewerStaff.familyName }

/** The queries by name, not yet prepared: a test asks the planner about them. */
export const glassQueries = (db: ReadDb) => {
  // Privacy officers read who was opened whatever row rule holds: what they review is the breaking of that rule.
  const events = () => db.select({
    event: breakGlass, by: nameColumns, reviewer: reviewerColumns, mrn: patients.mrn, patientName: sql<string>`${patients.familyName} || ', ' || ${patients.givenName}`,
  }).from(breakGlass).innerJoin(patients, eq(patients.id, breakGlass.patientId))
    .innerJoin(userAccounts, eq(userAccounts.id, breakGlass.userId)).innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId))
    .leftJoin(reviewers, eq(reviewers.id, breakGlass.reviewedBy)).leftJoin(reviewerStaff, eq(reviewerStaff.id, reviewers.staffId))
  return {
    waiting: events().where(isNull(breakGlass.reviewedAt)).orderBy(asc(breakGlass.openedAt)).limit(limits.page_rows),
    reviewed: events().where(isNotNull(breakGlass.reviewedAt)).orderBy(desc(breakGlass.reviewedAt)).limit(limits.page_rows),
    times: db.select({ openedAt: breakGlass.openedAt }).from(breakGlass).where(isNull(breakGlass.reviewedAt)).orderBy(asc(breakGlass.openedAt)).limit(limits.work_list_rows),
  }
}

const reads = prepared((db: ReadDb) => {
  const queries = glassQueries(db)
  return {
    waiting: queries.waiting.prepare(), reviewed: queries.reviewed.prepare(), times: queries.times.prepare(),
    byId: db.select().from(breakGlass).where(eq(breakGlass.id, value('id'))).prepare(),
    patientById: db.select({ id: patients.id }).from(patients).where(eq(patients.id, value('id'))).prepare(),
    patientByMrn: db.select({ id: patients.id }).from(patients).where(eq(patients.mrn, value('mrn'))).prepare(),
    self: db.select({ userId: selfPatients.userId }).from(selfPatients).where(and(eq(selfPatients.userId, value('userId')), eq(selfPatients.patientId, value('patientId')))).prepare(),
    officer: db.select({ isPrivacyOfficer: userAccounts.isPrivacyOfficer }).from(userAccounts).where(eq(userAccounts.id, value('userId'))).prepare(),
  }
})

/** Whose chart is to be opened, restricted or not: the id alone leaves. */
export const patientToOpen = (db: ReadDb, by: { id: Id } | { mrn: number }): Id | undefined =>
  ('id' in by ? reads(db).patientById.get({ id: by.id }) : reads(db).patientByMrn.get({ mrn: by.mrn }))?.id
export const isSelf = (db: ReadDb, userId: Id, patientId: Id): boolean => reads(db).self.get({ userId, patientId }) !== undefined
export const isOfficer = (db: ReadDb, userId: Id): boolean => reads(db).officer.get({ userId })?.isPrivacyOfficer === true

export const eventById = (db: ReadDb, id: Id) => reads(db).byId.get({ id })
export const openedAtOfWaiting = (db: ReadDb): Instant[] => reads(db).times.all().map((row) => row.openedAt)

type Listed = Omit<BreakGlassEvent, 'dueOn' | 'isOverdue'>

/** What waits, the longest first; then what was reviewed, the newest first. */
export function listGlass(db: ReadDb): Listed[] {
  return [...reads(db).waiting.all(), ...reads(db).reviewed.all()].map(({ event, by, reviewer, mrn, patientName }) => ({
    id: event.id, openedAt: event.openedAt, endsAt: event.endsAt, by, userId: event.userId, patientId: event.patientId, patientName, mrn,
    reason: event.reason as Listed['reason'], explanation: event.explanation, // The CHECK on reason.
    review: event.reviewedAt && reviewer && event.outcome ? { at: event.reviewedAt, by: reviewer, outcome: event.outcome as ReviewOutcome, note: event.reviewNote ?? '' } : null, // The CHECK on outcome.
  }))
}

export function insertGlass(db: WriteDb, row: { id: Id; patientId: Id; userId: Id; reason: BreakGlassEvent['reason']; explanation: string; openedAt: Instant; endsAt: Instant }): void {
  db.insert(breakGlass).values(row).run()
}

export function writeReview(db: WriteDb, id: Id, { at, by, outcome, note }: { at: Instant; by: Id; outcome: ReviewOutcome; note: string }): void {
  db.update(breakGlass).set({ reviewedAt: at, reviewedBy: by, outcome, reviewNote: note }).where(eq(breakGlass.id, id)).run()
}
