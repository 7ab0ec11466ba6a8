import { assert } from '#shared/kernel/assert.ts'
import { scopesOf, type Profile } from '#shared/sync/messages.ts'
import type { ReadDb, WriteDb } from '../db/types.ts'
import { installCapture, Mode, sharedColumns, tablesHere } from './capture.ts'
import { readSync, setMode, writeSync } from './context.ts'
import { chainsAt, feedBounds } from './feed.ts'
import { syncedTables } from './tables.ts'

/** Where a copy stands in the host's feed. */
export interface CopyMark { tx: number; epoch: number; hostName: string | null }

/**
 * Fills a new database of the same version with everything that a machine of this profile may hold, as of the host's last
 * transaction, and makes it a member that goes on from there. What the profile does not name is never read, so it never
 * reaches the other machine's disk. Yields the share of tables that are done; one transaction in the copy.
 */
export function* copyRows(from: ReadDb, to: WriteDb, profile: Profile): Generator<number, CopyMark> {
  const { epoch, hostName, durableTx } = readSync(from)
  const tx = feedBounds(from).last
  installCapture(to.$client, 'member')
  const allowed = scopesOf[profile]
  const tables = tablesHere(to.$client).filter((table) => allowed.includes(syncedTables[table]?.scope ?? 'host'))
  to.$client.exec('begin immediate')
  to.$client.pragma('defer_foreign_keys = ON')
  setMode(to, Mode.confirmed)
  for (const [at, table] of tables.entries()) {
    copyTable(from, to, table)
    yield (at + 1) / tables.length
  }
  const chains = chainsAt(from, tx, allowed)
  assert(chains, 'the last transaction is sealed')
  writeSync(to, { role: 'member', profile, epoch, cursor: tx, chains, nextTx: tx + 1, nextSeq: 1, durableTx, sentEvent: 0, hostName, hasUnknownRows: false })
  setMode(to, Mode.rest)
  to.$client.exec('commit')
  return { tx, epoch, hostName }
}

function copyTable(from: ReadDb, to: WriteDb, table: string): void {
  const names = sharedColumns(to.$client, table).map((one) => one.name)
  const own = to.$client.pragma(`table_info(${table})`) as { name: string; type: string; notnull: number; dflt_value: string | null }[] // SQLite's own columns.
  const filled = own.filter((one) => !names.includes(one.name) && one.notnull === 1 && one.dflt_value === null)
  // Some tables are born with rows (the clinic's own settings replace them).
  to.$client.exec(`delete from ${table}`)
  const insert = to.$client.prepare(`insert into ${table} (${[...names, ...filled.map((one) => one.name)].join(', ')}) values (${[...names.map(() => '?'), ...filled.map((one) => (one.type === 'INTEGER' ? '0' : "''"))].join(', ')})`)
  for (const row of from.$client.prepare(`select ${names.join(', ')} from ${table}`).raw().iterate()) insert.run(row)
}
