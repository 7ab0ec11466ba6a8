import type Sqlite from 'better-sqlite3'
import { assert } from '#shared/kernel/assert.ts'
import type { NodeRole } from '#shared/domains/network/model.ts'
import { syncedTables } from './tables.ts'

/** What the triggers of a synchronised table do with a change (`sync_context.mode`). */
export const Mode = { rest: 0, host: 1, own: 2, confirmed: 3 } as const
export type Mode = (typeof Mode)[keyof typeof Mode]

type Client = Sqlite.Database

export interface Column { name: string; isBlob: boolean; pkPlace: number }

/**
 * Makes the triggers that write down every change of a synchronised row: on a host into the feed, on a member into the
 * undo log of the command that is running. They catch raw SQL as well as a repository's. A member's table takes no change
 * outside a command or the host's own rows, so that no copy drifts apart unseen. Alone there are none.
 */
export function installCapture(client: Client, role: NodeRole): void {
  const wanted = role === 'alone' ? [] : tablesHere(client).flatMap((table) => (role === 'host' ? hostTriggers(client, table) : memberTriggers(client, table)))
  const found = client.prepare(`select name, sql from sqlite_master where type = 'trigger' and name like 'capture\\_%' escape '\\'`).all() as { name: string; sql: string }[] // SQLite's own columns.
  if (found.length === wanted.length && found.every((one) => wanted.includes(one.sql))) return
  client.transaction(() => {
    for (const { name } of found) client.exec(`drop trigger ${name}`)
    // First, because SQLite fires the newest trigger first: so a row is noted before the rows that other triggers make of it.
    if (role === 'member') gateGuards(client)
    for (const sql of wanted) client.exec(sql)
  }).immediate()
}

/** A migration changes rows as it must; what it did is the same on every machine and no command. */
export function removeCapture(client: Client): void {
  const names = client.prepare(`select name from sqlite_master where type = 'trigger' and name like 'capture\\_%' escape '\\'`).pluck().all() as string[] // Trigger names.
  for (const name of names) client.exec(`drop trigger ${name}`)
}

export function tablesHere(client: Client): string[] {
  const here = new Set(client.prepare(`select name from sqlite_master where type = 'table'`).pluck().all() as string[]) // Table names.
  return Object.keys(syncedTables).filter((name) => here.has(name))
}

export function columnsOf(client: Client, table: string): Column[] {
  const rows = client.pragma(`table_info(${table})`) as { name: string; type: string; pk: number }[] // SQLite's own columns.
  const key = syncedTables[table]?.key
  return rows.map(({ name, type, pk }) => ({ name, isBlob: type.toUpperCase() === 'BLOB', pkPlace: key ? key.indexOf(name) + 1 : pk }))
}

/** The columns that travel. */
export const sharedColumns = (client: Client, table: string): Column[] => {
  const own = syncedTables[table]?.own ?? []
  return columnsOf(client, table).filter(({ name }) => !own.includes(name))
}

export const keyColumns = (columns: readonly Column[]): Column[] => columns.filter((one) => one.pkPlace > 0).sort((a, b) => a.pkPlace - b.pkPlace)

function hostTriggers(client: Client, table: string): string[] {
  const { scope } = spec(table)
  const columns = sharedColumns(client, table)
  const put = (row: 'new' | 'old', op: 'put' | 'delete') =>
    `INSERT INTO sync_feed (tx, scope, table_name, pk, op, data) VALUES ((SELECT next_tx FROM sync_context), '${scope}', '${table}', ${keyJson(columns, row)}, '${op}', ${op === 'put' ? rowJson(columns, row) : 'NULL'});`
  return [
    `CREATE TRIGGER capture_${table}_insert AFTER INSERT ON ${table} BEGIN ${put('new', 'put')} END`,
    `CREATE TRIGGER capture_${table}_update AFTER UPDATE OF ${columns.map((one) => one.name).join(', ')} ON ${table} BEGIN ${put('new', 'put')} END`,
    `CREATE TRIGGER capture_${table}_delete AFTER DELETE ON ${table} BEGIN ${put('old', 'delete')} END`,
  ]
}

