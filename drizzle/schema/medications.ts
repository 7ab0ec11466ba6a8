import { sql } from 'drizzle-orm'
import { check, index, integer, real, sqliteTable, text, type AnySQLiteColumn } from 'drizzle-orm/sqlite-core'
import { alertKinds, alertSeverities, cancelReasons, doseUnits, drugForms, drugSystems, frequencies, overrideReasons, printMediums, routes } from '#shared/domains/medications/model.ts'
import { userAccounts } from './clinic.ts'
import { oneOf } from './columns.ts'
import { encounters, medicationStatements } from './encounters.ts'
import { patients } from './patients.ts'

/** What is prescribed, alike in a prescription, in a draft of one and in a favourite. */
const orderColumns = () => ({
  drugSystem: text('drug_system'),
  drugCode: text('drug_code'),
  generic: text().notNull(),
  brand: text(),
  strength: text().notNull(),
  form: text().notNull(),
  dose: real().notNull(),
  doseUnit: text('dose_unit').notNull(),
  route: text().notNull(),
  frequency: text().notNull(),
  isAsNeeded: integer('is_as_needed', { mode: 'boolean' }).notNull(),
  asNeededFor: text('as_needed_for'),
  days: integer(),
  quantity: real().notNull(),
  refills: integer().notNull(),
  maySubstitute: integer('may_substitute', { mode: 'boolean' }).notNull(),
  instructions: text(),
  indicationCode: text('indication_code'),
  indicationLabel: text('indication_label'),
})
type OrderTable = Record<'drugSystem' | 'form' | 'doseUnit' | 'route' | 'frequency', AnySQLiteColumn>
const orderChecks = (name: string, t: OrderTable) => [
  check(`${name}_system`, oneOf(t.drugSystem, drugSystems)), check(`${name}_form`, oneOf(t.form, drugForms)), check(`${name}_dose_unit`, oneOf(t.doseUnit, doseUnits)),
  check(`${name}_route`, oneOf(t.route, routes)), check(`${name}_frequency`, oneOf(t.frequency, frequencies)),
]
const patient = () => text('patient_id').notNull().references(() => patients.id)
const visit = () => text('encounter_id').references(() => encounters.id)
const account = (name: string) => text(name).references(() => userAccounts.id)

/** Signed prescriptions. Triggers refuse any change: what comes later stands in rows beside them. */
export const medicationRequests = sqliteTable('medication_requests', {
  id: text().primaryKey(),
  patientId: patient(),
  encounterId: visit(),
  ...orderColumns(),
  sentence: text().notNull(),
  renewsId: text('renews_id').references((): AnySQLiteColumn => medicationRequests.id),
  statementId: text('statement_id').notNull().references(() => medicationStatements.id),
  signedAt: text('signed_at').notNull(),
  signedBy: account('signed_by').notNull(),
}, (t) => [
  ...orderChecks('medication_requests', t), index('medication_requests_by_patient').on(t.patientId, t.signedAt, t.id), index('medication_requests_by_renewed').on(t.renewsId).where(sql`${t.renewsId} is not null`),
  index('medication_requests_by_statement').on(t.statementId),
])

/** The prescription's own id: it is cancelled once. */
export const prescriptionCancellations = sqliteTable('prescription_cancellations', {
  requestId: text('request_id').primaryKey().references(() => medicationRequests.id),
  reason: text().notNull(),
  note: text(),
  cancelledAt: text('cancelled_at').notNull(),
  cancelledBy: account('cancelled_by').notNull(),
}, (t) => [check('prescription_cancellations_reason', oneOf(t.reason, cancelReasons))])

/** What was warned of when it was signed, and why it was signed all the same. */
export const prescriptionAlerts = sqliteTable('prescription_alerts', {
  id: text().primaryKey(),
  requestId: text('request_id').notNull().references(() => medicationRequests.id),
  patientId: patient(),
  kind: text().notNull(),
  severity: text().notNull(),
  subjectId: text('subject_id').notNull(),
  subjectLabel: text('subject_label').notNull(),
  drugClass: text('drug_class'),
  overrideReason: text('override_reason'),
  notedAt: text('noted_at').notNull(),
}, (t) => [
  check('prescription_alerts_kind', oneOf(t.kind, alertKinds)), check('prescription_alerts_severity', oneOf(t.severity, alertSeverities)), check('prescription_alerts_reason', oneOf(t.overrideReason, overrideReasons)),
  index('prescription_alerts_by_request').on(t.requestId, t.id), index('prescription_alerts_by_patient').on(t.patientId), index('prescription_alerts_severe').on(t.notedAt, t.id).where(sql`${t.severity} = 'severe'`),
])

/** Made ready by a nurse; settled by a signature or taken away. */
export const prescriptionDrafts = sqliteTable('prescription_drafts', {
  id: text().primaryKey(),
  patientId: patient(),
  encounterId: visit(),
  ...orderColumns(),
  preparedAt: text('prepared_at').notNull(),
  preparedBy: account('prepared_by').notNull(),
  settledAt: text('settled_at'),
  settledBy: account('settled_by'),
}, (t) => [...orderChecks('prescription_drafts', t), index('prescription_drafts_open').on(t.patientId, t.preparedAt).where(sql`${t.settledAt} is null`), index('prescription_drafts_by_patient').on(t.patientId)])

/** What one provider prescribes often. */
export const prescriptionFavourites = sqliteTable('prescription_favourites', {
  id: text().primaryKey(),
  userId: account('user_id').notNull(),
  ...orderColumns(),
  addedAt: text('added_at').notNull(),
  removedAt: text('removed_at'),
}, (t) => [...orderChecks('prescription_favourites', t), index('prescription_favourites_by_user').on(t.userId, t.addedAt).where(sql`${t.removedAt} is null`)])

export const prescriptionPrints = sqliteTable('prescription_prints', {
  id: text().primaryKey(),
  requestId: text('request_id').notNull().references(() => medicationRequests.id),
  medium: text().notNull(),
  printedAt: text('printed_at').notNull(),
  printedBy: account('printed_by').notNull(),
}, (t) => [check('prescription_prints_medium', oneOf(t.medium, printMediums)), index('prescription_prints_by_request').on(t.requestId)])
