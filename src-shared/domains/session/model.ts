import * as z from 'zod'
import { RoleSchema } from '../../access/roles.ts'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Instant } from '../../kernel/time.ts'

/** How somebody at a door has proved who they are; see `Proof` in the core's context. */
export const proofs = ['full', 'pin'] as const
export const secondFactorPolicies = ['required', 'optional'] as const
export const SecondFactorPolicy = z.enum(secondFactorPolicies)
export type SecondFactorPolicy = z.infer<typeof SecondFactorPolicy>

/** A person as the lock screen and the header name them. Staff only: no patient is ever named before sign-in. */
export const Person = z.object({
  userId: Id,
  staffId: Id,
  userName: z.string(),
  familyName: z.string(),
  givenName: z.string(),
  title: z.string().nullable(),
  credentials: z.string().nullable(),
  roles: z.array(RoleSchema),
  isPrivacyOfficer: z.boolean(),
})
export type Person = z.infer<typeof Person>

/** A person on the lock screen. `seat` names the work that waits for them at this window. */
export const Tile = Person.extend({
  seat: Id.nullable(),
  lockedAt: Instant.nullable(),
  /** A PIN gives the seat back; otherwise the password does. */
  opensByPin: z.boolean(),
})
export type Tile = z.infer<typeof Tile>

/**
 * `first-run`: no database yet. `closed`: nobody has given a key since the start. `second-factor`: the password was right
 * and a code is asked for; nothing else works. `enrol`: signed in far enough to set up a second factor and no further.
 */
export const phases = ['first-run', 'closed', 'revoked', 'signed-out', 'second-factor', 'enrol', 'locked', 'active'] as const

export const Pin = z.string().regex(new RegExp(`^\\d{${limits.pin_digits}}$`))
/** Six digits of an app, or a printed one-time code. */
export const Code = z.string().trim().min(1).max(20)
export const IdleSeconds = z.int().min(limits.idle_seconds_min).max(limits.idle_seconds_max)

/** One of a person's own sessions, as they see it. */
export const OwnSession = z.object({
  id: Id, door: z.string(), startedAt: Instant, lastSeenAt: Instant.nullable(), isLocked: z.boolean(), isThis: z.boolean(),
})
export type OwnSession = z.infer<typeof OwnSession>

/** What "My sign-in" shows. */
export const OwnSignIn = z.object({
  userName: z.string(),
  policy: SecondFactorPolicy,
  secondFactorSince: Instant.nullable(),
  codesLeft: z.int(),
  pinSince: Instant.nullable(),
  /** Administrators have none: what they may do asks for the password. */
  mayHavePin: z.boolean(),
  sessions: z.array(OwnSession),
})
export type OwnSignIn = z.infer<typeof OwnSignIn>
