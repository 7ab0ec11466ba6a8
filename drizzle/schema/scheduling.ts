import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { roomKinds } from '#shared/domains/clinic/model.ts'
import { appointmentStatuses, cancelReasons, missedReasons, typeColours } from '#shared/domains/scheduling/model.ts'
import { absenceKinds } from '#shared/domains/scheduling/model.absence.ts'
import type { TypeFee } from '#shared/domains/scheduling/model.missed.ts'
import type { SeriesPattern } from '#shared/domains/scheduling/model.series.ts'
import { offerOutcomes, waitListStatuses } from '#shared/domains/scheduling/model.wait-list.ts'
import type { EquipmentKind } from '#shared/domains/rooms/model.ts'
import { oneOf } from './columns.ts'
import { rooms, staffMembers, userAccounts } from './clinic.ts'
import { patients } from './patients.ts'

export const appointmentTypes = sqliteTable('appointment_types', {
  id: text().primaryKey(),
  name: text().notNull(),
  durationMin: integer('duration_min').notNull(),
  isActive: integer('is_active', { mode: 'boolean' }).notNull(),
  sortOrder: integer('sort_order').notNull(),
  bufferBeforeMin: integer('buffer_before_min').notNull().default(0),
  bufferAfterMin: integer('buffer_after_min').notNull().default(0),
  roomKind: text('room_kind', { enum: roomKinds }),
  equipmentKinds: text('equipment_kinds', { mode: 'json' }).$type<EquipmentKind[]>().notNull().default([]),
  colour: text({ enum: typeColours }).notNull().default('slate'),
  /** A fee item's id. Without a reference: the fee schedule is billing's, which stands above the schedule. */
  feeItemId: text('fee_item_id'),
  instructions: text(),
  isTelehealth: integer('is_telehealth', { mode: 'boolean' }).notNull().default(false),
  /** More than one: so many patients share one time. */
  capacity: integer().notNull().default(1),
  telehealthBase: text('telehealth_base'),
}, (t) => [
  check('appointment_types_room_kind', oneOf(t.roomKind, roomKinds)), check('appointment_types_colour', oneOf(t.colour, typeColours)),
  check('appointment_types_capacity', sql`${t.capacity} between 1 and 30`), check('appointment_types_telehealth_base', sql`${t.telehealthBase} like 'https://%'`),
])

/** Visits of one patient that were planned together. Each is an appointment of its own; the row says what was asked for. */
export const appointmentSeries = sqliteTable('appointment_series', {
  id: text().primaryKey(),
  patientId: text('patient_id').notNull().references(() => patients.id),
  pattern: text({ mode: 'json' }).$type<SeriesPattern>().notNull(),
  /** How many were booked: "3 of 10" stays true when one is called off. */
  visits: integer().notNull(),
  createdAt: text('created_at').notNull(),
  createdBy: text('created_by').notNull().references(() => userAccounts.id),
}, (t) => [check('appointment_series_visits', sql`${t.visits} >= 1`), index('appointment_series_by_patient').on(t.patientId)])

