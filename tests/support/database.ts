import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach } from 'vitest'
import { migrate, readMigrations } from '#main/core/db/migrate.ts'
import { closeDb, openDb } from '#main/core/db/open.ts'
import type { WriteDb } from '#main/core/db/types.ts'

export const migrations = readMigrations(path.resolve(import.meta.dirname, '../../drizzle/migrations'))

const open: { db: WriteDb; folder: string }[] = []
afterEach(() => {
  for (const { db, folder } of open.splice(0)) {
    closeDb(db)
    fs.rmSync(folder, { recursive: true, force: true })
  }
})

/** A new encrypted database as a release with that many migrations left it; it goes with the test. */
export function databaseAt(version: number): WriteDb {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-migration-'))
  const db = openDb({ path: path.join(folder, 'clinic.db'), key: new Uint8Array(32).fill(7) })
  open.push({ db, folder })
  migrate(db, migrations, version)
  return db
}

export type Given = Record<string, string | number | null>

/** Fills the columns that must not be empty and that the test does not care about. */
export function insertRow(db: WriteDb, table: string, given: Given): void {
  const columns = db.$client.pragma(`table_info(${table})`) as { name: string; type: string; notnull: number; pk: number; dflt_value: unknown }[] // SQLite's own columns.
  const needed = columns.filter((column) => column.notnull && column.dflt_value === null && !(column.pk && column.type === 'INTEGER')).map(({ name, type }) => [name, type === 'INTEGER' ? 1 : 'x'])
  const row = { ...Object.fromEntries(needed), ...given }
  const names = Object.keys(row)
  db.$client.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((name) => `:${name}`).join(', ')})`).run(row)
}
