import { and, desc, eq, isNull, sql, type Placeholder } from 'drizzle-orm'
import { missedFees } from '#drizzle/schema/billing.ts'
import { coverages } from '#drizzle/schema/patients.ts'
import type { MissedFee } from '#shared/domains/billing/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import type { PlainDate } from '#shared/kernel/time.ts'
import type { OpenedFile } from '#main/core/access/opened.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'

const value = (name: string): Placeholder => sql.placeholder(name)

/** Exported so that a test asks the plan of each. */
export const feeReads = prepared((db: ReadDb) => ({
  ofPatient: db.select().from(missedFees).where(eq(missedFees.patientId, value('patientId'))).orderBy(desc(missedFees.chargedAt)).limit(limits.page_rows).prepare(),
  /** Which patient's a fee is: the first step to it. */
  owner: db.select({ patientId: missedFees.patientId }).from(missedFees).where(eq(missedFees.id, value('id'))).prepare(),
  byId: db.select().from(missedFees).where(and(eq(missedFees.id, value('id')), eq(missedFees.patientId, value('patientId')))).prepare(),
  standing: db.select().from(missedFees).where(and(eq(missedFees.appointmentId, value('appointmentId')), isNull(missedFees.endedAt))).prepare(),
  payers: db.select({ payerName: coverages.payerName }).from(coverages).where(and(
    sql`${coverages.patientId} = (select a.patient_id from appointments a where a.id = ${value('appointmentId')})`, sql`${coverages.endedAt} is null`,
    sql`coalesce(${coverages.validFrom}, '') <= ${value('on')} and coalesce(${coverages.validTo}, '9999') >= ${value('on')}`,
  )).prepare(),
}))

export const feesOfPatient = (db: ReadDb, { patientId }: OpenedFile): MissedFee[] => feeReads(db).ofPatient.all({ patientId }).map(toFee)
export const patientOfFee = (db: ReadDb, id: Id): Id | undefined => feeReads(db).owner.get({ id })?.patientId
export function feeById(db: ReadDb, { patientId }: OpenedFile, id: Id): MissedFee | undefined {
  const row = feeReads(db).byId.get({ id, patientId })
  return row && toFee(row)
}
export function standingFee(db: ReadDb, appointmentId: Id): MissedFee | undefined {
  const row = feeReads(db).standing.get({ appointmentId })
  return row && toFee(row)
}
/** Who insures the patient of an appointment on a day. */
export const payersOn = (db: ReadDb, appointmentId: Id, on: PlainDate): string[] => feeReads(db).payers.all({ appointmentId, on }).map((row) => row.payerName)

export const insertFee = (db: WriteDb, row: MissedFee, by: Id): void => void db.insert(missedFees).values({ ...row, chargedBy: by }).run()
export const endFee = (db: WriteDb, { id, endedAs, endedAt, endReason }: MissedFee, by: Id): void => void db.update(missedFees).set({ endedAs, endedAt, endReason, endedBy: by }).where(eq(missedFees.id, id)).run()

const toFee = ({ chargedBy: _by, endedBy: _who, ...row }: typeof missedFees.$inferSelect): MissedFee => row as MissedFee // The CHECKs hold the model's constants.
