import { beforeEach, describe, expect, it } from 'vitest'
import { migrate, schemaVersion } from '#main/core/db/migrate.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { databaseAt, insertRow, migrations, type Given } from '#tests/support/database.ts'

const STEP = migrations.findIndex(({ title }) => title === 'series') + 1
const [TEN, HALF_PAST, ELEVEN] = ['2026-11-17T15:00:00.000Z', '2026-11-17T15:30:00.000Z', '2026-11-17T16:00:00.000Z']
let db: WriteDb
const book = (id: string, more: Given = {}): void =>
  insertRow(db, 'appointments', { id, patient_id: 'p', provider_id: 's', booked_by: 'u', status: 'booked', type_id: 't', starts_at: TEN, ends_at: HALF_PAST, ...more })

beforeEach(() => {
  db = databaseAt(STEP - 1)
  insertRow(db, 'staff_members', { id: 's' })
  insertRow(db, 'user_accounts', { id: 'u', staff_id: 's', user_name: 'u' })
  insertRow(db, 'patients', { id: 'p', sex: 'female', mrn: 1000 })
  insertRow(db, 'rooms', { id: 'r', kind: 'exam' })
  insertRow(db, 'appointment_types', { id: 't', colour: 'slate' })
  insertRow(db, 'appointments', { id: 'before', patient_id: 'p', provider_id: 's', booked_by: 'u', status: 'booked', starts_at: ELEVEN, ends_at: '2026-11-17T16:30:00.000Z' })
  migrate(db, migrations, STEP)
})

describe('series and groups', () => {
  it('comes upon appointments in use: each stays a visit of its own', () => {
    expect(schemaVersion(db)).toBe(STEP)
    expect(db.$client.prepare('select series_id, series_place, capacity from appointments').all()).toEqual([{ series_id: null, series_place: null, capacity: 1 }])
    expect(db.$client.pragma('foreign_key_check')).toEqual([])
  })

  it('refuses two visits of one time, and lets a group share it until its places are taken', () => {
    book('a', { capacity: 2, room_id: 'r' })
    expect(() => book('b')).toThrow('SLOT_TAKEN')
    expect(() => book('b', { capacity: 2, type_id: null })).toThrow('SLOT_TAKEN')
    expect(() => book('b', { capacity: 2, ends_at: ELEVEN })).toThrow('SLOT_TAKEN')
    book('b', { capacity: 2, room_id: 'r' })
    expect(() => book('c', { capacity: 2 })).toThrow('SLOT_TAKEN')
    book('c', { capacity: 2, status: 'cancelled' })
    expect(() => db.$client.exec(`update appointments set status = 'booked' where id = 'c'`)).toThrow('SLOT_TAKEN')
    db.$client.exec(`update appointments set status = 'cancelled' where id = 'a'; update appointments set status = 'booked' where id = 'c'`)
    expect(() => book('d', { capacity: 2, starts_at: HALF_PAST, ends_at: '2026-11-17T16:01:00.000Z' })).toThrow('SLOT_TAKEN')
  })

  it('knows a place only with its series, a series only of a patient, and no odd group or link', () => {
    insertRow(db, 'appointment_series', { id: 'x', patient_id: 'p', created_by: 'u', visits: 2 })
    book('a', { series_id: 'x', series_place: 1 })
    expect(() => book('b', { starts_at: HALF_PAST, ends_at: ELEVEN, series_id: 'x', series_place: null })).toThrow(/CHECK/)
    expect(() => book('b', { starts_at: HALF_PAST, ends_at: ELEVEN, series_id: 'y', series_place: 1 })).toThrow(/FOREIGN KEY/)
    expect(() => insertRow(db, 'appointment_series', { id: 'y', patient_id: 'nobody', created_by: 'u', visits: 2 })).toThrow(/FOREIGN KEY/)
    expect(() => insertRow(db, 'appointment_types', { id: 'u', colour: 'slate', capacity: 0 })).toThrow(/CHECK/)
    expect(() => insertRow(db, 'appointment_types', { id: 'u', colour: 'slate', telehealth_base: 'http://meet.example.org/' })).toThrow(/CHECK/)
  })
})
