import type Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { ReadDb, WriteDb } from './types.ts'

/**
 * The same connection for queries: a statement that would write refuses to run. SQLite's
 * own `query_only` would do it as well, but that switch makes it prepare every statement of the connection anew, and a
 * machine of a network would throw it with each message (measured: a third of what the host did for a command).
 */
export function readerOf({ $client }: WriteDb): ReadDb {
  const refuse = (): never => {
    throw new Error('a query only reads')
  }
  const reading: Sqlite.Database = Object.assign(Object.create($client) as Sqlite.Database, { // Everything else is the connection's own.
    prepare: (source: string) => {
      const statement = $client.prepare(source)
      return statement.readonly ? statement : Object.assign(statement, { run: refuse, get: refuse, all: refuse, iterate: refuse })
    },
    exec: refuse, transaction: refuse, pragma: (source: string, options?: Sqlite.PragmaOptions) => (asksOnly.test(source) ? $client.pragma(source, options) : refuse()),
  })
  beneath.set(reading, $client)
  return drizzle(reading) as ReadDb // Drizzle's type leaves out the client it was given.
}

/** Everything else may set something. */
const asksOnly = /^(user_version|(table_info|index_list|foreign_key_list)\("?\w+"?\))$/
const beneath = new WeakMap<object, object>()

/** For what is remembered once for each connection, whoever of the two asks. */
export const connectionOf = ({ $client }: ReadDb): object => beneath.get($client) ?? $client
