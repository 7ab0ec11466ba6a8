import { beforeEach, describe, expect, it } from 'vitest'
import { migrate, schemaVersion } from '#main/core/db/migrate.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { databaseAt, type Given, insertRow, migrations } from '#tests/support/database.ts'

const AT = '2026-11-17T14:00:00.000Z'

let db: WriteDb

beforeEach(() => {
  db = databaseAt(5)
  addRow('staff_members', { id: 's1', is_provider: 1 })
  addRow('user_accounts', { id: 'u1', staff_id: 's1', user_name: 'nair' })
  addRow('patients', { id: 'p1', mrn: 100_001, sex: 'female', birth_date: '1958-03-12' })
  addRow('encounters', { id: 'e1', patient_id: 'p1', status: 'finished', appointment_id: null, provider_id: null })
})

const addRow = (table: string, given: Given): void => insertRow(db, table, given)

const addInvoice = (id: string, more: Record<string, string | null> = {}): void =>
  addRow('invoices', { id, number: id, patient_id: 'p1', encounter_id: 'e1', status: 'issued', issued_at: AT, issued_by: 'u1', due_on: '2026-12-17', diagnoses: '[]', ...more })
const addCharge = (id: string): void =>
  addRow('charges', { id, encounter_id: 'e1', patient_id: 'p1', charged_by: 'u1', quantity: 2, unit_price_cents: 500, amount_cents: 1_000 })
const addLine = (id: string, invoice: string): void => addRow('invoice_lines', { id, invoice_id: invoice, charge_id: 'c1' })
const addEntry = (id: string, kind: string, cents: number, invoice: string | null = 'A-1'): void =>
  addRow('ledger_entries', { id, at: AT, patient_id: 'p1', invoice_id: invoice, kind, amount_cents: cents, entered_by: 'u1' })
const settledAt = (id: string): unknown => (db.$client.prepare('SELECT settled_at FROM invoices WHERE id = ?').get(id) as { settled_at: unknown }).settled_at // The one column asked for.

describe('0006 billing', () => {
  it('comes upon a clinic with visits and keeps them', () => {
    expect(schemaVersion(db)).toBe(5)
    migrate(db, migrations, 6)
    expect(schemaVersion(db)).toBe(6)
    expect(db.$client.prepare('SELECT count(*) AS n FROM encounters').get()).toEqual({ n: 1 })
    addCharge('c1')
    addInvoice('A-1')
    addLine('l1', 'A-1')
    expect(db.$client.pragma('foreign_key_check')).toEqual([])
    expect(db.$client.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }])
  })

  it('has one live bill for a visit, and more only when split on purpose or after a void', () => {
    migrate(db, migrations, 6)
    addInvoice('A-1')
    expect(() => addInvoice('A-2')).toThrow('UNIQUE')
    expect(() => addInvoice('A-1', { split_reason: 'Employer pays' })).toThrow('UNIQUE')
    addInvoice('A-2', { split_reason: 'Employer pays' })
    db.$client.prepare("UPDATE invoices SET status = 'void', voided_at = ?, void_reason = 'duplicate' WHERE id = 'A-1'").run(AT)
    addInvoice('A-3')
    expect(() => db.$client.prepare("UPDATE invoices SET status = 'issued' WHERE id = 'A-1'").run()).toThrow('INVOICE_VOID')
    expect(() => db.$client.prepare("UPDATE invoices SET number = 'A-9' WHERE id = 'A-3'").run()).toThrow('INVOICES_ARE_KEPT')
    expect(() => db.$client.prepare('DELETE FROM invoices').run()).toThrow('INVOICES_ARE_KEPT')
  })

  it('lets a charge stand on one live bill only', () => {
    migrate(db, migrations, 6)
    addCharge('c1')
    addInvoice('A-1')
    addLine('l1', 'A-1')
    addInvoice('A-2', { split_reason: 'again' })
    expect(() => addLine('l2', 'A-2')).toThrow('CHARGE_BILLED')
    db.$client.prepare("UPDATE invoices SET status = 'void' WHERE id = 'A-1'").run()
    addLine('l2', 'A-2')
    expect(() => db.$client.prepare('UPDATE charges SET amount_cents = 1, unit_price_cents = 1, quantity = 1').run()).toThrow('CHARGES_ARE_KEPT')
    expect(() => addRow('charges', { id: 'c2', encounter_id: 'e1', patient_id: 'p1', charged_by: 'u1', quantity: 2, unit_price_cents: 500, amount_cents: 999 })).toThrow('CHECK')
  })

  it('waits for the charges of each visit that came from an appointment, also of those from before', () => {
    addRow('appointments', { id: 'a1', patient_id: 'p1', provider_id: 's1', room_id: null, type_id: null, starts_at: AT, ends_at: '2026-11-17T14:30:00.000Z', status: 'fulfilled', booked_by: 'u1', cancel_reason: null })
    addRow('encounters', { id: 'e2', patient_id: 'p1', status: 'finished', appointment_id: 'a1', provider_id: null })
    migrate(db, migrations, 6)
    const waiting = () => db.$client.prepare('SELECT encounter_id AS id FROM uncharged_visits').all()
    expect(waiting()).toEqual([{ id: 'e2' }])
    addRow('charges', { id: 'c2', encounter_id: 'e2', patient_id: 'p1', fee_item_id: null, charged_by: 'u1', quantity: 1, unit_price_cents: 500, amount_cents: 500, removed_at: null })
    expect(waiting()).toEqual([])
    db.$client.prepare('UPDATE charges SET removed_at = ?').run(AT)
    expect(waiting()).toEqual([{ id: 'e2' }])
  })

  it('knows from the ledger alone whether a bill is settled', () => {
    migrate(db, migrations, 6)
    addInvoice('A-1')
    addEntry('1', 'charge', 1_000)
    expect(settledAt('A-1')).toBeNull()
    addEntry('2', 'payment', -400)
    addEntry('3', 'payment', -900, null)
    expect(settledAt('A-1')).toBeNull()
    addEntry('4', 'credit', -600)
    expect(settledAt('A-1')).toBe(AT)
    addEntry('5', 'refund', 100)
    expect(settledAt('A-1')).toBeNull()
  })

  it.each(['ledger_entries', 'payments', 'payment_allocations', 'invoice_lines', 'page_prints'])('%s is only added to', (table) => {
    migrate(db, migrations, 6)
    addCharge('c1')
    addInvoice('A-1')
    addLine('l1', 'A-1')
    addEntry('1', 'charge', 1_000)
    addRow('payments', { id: 'm1', patient_id: 'p1', kind: 'payment', method: 'cash', taken_by: 'u1' })
    addRow('payment_allocations', { id: 'a1', payment_id: 'm1', invoice_id: 'A-1', amount_cents: -1 })
    addRow('page_prints', { id: 'g1', document: 'invoice', document_id: 'A-1', medium: 'paper', printed_by: 'u1' })
    expect(() => db.$client.prepare(`UPDATE ${table} SET id = 'other'`).run()).toThrow('LEDGER_IS_APPEND_ONLY')
    expect(() => db.$client.prepare(`DELETE FROM ${table}`).run()).toThrow('LEDGER_IS_APPEND_ONLY')
  })
})
