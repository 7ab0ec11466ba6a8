import type { ReadDb } from '#main/core/db/types.ts'

interface SqlText { sql: string; params: unknown[] }

/** The query plan of a Drizzle query or of a repository's prepared statement, one line a step, to assert that it uses its index. */
export function planOf(db: ReadDb, query: { toSQL(): SqlText } | { getQuery(): SqlText }): string {
  const { sql, params } = 'toSQL' in query ? query.toSQL() : query.getQuery()
  const rows = db.$client.prepare(`explain query plan ${sql}`).all(...params.map((value) => (typeof value === 'object' && value !== null ? '' : value))) as { detail: string }[] // SQLite's own columns.
  return rows.map((row) => row.detail).join('\n')
}
