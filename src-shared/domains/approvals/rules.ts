import { limits } from '../../kernel/limits.ts'
import type { Instant } from '../../kernel/time.ts'
import { addMinutes } from '../../kernel/time.ts'
import type { Procedure } from '../../rpc/define.ts'
import type { ApprovalStatus } from './model.ts'
import type * as z from 'zod'

/** What the rule needs to know of a request. */
export interface Request {
  status: z.infer<typeof ApprovalStatus>
  requestedBy: string
  expiresAt: Instant
}

/** Whether this call takes two people: a trial run of an import changes nothing and takes one, as does a patient's new address. */
export function isTwoPerson({ secondPerson }: Pick<Procedure, 'secondPerson'>, input: unknown): boolean {
  if (!secondPerson) return false
  const { unless, onlyWith } = secondPerson
  if (onlyWith && valueAt(input, onlyWith) === undefined) return false
  return !(unless !== undefined && valueAt(input, [unless]) === true)
}

function valueAt(input: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined), input)
}

/** Nobody is their own second person (matrix, "2"); who the person is decides, not which window or session they came by. */
export function whyNotDecide(request: Request, deciderId: string, now: Instant): 'APPROVAL_SETTLED' | 'APPROVAL_EXPIRED' | 'OWN_REQUEST' | undefined {
  if (request.status !== 'open') return 'APPROVAL_SETTLED'
  if (request.requestedBy === deciderId) return 'OWN_REQUEST'
  return isExpired(request, now) ? 'APPROVAL_EXPIRED' : undefined
}

/**
 * Whoever was let in anew by the one who asks may be that person under another name: for as long as a request lives they
 * are no second person of theirs.
 */
export const isIndependent = (decider: { resetBy: string | null; resetAt: Instant | null } | undefined, requesterId: string, now: Instant): boolean =>
  !(decider?.resetBy === requesterId && decider.resetAt !== null && now < requestEnds(decider.resetAt))

export const isExpired = ({ status, expiresAt }: Pick<Request, 'status' | 'expiresAt'>, now: Instant): boolean => (status === 'open' || status === 'permitted') && expiresAt <= now

export const requestEnds = (now: Instant): Instant => addMinutes(now, limits.approval_days * 24 * 60)
export const permitEnds = (now: Instant): Instant => addMinutes(now, limits.permit_hours * 60)

/** The same input always reads the same, whatever order its keys came in: a permit is for exactly one input. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1))) : part)
}
