import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** One row per code system in use, with the year it is valid for and where it came from. */
export const codeSets = sqliteTable('code_sets', {
  system: text().primaryKey(),
  title: text().notNull(),
  /** "FY2027", "2025-10", or "starter". */
  edition: text().notNull(),
  source: text().notNull(),
  importedAt: text('imported_at').notNull(),
  codeCount: integer('code_count').notNull(),
  /** Which rows of `codes` are the set: a new edition is written beside the old one and takes over in one step. */
  generation: integer().notNull().default(1),
})

/**
 * `rowNumber` is the row id of the search index `code_search`. Its ranges are the order of the answers: system,
 * generation, then common, billable, heading and retired codes (domains/codes/repository.ts), so no hit is ever sorted.
 */
export const codes = sqliteTable('codes', {
  rowNumber: integer('row_number').primaryKey(),
  system: text().notNull(),
  /** As displayed, with its dot. */
  code: text().notNull(),
  label: text().notNull(),
  longLabel: text('long_label'),
  isBillable: integer('is_billable', { mode: 'boolean' }).notNull(),
  isActive: integer('is_active', { mode: 'boolean' }).notNull(),
  /** What else the source said (JSON): units, normal range, price hints. */
  details: text(),
  generation: integer().notNull().default(1),
}, (t) => [uniqueIndex('codes_by_code').on(t.system, t.generation, t.code)])

/** How often a person chose a code: the next search puts it first. */
export const codeUses = sqliteTable('code_uses', {
  system: text().notNull(),
  code: text().notNull(),
  userId: text('user_id').notNull(),
  count: integer().notNull(),
  lastUsedAt: text('last_used_at').notNull(),
}, (t) => [primaryKey({ columns: [t.system, t.code, t.userId] }), index('code_uses_by_user').on(t.userId, t.count)])
