import fs from 'node:fs'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { clinic } from '#drizzle/schema/clinic.ts'
import { assert } from '#shared/kernel/assert.ts'
import type { Topic } from '#shared/rpc/define.ts'
import { migrate, readMigrations } from './db/migrate.ts'
import { closeDb, openDb } from './db/open.ts'
import type { ReadDb, WriteDb } from './db/types.ts'
import { hasKeyring } from './keys/keyring.ts'

export type VaultState = 'empty' | 'closed' | 'open'

/**
 * The data folder's database: `empty` before set-up, `closed` while no one has given a key since the start, `open` after.
 * One writer and one reader connection; the raw key is kept to hand to a restarted core.
 */
export class Vault {
  readonly folder: string
  readonly #migrationsFolder: string
  #open: { writer: WriteDb; reader: WriteDb; dataKey: Uint8Array } | undefined
  #zone: string | undefined

  constructor(folder: string, migrationsFolder: string) {
    this.folder = folder
    this.#migrationsFolder = migrationsFolder
  }

  get file(): string {
    return path.join(this.folder, 'cairn.db')
  }

  get state(): VaultState {
    if (this.#open) return 'open'
    return hasKeyring(this.folder) ? 'closed' : 'empty'
  }

  get writer(): WriteDb {
    assert(this.#open, 'the database is open')
    return this.#open.writer
  }

  get reader(): ReadDb {
    assert(this.#open, 'the database is open')
    return this.#open.reader
  }

  get dataKey(): Uint8Array | undefined {
    return this.#open?.dataKey
  }

  /** The clinic's time zone; UTC only while set-up has not written the clinic yet. */
  get zone(): string {
    this.#zone ??= this.reader.select({ zone: clinic.timeZone }).from(clinic).limit(1).get()?.zone
    return this.#zone ?? 'UTC'
  }

  forgetCaches(topics: readonly Topic[]): void {
    if (topics.includes('clinic')) this.#zone = undefined
  }

  /** Opens (or creates) the database with its key and brings it to the newest version. */
  open(dataKey: Uint8Array): void {
    if (this.#open) return
    fs.mkdirSync(this.folder, { recursive: true, mode: 0o700 })
    const writer = openDb({ path: this.file, key: dataKey })
    try {
      migrate(writer, readMigrations(this.#migrationsFolder))
      this.#open = { writer, reader: openDb({ path: this.file, key: dataKey, readonly: true }), dataKey }
    } catch (error) {
      closeDb(writer)
      throw error
    }
  }

  /** Deletes what a set-up that was cut off left behind: a database whose key was never written down opens for no one. */
  removeUnfinished(): void {
    assert(this.state === 'empty', 'only an unfinished set-up is removed')
    for (const end of ['', '-wal', '-shm']) fs.rmSync(this.file + end, { force: true })
  }

  /** Every page's checksum and the structure (`quick_check`); empty when all is well. Linear in the size of the file. */
  findDamage(): string[] {
    const rows = this.writer.all<{ quick_check: string }>(sql`pragma quick_check(20)`)
    return rows.map((row) => row.quick_check).filter((line) => line !== 'ok')
  }

  close(): void {
    if (!this.#open) return
    closeDb(this.#open.reader as WriteDb) // It was opened by us; only its type is narrower.
    closeDb(this.#open.writer)
    this.#open = undefined
    this.#zone = undefined
  }
}
