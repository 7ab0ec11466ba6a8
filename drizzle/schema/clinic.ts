import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { allRoles } from '#shared/access/roles.ts'
import { paperSizes, roomKinds } from '#shared/domains/clinic/model.ts'
import { proofs, secondFactorPolicies } from '#shared/domains/session/model.ts'
import { oneOf } from './columns.ts'

/** One row: the clinic this database belongs to. */
export const clinic = sqliteTable('clinic', {
  id: text().primaryKey(),
  name: text().notNull(),
  timeZone: text('time_zone').notNull(),
  currency: text().notNull(),
  addressLine1: text('address_line1'),
  addressLine2: text('address_line2'),
  city: text(),
  state: text(),
  postalCode: text('postal_code'),
  phone: text(),
  paper: text().notNull(),
  invoicePrefix: text('invoice_prefix').notNull(),
  isDemo: integer('is_demo', { mode: 'boolean' }).notNull(),
  createdAt: text('created_at').notNull(),
  /** Whether everyone signs in with a second factor. */
  secondFactor: text('second_factor').notNull().default('required'),
}, (t) => [check('clinic_paper', oneOf(t.paper, paperSizes)), check('clinic_second_factor', oneOf(t.secondFactor, secondFactorPolicies))])

/** Gap-free number series: MRN, invoice and receipt numbers are taken inside the transaction that uses them. */
export const series = sqliteTable('series', {
  name: text().primaryKey(),
  next: integer().notNull(),
  /** Stands before the number since a host took over from one that is gone, so that none of its numbers comes twice. */
  letter: text().notNull().default(''),
})

export const staffMembers = sqliteTable('staff_members', {
  id: text().primaryKey(),
  familyName: text('family_name').notNull(),
  givenName: text('given_name').notNull(),
  /** "MD", "RN": printed after the name. */
  credentials: text(),
  /** "Dr." or nothing: spoken before the name. */
  title: text(),
  npi: text(),
  /** Providers have a column on the day and may sign. */
  isProvider: integer('is_provider', { mode: 'boolean' }).notNull(),
  isActive: integer('is_active', { mode: 'boolean' }).notNull(),
  sortOrder: integer('sort_order').notNull(),
  createdAt: text('created_at').notNull(),
})

export const userAccounts = sqliteTable('user_accounts', {
  id: text().primaryKey(),
  staffId: text('staff_id').notNull().references(() => staffMembers.id),
  /** Lower case, unique for ever: a name is not given to a second person. */
  userName: text('user_name').notNull(),
  /** bcrypt over the login half of the derived key; never of the password itself. */
  loginHash: text('login_hash').notNull(),
  disabledAt: text('disabled_at'),
  createdAt: text('created_at').notNull(),
  /** Who gave this person a new invitation last, and when. */
  resetBy: text('reset_by'),
  resetAt: text('reset_at'),
  /** A flag beside the roles: looks through the activity log for everybody, reviews emergency access. */
  isPrivacyOfficer: integer('is_privacy_officer', { mode: 'boolean' }).notNull().default(false),
}, (t) => [uniqueIndex('user_accounts_by_user_name').on(t.userName), index('user_accounts_by_staff').on(t.staffId)])

export const userRoles = sqliteTable('user_roles', {
  userId: text('user_id').notNull().references(() => userAccounts.id),
  role: text().notNull(),
}, (t) => [primaryKey({ columns: [t.userId, t.role] }), check('user_roles_role', oneOf(t.role, allRoles))])

export const sessions = sqliteTable('sessions', {
  id: text().primaryKey(),
  userId: text('user_id').notNull().references(() => userAccounts.id),
  door: text().notNull(),
  startedAt: text('started_at').notNull(),
  lockedAt: text('locked_at'),
  endedAt: text('ended_at'),
  /** The window it belongs to: a token brought to another door opens nothing. */
  doorId: text('door_id'),
  /** SHA-256 of 256 random bits, new at each full proof. */
  tokenHash: text('token_hash'),
  proof: text().notNull().default('full'),
  provedAt: text('proved_at'),
  /** The last sign-in with everything that is asked of the person; a PIN lives twelve hours from it. */
  fullSignInAt: text('full_sign_in_at'),
  lastSeenAt: text('last_seen_at'),
  /** May do nothing but enrol a second factor. */
  mustEnrol: integer('must_enrol', { mode: 'boolean' }).notNull().default(false),
}, (t) => [
  index('sessions_by_user').on(t.userId, t.startedAt), index('sessions_by_start').on(t.startedAt), uniqueIndex('sessions_by_token').on(t.tokenHash), check('sessions_proof', oneOf(t.proof, proofs)),
])

export const rooms = sqliteTable('rooms', {
  id: text().primaryKey(),
  name: text().notNull(),
  kind: text().notNull(),
  sortOrder: integer('sort_order').notNull(),
  isActive: integer('is_active', { mode: 'boolean' }).notNull(),
}, (t) => [check('rooms_kind', oneOf(t.kind, roomKinds))])
