import { and, asc, count, eq, gte, lt, sql } from 'drizzle-orm'
import { appointments } from '#drizzle/schema/scheduling.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb } from '#main/core/db/types.ts'
import { value } from './repository.ts'

/** Times and states of a few weeks, read along the index of start times: no patient, no reason. */
export const figureReads = prepared((db: ReadDb) => ({
  span: db.select({ startsAt: appointments.startsAt, status: appointments.status }).from(appointments)
    .where(inSpan).orderBy(asc(appointments.startsAt)).prepare(),
  /** Summed up in SQL: a full clinic's month is thousands of rows, and none of them is wanted. */
  bookedByAll: db.select(booked).from(appointments).where(and(inSpan, holdsTime)).prepare(),
  /** Never leaves its index. */
  bookedByOne: db.select(booked).from(appointments).where(and(eq(appointments.providerId, value('providerId')), inSpan, holdsTime)).prepare(),
}))

const inSpan = and(gte(appointments.startsAt, value('from')), lt(appointments.startsAt, value('to')))
const holdsTime = sql`${appointments.status} not in ('cancelled', 'no-show')`
const booked = { visits: count(), bookedMin: sql<number>`coalesce(sum((unixepoch(${appointments.endsAt}) - unixepoch(${appointments.startsAt})) / 60), 0)` }

export const statesBetween = (db: ReadDb, from: Instant, to: Instant): { startsAt: string; status: string }[] => figureReads(db).span.all({ from, to })

export const bookedBetween = (db: ReadDb, providerId: string | null, from: Instant, to: Instant): { visits: number; bookedMin: number } =>
  (providerId === null ? figureReads(db).bookedByAll.get({ from, to }) : figureReads(db).bookedByOne.get({ providerId, from, to })) ?? { visits: 0, bookedMin: 0 }
