import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { displayShows } from '#shared/domains/flow/model.ts'
import { oneOf } from './columns.ts'
import { rooms, userAccounts } from './clinic.ts'
import { appointments } from './scheduling.ts'

/** One row for the clinic; without it `usualSettings` count. */
export const flowSettings = sqliteTable('flow_settings', {
  id: text().primaryKey(),
  amberMin: integer('amber_min').notNull(),
  redMin: integer('red_min').notNull(),
  displayShows: text('display_shows', { enum: displayShows }).notNull(),
  hasChime: integer('has_chime', { mode: 'boolean' }).notNull(),
}, (t) => [check('flow_settings_shows', oneOf(t.displayShows, displayShows)), check('flow_settings_in_order', sql`${t.amberMin} > 0 and ${t.amberMin} < ${t.redMin}`)])

/** Each machine gives numbers under a letter of its own. */
export const queueLetters = sqliteTable('queue_letters', {
  deviceId: text('device_id').primaryKey(),
  letter: text().notNull(),
}, (t) => [uniqueIndex('queue_letters_once').on(t.letter)])

/** The number on the slip, of one clinic day. */
export const queueTickets = sqliteTable('queue_tickets', {
  id: text().primaryKey(),
  appointmentId: text('appointment_id').notNull().references(() => appointments.id),
  day: text().notNull(),
  letter: text().notNull(),
  number: integer().notNull(),
  givenAt: text('given_at').notNull(),
  givenBy: text('given_by').notNull().references(() => userAccounts.id),
}, (t) => [
  check('queue_tickets_number', sql`${t.number} > 0`),
  uniqueIndex('queue_tickets_by_number').on(t.day, t.letter, t.number),
  uniqueIndex('queue_tickets_by_appointment').on(t.appointmentId),
])

/** Each call, as the waiting room is told: what the display reads, it reads from here and from the rooms, and from nowhere else. */
export const queueCalls = sqliteTable('queue_calls', {
  id: text().primaryKey(),
  appointmentId: text('appointment_id').notNull().references(() => appointments.id),
  roomId: text('room_id').notNull().references(() => rooms.id),
  code: text().notNull(),
  initials: text().notNull(),
  calledAt: text('called_at').notNull(),
  calledBy: text('called_by').notNull().references(() => userAccounts.id),
}, (t) => [index('queue_calls_by_time').on(t.calledAt)])
