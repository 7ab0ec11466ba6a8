import { beforeEach, describe, expect, it } from 'vitest'
import { migrate, schemaVersion } from '#main/core/db/migrate.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { databaseAt, type Given, insertRow, migrations } from '#tests/support/database.ts'

const AT = '2026-11-17T14:00:00.000Z'
let db: WriteDb

beforeEach(() => {
  db = databaseAt(17)
  insertRow(db, 'staff_members', { id: 's1', is_provider: 1 })
  insertRow(db, 'user_accounts', { id: 'u1', staff_id: 's1', user_name: 'nair' })
  insertRow(db, 'patients', { id: 'p1', mrn: 100_001, sex: 'female', birth_date: '1958-03-12' })
  insertRow(db, 'encounters', { id: 'e1', patient_id: 'p1', status: 'finished', appointment_id: null, provider_id: null })
  expect(schemaVersion(db)).toBe(17)
  migrate(db, migrations, 18)
  insertRow(db, 'stock_items', { id: 'i1', name_key: 'gauze', kind: 'supply' })
  insertRow(db, 'stock_items', { id: 'i2', name_key: 'swab', kind: 'supply' })
  insertRow(db, 'stock_places', { id: 'c1' })
  insertRow(db, 'stock_lots', { id: 'l1', item_id: 'i1', lot_number: 'A' })
})

const addMove = (id: string, quantity: number, more: Given = {}): void =>
  insertRow(db, 'stock_moves', { id, batch_id: 'b', item_id: 'i1', lot_id: 'l1', place_id: 'c1', kind: 'transfer', quantity, moved_at: AT, moved_by: 'u1', ...more })
const level = (): unknown => db.$client.prepare('SELECT quantity FROM stock_levels').pluck().get()

describe('0018 inventory', () => {
  it('comes upon a clinic with visits and keeps them', () => {
    expect(db.$client.prepare('SELECT count(*) FROM encounters').pluck().get()).toBe(1)
    addMove('m1', 5, { kind: 'receive' })
    expect(db.$client.pragma('foreign_key_check')).toEqual([])
    expect(db.$client.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }])
  })

  it('adds up what is on hand at the moment a move is written, also below zero', () => {
    addMove('m1', 5, { kind: 'receive' })
    addMove('m2', -3, { kind: 'dispense' })
    expect(level()).toBe(2)
    addMove('m3', -4, { kind: 'waste' })
    expect(level()).toBe(-2)
  })

  it.each([[0, 'count', null], [-1, 'receive', null], [1, 'dispense', null], [1, 'waste', null]] as const)('knows the sign of a move: %i is no %s', (quantity, kind, corrects) =>
    expect(() => addMove('m1', quantity, { kind, corrects_id: corrects })).toThrow('CHECK'))

  it('counters a move once, with the other sign', () => {
    addMove('m1', 5, { kind: 'receive' })
    addMove('m2', -5, { kind: 'receive', corrects_id: 'm1' })
    expect(level()).toBe(0)
    expect(() => addMove('m3', -5, { kind: 'receive', corrects_id: 'm1' })).toThrow('UNIQUE')
  })

  it('moves of a lot are moves of its item; a lot stands once and keeps its number and date', () => {
    expect(() => addMove('m1', 5, { item_id: 'i2' })).toThrow('LOT_OF_OTHER_ITEM')
    expect(() => insertRow(db, 'stock_lots', { id: 'l2', item_id: 'i1', lot_number: 'A' })).toThrow('UNIQUE')
    expect(() => db.$client.prepare("UPDATE stock_lots SET expires_on = '2030-01-01'").run()).toThrow('LOTS_ARE_KEPT')
    db.$client.prepare("UPDATE stock_lots SET quarantined_at = ?, quarantined_by = 'u1', quarantine_reason = 'recalled'").run(AT)
    expect(() => db.$client.prepare('UPDATE stock_lots SET quarantine_reason = NULL').run()).toThrow('CHECK')
  })

  it.each(['stock_moves', 'stock_uses', 'stock_counts', 'stock_count_lines'])('%s is only added to', (table) => {
    addMove('m1', -1, { kind: 'dispense' })
    insertRow(db, 'stock_uses', { move_id: 'm1', lot_id: 'l1', patient_id: 'p1', encounter_id: 'e1' })
    insertRow(db, 'stock_counts', { id: 'k1', place_id: 'c1', counted_by: 'u1' })
    insertRow(db, 'stock_count_lines', { id: 'n1', count_id: 'k1', lot_id: 'l1', place_id: 'c1' })
    const column = table === 'stock_uses' ? 'used_at' : table === 'stock_moves' ? 'moved_at' : 'counted_at'
    expect(() => db.$client.prepare(`UPDATE ${table} SET ${column} = 'x'`).run()).toThrow('STOCK_IS_APPEND_ONLY')
    expect(() => db.$client.prepare(`DELETE FROM ${table}`).run()).toThrow('STOCK_IS_APPEND_ONLY')
  })

  it.each([['stock_items', 'ITEMS_ARE_KEPT'], ['stock_places', 'PLACES_ARE_KEPT'], ['stock_lots', 'LOTS_ARE_KEPT']])('%s stay for the moves that name them', (table, code) =>
    expect(() => db.$client.prepare(`DELETE FROM ${table}`).run()).toThrow(code))
})
