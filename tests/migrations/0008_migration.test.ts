import { beforeEach, describe, expect, it } from 'vitest'
import { migrate, schemaVersion } from '#main/core/db/migrate.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { databaseAt, migrations } from '#tests/support/database.ts'

const AT = '2026-11-17T14:00:00.000Z'

let db: WriteDb

beforeEach(() => {
  db = databaseAt(7)
  db.$client.exec(`
    insert into staff_members (id, family_name, given_name, is_provider, is_active, sort_order, created_at) values ('s1', 'Brandt', 'Olive', 0, 1, 1, '${AT}');
    insert into user_accounts (id, staff_id, user_name, login_hash, created_at) values ('u1', 's1', 'brandt', 'x', '${AT}');
  `)
})

const run = (id: string, { kind = 'fhir', status = 'running', by = 'u1' } = {}): void =>
  void db.$client.prepare(`insert into import_runs (id, kind, file_hash, started_at, started_by, status, lines_done, counts) values (?, ?, 'h', '${AT}', ?, ?, 0, '{}')`).run(id, kind, by, status)

describe('0008 migration', () => {
  it('comes upon a clinic with people, keeps them and puts imports on record', () => {
    migrate(db, migrations, 8)
    run('r1')
    db.$client.exec(`insert into import_skips (run_id, line, reason) values ('r1', 7, 'INVALID NOT_JSON')`)
    expect([schemaVersion(db), db.$client.prepare('select count(*) from user_accounts').pluck().get(), db.$client.pragma('foreign_key_check')]).toEqual([8, 1, []])
  })

  it.each([
    ['a kind that there is not', () => run('r1', { kind: 'fax' }), /CHECK/],
    ['a status that there is not', () => run('r1', { status: 'lost' }), /CHECK/],
    ['a person who is not there', () => run('r1', { by: 'nobody' }), /FOREIGN KEY/],
    ['a skip without its run', () => db.$client.exec(`insert into import_skips (run_id, line, reason) values ('r9', 7, 'x')`), /FOREIGN KEY/],
  ])('refuses %s', (_what, insert, error) => {
    migrate(db, migrations, 8)
    expect(insert).toThrow(error)
  })
})
