import { assert } from '#shared/kernel/assert.ts'
import type { Id } from '#shared/kernel/ids.ts'
import type { Core } from '#main/core/core.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { toBytes } from '#main/core/keys/box.ts'
import { carriedKey, type Carried } from '#main/core/keys/carried.ts'
import { deriveFromPassword, KDF_NOW, loginMatches } from '#main/core/keys/kdf.ts'
import { changeKeyring, readKeyring, slotsOf, withoutSlots } from '#main/core/keys/keyring.ts'
import { userSlotFrom } from '#main/core/keys/slots.ts'
import type { Unlocked } from '#main/core/keys/unlock.ts'
import { inOwnTransaction } from '#main/core/sync/own-transaction.ts'
import { carriedLoginOf, notCarried, saveCarriedLogin, type CarriedLogin } from './repository.carried.ts'
import { memberLoginOf } from './repository.member.ts'
import { accountByUserName, setLoginHash, type Account } from './repository.ts'

// A password is judged by the salt of the slot it was given with, and slots lie in files of one machine. So that a standby
// that is the host one day can judge everybody's, the salts travel to it, and each person's own key under their password.

/** A new password: the account's hash, and what the next host needs to judge it. */
export function writeLogin(db: WriteDb, userId: Id, loginHash: string, carried: Carried): void {
  setLoginHash(db, userId, loginHash)
  saveCarriedLogin(db, userId, { ...carried, loginHash })
}

/** At the host, after a right password: what of it the standbys do not have yet. */
export async function carryLogin(core: Core, { userId, loginHash }: Pick<Account, 'userId' | 'loginHash'>, { carried, login }: Pick<Unlocked, 'carried' | 'login'>): Promise<void> {
  const known = carriedLoginOf(core.vault.reader, userId)
  const isWhole = known?.loginHash === loginHash && (known.userKey !== null || !carried?.userKey)
  // A slot that this machine made as a member has a salt of its own, and the account's hash is not of it.
  if (isWhole || !carried || !(await loginMatches(login, loginHash))) return
  inOwnTransaction(core, (db) => saveCarriedLogin(db, userId, { ...carried, loginHash }))
}

/** At the start of a host: the salts of everybody who has not signed in since there was a place for them. */
export function carrySalts(core: Core): void {
  const keyring = readKeyring(core.vault.folder)
  const found = notCarried(core.vault.reader).flatMap(({ userId, userName, loginHash }) => {
    const slot = slotsOf(keyring, userName).at(-1)
    return slot ? [{ userId, login: { loginHash, salt: slot.salt, kdf: slot.kdf ?? KDF_NOW, userKey: null } }] : []
  })
  if (found.length > 0) inOwnTransaction(core, (db) => found.forEach(({ userId, login }) => saveCarriedLogin(db, userId, login)))
}

/** How the password of somebody is judged who has it from another host and no slot for it here; undefined for everybody else. */
export function carriedHere(core: Core, userName: string): { account: Account; login: CarriedLogin } | undefined {
  if (core.vault.state !== 'open' || core.node.role !== 'host') return undefined
  const account = accountByUserName(core.vault.reader, userName)
  const login = account && carriedLoginOf(core.vault.reader, account.userId)
  if (!account || login?.loginHash !== account.loginHash || memberLoginOf(core.vault.reader, account.userId)?.accountHash === account.loginHash) return undefined
  return slotsOf(readKeyring(core.vault.folder), userName).some((slot) => slot.salt === login.salt) ? undefined : { account, login }
}

/** One slow derivation, as for any other password; when it is right the person has a slot here from now on. */
export async function unlockCarried(core: Core, { account, login }: { account: Account; login: CarriedLogin }, password: string): Promise<Unlocked | undefined> {
  const derived = await deriveFromPassword(password, toBytes(login.salt), login.kdf)
  if (!(await loginMatches(derived.login, account.loginHash))) return undefined
  const { secret: device } = await core.machine.device()
  const { dataKey, folder } = core.vault
  assert(dataKey, 'the database is open')
  const person = { id: core.platform.newId(), userName: account.userName, at: core.platform.now(), device, userKey: carriedKey(readKeyring(folder), login, derived) }
  const { slot, userKey, carried } = userSlotFrom(readKeyring(folder), person, { ...login, derived }, dataKey)
  changeKeyring(folder, (keyring) => {
    const rest = withoutSlots(keyring, slotsOf(keyring, account.userName).map((one) => one.id))
    return { ...rest, slots: [...rest.slots, slot] }
  })
  return { dataKey, login: derived.login, slotId: slot.id, userKey, better: undefined, carried }
}
