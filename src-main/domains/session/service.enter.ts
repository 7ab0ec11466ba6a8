import { timingSafeEqual } from 'node:crypto'
import type { SessionState } from '#shared/domains/session/contract.ts'
import { isSignInOld, passwordNeed } from '#shared/domains/session/rules.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import type { Core } from '#main/core/core.ts'
import { dropUserKey, holdUserKey } from '#main/core/keys/held.ts'
import { keepBetter } from '#main/core/keys/passwords.ts'
import { derivePin } from '#main/core/keys/pins.ts'
import type { Unlocked } from '#main/core/keys/unlock.ts'
import { newToken } from '#main/core/keys/tokens.ts'
import type { ActionContext, Door, StreamContext } from '#main/core/rpc/context.ts'
import { factorOf, pinOf, setPinFails } from './repository.factors.ts'
import { accountByUserId, accountByUserName, updateSession, type Account } from './repository.ts'
import { carryLogin } from './service.carried.ts'
import { checkCode } from './service.factor.ts'
import { lockDoor, logSession, noteClock } from './service.life.ts'
import { dataKeyOfMachine, proveAtMember } from './service.member.ts'
import { isPasswordOf, unlockHere } from './service.password.ts'
import { noteAuthor } from './service.proof.ts'
import { admit, askForCode, leave, openChecked, rowOf, sessionOf, sessionState } from './service.ts'
import { beginAttempt, beginDeviceAttempt, meetMirror, type Attempt } from './service.throttle.ts'

/**
 * The password opens the person's key slot; the first one since the start opens the database with it.
 * An unknown name, a wrong password and a disabled account answer alike, after the same time.
 */
export async function signIn({ core, door }: ActionContext, input: { userName: string; password: string }): Promise<SessionState> {
  const attempt = beginAttempt(core, input.userName)
  const account = await provePassword(core, door, input, attempt)
  const own = sessionOf(door, account.userId)
  // A seat that was opened with both factors here today comes back with the password; it is no new session.
  const isComingBack = own !== undefined && !isSignInOld(own.fullSignInAt, core.platform.now())
  if (!isComingBack && factorOf(core.vault.reader, account.userId)) {
    attempt.pardon()
    askForCode(core, door, account)
    return sessionState(core, door)
  }
  attempt.succeed()
  letIn(core, door, account, !isComingBack)
  return sessionState(core, door)
}

/** R10: the code finishes what the password began at this door, within five minutes. */
export async function giveCode({ core, door, now }: ActionContext, { code }: { code: string }): Promise<SessionState> {
  const { pending } = door
  if (!pending || pending.until < now) {
    door.pending = null
    throw refuse('NO_SIGN_IN_PENDING')
  }
  const attempt = beginAttempt(core, pending.userName)
  const account = accountByUserId(core.vault.reader, pending.userId)
  if (!account) throw refuse('CODE_REFUSED')
  checkCode(core, account.userId, code)
  attempt.succeed()
  letIn(core, door, account, true)
  return sessionState(core, door)
}

export function cancelSignIn({ core, door }: ActionContext): SessionState {
  door.pending = null
  return sessionState(core, door)
}

export async function unlock(context: ActionContext, { password }: { password: string }): Promise<SessionState> {
  const { core, door } = context
  const person = door.session && accountByUserId(core.vault.reader, door.session.userId)
  if (!person) throw refuse('SIGN_IN_REFUSED')
  return signIn(context, { userName: person.userName, password })
}

/**
 * Six digits give a locked seat back. The try is counted before it is looked at, and in the database: five, and the
 * password is asked, whatever is restarted.
 */
export async function openByPin({ core, door, now }: ActionContext, { userId, pin }: { userId: Id; pin: string }): Promise<SessionState> {
  const account = core.vault.state === 'open' ? accountByUserId(core.vault.reader, userId) : undefined
  const session = account && sessionOf(door, userId)
  const known = account && pinOf(core.vault.reader, userId)
  const need = passwordNeed({ roles: account?.roles ?? [], fullSignInAt: session?.fullSignInAt, pinFails: known?.fails }, now)
  if (!account || !known || need) throw refuse('PASSWORD_NEEDED', { why: need ?? 'no-pin' })
  const takeBack = beginDeviceAttempt(core)
  const fails = known.fails + 1
  setPinFails(core.vault.writer, userId, fails)
  const derived = await derivePin(pin, Buffer.from(known.salt, 'base64'))
  if (!timingSafeEqual(derived, Buffer.from(known.hash, 'base64'))) throw refuse('PIN_REFUSED', { left: limits.pin_tries - fails })
  // While the digits were weighed the session may have ended, and tries beside this one may have used up the five.
  if (!sessionOf(door, userId)) throw refuse('PASSWORD_NEEDED', { why: 'signed-out' })
  takeBack()
  setPinFails(core.vault.writer, userId, 0)
  admit(core, door, account, { proof: 'pin', isFullSignIn: false })
  return sessionState(core, door)
}

