import { describe, expect, it } from 'vitest'
import { migrate, schemaVersion } from '#main/core/db/migrate.ts'
import { databaseAt, insertRow, migrations, type Given } from '#tests/support/database.ts'

describe('0021 wait list', () => {
  it('comes upon appointments in use, and takes only entries that make sense', () => {
    const db = databaseAt(20)
    insertRow(db, 'staff_members', { id: 's' })
    insertRow(db, 'user_accounts', { id: 'u', staff_id: 's', user_name: 'u' })
    insertRow(db, 'patients', { id: 'p', sex: 'female', mrn: 1000 })
    insertRow(db, 'appointments', { id: 'a', patient_id: 'p', provider_id: 's', booked_by: 'u', status: 'booked', starts_at: '2026-11-17T15:00:00.000Z', ends_at: '2026-11-17T15:30:00.000Z' })
    migrate(db, migrations, 21)
    expect(schemaVersion(db)).toBe(21)
    const add = (id: string, more: Given = {}): void =>
      insertRow(db, 'wait_list_entries', { id, patient_id: 'p', created_by: 'u', status: 'waiting', duration_min: 15, weekdays: 127, from_min: 0, to_min: 1440, notice_min: 0, is_urgent: 0, ...more })
    add('one', { appointment_id: 'a' })
    expect(() => add('two', { status: 'maybe' })).toThrow(/CHECK/)
    expect(() => add('two', { offer: 'maybe' })).toThrow(/CHECK/)
    expect(() => add('two', { from_min: 600, to_min: 540 })).toThrow(/CHECK/)
    expect(() => add('two', { status: 'filled' })).toThrow(/CHECK/)
    expect(() => add('two', { patient_id: 'nobody' })).toThrow(/FOREIGN KEY/)
    add('two', { status: 'filled', filled_id: 'a' })
  })
})
