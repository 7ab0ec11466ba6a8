import fs from 'node:fs'
import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { assert } from '#shared/kernel/assert.ts'
import { refuse } from '#shared/rpc/errors.ts'
import type { WriteDb } from './types.ts'

export interface OpenOptions {
  path: string
  /** 32 random bytes; the file is SQLCipher 4 with this raw key. */
  key: Uint8Array
  readonly?: boolean
  /** A new file that nobody knows of yet: no journal and no flushing, because a half-built one is thrown away. */
  building?: boolean
}

const PLAIN_HEADER = Buffer.from('SQLite format 3\0')

/**
 * The only place that opens the database. A file that begins with SQLite's plain header is refused: a forgotten key
 * would silently make a readable database. Refuses with DATABASE_DAMAGED where the key does not fit or a page is broken.
 */
export function openDb({ path, key, readonly = false, building = false }: OpenOptions): WriteDb {
  assert(key.length === 32, 'a data key has 32 bytes')
  if (startsPlain(path)) throw refuse('DATABASE_DAMAGED', { reason: 'not-encrypted' })
  const client = new Sqlite(path, { readonly })
  try {
    client.pragma(`cipher='sqlcipher'`)
    client.pragma(`legacy=4`)
    client.pragma(`key="x'${Buffer.from(key).toString('hex')}'"`)
    client.prepare('select count(*) from sqlite_master').get()
    applyPragmas(client, readonly, building)
  } catch (error) {
    client.close()
    throw damageOf(error)
  }
  return drizzle(client) as WriteDb // Drizzle's type leaves out the client it was given.
}

export function closeDb(db: WriteDb): void {
  db.$client.close()
}

/** Errors of the engine as codes of ours; anything else is passed on as it is. */
export function damageOf(error: unknown): unknown {
  const code = error instanceof Sqlite.SqliteError ? error.code : undefined
  if (code === undefined) return error
  if (code === 'SQLITE_FULL') return refuse('DISK_FULL')
  if (code.startsWith('SQLITE_IOERR') && code !== 'SQLITE_IOERR_READ' && code !== 'SQLITE_IOERR_SHORT_READ') return refuse('DISK_FULL')
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_IOERR')) return refuse('DATABASE_DAMAGED', { reason: 'unreadable' })
  return error
}

function applyPragmas(client: Sqlite.Database, readonly: boolean, building: boolean): void {
  if (building) {
    client.pragma('journal_mode=OFF')
    client.pragma('synchronous=OFF')
  } else if (!readonly) {
    client.pragma('journal_mode=WAL')
    client.pragma('synchronous=FULL')
  }
  client.pragma('foreign_keys=ON')
  // Without it REPLACE deletes a row that a trigger keeps: the log and the ledger would have a back door.
  client.pragma('recursive_triggers=ON')
  client.pragma('temp_store=MEMORY')
  client.pragma('trusted_schema=OFF')
  client.pragma('cache_size=-65536')
  client.pragma('busy_timeout=5000')
  if (readonly) client.pragma('query_only=ON')
}

function startsPlain(path: string): boolean {
  if (!fs.existsSync(path)) return false
  const file = fs.openSync(path, 'r')
  try {
    const head = Buffer.alloc(PLAIN_HEADER.length)
    fs.readSync(file, head, 0, head.length, 0)
    return head.equals(PLAIN_HEADER)
  } finally {
    fs.closeSync(file)
  }
}
