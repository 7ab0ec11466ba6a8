import { Role } from '#shared/access/roles.ts'
import type { SessionState } from '#shared/domains/session/contract.ts'
import { parseRecoveryKey } from '#shared/kernel/recovery-key.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { passwordProblemAt } from '#main/core/keys/block-list.ts'
import { holdUserKey } from '#main/core/keys/held.ts'
import { readKeyring } from '#main/core/keys/keyring.ts'
import { unlockWithRecoveryKey } from '#main/core/keys/unlock.ts'
import { givePassword, keepBetter } from '#main/core/keys/passwords.ts'
import type { ActionContext } from '#main/core/rpc/context.ts'
import { accountByUserName } from './repository.ts'
import { writeLogin } from './service.carried.ts'
import { resetClock } from './service.life.ts'
import { enterAs, openChecked, sessionState } from './service.ts'
import { beginAttempt, forgiveAttempts, PRINTED_KEY } from './service.throttle.ts'

/**
 * The printed key opens the records and gives an administrator a new password. A key of other records and a name that is
 * no administrator's answer alike; only a misread group is told apart, because the paper itself shows that.
 */
export async function recover({ core, door, transact }: ActionContext, input: { recoveryKey: string; userName: string; newPassword: string }): Promise<SessionState> {
  const recoveryKey = parseRecoveryKey(input.recoveryKey)
  if (!recoveryKey) throw refuse('RECOVERY_KEY_MISREAD')
  const attempt = beginAttempt(core, PRINTED_KEY)
  const keyring = readKeyring(core.vault.folder)
  const opened = unlockWithRecoveryKey(keyring, recoveryKey)
  if (!opened) throw refuse('RECOVERY_REFUSED')
  if (core.vault.state !== 'open') await openChecked(core, opened.dataKey)
  // The paper opens the records of every machine; a new password is the host's to give.
  core.node.requireHost()
  const account = accountByUserName(core.vault.reader, input.userName)
  if (!account?.roles.includes(Role.administrator)) throw refuse('RECOVERY_REFUSED')
  attempt.pardon()
  const problem = passwordProblemAt(core, input.newPassword, [core.vault.clinic?.name ?? '', account.userName, account.familyName, account.givenName])
  if (problem) throw refuse('PASSWORD_WEAK', { problem })
  const actor = { sessionId: '', userId: account.userId, staffId: account.staffId, name: `${account.givenName} ${account.familyName}`, roles: account.roles }
  if (keyring.old.some((slot) => slot.id === opened.slot.id)) keepBetter(core.vault, opened.slot)
  const person = { id: core.platform.newId(), userName: account.userName, password: input.newPassword, at: core.platform.now(), device: (await core.machine.device()).secret }
  const userKey = await givePassword(core.vault, person, (loginHash, carried) =>
    transact('session.recovered', (context) => {
      context.audit({ entityId: account.userId })
      writeLogin(context.db, account.userId, loginHash, carried)
    }, { actor }))
  attempt.succeed()
  forgiveAttempts(core, account.userName)
  resetClock(core)
  enterAs(core, door, account.userName, { withPrintedKey: true })
  holdUserKey(core, account.userId, userKey)
  return sessionState(core, door)
}
