import type { KeyState, RecoverySheet, SetupProgress } from '#shared/domains/clinic/contract.ts'
import { assert } from '#shared/kernel/assert.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { makeChosenKeyFile } from '#main/core/keys/device.ts'
import { changeKeyring, lookupOf, readKeyring, withoutSlots, type Keyring } from '#main/core/keys/keyring.ts'
import { rotateDataKey } from '#main/core/keys/rotation.ts'
import { makeRecoverySlot } from '#main/core/keys/slots.ts'
import type { ActionContext, StreamContext } from '#main/core/rpc/context.ts'
import { renewAuthority } from '#main/core/sync/authority.ts'
import { listAccounts } from './repository.ts'
import { drawSheet, forgetSheet, secretOf, wrongGroups, type Typed } from './service.sheet.ts'

// What the records are locked with, and how it is changed: the data key, the printed key, this machine's own part.

export async function keyState({ core, read }: ActionContext): Promise<KeyState> {
  const keyring = readKeyring(core.vault.folder)
  const { keeper, secret } = await core.machine.device()
  const recovery = keyring.slots.filter((slot) => slot.kind === 'recovery')
  const { people, recovery: isRecoveryOld } = oldSlots(keyring, lookupsOf(keyring, read(({ db }) => listAccounts(db))))
  return {
    dataKeyAt: keyring.keyMadeAt,
    keeper, keeperAnswers: keeper === 'none' || secret !== undefined,
    recoveryAt: recovery.map((slot) => slot.madeAt).toSorted().at(-1) ?? null,
    hasRecoveryKey: recovery.length > 0 || isRecoveryOld,
    oldPasswords: people, isRecoveryOld,
    openInvites: keyring.slots.filter((slot) => slot.kind === 'invite' && slot.expiresAt !== null && slot.expiresAt > core.platform.now()).length,
  }
}

/**
 * Only slots that somebody with the old key has made, of people who may sign in today, get the new one: a copy of a
 * leaver's slot that was put back opens nothing. Slots of the first releases hold the key itself and cannot be handed
 * another one, so their people (and the printed key) come first.
 */
export async function* rotateKey({ core, read, transact, signal }: StreamContext): AsyncGenerator<SetupProgress> {
  const accounts = read(({ db }) => listAccounts(db))
  const before = readKeyring(core.vault.folder)
  const old = oldSlots(before, lookupsOf(before, accounts))
  if (old.people > 0 || old.recovery) throw refuse('OLD_SLOTS', old)
  transact('keys.data-key-change-begun', () => undefined)
  const { random, now } = core.platform
  const rotation = { dataKey: random(32), salt: random(16), at: now() }
  let done = 0
  const mayStay = (slot: Keyring['slots'][number], keyring: Keyring) =>
    slot.lookup === null || lookupsOf(keyring, read(({ db }) => listAccounts(db))).has(slot.lookup)
  for await (done of rotateDataKey(core.vault, { ...rotation, mayStay }, signal)) {
    if (done < 1) yield { done }
  }
  if (done < 1) return
  // The shell is told too: a core that dies from now on is started again with the new key.
  transact('keys.data-key-changed', () => undefined, { topics: ['clinic', 'session'] })
  yield { done: 1 }
}

export async function drawNextRecoveryKey({ core, door }: ActionContext): Promise<RecoverySheet> {
  return drawSheet(core, door)
}

/** The new sheet is proved and on the disk before the old one stops opening anything. */
export async function reissueRecoveryKey(context: ActionContext, typed: Typed): Promise<KeyState> {
  const { core, door, transact } = context
  const wrong = wrongGroups(door, typed)
  if (wrong.length > 0) throw refuse('RECOVERY_GROUPS_WRONG', { wrong })
  const { dataKey, folder } = core.vault
  assert(dataKey, 'the database is open')
  const before = readKeyring(folder)
  const slot = makeRecoverySlot(before, { id: core.platform.newId(), at: core.platform.now() }, secretOf(door), dataKey)
  changeKeyring(folder, (keyring) => ({ ...keyring, slots: [...keyring.slots, slot] }))
  transact('keys.recovery-reissued', () => undefined)
  const earlier = [...before.slots, ...before.old].filter((one) => one.kind === 'recovery').map((one) => one.id)
  changeKeyring(folder, (keyring) => withoutSlots(keyring, earlier))
  renewAuthority(core)
  forgetSheet(door)
  return keyState(context)
}

/**
 * Where the operating system keeps nothing safely, a stick that leaves the house with its owner does. From the next
 * sign-in on each password opens the records only while the file is there, so a printed key has to exist first.
 */
export async function makeKeyFile(context: ActionContext, file: string): Promise<KeyState> {
  const { core, transact } = context
  const { keeper, hasRecoveryKey } = await keyState(context)
  if (keeper === 'os') throw refuse('KEEPER_IS_OS')
  if (!hasRecoveryKey) throw refuse('NO_RECOVERY_KEY')
  makeChosenKeyFile(core.vault.folder, file, core.platform.random(32))
  transact('keys.file-made', () => undefined)
  return keyState(context)
}

const lookupsOf = (keyring: Keyring, accounts: readonly { userName: string; disabledAt: string | null }[]): Set<string> =>
  new Set(accounts.filter((one) => one.disabledAt === null).map((one) => lookupOf(keyring, one.userName)))

const oldSlots = (keyring: Keyring, lookups: ReadonlySet<string>): { people: number; recovery: boolean } => ({
  people: keyring.old.filter((slot) => slot.kind === 'user' && slot.lookup !== null && lookups.has(slot.lookup)).length,
  recovery: keyring.old.some((slot) => slot.kind === 'recovery'),
})
