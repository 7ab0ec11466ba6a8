import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { roles } from '#shared/access/roles.ts'
import { declineReasons, taskStatuses, taskStepKinds, taskUrgencies } from '#shared/domains/tasks/model.ts'
import { oneOf } from './columns.ts'
import { staffMembers, userAccounts } from './clinic.ts'
import { encounters } from './encounters.ts'
import { patients } from './patients.ts'
import { appointments } from './scheduling.ts'

/** Who has what to do until when. No word of it stands here: this table reaches every machine. */
export const tasks = sqliteTable('tasks', {
  id: text().primaryKey(),
  status: text().notNull(),
  urgency: text().notNull(),
  isClinical: integer('is_clinical', { mode: 'boolean' }).notNull(),
  toRole: text('to_role'),
  toStaffId: text('to_staff_id').references(() => staffMembers.id),
  holderId: text('holder_id').references(() => staffMembers.id),
  patientId: text('patient_id').references(() => patients.id),
  appointmentId: text('appointment_id').references(() => appointments.id),
  encounterId: text('encounter_id').references(() => encounters.id),
  dueOn: text('due_on').notNull(),
  authorId: text('author_id').notNull().references(() => userAccounts.id),
  createdAt: text('created_at').notNull(),
  settledAt: text('settled_at'),
  hasNews: integer('has_news', { mode: 'boolean' }).notNull(),
  version: integer().notNull(),
}, (t) => [
  check('tasks_status', oneOf(t.status, taskStatuses)),
  check('tasks_urgency', oneOf(t.urgency, taskUrgencies)),
  check('tasks_to_role', oneOf(t.toRole, roles)),
  check('tasks_one_addressee', sql`(${t.toRole} is null) <> (${t.toStaffId} is null)`),
  check('tasks_clinical_has_patient', sql`${t.isClinical} = 0 or ${t.patientId} is not null`),
  check('tasks_visit_is_clinical', sql`${t.encounterId} is null or ${t.isClinical} = 1`),
  index('tasks_live_by_holder').on(t.holderId, t.dueOn, t.id).where(sql`status in ('open', 'taken')`),
  index('tasks_untaken_by_role').on(t.toRole, t.dueOn, t.id).where(sql`status = 'open' and holder_id is null`),
  index('tasks_live_by_due').on(t.dueOn, t.id).where(sql`status in ('open', 'taken')`),
  index('tasks_asked').on(t.authorId, t.dueOn, t.id).where(sql`settled_at is null or has_news = 1`),
  index('tasks_by_patient').on(t.patientId).where(sql`patient_id IS NOT NULL`),
  index('tasks_settled').on(t.settledAt, t.id).where(sql`settled_at is not null`),
])

/** Everything that happened to a task, in order; never changed. */
export const taskSteps = sqliteTable('task_steps', {
  id: text().primaryKey(),
  taskId: text('task_id').notNull().references(() => tasks.id),
  version: integer().notNull(),
  kind: text().notNull(),
  at: text().notNull(),
  by: text().notNull().references(() => userAccounts.id),
  toRole: text('to_role'),
  toStaffId: text('to_staff_id').references(() => staffMembers.id),
  reason: text(),
}, (t) => [
  check('task_steps_kind', oneOf(t.kind, taskStepKinds)),
  check('task_steps_reason', oneOf(t.reason, declineReasons)),
  uniqueIndex('task_steps_by_task').on(t.taskId, t.version),
])

/** What somebody wrote at a step, by the step's id. The first words of a task have the task's own id. */
export const taskWords = sqliteTable('task_words', {
  id: text().primaryKey(),
  text: text().notNull(),
})

/** The same where it is of a chart: in the clinical feed, on no front desk's disk. */
export const clinicalTaskWords = sqliteTable('clinical_task_words', {
  id: text().primaryKey(),
  text: text().notNull(),
})
