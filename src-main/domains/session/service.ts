import type { SessionState } from '#shared/domains/session/contract.ts'
import type { Tile } from '#shared/domains/session/model.ts'
import { passwordNeed } from '#shared/domains/session/rules.ts'
import { assert } from '#shared/kernel/assert.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import { addMinutes, toMs } from '#shared/kernel/time.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import { dropUserKey } from '#main/core/keys/held.ts'
import { readKeyring } from '#main/core/keys/keyring.ts'
import { settleMachine } from './service.machine.ts'
import { closeDamaged } from '#main/core/damaged.ts'
import type { Core } from '#main/core/core.ts'
import { hashToken, newToken } from '#main/core/keys/tokens.ts'
import { deskOf } from '#main/core/desk.ts'
import type { Actor, Door, Proof, Session } from '#main/core/rpc/context.ts'
import { factorOf, pins, secondFactorPolicy } from './repository.factors.ts'
import {
  accountByUserId, accountByUserName, endSession, insertSession, listPeople, openSession, updateSession, withoutHash, type Account, type SessionRow,
} from './repository.ts'
import { lockDoor, logSession } from './service.life.ts'

// Sessions and the doors they stand at. How a person gets in is in service.enter.ts.

export function sessionState(core: Core, door: Door): SessionState {
  const { idleSeconds } = deskOf(core)
  const { state } = core.vault
  if (state !== 'open') return { phase: state === 'empty' ? 'first-run' : isRevoked(core) ? 'revoked' : 'closed', person: null, clinic: null, people: [], seat: null, idleSeconds }
  const db = core.vault.reader
  const userId = door.pending?.userId ?? door.session?.userId
  const account = userId === undefined ? undefined : accountByUserId(db, userId)
  return {
    phase: phaseOf(door), person: account ? withoutHash(account) : null, clinic: core.vault.clinic ?? null,
    people: tilesOf(core, door), seat: door.session?.sessionId ?? null, idleSeconds,
  }
}

/** While the records are closed only the keyring can tell. A damaged one is said at the sign-in. */
function isRevoked(core: Core): boolean {
  try {
    return readKeyring(core.vault.folder).revokedAt !== undefined
  } catch {
    return false
  }
}

function phaseOf({ pending, session }: Door): SessionState['phase'] {
  if (pending) return 'second-factor'
  if (!session) return 'signed-out'
  if (session.isLocked) return 'locked'
  return session.mustEnrol ? 'enrol' : 'active'
}

function tilesOf(core: Core, door: Door): Tile[] {
  const fails = new Map(pins(core.vault.reader).map((pin) => [pin.userId, pin.fails]))
  const now = core.platform.now()
  return listPeople(core.vault.reader).map((person) => {
    const session = sessionOf(door, person.userId)
    return {
      ...person, seat: session?.sessionId ?? null, lockedAt: session?.lockedAt ?? null,
      opensByPin: passwordNeed({ roles: person.roles, fullSignInAt: session?.fullSignInAt, pinFails: fails.get(person.userId) }, now) === undefined,
    }
  })
}

export const sessionOf = (door: Door, userId: Id): Session | undefined => (door.session?.userId === userId ? door.session : door.waiting.get(userId))

/** A desk is shared by a shift, not by a town: the one that has waited longest ends when a thirteenth comes. */
const WAITING_MAX = 12

/** Whoever is at the door is locked and waits behind it, with their seat and work. */
export function stepAside(core: Core, door: Door): void {
  lockDoor(core, door)
  if (!door.session) return
  door.waiting.delete(door.session.userId)
  door.waiting.set(door.session.userId, door.session)
  door.session = null
  const [oldest] = door.waiting.values()
  if (oldest && door.waiting.size > WAITING_MAX) end(core, door, oldest)
}

interface Admission {
  proof: Proof
  /** Everything that is asked of the person was given just now. */
  isFullSignIn: boolean
  /** Set-up and recovery: the printed key is a factor of its own. */
  withPrintedKey?: boolean
}

