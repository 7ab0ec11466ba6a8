import type { SessionState } from '#shared/domains/session/contract.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import { loginMatches } from '#main/core/keys/kdf.ts'
import { passwordProblemAt } from '#main/core/keys/block-list.ts'
import { holdUserKey } from '#main/core/keys/held.ts'
import { readKeyring } from '#main/core/keys/keyring.ts'
import { givePassword } from '#main/core/keys/passwords.ts'
import { unlockWithPassword, type Unlocked } from '#main/core/keys/unlock.ts'
import type { Core } from '#main/core/core.ts'
import type { ActionContext } from '#main/core/rpc/context.ts'
import { memberLoginOf } from './repository.member.ts'
import { accountByUserId, type Account } from './repository.ts'
import { carriedHere, unlockCarried, writeLogin } from './service.carried.ts'
import { endSessionsOf, sessionState } from './service.ts'
import { beginAttempt } from './service.throttle.ts'

/**
 * The person's own slot is wrapped anew and nothing else: the records, the others and what is sealed to this person stay
 * as they are. Windows that were opened with the old password end (ASVS 7.4.3), the one where it was changed goes on.
 */
export async function changePassword({ core, door, actor, transact }: ActionContext, input: { oldPassword: string; newPassword: string }): Promise<SessionState> {
  const account = actor && accountByUserId(core.vault.reader, actor.userId)
  if (!account) throw refuse(CommonError.SIGNED_OUT)
  // R19: whoever sits at a window that was left open must not guess here what they may not guess at the door.
  const attempt = beginAttempt(core, account.userName)
  const opened = await unlockHere(core, account.userName, input.oldPassword)
  if (!opened || !(await isPasswordOf(core, account, opened))) throw refuse('OLD_PASSWORD_WRONG')
  attempt.succeed()
  requireStrong(core, account, input.newPassword)
  const { secret: device } = await core.machine.device()
  const person = { id: core.platform.newId(), userName: account.userName, password: input.newPassword, at: core.platform.now(), device, userKey: opened.userKey }
  const userKey = await givePassword(core.vault, person, (loginHash, carried) =>
    transact('session.password-changed', (context) => {
      context.audit({ entityId: account.userId })
      writeLogin(context.db, account.userId, loginHash, carried)
    }))
  endSessionsOf(core, account.userId, { except: actor.sessionId })
  holdUserKey(core, account.userId, userKey)
  return sessionState(core, door)
}

/** What this password opens on this machine, with the machine's own part of the key where there is one. */
export async function unlockHere(core: Core, userName: string, password: string): Promise<Unlocked | undefined> {
  const { secret } = await core.machine.device()
  const keyring = readKeyring(core.vault.folder)
  if (keyring.revokedAt !== undefined) throw refuse(CommonError.MACHINE_REVOKED)
  const carried = carriedHere(core, userName)
  if (carried) return unlockCarried(core, carried, password)
  return unlockWithPassword(keyring, userName, password, { device: secret, at: core.platform.now() })
}

/**
 * Whether what was opened is the account's password of today. Each machine has a salt of its own, so the account's hash
 * tells only where the password was given; elsewhere it is what this machine noted when a host had said that it was right.
 * The clinic's host may have been another machine then: both count wherever they are.
 */
export async function isPasswordOf(core: Core, { userId, loginHash }: Pick<Account, 'userId' | 'loginHash'>, { login }: Pick<Unlocked, 'login'>): Promise<boolean> {
  if (await loginMatches(login, loginHash)) return true
  const known = memberLoginOf(core.vault.reader, userId)
  return known?.accountHash === loginHash && loginMatches(login, known.loginHash)
}

export function requireStrong(core: Core, { userName, familyName, givenName }: Pick<Account, 'userName' | 'familyName' | 'givenName'>, password: string): void {
  const problem = passwordProblemAt(core, password, [core.vault.clinic?.name ?? '', userName, familyName, givenName])
  if (problem) throw refuse('PASSWORD_WEAK', { problem })
}
