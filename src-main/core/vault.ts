import fs from 'node:fs'
import path from 'node:path'
import { setImmediate as nextTick } from 'node:timers/promises'
import { clinic as clinicTable } from '#drizzle/schema/clinic.ts'
import { Clinic } from '#shared/domains/clinic/model.ts'
import { assert } from '#shared/kernel/assert.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { Topic } from '#shared/rpc/define.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { checkDatabase } from './db/damage.ts'
import { migrate, readMigrations, schemaVersion } from './db/migrate.ts'
import { closeDb, openDb } from './db/open.ts'
import { readerOf } from './db/reading.ts'
import type { ReadDb, WriteDb } from './db/types.ts'
import { removeCapture } from './sync/capture.ts'
import { hasKeyring } from './keys/keyring-files.ts'

export type VaultState = 'empty' | 'closed' | 'open'

interface Opened {
  db: WriteDb
  reader: ReadDb
  dataKey: Uint8Array
}

/**
 * The data folder's database: `empty` before set-up, `closed` while no one has given a key since the start, `open` after.
 * One connection for both: a second one would lose its page cache at each commit of the first, and decrypting the same
 * pages again costs more than the query. What a query gets of it runs nothing that writes. The raw key is kept to hand
 * to a restarted core.
 */
export class Vault {
  readonly folder: string
  readonly #migrationsFolder: string
  readonly #onOpen: (db: WriteDb) => void
  #open: Opened | undefined
  #clinic: Clinic | undefined
  #isDamaged = false
  #isBuilding = false
  #checked: { at: Instant; isWhole: boolean } | undefined

  constructor(folder: string, migrationsFolder: string, onOpen: (db: WriteDb) => void = () => {}) {
    this.folder = folder
    this.#migrationsFolder = migrationsFolder
    this.#onOpen = onOpen
  }

  get file(): string {
    return path.join(this.folder, 'cairn.db')
  }

