import { Role } from '../../access/roles.ts'
import { limits } from '../../kernel/limits.ts'
import { minutesBetween, toMs, type Instant } from '../../kernel/time.ts'

/** Why a PIN is not enough: none was set, it failed too often, the full sign-in is too long ago, or the person is an administrator. */
export const passwordNeeds = ['no-pin', 'tries', 'hours', 'administrator', 'signed-out'] as const
export type PasswordNeed = (typeof passwordNeeds)[number]

/** A PIN is comfort on a shared desk; whoever runs the clinic has none. */
export const mayHavePin = (roles: readonly Role[]): boolean => !roles.includes(Role.administrator)

/** Twelve hours after a sign-in with everything that is asked, everything is asked again. */
export const isSignInOld = (fullSignInAt: Instant, now: Instant): boolean => toMs(now) - toMs(fullSignInAt) > limits.session_hours * 3_600_000 || toMs(now) < toMs(fullSignInAt) - limits.clock_back_minutes * 60_000

export function passwordNeed(who: { roles: readonly Role[]; fullSignInAt: Instant | undefined; pinFails: number | undefined }, now: Instant): PasswordNeed | undefined {
  if (!mayHavePin(who.roles)) return 'administrator'
  if (who.fullSignInAt === undefined) return 'signed-out'
  if (who.pinFails === undefined) return 'no-pin'
  if (isSignInOld(who.fullSignInAt, now)) return 'hours'
  return who.pinFails >= limits.pin_tries ? 'tries' : undefined
}

/** One digit over and over, or counting up or down: the first that anybody would try. */
export function isWeakPin(pin: string): boolean {
  const steps = new Set([...pin].slice(1).map((digit, i) => (Number(digit) - Number(pin[i]) + 10) % 10))
  const isRepeated = pin.length % 2 === 0 && [1, 2, 3].some((size) => pin.slice(0, size).repeat(pin.length / size) === pin)
  return steps.size === 1 || isRepeated
}

/** A clock that jumps back locks as well: it must not keep a session fresh. */
export const isIdle = (lastSeenMs: number, nowMs: number, idleSeconds: number): boolean => Math.abs(nowMs - lastSeenMs) > idleSeconds * 1000

/** R20: a code is of use only by a clock that does not go back. */
export const isClockBehind = (now: Instant, seen: Instant | undefined): boolean => seen !== undefined && minutesBetween(now, seen) > limits.clock_back_minutes