/** Gives the door to somebody who has proved themselves: back to the seat that waits for them, or to a new one. */
export function admit(core: Core, door: Door, account: Account, { proof, isFullSignIn, withPrintedKey = false }: Admission): Session {
  const own = sessionOf(door, account.userId)
  if (door.session && door.session !== own) stepAside(core, door)
  door.pending = null
  door.waiting.delete(account.userId)
  door.lastSeenMs = core.platform.nowMs()
  const mustEnrol = !withPrintedKey && needsToEnrol(core, account.userId)
  if (!own) return begin(core, door, account, { mustEnrol })
  const now = core.platform.now()
  const session: Session = {
    ...own, isLocked: false, lockedAt: null, proof, mustEnrol,
    provedAt: proof === 'full' ? now : own.provedAt, fullSignInAt: isFullSignIn ? now : own.fullSignInAt,
    // R30: a new token at each full proof; what was copied before opens nothing any more.
    token: proof === 'full' ? newToken(core.platform) : own.token,
  }
  updateSession(core.vault.writer, session.sessionId, rowOf(core, door, session))
  door.session = session
  logSession(core, door, 'session.unlocked', session)
  return session
}

/** Opens a session at this door; the caller has proved who it is with everything that is asked (tests, the printed key). */
export function startSession(core: Core, door: Door, account: Account): Session {
  return begin(core, door, account, { mustEnrol: false })
}

function begin(core: Core, door: Door, account: Account, given: Partial<Pick<Session, 'mustEnrol' | 'proof' | 'provedAt' | 'fullSignInAt'>>): Session {
  const sessionId = core.platform.newId()
  const at = core.platform.now()
  const session = toSession(account, {
    sessionId, startedAt: at, provedAt: at, fullSignInAt: at, proof: 'full', isLocked: false, lockedAt: null, mustEnrol: false, token: newToken(core.platform), ...given,
  })
  insertSession(core.vault.writer, { id: sessionId, userId: account.userId, door: door.kind, startedAt: at, ...rowOf(core, door, session) })
  door.session = session
  door.lastSeenMs = core.platform.nowMs()
  logSession(core, door, 'session.started', session)
  return session
}

/**
 * Signs in at this door someone who has just proved themselves in another way. With the printed key (set-up, recovery)
 * nothing more is asked; otherwise a person with a second factor still has to give a code, and one without may have to enrol.
 */
export function enterAs(core: Core, door: Door, userName: string, { withPrintedKey = false }: { withPrintedKey?: boolean } = {}): void {
  const account = accountByUserName(core.vault.reader, userName)
  assert(account, 'who was let in has an account')
  // Set-up has made the keys of everybody; only those of who is here stay in memory.
  for (const userId of core.userKeys.keys()) if (userId !== account.userId) dropUserKey(core, userId)
  if (withPrintedKey || !factorOf(core.vault.reader, account.userId)) admit(core, door, account, { proof: 'full', isFullSignIn: true, withPrintedKey })
  else askForCode(core, door, account)
  core.changes.publish({ topics: ['session'] })
}

/** The password was right; whoever is at the door steps aside until the code has come. */
export function askForCode(core: Core, door: Door, account: Account): void {
  lockDoor(core, door)
  door.pending = { userId: account.userId, userName: account.userName, until: addMinutes(core.platform.now(), limits.sign_in_pending_minutes) }
}

const needsToEnrol = (core: Core, userId: Id): boolean => secondFactorPolicy(core.vault.reader) === 'required' && !factorOf(core.vault.reader, userId)

/** Ends every session of a person, at the door or waiting behind it: the next call finds nobody signed in. */
export function endSessionsOf(core: Core, userId: Id, { except }: { except?: Id } = {}): void {
  for (const door of core.doors.values()) {
    if (door.pending?.userId === userId) door.pending = null
    const session = sessionOf(door, userId)
    if (session && session.sessionId !== except) end(core, door, session)
  }
}

