import { randomBytes } from 'node:crypto'
import type { Instant } from '#shared/kernel/time.ts'
import { isMark, markOf, seal, toBytes, toText, unseal } from './box.ts'
import { carriedOf, type Carried } from './carried.ts'
import { tagOf } from './device.ts'
import { deriveFromPassword, expand, KDF_NOW, type Derived, type KdfParams } from './kdf.ts'
import { hasRecovery, lookupOf, type Keyring, type Slot } from './keyring.ts'
import { makeKeyPair, openWith, publicHalf, sealTo, type KeyPair } from './user-keys.ts'

type Frame = Pick<Slot, 'id' | 'kind' | 'lookup' | 'device' | 'kdf' | 'salt' | 'madeAt' | 'expiresAt'>

export interface Opened {
  dataKey: Uint8Array
  slot: Slot
  /** The person's own private key; only a person's slot has one. */
  userKey: Uint8Array | undefined
  /** The slot's own private half: opens what was sealed to the slot, as a note is to the printed key. */
  slotKey: Uint8Array | undefined
}

interface ForPerson { id: string; userName: string; at: Instant; device: Uint8Array | undefined; userKey?: Uint8Array | undefined }

/** A slot for a person, and the login proof to hash into their account. Without `userKey` the person gets a new pair. */
export async function makeUserSlot(keyring: Keyring, person: ForPerson & { password: string }, dataKey: Uint8Array): Promise<UserSlot & { login: string }> {
  const salt = randomBytes(16)
  const derived = await deriveFromPassword(person.password, salt, KDF_NOW)
  return { ...userSlotFrom(keyring, person, { derived, salt: toText(salt), kdf: KDF_NOW }, dataKey), login: derived.login }
}

interface UserSlot { slot: Slot; userKey: Uint8Array; carried: Carried }

/** The same for a password that was derived already, with the salt that it has at the clinic. */
export function userSlotFrom(keyring: Keyring, person: ForPerson, how: { derived: Derived; salt: string; kdf: KdfParams }, dataKey: Uint8Array): UserSlot {
  const device = mixedIn(keyring, person.device)
  const userKey = person.userKey ?? makeKeyPair().privateKey
  const frame: Frame = {
    id: person.id, kind: 'user', lookup: lookupOf(keyring, person.userName), device: device ? tagOf(keyring, device) : null, kdf: how.kdf,
    salt: how.salt, madeAt: person.at, expiresAt: null,
  }
  return { slot: makeSlot(keyring, frame, how.derived.wrap(device), dataKey, userKey), userKey, carried: carriedOf(keyring, how, how.derived, userKey) }
}

/** An invitation opens the records once, for its person, until it expires; its code is random and is shown once. */
export async function makeInviteSlot(keyring: Keyring, invite: { id: string; userName: string; code: string; at: Instant; expiresAt: Instant }, dataKey: Uint8Array): Promise<Slot> {
  const salt = randomBytes(16)
  const { wrap } = await deriveFromPassword(invite.code, salt, KDF_NOW)
  return makeSlot(keyring, {
    id: invite.id, kind: 'invite', lookup: lookupOf(keyring, invite.userName), device: null, kdf: KDF_NOW, salt: toText(salt), madeAt: invite.at, expiresAt: invite.expiresAt,
  }, wrap(undefined), dataKey)
}

/** A slot for the printed key: 256 random bits need no slow derivation, and no machine's secret is ever mixed in. */
export function makeRecoverySlot(keyring: Keyring, { id, at }: { id: string; at: Instant }, recoveryKey: Uint8Array, dataKey: Uint8Array): Slot {
  const frame: Frame = { id, kind: 'recovery', lookup: null, device: null, kdf: null, salt: toText(randomBytes(16)), madeAt: at, expiresAt: null }
  return makeSlot(keyring, frame, recoveryKek(recoveryKey), dataKey)
}

/** Lets a machine open its records with nobody there. Only a host that has to serve after a power cut wants one. */
export function makeDeviceSlot(keyring: Keyring, { id, at }: { id: string; at: Instant }, device: Uint8Array, dataKey: Uint8Array): Slot {
  const frame: Frame = { id, kind: 'device', lookup: null, device: tagOf(keyring, device), kdf: null, salt: toText(randomBytes(16)), madeAt: at, expiresAt: null }
  return makeSlot(keyring, frame, deviceKek(device), dataKey)
}

export const deviceKek = (device: Uint8Array): Uint8Array => expand(device, 'device-v1')
export const recoveryKek = (recoveryKey: Uint8Array): Uint8Array => expand(recoveryKey, 'recovery-v1')

/**
 * The machine's secret makes a copied disk useless for guessing passwords, but it can be lost with the machine. So it is
 * mixed in only where a printed key opens the records without it.
 */
