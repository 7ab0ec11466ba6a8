import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { mergeSides } from '#shared/domains/patients/model.merge.ts'
import { userAccounts } from './clinic.ts'
import { oneOf } from './columns.ts'
import { patients } from './patients.ts'

/** Two charts of one person made one: what was chosen, and when it was taken back. Neither row of `patients` ever goes. */
export const patientMerges = sqliteTable('patient_merges', {
  id: text().primaryKey(),
  survivorId: text('survivor_id').notNull().references(() => patients.id),
  absorbedId: text('absorbed_id').notNull().references(() => patients.id),
  mergedAt: text('merged_at').notNull(),
  mergedBy: text('merged_by').notNull().references(() => userAccounts.id),
  /** JSON: the survivor's fields that took the absorbed chart's value, as {field: [before, after]}. */
  fields: text().notNull(),
  /** Counts up for each survivor: the newest is taken back first. */
  place: integer().notNull(),
  unmergedAt: text('unmerged_at'),
  unmergedBy: text('unmerged_by').references(() => userAccounts.id),
}, (t) => [
  check('patient_merges_two', sql`${t.survivorId} <> ${t.absorbedId}`),
  index('patient_merges_by_survivor').on(t.survivorId, t.place),
  uniqueIndex('patient_merges_live').on(t.absorbedId).where(sql`${t.unmergedAt} is null`),
])

/** Which row was whose when the two became one, and which came after: what an unmerge goes by. */
export const patientMergeRows = sqliteTable('patient_merge_rows', {
  mergeId: text('merge_id').notNull().references(() => patientMerges.id),
  side: text().notNull(),
  tableName: text('table_name').notNull(),
  /** JSON: the values of the primary key. */
  rowKey: text('row_key').notNull(),
}, (t) => [primaryKey({ columns: [t.mergeId, t.tableName, t.rowKey] }), check('patient_merge_rows_side', oneOf(t.side, mergeSides))])

/** Two who look alike and are not one person. */
export const duplicateDecisions = sqliteTable('duplicate_decisions', {
  aId: text('a_id').notNull().references(() => patients.id),
  bId: text('b_id').notNull().references(() => patients.id),
  reason: text().notNull(),
  decidedAt: text('decided_at').notNull(),
  decidedBy: text('decided_by').notNull().references(() => userAccounts.id),
}, (t) => [primaryKey({ columns: [t.aId, t.bId] }), check('duplicate_decisions_order', sql`${t.aId} < ${t.bId}`)])

/** Who looks like whom, worked out by each machine for itself from the rows that it has. */
export const duplicatePairs = sqliteTable('duplicate_pairs', {
  aId: text('a_id').notNull(),
  bId: text('b_id').notNull(),
  score: integer().notNull(),
}, (t) => [primaryKey({ columns: [t.aId, t.bId] }), index('duplicate_pairs_by_score').on(t.score, t.aId, t.bId), index('duplicate_pairs_by_second').on(t.bId)])

/** Whom to compare with the others next; a trigger writes them down. */
export const duplicateQueue = sqliteTable('duplicate_queue', { patientId: text('patient_id').primaryKey() })
