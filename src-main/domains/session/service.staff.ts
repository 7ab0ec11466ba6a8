import type { Core } from '#main/core/core.ts'
import type { Door, Session } from '#main/core/rpc/context.ts'
import { accountByUserId } from './repository.ts'
import { dropLeavers } from './service.member.ts'
import { end } from './service.ts'

/**
 * After a change of staff every door follows: an account that was switched off is signed out at once, whatever window it
 * is in, and a role that was given or taken counts from the next call.
 */
export function followStaff(core: Core): void {
  if (core.node.role === 'member') dropLeavers(core)
  for (const door of core.doors.values()) {
    for (const session of [door.session, ...door.waiting.values()]) if (session) follow(core, door, session)
  }
}

function follow(core: Core, door: Door, session: Session): void {
  const account = accountByUserId(core.vault.reader, session.userId)
  if (!account) return end(core, door, session)
  const { roles, isPrivacyOfficer, givenName, familyName } = account
  const present: Session = { ...session, roles, isPrivacyOfficer, name: `${givenName} ${familyName}` }
  if (door.session?.sessionId === session.sessionId) door.session = present
  else door.waiting.set(session.userId, present)
}
