import { describe, expect, it } from 'vitest'
import { migrate, schemaVersion } from '#main/core/db/migrate.ts'
import { databaseAt, insertRow, migrations, type Given } from '#tests/support/database.ts'

describe('0027 flow', () => {
  it('comes upon visits in use: whoever was done before has left nothing behind, and numbers are given once a day', () => {
    const db = databaseAt(26)
    insertRow(db, 'staff_members', { id: 's' })
    insertRow(db, 'user_accounts', { id: 'u', staff_id: 's', user_name: 'u' })
    insertRow(db, 'patients', { id: 'p', sex: 'female', mrn: 1000 })
    insertRow(db, 'rooms', { id: 'r', kind: 'exam' })
    const visit = (id: string, hour: number): void => insertRow(db, 'appointments', { id, patient_id: 'p', provider_id: 's', booked_by: 'u', status: 'fulfilled', starts_at: `2026-11-17T1${hour}:00:00.000Z`, ends_at: `2026-11-17T1${hour}:30:00.000Z` })
    visit('a', 5)
    visit('b', 6)
    migrate(db, migrations, 27)
    expect(schemaVersion(db)).toBe(27)
    expect(db.$client.prepare('select id, left_at from appointments order by id').all()).toEqual([{ id: 'a', left_at: null }, { id: 'b', left_at: null }])
    const ticket = (id: string, more: Given = {}): void => insertRow(db, 'queue_tickets', { id, appointment_id: 'a', day: '2026-11-17', letter: 'A', number: 1, given_by: 'u', ...more })
    ticket('one')
    expect(() => ticket('two', { appointment_id: 'b' })).toThrow(/UNIQUE/)
    expect(() => ticket('two', { number: 2 })).toThrow(/UNIQUE/)
    expect(() => ticket('two', { appointment_id: 'b', number: 0 })).toThrow(/CHECK/)
    expect(() => ticket('two', { appointment_id: 'nobody', number: 2 })).toThrow(/FOREIGN KEY/)
    ticket('two', { appointment_id: 'b', letter: 'B' })
    insertRow(db, 'queue_letters', { device_id: 'd', letter: 'A' })
    expect(() => insertRow(db, 'queue_letters', { device_id: 'e', letter: 'A' })).toThrow(/UNIQUE/)
    const settings = (more: Given): void => insertRow(db, 'flow_settings', { id: 'clinic', amber_min: 15, red_min: 30, display_shows: 'number', has_chime: 0, ...more })
    expect(() => settings({ display_shows: 'name' })).toThrow(/CHECK/)
    expect(() => settings({ red_min: 15 })).toThrow(/CHECK/)
    settings({})
    insertRow(db, 'queue_calls', { id: 'c', appointment_id: 'a', room_id: 'r', code: 'A1', initials: 'ML', called_by: 'u' })
    expect(() => insertRow(db, 'queue_calls', { id: 'd', appointment_id: 'a', room_id: 'nowhere', called_by: 'u' })).toThrow(/FOREIGN KEY/)
  })
})
