import { limits } from '../../kernel/limits.ts'

/** Failed attempts of one account since the last that succeeded. */
export interface Attempts {
  fails: number
  lastAtMs: number
  untilMs: number
}

export type Standing = { kind: 'free' } | { kind: 'wait'; seconds: number } | { kind: 'stopped' }

const MINUTE_MS = 60_000

/** Five are free, then one minute, doubled with each further one up to a quarter of an hour. */
export function waitMsAfter(fails: number): number {
  if (fails < limits.sign_in_fails_free) return 0
  return 1000 * Math.min(limits.sign_in_wait_seconds_max, limits.sign_in_wait_seconds * 2 ** (fails - limits.sign_in_fails_free))
}

/** Whether one more may be looked at. R19: fifty in a row, and none is until somebody lets the person try again. */
export function standingOf(attempts: Attempts | undefined, nowMs: number): Standing {
  if (!attempts) return { kind: 'free' }
  if (attempts.fails >= limits.sign_in_fails_max) return { kind: 'stopped' }
  const leftMs = forClock(attempts, nowMs).untilMs - nowMs
  return leftMs > 0 ? { kind: 'wait', seconds: Math.ceil(leftMs / 1000) } : { kind: 'free' }
}

/** A clock that was set back starts the whole wait again: it never shortens one, and never makes it last for years. */
export function forClock(attempts: Attempts, nowMs: number): Attempts {
  if (nowMs >= attempts.lastAtMs) return attempts
  return { ...attempts, lastAtMs: nowMs, untilMs: nowMs + waitMsAfter(attempts.fails) }
}

export function counted(attempts: Attempts | undefined, nowMs: number): Attempts {
  const fails = (attempts?.fails ?? 0) + 1
  return { fails, lastAtMs: nowMs, untilMs: nowMs + waitMsAfter(fails) }
}

/** One attempt that turned out to be none (the password was right, a code is still to come). */
export function pardoned(attempts: Attempts): Attempts | undefined {
  const fails = attempts.fails - 1
  return fails < 1 ? undefined : { ...attempts, fails, untilMs: attempts.lastAtMs }
}

/** Of the file and its mirror the one that knows of more. */
export function worse(one: Attempts | undefined, other: Attempts | undefined): Attempts | undefined {
  if (!one || !other) return one ?? other
  return one.fails === other.fails ? (one.untilMs >= other.untilMs ? one : other) : one.fails > other.fails ? one : other
}

/** The times of this machine's failures that still count; those of a clock that was set back since count as now. */
export const recent = (times: readonly number[], nowMs: number): number[] => times.map((at) => Math.min(at, nowMs)).filter((at) => nowMs - at < MINUTE_MS)

export function deviceStanding(times: readonly number[], nowMs: number): Standing {
  const counting = recent(times, nowMs)
  if (counting.length < limits.sign_in_device_fails_per_minute) return { kind: 'free' }
  return { kind: 'wait', seconds: Math.max(1, Math.ceil((Math.min(...counting) + MINUTE_MS - nowMs) / 1000)) }
}
