import { eq } from 'drizzle-orm'
import { userAccounts } from '#drizzle/schema/clinic.ts'
import { roles, type Role } from '#shared/access/roles.ts'
import { addMinutes } from '#shared/kernel/time.ts'
import type { Core } from '#main/core/core.ts'
import type { Door, Session } from '#main/core/rpc/context.ts'
import { accountByUserName, endSession } from '#main/domains/session/repository.ts'
import { lockDoor } from '#main/domains/session/service.life.ts'
import { endSessionsOf, resumeSessions, startSession } from '#main/domains/session/service.ts'
import type { Caller } from './matrix.ts'

/** `stale`: came in by PIN, and the last password is older than any act allows. */
export type Freshness = 'fresh' | 'stale'

const STALE_MIN = 60

/**
 * Stands somebody at a door, by the steps that a real window takes. The people without a usable session hold every role
 * there is, so that nothing but their state keeps them out.
 */
export function stand(core: Core, door: Door, caller: Caller, freshness: Freshness): void {
  door.session = null
  if (caller === 'anonymous') return
  const session = enter(core, door, caller)
  const { now } = core.platform
  if (freshness === 'stale') door.session = { ...session, proof: 'pin', provedAt: addMinutes(now(), -STALE_MIN) }
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

function enter(core: Core, door: Door, caller: Caller): Session {
  const isRole = (roles as readonly string[]).includes(caller)
  const account = accountByUserName(core.vault.reader, isRole ? caller : 'pharmacist')
  if (!account) throw new Error(`the small clinic has no ${caller}`)
  const held: readonly Role[] = isRole ? account.roles : caller === 'patient' ? (['patient'] as string[] as Role[]) : roles // A role that the program does not know yet.
  door.session = { ...startSession(core, door, account), roles: held }
  return door.session
}