  get state(): VaultState {
    if (this.#open) return 'open'
    return hasKeyring(this.folder) ? 'closed' : 'empty'
  }

  get writer(): WriteDb {
    return this.#opened.db
  }

  get reader(): ReadDb {
    return this.#opened.reader
  }

  get #opened(): Opened {
    assert(this.#open, 'the database is open')
    return this.#open
  }

  /** The last time every page was read since the start. */
  get lastCheck(): { at: Instant; isWhole: boolean } | undefined {
    return this.#checked
  }

  get dataKey(): Uint8Array | undefined {
    return this.#open?.dataKey
  }

  /** Whose records these are: every call needs the time zone, every window the name. Read once, and again after a change. */
  get clinic(): Clinic | undefined {
    if (this.#clinic) return this.#clinic
    const row = this.#open?.db.select().from(clinicTable).limit(1).get()
    this.#clinic = row && Clinic.parse(row)
    return this.#clinic
  }

  /** The clinic's time zone; UTC only while set-up has not written the clinic yet. */
  get zone(): string {
    return this.clinic?.timeZone ?? 'UTC'
  }

  forgetCaches(topics: readonly Topic[]): void {
    if (topics.includes('clinic')) this.#clinic = undefined
  }

  /** Opens (or creates) the database with its key and brings it to the newest version. */
  open(dataKey: Uint8Array): void {
    if (this.#open) return
    if (this.#isDamaged) throw refuse('DATABASE_DAMAGED', { reason: 'unreadable' })
    fs.mkdirSync(this.folder, { recursive: true, mode: 0o700 })
    const db = openDb({ path: this.file, key: dataKey })
    try {
      const migrations = readMigrations(this.#migrationsFolder)
      // A migration changes rows as it must; what watches changes is set up again by `onOpen`.
      if (schemaVersion(db) < migrations.length) removeCapture(db.$client)
      migrate(db, migrations)
      // Before anybody can write: the activity log's chain begins with the database.
      this.#onOpen(db)
      this.#open = { db, reader: readerOf(db), dataKey }
    } catch (error) {
      closeDb(db)
      throw error
    }
  }

  /**
   * Writes a new database before anyone can open it, piece by piece, so that the core stays awake. The pieces are not
   * atomic together; the keyring is, which the caller writes last: until then the folder counts as empty. What fails or
   * is stopped half way is removed at once, what was cut off by the power at the next attempt.
   */
  async *build<T>(dataKey: Uint8Array, work: (db: WriteDb) => AsyncGenerator<T>): AsyncGenerator<T> {
    if (this.state !== 'empty') throw refuse('ALREADY_SET_UP')
    if (this.#isBuilding) throw refuse('SETUP_RUNNING')
    this.#isBuilding = true
    let isDone = false
    try {
      fs.mkdirSync(this.folder, { recursive: true, mode: 0o700 })
      this.removeUnfinished()
      const db = openDb({ path: this.file, key: dataKey, building: true })
      try {
        const migrations = readMigrations(this.#migrationsFolder)
        for (const { version } of migrations) {
          migrate(db, migrations, version)
          await nextTick()
        }
        yield* work(db)
      } finally {
        closeDb(db)
      }
      await flush(this.file)
      isDone = true
    } finally {
      if (!isDone) this.removeUnfinished()
      this.#isBuilding = false
    }
  }

  /** Deletes what a set-up that was cut off left behind: a database whose key was never written down opens for no one. */
  removeUnfinished(): void {
    assert(this.state === 'empty', 'only an unfinished set-up is removed')
    for (const end of ['', '-wal', '-shm']) fs.rmSync(this.file + end, { force: true })
  }

  /**
   * Reads every page in the background and waits for it at most `waitMs`: a small clinic knows before the first screen,
   * a large one goes on working meanwhile. Where something is broken the database is closed and stays closed.
   * Resolves true when the check has found the file whole, undefined when it is still reading.
   */
  async check(waitMs: number, onDamage: () => void, now: () => Instant): Promise<boolean | undefined> {
    const opened = this.#open
    assert(opened, 'the database is open')
    const reading = checkDatabase(this.file, opened.dataKey).then((found) => {
      this.#checked = { at: now(), isWhole: found.length === 0 }
      if (found.length === 0) return true
      if (this.#open === opened) this.giveUp()
      onDamage()
      return false
    })
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), waitMs)))
    return Promise.race([reading, patience]).finally(() => clearTimeout(timer))
  }

  /** A page could not be read: nothing more is answered from this file until it is restored. */
  giveUp(): void {
    this.#isDamaged = true
    this.close()
  }

  /**
   * Closes the file, lets `work` put another in its place, and opens that with its key; all in one step, so that nothing
   * can be written in between. The folder's log is empty while `work` runs. When it fails the file is opened as it was.
   */
  exchange(dataKey: Uint8Array, work: () => void): void {
    const before = this.#open
    assert(before, 'the database is open')
    closeDb(before.db)
    this.#open = undefined
    try {
      const log = fs.statSync(`${this.file}-wal`, { throwIfNoEntry: false })
      if (log && log.size > 0) throw refuse('DATA_KEY_BUSY')
      work()
    } finally {
      // Whichever file lies there now: a failure may have come before the exchange or after it.
      this.#open = this.#openWith(dataKey) ?? this.#openWith(before.dataKey)
    }
    assert(this.#open, 'one of the two keys opens the file')
  }

  #openWith(dataKey: Uint8Array): Opened | undefined {
    try {
      const db = openDb({ path: this.file, key: dataKey })
      return { db, reader: readerOf(db), dataKey }
    } catch {
      return undefined
    }
  }

  /** From here on the file stays as it is and everything new goes to the log beside it, until `exchange` or `releaseFile`. */
  freezeFile(): void {
    const client = this.writer.$client
    const [result] = client.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[] // SQLite's own columns.
    if (result?.busy !== 0) throw refuse('DATA_KEY_BUSY')
    client.pragma('wal_autocheckpoint=0')
  }

  releaseFile(): void {
    if (this.#open) this.writer.$client.pragma('wal_autocheckpoint=1000')
  }

  close(): void {
    if (!this.#open) return
    closeDb(this.#open.db)
    this.#open = undefined
    this.#clinic = undefined
  }
}

/** The file is on the disk before anything says that it is there. */
async function flush(file: string): Promise<void> {
  const handle = await fs.promises.open(file, 'r+')
  await handle.sync().finally(() => handle.close())
}
