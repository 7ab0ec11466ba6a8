import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { csvStages, rowStates } from '#shared/domains/migration/csv/contract.ts'
import { csvKinds } from '#shared/domains/migration/csv/model.ts'
import { oneOf } from './columns.ts'
import { userAccounts } from './clinic.ts'

export const csvImports = sqliteTable('csv_imports', {
  id: text().primaryKey(),
  kind: text().notNull(),
  /** SHA-256 of the file; its name may hold patient data and is not kept. */
  fileHash: text('file_hash').notNull(),
  /** Names the former system: its account numbers are unique only within it. */
  source: text().notNull(),
  stage: text().notNull(),
  rowCount: integer('row_count').notNull(),
  stagedAt: text('staged_at').notNull(),
  stagedBy: text('staged_by').notNull().references(() => userAccounts.id),
  committedAt: text('committed_at'),
  undoneAt: text('undone_at'),
  /** JSON: what the file holds, what became of it, and how that compares. No names. */
  report: text().notNull(),
}, (t) => [check('csv_imports_kind', oneOf(t.kind, csvKinds)), check('csv_imports_stage', oneOf(t.stage, csvStages)), index('csv_imports_by_time').on(t.stagedAt)])

export const csvMade = sqliteTable('csv_made', {
  importId: text('import_id').notNull().references(() => csvImports.id),
  tableName: text('table_name').notNull(),
  rowId: text('row_id').notNull(),
}, (t) => [primaryKey({ columns: [t.tableName, t.rowId] }), index('csv_made_by_import').on(t.importId, t.tableName, t.rowId)])

/** What a dry run has understood, until it is taken or forgotten. */
export const csvRows = sqliteTable('csv_rows', {
  importId: text('import_id').notNull(),
  line: integer().notNull(),
  state: text().notNull(),
  /** The first line of all that are one person; its own where nobody is joined. */
  groupLine: integer('group_line').notNull(),
  /** Somebody who is here already. */
  patientId: text('patient_id'),
  /** The row that it became. */
  madeId: text('made_id'),
  draft: text().notNull(),
}, (t) => [primaryKey({ columns: [t.importId, t.line] }), check('csv_rows_state', oneOf(t.state, rowStates)), index('csv_rows_by_group').on(t.importId, t.groupLine, t.line)])

export const csvPairs = sqliteTable('csv_pairs', {
  id: text().primaryKey(),
  importId: text('import_id').notNull(),
  line: integer().notNull(),
  otherLine: integer('other_line'),
  patientId: text('patient_id'),
  score: integer().notNull(),
  /** JSON: what agrees and what does not. */
  facts: text().notNull(),
  decision: text(),
}, (t) => [check('csv_pairs_decision', oneOf(t.decision, ['same', 'apart'])), index('csv_pairs_by_import').on(t.importId, t.score, t.id)])

export const csvProblems = sqliteTable('csv_problems', {
  id: integer().primaryKey({ autoIncrement: true }),
  importId: text('import_id').notNull(),
  line: integer().notNull(),
  field: text(),
  code: text().notNull(),
  stops: integer({ mode: 'boolean' }).notNull(),
  value: text().notNull(),
}, (t) => [index('csv_problems_by_line').on(t.importId, t.line, t.id)])

export const csvShapes = sqliteTable('csv_shapes', {
  shape: text().primaryKey(),
  reading: text().notNull(),
  usedAt: text('used_at').notNull(),
})
