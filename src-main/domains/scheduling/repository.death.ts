import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import { patientDeaths } from '#drizzle/schema/families.ts'
import { appointments, waitListEntries } from '#drizzle/schema/scheduling.ts'
import type { Instant, PlainDate } from '#shared/kernel/time.ts'
import type { OpenedFile } from '#main/core/access/opened.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'
import { value } from './repository.ts'

/** Exported so that a test asks the plan of each. */
export const deathReads = prepared((db: ReadDb) => ({
  ahead: db.select({ id: appointments.id, version: appointments.version }).from(appointments)
    .where(and(eq(appointments.patientId, value('patientId')), sql`${appointments.endsAt} > ${value('now')}`, sql`${appointments.status} in ('booked', 'proposed')`)).orderBy(asc(appointments.startsAt)).prepare(),
  waiting: db.select({ id: waitListEntries.id, version: waitListEntries.version }).from(waitListEntries).where(and(eq(waitListEntries.patientId, value('patientId')), eq(waitListEntries.status, 'waiting'))).prepare(),
  standing: db.select().from(patientDeaths).where(and(eq(patientDeaths.patientId, value('patientId')), isNull(patientDeaths.reversedAt))).orderBy(desc(patientDeaths.recordedAt)).limit(1).prepare(),
}))

export interface Standing { id: string; version: number }
export const aheadOf = (db: ReadDb, { patientId }: OpenedFile, now: Instant): Standing[] => deathReads(db).ahead.all({ patientId, now })
export const waitingOf = (db: ReadDb, { patientId }: OpenedFile): Standing[] => deathReads(db).waiting.all({ patientId })

/** As the act left them: whoever has touched one since is not overruled by a reversal. */
export interface CalledOff { appointments: Standing[]; waitList: Standing[] }
export interface StandingDeath { id: string; deceasedOn: PlainDate; recordedAt: Instant; calledOff: CalledOff }
export function standingDeath(db: ReadDb, { patientId }: OpenedFile): StandingDeath | undefined {
  const row = deathReads(db).standing.get({ patientId })
  return row && { id: row.id, deceasedOn: row.deceasedOn, recordedAt: row.recordedAt, calledOff: JSON.parse(row.calledOff) as CalledOff } // Written by `insertDeath` alone.
}

interface By { at: Instant; by: string }
export function insertDeath(db: WriteDb, row: { id: string; patientId: string; deceasedOn: PlainDate; calledOff: CalledOff }, { at, by }: By): void {
  db.insert(patientDeaths).values({ ...row, calledOff: JSON.stringify(row.calledOff), recordedAt: at, recordedBy: by }).run()
}
export function endDeath(db: WriteDb, id: string, reversalReason: string, { at, by }: By): void {
  db.update(patientDeaths).set({ reversedAt: at, reversedBy: by, reversalReason }).where(eq(patientDeaths.id, id)).run()
}
/** Only where nobody has touched it since. */
export function waitAgain(db: WriteDb, { id, version }: Standing): void {
  db.update(waitListEntries).set({ status: 'waiting', version: version + 1 }).where(and(eq(waitListEntries.id, id), eq(waitListEntries.version, version), eq(waitListEntries.status, 'withdrawn'))).run()
}
