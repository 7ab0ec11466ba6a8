import * as z from 'zod'
import { RoleSchema, StaffRoleSchema } from '../../access/roles.ts'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Instant, TimeZone } from '../../kernel/time.ts'
import { action, command, query, stream } from '../../rpc/define.ts'
import { Clinic, Name, PaperSize, Password, Room, StaffMember, UserName } from './model.ts'
import { passwordProblems } from './rules.password.ts'

const none = z.strictObject({})
const setupErrors = {
  ALREADY_SET_UP: z.undefined(),
  /** Another window is at it. */
  SETUP_RUNNING: z.undefined(),
  PASSWORD_WEAK: z.object({ problem: z.enum(passwordProblems) }),
}

/** How far set-up is, 0 to 1. */
export const SetupProgress = z.object({ done: z.number().min(0).max(1) })
export type SetupProgress = z.infer<typeof SetupProgress>

export const ExploreDemoInput = z.strictObject({
  /** One password for everyone in the demo clinic, chosen here: none is built in. */
  password: Password,
  startAs: StaffRoleSchema,
  timeZone: TimeZone,
  patients: z.int().min(50).max(1_000_000).optional(),
  seed: z.int().min(0).max(2_147_483_647).optional(),
})
export type ExploreDemoInput = z.infer<typeof ExploreDemoInput>

/** What the wizard asks of the clinic; the rest can wait for the settings. */
export const NewClinicFields = z.strictObject({
  name: Name, timeZone: TimeZone, currency: Clinic.shape.currency, paper: PaperSize,
  /** Exam rooms, named "Room 1" onwards. */
  rooms: z.int().min(1).max(40),
})
export type NewClinicFields = z.infer<typeof NewClinicFields>

/** The first administrator. `isProvider`: also sees patients. */
export const FirstPersonFields = z.strictObject({ givenName: Name, familyName: Name, title: StaffMember.shape.title, userName: UserName, isProvider: z.boolean() })
export type FirstPersonFields = z.infer<typeof FirstPersonFields>

/** What was typed before somebody stopped; no password and no key is ever in it. */
export const SetupDraft = z.strictObject({
  step: z.string().max(20),
  clinic: z.strictObject({ name: z.string().max(limits.name_chars), timeZone: z.string().max(64), currency: z.string().max(3), paper: PaperSize }),
  person: z.strictObject({
    givenName: z.string().max(limits.name_chars), familyName: z.string().max(limits.name_chars), title: z.string().max(20), userName: z.string().max(40), isProvider: z.boolean(),
  }),
  /** Minutes since midnight. */
  hours: z.strictObject({ from: z.int(), to: z.int(), lunchFrom: z.int(), lunchTo: z.int(), rooms: z.int() }),
})
export type SetupDraft = z.infer<typeof SetupDraft>

export const RecoverySheet = z.object({
  /** 13 groups and a check group. */
  groups: z.array(z.string()),
  /** Which three to type back from paper, counted from 1. */
  asked: z.array(z.int()),
})
export type RecoverySheet = z.infer<typeof RecoverySheet>

const typedGroups = z.array(z.strictObject({ number: z.int().min(1).max(14), text: z.string().max(20) })).length(3)

export const Account = z.object({
  userId: Id,
  staff: StaffMember,
  userName: z.string(),
  roles: z.array(RoleSchema),
  disabledAt: Instant.nullable(),
  lastSignInAt: Instant.nullable(),
  isPrivacyOfficer: z.boolean(),
})
export type Account = z.infer<typeof Account>

export const AddPersonInput = z.strictObject({
  userId: Id, staffId: Id, givenName: Name, familyName: Name, title: StaffMember.shape.title, credentials: StaffMember.shape.credentials,
  isProvider: z.boolean(), roles: z.array(StaffRoleSchema).min(1).max(6), userName: UserName,
})
export type AddPersonInput = z.infer<typeof AddPersonInput>

