import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import type { SafeStorage } from 'electron'
import type { Device } from '#main/core/keys/device.ts'
import { writeWhole } from '#main/core/files/whole-file.ts'

/**
 * This machine's own part of the key, kept by the operating system: Windows' DPAPI, the Keychain, libsecret or KWallet.
 * On Linux without a key store Chromium falls back to a password that is written in its source (`basic_text`): whatever
 * is "encrypted" with it lies open, so that keeper is refused and the records start locked.
 */
export type KeyStore = Partial<Pick<SafeStorage,
  | 'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'isEncryptionAvailable' | 'encryptString' | 'decryptString' | 'getSelectedStorageBackend'>>

/** A person may have to allow it; who has not after this long signs in without it, or is told that it is missing. */
const PATIENCE_MS = 60_000
const SECRET_BYTES = 32
const NO_DEVICE: Device = { keeper: 'none', secret: undefined }

/** The secret as it was kept, or a new one; `none` where nobody here keeps one. It never fails and never throws one away. */
export async function readDevice(store: KeyStore, file: string, platform: NodeJS.Platform = process.platform): Promise<Device> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<Device>((resolve) => (timer = setTimeout(() => resolve(unanswered(file)), PATIENCE_MS)))
  return Promise.race([read(store, file, platform).catch(() => unanswered(file)), patience]).finally(() => clearTimeout(timer))
}

async function read(store: KeyStore, file: string, platform: NodeJS.Platform): Promise<Device> {
  if (!(await keepsSecrets(store, platform))) return unanswered(file, false)
  if (!fs.existsSync(file)) return { keeper: 'os', secret: await make(store, file) }
  const { text, isOld } = await decrypt(store, fs.readFileSync(file))
  const secret = new Uint8Array(Buffer.from(text, 'base64'))
  if (secret.length !== SECRET_BYTES) return unanswered(file)
  if (isOld) writeWhole(file, await encrypt(store, text))
  return { keeper: 'os', secret }
}

/** A file that cannot be read now may be read again (a locked key store); replaced, it never could. */
const unanswered = (file: string, keeps = true): Device => (keeps && fs.existsSync(file) ? { keeper: 'os', secret: undefined } : NO_DEVICE)

/** Written, flushed and read back before anything is locked with it. */
async function make(store: KeyStore, file: string): Promise<Uint8Array | undefined> {
  const secret = new Uint8Array(randomBytes(SECRET_BYTES))
  const text = Buffer.from(secret).toString('base64')
  writeWhole(file, await encrypt(store, text))
  return (await decrypt(store, fs.readFileSync(file))).text === text ? secret : undefined
}

/** The name of the store, and one secret there and back: newer systems may use another store than the name says. */
async function keepsSecrets(store: KeyStore, platform: NodeJS.Platform): Promise<boolean> {
  const isThere = store.isAsyncEncryptionAvailable ? await store.isAsyncEncryptionAvailable() : (store.isEncryptionAvailable?.() ?? false)
  if (!isThere) return false
  if (platform === 'linux' && ['basic_text', 'unknown', undefined].includes(store.getSelectedStorageBackend?.())) return false
  const probe = randomBytes(16).toString('base64')
  const sealed = await encrypt(store, probe)
  if (platform === 'linux' && sealed.subarray(0, OPEN_PREFIX.length).toString() === OPEN_PREFIX) return false
  return (await decrypt(store, sealed)).text === probe
}

/** Chromium marks what it encrypted with the password in its source by this prefix. */
const OPEN_PREFIX = 'v10'

// Electron 45 has the asynchronous calls and will drop the others; the oldest runtime has only the others.
async function encrypt(store: KeyStore, text: string): Promise<Buffer> {
  const sealed = store.encryptStringAsync ? await store.encryptStringAsync(text) : store.encryptString?.(text)
  if (!sealed) throw new Error('this runtime has no key store')
  return sealed
}

/** `isOld`: the store has a newer or a stronger key by now and wants it encrypted again. */
async function decrypt(store: KeyStore, sealed: Buffer): Promise<{ text: string; isOld: boolean }> {
  if (!store.decryptStringAsync) return { text: store.decryptString?.(sealed) ?? '', isOld: false }
  const { result, shouldReEncrypt } = await store.decryptStringAsync(sealed)
  return { text: result, isOld: shouldReEncrypt }
}
