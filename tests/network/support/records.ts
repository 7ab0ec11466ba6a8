import { createHash } from 'node:crypto'
import path from 'node:path'
import type { Database } from 'better-sqlite3'
import { sharedColumns, tablesHere } from '#main/core/sync/capture.ts'
import { syncedTables } from '#main/core/sync/tables.ts'
import { openDb } from '#main/core/db/open.ts'
import { readKeyFile } from '#main/core/keys/device.ts'
import { readKeyring } from '#main/core/keys/keyring.ts'
import { unlockWithDevice } from '#main/core/keys/unlock.ts'
import { scopesOf, type Profile } from '#shared/sync/messages.ts'
import type { Machine } from './machine.ts'

/** A machine's records as they lie on its disk, opened with its own key beside the running node, to read only. */
export function reading<T>(machine: Machine, read: (db: Database) => T): T {
  const db = openDb({ path: path.join(machine.data, 'cairn.db'), key: keyOf(machine), readonly: true })
  try {
    return read(db.$client)
  } finally {
    db.$client.close()
  }
}

export function keyOf({ data, keyFile }: Machine): Uint8Array {
  const secret = readKeyFile(keyFile)
  const opened = secret && unlockWithDevice(readKeyring(data), secret)
  if (!opened) throw new Error('the machine opens its records by itself')
  return opened.dataKey
}

export const column = <T>(db: Database, sql: string, ...values: unknown[]): T[] => db.prepare(sql).pluck().all(...values) as T[] // One column, as the caller's SQL has it.
export const one = <T>(db: Database, sql: string, ...values: unknown[]): T => db.prepare(sql).pluck().get(...values) as T // One value, as the caller's SQL has it.

/** Every row that a machine of this profile has, each machine's own columns left out, by table. */
function rowsOf(db: Database, profile: Profile): Map<string, string[]> {
  const tables = tablesHere(db).filter((table) => scopesOf[profile].includes(syncedTables[table]?.scope ?? 'host'))
  return new Map(tables.map((table) => {
    const names = sharedColumns(db, table).map(({ name }) => name).join(', ')
    return [table, db.prepare(`select ${names} from ${table}`).raw().all().map((row) => JSON.stringify(row)).toSorted()]
  }))
}

/** A hash of every such table: equal records, equal hashes. */
export function hashesOf(db: Database, profile: Profile): Record<string, string> {
  return Object.fromEntries([...rowsOf(db, profile)].map(([table, rows]) => [table, `${rows.length} rows ${createHash('sha256').update(rows.join('\n')).digest('hex').slice(0, 16)}`]))
}

/** Rows that only one of two machines has: none where they are equal. */
export function differences(one: Machine, other: Machine, profile: Profile): string[] {
  const [mine, theirs] = [one, other].map((machine) => reading(machine, (db) => rowsOf(db, profile)))
  const only = (rows: readonly string[], than: readonly string[]): string[] => {
    const known = new Set(than)
    return rows.filter((row) => !known.has(row))
  }
  return [...(mine ?? new Map<string, string[]>())].flatMap(([table, rows]) => {
    const others = theirs?.get(table) ?? []
    return [...only(rows, others).map((row) => `only here: ${table} ${row}`), ...only(others, rows).map((row) => `only there: ${table} ${row}`)]
  })
}