/** What the records are locked with. */
export const KeyState = z.object({
  /** When the data key was made; null where an older release has made it. */
  dataKeyAt: Instant.nullable(),
  /** Who keeps this machine's own part of the key. */
  keeper: z.enum(['os', 'key-file', 'none']),
  /** False: a stick with the key file is not in, and nobody can sign in after the next start. */
  keeperAnswers: z.boolean(),
  recoveryAt: Instant.nullable(),
  hasRecoveryKey: z.boolean(),
  /** Passwords and printed keys in the form of the first releases; the data key cannot be changed before they are renewed. */
  oldPasswords: z.int(),
  isRecoveryOld: z.boolean(),
  openInvites: z.int(),
})
export type KeyState = z.infer<typeof KeyState>

/** Shown once and kept nowhere: the person types it at the sign-in screen and chooses a password. */
export const Invited = z.object({ account: Account, invite: z.object({ code: z.string(), expiresAt: Instant }) })
export type Invited = z.infer<typeof Invited>

/** What is true of this machine and these records now. */
export const Health = z.object({
  databaseBytes: z.int(),
  diskFreeBytes: z.int(),
  diskTotalBytes: z.int(),
  upSince: Instant,
  /** The last time every page was read and checked since this start; null while it has not finished. */
  checkedAt: Instant.nullable(),
  checkedWhole: z.boolean().nullable(),
  people: z.int(),
  signedIn: z.int(),
  /** There is a printed recovery key. */
  hasRecoveryKey: z.boolean(),
})
export type Health = z.infer<typeof Health>

const ownAccount = { OWN_ACCOUNT: z.undefined() }

