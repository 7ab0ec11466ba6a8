import { sql } from 'drizzle-orm'
import { blob, check, index, integer, primaryKey, sqliteTable, text, uniqueIndex, type AnySQLiteColumn } from 'drizzle-orm/sqlite-core'
import { sexes } from '#shared/domains/patients/model.ts'
import { oneOf } from './columns.ts'
import { userAccounts } from './clinic.ts'

export const patients = sqliteTable('patients', {
  id: text().primaryKey(),
  /** Chart number, from the series "mrn". Also the row id of the search index. */
  mrn: integer().notNull(),
  familyName: text('family_name').notNull(),
  givenName: text('given_name').notNull(),
  middleName: text('middle_name'),
  preferredName: text('preferred_name'),
  suffix: text(),
  sex: text().notNull(),
  birthDate: text('birth_date').notNull(),
  deceasedOn: text('deceased_on'),
  /** E.164 where it can be read as a number, else as given. */
  phone: text(),
  /** National digits only, for finding. */
  phoneDigits: text('phone_digits'),
  email: text(),
  addressLine1: text('address_line1'),
  addressLine2: text('address_line2'),
  city: text(),
  state: text(),
  postalCode: text('postal_code'),
  country: text(),
  /** ISO 639 code. */
  language: text(),
  /** How somebody may be reached, each empty or its one word, so that a change of one is a change of one field. */
  interpreter: text(),
  preferredChannel: text('preferred_channel'),
  bestTimes: text('best_times'),
  messages: text(),
  workCalls: text('work_calls'),
  contactBan: text('contact_ban'),
  confidentialAddress: text('confidential_address'),
  inactiveReason: text('inactive_reason'),
  /** Sound keys of the names (rules.sounds.ts), for the duplicate warning. */
  familySound: text('family_sound').notNull(),
  givenSound: text('given_sound').notNull(),
  /** Family and given name folded, for lists in order (rules.derived.ts). */
  sortName: text('sort_name').notNull(),
  /** Every word of every name, folded, former family names too: what the search index holds (rules.derived.ts). */
  searchNames: text('search_names').notNull(),
  version: integer().notNull(),
  createdAt: text('created_at').notNull(),
  updatedAt: text('updated_at').notNull(),
  /** Of an absorbed chart: the one that goes on, the last in line. Its rows are there. */
  mergedIntoId: text('merged_into_id').references((): AnySQLiteColumn => patients.id),
  /** Somebody has said that this chart must not be merged. */
  isMergeBlocked: integer('is_merge_blocked', { mode: 'boolean' }).notNull().default(false),
}, (t) => [
  check('patients_sex', oneOf(t.sex, sexes)),
  uniqueIndex('patients_by_mrn').on(t.mrn),
  index('patients_by_name').on(t.sortName, t.id),
  index('patients_by_birth_date').on(t.birthDate),
  index('patients_by_phone').on(t.phoneDigits),
  index('patients_by_sound').on(t.familySound, t.givenSound, t.birthDate),
  index('patients_by_survivor').on(t.mergedIntoId).where(sql`${t.mergedIntoId} is not null`),
])

/** The identity another system gave (FHIR import): at most one patient for each. */
export const patientIdentifiers = sqliteTable('patient_identifiers', {
  system: text().notNull(),
  value: text().notNull(),
  patientId: text('patient_id').notNull().references(() => patients.id),
}, (t) => [primaryKey({ columns: [t.system, t.value] }), index('patient_identifiers_by_patient').on(t.patientId)])

/** What a change to demographics replaced: nothing is overwritten without a trace. */
export const patientChanges = sqliteTable('patient_changes', {
  id: text().primaryKey(),
  patientId: text('patient_id').notNull().references(() => patients.id),
  version: integer().notNull(),
  changedAt: text('changed_at').notNull(),
  changedBy: text('changed_by').notNull().references(() => userAccounts.id),
  field: text().notNull(),
  fromValue: text('from_value'),
  toValue: text('to_value'),
}, (t) => [index('patient_changes_by_patient').on(t.patientId, t.changedAt)])

export const patientContacts = sqliteTable('patient_contacts', {
  id: text().primaryKey(),
  patientId: text('patient_id').notNull().references(() => patients.id),
  name: text().notNull(),
  relationship: text().notNull(),
  phone: text(),
  isEmergency: integer('is_emergency', { mode: 'boolean' }).notNull(),
  isGuardian: integer('is_guardian', { mode: 'boolean' }).notNull(),
  removedAt: text('removed_at'),
}, (t) => [index('patient_contacts_by_patient').on(t.patientId)])

export const coverages = sqliteTable('coverages', {
  id: text().primaryKey(),
  patientId: text('patient_id').notNull().references(() => patients.id),
  payerName: text('payer_name').notNull(),
  planName: text('plan_name'),
  memberNumber: text('member_number'),
  groupNumber: text('group_number'),
  /** "self", "spouse", "child", "other": the patient's relation to the subscriber. */
  relationship: text().notNull(),
  subscriberName: text('subscriber_name'),
  /** 1 = primary. */
  rank: integer().notNull(),
  validFrom: text('valid_from'),
  validTo: text('valid_to'),
  endedAt: text('ended_at'),
  /** What the patient pays at each visit. */
  copayCents: integer('copay_cents'),
  /** When the insurer was last asked, and by whom; gone when the insurer or a number changes. */
  verifiedOn: text('verified_on'),
  verifiedBy: text('verified_by').references(() => userAccounts.id),
}, (t) => [index('coverages_by_patient').on(t.patientId, t.rank)])

export const patientPhotos = sqliteTable('patient_photos', {
  patientId: text('patient_id').primaryKey().references(() => patients.id),
  mime: text().notNull(),
  bytes: blob({ mode: 'buffer' }).notNull(),
  takenAt: text('taken_at').notNull(),
})

/** Name, birth date, address and phone were read back to the patient and were right. */
export const identityChecks = sqliteTable('identity_checks', {
  id: text().primaryKey(),
  patientId: text('patient_id').notNull().references(() => patients.id),
  checkedAt: text('checked_at').notNull(),
  checkedBy: text('checked_by').notNull().references(() => userAccounts.id),
}, (t) => [index('identity_checks_by_patient').on(t.patientId, t.checkedAt)])

/** A registration form that somebody has not finished: given back after a lock, a crash or another day. Deleted when it is registered or thrown away. */
export const registrationForms = sqliteTable('registration_forms', {
  /** The id that the patient will have. */
  id: text().primaryKey(),
  userId: text('user_id').notNull().references(() => userAccounts.id),
  /** What stands in the fields (JSON), as it was typed. */
  fields: text().notNull(),
  savedAt: text('saved_at').notNull(),
}, (t) => [index('registration_forms_by_user').on(t.userId, t.savedAt)])
