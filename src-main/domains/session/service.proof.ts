import type { Id } from '#shared/kernel/ids.ts'
import { toInstant } from '#shared/kernel/time.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import type { ToHost } from '#shared/sync/messages.ts'
import type { Core } from '#main/core/core.ts'
import { writeAudit } from '#main/core/rpc/audit-writer.ts'
import { authorship, noteProved } from '#main/core/sync/host-store.ts'
import { inOwnTransaction } from '#main/core/sync/own-transaction.ts'
import type { Proved } from '#main/core/sync/reach.ts'
import { accountByUserName, type Account } from './repository.ts'
import { carryLogin } from './service.carried.ts'
import { isPasswordOf, unlockHere } from './service.password.ts'
import { beginAttempt } from './service.throttle.ts'

type Asked = Extract<ToHost, { t: 'prove' }>

/**
 * A machine of the clinic asks whether a password is right: looked at as if it had been typed here, with the same slow
 * derivation and the same count of failed tries. The person's private key goes back only after their own password, inside
 * mutual TLS, to a machine that the clinic has paired; it is what lets their sealed notes open there too.
 */
export async function answerProof(core: Core, deviceId: Id, { id, userName, password }: Asked): Promise<Proved> {
  const no: Proved = { t: 'proved', id, person: null, waitUntil: null, isStopped: false }
  try {
    const attempt = beginAttempt(core, userName)
    const opened = await unlockHere(core, userName, password)
    const account = opened && accountByUserName(core.vault.reader, userName)
    if (!opened || !account || !(await isPasswordOf(core, account, opened))) {
      log(core, deviceId, undefined)
      return no
    }
    log(core, deviceId, account)
    attempt.succeed()
    noteAuthor(core, deviceId, account)
    await carryLogin(core, account, opened)
    const userKey = opened.userKey ? Buffer.from(opened.userKey).toString('hex') : null
    return { ...no, person: { userId: account.userId, loginHash: account.loginHash, userKey } }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { ...no, isStopped: error.code === 'SIGN_IN_STOPPED', waitUntil: error.code === 'SIGN_IN_WAIT' ? toInstant(core.platform.nowMs() + secondsOf(error) * 1_000) : null }
  }
}

/** From here on commands that this machine sends in the person's name are believed to be theirs (I10). */
export function noteAuthor(core: Core, deviceId: Id, { userId, loginHash }: Pick<Account, 'userId' | 'loginHash'>): void {
  if (authorship(core.vault.reader, deviceId, userId) === 'proved') return
  inOwnTransaction(core, (db) => noteProved(db, { deviceId, userId, loginHash, since: core.platform.now() }))
}

function log(core: Core, deviceId: Id, account: Account | undefined): void {
  writeAudit(core.vault.writer, {
    at: core.platform.now(), action: 'session.proved-from-machine', outcome: account ? 'done' : 'refused', actorId: account?.userId ?? null, sessionId: null, door: 'network',
    commandId: null, patientId: null, entityId: deviceId, code: account ? null : 'SIGN_IN_REFUSED', roles: account?.roles,
  })
  core.audit.wrote()
}

const secondsOf = ({ data }: Refusal): number => (typeof data === 'object' && data !== null && 'seconds' in data && typeof data.seconds === 'number' ? data.seconds : 60)
