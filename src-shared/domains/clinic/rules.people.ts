import { Role } from '../../access/roles.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/time.ts'

/** What the rule needs to know of an account. */
export interface Standing {
  userId: Id
  roles: readonly Role[]
  disabledAt: Instant | null
}

export const isActiveAdministrator = ({ roles, disabledAt }: Standing): boolean => disabledAt === null && roles.includes(Role.administrator)

/**
 * Somebody who can let others in is always left. `changed` is the account as it would be; the caller asks inside the
 * transaction that changes it, and a trigger asks once more.
 */
export function losesLastAdministrator(accounts: readonly Standing[], changed: Standing): boolean {
  if (!accounts.some(isActiveAdministrator)) return false
  return !accounts.map((one) => (one.userId === changed.userId ? changed : one)).some(isActiveAdministrator)
}

/**
 * Whoever makes an administrator alone has made a second person of their own choosing, who could then approve what they
 * ask for. Where there are two already, a new one comes in with another role and gets this one by two people.
 */
export function needsTwoToInvite(accounts: readonly Standing[], inviter: Id, roles: readonly Role[]): boolean {
  return roles.includes(Role.administrator) && accounts.some((one) => one.userId !== inviter && isActiveAdministrator(one))
}
