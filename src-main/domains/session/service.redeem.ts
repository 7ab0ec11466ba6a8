import type { SessionState } from '#shared/domains/session/contract.ts'
import { parseInviteCode } from '#shared/kernel/invite-code.ts'
import { refuse } from '#shared/rpc/errors.ts'
import type { Core } from '#main/core/core.ts'
import { holdUserKey } from '#main/core/keys/held.ts'
import { readKeyring, type Slot } from '#main/core/keys/keyring.ts'
import { givePassword } from '#main/core/keys/passwords.ts'
import { unlockWithInvite } from '#main/core/keys/unlock.ts'
import type { ActionContext } from '#main/core/rpc/context.ts'
import { accountByUserName } from './repository.ts'
import { writeLogin } from './service.carried.ts'
import { requireStrong } from './service.password.ts'
import { beginAttempt } from './service.throttle.ts'
import { enterAs, openChecked, sessionState } from './service.ts'

/**
 * R21: the one-time code opens the records and lets its person choose a password; then the code is used up, because its
 * slot is gone. An unknown name, a wrong code and a used one answer alike; that it is too late is told only to whoever
 * has the right code.
 */
export async function redeemInvite({ core, door, transact }: ActionContext, input: { userName: string; code: string; newPassword: string }): Promise<SessionState> {
  const slot = await provenInvite(core, input)
  if (slot.expiresAt === null || slot.expiresAt <= core.platform.now()) throw refuse('INVITE_EXPIRED')
  const account = accountByUserName(core.vault.reader, input.userName)
  if (!account) throw refuse('INVITE_REFUSED')
  requireStrong(core, account, input.newPassword)
  const { secret: device } = await core.machine.device()
  const person = { id: core.platform.newId(), userName: account.userName, password: input.newPassword, at: core.platform.now(), device }
  const actor = { sessionId: '', userId: account.userId, staffId: account.staffId, name: `${account.givenName} ${account.familyName}`, roles: account.roles }
  const userKey = await givePassword(core.vault, person, (loginHash, carried) => {
    // Two windows with the same code: the second one finds the invitation used.
    if (!readKeyring(core.vault.folder).slots.some((one) => one.id === slot.id)) throw refuse('INVITE_REFUSED')
    transact('session.invite-redeemed', (context) => {
      context.audit({ entityId: account.userId })
      writeLogin(context.db, account.userId, loginHash, carried)
    }, { actor })
  })
  enterAs(core, door, account.userName)
  holdUserKey(core, account.userId, userKey)
  return sessionState(core, door)
}

/** The invitation that the code opens; the records are open afterwards. Wrong codes make the next one wait. */
async function provenInvite(core: Core, { userName, code }: { userName: string; code: string }): Promise<Slot> {
  const attempt = beginAttempt(core, userName)
  const typed = parseInviteCode(code)
  const opened = typed === undefined ? undefined : await unlockWithInvite(readKeyring(core.vault.folder), userName, typed)
  if (!opened) throw refuse('INVITE_REFUSED')
  attempt.succeed()
  if (core.vault.state !== 'open') await openChecked(core, opened.dataKey)
  return opened.slot
}
