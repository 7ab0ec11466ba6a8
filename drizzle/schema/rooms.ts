import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { equipmentKinds, turnoverStates } from '#shared/domains/rooms/model.ts'
import { oneOf } from './columns.ts'
import { rooms, userAccounts } from './clinic.ts'
import { appointments } from './scheduling.ts'

export const equipment = sqliteTable('equipment', {
  id: text().primaryKey(),
  name: text().notNull(),
  kind: text({ enum: equipmentKinds }).notNull(),
  isActive: integer('is_active', { mode: 'boolean' }).notNull(),
  sortOrder: integer('sort_order').notNull(),
}, (t) => [check('equipment_kind', oneOf(t.kind, equipmentKinds))])

/** A row for as long as an appointment holds the piece. A trigger refuses a second one over the same time; what moves is booked anew. */
export const equipmentBookings = sqliteTable('equipment_bookings', {
  id: text().primaryKey(),
  appointmentId: text('appointment_id').notNull().references(() => appointments.id),
  equipmentId: text('equipment_id').notNull().references(() => equipment.id),
  /** With the appointment's buffers. */
  holdsFrom: text('holds_from').notNull(),
  holdsTo: text('holds_to').notNull(),
}, (t) => [
  index('equipment_bookings_by_equipment').on(t.equipmentId, t.holdsFrom),
  index('equipment_bookings_by_appointment').on(t.appointmentId),
  index('equipment_bookings_by_time').on(t.holdsFrom),
])

/** Out of service: one room or one piece. Without an end in sight it ends in the year 9999 (`OPEN_END`). */
export const resourceOutages = sqliteTable('resource_outages', {
  id: text().primaryKey(),
  roomId: text('room_id').references(() => rooms.id),
  equipmentId: text('equipment_id').references(() => equipment.id),
  startsAt: text('starts_at').notNull(),
  endsAt: text('ends_at').notNull(),
  reason: text().notNull(),
}, (t) => [
  check('resource_outages_of_one', sql`(${t.roomId} is null) <> (${t.equipmentId} is null)`),
  check('resource_outages_in_order', sql`${t.endsAt} > ${t.startsAt}`),
  index('resource_outages_by_end').on(t.endsAt),
])

/** Each time somebody said that a room is clean, or that it has to be cleaned. What it is now follows from the newest and the visits. */
export const roomTurnovers = sqliteTable('room_turnovers', {
  id: text().primaryKey(),
  roomId: text('room_id').notNull().references(() => rooms.id),
  state: text({ enum: turnoverStates }).notNull(),
  markedAt: text('marked_at').notNull(),
  markedBy: text('marked_by').notNull().references(() => userAccounts.id),
}, (t) => [check('room_turnovers_state', oneOf(t.state, turnoverStates)), index('room_turnovers_by_room').on(t.roomId, t.markedAt)])
