import { assert } from '#shared/kernel/assert.ts'
import { toMs } from '#shared/kernel/time.ts'
import { refuse } from '#shared/rpc/errors.ts'
import type { Core } from '#main/core/core.ts'
import { holdUserKey } from '#main/core/keys/held.ts'
import { readKeyring } from '#main/core/keys/keyring.ts'
import { givePassword, keepBetter, takeSlotsAway } from '#main/core/keys/passwords.ts'
import { unlockWithDevice, type Unlocked } from '#main/core/keys/unlock.ts'
import type { Proved } from '#main/core/sync/reach.ts'
import { forgetMemberLogin, leaversOf, memberLoginOf, saveMemberLogin } from './repository.member.ts'
import { accountByUserId, accountByUserName, type Account } from './repository.ts'
import { isPasswordOf } from './service.password.ts'

// People at a machine that follows a host. Each machine has a keyring of its own: a password opens it here once the host
// has said that it is the person's, and from then on with the host out of reach too.

interface Given { userName: string; password: string }

/**
 * The password by this machine's own slot, as long as it was made for the account's password of today; otherwise the host
 * is asked. Off line for the first time is refused with FIRST_SIGN_IN_NEEDS_HOST, whoever it is.
 */
export async function proveAtMember(core: Core, given: Given, opened: Unlocked | undefined): Promise<Account> {
  const account = accountByUserName(core.vault.reader, given.userName)
  const isProved = account && opened && (await isPasswordOf(core, account, opened))
  if (!isProved) {
    const known = account && memberLoginOf(core.vault.reader, account.userId)
    if (known && known.accountHash === account?.loginHash) throw refuse('SIGN_IN_REFUSED')
    return provedByHost(core, given)
  }
  if (opened.better) keepBetter(core.vault, opened.better)
  holdUserKey(core, account.userId, opened.userKey)
  return account
}

/** A machine that may start with nobody there also opens for somebody who has never signed in here, to ask the host about them. */
export function dataKeyOfMachine(core: Core, secret: Uint8Array | undefined): Uint8Array | undefined {
  return secret && unlockWithDevice(readKeyring(core.vault.folder), secret)?.dataKey
}

/** An account that was closed or reset opens nothing here any more, whether its password is known or not. */
export function dropLeavers(core: Core): void {
  for (const { userId, userName } of leaversOf(core.vault.reader)) {
    takeSlotsAway(core.vault, userName)
    forgetMemberLogin(core.vault.writer, userId)
  }
}

async function provedByHost(core: Core, given: Given): Promise<Account> {
  const proved = (await core.node.reach.isInReach()) ? await core.node.reach.prove(core.platform.newId(), given) : undefined
  if (!proved) throw refuse('FIRST_SIGN_IN_NEEDS_HOST')
  const account = proved.person ? accountByUserId(core.vault.reader, proved.person.userId) : undefined
  if (!proved.person || !account) throw refusalOf(core, proved)
  await remember(core, given, account, proved.person)
  return account
}

function refusalOf(core: Core, { waitUntil, isStopped }: Proved) {
  if (isStopped) return refuse('SIGN_IN_STOPPED')
  if (waitUntil === null) return refuse('SIGN_IN_REFUSED')
  return refuse('SIGN_IN_WAIT', { seconds: Math.max(1, Math.ceil((toMs(waitUntil) - core.platform.nowMs()) / 1_000)) })
}

/** The slot is made here, with this machine's part of the key; the host never sees it, and it holds the person's own key as the host has it. */
async function remember(core: Core, { password }: Given, account: Account, person: NonNullable<Proved['person']>): Promise<void> {
  const { secret: device } = await core.machine.device()
  const at = core.platform.now()
  const userKey = person.userKey === null ? undefined : new Uint8Array(Buffer.from(person.userKey, 'hex'))
  const held = await givePassword(core.vault, { id: core.platform.newId(), userName: account.userName, password, at, device, userKey }, (loginHash) => {
    assert(core.vault.state === 'open', 'the database is open')
    saveMemberLogin(core.vault.writer, { userId: account.userId, loginHash, accountHash: person.loginHash, provedAt: at })
  })
  holdUserKey(core, account.userId, held)
}