/** After a crash of the core its windows come back to the sessions they had, locked if they were. A token of another door opens nothing (R30). */
export function resumeSessions(core: Core, door: Door, tokens: readonly string[]): void {
  const found = tokens.flatMap((token) => resumed(core, door, token) ?? [])
  const [front, ...rest] = found
  for (const session of rest) door.waiting.set(session.userId, session.isLocked ? session : { ...session, isLocked: true, lockedAt: core.platform.now() })
  door.session = front ?? null
}

function resumed(core: Core, door: Door, token: string): Session | undefined {
  const row = openSession(core.vault.reader, hashToken(token))
  const account = row && accountByUserId(core.vault.reader, row.userId)
  if (!row || !account || row.doorId !== door.id) return undefined
  door.lastSeenMs = toMs(row.lastSeenAt ?? row.startedAt)
  return toSession(account, stateOf(row, token))
}

/** For the shell alone: what gives this door's sessions back, the one at the door first. A door without one gets none. */
export function tokensOf(door: Door): string[] {
  const all = door.session ? [door.session, ...door.waiting.values()] : [...door.waiting.values()]
  return all.map((session) => session.token)
}

/** A second window opened from a signed-in one is the same person's, as far as they had proved it there. */
export function joinSession(core: Core, door: Door, neighbour: Door): void {
  const beside = neighbour.session
  const account = beside && !beside.isLocked && accountByUserId(core.vault.reader, beside.userId)
  if (!account) return
  begin(core, door, account, { mustEnrol: beside.mustEnrol, proof: beside.proof, provedAt: beside.provedAt, fullSignInAt: beside.fullSignInAt })
  core.changes.publish({ topics: ['session'] })
}

/** How long the first sign-in after a start waits for the check of every page. */
const CHECK_MS = 1_500

/** Opens the database and has it checked; a damaged one is never opened half. */
export async function openChecked(core: Core, dataKey: Uint8Array): Promise<void> {
  core.vault.open(dataKey)
  await settleMachine(core)
  const isWhole = await core.vault.check(CHECK_MS, () => closeDamaged(core), core.platform.now)
  if (isWhole === false) throw refuse(CommonError.DATABASE_DAMAGED, { reason: 'unreadable' })
}

/** Ends the session at the door: sign-out. Others go on waiting behind it. */
export function leave(core: Core, door: Door): void {
  door.pending = null
  if (door.session) end(core, door, door.session)
}

/** The window is closed. */
export function leaveAll(core: Core, door: Door): void {
  leave(core, door)
  for (const session of door.waiting.values()) end(core, door, session)
}

export function end(core: Core, door: Door, session: Session): void {
  endSession(core.vault.writer, session.sessionId, core.platform.now())
  logSession(core, door, 'session.ended', session)
  if (door.session?.sessionId === session.sessionId) door.session = null
  else door.waiting.delete(session.userId)
  dropUserKey(core, session.userId)
}

export const rowOf = (core: Core, door: Door, session: Session) => ({
  doorId: door.id, tokenHash: hashToken(session.token), proof: session.proof, provedAt: session.provedAt, fullSignInAt: session.fullSignInAt,
  lastSeenAt: core.platform.now(), mustEnrol: session.mustEnrol, lockedAt: session.lockedAt,
})

const stateOf = (row: SessionRow, token: string): Omit<Session, Exclude<keyof Actor, 'sessionId'>> => ({
  sessionId: row.id, startedAt: row.startedAt, provedAt: row.provedAt ?? row.startedAt, fullSignInAt: row.fullSignInAt ?? row.startedAt,
  proof: row.proof === 'pin' ? 'pin' : 'full', isLocked: row.lockedAt !== null, lockedAt: row.lockedAt, mustEnrol: row.mustEnrol, token,
})

const toSession = (account: Account, state: Omit<Session, Exclude<keyof Actor, 'sessionId'>>): Session => ({
  ...state, userId: account.userId, staffId: account.staffId, name: `${account.givenName} ${account.familyName}`, roles: account.roles, isPrivacyOfficer: account.isPrivacyOfficer,
})
