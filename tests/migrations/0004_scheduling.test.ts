import { beforeEach, describe, expect, it } from 'vitest'
import { migrate, schemaVersion } from '#main/core/db/migrate.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { databaseAt, type Given, insertRow, migrations } from '#tests/support/database.ts'

const AT = '2026-11-17T14:00:00.000Z'

let db: WriteDb

beforeEach(() => {
  db = databaseAt(3)
  addRow('staff_members', { id: 's1', is_provider: 1 })
  addRow('user_accounts', { id: 'u1', staff_id: 's1', user_name: 'haddad' })
  addRow('rooms', { id: 'r1', kind: 'exam' })
  addRow('patients', { id: 'p1', mrn: 100_001, sex: 'female', birth_date: '1958-03-12' })
})

const addRow = (table: string, given: Given): void => insertRow(db, table, given)

const insert = (id: string, more: Record<string, string | null> = {}): void =>
  addRow('appointments', { id, patient_id: 'p1', provider_id: 's1', starts_at: AT, ends_at: '2026-11-17T14:30:00.000Z', status: 'booked', booked_by: 'u1', ...more })

const insertChange = (id: string): void => addRow('appointment_changes', { id, appointment_id: 'a1', version: 1, changed_by: 'u1' })

describe('0004 scheduling', () => {
  it('comes upon a clinic with people, a room and a patient and keeps them', () => {
    expect(schemaVersion(db)).toBe(3)
    migrate(db, migrations, 4)
    expect(schemaVersion(db)).toBe(4)
    expect(db.$client.prepare('SELECT count(*) AS n FROM patients').get()).toEqual({ n: 1 })
    insert('a1', { room_id: 'r1' })
    expect(db.$client.pragma('foreign_key_check')).toEqual([])
    expect(db.$client.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }])
  })

  it('refuses what the rules refuse, should they ever be passed by', () => {
    migrate(db, migrations, 4)
    insert('a1', { room_id: 'r1' })
    expect(() => insert('a2')).toThrow('SLOT_TAKEN')
    expect(() => insert('a2', { starts_at: '2026-11-17T14:29:00.000Z', ends_at: '2026-11-17T14:59:00.000Z' })).toThrow('SLOT_TAKEN')
    expect(() => insert('a2', { ends_at: AT, status: 'cancelled' })).toThrow('ENDS_BEFORE_START')
    expect(() => insert('a2', { status: 'lost', starts_at: '2026-11-18T14:00:00.000Z', ends_at: '2026-11-18T14:30:00.000Z' })).toThrow('CHECK')
    expect(() => insert('a2', { status: 'cancelled' })).not.toThrow()
    expect(() => db.$client.exec(`UPDATE appointments SET status = 'booked' WHERE id = 'a2'`)).toThrow('SLOT_TAKEN')
    expect(() => db.$client.exec(`UPDATE appointments SET ends_at = starts_at WHERE id = 'a1'`)).toThrow('ENDS_BEFORE_START')
    expect(() => insert('a3', { starts_at: '2026-11-17T14:30:00.000Z', ends_at: '2026-11-17T15:00:00.000Z' })).not.toThrow()
  })

  it('keeps appointments and their history', () => {
    migrate(db, migrations, 4)
    insert('a1')
    insertChange('c1')
    expect(() => db.$client.exec('DELETE FROM appointments')).toThrow('APPOINTMENTS_ARE_KEPT')
    expect(() => db.$client.exec(`UPDATE appointment_changes SET status = 'arrived'`)).toThrow('HISTORY_IS_APPEND_ONLY')
    expect(() => db.$client.exec('DELETE FROM appointment_changes')).toThrow('HISTORY_IS_APPEND_ONLY')
    expect(() => insertChange('c2')).toThrow('UNIQUE')
  })
})
