import { and, asc, eq, gt, gte, inArray, lt, lte, sql } from 'drizzle-orm'
import { rooms, staffMembers } from '#drizzle/schema/clinic.ts'
import { equipment, equipmentBookings, resourceOutages } from '#drizzle/schema/rooms.ts'
import { appointments, clinicHolidays } from '#drizzle/schema/scheduling.ts'
import { leaveRequests, shifts } from '#drizzle/schema/staff.ts'
import { RoomKind, type Room } from '#shared/domains/clinic/model.ts'
import type { Equipment, EquipmentBooking, Outage } from '#shared/domains/rooms/model.ts'
import type { Holiday } from '#shared/domains/scheduling/model.ts'
import { plannedStatuses, type Plan } from '#shared/domains/scheduling/rules.stranded.ts'
import type { Leave, Shift } from '#shared/domains/staff/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import { addMinutes, type Instant, type PlainDate } from '#shared/kernel/time.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'
import { value } from './repository.ts'

/** What availability is computed from beside hours and appointments. Rooms and equipment are a few dozen rows and read whole. */
export const frameReads = prepared((db: ReadDb) => ({
  shifts: db.select({
    id: shifts.id, staffId: shifts.staffId, date: shifts.date, kind: shifts.kind, startMin: shifts.startMin, endMin: shifts.endMin, breakStartMin: shifts.breakStartMin, breakEndMin: shifts.breakEndMin,
  }).from(shifts).innerJoin(staffMembers, and(eq(staffMembers.id, shifts.staffId), eq(staffMembers.isProvider, true)))
    .where(and(gte(shifts.date, value('from')), lte(shifts.date, value('to')))).orderBy(asc(shifts.date)).prepare(),
  shiftDates: db.select({ date: shifts.date }).from(shifts).where(eq(shifts.id, value('id'))).prepare(),
  leaves: db.select({ staffId: leaveRequests.staffId, fromOn: leaveRequests.fromOn, toOn: leaveRequests.toOn }).from(leaveRequests)
    .where(and(eq(leaveRequests.status, 'approved'), gte(leaveRequests.toOn, value('from')), lte(leaveRequests.fromOn, value('to')))).orderBy(asc(leaveRequests.toOn)).prepare(),
  holidays: db.select().from(clinicHolidays).where(and(gte(clinicHolidays.date, value('from')), lte(clinicHolidays.date, value('to')))).orderBy(asc(clinicHolidays.date)).prepare(),
  holidayOn: db.select().from(clinicHolidays).where(eq(clinicHolidays.date, value('date'))).prepare(),
  holidayById: db.select().from(clinicHolidays).where(eq(clinicHolidays.id, value('id'))).prepare(),
  outages: db.select().from(resourceOutages).where(and(gt(resourceOutages.endsAt, value('from')), lt(resourceOutages.startsAt, value('to')))).orderBy(asc(resourceOutages.endsAt)).prepare(),
  rooms: db.select().from(rooms).where(eq(rooms.isActive, true)).orderBy(asc(rooms.sortOrder)).prepare(),
  equipment: db.select().from(equipment).where(eq(equipment.isActive, true)).orderBy(asc(equipment.sortOrder)).prepare(),
  bookingsBetween: db.select().from(equipmentBookings).where(and(gt(equipmentBookings.holdsFrom, value('earliest')), lt(equipmentBookings.holdsFrom, value('to')), gt(equipmentBookings.holdsTo, value('from'))))
    .orderBy(asc(equipmentBookings.holdsFrom)).prepare(),
  bookingsOf: db.select().from(equipmentBookings).where(eq(equipmentBookings.appointmentId, value('appointmentId'))).prepare(),
  plans: db.select({
    id: appointments.id, version: appointments.version, providerId: appointments.providerId, roomId: appointments.roomId, startsAt: appointments.startsAt, endsAt: appointments.endsAt,
    status: appointments.status, bufferBeforeMin: appointments.bufferBeforeMin, bufferAfterMin: appointments.bufferAfterMin,
  }).from(appointments)
    .where(and(gte(appointments.startsAt, value('from')), lt(appointments.startsAt, value('to')), inArray(appointments.status, [...plannedStatuses]))).orderBy(asc(appointments.startsAt)).prepare(),
  plansOfProvider: db.select({
    id: appointments.id, version: appointments.version, providerId: appointments.providerId, roomId: appointments.roomId, startsAt: appointments.startsAt, endsAt: appointments.endsAt,
    status: appointments.status, bufferBeforeMin: appointments.bufferBeforeMin, bufferAfterMin: appointments.bufferAfterMin,
  }).from(appointments)
    .where(and(eq(appointments.providerId, value('providerId')), gte(appointments.startsAt, value('from')), lt(appointments.startsAt, value('to')), inArray(appointments.status, [...plannedStatuses])))
    .orderBy(asc(appointments.startsAt)).prepare(),
}))

