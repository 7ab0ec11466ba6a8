import { beforeEach, describe, expect, it } from 'vitest'
import { getTableColumns } from 'drizzle-orm'
import { carriedLogins } from '#drizzle/schema/authority.ts'
import { migrate, schemaVersion } from '#main/core/db/migrate.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { databaseAt, insertRow, migrations } from '#tests/support/database.ts'

let db: WriteDb

beforeEach(() => {
  db = databaseAt(16)
  insertRow(db, 'members', { id: 'm1', profile: 'standby' })
  migrate(db, migrations, 17)
})

describe('0017 carried logins', () => {
  it('makes a place for how a password is judged elsewhere, once for each person', () => {
    expect(schemaVersion(db)).toBe(17)
    const columns = (db.$client.pragma('table_info(carried_logins)') as { name: string }[]).map((column) => column.name) // SQLite's own columns.
    expect(columns.toSorted()).toEqual(Object.values(getTableColumns(carriedLogins)).map((column) => column.name).toSorted())
    insertRow(db, 'carried_logins', { user_id: 'u1' })
    expect(() => insertRow(db, 'carried_logins', { user_id: 'u1' })).toThrow(/UNIQUE/)
  })

  it('knows no host’s version and no standby’s address yet', () => {
    expect(db.$client.prepare('select host_schema from sync_context').all()).toEqual([{ host_schema: 0 }])
    expect(db.$client.prepare('select address from members').all()).toEqual([{ address: null }])
  })
})
