import { beforeEach, describe, expect, it } from 'vitest'
import { migrate, schemaVersion } from '#main/core/db/migrate.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { databaseAt, insertRow, migrations } from '#tests/support/database.ts'

let db: WriteDb
const sql = (text: string): void => void db.$client.exec(text)
const AT = '2026-11-17T15:00:00.000Z'

beforeEach(() => {
  db = databaseAt(12)
  for (const id of ['anna', 'ben']) {
    insertRow(db, 'staff_members', { id: `s-${id}` })
    insertRow(db, 'user_accounts', { id, staff_id: `s-${id}`, user_name: id })
    sql(`insert into user_roles values ('${id}', 'administrator'), ('${id}', 'nurse')`)
  }
  migrate(db, migrations, 13)
})

const ask = (id: string, more: object = {}): void => insertRow(db, 'approvals', { id, procedure: 'billing.refund', input: '{}', status: 'open', requested_by: 'anna', requested_at: AT, expires_at: AT, ...more })

describe('0013 approvals', () => {
  it('comes upon accounts in use and leaves them as they were', () => {
    expect(schemaVersion(db)).toBe(13)
    expect(db.$client.prepare('select id from user_accounts order by id').all()).toEqual([{ id: 'anna' }, { id: 'ben' }])
  })

  it('keeps the request as it was asked, two people apart, and a decision for good', () => {
    ask('one')
    expect(() => ask('two', { status: 'maybe' })).toThrow(/CHECK/)
    expect(() => ask('two', { decided_by: 'anna' })).toThrow(/CHECK/)
    expect(() => ask('two', { status: 'done' })).toThrow(/CHECK/)
    expect(() => sql("update approvals set reason = 'y'")).toThrow('APPROVALS_ARE_KEPT')
    expect(() => sql(`update approvals set status = 'done', decided_by = 'anna', decided_at = '${AT}'`)).toThrow('OWN_REQUEST')
    sql(`update approvals set status = 'permitted', decided_by = 'ben', decided_at = '${AT}'`)
    expect(() => sql("update approvals set status = 'open'")).toThrow('APPROVAL_SETTLED')
    sql("update approvals set status = 'used'")
    expect(() => sql("update approvals set status = 'permitted'")).toThrow('APPROVAL_SETTLED')
    expect(() => sql('delete from approvals')).toThrow('APPROVALS_ARE_KEPT')
  })

  it('keeps the last administrator and everybody’s identity', () => {
    sql(`update user_accounts set disabled_at = '${AT}' where id = 'anna'`)
    expect(() => sql(`update user_accounts set disabled_at = '${AT}' where id = 'ben'`)).toThrow('LAST_ADMINISTRATOR')
    expect(() => sql("delete from user_roles where user_id = 'ben' and role = 'administrator'")).toThrow('LAST_ADMINISTRATOR')
    sql("delete from user_roles where user_id = 'ben' and role = 'nurse'")
    sql("delete from user_roles where user_id = 'anna' and role = 'administrator'")
    expect(() => sql("update user_accounts set user_name = 'carl'")).toThrow('ACCOUNTS_ARE_KEPT')
    expect(() => sql("delete from user_accounts where id = 'anna'")).toThrow('ACCOUNTS_ARE_KEPT')
  })
})
