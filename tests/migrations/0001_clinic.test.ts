import { beforeEach, describe, expect, it } from 'vitest'
import { getTableColumns } from 'drizzle-orm'
import { clinic, rooms, series, sessions, staffMembers, userAccounts, userRoles } from '#drizzle/schema/clinic.ts'
import { migrate, schemaVersion } from '#main/core/db/migrate.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { databaseAt, insertRow, migrations } from '#tests/support/database.ts'

let db: WriteDb

beforeEach(() => {
  db = databaseAt(0)
})

const at = '2026-11-17T15:00:00.000Z'
/** Columns that came with a later step; its own test is about them. */
const later = ['second_factor', 'door_id', 'token_hash', 'proof', 'proved_at', 'full_sign_in_at', 'last_seen_at', 'must_enrol', 'is_privacy_officer', 'reset_by', 'reset_at', 'letter']
const staff = { id: 's1', familyName: 'Haddad', givenName: 'Amira', isProvider: true, isActive: true, sortOrder: 1, createdAt: at }

describe('0001 clinic', () => {
  it('makes the tables of the clinic in an empty file', () => {
    expect(schemaVersion(db)).toBe(0)
    migrate(db, migrations, 1)
    expect(schemaVersion(db)).toBe(1)
    for (const [name, table] of Object.entries({ clinic, series, staff_members: staffMembers, user_accounts: userAccounts, user_roles: userRoles, sessions, rooms })) {
      const columns = (db.$client.pragma(`table_info(${name})`) as { name: string }[]).map((column) => column.name) // SQLite's own columns.
      expect(columns.toSorted()).toEqual(Object.values(getTableColumns(table)).map((column) => column.name).filter((column) => !later.includes(column)).toSorted())
    }
  })

  it('gives a user name once and for ever, and knows only our roles and papers', () => {
    migrate(db, migrations, 1)
    db.insert(staffMembers).values(staff).run()
    insertRow(db, 'user_accounts', { id: 'u1', staff_id: 's1', user_name: 'haddad' })
    expect(() => insertRow(db, 'user_accounts', { id: 'u2', staff_id: 's1', user_name: 'haddad' })).toThrow(/UNIQUE/)
    expect(() => db.insert(userRoles).values({ userId: 'u1', role: 'owner' }).run()).toThrow(/CHECK/)
    expect(() => db.insert(userRoles).values({ userId: 'nobody', role: 'doctor' }).run()).toThrow(/FOREIGN KEY/)
    expect(() => insertRow(db, 'clinic', { id: 'c', paper: 'legal' })).toThrow(/CHECK/)
    insertRow(db, 'clinic', { id: 'c', paper: 'a4' })
  })

  it('leaves nothing of itself when it fails half way', () => {
    const broken = [{ version: 1, title: 'clinic', sql: `${migrations[0]?.sql ?? ''};\nCREATE TABLE clinic (id text);` }]
    expect(() => migrate(db, broken)).toThrow()
    expect(schemaVersion(db)).toBe(0)
    expect(db.$client.prepare('select count(*) from sqlite_master').pluck().get()).toBe(0)
    migrate(db, migrations)
    expect(schemaVersion(db)).toBe(migrations.length)
  })

  it('refuses a file of a later release and changes nothing in it', () => {
    migrate(db, migrations)
    db.$client.pragma(`user_version=${migrations.length + 3}`)
    expect(() => migrate(db, migrations)).toThrow('DATABASE_NEWER')
    expect(schemaVersion(db)).toBe(migrations.length + 3)
  })
})
