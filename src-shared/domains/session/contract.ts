import * as z from 'zod'
import { RoleSchema } from '../../access/roles.ts'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { action, stream } from '../../rpc/define.ts'
import { Clinic, Password } from '../clinic/model.ts'

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
})
export type Person = z.infer<typeof Person>

/** `first-run`: no database yet. `closed`: nobody has given a key since the start. */
const phases = ['first-run', 'closed', 'signed-out', 'locked', 'active'] as const

export const SessionState = z.object({
  phase: z.enum(phases),
  person: Person.nullable(),
  clinic: Clinic.nullable(),
  /** Who can sign in here; known once the database is open. */
  people: z.array(Person),
})
export type SessionState = z.infer<typeof SessionState>

const none = z.strictObject({})
const openingErrors = {
  SIGN_IN_REFUSED: z.undefined(),
  KEYRING_DAMAGED: z.undefined(),
  DATABASE_NEWER: z.object({ found: z.int(), known: z.int() }),
  /** This machine lacks its own part of the key: no password is right here, the printed key is. */
  DEVICE_SECRET_MISSING: z.undefined(),
}

export const session = {
  state: action({ can: 'public', scope: 'host', input: none, output: SessionState }),
  signIn: action({
    can: 'public', scope: 'host', topics: ['session'],
    input: z.strictObject({ userName: z.string().max(limits.name_chars), password: z.string().max(limits.password_chars_max) }),
    output: SessionState, errors: openingErrors,
  }),
  /** The locked person's password gives this door back as it was; another person signs in instead. */
  unlock: action({
    can: 'public', scope: 'host', topics: ['session'],
    input: z.strictObject({ password: z.string().max(limits.password_chars_max) }),
    output: SessionState, errors: openingErrors,
  }),
  lock: action({ can: 'public', scope: 'host', topics: ['session'], input: none, output: SessionState }),
  signOut: action({ can: 'public', scope: 'host', topics: ['session'], input: none, output: SessionState }),
  /** The printed key lets an administrator in again with a new password, and opens the records when nobody's password does. */
  recover: action({
    can: 'public', scope: 'host', topics: ['session', 'staff'],
    input: z.strictObject({ recoveryKey: z.string().max(120), userName: z.string().max(limits.name_chars), newPassword: Password }),
    output: SessionState,
    errors: {
      ...openingErrors,
      /** A group was misread: the check group does not fit. */
      RECOVERY_KEY_MISREAD: z.undefined(),
      /** Not the key of these records, or the user name is no administrator's. */
      RECOVERY_REFUSED: z.undefined(),
      PASSWORD_WEAK: z.object({ problem: z.string() }),
    },
  }),
  /** The person's own: the key slot is wrapped anew, other windows of the person end, this one goes on. */
  changePassword: action({
    can: 'signed-in', scope: 'host', topics: ['session'],
    input: z.strictObject({ oldPassword: z.string().max(limits.password_chars_max), newPassword: Password }),
    output: SessionState,
    errors: { OLD_PASSWORD_WRONG: z.undefined(), PASSWORD_WEAK: z.object({ problem: z.string() }), DEVICE_SECRET_MISSING: z.undefined() },
  }),
  /** R21: the one-time code of an administrator lets a person choose a password, once and within 24 hours; also right after a start. */
  redeemInvite: action({
    can: 'public', scope: 'host', topics: ['session', 'staff'],
    input: z.strictObject({ userName: z.string().max(limits.name_chars), code: z.string().max(60), newPassword: Password }),
    output: SessionState,
    errors: {
      ...openingErrors,
      /** No such invitation, for this name or with this code; also one that was used. */
      INVITE_REFUSED: z.undefined(),
      INVITE_EXPIRED: z.undefined(),
      /** Too many wrong codes for this name. */
      INVITE_WAIT: z.object({ seconds: z.int() }),
      PASSWORD_WEAK: z.object({ problem: z.string() }),
    },
  }),
  /** Which topics changed, as it happens; ids of no one. */
  changes: stream({ can: 'public', scope: 'host', input: none, output: z.object({ topics: z.array(z.string()) }) }),
}
