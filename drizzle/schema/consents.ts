import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex, type AnySQLiteColumn } from 'drizzle-orm/sqlite-core'
import { consentDecisions, consentScopes, signatureKinds, validities } from '#shared/domains/consents/model.ts'
import { oneOf } from './columns.ts'
import { userAccounts } from './clinic.ts'
import { patients } from './patients.ts'
import { appointments } from './scheduling.ts'

/** One row a version. Triggers keep them as they were saved. */
export const consentForms = sqliteTable('consent_forms', {
  id: text().primaryKey(),
  formId: text('form_id').notNull(),
  version: integer().notNull(),
  name: text().notNull(),
  text: text().notNull(),
  validity: text().notNull(),
  scope: text().notNull(),
  /** Ids of visit types (JSON). */
  typeIds: text('type_ids').notNull(),
  isReviewed: integer('is_reviewed', { mode: 'boolean' }).notNull(),
  isActive: integer('is_active', { mode: 'boolean' }).notNull(),
  /** Signatures of earlier versions hold no more. */
  asksAgain: integer('asks_again', { mode: 'boolean' }).notNull(),
  savedAt: text('saved_at').notNull(),
  savedBy: text('saved_by').notNull().references(() => userAccounts.id),
}, (t) => [
  check('consent_forms_validity', oneOf(t.validity, validities)),
  check('consent_forms_scope', oneOf(t.scope, consentScopes)),
  uniqueIndex('consent_forms_by_form').on(t.formId, t.version),
])

/** What a patient decided about a form. Triggers keep every row as it was written. */
export const patientConsents = sqliteTable('patient_consents', {
  id: text().primaryKey(),
  patientId: text('patient_id').notNull().references(() => patients.id),
  formVersionId: text('form_version_id').notNull().references(() => consentForms.id),
  decision: text().notNull(),
  how: text(),
  signerName: text('signer_name').notNull(),
  relation: text(),
  /** Strokes, or the typed name. */
  signature: text(),
  documentId: text('document_id'),
  reason: text(),
  appointmentId: text('appointment_id').references(() => appointments.id),
  withdrawsId: text('withdraws_id').references((): AnySQLiteColumn => patientConsents.id),
  decidedAt: text('decided_at').notNull(),
  witnessedBy: text('witnessed_by').notNull().references(() => userAccounts.id),
  hash: text().notNull(),
}, (t) => [
  check('patient_consents_decision', oneOf(t.decision, consentDecisions)),
  check('patient_consents_how', oneOf(t.how, signatureKinds)),
  check('patient_consents_signed', sql`(${t.decision} = 'signed') = (${t.how} is not null)`),
  check('patient_consents_signature', sql`(coalesce(${t.how}, 'paper') = 'paper') = (${t.signature} is null)`),
  check('patient_consents_reason', sql`(${t.decision} = 'signed') = (${t.reason} is null)`),
  check('patient_consents_withdraws', sql`(${t.decision} = 'withdrawn') = (${t.withdrawsId} is not null)`),
  index('patient_consents_by_patient').on(t.patientId, t.decidedAt),
])
