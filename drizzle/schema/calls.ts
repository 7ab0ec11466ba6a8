import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { sql } from 'drizzle-orm'
import { callOutcomes, confirmationOutcomes, recallStatuses } from '#shared/domains/calls/model.ts'
import { oneOf } from './columns.ts'
import { staffMembers, userAccounts } from './clinic.ts'
import { patients } from './patients.ts'
import { appointments, appointmentTypes } from './scheduling.ts'

/** "Every twelve months after a check-up": recalls that nobody has to write. */
export const recallRules = sqliteTable('recall_rules', {
  id: text().primaryKey(),
  typeId: text('type_id').notNull().references(() => appointmentTypes.id),
  months: integer().notNull(),
  isActive: integer('is_active', { mode: 'boolean' }).notNull(),
}, (t) => [check('recall_rules_months', sql`${t.months} between 1 and 120`)])

/** Patients whom the clinic wants to see again. Triggers follow the appointments: a fitting one closes it, a cancelled one opens it again. */
export const recalls = sqliteTable('recalls', {
  id: text().primaryKey(),
  patientId: text('patient_id').notNull().references(() => patients.id),
  typeId: text('type_id').references(() => appointmentTypes.id),
  reason: text(),
  providerId: text('provider_id').references(() => staffMembers.id),
  dueOn: text('due_on').notNull(),
  /** When to try again; the due date until somebody has tried. */
  workOn: text('work_on').notNull(),
  status: text().notNull(),
  /** The visit and the rule it follows from, where nobody has written it. */
  sourceId: text('source_id').references(() => appointments.id),
  ruleId: text('rule_id').references(() => recallRules.id),
  appointmentId: text('appointment_id').references(() => appointments.id),
  lastOutcome: text('last_outcome'),
  lastContactAt: text('last_contact_at'),
  contacts: integer().notNull(),
  createdAt: text('created_at').notNull(),
  createdBy: text('created_by').notNull().references(() => userAccounts.id),
}, (t) => [
  check('recalls_status', oneOf(t.status, recallStatuses)),
  check('recalls_last_outcome', oneOf(t.lastOutcome, callOutcomes)),
  check('recalls_from_rule', sql`(${t.sourceId} is null) = (${t.ruleId} is null)`),
  index('recalls_open_by_work').on(t.workOn, t.id).where(sql`status = 'open'`),
  index('recalls_by_patient').on(t.patientId, t.status),
  index('recalls_by_appointment').on(t.appointmentId).where(sql`appointment_id is not null`),
  uniqueIndex('recalls_of_rule').on(t.ruleId, t.sourceId).where(sql`rule_id is not null`),
])

/** Each attempt, with what came of it; never changed. */
export const recallContacts = sqliteTable('recall_contacts', {
  id: text().primaryKey(),
  recallId: text('recall_id').notNull().references(() => recalls.id),
  outcome: text().notNull(),
  at: text().notNull(),
  by: text().notNull().references(() => userAccounts.id),
}, (t) => [check('recall_contacts_outcome', oneOf(t.outcome, callOutcomes)), index('recall_contacts_by_recall').on(t.recallId, t.at)])

/** What a patient said of an appointment at this time; a moved one is asked again. */
export const appointmentConfirmations = sqliteTable('appointment_confirmations', {
  id: text().primaryKey(),
  appointmentId: text('appointment_id').notNull().references(() => appointments.id),
  startsAt: text('starts_at').notNull(),
  outcome: text().notNull(),
  at: text().notNull(),
  by: text().notNull().references(() => userAccounts.id),
  note: text(),
}, (t) => [check('appointment_confirmations_outcome', oneOf(t.outcome, confirmationOutcomes)), index('appointment_confirmations_by_appointment').on(t.appointmentId, t.startsAt, t.at)])
