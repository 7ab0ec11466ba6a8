import { sql } from 'drizzle-orm'
import { blob, check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { breakGlassReasons, reviewOutcomes } from '#shared/domains/access/model.ts'
import { noteKeyRecipients } from '#shared/domains/encounters/model.ts'
import { staffMembers, userAccounts } from './clinic.ts'
import { oneOf } from './columns.ts'
import { clinicalNotes } from './encounters.ts'
import { patients } from './patients.ts'

const patient = () => text('patient_id').notNull().references(() => patients.id)
const user = (column: string) => text(column).references(() => userAccounts.id)

/** One row: how far the care team reaches around today. */
export const accessSettings = sqliteTable('access_settings', {
  id: integer().primaryKey(),
  monthsBack: integer('months_back').notNull(),
  monthsAhead: integer('months_ahead').notNull(),
  flowDaysBack: integer('flow_days_back').notNull(),
  flowDaysAhead: integer('flow_days_ahead').notNull(),
}, (t) => [check('access_settings_one', sql`${t.id} = 1`)])

/** Whom a colleague has put on the team; who is on it by work has no row. */
export const careTeamMembers = sqliteTable('care_team_members', {
  id: text().primaryKey(),
  patientId: patient(),
  staffId: text('staff_id').notNull().references(() => staffMembers.id),
  fromOn: text('from_on').notNull(),
  untilOn: text('until_on'),
  reason: text().notNull(),
  addedAt: text('added_at').notNull(),
  addedBy: user('added_by').notNull(),
  endedAt: text('ended_at'),
  endedBy: user('ended_by'),
}, (t) => [index('care_team_members_by_patient').on(t.patientId, t.staffId)])

/** Who stands in for a provider, and when: the charts of the one are those of the other. */
export const coverList = sqliteTable('cover_list', {
  id: text().primaryKey(),
  providerId: text('provider_id').notNull().references(() => staffMembers.id),
  byStaffId: text('by_staff_id').notNull().references(() => staffMembers.id),
  fromOn: text('from_on').notNull(),
  untilOn: text('until_on').notNull(),
  addedAt: text('added_at').notNull(),
  addedBy: user('added_by').notNull(),
  removedAt: text('removed_at'),
  removedBy: user('removed_by'),
}, (t) => [index('cover_list_by_staff').on(t.byStaffId, t.untilOn)])

export const restrictedPatients = sqliteTable('restricted_patients', {
  id: text().primaryKey(),
  patientId: patient(),
  reason: text().notNull(),
  restrictedAt: text('restricted_at').notNull(),
  restrictedBy: user('restricted_by').notNull(),
  liftedAt: text('lifted_at'),
  liftedBy: user('lifted_by'),
}, (t) => [uniqueIndex('restricted_patients_live').on(t.patientId).where(sql`${t.liftedAt} is null`)])

export const restrictedAllowed = sqliteTable('restricted_allowed', {
  restrictionId: text('restriction_id').notNull().references(() => restrictedPatients.id),
  userId: user('user_id').notNull(),
}, (t) => [primaryKey({ columns: [t.restrictionId, t.userId] })])

/** The patient whom an account's person is. */
export const selfPatients = sqliteTable('self_patients', {
  userId: text('user_id').primaryKey().references(() => userAccounts.id),
  patientId: patient(),
}, (t) => [uniqueIndex('self_patients_by_patient').on(t.patientId)])

export const breakGlass = sqliteTable('break_glass', {
  id: text().primaryKey(),
  patientId: patient(),
  userId: user('user_id').notNull(),
  reason: text().notNull(),
  explanation: text().notNull(),
  openedAt: text('opened_at').notNull(),
  endsAt: text('ends_at').notNull(),
  reviewedAt: text('reviewed_at'),
  reviewedBy: user('reviewed_by'),
  outcome: text(),
  reviewNote: text('review_note'),
}, (t) => [
  check('break_glass_reason', oneOf(t.reason, breakGlassReasons)),
  check('break_glass_outcome', oneOf(t.outcome, reviewOutcomes)),
  index('break_glass_by_user').on(t.userId, t.patientId, t.endsAt),
  index('break_glass_open').on(t.openedAt).where(sql`${t.reviewedAt} is null`),
  index('break_glass_reviewed').on(t.reviewedAt).where(sql`${t.reviewedAt} is not null`),
])

/** The key of one psychotherapy note, sealed to its author and to the recovery key. */
export const noteKeys = sqliteTable('note_keys', {
  noteId: text('note_id').notNull().references(() => clinicalNotes.id),
  recipient: text().notNull(),
  sealed: blob({ mode: 'buffer' }).notNull(),
}, (t) => [primaryKey({ columns: [t.noteId, t.recipient] }), check('note_keys_recipient', oneOf(t.recipient, noteKeyRecipients))])