interface Days { from: PlainDate; to: PlainDate }
export const shiftsBetween = (db: ReadDb, days: Days): Shift[] => frameReads(db).shifts.all({ ...days })
export const shiftDates = (db: ReadDb, ids: readonly string[]): PlainDate[] => ids.flatMap((id) => frameReads(db).shiftDates.get({ id })?.date ?? [])
export const leavesBetween = (db: ReadDb, days: Days): Leave[] => frameReads(db).leaves.all({ ...days })
export const holidaysBetween = (db: ReadDb, days: Days): Holiday[] => frameReads(db).holidays.all({ ...days })
export const holidayOn = (db: ReadDb, date: PlainDate): Holiday | undefined => frameReads(db).holidayOn.get({ date })
export const holidayById = (db: ReadDb, id: string): Holiday | undefined => frameReads(db).holidayById.get({ id })
export const outagesBetween = (db: ReadDb, from: Instant, to: Instant): Outage[] => frameReads(db).outages.all({ from, to })
export const activeRooms = (db: ReadDb): Room[] => frameReads(db).rooms.all().map((row) => ({ ...row, kind: RoomKind.parse(row.kind) }))
export const activeEquipment = (db: ReadDb): Equipment[] => frameReads(db).equipment.all()
export const equipmentBookingsOf = (db: ReadDb, appointmentId: string): EquipmentBooking[] => frameReads(db).bookingsOf.all({ appointmentId })
export const equipmentBookingsBetween = (db: ReadDb, from: Instant, to: Instant): EquipmentBooking[] =>
  frameReads(db).bookingsBetween.all({ earliest: addMinutes(from, -longestHoldMin), from, to })

/** An appointment at its longest, with both buffers. */
export const longestHoldMin = limits.appointment_minutes_max + 2 * limits.appointment_buffer_minutes_max

/** What is planned in a span and has not begun, of one provider or of all. */
export const plansBetween = (db: ReadDb, providerId: string | null, from: Instant, to: Instant): Plan[] =>
  (providerId === null ? frameReads(db).plans.all({ from, to }) : frameReads(db).plansOfProvider.all({ providerId, from, to })) as Plan[] // The CHECK on status holds the model's constants.

export const saveHoliday = (db: WriteDb, { id, ...rest }: Holiday): void =>
  void db.insert(clinicHolidays).values({ id, ...rest }).onConflictDoUpdate({ target: clinicHolidays.id, set: rest }).run()
export const deleteHoliday = (db: WriteDb, id: string): void => void db.delete(clinicHolidays).where(eq(clinicHolidays.id, id)).run()

export const insertEquipmentBooking = (db: WriteDb, row: EquipmentBooking): void => void db.insert(equipmentBookings).values(row).run()
export const deleteEquipmentBookings = (db: WriteDb, appointmentId: string): void => void db.delete(equipmentBookings).where(eq(equipmentBookings.appointmentId, appointmentId)).run()

/** Exported only so that a test asks the plans: half a year of a full calendar must not leave its index. */
export const calendarReads = prepared((db: ReadDb) => {
  const held = sql<string | null>`group_concat(${appointments.startsAt} || ${appointments.endsAt} || iif(${appointments.bufferBeforeMin} + ${appointments.bufferAfterMin} = 0, '', ${appointments.bufferBeforeMin} || ':' || ${appointments.bufferAfterMin}))`
  const inSpan = and(gt(appointments.startsAt, value('earliest')), lt(appointments.startsAt, value('to')))
  return {
    ofProvider: db.select({ held }).from(appointments).where(and(eq(appointments.providerId, value('id')), inSpan, sql`${appointments.status} not in ('cancelled', 'no-show')`)).prepare(),
    ofRoom: db.select({ held }).from(appointments).where(and(eq(appointments.roomId, value('id')), inSpan, sql`${appointments.status} not in ('cancelled', 'no-show', 'fulfilled')`)).prepare(),
    ofEquipment: db.select({ held: sql<string | null>`group_concat(${equipmentBookings.holdsFrom} || ${equipmentBookings.holdsTo})` }).from(equipmentBookings)
      .where(and(eq(equipmentBookings.equipmentId, value('id')), gt(equipmentBookings.holdsFrom, value('earliest')), lt(equipmentBookings.holdsFrom, value('to')))).prepare(),
  }
})

/**
 * Everything that one provider, room or piece is held for, as one text: reading tens of thousands of rows one by one takes
 * longer than finding free time among them (`repository.held.ts` reads it).
 */
export function heldText(db: ReadDb, of: 'provider' | 'room' | 'equipment', id: string, from: Instant, to: Instant): string {
  const reads = calendarReads(db)
  const statement = of === 'provider' ? reads.ofProvider : of === 'room' ? reads.ofRoom : reads.ofEquipment
  return statement.get({ id, earliest: addMinutes(from, -longestHoldMin), to })?.held ?? ''
}
