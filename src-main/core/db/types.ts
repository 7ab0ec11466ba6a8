import type Sqlite from 'better-sqlite3'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'

/** Commands get a writer inside one transaction; queries get a reader, so that a query that writes does not compile (and would be refused when it runs). */
export type WriteDb = BetterSQLite3Database & { $client: Sqlite.Database }
export type ReadDb = Pick<WriteDb, 'select' | 'selectDistinct' | '$client'>
