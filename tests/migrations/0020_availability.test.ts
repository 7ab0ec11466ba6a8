import { beforeEach, describe, expect, it } from 'vitest'
import { migrate, schemaVersion } from '#main/core/db/migrate.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { databaseAt, type Given, insertRow, migrations } from '#tests/support/database.ts'

let db: WriteDb
const addRow = (table: string, given: Given): void => insertRow(db, table, given)
const visit = (id: string, from: string, to: string, more: Given = {}): void =>
  addRow('appointments', { id, patient_id: 'p1', provider_id: 's1', starts_at: `2026-11-17T${from}:00.000Z`, ends_at: `2026-11-17T${to}:00.000Z`, status: 'booked', booked_by: 'u1', ...more })

beforeEach(() => {
  db = databaseAt(19)
  addRow('staff_members', { id: 's1', is_provider: 1 })
  addRow('user_accounts', { id: 'u1', staff_id: 's1', user_name: 'haddad' })
  addRow('patients', { id: 'p1', mrn: 100_001, sex: 'female', birth_date: '1958-03-12' })
  addRow('rooms', { id: 'r1', kind: 'exam' })
  addRow('appointment_types', { id: 't1' })
  visit('a1', '14:00', '14:30', { room_id: 'r1', type_id: 't1' })
  migrate(db, migrations, 20)
})

describe('0020 availability', () => {
  it('comes upon a schedule and leaves it as it was: types need nothing, visits hold their own time', () => {
    expect(schemaVersion(db)).toBe(20)
    expect(db.$client.prepare('select buffer_before_min, buffer_after_min, room_kind, equipment_kinds, colour, is_telehealth from appointment_types').all())
      .toEqual([{ buffer_before_min: 0, buffer_after_min: 0, room_kind: null, equipment_kinds: '[]', colour: 'slate', is_telehealth: 0 }])
    expect(db.$client.prepare('select id, room_id, buffer_after_min, telehealth_url from appointments').all()).toEqual([{ id: 'a1', room_id: 'r1', buffer_after_min: 0, telehealth_url: null }])
    expect(db.$client.pragma('foreign_key_check')).toEqual([])
  })

  it('refuses what reaches into somebody else’s buffer, of the provider and of the room, from either side', () => {
    visit('a2', '14:30', '15:00', { buffer_after_min: 15 })
    expect(() => visit('a3', '15:00', '15:30')).toThrow('SLOT_TAKEN')
    expect(() => visit('a3', '15:15', '15:30', { buffer_before_min: 5 })).toThrow('SLOT_TAKEN')
    visit('a3', '15:15', '15:30')
    addRow('staff_members', { id: 's2', is_provider: 1 })
    visit('b1', '16:00', '16:30', { room_id: 'r1', buffer_after_min: 20 })
    expect(() => visit('b2', '16:40', '17:00', { provider_id: 's2', room_id: 'r1' })).toThrow('SLOT_TAKEN')
    visit('b2', '16:50', '17:10', { provider_id: 's2', room_id: 'r1' })
    expect(() => db.$client.exec(`update appointments set starts_at = '2026-11-17T16:45:00.000Z' where id = 'b2'`)).toThrow('SLOT_TAKEN')
  })

  it('gives a piece of equipment to one visit at a time', () => {
    addRow('equipment', { id: 'e1', kind: 'ecg' })
    const hold = (id: string, from: string, to: string) => addRow('equipment_bookings', { id, appointment_id: 'a1', equipment_id: 'e1', holds_from: `2026-11-17T${from}:00.000Z`, holds_to: `2026-11-17T${to}:00.000Z` })
    hold('h1', '14:00', '14:30')
    expect(() => hold('h2', '14:29', '15:00')).toThrow('SLOT_TAKEN')
    hold('h2', '14:30', '15:00')
    expect(() => db.$client.exec(`update equipment_bookings set holds_from = '2026-11-17T14:10:00.000Z' where id = 'h2'`)).toThrow('BOOKED_ANEW')
  })

  it('keeps the shifts of a person apart, over midnight too', () => {
    const shift = (id: string, date: string, start: number, end: number) => addRow('shifts', { id, staff_id: 's1', date, kind: 'work', start_min: start, end_min: end })
    shift('n1', '2026-11-17', 1_320, 1_800)
    expect(() => shift('n2', '2026-11-18', 300, 600)).toThrow('SHIFTS_OVERLAP')
    shift('n2', '2026-11-18', 360, 600)
    expect(() => shift('n3', '2026-11-17', 600, 500)).toThrow(/CHECK/)
  })

  it('takes no link but https, and an outage of one thing only', () => {
    expect(() => db.$client.exec(`update appointments set telehealth_url = 'javascript:alert(1)'`)).toThrow(/CHECK/)
    expect(() => addRow('resource_outages', { id: 'o1', room_id: null, equipment_id: null, starts_at: 'a', ends_at: 'b' })).toThrow(/CHECK/)
    expect(() => addRow('resource_outages', { id: 'o1', room_id: 'r1', starts_at: 'b', ends_at: 'a' })).toThrow(/CHECK/)
  })
})
