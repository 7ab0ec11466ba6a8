import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { allRoles } from '#shared/access/roles.ts'
import { leaveKinds, leaveStatuses, shiftKinds, swapStatuses, type TemplateShift } from '#shared/domains/staff/model.ts'
import { oneOf } from './columns.ts'
import { staffMembers, userAccounts } from './clinic.ts'

const person = (name: string) => text(name).notNull().references(() => staffMembers.id)

/** One person's work on one day, in minutes of the clinic's wall clock; past 1440 it goes on after midnight. */
export const shifts = sqliteTable('shifts', {
  id: text().primaryKey(),
  staffId: person('staff_id'),
  date: text().notNull(),
  kind: text({ enum: shiftKinds }).notNull(),
  startMin: integer('start_min').notNull(),
  endMin: integer('end_min').notNull(),
  breakStartMin: integer('break_start_min'),
  breakEndMin: integer('break_end_min'),
}, (t) => [
  check('shifts_kind', oneOf(t.kind, shiftKinds)),
  check('shifts_in_order', sql`${t.startMin} >= 0 and ${t.startMin} < 1440 and ${t.endMin} > ${t.startMin} and ${t.endMin} <= ${t.startMin} + 1440`),
  index('shifts_by_date').on(t.date),
  index('shifts_by_staff').on(t.staffId, t.date),
])

export const rosterTemplates = sqliteTable('roster_templates', {
  id: text().primaryKey(),
  name: text().notNull(),
  shifts: text({ mode: 'json' }).$type<TemplateShift[]>().notNull(),
})

export const leaveRequests = sqliteTable('leave_requests', {
  id: text().primaryKey(),
  staffId: person('staff_id'),
  kind: text({ enum: leaveKinds }).notNull(),
  /** Both days are part of the leave. */
  fromOn: text('from_on').notNull(),
  toOn: text('to_on').notNull(),
  note: text(),
  status: text({ enum: leaveStatuses }).notNull(),
  requestedAt: text('requested_at').notNull(),
  requestedBy: text('requested_by').notNull().references(() => userAccounts.id),
  decidedAt: text('decided_at'),
  decidedBy: text('decided_by').references(() => userAccounts.id),
}, (t) => [
  check('leave_requests_kind', oneOf(t.kind, leaveKinds)),
  check('leave_requests_status', oneOf(t.status, leaveStatuses)),
  check('leave_requests_in_order', sql`${t.toOn} >= ${t.fromOn}`),
  index('leave_requests_by_status').on(t.status, t.toOn),
  index('leave_requests_by_staff').on(t.staffId, t.toOn),
])

/** The shift may be gone when it is decided; then there is nothing to swap. */
export const swapRequests = sqliteTable('swap_requests', {
  id: text().primaryKey(),
  shiftId: text('shift_id').notNull(),
  fromStaffId: person('from_staff_id'),
  toStaffId: person('to_staff_id'),
  note: text(),
  status: text({ enum: swapStatuses }).notNull(),
  requestedAt: text('requested_at').notNull(),
  decidedAt: text('decided_at'),
  decidedBy: text('decided_by').references(() => userAccounts.id),
}, (t) => [check('swap_requests_status', oneOf(t.status, swapStatuses)), index('swap_requests_by_status').on(t.status, t.requestedAt)])

/** At least so many people of a role on this weekday between these minutes. */
export const coverageRules = sqliteTable('coverage_rules', {
  id: text().primaryKey(),
  role: text({ enum: allRoles as [string, ...string[]] }).notNull(),
  weekday: integer().notNull(),
  startMin: integer('start_min').notNull(),
  endMin: integer('end_min').notNull(),
  peopleMin: integer('people_min').notNull(),
}, (t) => [check('coverage_rules_in_order', sql`${t.weekday} between 0 and 6 and ${t.endMin} > ${t.startMin} and ${t.peopleMin} > 0`)])