/** Triggers refuse a second live appointment over the same provider's or room's time (second line behind the rule). */
export const appointments = sqliteTable('appointments', {
  id: text().primaryKey(),
  patientId: text('patient_id').notNull().references(() => patients.id),
  providerId: text('provider_id').notNull().references(() => staffMembers.id),
  roomId: text('room_id').references(() => rooms.id),
  typeId: text('type_id').references(() => appointmentTypes.id),
  startsAt: text('starts_at').notNull(),
  endsAt: text('ends_at').notNull(),
  status: text().notNull(),
  reason: text(),
  arrivedAt: text('arrived_at'),
  roomedAt: text('roomed_at'),
  startedAt: text('started_at'),
  fulfilledAt: text('fulfilled_at'),
  leftAt: text('left_at'),
  cancelledAt: text('cancelled_at'),
  cancelReason: text('cancel_reason'),
  version: integer().notNull(),
  bookedAt: text('booked_at').notNull(),
  bookedBy: text('booked_by').notNull().references(() => userAccounts.id),
  /** Held before and after its own time, as the visit type asked when it was booked. */
  bufferBeforeMin: integer('buffer_before_min').notNull().default(0),
  bufferAfterMin: integer('buffer_after_min').notNull().default(0),
  telehealthUrl: text('telehealth_url'),
  seriesId: text('series_id').references(() => appointmentSeries.id),
  seriesPlace: integer('series_place'),
  /** As its type said when it was booked: so many share its time. */
  capacity: integer().notNull().default(1),
  missedReason: text('missed_reason'),
}, (t) => [
  check('appointments_series_place', sql`(${t.seriesId} is null) = (${t.seriesPlace} is null)`),
  index('appointments_by_series').on(t.seriesId, t.seriesPlace).where(sql`series_id IS NOT NULL`),
  check('appointments_telehealth_url', sql`${t.telehealthUrl} like 'https://%'`),
  check('appointments_missed_reason', oneOf(t.missedReason, missedReasons)),
  check('appointments_status', oneOf(t.status, appointmentStatuses)),
  check('appointments_cancel_reason', oneOf(t.cancelReason, cancelReasons)),
  index('appointments_by_provider_start').on(t.providerId, t.startsAt, t.endsAt, t.status, t.bufferBeforeMin, t.bufferAfterMin),
  index('appointments_by_room_start').on(t.roomId, t.startsAt, t.endsAt, t.status, t.bufferBeforeMin, t.bufferAfterMin),
  index('appointments_by_start').on(t.startsAt),
  index('appointments_by_patient').on(t.patientId, t.startsAt),
])

/** Each step an appointment took, with who and when: moves and corrections included. */
export const appointmentChanges = sqliteTable('appointment_changes', {
  id: text().primaryKey(),
  appointmentId: text('appointment_id').notNull().references(() => appointments.id),
  version: integer().notNull(),
  changedAt: text('changed_at').notNull(),
  changedBy: text('changed_by').notNull().references(() => userAccounts.id),
  status: text().notNull(),
  startsAt: text('starts_at').notNull(),
  endsAt: text('ends_at').notNull(),
  providerId: text('provider_id').notNull(),
  roomId: text('room_id'),
  leftAt: text('left_at'),
}, (t) => [uniqueIndex('appointment_changes_by_appointment').on(t.appointmentId, t.version)])

export const availabilityRules = sqliteTable('availability_rules', {
  id: text().primaryKey(),
  providerId: text('provider_id').notNull().references(() => staffMembers.id),
  weekday: integer().notNull(),
  startMin: integer('start_min').notNull(),
  endMin: integer('end_min').notNull(),
  validFrom: text('valid_from'),
  validTo: text('valid_to'),
}, (t) => [index('availability_rules_by_provider').on(t.providerId, t.weekday)])

export const scheduleBlocks = sqliteTable('schedule_blocks', {
  id: text().primaryKey(),
  providerId: text('provider_id').notNull().references(() => staffMembers.id),
  startsAt: text('starts_at').notNull(),
  endsAt: text('ends_at').notNull(),
  title: text().notNull(),
}, (t) => [index('schedule_blocks_by_start').on(t.startsAt)])

/** Days on which the weekly hours of everybody are off; a shift on such a day is duty. */
export const clinicHolidays = sqliteTable('clinic_holidays', {
  id: text().primaryKey(),
  date: text().notNull(),
  name: text().notNull(),
}, (t) => [uniqueIndex('clinic_holidays_by_date').on(t.date)])

