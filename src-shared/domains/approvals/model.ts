import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'

/**
 * `done`: approved, and the command ran in the same transaction. `permitted` and `used`: what waits for files or people
 * (an import) gets a permit for one run instead. `alone`: nobody else could have approved it.
 */
export const approvalStatuses = ['open', 'done', 'permitted', 'used', 'declined', 'withdrawn', 'alone'] as const
export const ApprovalStatus = z.enum(approvalStatuses)

const Who = z.object({ userId: Id, name: z.string() })

export const Approval = z.object({
  id: Id,
  procedure: z.string(),
  /** The input that was asked for; the domain of the procedure says in words what it would do. */
  input: z.unknown(),
  reason: z.string(),
  status: ApprovalStatus,
  requestedBy: Who,
  requestedAt: Instant,
  expiresAt: Instant,
  isExpired: z.boolean(),
  decidedBy: Who.nullable(),
  decidedAt: Instant.nullable(),
  declineReason: z.string().nullable(),
  /** Why it could not be carried out when it was approved; it is still open then. */
  refusedCode: z.string().nullable(),
  /** The caller asked for it. */
  isOwn: z.boolean(),
  /** The caller may say yes or no to it. */
  mayDecide: z.boolean(),
})
export type Approval = z.infer<typeof Approval>
