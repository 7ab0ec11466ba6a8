import { beforeEach, describe, expect, it } from 'vitest'
import { migrate, schemaVersion } from '#main/core/db/migrate.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { databaseAt, insertRow, migrations } from '#tests/support/database.ts'

let db: WriteDb
const AT = '2026-11-17T08:00:00.000Z'

beforeEach(() => {
  db = databaseAt(10)
  insertRow(db, 'staff_members', { id: 's1' })
  insertRow(db, 'user_accounts', { id: 'u1', staff_id: 's1' })
  insertRow(db, 'sessions', { id: 'a', user_id: 'u1', started_at: AT })
})

describe('0011 sign in', () => {
  it.each([[0, 'required'], [1, 'optional']])('asks a clinic for two factors unless it is a demo (%i: %s), and keeps the sessions', (isDemo, policy) => {
    insertRow(db, 'clinic', { id: 'c', is_demo: isDemo, paper: 'a4' })
    migrate(db, migrations, 11)
    expect(schemaVersion(db)).toBe(11)
    expect(db.$client.prepare('select second_factor from clinic').pluck().get()).toBe(policy)
    expect(db.$client.prepare('select proof, proved_at, full_sign_in_at, last_seen_at, must_enrol, token_hash from sessions').get()).toEqual({
      proof: 'full', proved_at: AT, full_sign_in_at: AT, last_seen_at: AT, must_enrol: 0, token_hash: null,
    })
    expect(() => db.$client.exec(`update clinic set second_factor = 'never'`)).toThrow(/CHECK/)
  })

  it('R20: lets no counter come again, no printed code be used twice, and no PIN have a sixth try', () => {
    migrate(db, migrations, 11)
    db.$client.exec(`insert into second_factors values ('u1', 'S', 10, '${AT}'); insert into one_time_codes values ('u1', 'h', null); insert into user_pins values ('u1', 'h', 's', 5, '${AT}')`)
    db.$client.exec('update second_factors set last_counter = 11')
    for (const counter of [11, 10]) expect(() => db.$client.exec(`update second_factors set last_counter = ${counter}`)).toThrow('CODE_REFUSED')
    db.$client.exec(`update one_time_codes set used_at = '${AT}'`)
    expect(() => db.$client.exec('update one_time_codes set used_at = null')).toThrow('CODE_REFUSED')
    expect(() => db.$client.exec('update user_pins set fails = 6')).toThrow(/CHECK/)
    expect(() => db.$client.exec(`insert into seen_clock values (2, '${AT}')`)).toThrow(/CHECK/)
  })
})
