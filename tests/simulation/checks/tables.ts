import { scopesOf, type Profile } from '#shared/sync/messages.ts'
import { keyColumns, sharedColumns, tablesHere, type Column } from '#main/core/sync/capture.ts'
import { syncedTables } from '#main/core/sync/tables.ts'
import type { Node } from '../machines/node.ts'
import type { World } from '../world.ts'
import { hold } from './violation.ts'

export type Rows = Map<string, string>

interface Shape { columns: readonly Column[]; sql: string }

const shapes = new Map<string, Shape>()
const tables = new Map<string, string[]>()

function remembered<T>(known: Map<string, T>, key: string, make: () => T): T {
  const before = known.get(key)
  if (before !== undefined) return before
  const made = make()
  known.set(key, made)
  return made
}

/** The columns that travel, as this machine's version of the table has them. */
export const shapeOf = (world: World, node: Node, table: string): Shape => remembered(shapes, `${world.schemaOf(node)} ${table}`, () => {
  const columns = sharedColumns(node.disk.db.$client, table)
  const keys = keyColumns(columns).map((one) => one.name).join(', ')
  return { columns, sql: `select json_array(${keys}) as pk, json_object(${columns.map(({ name, isBlob }) => `'${name}', ${isBlob ? `hex(${name})` : name}`).join(', ')}) as data from ${table} order by ${keys}` }
})

export const tablesFor = (world: World, node: Node, profile: Profile): string[] =>
  remembered(tables, `${world.schemaOf(node)} ${profile}`, () => tablesHere(node.disk.db.$client).filter((table) => scopesOf[profile].includes(syncedTables[table]?.scope ?? 'host')))

/** Every row of a table as it travels. */
export function rowsOf(world: World, node: Node, table: string): Rows {
  const rows = world.statement(node.disk.db, shapeOf(world, node, table).sql).all() as { pk: string; data: string }[] // The columns of the select.
  return new Map(rows.map(({ pk, data }) => [pk, data]))
}

/** Rows as an older machine has them, where the host is ahead: both sides go through it, so that numbers are spelled alike. */
export const narrowed = (world: World, columns: readonly Column[], rows: Rows): Rows => (world.isHostAhead ? new Map([...rows].map(([pk, data]) => [pk, narrow(columns, data)])) : rows)

function narrow(columns: readonly Column[], data: string): string {
  const row = JSON.parse(data) as Record<string, unknown> // A row image.
  return JSON.stringify(Object.fromEntries(columns.map(({ name }) => [name, row[name] ?? null])))
}

export function holdSame(invariant: string, where: string, table: string, here: Rows, there: Rows): void {
  for (const [pk, data] of there) hold(here.get(pk) === data, invariant, () => `${where}: ${table} ${pk} is ${here.get(pk) ?? 'not there'}, should be ${data}`)
  for (const pk of here.keys()) hold(there.has(pk), invariant, () => `${where}: ${table} ${pk} should not be there`)
}
