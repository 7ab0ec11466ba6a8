import type { SessionState } from '#shared/domains/session/contract.ts'
import { CommonError, refuse, type Refusal } from '#shared/rpc/errors.ts'
import { assert } from '#shared/kernel/assert.ts'
import type { Id } from '#shared/kernel/ids.ts'
import type { Core } from '#main/core/core.ts'
import { loginMatches } from '#main/core/keys/kdf.ts'
import { readKeyring, unlockWithPassword } from '#main/core/keys/keyring.ts'
import type { ActionContext, Actor, Door, Session, StreamContext } from '#main/core/rpc/context.ts'
import { closeDamaged } from '#main/core/damaged.ts'
import { writeAudit } from '#main/core/rpc/audit-writer.ts'
import {
  accountByUserId, accountByUserName, endSession, insertSession, listPeople, openSession, setSessionLocked, withoutHash, type Account,
} from './repository.ts'

export function sessionState(core: Core, door: Door): SessionState {
  if (core.vault.state === 'empty') return { phase: 'first-run', person: null, clinic: null, people: [] }
  if (core.vault.state === 'closed') return { phase: 'closed', person: null, clinic: null, people: [] }
  const db = core.vault.reader
  const account = door.session && accountByUserId(db, door.session.userId)
  return {
    phase: !door.session ? 'signed-out' : door.session.isLocked ? 'locked' : 'active',
    person: account ? withoutHash(account) : null,
    clinic: core.vault.clinic ?? null,
    people: listPeople(db),
  }
}

/**
 * The password opens the person's key slot; the first one since the start opens the database with it.
 * An unknown name, a wrong password and a disabled account answer alike.
 */
export async function signIn({ core, door }: ActionContext, input: { userName: string; password: string }): Promise<SessionState> {
  const account = await proveIdentity(core, door, input.userName, input.password)
  leave(core, door)
  startSession(core, door, account)
  return sessionState(core, door)
}

export async function unlock({ core, door }: ActionContext, input: { password: string }): Promise<SessionState> {
  const session = door.session
  if (!session) throw refuse('SIGN_IN_REFUSED')
  const person = accountByUserId(core.vault.reader, session.userId)
  if (!person) throw refuse('SIGN_IN_REFUSED')
  await proveIdentity(core, door, person.userName, input.password)
  setSessionLocked(core.vault.writer, session.sessionId, null)
  door.session = { ...session, isLocked: false, proof: 'full', provedAt: core.platform.now() }
  log(core, door, 'session.unlocked', session)
  return sessionState(core, door)
}

export function lock({ core, door }: ActionContext): SessionState {
  if (door.session && !door.session.isLocked) {
    setSessionLocked(core.vault.writer, door.session.sessionId, core.platform.now())
    door.session = { ...door.session, isLocked: true }
    log(core, door, 'session.locked', door.session)
  }
  return sessionState(core, door)
}

export function signOut({ core, door }: ActionContext): SessionState {
  leave(core, door)
  return sessionState(core, door)
}

export async function* changes({ core, signal }: StreamContext) {
  for await (const change of core.changes.subscribe(signal)) yield { topics: [...change.topics] }
}

/** Opens a session at this door; the caller has proved who it is (password, recovery key, a session resumed after a crash). */
export function startSession(core: Core, door: Door, account: Account): Session {
  const sessionId = core.platform.newId()
  const at = core.platform.now()
  insertSession(core.vault.writer, { id: sessionId, userId: account.userId, door: door.kind, at })
  const session = toSession(account, { sessionId, startedAt: at, provedAt: at, proof: 'full', isLocked: false })
  door.session = session
  log(core, door, 'session.started', session)
  return session
}

/** Signs in at this door someone who has just proved themselves in another way (set-up, the printed key). */
export function enterAs(core: Core, door: Door, userName: string): void {
  const account = accountByUserName(core.vault.reader, userName)
  assert(account, 'who was let in has an account')
  leave(core, door)
  startSession(core, door, account)
  core.changes.publish({ topics: ['session'] })
}

/** Ends every session of a person, whatever window it is in: the next call finds nobody signed in. */
export function endSessionsOf(core: Core, userId: Id): void {
  for (const door of core.doors.values()) if (door.session?.userId === userId) leave(core, door)
}

/** After a crash of the core its windows come back to the session they had, locked if it was locked. */
export function resumeSession(core: Core, door: Door, sessionId: Id): void {
  const row = openSession(core.vault.reader, sessionId)
  const account = row && accountByUserId(core.vault.reader, row.userId)
  door.session = row && account
    ? toSession(account, { sessionId, startedAt: row.startedAt, provedAt: row.startedAt, proof: 'full', isLocked: row.lockedAt !== null })
    : null
}

/** A second window opened from a signed-in one is the same person's, with a session and a lock of its own. */
export function joinSession(core: Core, door: Door, neighbour: Door): void {
  const account = neighbour.session && !neighbour.session.isLocked && accountByUserId(core.vault.reader, neighbour.session.userId)
  if (account) {
    startSession(core, door, account)
    core.changes.publish({ topics: ['session'] })
  }
}

/** Password and account together, at whatever window; whoever asks for it says what follows from it. */
export async function proveIdentity(core: Core, door: Door, userName: string, password: string): Promise<Account> {
  const opened = await unlockWithPassword(readKeyring(core.vault.folder), userName, password)
  if (opened && core.vault.state !== 'open') await openChecked(core, opened.dataKey)
  const account = opened && accountByUserName(core.vault.reader, userName)
  if (!opened || !account || !(await loginMatches(opened.login, account.loginHash))) throw refused(core, door)
  return account
}

/** How long the first sign-in after a start waits for the check of every page. */
const CHECK_MS = 1_500

/** Opens the database and has it checked; a damaged one is never opened half. */
export async function openChecked(core: Core, dataKey: Uint8Array): Promise<void> {
  core.vault.open(dataKey)
  const isWhole = await core.vault.check(CHECK_MS, () => closeDamaged(core), core.platform.now)
  if (isWhole === false) throw refuse(CommonError.DATABASE_DAMAGED, { reason: 'unreadable' })
}

/** The pipeline logs the refusal where the database is open; the code is all that leaves. */
function refused(core: Core, door: Door): Refusal {
  core.logger.warn({ door: door.kind }, 'sign-in refused')
  return refuse('SIGN_IN_REFUSED')
}

/** Ends the door's session: sign-out, another person at the same window, a closed window. */
export function leave(core: Core, door: Door): void {
  if (!door.session) return
  endSession(core.vault.writer, door.session.sessionId, core.platform.now())
  log(core, door, 'session.ended', door.session)
  door.session = null
}

const toSession = (account: Account, state: Omit<Session, Exclude<keyof Actor, 'sessionId'>>): Session => ({
  ...state, userId: account.userId, staffId: account.staffId, name: `${account.givenName} ${account.familyName}`, roles: account.roles,
})

function log(core: Core, door: Door, action: string, actor: Actor): void {
  writeAudit(core.vault.writer, {
    at: core.platform.now(), action, outcome: 'done', actorId: actor.userId, sessionId: actor.sessionId, door: door.kind,
    commandId: null, patientId: null, entityId: null, code: null,
  })
}
