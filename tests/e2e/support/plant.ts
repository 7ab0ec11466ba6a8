import { closeDb, openDb } from '#main/core/db/open.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { readKeyring } from '#main/core/keys/keyring.ts'
import { unlockWithPassword } from '#main/core/keys/unlock.ts'
import path from 'node:path'
import { PASSWORD, people } from './clinic.ts'

type Client = WriteDb['$client']
interface Column {
  name: string
  type: string
  notnull: number
  pk: number
}
interface Reference {
  table: string
  from: string
  to: string
}

/** What the text for a place is: its row and column differ, so that what must be unique stays so. */
export type Seed = (column: string, row: number) => string

/**
 * Puts a text into every place of the records that can hold what is said of a patient: each text column of each table
 * that hangs on `patients`, read from the database itself, so that a new field is covered on the day it is migrated.
 * Tables that the demo leaves empty get a row. Answers with the places filled and those the database refused a text in
 * (it checks them against a list of words: such a place can hold nothing of its own).
 */
export async function plant(data: string, seed: Seed): Promise<{ filled: string[]; refused: string[] }> {
  const opened = await unlockWithPassword(readKeyring(data), people.administrator, PASSWORD)
  if (!opened) throw new Error('the seeded password opens the key')
  const db = openDb({ path: path.join(data, 'cairn.db'), key: opened.dataKey })
  try {
    return withoutRefusals(db.$client, () => db.$client.transaction(() => plantAll(db.$client, seed))())
  } finally {
    db.$client.pragma('wal_checkpoint(TRUNCATE)')
    closeDb(db)
  }
}

function plantAll(client: Client, seed: Seed): { filled: string[]; refused: string[] } {
  const filled: string[] = []
  const refused: string[] = []
  const tables = tablesOfPatients(client)
  for (const table of tables) if (isEmpty(client, table)) insertOne(client, table, seed)
  for (const table of tables.toSorted()) {
    for (const { name } of textColumns(client, table)) (fill(client, table, name, seed) ? filled : refused).push(`${table}.${name}`)
  }
  return { filled, refused }
}

/** Signed notes and histories refuse to be changed; here they are changed on purpose, and refuse again afterwards. */
function withoutRefusals<T>(client: Client, work: () => T): T {
  const triggers = client.prepare(`select name, sql from sqlite_master where type = 'trigger' and sql like '%raise(%'`).all() as { name: string; sql: string }[] // As selected.
  for (const { name } of triggers) client.exec(`drop trigger ${name}`)
  try {
    return work()
  } finally {
    for (const { sql } of triggers) client.exec(sql)
  }
}

/** `patients` and whatever points there, directly or through another, each after what it points to; the log of acts holds ids and codes only and is chained. */
function tablesOfPatients(client: Client): string[] {
  const all = (client.prepare(`select name from sqlite_master where type = 'table' and sql like '%STRICT%'`).all() as { name: string }[]).map(({ name }) => name) // As selected.
  const found = new Set(['patients'])
  for (let size = 0; size !== found.size;) {
    size = found.size
    for (const table of all) if (references(client, table).some((one) => found.has(one.table))) found.add(table)
  }
  return [...found].filter((table) => !table.startsWith('audit'))
}

const columns = (client: Client, table: string): Column[] => client.pragma(`table_info(${table})`) as Column[] // SQLite's own format.
const references = (client: Client, table: string): Reference[] => client.pragma(`foreign_key_list(${table})`) as Reference[] // SQLite's own format.
const isEmpty = (client: Client, table: string): boolean => client.prepare(`select 1 from ${table} limit 1`).get() === undefined

/** Ids, dates and codes that the program itself writes are no words: they are left as they are. */
function textColumns(client: Client, table: string): Column[] {
  const linked = references(client, table).map(({ from }) => from)
  return columns(client, table).filter(({ name, type, pk }) => type.toUpperCase() === 'TEXT' && pk === 0 && !linked.includes(name) && !/(^id|^at|_id|_at|_on|_by|_of|^valid_from|^valid_to|birth_date|_system|^code|^status|_status|^kind)$/.test(name))
}

/** Every second row at most, and all of a few: the screens keep something ordinary beside it. */
function fill(client: Client, table: string, column: string, seed: Seed): boolean {
  const rows = client.prepare(`select rowid as row, ${column} as now from ${table} order by rowid`).all() as { row: number; now: string | null }[] // As selected.
  const change = client.prepare(`update ${table} set ${column} = ? where rowid = ?`)
  let done = 0
  for (const { row, now } of rows.filter((_, i) => rows.length < 20 || i % 2 === 0)) {
    const text = seed(`${table}.${column}`, row)
    try {
      done += change.run(/^[[{]/.test(now ?? '') ? JSON.stringify([text]) : text, row).changes
    } catch (error) {
      if (!/CHECK constraint/.test(String(error))) throw error
    }
  }
  return done > 0
}

/** A row that the table's own rules let in; some want one of two columns and not both. */
function insertOne(client: Client, table: string, seed: Seed): void {
  try {
    insertRow(client, table, seed)
  } catch (error) {
    if (!/CHECK constraint/.test(String(error))) throw error
    insertRow(client, table, seed, { withoutLinks: true })
  }
}

/** What it points to is taken from there, each time another one, and a choice is its first word. */
function insertRow(client: Client, table: string, seed: Seed, { withoutLinks = false } = {}): void {
  const sql = String(client.prepare(`select sql from sqlite_master where name = ?`).pluck().get(table))
  const links = references(client, table)
  const taken = new Map<string, number>()
  const values = columns(client, table).map(({ name, type, notnull }) => {
    const link = links.find(({ from }) => from === name)
    if (link) {
      if (notnull === 0 && withoutLinks) return null
      if (isEmpty(client, link.table)) {
        if (notnull === 0) return null
        insertOne(client, link.table, seed)
      }
      const before = taken.get(link.table) ?? 0
      taken.set(link.table, before + 1)
      return client.prepare(`select ${link.to} from ${link.table} limit 1 offset ? % (select count(*) from ${link.table})`).pluck().get(before)
    }
    const choices = new RegExp(`[(\\s]${name}"? in \\(([^)]*)\\)`).exec(sql)?.[1]?.split(',').map((word) => word.trim().replaceAll("'", ''))
    // How something ended is said together with when, and here nothing has ended.
    if (choices && notnull === 0 && new RegExp(`\\(${name} is null\\) = \\(`).test(sql)) return null
    if (type.toUpperCase() === 'TEXT' && choices) return choices[0]
    if (name.endsWith('_at')) return notnull ? '2026-03-02T10:00:00.000Z' : null
    if (name.endsWith('_on')) return notnull ? '2026-03-02' : null
    if (['INTEGER', 'REAL'].includes(type.toUpperCase())) return 1
    if (type.toUpperCase() === 'BLOB') return Buffer.from(seed(`${table}.${name}`, 1))
    return name === 'id' ? '01a20000-0000-7000-8000-0000000000aa' : seed(`${table}.${name}`, 1)
  })
  client.prepare(`insert into ${table} values (${values.map(() => '?').join(', ')})`).run(...values)
}
