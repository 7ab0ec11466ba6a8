import type { CsvReport } from '#shared/domains/migration/csv/contract.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import type { ReadDb } from '#main/core/db/types.ts'

/*
 * What stands in the records after an import, asked of the records themselves and never of what the import believes to
 * have done; and what hangs on its rows.
 */
type Taken = NonNullable<CsvReport['taken']>
const number = (db: ReadDb, sql: string, ...given: unknown[]): number => db.$client.prepare(sql).pluck().get(...given) as number // Each asks for one number.
const made = (table: string): string => `select row_id from csv_made where import_id = ? and table_name = '${table}'`

export function countTaken(db: ReadDb, id: Id): Omit<Taken, 'money' | 'accountsEqual' | 'accountsDiffer'> {
  const of = (table: string): number => number(db, `select count(*) from ${table} where id in (${made(table)})`, id)
  const orphans = (table: string): number => number(db, `select count(*) from ${table} t where t.id in (${made(table)}) and not exists (select 1 from patients p where p.id = t.patient_id)`, id)
  return {
    patients: of('patients'), accounts: number(db, `select count(*) from csv_made where import_id = ? and table_name = 'patient_identifiers'`, id), appointments: of('appointments'), visits: of('encounters'), entries: of('ledger_entries'),
    left: number(db, `select count(*) from csv_rows where import_id = ? and state in ('left', 'stopped')`, id),
    withoutPatient: orphans('appointments') + orphans('encounters') + orphans('ledger_entries'),
  }
}

export function moneyTaken(db: ReadDb, id: Id): Pick<Taken, 'money' | 'accountsEqual' | 'accountsDiffer'> {
  const sums = db.$client.prepare(`select kind, sum(amount_cents) as cents from ledger_entries where id in (${made('ledger_entries')}) group by kind`).all(id) as { kind: string; cents: number }[] // The columns it names.
  const of = (kind: string): number => sums.find((one) => one.kind === kind)?.cents ?? 0
  const accounts = db.$client.prepare(`
    select r.draft ->> 'account' as account, sum(r.draft ->> 'amountCents') as file, coalesce(sum(l.amount_cents), 0) as here
    from csv_rows r left join ledger_entries l on l.id = r.made_id where r.import_id = ? and r.draft <> 'null' group by 1`).all(id) as { account: string; file: number; here: number }[] // As above.
  const differing = accounts.filter(({ file, here }) => file !== here)
  return {
    money: { charges: of('charge'), payments: of('payment'), adjustments: of('adjustment'), refunds: of('refund'), balance: sums.reduce((sum, { cents }) => sum + cents, 0) },
    accountsEqual: accounts.length - differing.length, accountsDiffer: differing.slice(0, limits.import_examples),
  }
}

export interface Hanging { readonly table: string; readonly id: string; readonly hangs: string }
/** Tables whose rows an import makes itself, with what names a row in `csv_made`. */
const ownKeys: Readonly<Record<string, string>> = {
  patient_identifiers: `t.system || char(10) || t.value`, coverages: 't.id', appointments: 't.id', encounters: 't.id', ledger_entries: 't.id',
}

/** Every table that points to one of these: whatever comes later hangs on them, too. */
export function pointingTables(db: ReadDb): { table: string; column: string; target: string }[] {
  const tables = db.$client.prepare(`select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`).pluck().all() as string[] // Names.
  return tables.flatMap((table) => (db.$client.pragma(`foreign_key_list(${table})`) as { table: string; from: string }[]) // SQLite's own columns.
    .filter((key) => ['patients', 'appointments', 'encounters', 'ledger_entries'].includes(key.table)).map((key) => ({ table, column: key.from, target: key.table })))
}

/** What hangs on the rows of an import by one column, and is not of the import itself. */
export function hangingOn(db: ReadDb, id: Id, { table, column, target }: { table: string; column: string; target: string }, limit: number): Hanging[] {
  const own = table === 'appointment_changes' ? `t.version > 1` : Object.hasOwn(ownKeys, table) ? `not exists (select 1 from csv_made o where o.table_name = '${table}' and o.row_id = ${ownKeys[table]} and o.import_id = m.import_id)` : '1'
  const rows = db.$client.prepare(`select distinct m.row_id as id from csv_made m join ${table} t on t.${column} = m.row_id where m.import_id = ? and m.table_name = '${target}' and ${own} limit ?`).pluck().all(id, limit) as string[] // Ids.
  return rows.map((row) => ({ table: target, id: row, hangs: table }))
}
