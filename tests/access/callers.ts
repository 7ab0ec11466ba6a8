import { eq } from 'drizzle-orm'
import { selfPatients } from '#drizzle/schema/access.ts'
import { userAccounts } from '#drizzle/schema/clinic.ts'
import { allRoles } from '#shared/access/roles.ts'
import { addMinutes } from '#shared/kernel/time.ts'
import type { Core } from '#main/core/core.ts'
import type { Door, Session } from '#main/core/rpc/context.ts'
import { endSession } from '#main/domains/session/repository.ts'
import { lockDoor } from '#main/domains/session/service.life.ts'
import { endSessionsOf, resumeSessions, startSession } from '#main/domains/session/service.ts'
import { roleColumns, type Caller } from './matrix.ts'
import { accountOf, holdKey } from './people.ts'
import type { Scene } from './scene.ts'

/** `stale`: came in by PIN, and the last password is older than any act allows. */
export type Freshness = 'fresh' | 'stale'

const STALE_MIN = 60

/**
 * Stands somebody at a door, by the steps that a real window takes. The people without a usable session hold every role
 * there is, so that nothing but their state keeps them out.
 */
export function stand(core: Core, door: Door, caller: Caller, freshness: Freshness): void {
  door.session = null
  door.pending = null
  door.waiting.clear()
  if (caller === 'anonymous') return
  const session = enter(core, door, caller)
  const { now } = core.platform
  if (freshness === 'stale') makeStale(core, door)
  if (caller === 'enrolling') door.session = { ...door.session ?? session, mustEnrol: true }
  if (caller === 'locked') lockDoor(core, door)
  if (caller === 'disabled') {
    core.vault.writer.update(userAccounts).set({ disabledAt: now() }).where(eq(userAccounts.id, session.userId)).run()
    endSessionsOf(core, session.userId)
  }
  if (caller === 'expired') {
    // The window comes back with the name of a session that has ended meanwhile.
    endSession(core.vault.writer, session.sessionId, now())
    resumeSessions(core, door, [session.token])
  }
}

export function makeStale(core: Core, door: Door): void {
  if (door.session) door.session = { ...door.session, proof: 'pin', provedAt: addMinutes(core.platform.now(), -STALE_MIN) }
}

const isRole = (caller: Caller): boolean => (roleColumns as readonly string[]).includes(caller)

function enter(core: Core, door: Door, caller: Caller): Session {
  const account = accountOf(core, isRole(caller) ? caller : 'pharmacist')
  holdKey(core, account.userId)
  door.session = { ...startSession(core, door, account), roles: isRole(caller) ? account.roles : allRoles }
  return door.session
}

/** Makes the chart of the class `own` the caller's: a patient's always, a colleague's where that is what is asked about. */
export function makeOwnChart({ world: { core, clinic }, files }: Scene, caller: Caller): void {
  if (!isRole(caller)) return
  const { userId } = clinic.people[caller as keyof typeof clinic.people] // One for each role.
  core.vault.writer.insert(selfPatients).values({ userId, patientId: files.own.patientId }).run()
}