function memberTriggers(client: Client, table: string): string[] {
  const columns = sharedColumns(client, table)
  const note = (op: 'insert' | 'update' | 'delete') => {
    const row = op === 'insert' ? 'new' : 'old'
    return `INSERT INTO sync_undo (seq, table_name, pk, op, before) VALUES ((SELECT next_seq FROM sync_context), '${table}', ${keyJson(columns, row)}, '${op}', ${op === 'insert' ? 'NULL' : rowJson(columns, row)});`
  }
  const only = `SELECT raise(abort, 'AT_HOST') WHERE (SELECT mode FROM sync_context) = ${Mode.rest};`
  const when = `WHEN (SELECT mode FROM sync_context) <> ${Mode.confirmed}`
  return [
    `CREATE TRIGGER capture_${table}_insert AFTER INSERT ON ${table} ${when} BEGIN ${only} ${note('insert')} END`,
    `CREATE TRIGGER capture_${table}_update AFTER UPDATE OF ${columns.map((one) => one.name).join(', ')} ON ${table} ${when} BEGIN ${only} ${note('update')} END`,
    `CREATE TRIGGER capture_${table}_delete AFTER DELETE ON ${table} ${when} BEGIN ${only} ${note('delete')} END`,
  ]
}

function spec(table: string) {
  const found = syncedTables[table]
  assert(found, 'the table is synchronised')
  return found
}

const keyJson = (columns: readonly Column[], row: 'new' | 'old'): string => `json_array(${keyColumns(columns).map(({ name }) => `${row}.${name}`).join(', ')})`
const rowJson = (columns: readonly Column[], row: 'new' | 'old'): string =>
  `json_object(${columns.map(({ name, isBlob }) => `'${name}', ${isBlob ? hexOf(`${row}.${name}`) : `${row}.${name}`}`).join(', ')})`
/** JSON has no bytes. Nothing stays nothing: `hex` alone would make zero bytes of it. */
const hexOf = (column: string): string => `iif(${column} IS NULL, NULL, hex(${column}))`

/**
 * The tables' own guards ("a signed note does not change") speak of what people do. Rows that the host has confirmed have
 * passed them there, and the way back to them takes rows away that were never confirmed: for both they stand aside on a
 * member. So do triggers that write other synchronised rows, because those rows come by themselves. What fills the
 * search tables, which are each machine's own, goes on.
 */
function gateGuards(client: Client): void {
  const rows = client.prepare(`select name, tbl_name, sql from sqlite_master where type = 'trigger' and name not like 'capture\\_%' escape '\\'`).all() as { name: string; tbl_name: string; sql: string }[] // SQLite's own columns.
  for (const { name, tbl_name, sql } of rows) {
    if (syncedTables[tbl_name] === undefined || isGated(sql) || /\b(patient_search|code_search|duplicate_queue)\b/.test(sql)) continue
    client.exec(`drop trigger ${name}`)
    client.exec(gated(sql))
  }
}

const GATE = `(SELECT mode FROM sync_context) <> ${Mode.confirmed}`
export const isGated = (sql: string): boolean => sql.includes(GATE)

/** Exported for its test: the trigger as it was, with the gate before its condition. */
export function gated(sql: string): string {
  const at = /\bBEGIN\b/.exec(sql)
  assert(at, 'a trigger has a body')
  const head = sql.slice(0, at.index)
  const condition = /\bWHEN\b/.exec(head)
  const [start, when] = condition ? [head.slice(0, condition.index), ` AND (${head.slice(condition.index + 'WHEN'.length).trim()})`] : [head, '']
  return `${start.trimEnd()} WHEN ${GATE}${when} ${sql.slice(at.index)}`
}
