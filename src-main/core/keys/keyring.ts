import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import { refuse } from '#shared/rpc/errors.ts'
import { COPY, FILE } from './keyring-files.ts'
import { deriveFromPassword, expand, KDF_NOW } from './kdf.ts'

/**
 * The keyring lies beside the database and holds the one data key, wrapped once for each person and once for the
 * printed recovery key. It holds no names: a person's slot is found by a keyed hash of the user name.
 */
const base64 = z.string().regex(/^[A-Za-z0-9+/]+=*$/)
const Slot = z.strictObject({
  id: z.uuid(),
  kind: z.enum(['user', 'recovery']),
  lookup: base64.nullable(),
  kdf: z.strictObject({ memoryKiB: z.int().min(8).max(4_194_304), passes: z.int().min(1).max(64) }).nullable(),
  salt: base64,
  nonce: base64,
  wrapped: base64,
})
export type Slot = z.infer<typeof Slot>
const Keyring = z.strictObject({ v: z.literal(1), databaseId: z.uuid(), lookupSalt: base64, slots: z.array(Slot).max(10_000) })
export type Keyring = z.infer<typeof Keyring>

export function newKeyring(databaseId: string): Keyring {
  return { v: 1, databaseId, lookupSalt: randomBytes(16).toString('base64'), slots: [] }
}

/** A slot for a person, and the login proof to hash into their account. */
export async function makeUserSlot(keyring: Keyring, slotId: string, userName: string, password: string, dataKey: Uint8Array): Promise<{ slot: Slot; login: string }> {
  const salt = randomBytes(16)
  const { login, wrap } = await deriveFromPassword(password, salt, KDF_NOW)
  return { slot: seal(keyring, { id: slotId, kind: 'user', lookup: lookupOf(keyring, userName), kdf: KDF_NOW, salt }, wrap, dataKey), login }
}

/** A slot for the printed key: 256 random bits need no slow derivation. */
export function makeRecoverySlot(keyring: Keyring, slotId: string, recoveryKey: Uint8Array, dataKey: Uint8Array): Slot {
  return seal(keyring, { id: slotId, kind: 'recovery', lookup: null, kdf: null, salt: randomBytes(16) }, expand(recoveryKey, 'recovery-v1'), dataKey)
}

/**
 * The data key and the login proof, or undefined for an unknown name or a wrong password; both take the same time,
 * because a derivation runs for unknown names too.
 */
export async function unlockWithPassword(keyring: Keyring, userName: string, password: string): Promise<{ dataKey: Uint8Array; login: string; slotId: string } | undefined> {
  const own = slotsOf(keyring, userName)
  for (const slot of own) {
    const { login, wrap } = await deriveFromPassword(password, Buffer.from(slot.salt, 'base64'), slot.kdf ?? KDF_NOW)
    const dataKey = unseal(keyring, slot, wrap)
    if (dataKey) return { dataKey, login, slotId: slot.id }
  }
  if (own.length === 0) await deriveFromPassword(password, randomBytes(16), KDF_NOW)
  return undefined
}

/** One, or two while a password is being changed: the new slot is on the disk before the old one goes. */
export function slotsOf(keyring: Keyring, userName: string): Slot[] {
  const lookup = lookupOf(keyring, userName)
  return keyring.slots.filter((candidate) => candidate.kind === 'user' && candidate.lookup === lookup)
}

export function unlockWithRecoveryKey(keyring: Keyring, recoveryKey: Uint8Array): Uint8Array | undefined {
  const wrap = expand(recoveryKey, 'recovery-v1')
  for (const slot of keyring.slots.filter((candidate) => candidate.kind === 'recovery')) {
    const dataKey = unseal(keyring, slot, wrap)
    if (dataKey) return dataKey
  }
  return undefined
}

/** Reads the keyring, or its copy where the first is torn; refuses with KEYRING_DAMAGED when both are. */
export function readKeyring(folder: string): Keyring {
  for (const name of [FILE, COPY]) {
    const parsed = Keyring.safeParse(readJson(path.join(folder, name)))
    if (parsed.success) return parsed.data
  }
  throw refuse('KEYRING_DAMAGED')
}

/** Two copies, each written beside, flushed and renamed: a power cut leaves the old or the new one, never half. */
export function writeKeyring(folder: string, keyring: Keyring): void {
  for (const name of [FILE, COPY]) {
    const target = path.join(folder, name)
    const beside = `${target}.new`
    const file = fs.openSync(beside, 'w', 0o600)
    fs.writeSync(file, JSON.stringify(keyring, null, 1))
    fs.fsyncSync(file)
    fs.closeSync(file)
    fs.renameSync(beside, target)
  }
}

const lookupOf = (keyring: Keyring, userName: string): string =>
  createHmac('sha256', Buffer.from(keyring.lookupSalt, 'base64')).update(userName.trim().toLowerCase()).digest('base64')

/** AES-256-GCM; what the slot is for is bound in, so that a slot cannot be moved to another database or kind. */
function seal(keyring: Keyring, slot: Pick<Slot, 'id' | 'kind' | 'lookup' | 'kdf'> & { salt: Uint8Array }, wrap: Uint8Array, dataKey: Uint8Array): Slot {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', wrap, nonce).setAAD(bound(keyring, slot))
  const wrapped = Buffer.concat([cipher.update(dataKey), cipher.final(), cipher.getAuthTag()])
  return { ...slot, salt: Buffer.from(slot.salt).toString('base64'), nonce: nonce.toString('base64'), wrapped: wrapped.toString('base64') }
}

function unseal(keyring: Keyring, slot: Slot, wrap: Uint8Array): Uint8Array | undefined {
  const sealed = Buffer.from(slot.wrapped, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', wrap, Buffer.from(slot.nonce, 'base64')).setAAD(bound(keyring, slot))
  try {
    decipher.setAuthTag(sealed.subarray(-16))
    return new Uint8Array(Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]))
  } catch {
    return undefined // A wrong key and a tampered slot look the same, and both open nothing.
  }
}

const bound = (keyring: Keyring, slot: Pick<Slot, 'id' | 'kind'>): Buffer => Buffer.from(`${keyring.v}:${keyring.databaseId}:${slot.id}:${slot.kind}`)

function readJson(file: string): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch {
    return undefined // Missing or torn: the caller tries the copy.
  }
}
