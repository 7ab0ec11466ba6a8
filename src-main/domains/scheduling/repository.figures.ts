import { and, asc, gte, lt } from 'drizzle-orm'
import { appointments } from '#drizzle/schema/scheduling.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb } from '#main/core/db/types.ts'
import { value } from './repository.ts'

/** Times and states of a few weeks, read along the index of start times: no patient, no reason. */
export const figureReads = prepared((db: ReadDb) => ({
  span: db.select({ startsAt: appointments.startsAt, status: appointments.status }).from(appointments)
    .where(and(gte(appointments.startsAt, value('from')), lt(appointments.startsAt, value('to')))).orderBy(asc(appointments.startsAt)).prepare(),
}))

export const statesBetween = (db: ReadDb, from: Instant, to: Instant): { startsAt: string; status: string }[] => figureReads(db).span.all({ from, to })
