import { and, asc, eq, gt, gte, isNull, lt, or } from 'drizzle-orm'
import { staffMembers } from '#drizzle/schema/clinic.ts'
import { appointmentTypes, availabilityRules, scheduleBlocks } from '#drizzle/schema/scheduling.ts'
import type { StaffMember } from '#shared/domains/clinic/model.ts'
import type { AppointmentType, AvailabilityRule, ScheduleBlock } from '#shared/domains/scheduling/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import { addDays, addMinutes, type Instant, type PlainDate } from '#shared/kernel/time.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'
import { value } from './repository.ts'

const MINUTES_PER_DAY = 1440

/** Hours, blocks and types: the frame that appointments stand in. Types, hours and providers are a few dozen rows and read whole. */
export const scheduleReads = prepared((db: ReadDb) => ({
  types: db.select().from(appointmentTypes).where(eq(appointmentTypes.isActive, true)).orderBy(asc(appointmentTypes.sortOrder)).prepare(),
  allTypes: db.select().from(appointmentTypes).orderBy(asc(appointmentTypes.sortOrder)).prepare(),
  typeById: db.select().from(appointmentTypes).where(eq(appointmentTypes.id, value('id'))).prepare(),
  providers: db.select().from(staffMembers).where(and(eq(staffMembers.isProvider, true), eq(staffMembers.isActive, true))).orderBy(asc(staffMembers.sortOrder)).prepare(),
  hours: db.select().from(availabilityRules).orderBy(asc(availabilityRules.providerId), asc(availabilityRules.weekday)).prepare(),
  blocks: db.select().from(scheduleBlocks).where(and(
    gt(scheduleBlocks.startsAt, value('earliest')), lt(scheduleBlocks.startsAt, value('to')), gt(scheduleBlocks.endsAt, value('from')),
  )).orderBy(asc(scheduleBlocks.startsAt)).prepare(),
  blockById: db.select().from(scheduleBlocks).where(eq(scheduleBlocks.id, value('id'))).prepare(),
}))

export const listTypes = (db: ReadDb): AppointmentType[] => scheduleReads(db).types.all()
export const listAllTypes = (db: ReadDb): AppointmentType[] => scheduleReads(db).allTypes.all()
export const typeById = (db: ReadDb, id: string): AppointmentType | undefined => scheduleReads(db).typeById.get({ id })
export const listProviders = (db: ReadDb): StaffMember[] => scheduleReads(db).providers.all().map(({ createdAt: _at, ...row }) => row)
export const listHours = (db: ReadDb): AvailabilityRule[] => scheduleReads(db).hours.all()
export const blockById = (db: ReadDb, id: string): ScheduleBlock | undefined => scheduleReads(db).blockById.get({ id })

/** Blocks that touch the time from `from` to `to`; none is longer than `schedule_block_days_max`. */
export const blocksBetween = (db: ReadDb, from: Instant, to: Instant): ScheduleBlock[] =>
  scheduleReads(db).blocks.all({ earliest: addMinutes(from, -limits.schedule_block_days_max * MINUTES_PER_DAY), from, to })

export const insertBlock = (db: WriteDb, row: ScheduleBlock): void => void db.insert(scheduleBlocks).values(row).run()
export const deleteBlock = (db: WriteDb, id: string): void => void db.delete(scheduleBlocks).where(eq(scheduleBlocks.id, id)).run()

export const saveType = (db: WriteDb, { id, ...rest }: AppointmentType): void =>
  void db.insert(appointmentTypes).values({ id, ...rest }).onConflictDoUpdate({ target: appointmentTypes.id, set: rest }).run()

/** The week that held before `from` ends the day before; a week that was only planned for later makes way. */
export function replaceHours(db: WriteDb, providerId: string, from: PlainDate, rows: readonly AvailabilityRule[]): void {
  const ofProvider = eq(availabilityRules.providerId, providerId)
  db.delete(availabilityRules).where(and(ofProvider, gte(availabilityRules.validFrom, from))).run()
  db.update(availabilityRules).set({ validTo: addDays(from, -1) })
    .where(and(ofProvider, or(isNull(availabilityRules.validTo), gte(availabilityRules.validTo, from)))).run()
  for (const row of rows) db.insert(availabilityRules).values(row).run()
}
