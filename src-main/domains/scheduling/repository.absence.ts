import { and, asc, desc, eq, gte, isNull, lt, sql } from 'drizzle-orm'
import { absenceLines, absencePlans, appointments, scheduleBlocks } from '#drizzle/schema/scheduling.ts'
import type { AbsenceLine, AbsencePlan } from '#shared/domains/scheduling/model.absence.ts'
import { limits } from '#shared/kernel/limits.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'
import { value } from './repository.ts'

/** Exported so that a test asks the plan of each. */
export const absenceReads = prepared((db: ReadDb) => ({
  planById: db.select().from(absencePlans).where(eq(absencePlans.id, value('id'))).prepare(),
  standing: db.select().from(absencePlans).where(and(isNull(absencePlans.undoneAt), gte(absencePlans.appliedAt, value('since')))).orderBy(desc(absencePlans.appliedAt)).limit(limits.absence_plans_listed).prepare(),
  lines: db.select().from(absenceLines).where(eq(absenceLines.planId, value('planId'))).orderBy(asc(absenceLines.position)).limit(limits.absence_rows).prepare(),
  /** What the patient of an appointment has beside it in a span: through the patient's index. */
  beside: db.select({ startsAt: appointments.startsAt, endsAt: appointments.endsAt }).from(appointments)
    .where(and(sql`${appointments.patientId} = (select a.patient_id from appointments a where a.id = ${value('id')})`, sql`${appointments.id} <> ${value('id')}`, gte(appointments.startsAt, value('from')), lt(appointments.startsAt, value('to')), sql`${appointments.status} not in ('cancelled', 'no-show')`)).prepare(),
  /** Whether a provider has or had any visit, or one of a type, in a span: the first row answers. */
  anyOf: db.select({ id: appointments.id }).from(appointments).where(and(eq(appointments.providerId, value('providerId')), gte(appointments.startsAt, value('from')), lt(appointments.startsAt, value('to')))).limit(1).prepare(),
  ofType: db.select({ id: appointments.id }).from(appointments)
    .where(and(eq(appointments.providerId, value('providerId')), gte(appointments.startsAt, value('from')), lt(appointments.startsAt, value('to')), sql`${appointments.typeId} is ${value('typeId')}`)).limit(1).prepare(),
  /** What came of asking about an appointment at one time, newest first. */
  said: db.$client.prepare(`select outcome, note, at, count(*) over () as calls from appointment_confirmations where appointment_id = ? and starts_at = ? order by at desc, id desc limit 1`),
}))

export const planById = (db: ReadDb, id: string): AbsencePlan | undefined => toPlan(absenceReads(db).planById.get({ id }))
export const plansSince = (db: ReadDb, since: Instant): AbsencePlan[] => absenceReads(db).standing.all({ since }).flatMap((row) => toPlan(row) ?? [])
export const linesOf = (db: ReadDb, planId: string): AbsenceLine[] => absenceReads(db).lines.all({ planId }).map(({ position: _at, ...row }) => row as AbsenceLine) // The CHECKs hold the model's constants.
export const visitsBeside = (db: ReadDb, id: string, from: Instant, to: Instant): { startsAt: Instant; endsAt: Instant }[] => absenceReads(db).beside.all({ id, from, to })

/** Who has seen visits of a type sees them; somebody new, without any visit yet, sees all. */
export const seesType = (db: ReadDb, providerId: string, typeId: string | null, from: Instant, to: Instant): boolean =>
  absenceReads(db).ofType.get({ providerId, typeId, from, to }) !== undefined || absenceReads(db).anyOf.get({ providerId, from, to }) === undefined

export interface Said { outcome: string; note: string | null; at: Instant; calls: number }
export const saidOf = (db: ReadDb, appointmentId: string, startsAt: Instant): Said | undefined => absenceReads(db).said.get(appointmentId, startsAt) as Said | undefined // The columns of the statement.

export const insertPlan = (db: WriteDb, row: AbsencePlan, by: string): void => void db.insert(absencePlans).values({ ...row, appliedBy: by }).run()
export const insertLine = (db: WriteDb, row: AbsenceLine, position: number): void => void db.insert(absenceLines).values({ ...row, position }).run()
export const endPlan = (db: WriteDb, id: string, undoneAt: Instant): void => void db.update(absencePlans).set({ undoneAt }).where(eq(absencePlans.id, id)).run()
export const removeBlock = (db: WriteDb, id: string): void => void db.delete(scheduleBlocks).where(eq(scheduleBlocks.id, id)).run()

function toPlan(row: typeof absencePlans.$inferSelect | undefined): AbsencePlan | undefined {
  if (!row) return undefined
  const { appliedBy: _by, ...plan } = row
  return plan
}
