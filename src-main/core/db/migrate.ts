import fs from 'node:fs'
import path from 'node:path'
import { assert } from '#shared/kernel/assert.ts'
import { refuse } from '#shared/rpc/errors.ts'
import type { ReadDb, WriteDb } from './types.ts'

export interface Migration {
  version: number
  title: string
  sql: string
}

/** Reads `NNNN_title.sql` in order; the numbers must be 1, 2, 3 without a gap. */
export function readMigrations(folder: string): Migration[] {
  const files = fs.readdirSync(folder).filter((name) => name.endsWith('.sql')).sort()
  return files.map((name, at) => {
    const match = /^(\d{4})_([a-z0-9_]+)\.sql$/.exec(name)
    assert(match?.[1] && match[2] && Number(match[1]) === at + 1, `migration ${name} is out of order`)
    return { version: at + 1, title: match[2], sql: fs.readFileSync(path.join(folder, name), 'utf8') }
  })
}

export function schemaVersion(db: ReadDb): number {
  return db.$client.pragma('user_version', { simple: true }) as number // The pragma answers with an integer.
}

/**
 * Brings the database to the newest version, each step in a transaction of its own.
 * Refuses with DATABASE_NEWER when a later release has written it.
 */
export function migrate(db: WriteDb, migrations: readonly Migration[], upTo = migrations.length): void {
  const from = schemaVersion(db)
  if (from > migrations.length) throw refuse('DATABASE_NEWER', { found: from, known: migrations.length })
  for (const step of migrations.slice(from, upTo)) {
    db.$client.transaction(() => {
      db.$client.exec(step.sql)
      db.$client.pragma(`user_version=${step.version}`)
    }).immediate()
  }
}
