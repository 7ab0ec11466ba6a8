import fs from 'node:fs'
import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { closeDb, openDb } from '#main/core/db/open.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { weave, type Weather } from './weather.ts'

/**
 * A machine's database, which outlives its crashes. Its content is put back as one piece between schedules, so that the
 * connection and its prepared statements are made once in a process: SQLite sees by the file's own counter that it is
 * another one and reads it anew.
 */
export interface Disk {
  readonly file: string
  /** Empty where it is not encrypted. */
  readonly key: Uint8Array
  readonly db: WriteDb
  readonly weather: Weather
  /** The whole content as it is committed. */
  image(): Buffer
  load(image: Buffer): void
  close(): void
}

/** Fast: no encryption and no flushing. Lies on a memory disk where there is one. */
export function plainDisk(file: string): Disk {
  fs.writeFileSync(file, '')
  const client = new Sqlite(file)
  for (const pragma of ['journal_mode=MEMORY', 'synchronous=OFF', 'foreign_keys=ON', 'recursive_triggers=ON', 'temp_store=MEMORY', 'trusted_schema=OFF', 'cache_size=-65536']) client.pragma(pragma)
  const weather = weave(client)
  const db = drizzle(client) as WriteDb // Drizzle's type leaves out the client it was given.
  return {
    file, db, weather, key: new Uint8Array(),
    image: () => fs.readFileSync(file),
    load: (image) => {
      fs.writeFileSync(file, markedAnew(image), { flag: 'r+' })
      fs.truncateSync(file, image.length)
    },
    close: () => {
      client.close()
      fs.rmSync(file, { force: true })
    },
  }
}

/** SQLite's file change counter (offset 24), of which its header keeps a second copy (offset 92). */
const COUNTERS = [24, 92] as const
let loads = 0x1000_0000

/** No content ever has the counter of another one, or a connection would take its cached pages for those of the new file. */
function markedAnew(image: Buffer): Buffer {
  const marked = Buffer.from(image)
  loads += 0x1_0000
  for (const offset of COUNTERS) marked.writeUInt32BE(loads >>> 0, offset)
  return marked
}

/** As in the product: encrypted, with its log and its flushes, opened anew after each exchange of the file. */
export function encryptedDisk(file: string, key: Uint8Array): Disk {
  let db = openDb({ path: file, key })
  let weather = weave(db.$client)
  return {
    file, key,
    get db() {
      return db
    },
    get weather() {
      return weather
    },
    image: () => {
      db.$client.pragma('wal_checkpoint(TRUNCATE)')
      return fs.readFileSync(file)
    },
    load: (image) => {
      closeDb(db)
      for (const ending of ['-wal', '-shm']) fs.rmSync(`${file}${ending}`, { force: true })
      fs.writeFileSync(file, image)
      db = openDb({ path: file, key })
      weather = weave(db.$client)
    },
    close: () => {
      closeDb(db)
      for (const ending of ['', '-wal', '-shm']) fs.rmSync(`${file}${ending}`, { force: true })
    },
  }
}
