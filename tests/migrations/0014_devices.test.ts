import { beforeEach, describe, expect, it } from 'vitest'
import { migrate, schemaVersion } from '#main/core/db/migrate.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { databaseAt, insertRow, migrations } from '#tests/support/database.ts'

let db: WriteDb

beforeEach(() => {
  db = databaseAt(13)
  insertRow(db, 'staff_members', { id: 's' })
  insertRow(db, 'user_accounts', { id: 'u', staff_id: 's' })
  insertRow(db, 'sessions', { id: 'one', user_id: 'u', started_at: '2026-11-17T15:00:00.000Z' })
  migrate(db, migrations, 14)
})

describe('0014 devices', () => {
  it('keeps the sessions that there were and finds the latest by an index', () => {
    expect(schemaVersion(db)).toBe(14)
    expect(db.$client.prepare('select id from sessions').pluck().all()).toEqual(['one'])
    const plan = db.$client.prepare('explain query plan select * from sessions order by started_at desc limit 10').all() as { detail: string }[] // SQLite's own columns.
    expect(plan.map((step) => step.detail).join(' ')).toContain('sessions_by_start')
  })

  it('takes a machine once, under a known profile, and lets none be taken off', () => {
    insertRow(db, 'devices', { id: 'a', profile: 'standalone' })
    expect(() => insertRow(db, 'devices', { id: 'a', profile: 'standalone' })).toThrow(/UNIQUE/)
    expect(() => insertRow(db, 'devices', { id: 'b', profile: 'toaster' })).toThrow(/CHECK/)
    expect(() => db.$client.exec('delete from devices')).toThrow('DEVICES_ARE_KEPT')
    expect(() => db.$client.exec("update devices set first_seen_at = 'y'")).toThrow('DEVICES_ARE_KEPT')
  })
})
