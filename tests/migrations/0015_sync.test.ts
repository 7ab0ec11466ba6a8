import { beforeEach, describe, expect, it } from 'vitest'
import { migrate, schemaVersion } from '#main/core/db/migrate.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { databaseAt, insertRow, migrations } from '#tests/support/database.ts'

let db: WriteDb

beforeEach(() => {
  db = databaseAt(14)
  insertRow(db, 'patients', { id: 'p', mrn: 1, search_names: 'okoro ada', sex: 'female' })
  migrate(db, migrations, 15)
})

const run = (sql: string) => db.$client.exec(sql)

describe('0015 sync', () => {
  it('keeps the patients that there were, and this machine is alone', () => {
    expect(schemaVersion(db)).toBe(15)
    expect(db.$client.prepare('select id from patients').pluck().all()).toEqual(['p'])
    expect(db.$client.prepare('select role, mode, epoch, next_tx, next_seq from sync_context').all()).toEqual([{ role: 'alone', mode: 0, epoch: 0, next_tx: 1, next_seq: 1 }])
    expect(() => run(`insert into sync_context select 2, role, mode, profile, epoch, next_tx, cursor, chains, next_seq, durable_tx, sent_event, host_name, has_unknown_rows from sync_context`)).toThrow(/CHECK/)
    expect(() => run(`update sync_context set role = 'emperor'`)).toThrow(/CHECK/)
  })

  it('changes nothing in the feed and in the outcomes of commands', () => {
    insertRow(db, 'sync_feed', { seq: 1, tx: 1, scope: 'admin', table_name: 'patients', pk: '["p"]', op: 'put', data: '{}' })
    insertRow(db, 'sync_feed_tx', { tx: 1, chains: '{}' })
    insertRow(db, 'sync_applied', { device_id: 'd', seq: 1, cid: 'c' })
    for (const sql of [`update sync_feed set data = '{"x":1}'`, `update sync_feed_tx set chains = 'y'`, `update sync_applied set outcome = 'z'`, 'delete from sync_applied']) expect(() => run(sql)).toThrow('FEED_IS_APPEND_ONLY')
    expect(() => insertRow(db, 'sync_applied', { device_id: 'e', seq: 1, cid: 'c' })).toThrow(/UNIQUE/)
  })

  it('lets no command go before the host has confirmed it and it is safe elsewhere', () => {
    insertRow(db, 'sync_outbox', { seq: 1, cid: 'a', state: 'pending', feed_to: null })
    expect(() => run('delete from sync_outbox')).toThrow('OUTBOX_IS_KEPT')
    expect(() => run(`update sync_outbox set input = 'other'`)).toThrow('OUTBOX_IS_KEPT')
    run(`update sync_outbox set state = 'archived', feed_to = 7`)
    expect(() => run('delete from sync_outbox')).toThrow('OUTBOX_IS_KEPT')
    run('update sync_context set durable_tx = 7')
    run('delete from sync_outbox')
  })

  it('keeps what waits for a person, and every machine that was paired; a revoked one stays so', () => {
    insertRow(db, 'sync_attention', { id: 'a', kind: 'refused' })
    expect(() => run('delete from sync_attention')).toThrow('ATTENTION_IS_KEPT')
    insertRow(db, 'members', { id: 'm', profile: 'clinical', fingerprint: 'f', revoked_at: null })
    expect(() => run('delete from members')).toThrow('MEMBERS_ARE_KEPT')
    run(`update members set revoked_at = 'then'`)
    expect(() => run('update members set revoked_at = null')).toThrow('MEMBER_IS_REVOKED')
  })

  it('takes a registration out of the search when it is taken back', () => {
    run(`drop trigger patients_no_delete`)
    const found = () => db.$client.prepare(`select rowid from patient_search where patient_search match 'okoro'`).pluck().all()
    expect(found()).toEqual([1])
    run('delete from patients')
    expect(found()).toEqual([])
  })
})
