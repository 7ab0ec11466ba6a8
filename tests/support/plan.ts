import type { ReadDb } from '#main/core/db/types.ts'

/** The query plan of a Drizzle query, one line a step, to assert that a list query uses its index. */
export function planOf(db: ReadDb, query: { toSQL(): { sql: string; params: unknown[] } }): string {
  const { sql, params } = query.toSQL()
  const rows = db.$client.prepare(`explain query plan ${sql}`).all(...params.map((value) => (typeof value === 'object' && value !== null ? '' : value))) as { detail: string }[] // SQLite's own columns.
  return rows.map((row) => row.detail).join('\n')
}