export function lock({ core, door }: ActionContext): SessionState {
  if (core.vault.state === 'open') lockDoor(core, door)
  return sessionState(core, door)
}

export function signOut({ core, door }: ActionContext): SessionState {
  if (core.vault.state === 'open') leave(core, door)
  return sessionState(core, door)
}

/** R31. The second factor was given at this door within twelve hours, or the door would be locked: the password is what is fresh. */
export async function prove({ core, door, actor }: ActionContext, { password }: { password: string }): Promise<SessionState> {
  const account = actor && accountByUserId(core.vault.reader, actor.userId)
  if (!account) throw refuse(CommonError.SIGNED_OUT)
  const attempt = beginAttempt(core, account.userName)
  await provePassword(core, door, { userName: account.userName, password }, attempt)
  attempt.succeed()
  const { session } = door
  // Somebody else, or nobody, is at the door by now: their session is not made fresh by this password.
  if (!session || session.sessionId !== actor.sessionId || session.isLocked) throw refuse(CommonError.LOCKED)
  door.session = { ...session, proof: 'full', provedAt: core.platform.now(), token: newToken(core.platform) }
  updateSession(core.vault.writer, session.sessionId, rowOf(core, door, door.session))
  logSession(core, door, 'session.proved', door.session)
  core.changes.publish({ topics: ['session'] })
  return sessionState(core, door)
}

/**
 * A second person proves themselves beside whoever sits at the window, with everything that their own sign-in would ask;
 * nobody's session changes, and their key does not stay in memory. Undefined while the code of their second factor is missing.
 */
export async function proveBeside(core: Core, door: Door, { code, ...given }: { userName: string; password: string; code?: string | undefined }): Promise<Account | undefined> {
  const attempt = beginAttempt(core, given.userName)
  const account = await provePassword(core, door, given, attempt)
  dropUserKey(core, account.userId)
  if (factorOf(core.vault.reader, account.userId)) {
    if (code === undefined) {
      attempt.pardon()
      return undefined
    }
    checkCode(core, account.userId, code)
  }
  attempt.succeed()
  return account
}

export async function* changes({ core, signal }: StreamContext) {
  for await (const change of core.changes.subscribe(signal)) yield { topics: [...change.topics] }
}

function letIn(core: Core, door: Door, account: Account, isFullSignIn: boolean): void {
  setPinFails(core.vault.writer, account.userId, 0)
  admit(core, door, account, { proof: 'full', isFullSignIn })
  noteClock(core)
}

async function provePassword(core: Core, door: Door, { userName, password }: { userName: string; password: string }, attempt: Attempt): Promise<Account> {
  let opened = await unlockHere(core, userName, password)
  if (opened && core.vault.state !== 'open') {
    await openChecked(core, opened.dataKey)
    meetMirror(core, attempt)
  }
  if (core.vault.state !== 'open' && (await openByMachine(core))) {
    meetMirror(core, attempt)
    // Whoever has their password from another host is known by the records alone.
    if (core.node.role === 'host') opened = await unlockHere(core, userName, password)
  }
  if (core.vault.state === 'open' && core.node.role === 'member') return proveHere(core, { userName, password }, opened)
  const account = opened && accountByUserName(core.vault.reader, userName)
  if (!opened || !account || !(await isPasswordOf(core, account, opened))) {
    core.logger.warn({ door: door.kind }, 'sign-in refused')
    throw refuse('SIGN_IN_REFUSED') // The pipeline logs it where the database is open; the code is all that leaves.
  }
  if (opened.better) keepBetter(core.vault, opened.better)
  holdUserKey(core, account.userId, opened.userKey)
  await carryLogin(core, account, opened)
  // Should this machine one day follow another host, that one knows whose password it has seen.
  if (core.node.role === 'host') noteAuthor(core, core.node.deviceId, account)
  return account
}

/** On a machine that follows a host. A lease that has ended is asked about once the host could have been reached. */
async function proveHere(core: Core, given: { userName: string; password: string }, opened: Unlocked | undefined): Promise<Account> {
  if (core.node.lease?.hasEnded) await core.node.reach.isInReach()
  core.node.requireLease()
  return proveAtMember(core, given, opened)
}

/** Only a machine with a slot of its own opens without a person's. */
async function openByMachine(core: Core): Promise<boolean> {
  const dataKey = dataKeyOfMachine(core, (await core.machine.device()).secret)
  if (dataKey) await openChecked(core, dataKey)
  return dataKey !== undefined
}
