import { and, eq, gte, inArray, sql } from 'drizzle-orm'
import { appointments, missedVisitRules } from '#drizzle/schema/scheduling.ts'
import type { MissedRules } from '#shared/domains/scheduling/model.missed.ts'
import type { Appointment } from '#shared/domains/scheduling/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'
import { value } from './repository.ts'

export type MissableRow = Pick<Appointment, 'id' | 'startsAt' | 'status' | 'cancelReason' | 'cancelledAt' | 'missedReason'>

/** Exported so that a test asks the plan. */
export const missedReads = prepared((db: ReadDb) => ({
  rules: db.select().from(missedVisitRules).where(eq(missedVisitRules.id, 1)).prepare(),
  missable: db.select({ id: appointments.id, startsAt: appointments.startsAt, status: appointments.status, cancelReason: appointments.cancelReason, cancelledAt: appointments.cancelledAt, missedReason: appointments.missedReason })
    .from(appointments).where(and(sql`${appointments.patientId} = (select a.patient_id from appointments a where a.id = ${value('appointmentId')})`, gte(appointments.startsAt, value('since')), inArray(appointments.status, ['no-show', 'cancelled']))).limit(limits.page_rows).prepare(),
}))

export function rules(db: ReadDb): MissedRules | undefined {
  const row = missedReads(db).rules.get()
  if (!row) return undefined
  const { id: _id, ...rest } = row
  return rest
}
export const saveRules = (db: WriteDb, row: MissedRules): void => void db.insert(missedVisitRules).values({ id: 1, ...row }).onConflictDoUpdate({ target: missedVisitRules.id, set: row }).run()
export const missableSince = (db: ReadDb, appointmentId: string, since: string): MissableRow[] => missedReads(db).missable.all({ appointmentId, since }) as MissableRow[] // The CHECKs hold the model's constants.
