import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { importKinds, importStatuses } from '#shared/domains/migration/model.ts'
import { oneOf } from './columns.ts'
import { userAccounts } from './clinic.ts'

export const importRuns = sqliteTable('import_runs', {
  id: text().primaryKey(),
  kind: text().notNull(),
  /** SHA-256 of the file, so that the same file is known again; its name may hold patient data and is not kept. */
  fileHash: text('file_hash').notNull(),
  startedAt: text('started_at').notNull(),
  startedBy: text('started_by').notNull().references(() => userAccounts.id),
  finishedAt: text('finished_at'),
  status: text().notNull(),
  linesDone: integer('lines_done').notNull(),
  /** JSON: resource type to {taken, unchanged, skipped}. */
  counts: text().notNull(),
}, (t) => [
  check('import_runs_kind', oneOf(t.kind, importKinds)),
  check('import_runs_status', oneOf(t.status, importStatuses)),
  index('import_runs_by_start').on(t.startedAt),
])

/** What was not taken and why: line of the file, resource type, reason code. */
export const importSkips = sqliteTable('import_skips', {
  id: integer().primaryKey({ autoIncrement: true }),
  runId: text('run_id').notNull().references(() => importRuns.id),
  line: integer().notNull(),
  resourceType: text('resource_type'),
  resourceId: text('resource_id'),
  reason: text().notNull(),
}, (t) => [index('import_skips_by_run').on(t.runId, t.line)])
