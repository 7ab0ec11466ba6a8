import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { action, command, query, stream } from '../../rpc/define.ts'
import { Clinic, Password } from '../clinic/model.ts'
import { Code, IdleSeconds, OwnSignIn, Person, phases, Pin, SecondFactorPolicy, Tile } from './model.ts'
import { passwordNeeds } from './rules.ts'

export { Person } from './model.ts'

export const SessionState = z.object({
  phase: z.enum(phases),
  person: Person.nullable(),
  clinic: Clinic.nullable(),
  /** Who can sign in here; known once the database is open. */
  people: z.array(Tile),
  /** Names the work at this window. Every call from it says for which seat it was made; it is no secret and opens nothing. */
  seat: Id.nullable(),
  /** This machine locks after so long without a sign of life. */
  idleSeconds: IdleSeconds,
})
export type SessionState = z.infer<typeof SessionState>

const none = z.strictObject({})
const waitErrors = {
  /** Too many failed attempts: nothing is looked at before the time is over. */
  SIGN_IN_WAIT: z.object({ seconds: z.int() }),
  /** Fifty failed attempts: an administrator or the printed key lets this person in again. */
  SIGN_IN_STOPPED: z.undefined(),
}
const openingErrors = {
  ...waitErrors,
  SIGN_IN_REFUSED: z.undefined(),
  KEYRING_DAMAGED: z.undefined(),
  DATABASE_NEWER: z.object({ found: z.int(), known: z.int() }),
  /** This machine lacks its own part of the key: no password is right here, the printed key is. */
  DEVICE_SECRET_MISSING: z.undefined(),
  /** At a member of a network: the first sign-in of a person, and the first after a new password, asks the host. */
  FIRST_SIGN_IN_NEEDS_HOST: z.undefined(),
}
const codeErrors = {
  CODE_REFUSED: z.undefined(),
  /** This computer's clock went back: only a printed one-time code counts until it is right again. */
  CLOCK_BEHIND: z.undefined(),
}
const password = z.string().max(limits.password_chars_max)
const own = { can: 'signed-in', scope: 'host' } as const
const managed = { can: 'clinic.manage', scope: 'host', fresh: 'recent', topics: ['session', 'staff'] } as const

