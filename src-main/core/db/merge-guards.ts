import type Sqlite from 'better-sqlite3'
import { gated, removeCapture } from '../sync/capture.ts'
import { movedTables } from './patient-tables.ts'

type Client = Sqlite.Database
interface Trigger { name: string; sql: string }

/**
 * Whose a row is changes by a merge or its undoing and by nothing else, and then nothing else changes in it: so a signed
 * note and a line of the ledger may go from one chart to the other, word for word and cent for cent. What is still
 * written for a chart that is absorbed (an old form, another machine) lands with the one that goes on. Made from the live
 * tables at each opening, so that a table only has to be listed.
 */
export function installMergeGuards(client: Client): void {
  const here = new Set(client.prepare(`select name from sqlite_master where type = 'table'`).pluck().all() as string[]) // Table names.
  const changed = movedTables.filter((table) => here.has(table)).flatMap((table) => [...loosenedGuards(client, table), ...missing(client, [ownerGuard(client, table), redirect(table)])])
  if (changed.length === 0) return
  client.transaction(() => {
    // It is set up again, behind these: a row is noted before the rows that other triggers make of it.
    removeCapture(client)
    for (const { name, sql } of changed) {
      client.exec(`drop trigger if exists ${name}`)
      client.exec(sql)
    }
  }).immediate()
}

const SAME_OWNER = 'old.patient_id IS new.patient_id'

/** The guards that a table has of its own speak of its content. */
function loosenedGuards(client: Client, table: string): Trigger[] {
  const all = client.prepare(`select name, sql from sqlite_master where type = 'trigger' and tbl_name = ? and name not like 'capture\\_%' escape '\\' and name not like 'merge\\_%' escape '\\'`).all(table) as Trigger[] // SQLite's own columns.
  return all
    .filter(({ sql }) => /\bBEFORE UPDATE\b/i.test(sql) && !sql.includes(SAME_OWNER))
    .map(({ name, sql }) => ({ name, sql: withCondition(sql, SAME_OWNER) }))
}

/** Exported for its test: the trigger as it was, with one more condition. */
export function withCondition(sql: string, condition: string): string {
  const at = /\bBEGIN\b/.exec(sql)?.index ?? sql.length
  const head = sql.slice(0, at)
  const when = /\bWHEN\b/.exec(head)
  const rest = when ? ` AND (${head.slice(when.index + 'WHEN'.length).trim()})` : ''
  return `${head.slice(0, when?.index ?? at).trimEnd()} WHEN ${condition}${rest} ${sql.slice(at)}`
}

/** On a member the guards are gated (capture.ts), which is no change. */
function missing(client: Client, wanted: readonly Trigger[]): Trigger[] {
  const found = client.prepare(`select sql from sqlite_master where type = 'trigger' and name = ?`).pluck()
  return wanted.filter(({ name, sql }) => ![sql, gated(sql)].includes(found.get(name) as string)) // A trigger's text, or nothing.
}

function ownerGuard(client: Client, table: string): Trigger {
  const columns = client.pragma(`table_info(${table})`) as { name: string; pk: number }[] // SQLite's own columns.
  const others = columns.filter(({ name }) => name !== 'patient_id').map(({ name }) => `old.${name} IS new.${name}`)
  const key = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk).map(({ name }) => `new.${name}`)
  const name = `merge_guard_${table}`
  return {
    name,
    sql: `CREATE TRIGGER ${name} BEFORE UPDATE OF patient_id ON ${table} WHEN old.patient_id IS NOT new.patient_id AND NOT (${others.join(' AND ')} AND (
  EXISTS (SELECT 1 FROM patients p WHERE p.id = old.patient_id AND p.merged_into_id = new.patient_id)
  OR EXISTS (SELECT 1 FROM patient_merge_rows r JOIN patient_merges m ON m.id = r.merge_id WHERE r.table_name = '${table}' AND r.row_key = json_array(${key.join(', ')})
    AND r.side = 'absorbed' AND m.survivor_id = old.patient_id AND m.absorbed_id = new.patient_id AND m.unmerged_at IS NOT NULL)))
BEGIN SELECT raise(abort, 'OWNER_IS_KEPT'); END`,
  }
}

function redirect(table: string): Trigger {
  const name = `merge_redirect_${table}`
  return {
    name,
    sql: `CREATE TRIGGER ${name} AFTER INSERT ON ${table} WHEN EXISTS (SELECT 1 FROM patients p WHERE p.id = new.patient_id AND p.merged_into_id IS NOT NULL)
BEGIN UPDATE ${table} SET patient_id = (SELECT merged_into_id FROM patients WHERE id = new.patient_id) WHERE rowid = new.rowid; END`,
  }
}
