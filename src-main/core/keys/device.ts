import { createHash, createHmac } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import { refuse } from '#shared/rpc/errors.ts'
import { toBytes, toText } from './box.ts'
import { readJson, writeWhole } from '../files/whole-file.ts'
import type { Keyring } from './keyring.ts'

/**
 * What this machine knows and a copied disk does not: 32 bytes that the operating system keeps for us, or that lie in a
 * file of the clinic's own on a stick. `none`: nobody keeps one here, and passwords alone open the records.
 */
export type Device = { keeper: 'os' | 'key-file' | 'none'; secret: Uint8Array | undefined }
export const NO_DEVICE: Device = { keeper: 'none', secret: undefined }

export interface Machine {
  /** Asked each time it is needed: a stick may have been put in since. */
  device(): Promise<Device>
}

/** `kept`: what the operating system holds, where the shell has asked it. A key file the clinic has chosen goes first. */
export function machineOf(folder: string, { kept, keyFile }: { kept?: Promise<Device> | undefined; keyFile?: string | undefined }): Machine {
  return {
    device: async () => {
      const file = keyFile ?? chosenKeyFile(folder)
      return file ? { keeper: 'key-file', secret: readKeyFile(file) } : (await kept) ?? NO_DEVICE
    },
  }
}

/** Tells one machine's secret from another's, and nothing about either. */
export const tagOf = ({ databaseId }: Pick<Keyring, 'databaseId'>, secret: Uint8Array): string =>
  toText(createHmac('sha256', secret).update(`cairn:device-tag:${databaseId}`).digest().subarray(0, 16))

/** Some slot needs a secret that this machine does not hold (any more). */
export const lacksDevice = (keyring: Keyring, secret: Uint8Array | undefined): boolean => {
  const own = secret && tagOf(keyring, secret)
  return keyring.slots.some((slot) => slot.device !== null && slot.device !== own)
}

const HEAD = 'Cairn key file 1'
const SECRET_BYTES = 32
const checkOf = (text: string): string => createHash('sha256').update(`${HEAD}\n${text}`).digest('hex').slice(0, 16)

/** Undefined when it is not there, not readable or not whole: a half-read secret would only look like a wrong password. */
export function readKeyFile(file: string): Uint8Array | undefined {
  const [head, text = '', check] = readLines(file)
  const secret = toBytes(text)
  return head === HEAD && check === checkOf(text) && secret.length === SECRET_BYTES ? secret : undefined
}

/** Never replaces a file: the one that lies there may be somebody's only key. */
export function writeKeyFile(file: string, secret: Uint8Array): void {
  if (fs.existsSync(file)) throw refuse('KEY_FILE_EXISTS')
  const text = toText(secret)
  try {
    writeWhole(file, `${HEAD}\n${text}\n${checkOf(text)}\n`)
  } catch {
    throw refuse('KEY_FILE_UNWRITABLE')
  }
}

/** Where the clinic's key file is looked for. The place is no secret; what lies there is. */
const CHOSEN = 'key-file.json'
const Chosen = z.strictObject({ path: z.string().min(1).max(4_000) })

export function chosenKeyFile(folder: string): string | undefined {
  return Chosen.safeParse(readJson(path.join(folder, CHOSEN))).data?.path
}

/** A key beside the lock would be copied with it, so the file has to lie outside the records' folder. */
export function makeChosenKeyFile(folder: string, file: string, secret: Uint8Array): void {
  if (!path.isAbsolute(file)) throw refuse('KEY_FILE_UNWRITABLE')
  if (isInside(folder, file)) throw refuse('KEY_FILE_INSIDE')
  writeKeyFile(file, secret)
  writeWhole(path.join(folder, CHOSEN), JSON.stringify({ path: path.resolve(file) }))
}

const isInside = (folder: string, file: string): boolean => {
  const place = realPlace(path.dirname(path.resolve(file)))
  const relative = path.relative(realPlace(folder), place)
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative))
}

function realPlace(folder: string): string {
  try {
    return fs.realpathSync(folder)
  } catch {
    return path.resolve(folder)
  }
}

function readLines(file: string): string[] {
  try {
    return fs.readFileSync(file, 'utf8').split(/\r?\n/)
  } catch {
    return []
  }
}
