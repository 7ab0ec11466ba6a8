import type { Core } from '#main/core/core.ts'
import { accountByUserId } from './repository.ts'
import { leave } from './service.ts'

/**
 * After a change of staff every door follows: an account that was switched off is signed out at once, whatever window it
 * is in, and a role that was given or taken counts from the next call.
 */
export function followStaff(core: Core): void {
  for (const door of core.doors.values()) {
    if (!door.session) continue
    const account = accountByUserId(core.vault.reader, door.session.userId)
    if (!account) leave(core, door)
    else door.session = { ...door.session, roles: account.roles, name: `${account.givenName} ${account.familyName}` }
  }
}
