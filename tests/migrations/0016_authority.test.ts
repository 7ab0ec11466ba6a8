import { beforeEach, describe, expect, it } from 'vitest'
import { migrate, schemaVersion } from '#main/core/db/migrate.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { databaseAt, insertRow, migrations } from '#tests/support/database.ts'

let db: WriteDb

beforeEach(() => {
  db = databaseAt(15)
  insertRow(db, 'series', { name: 'invoice', next: 1_044 })
  insertRow(db, 'sync_outbox', { seq: 1, cid: 'a', state: 'pending' })
  migrate(db, migrations, 16)
})

const run = (sql: string) => db.$client.exec(sql)

describe('0016 authority', () => {
  it('lets the numbers go on where they were, and keeps what was unsent', () => {
    expect(schemaVersion(db)).toBe(16)
    expect(db.$client.prepare('select name, next, letter from series').all()).toEqual([{ name: 'invoice', next: 1_044, letter: '' }])
    expect(db.$client.prepare('select cid, is_salvaged from sync_outbox').all()).toEqual([{ cid: 'a', is_salvaged: 0 }])
    expect(db.$client.prepare('select standing, host_seen_at from sync_context').all()).toEqual([{ standing: 'good', host_seen_at: null }])
    expect(() => run(`update sync_context set standing = 'fine'`)).toThrow(/CHECK/)
  })

  it('has one authority and one key of its own', () => {
    insertRow(db, 'clinic_authority', { id: 'clinic' })
    insertRow(db, 'authority_keys', { id: 'clinic' })
    insertRow(db, 'signing_keys', { id: 'machine' })
    for (const table of ['clinic_authority', 'authority_keys', 'signing_keys']) expect(() => insertRow(db, table, { id: 'other' })).toThrow(/CHECK/)
  })

  it('gives an epoch one host for ever', () => {
    insertRow(db, 'sync_epochs', { epoch: 2, host_id: 'b', fork_tx: 9 })
    run(`update sync_epochs set certificate = 'the same, once more'`)
    expect(() => run(`update sync_epochs set host_id = 'c'`)).toThrow('EPOCHS_ARE_KEPT')
    expect(() => run('update sync_epochs set fork_tx = 1')).toThrow('EPOCHS_ARE_KEPT')
    expect(() => run('delete from sync_epochs')).toThrow('EPOCHS_ARE_KEPT')
  })
})
