import { randomBytes } from 'node:crypto'
import type { Instant } from '#shared/kernel/time.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { toBytes, unseal } from './box.ts'
import { carriedOf, type Carried } from './carried.ts'
import { lacksDevice, tagOf } from './device.ts'
import { deriveFromPassword, KDF_NOW, type Derived } from './kdf.ts'
import { oldSlotsOf, slotsOf, withoutSlots, type Keyring, type OldSlot, type Slot } from './keyring.ts'
import { deviceKek, makeSlot, mixedIn, openSlot, recoveryKek, type Opened } from './slots.ts'
import { makeKeyPair } from './user-keys.ts'

export interface Unlocked {
  dataKey: Uint8Array
  login: string
  slotId: string
  userKey: Uint8Array | undefined
  /** The same slot as it should be now: of today's form, with this machine's secret in it. The password stays. */
  better: Slot | undefined
  /** What goes on to the next host; nothing of a slot of an older release. */
  carried: Carried | undefined
}

/** Whose machine it is and when; without it nothing is made better. */
export interface Here { device: Uint8Array | undefined; at: Instant }

/**
 * What the password opens, or undefined for an unknown name or a wrong password; both take the same time, because a
 * derivation runs for unknown names too. Refuses with DEVICE_SECRET_MISSING where this machine lacks its part of the key:
 * then no password is wrong or right.
 */
export async function unlockWithPassword(keyring: Keyring, userName: string, password: string, here?: Here): Promise<Unlocked | undefined> {
  const slots = slotsOf(keyring, userName)
  const old = oldSlotsOf(keyring, userName)
  for (const slot of slots) {
    const derived = await deriveFromPassword(password, toBytes(slot.salt), slot.kdf ?? KDF_NOW)
    const secret = slot.device !== null && here?.device && tagOf(keyring, here.device) === slot.device ? here.device : undefined
    const opened = openSlot(keyring, slot, derived.wrap(secret))
    if (opened) return { dataKey: opened.dataKey, userKey: opened.userKey, login: derived.login, slotId: slot.id, better: here && betterSlot(keyring, opened, derived, here), carried: carriedOf(keyring, { salt: slot.salt, kdf: slot.kdf ?? KDF_NOW }, derived, opened.userKey) }
  }
  for (const slot of old) {
    const derived = await deriveFromPassword(password, toBytes(slot.salt), slot.kdf ?? KDF_NOW)
    const dataKey = openOld(keyring, slot, derived.wrap(undefined))
    if (dataKey) return renewed(keyring, slot, derived, dataKey, here)
  }
  if (slots.length + old.length === 0) await deriveFromPassword(password, randomBytes(16), KDF_NOW)
  if (lacksDevice(keyring, here?.device)) throw refuse('DEVICE_SECRET_MISSING')
  return undefined
}

/** What the printed key opens, in the form of any release. */
export function unlockWithRecoveryKey(keyring: Keyring, recoveryKey: Uint8Array): Opened | undefined {
  const kek = recoveryKek(recoveryKey)
  for (const slot of keyring.slots.filter((one) => one.kind === 'recovery')) {
    const opened = openSlot(keyring, slot, kek)
    if (opened) return opened
  }
  for (const slot of keyring.old.filter((one) => one.kind === 'recovery')) {
    const dataKey = openOld(keyring, slot, kek)
    if (dataKey) return { dataKey, slot: makeSlot(keyring, frameOf(slot, keyring.keyMadeAt ?? NEVER), kek, dataKey), userKey: undefined, slotKey: undefined }
  }
  return undefined
}

export async function unlockWithInvite(keyring: Keyring, userName: string, code: string): Promise<Opened | undefined> {
  const invites = slotsOf(keyring, userName, 'invite')
  for (const slot of invites) {
    const { wrap } = await deriveFromPassword(code, toBytes(slot.salt), slot.kdf ?? KDF_NOW)
    const opened = openSlot(keyring, slot, wrap(undefined))
    if (opened) return opened
  }
  if (invites.length === 0) await deriveFromPassword(code, randomBytes(16), KDF_NOW)
  return undefined
}

export function unlockWithDevice(keyring: Keyring, device: Uint8Array): Opened | undefined {
  const tag = tagOf(keyring, device)
  const slot = keyring.slots.find((one) => one.kind === 'device' && one.device === tag)
  return slot && openSlot(keyring, slot, deviceKek(device))
}

/** Puts a slot in the place of the one with its id. */
export const replaceSlot = (keyring: Keyring, slot: Slot): Keyring => {
  const rest = withoutSlots(keyring, [slot.id])
  return { ...rest, slots: [...rest.slots, slot] }
}

const NEVER = '1970-01-01T00:00:00.000Z'
const frameOf = ({ nonce: _nonce, wrapped: _wrapped, ...slot }: OldSlot, madeAt: Instant) => ({ ...slot, device: null, madeAt, expiresAt: null })

/** The machine has got a secret of its own since this slot was made, or another one. */
function betterSlot(keyring: Keyring, { slot, dataKey, userKey }: Opened, derived: Derived, here: Here): Slot | undefined {
  const device = mixedIn(keyring, here.device)
  const tag = device ? tagOf(keyring, device) : null
  // A slot that is mixed already opened with this machine's secret; it is never unmixed.
  if (tag === null || slot.device === tag) return undefined
  const { publicKey: _p, wrapped: _w, dataKey: _d, userKey: _u, mark: _m, ...frame } = slot
  return makeSlot(keyring, { ...frame, device: tag }, derived.wrap(device), dataKey, userKey ?? makeKeyPair().privateKey)
}

function renewed(keyring: Keyring, old: OldSlot, derived: Derived, dataKey: Uint8Array, here: Here | undefined): Unlocked {
  const found = { dataKey, login: derived.login, slotId: old.id, carried: undefined }
  if (!here) return { ...found, userKey: undefined, better: undefined }
  const device = mixedIn(keyring, here.device)
  const userKey = makeKeyPair().privateKey
  const frame = { ...frameOf(old, here.at), device: device ? tagOf(keyring, device) : null }
  return { ...found, userKey, better: makeSlot(keyring, frame, derived.wrap(device), dataKey, userKey) }
}

function openOld({ databaseId }: Keyring, slot: OldSlot, kek: Uint8Array): Uint8Array | undefined {
  const sealed = Buffer.concat([Buffer.from(slot.nonce, 'base64'), Buffer.from(slot.wrapped, 'base64')])
  return unseal(kek, `1:${databaseId}:${slot.id}:${slot.kind}`, sealed)
}

