import fs from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import { flushFolder, readJson, writeWhole } from '../files/whole-file.ts'
import { copies } from './keyring-files.ts'
import { Keyring, writeKeyring } from './keyring.ts'

/**
 * The files of a change of the data key. Whichever database lies at its place decides which keyring counts: each SQLCipher
 * file begins with a random salt of its own, and the next keyring names the salt of the file it opens.
 */
const Next = z.strictObject({ salt: z.string().regex(/^[0-9a-f]{32}$/), keyring: Keyring })

const nextKeyring = (folder: string): string => path.join(folder, 'keyring.next.json')
export const nextDatabase = (folder: string): string => path.join(folder, 'cairn.next.db')
const database = (folder: string): string => path.join(folder, 'cairn.db')

/**
 * The new keyring is on the disk, then the new file takes the place of the old one (this is the moment that counts), then
 * the copies of the keyring follow. A power cut before that moment leaves the old pair, after it `finishRotation` the new.
 */
export function takeNextPlace(folder: string, keyring: Keyring): void {
  const next = nextDatabase(folder)
  writeWhole(nextKeyring(folder), JSON.stringify({ salt: saltOf(next), keyring }))
  fs.renameSync(next, database(folder))
  flushFolder(folder)
  finishRotation(folder)
}

/**
 * A new copy of the same data key takes the place of the records in one step; the file that was there stays beside it. A
 * power cut leaves one of the two at its place, and the keyring opens either.
 */
export function takeCopyPlace(folder: string): void {
  const before = formerDatabase(folder)
  fs.rmSync(before, { force: true })
  fs.linkSync(database(folder), before)
  fs.renameSync(nextDatabase(folder), database(folder))
  flushFolder(folder)
}

/** The records before the last whole copy: kept until the new ones have been in step with the host. */
export const formerDatabase = (folder: string): string => path.join(folder, 'cairn.before.db')

/** After a start or a swap: a change of the data key that was cut off is completed or forgotten. Nothing else is open then. */
export function finishRotation(folder: string): void {
  const next = Next.safeParse(readJson(nextKeyring(folder)))
  if (next.success && next.data.salt === saltOf(database(folder))) writeKeyring(folder, next.data.keyring)
  forgetRotation(folder)
}

/** Removes what an unfinished change left; the records and their keyring stay as they are. */
function forgetRotation(folder: string): void {
  for (const file of [nextKeyring(folder), `${nextKeyring(folder)}.new`, ...copies.map((name) => path.join(folder, `${name}.new`))]) fs.rmSync(file, { force: true })
  for (const end of ['', '-wal', '-shm', '-journal']) fs.rmSync(nextDatabase(folder) + end, { force: true })
}

function saltOf(file: string): string | undefined {
  if (!fs.existsSync(file)) return undefined
  const handle = fs.openSync(file, 'r')
  try {
    const salt = Buffer.alloc(16)
    return fs.readSync(handle, salt, 0, 16, 0) === 16 ? salt.toString('hex') : undefined
  } finally {
    fs.closeSync(handle)
  }
}