export const mixedIn = (keyring: Keyring, device: Uint8Array | undefined): Uint8Array | undefined => (hasRecovery(keyring) ? device : undefined)

export function makeSlot(keyring: Keyring, frame: Frame, kek: Uint8Array, dataKey: Uint8Array, userKey?: Uint8Array): Slot {
  const pair = makeKeyPair()
  const named = { ...frame, publicKey: toText(pair.publicKey) }
  const wrapped = toText(seal(kek, aboutSlot(keyring, named), pair.privateKey))
  return fill(keyring, { ...named, wrapped, userKey: userKey ? sealUserKey(keyring, frame.id, pair, userKey) : null }, dataKey, keyring.generation)
}

/** What the slot holds, for whoever has its key. */
export function openSlot(keyring: Keyring, slot: Slot, kek: Uint8Array): Opened | undefined {
  const own = unseal(kek, aboutSlot(keyring, slot), toBytes(slot.wrapped))
  const dataKey = own && openWith(own, toBytes(slot.dataKey), aboutDataKey(keyring, slot.id, keyring.generation))
  if (!dataKey || !isEndorsed(keyring, slot, dataKey)) return undefined
  const userKey = slot.userKey && openWith(own, toBytes(slot.userKey.sealed), aboutUserKey(keyring, slot.id))
  return { dataKey, slot, userKey: userKey ?? undefined, slotKey: own }
}

/** Whether this slot was made by somebody who had the data key. */
export const isEndorsed = (keyring: Keyring, slot: Slot, dataKey: Uint8Array): boolean => isMark(expand(dataKey, 'slot-mark-v1'), aboutMark(keyring, slot), slot.mark)

/** What only the printed key must open is sealed to this: of the newest sheet, and only if it was made with the data key. */
export function recoveryPublicKey(keyring: Keyring, dataKey: Uint8Array): Uint8Array | undefined {
  const slot = recoverySlot(keyring, dataKey)
  return slot && toBytes(slot.publicKey)
}

/** The newest sheet's slot. Its private half opens with the paper alone, so the slot may lie on every machine of the clinic. */
export const recoverySlot = (keyring: Keyring, dataKey: Uint8Array): Slot | undefined => keyring.slots.filter((one) => one.kind === 'recovery' && isEndorsed(keyring, one, dataKey)).at(-1)

/** The keyring of another data key: the same slots, opened by the same passwords, hold the new one. */
export function resealed(keyring: Keyring, slots: readonly Slot[], dataKey: Uint8Array, at: Instant): Keyring {
  const generation = keyring.generation + 1
  return { ...keyring, generation, keyMadeAt: at, old: [], slots: slots.map((slot) => fill(keyring, slot, dataKey, generation)) }
}

/** The same slot with the data key of this moment: it may have changed while a slow derivation ran. */
export const refilled = (keyring: Keyring, slot: Slot, dataKey: Uint8Array): Slot => fill(keyring, slot, dataKey, keyring.generation)

function fill(keyring: Keyring, slot: Omit<Slot, 'dataKey' | 'mark'>, dataKey: Uint8Array, generation: number): Slot {
  const sealed = toText(sealTo(toBytes(slot.publicKey), dataKey, aboutDataKey(keyring, slot.id, generation)))
  return { ...slot, dataKey: sealed, mark: markOf(expand(dataKey, 'slot-mark-v1'), aboutMark(keyring, slot)) }
}

function sealUserKey(keyring: Keyring, slotId: string, slotPair: KeyPair, userKey: Uint8Array): NonNullable<Slot['userKey']> {
  return { publicKey: toText(publicHalf(userKey)), sealed: toText(sealTo(slotPair.publicKey, userKey, aboutUserKey(keyring, slotId))) }
}

// What is bound in where. A slot that was moved, renamed, given more time or turned into another kind opens nothing.
type Named = Frame & Pick<Slot, 'publicKey'>
const aboutSlot = ({ v, databaseId }: Keyring, slot: Named): string =>
  JSON.stringify(['slot', v, databaseId, slot.id, slot.kind, slot.lookup, slot.device, slot.kdf, slot.salt, slot.madeAt, slot.expiresAt, slot.publicKey])
const aboutDataKey = ({ databaseId }: Keyring, slotId: string, generation: number): string => JSON.stringify(['data-key', databaseId, slotId, generation])
const aboutUserKey = ({ databaseId }: Keyring, slotId: string): string => JSON.stringify(['user-key', databaseId, slotId])
const aboutMark = (keyring: Keyring, slot: Omit<Slot, 'dataKey' | 'mark'>): string => `${aboutSlot(keyring, slot)} ${slot.userKey?.publicKey ?? ''}`
