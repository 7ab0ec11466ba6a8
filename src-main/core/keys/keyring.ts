import { createHmac, randomBytes } from 'node:crypto'
import path from 'node:path'
import * as z from 'zod'
import { Instant } from '#shared/kernel/time.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { readJson, writeWhole } from '../files/whole-file.ts'
import { copies } from './keyring-files.ts'

/**
 * The keyring lies beside the database and holds the one data key, sealed to a key pair of each slot: one for each
 * person, for each open invitation, for the printed recovery key, and for a machine that may open without a person. The
 * private half of a slot lies in it under what opens the slot (a password, a code, the printed key, the machine's
 * secret). So the data key can be changed for everybody without knowing anybody's password: it is sealed anew to each
 * public half. It holds no names: a person's slot is found by a keyed hash of the user name.
 */
const base64 = z.string().regex(/^[A-Za-z0-9+/]+=*$/)
const Kdf = z.strictObject({ memoryKiB: z.int().min(8).max(4_194_304), passes: z.int().min(1).max(64) })

export const slotKinds = ['user', 'invite', 'device', 'recovery'] as const
export type SlotKind = (typeof slotKinds)[number]

const Slot = z.strictObject({
  id: z.uuid(),
  kind: z.enum(slotKinds),
  lookup: base64.nullable(),
  /** Names the machine's secret that is mixed in, without saying anything about it; null where none is. */
  device: base64.nullable(),
  kdf: Kdf.nullable(),
  salt: base64,
  madeAt: Instant,
  /** Only invitations end. */
  expiresAt: Instant.nullable(),
  publicKey: base64,
  /** The private half, under what opens the slot. */
  wrapped: base64,
  /** The data key, sealed to the public half. */
  dataKey: base64,
  /** A person's own pair for what even an administrator must not read; the private half sealed to the slot. */
  userKey: z.strictObject({ publicKey: base64, sealed: base64 }).nullable(),
  /** A MAC under the data key: whoever can only write this file cannot slip in a slot that the next data key is sealed to. */
  mark: base64,
})
export type Slot = z.infer<typeof Slot>

/** A slot as the first releases wrote it: the data key itself under the password or the printed key. */
const OldSlot = z.strictObject({ id: z.uuid(), kind: z.enum(['user', 'recovery']), lookup: base64.nullable(), kdf: Kdf.nullable(), salt: base64, nonce: base64, wrapped: base64 })
export type OldSlot = z.infer<typeof OldSlot>

const FirstKeyring = z.strictObject({ v: z.literal(1), databaseId: z.uuid(), lookupSalt: base64, slots: z.array(OldSlot).max(10_000) })
export const Keyring = z.strictObject({
  v: z.literal(2), databaseId: z.uuid(), lookupSalt: base64,
  /** Counts the data keys this database has had; bound into each sealed one. */
  generation: z.int().min(0),
  /** When the data key was made; null where an older release has made it. */
  keyMadeAt: Instant.nullable(),
  slots: z.array(Slot).max(10_000),
  /** The host has taken this machine off its list: no password opens anything here any more. */
  revokedAt: Instant.optional(),
  /** Slots of an older release; each becomes a new one when its owner comes. */
  old: z.array(OldSlot).max(10_000),
})
export type Keyring = z.infer<typeof Keyring>

export function newKeyring(databaseId: string, at: Instant): Keyring {
  return { v: 2, databaseId, lookupSalt: randomBytes(16).toString('base64'), generation: 1, keyMadeAt: at, slots: [], old: [] }
}

/** The first copy that is whole; refuses with KEYRING_DAMAGED when none is. */
export function readKeyring(folder: string): Keyring {
  for (const name of copies) {
    const found = parseKeyring(readJson(path.join(folder, name)))
    if (found) return found
  }
  throw refuse('KEYRING_DAMAGED')
}

/** Reads what a release of any age has written; what is written again is always the newest form. */
export function parseKeyring(json: unknown): Keyring | undefined {
  const now = Keyring.safeParse(json)
  if (now.success) return now.data
  const first = FirstKeyring.safeParse(json)
  if (!first.success) return undefined
  const { slots, ...rest } = first.data
  return { ...rest, v: 2, generation: 0, keyMadeAt: null, slots: [], old: slots }
}

export function writeKeyring(folder: string, keyring: Keyring): void {
  const text = JSON.stringify(keyring, null, 1)
  for (const name of copies) writeWhole(path.join(folder, name), text)
}

/** Reads, changes and writes in one step, so that of two changes neither undoes the other. */
export function changeKeyring(folder: string, change: (keyring: Keyring) => Keyring): Keyring {
  const changed = change(readKeyring(folder))
  writeKeyring(folder, changed)
  return changed
}

export const lookupOf = (keyring: Pick<Keyring, 'lookupSalt'>, userName: string): string =>
  createHmac('sha256', Buffer.from(keyring.lookupSalt, 'base64')).update(userName.trim().toLowerCase()).digest('base64')

/** One, or two while a password is being changed: the new slot is on the disk before the old one goes. */
export function slotsOf(keyring: Keyring, userName: string, kind: 'user' | 'invite' = 'user'): Slot[] {
  const lookup = lookupOf(keyring, userName)
  return keyring.slots.filter((slot) => slot.kind === kind && slot.lookup === lookup)
}

export function oldSlotsOf(keyring: Keyring, userName: string): OldSlot[] {
  const lookup = lookupOf(keyring, userName)
  return keyring.old.filter((slot) => slot.kind === 'user' && slot.lookup === lookup)
}

export const hasRecovery = (keyring: Keyring): boolean => [...keyring.slots, ...keyring.old].some((slot) => slot.kind === 'recovery')

/** Without the slots with these ids, whatever release made them. */
export function withoutSlots(keyring: Keyring, ids: readonly string[]): Keyring {
  return { ...keyring, slots: keyring.slots.filter((slot) => !ids.includes(slot.id)), old: keyring.old.filter((slot) => !ids.includes(slot.id)) }
}
