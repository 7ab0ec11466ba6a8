import { isIdle, isSignInOld } from '#shared/domains/session/rules.ts'
import { toInstant, toMs } from '#shared/kernel/time.ts'
import type { Core } from '#main/core/core.ts'
import { deskOf } from '#main/core/desk.ts'
import { writeAudit } from '#main/core/rpc/audit-writer.ts'
import type { Actor, Door } from '#main/core/rpc/context.ts'
import { seenAt, setSeenAt } from './repository.factors.ts'
import { setSessionLocked, setSessionSeen } from './repository.ts'

// How long a session lives open: until nobody has moved, until twelve hours are over, until somebody locks it.

/** A sign of life is written at most once a minute: it is no event, and a crash may cost one. */
const SAVE_MS = 60_000
const saved = new WeakMap<Door, number>()

/** Doors that people sit at. A command line and a test in process end by themselves. */
const hasLife = (door: Door): boolean => door.kind === 'window' || door.kind === 'socket'

/** R04: the core locks by its own clock, whatever the page does. Called before each call is judged. */
export function lockWhenDue(core: Core, door: Door): void {
  const { session } = door
  if (!session || session.isLocked || !hasLife(door) || core.vault.state !== 'open') return
  const isDue = isIdle(door.lastSeenMs, core.platform.nowMs(), deskOf(core).idleSeconds) || isSignInOld(session.fullSignInAt, core.platform.now())
  if (!isDue) return
  lockDoor(core, door)
  core.changes.publish({ topics: ['session'] })
}

/** Somebody did something at this door. Looking alone (queries that refresh themselves) is none of it. */
export function noteLife(core: Core, door: Door): void {
  const now = core.platform.nowMs()
  door.lastSeenMs = now
  if (!door.session || now - (saved.get(door) ?? 0) < SAVE_MS) return
  saved.set(door, now)
  setSessionSeen(core.vault.writer, door.session.sessionId, toInstant(now))
  noteClock(core)
}

/** Remembers the latest time; it never goes back by itself (`resetClock` after a proof that needs no clock). */
export function noteClock(core: Core): void {
  const seen = seenAt(core.vault.reader)
  const now = core.platform.now()
  if (seen === undefined || toMs(now) > toMs(seen)) setSeenAt(core.vault.writer, now)
}

export function resetClock(core: Core): void {
  setSeenAt(core.vault.writer, core.platform.now())
}

export function lockDoor(core: Core, door: Door): void {
  if (!door.session || door.session.isLocked) return
  const at = core.platform.now()
  setSessionLocked(core.vault.writer, door.session.sessionId, at)
  door.session = { ...door.session, isLocked: true, lockedAt: at }
  logSession(core, door, 'session.locked', door.session)
}

/** The computer was locked or sleeps. */
export function lockAll(core: Core): void {
  if (core.vault.state !== 'open') return
  for (const door of core.doors.values()) if (hasLife(door)) lockDoor(core, door)
  core.changes.publish({ topics: ['session'] })
}

export function logSession(core: Core, door: Door, action: string, actor: Actor): void {
  writeAudit(core.vault.writer, {
    at: core.platform.now(), action, outcome: 'done', actorId: actor.userId, sessionId: actor.sessionId, door: door.kind,
    commandId: null, patientId: null, entityId: null, code: null, roles: actor.roles,
  })
}
