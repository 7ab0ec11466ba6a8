import { assert } from '#shared/kernel/assert.ts'
import type { Id } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { Vault } from '../vault.ts'
import type { Carried } from './carried.ts'
import { hashLogin } from './kdf.ts'
import { changeKeyring, oldSlotsOf, readKeyring, slotsOf, withoutSlots, writeKeyring, type Keyring, type Slot } from './keyring.ts'
import { makeInviteSlot, makeUserSlot, refilled } from './slots.ts'
import { replaceSlot } from './unlock.ts'

interface NewPassword {
  id: Id
  userName: string
  password: string
  at: Instant
  /** What this machine adds to the key, where it keeps something. */
  device: Uint8Array | undefined
  /** The person's own key, where it is at hand: it goes on to the new slot. */
  userKey?: Uint8Array | undefined
}

/**
 * Gives a person a (new) password in the order in which a power cut locks nobody out: first the new key slot is on the
 * disk beside the old one, then `write` stores the login hash in the database, with what goes on to the next host, then the
 * old slots and invitations go.
 * Answers with the person's own private key.
 */
export async function givePassword(vault: Vault, person: NewPassword, write: (loginHash: string, carried: Carried) => void): Promise<Uint8Array> {
  const made = await makeUserSlot(readKeyring(vault.folder), person, keyOf(vault))
  const loginHash = await hashLogin(made.login)
  // Read again: somebody else's slot may have come or gone while the derivation ran, or the data key have changed.
  const before = readKeyring(vault.folder)
  const slot = refilled(before, made.slot, keyOf(vault))
  writeKeyring(vault.folder, { ...before, slots: [...before.slots, slot] })
  try {
    write(loginHash, made.carried)
  } catch (error) {
    writeKeyring(vault.folder, before)
    throw error
  }
  const rest = withoutSlots(before, idsOf(before, person.userName))
  writeKeyring(vault.folder, { ...rest, slots: [...rest.slots, slot] })
  return made.userKey
}

/**
 * Puts an invitation in the place of all that a person had: the invitation is on the disk first, then `write` tells the
 * database, then the old slots go. From then on only the invitation's code opens something for this person.
 */
export async function giveInvite(vault: Vault, invite: { id: Id; userName: string; code: string; at: Instant; expiresAt: Instant }, write: () => void): Promise<void> {
  const made = await makeInviteSlot(readKeyring(vault.folder), invite, keyOf(vault))
  const before = withoutExpired(readKeyring(vault.folder), invite.at)
  const slot = refilled(before, made, keyOf(vault))
  writeKeyring(vault.folder, { ...before, slots: [...before.slots, slot] })
  try {
    write()
  } catch (error) {
    writeKeyring(vault.folder, before)
    throw error
  }
  const rest = withoutSlots(before, idsOf(before, invite.userName))
  writeKeyring(vault.folder, { ...rest, slots: [...rest.slots, slot] })
}

/** The person's password and invitations open nothing any more. */
export const takeSlotsAway = (vault: Vault, userName: string): void =>
  void changeKeyring(vault.folder, (keyring) => withoutSlots(keyring, idsOf(keyring, userName)))

/** Writes a slot in its better form, unless it went meanwhile. */
export function keepBetter(vault: Vault, better: Slot): void {
  const keyring = readKeyring(vault.folder)
  if (![...keyring.slots, ...keyring.old].some((slot) => slot.id === better.id)) return
  writeKeyring(vault.folder, replaceSlot(keyring, refilled(keyring, better, keyOf(vault))))
}

export const withoutExpired = (keyring: Keyring, now: Instant): Keyring =>
  ({ ...keyring, slots: keyring.slots.filter((slot) => slot.expiresAt === null || slot.expiresAt > now) })

const idsOf = (keyring: Keyring, userName: string): string[] =>
  [...slotsOf(keyring, userName), ...slotsOf(keyring, userName, 'invite'), ...oldSlotsOf(keyring, userName)].map((slot) => slot.id)

function keyOf({ dataKey }: Vault): Uint8Array {
  assert(dataKey, 'the database is open')
  return dataKey
}
