import { getTableColumns } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { drawerClosePayments, drawerCloses, undraweredPayments } from '#drizzle/schema/billing.ts'
import { migrate, schemaVersion } from '#main/core/db/migrate.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { databaseAt, insertRow, migrations, type Given } from '#tests/support/database.ts'

let db: WriteDb
beforeEach(() => {
  db = databaseAt(24)
  insertRow(db, 'staff_members', { id: 'staff' })
  insertRow(db, 'user_accounts', { id: 'user', staff_id: 'staff', user_name: 'user' })
  insertRow(db, 'patients', { id: 'ito', mrn: 1, sex: 'female' })
  pay('before')
  migrate(db, migrations, 25)
})

const pay = (id: string): void => insertRow(db, 'payments', { id, receipt_number: id, patient_id: 'ito', kind: 'payment', method: 'cash', amount_cents: 500, taken_by: 'user', refund_of: null })
const close = (id: string, more: Given = {}): void =>
  insertRow(db, 'drawer_closes', { id, number: 1, closed_by: 'user', float_cents: 0, cash_in_cents: 500, cash_out_cents: 0, counted_cents: 500, left_cents: 0, reason: null, ...more })
const waiting = (): unknown[] => db.$client.prepare('select payment_id as id from undrawered_payments').pluck().all()

describe('0025 drawer', () => {
  it('comes upon payments that are in no drawer', () => {
    expect(schemaVersion(db)).toBe(25)
    expect(waiting()).toEqual([])
    for (const [name, table] of Object.entries({ drawer_closes: drawerCloses, drawer_close_payments: drawerClosePayments, undrawered_payments: undraweredPayments })) {
      const columns = (db.$client.pragma(`table_info(${name})`) as { name: string }[]).map((column) => column.name) // SQLite's own columns.
      expect(columns.toSorted()).toEqual(Object.values(getTableColumns(table)).map((column) => column.name).toSorted())
    }
  })

  it('has a payment wait until a close has seen it, once', () => {
    pay('one')
    expect(waiting()).toEqual(['one'])
    close('c1')
    insertRow(db, 'drawer_close_payments', { payment_id: 'one', close_id: 'c1' })
    expect(waiting()).toEqual([])
    close('c2', { number: 2, reason: 'again' })
    expect(() => insertRow(db, 'drawer_close_payments', { payment_id: 'one', close_id: 'c2' })).toThrow(/UNIQUE/)
  })

  it('keeps a close as it was counted, numbered once, its difference explained', () => {
    close('c1')
    expect(() => close('c2')).toThrow(/UNIQUE/)
    expect(() => close('c2', { number: 2, counted_cents: 400 })).toThrow(/CHECK/)
    expect(() => close('c2', { number: 2, left_cents: 501 })).toThrow(/CHECK/)
    expect(() => close('c2', { number: 2, counted_cents: -1, left_cents: -1, reason: 'x' })).toThrow(/CHECK/)
    expect(() => db.$client.exec('update drawer_closes set counted_cents = 1')).toThrow('LEDGER_IS_APPEND_ONLY')
    expect(() => db.$client.exec('delete from drawer_closes')).toThrow('LEDGER_IS_APPEND_ONLY')
  })
})
