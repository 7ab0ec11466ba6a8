import { sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '#main/core/db/types.ts'

/** Each one counts rows that the rules never make; anything but zero is a bug or a hand in the file. Reads the whole ledger. */
const checks: Record<string, SQL> = {
  'open mark against the ledger': sql`select count(*) from invoices i where (i.settled_at is null) <> ((select coalesce(sum(l.amount_cents), 0) from ledger_entries l where l.invoice_id = i.id) > 0)`,
  'invoices below zero': sql`select count(*) from invoices i where (select coalesce(sum(l.amount_cents), 0) from ledger_entries l where l.invoice_id = i.id) < 0`,
  'void invoices that are not zero': sql`select count(*) from invoices i where i.status = 'void' and (select coalesce(sum(l.amount_cents), 0) from ledger_entries l where l.invoice_id = i.id) <> 0`,
  'lines against charges': sql`select count(*) from invoices i where (select coalesce(sum(n.amount_cents), 0) from invoice_lines n where n.invoice_id = i.id)
    <> (select coalesce(sum(l.amount_cents), 0) from ledger_entries l where l.invoice_id = i.id and l.kind = 'charge')`,
  'payments on invoices against the ledger': sql`select count(*) from invoices i where (select coalesce(sum(a.amount_cents), 0) from payment_allocations a where a.invoice_id = i.id)
    <> (select coalesce(sum(l.amount_cents), 0) from ledger_entries l where l.invoice_id = i.id and l.kind in ('payment', 'credit', 'refund'))`,
  'receipts against the ledger': sql`with entered as (select payment_id, sum(amount_cents) as cents from ledger_entries where kind in ('payment', 'refund') group by payment_id)
    select count(*) from payments p left join entered e on e.payment_id = p.id where coalesce(e.cents, 0) <> iif(p.kind = 'payment', -p.amount_cents, p.amount_cents)`,
  'credit moves that do not even out': sql`select count(*) from (select payment_id from ledger_entries where kind = 'credit' group by payment_id having sum(amount_cents) <> 0)`,
  'patients with credit below zero': sql`select count(*) from (select patient_id from ledger_entries where invoice_id is null
    and id not in (select row_id from csv_made where table_name = 'ledger_entries') group by patient_id having sum(amount_cents) > 0)`,
  'missing invoice numbers': sql`select coalesce(max(n) - min(n) + 1 - count(*), 0) from (select cast(substr(number, instr(number, '-') + 1) as integer) as n from invoices)`,
}

export function countLedgerProblems(db: ReadDb): { check: string; count: number }[] {
  return Object.entries(checks).map(([check, query]) => ({ check, count: db.select({ count: sql<number>`(${query})` }).from(sql`(select 1)`).get()?.count ?? 0 }))
}
