import type Sqlite from 'better-sqlite3'
import { assert } from '#shared/kernel/assert.ts'
import type { FeedRow } from '#shared/sync/messages.ts'
import type { WriteDb } from '../db/types.ts'
import { prepared } from '../db/statements.ts'
import { keyColumns, sharedColumns, tablesHere, type Column } from './capture.ts'

type Value = string | number | Buffer | null

interface TableWriter {
  columns: readonly Column[]
  keys: readonly Column[]
  names: ReadonlySet<string>
  put: Sqlite.Statement
  remove: Sqlite.Statement
}

const writers = prepared((db: WriteDb) => new Map(tablesHere(db.$client).map((table) => [table, writerOf(db.$client, table)])))

function writerOf(client: Sqlite.Database, table: string): TableWriter {
  const columns = sharedColumns(client, table)
  const keys = keyColumns(columns)
  const names = columns.map((one) => one.name)
  const rest = names.filter((name) => !keys.some((key) => key.name === name))
  const onConflict = rest.length === 0 ? 'do nothing' : `do update set ${rest.map((name) => `${name} = excluded.${name}`).join(', ')}`
  const own = ownDefaults(client, table, names)
  return {
    columns, keys, names: new Set(names),
    put: client.prepare(`insert into ${table} (${[...names, ...Object.keys(own)].join(', ')}) values (${[...names.map(() => '?'), ...Object.values(own)].join(', ')}) on conflict (${keys.map((key) => key.name).join(', ')}) ${onConflict}`),
    remove: client.prepare(`delete from ${table} where ${keys.map((key) => `${key.name} = ?`).join(' and ')}`),
  }
}

/** Columns that each machine keeps for itself begin at nothing where the table asks for a value. */
function ownDefaults(client: Sqlite.Database, table: string, shared: readonly string[]): Record<string, string> {
  const rows = client.pragma(`table_info(${table})`) as { name: string; type: string; notnull: number; dflt_value: string | null }[] // SQLite's own columns.
  return Object.fromEntries(rows.filter((row) => !shared.includes(row.name) && row.notnull === 1 && row.dflt_value === null).map((row) => [row.name, row.type === 'INTEGER' ? '0' : "''"]))
}

/**
 * Writes a row as the host confirmed it. Answers false when the table or one of the row's columns is unknown here: this
 * machine is older than its host and takes everything anew after its update.
 */
export function putRow(db: WriteDb, row: Pick<FeedRow, 'table' | 'pk' | 'op' | 'data'>): boolean {
  const writer = writers(db).get(row.table)
  if (!writer) return false
  if (row.op === 'delete' || row.data === null) {
    writer.remove.run(keyValues(row.pk))
    return true
  }
  const values = JSON.parse(row.data) as Record<string, Value> // A row image that a capture trigger has written.
  writer.put.run(writer.columns.map(({ name, isBlob }) => toValue(values[name] ?? null, isBlob)))
  return Object.keys(values).every((name) => writer.names.has(name))
}

export const removeRow = (db: WriteDb, table: string, pk: string): void => {
  const writer = writers(db).get(table)
  assert(writer, 'what was changed here has a table here')
  writer.remove.run(keyValues(pk))
}

const keyValues = (pk: string): Value[] => JSON.parse(pk) as Value[] // The key columns of a capture trigger.
const toValue = (value: Value, isBlob: boolean): Value => (isBlob && typeof value === 'string' ? Buffer.from(value, 'hex') : value)
