import { sql, type AnyColumn, type SQL } from 'drizzle-orm'

/** `CHECK (column IN (…))` from the same constants that feed the zod enum. */
export function oneOf(column: AnyColumn, values: readonly string[]): SQL {
  return sql`${column} in (${sql.raw(values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', '))})`
}
