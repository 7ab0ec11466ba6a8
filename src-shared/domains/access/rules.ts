import { addDays, dateInZone, type Instant, type PlainDate } from '../../kernel/time.ts'
import { limits } from '../../kernel/limits.ts'
import type { ReviewOutcome } from './model.ts'

/** The day by which somebody else has looked at a break-glass. */
export const reviewDueOn = (openedAt: Instant, zone: string): PlainDate => addDays(dateInZone(openedAt, zone), limits.break_glass_review_days)

export const isReviewOverdue = (openedAt: Instant, zone: string, today: PlainDate): boolean => reviewDueOn(openedAt, zone) < today

/** Nobody judges their own, and a judgement against somebody says why. */
export function refuseReview(event: { userId: string; reviewedAt: Instant | null }, by: string, outcome: ReviewOutcome, note: string): 'OWN_BREAK_GLASS' | 'REVIEWED_ALREADY' | 'REVIEW_NEEDS_NOTE' | undefined {
  if (event.userId === by) return 'OWN_BREAK_GLASS'
  if (event.reviewedAt !== null) return 'REVIEWED_ALREADY'
  return outcome === 'not-justified' && note === '' ? 'REVIEW_NEEDS_NOTE' : undefined
}