export const session = {
  state: action({ can: 'public', scope: 'host', input: none, output: SessionState }),
  /** Answers with the phase `second-factor` when a code is asked for as well. */
  signIn: action({
    can: 'public', scope: 'host', topics: ['session'],
    input: z.strictObject({ userName: z.string().max(limits.name_chars), password }),
    output: SessionState, errors: openingErrors,
  }),
  /** The second step of a sign-in that stands at this door. */
  giveCode: action({
    can: 'public', scope: 'host', topics: ['session'], input: z.strictObject({ code: Code }), output: SessionState,
    errors: { ...waitErrors, ...codeErrors, NO_SIGN_IN_PENDING: z.undefined() },
  }),
  cancelSignIn: action({ can: 'public', scope: 'host', topics: ['session'], input: none, output: SessionState }),
  /** The locked person's password gives this door back as it was; another person signs in instead. */
  unlock: action({ can: 'public', scope: 'host', topics: ['session'], input: z.strictObject({ password }), output: SessionState, errors: openingErrors }),
  /** Six digits give a locked seat of this door back to its person, within twelve hours of their full sign-in here. */
  openByPin: action({
    can: 'public', scope: 'host', topics: ['session'], input: z.strictObject({ userId: Id, pin: Pin }), output: SessionState,
    errors: { ...waitErrors, PIN_REFUSED: z.object({ left: z.int() }), PASSWORD_NEEDED: z.object({ why: z.enum(passwordNeeds) }) },
  }),
  lock: action({ can: 'public', scope: 'host', topics: ['session'], input: none, output: SessionState }),
  signOut: action({ can: 'public', scope: 'host', topics: ['session'], input: none, output: SessionState }),
  /** The person at the window has moved a hand: the time until it locks begins anew. */
  seen: action({ ...own, whileEnrolling: true, input: none, output: none }),
  /** R31: the password once more, before an act that binds a person or leaves the clinic. */
  prove: action({ ...own, topics: [], input: z.strictObject({ password }), output: SessionState, errors: { ...waitErrors, SIGN_IN_REFUSED: z.undefined(), FIRST_SIGN_IN_NEEDS_HOST: z.undefined() } }),
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
    can: 'signed-in', scope: 'host', atHost: true, topics: ['session'],
    input: z.strictObject({ oldPassword: z.string().max(limits.password_chars_max), newPassword: Password }),
    output: SessionState,
    errors: { ...waitErrors, OLD_PASSWORD_WRONG: z.undefined(), PASSWORD_WEAK: z.object({ problem: z.string() }), DEVICE_SECRET_MISSING: z.undefined() },
  }),
  /** R21: the one-time code of an administrator lets a person choose a password, once and within 24 hours; also right after a start. */
  redeemInvite: action({
    can: 'public', scope: 'host', atHost: true, topics: ['session', 'staff'],
    input: z.strictObject({ userName: z.string().max(limits.name_chars), code: z.string().max(60), newPassword: Password }),
    output: SessionState,
    errors: {
      ...openingErrors,
      /** No such invitation, for this name or with this code; also one that was used. */
      INVITE_REFUSED: z.undefined(),
      INVITE_EXPIRED: z.undefined(),
      PASSWORD_WEAK: z.object({ problem: z.string() }),
    },
  }),

  mine: query({ ...own, topics: ['session'], input: none, output: OwnSignIn }),
  setPin: action({
    ...own, fresh: 'recent', topics: ['session'], input: z.strictObject({ pin: Pin }), output: none,
    errors: { PIN_WEAK: z.undefined(), PIN_NOT_FOR_ADMINISTRATORS: z.undefined() },
  }),
  removePin: command({ conflict: 'own', ...own, audit: 'session.pin-removed', topics: ['session'], input: none, output: none }),
  endOwn: action({ ...own, topics: ['session'], input: z.strictObject({ sessionId: Id }), output: none }),
  /** Draws a secret for this door; it counts once a code made with it has come back. */
  beginSecondFactor: action({
    ...own, atHost: true, fresh: 'recent', whileEnrolling: true, input: none, output: z.object({ uri: z.string(), secret: z.string() }),
  }),
  /** Answers with the one-time codes, which are shown this once. */
  confirmSecondFactor: action({
    ...own, atHost: true, fresh: 'recent', whileEnrolling: true, topics: ['session', 'staff'], input: z.strictObject({ code: Code }), output: z.object({ codes: z.array(z.string()) }),
    errors: { ...waitErrors, CODE_REFUSED: z.undefined(), NO_SECOND_FACTOR_BEGUN: z.undefined() },
  }),
  newOneTimeCodes: action({
    ...own, atHost: true, fresh: 'recent', topics: ['session'], input: none, output: z.object({ codes: z.array(z.string()) }), errors: { NO_SECOND_FACTOR: z.undefined() },
  }),

  policy: query({ can: 'clinic.manage', scope: 'host', topics: ['session', 'clinic', 'staff'], input: none, output: z.object({ policy: SecondFactorPolicy, people: z.int(), enrolled: z.int() }) }),
  setPolicy: command({ ...managed, scope: 'admin', conflict: 'host-only', offline: false, topics: ['session', 'clinic'], audit: 'session.policy-set', input: z.strictObject({ policy: SecondFactorPolicy }), output: z.object({ policy: SecondFactorPolicy }) }),
  setIdle: action({ ...managed, topics: ['session'], input: z.strictObject({ seconds: IdleSeconds }), output: none }),
  /** A lost phone: the person signs in with the password, and enrols again where a second factor is required. */
  removeSecondFactor: action({ ...managed, atHost: true, input: z.strictObject({ userId: Id }), output: none, errors: { NO_SECOND_FACTOR: z.undefined() } }),
  /** Lets somebody try again after too many failed attempts. */
  allowAgain: action({ ...managed, input: z.strictObject({ userId: Id }), output: none }),
  /** Which topics changed, as it happens; ids of no one. */
  changes: stream({ can: 'public', onDisplay: true, scope: 'host', input: none, output: z.object({ topics: z.array(z.string()) }) }),
}
