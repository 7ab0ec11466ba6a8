import { limits } from '../../kernel/limits.ts'
import { toMs, type Instant } from '../../kernel/time.ts'

const DAY_MS = 86_400_000

/** How long a member has worked without its host, and what that means. */
export interface Lease {
  /** Whole days. */
  days: number
  /** The last of the days on which it is said. */
  warning: (typeof limits.lease_warning_days)[number] | null
  hasEnded: boolean
}

/**
 * A machine that has not met its host for two weeks may be in somebody else's hands: it locks its data until it has. `now`
 * is the latest time it has ever seen, so that a clock that is turned back gives nobody more days.
 */
export function leaseOf(hostSeenAt: Instant, now: Instant): Lease {
  const days = Math.max(0, Math.floor((toMs(now) - toMs(hostSeenAt)) / DAY_MS))
  return { days, warning: limits.lease_warning_days.findLast((day) => days >= day) ?? null, hasEnded: days >= limits.lease_days }
}

/**
 * The letter before the invoice numbers of a host that took over from one that is gone: B for the second epoch, AA after Z.
 * Two machines that both hold themselves for the host never give the same number.
 */
export function seriesLetterOf(epoch: number): string {
  let [letters, rest] = ['', epoch]
  while (rest > 0) {
    letters = String.fromCodePoint(65 + ((rest - 1) % 26)) + letters
    rest = Math.floor((rest - 1) / 26)
  }
  return letters
}

const MRN_RANGE = 100_000

/**
 * Where the patients' numbers of such a host begin: so far on that what the old one may have given since, and nobody here
 * knows of, stays below.
 */
export const mrnAfterFork = (next: number): number => Math.ceil((next + MRN_RANGE / 2) / MRN_RANGE) * MRN_RANGE + 1
