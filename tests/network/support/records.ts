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

/** A hash of every table that a machine of this profile has, each machine's own columns left out: equal records, equal hashes. */
export function hashesOf(db: Database, profile: Profile): Record<string, string> {
  const tables = tablesHere(db).filter((table) => scopesOf[profile].includes(syncedTables[table]?.scope ?? 'host'))
  return Object.fromEntries(tables.map((table) => {
    const names = sharedColumns(db, table).map(({ name }) => name).join(', ')
    const hash = createHash('sha256')
    const rows = db.prepare(`select ${names} from ${table}`).raw().all().map((row) => JSON.stringify(row))
    for (const row of rows.toSorted()) hash.update(row).update('\n')
    return [table, `${rows.length} rows ${hash.digest('hex').slice(0, 16)}`]
  }))
}