export const clinic = {
  get: query({ can: 'clinic.read', topics: ['clinic'], input: none, output: Clinic }),
  listStaff: query({ can: 'clinic.read', topics: ['staff'], input: none, output: z.array(StaffMember) }),
  listRooms: query({ can: 'clinic.read', topics: ['clinic'], input: none, output: z.array(Room) }),

  exploreDemo: stream({ can: 'public', scope: 'host', input: ExploreDemoInput, output: SetupProgress, errors: setupErrors }),
  /** Set-up can be stopped and gone on with: what was typed lies beside the place where the records will be. */
  setupDraft: action({ can: 'public', scope: 'host', input: none, output: SetupDraft.nullable(), errors: setupErrors }),
  saveSetupDraft: action({ can: 'public', scope: 'host', input: SetupDraft, output: none, errors: setupErrors }),
  /** Draws a recovery key for this window's set-up. It is kept in memory only, until set-up is done. */
  drawRecoveryKey: action({ can: 'public', scope: 'host', input: none, output: RecoverySheet, errors: setupErrors }),
  /** Refuses while one of the groups differs; `wrong` are their numbers. */
  checkRecoveryGroups: action({ can: 'public', scope: 'host', input: z.strictObject({ typed: typedGroups }), output: z.object({ wrong: z.array(z.int()) }), errors: { ...setupErrors, NO_RECOVERY_KEY: z.undefined() } }),
  setUp: stream({
    can: 'public', scope: 'host', input: z.strictObject({ clinic: NewClinicFields, person: FirstPersonFields, password: Password, typed: typedGroups }), output: SetupProgress,
    errors: { ...setupErrors, NO_RECOVERY_KEY: z.undefined(), RECOVERY_GROUPS_WRONG: z.object({ wrong: z.array(z.int()) }), USER_NAME_GENERIC: z.undefined() },
  }),

  update: command({ conflict: 'host-only', offline: false, can: 'clinic.manage', audit: 'clinic.updated', topics: ['clinic', 'session'], input: Clinic.omit({ isDemo: true, currency: true }).strict(), output: Clinic }),
  listAllRooms: query({ can: 'clinic.manage', topics: ['clinic'], input: none, output: z.array(Room) }),
  saveRoom: command({ conflict: 'host-only', offline: false, can: 'clinic.manage', audit: 'room.saved', topics: ['clinic', 'scheduling'], input: Room.strict(), output: Room }),

  listAccounts: query({ can: 'clinic.manage', topics: ['staff', 'session'], input: none, output: z.array(Account) }),
  /** R22: answers a one-time code, never a password; the person chooses the password with it. */
  addPerson: action({
    can: 'clinic.manage', atHost: true, topics: ['staff', 'session'], input: AddPersonInput, output: Invited, fresh: 'recent',
    errors: { USER_NAME_TAKEN: z.undefined(), USER_NAME_GENERIC: z.undefined(), ADMINISTRATOR_TAKES_TWO: z.undefined() },
  }),
  /** The matrix's "2": somebody else approves it, and nobody changes their own. */
  changeRoles: command({
    conflict: 'host-only', offline: false, can: 'clinic.manage', audit: 'staff.roles-changed', topics: ['staff', 'session'], secondPerson: { approve: 'staff.approve' }, output: Account,
    input: z.strictObject({ userId: Id, roles: z.array(StaffRoleSchema).min(1).max(6) }), errors: { ...ownAccount, LAST_ADMINISTRATOR: z.undefined() },
  }),
  /** Looking through everybody's activity is a right like a role, and is given like one. */
  setPrivacyOfficer: command({
    conflict: 'host-only', offline: false, can: 'clinic.manage', audit: 'staff.privacy-officer-set', topics: ['staff', 'session', 'access'], secondPerson: { approve: 'staff.approve' }, output: Account,
    input: z.strictObject({ userId: Id, isPrivacyOfficer: z.boolean() }), errors: { ...ownAccount, LAST_PRIVACY_OFFICER: z.undefined() },
  }),
  saveStaff: command({ conflict: 'host-only', offline: false, can: 'clinic.manage', fresh: 'recent', audit: 'staff.saved', topics: ['staff', 'scheduling', 'session'], input: StaffMember.omit({ isActive: true }).strict(), output: StaffMember }),
  /** Takes the key slot away and ends every session of the person at once. */
  disablePerson: action({
    can: 'clinic.manage', atHost: true, fresh: 'recent', topics: ['staff', 'session'], input: z.strictObject({ userId: Id }), output: Account,
    errors: { OWN_ACCOUNT: z.undefined(), LAST_ADMINISTRATOR: z.undefined() },
  }),
  /** For a lost password, or to let somebody in again: the old one opens nothing from now on, a new one-time code does. */
  resetAccess: action({ can: 'clinic.manage', atHost: true, topics: ['staff', 'session'], input: z.strictObject({ userId: Id }), output: Invited, fresh: 'recent', errors: { OWN_ACCOUNT: z.undefined() } }),
  keyState: action({ can: 'clinic.manage', scope: 'host', input: none, output: KeyState }),
  /** A new data key for the records, on a copy that changes places with the file; everybody goes on working and keeps their password. */
  rotateKey: stream({
    can: 'clinic.manage', scope: 'host', input: none, output: SetupProgress, fresh: 'recent',
    errors: { DATA_KEY_BUSY: z.undefined(), OLD_SLOTS: z.object({ people: z.int(), recovery: z.boolean() }) },
  }),
  /** Draws a new printed key for this window; the old one goes on opening the records until `reissueRecoveryKey`. */
  drawNextRecoveryKey: action({ can: 'clinic.manage', atHost: true, scope: 'host', input: none, output: RecoverySheet, fresh: 'recent' }),
  reissueRecoveryKey: action({
    can: 'clinic.manage', atHost: true, scope: 'host', topics: ['clinic'], input: z.strictObject({ typed: typedGroups }), output: KeyState, fresh: 'recent',
    errors: { NO_RECOVERY_KEY: z.undefined(), RECOVERY_GROUPS_WRONG: z.object({ wrong: z.array(z.int()) }) },
  }),
  /** Only where the operating system keeps no secret for this machine: the clinic's own file, on a stick. */
  makeKeyFile: action({
    can: 'clinic.manage', scope: 'host', topics: ['clinic'], input: z.strictObject({ path: z.string().min(1).max(1_000) }), output: KeyState, fresh: 'recent',
    errors: { KEY_FILE_EXISTS: z.undefined(), KEY_FILE_INSIDE: z.undefined(), KEY_FILE_UNWRITABLE: z.undefined(), KEEPER_IS_OS: z.undefined(), NO_RECOVERY_KEY: z.undefined() },
  }),
  health: action({ can: 'clinic.manage', topics: [], input: none, output: Health }),
}
