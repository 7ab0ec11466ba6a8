import type { Id } from '#shared/kernel/ids.ts'
import { assert } from '#shared/kernel/assert.ts'
import type { Vault } from '../vault.ts'
import { hashLogin } from './kdf.ts'
import { makeUserSlot, readKeyring, slotsOf, writeKeyring } from './keyring.ts'

/**
 * Gives a person a (new) password in the order in which a power cut locks nobody out: first the new key slot is on the
 * disk beside the old one, then `write` stores the login hash in the database, then the old slots go.
 */
export async function givePassword(vault: Vault, slotId: Id, person: { userName: string; password: string }, write: (loginHash: string) => void): Promise<void> {
  const { dataKey } = vault
  assert(dataKey, 'the database is open')
  const { slot, login } = await makeUserSlot(readKeyring(vault.folder), slotId, person.userName, person.password, dataKey)
  const loginHash = await hashLogin(login)
  // Read again: somebody else's slot may have come or gone while the derivation ran.
  const keyring = readKeyring(vault.folder)
  const old = slotsOf(keyring, person.userName).map((one) => one.id)
  writeKeyring(vault.folder, { ...keyring, slots: [...keyring.slots, slot] })
  try {
    write(loginHash)
  } catch (error) {
    writeKeyring(vault.folder, keyring)
    throw error
  }
  writeKeyring(vault.folder, { ...keyring, slots: [...keyring.slots.filter((one) => !old.includes(one.id)), slot] })
}

/** The person's password opens nothing any more. */
export function takeSlotsAway(vault: Vault, userName: string): void {
  const keyring = readKeyring(vault.folder)
  const gone = new Set(slotsOf(keyring, userName).map((one) => one.id))
  writeKeyring(vault.folder, { ...keyring, slots: keyring.slots.filter((one) => !gone.has(one.id)) })
}