export const waitListEntries = sqliteTable('wait_list_entries', {
  id: text().primaryKey(),
  patientId: text('patient_id').notNull().references(() => patients.id),
  typeId: text('type_id').references(() => appointmentTypes.id),
  durationMin: integer('duration_min').notNull(),
  providerId: text('provider_id').references(() => staffMembers.id),
  weekdays: integer().notNull(),
  fromMin: integer('from_min').notNull(),
  toMin: integer('to_min').notNull(),
  notBefore: text('not_before'),
  until: text(),
  noticeMin: integer('notice_min').notNull(),
  isUrgent: integer('is_urgent', { mode: 'boolean' }).notNull(),
  note: text(),
  appointmentId: text('appointment_id').references(() => appointments.id),
  status: text().notNull(),
  filledId: text('filled_id').references(() => appointments.id),
  /** The appointment's version that filled it: undoing that step lets them wait again. */
  filledVersion: integer('filled_version'),
  offeredAt: text('offered_at'),
  offer: text(),
  version: integer().notNull(),
  createdAt: text('created_at').notNull(),
  createdBy: text('created_by').notNull().references(() => userAccounts.id),
}, (t) => [
  check('wait_list_entries_status', oneOf(t.status, waitListStatuses)),
  check('wait_list_entries_offer', oneOf(t.offer, offerOutcomes)),
  check('wait_list_entries_times', sql`${t.fromMin} >= 0 and ${t.toMin} <= 1440 and ${t.fromMin} < ${t.toMin}`),
  check('wait_list_entries_filled', sql`(${t.status} = 'filled') = (${t.filledId} is not null)`),
  index('wait_list_entries_waiting').on(t.isUrgent, t.createdAt).where(sql`status = 'waiting'`),
  index('wait_list_entries_by_patient').on(t.patientId),
  index('wait_list_entries_by_filled').on(t.filledId).where(sql`filled_id IS NOT NULL`),
])

/** A provider is away: what became of each of their visits. It is taken back as one and worked off as a list of calls. */
export const absencePlans = sqliteTable('absence_plans', {
  id: text().primaryKey(),
  /** Null: whatever a room's or piece's outage had stranded. */
  providerId: text('provider_id').references(() => staffMembers.id),
  fromOn: text('from_on').notNull(),
  toOn: text('to_on').notNull(),
  /** The time that was taken out of the provider's hours with it. */
  blockId: text('block_id'),
  appliedAt: text('applied_at').notNull(),
  appliedBy: text('applied_by').notNull().references(() => userAccounts.id),
  undoneAt: text('undone_at'),
}, (t) => [index('absence_plans_standing').on(t.appliedAt).where(sql`undone_at is null`)])

export const absenceLines = sqliteTable('absence_lines', {
  id: text().primaryKey(),
  planId: text('plan_id').notNull().references(() => absencePlans.id),
  position: integer().notNull(),
  patientId: text('patient_id').notNull().references(() => patients.id),
  appointmentId: text('appointment_id').notNull().references(() => appointments.id),
  kind: text().notNull(),
  wasProviderId: text('was_provider_id').notNull().references(() => staffMembers.id),
  wasRoomId: text('was_room_id').references(() => rooms.id),
  wasStartsAt: text('was_starts_at').notNull(),
  wasEndsAt: text('was_ends_at').notNull(),
  wasStatus: text('was_status').notNull(),
  /** The appointment's version after the plan: another one says that somebody has gone on with it. */
  doneVersion: integer('done_version').notNull(),
  startsAt: text('starts_at').notNull(),
  waitListEntryId: text('wait_list_entry_id').references(() => waitListEntries.id),
}, (t) => [
  check('absence_lines_kind', oneOf(t.kind, absenceKinds)),
  index('absence_lines_by_plan').on(t.planId, t.position),
  index('absence_lines_by_patient').on(t.patientId),
])

/** One row: what the clinic asks for a visit that was missed or called off late. Without it nobody is charged. */
export const missedVisitRules = sqliteTable('missed_visit_rules', {
  id: integer().primaryKey(),
  lateHours: integer('late_hours').notNull(),
  noShowCents: integer('no_show_cents').notNull(),
  lateCancelCents: integer('late_cancel_cents').notNull(),
  freeCount: integer('free_count').notNull(),
  months: integer().notNull(),
  typeFees: text('type_fees', { mode: 'json' }).$type<TypeFee[]>().notNull(),
}, (t) => [check('missed_visit_rules_one', sql`${t.id} = 1`)])
