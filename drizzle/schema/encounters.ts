import { sql } from 'drizzle-orm'
import { blob, check, index, integer, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import {
  allergySeverities, codeSystems, encounterStatuses, noteSections, noteSensitivities, noteStatuses, observationCategories, problemStatuses,
} from '#shared/domains/encounters/model.ts'
import { oneOf } from './columns.ts'
import { staffMembers, userAccounts } from './clinic.ts'
import { patients } from './patients.ts'
import { appointments } from './scheduling.ts'

/** A concept as recorded: system and code when known, always the words. */
const concept = () => ({ codeSystem: text('code_system'), code: text(), label: text().notNull() })
/** Facts are corrected by a new row; the old one says when and by whom it was marked entered in error. */
const recorded = () => ({
  recordedAt: text('recorded_at').notNull(),
  recordedBy: text('recorded_by').notNull().references(() => userAccounts.id),
  enteredInErrorAt: text('entered_in_error_at'),
  enteredInErrorBy: text('entered_in_error_by').references(() => userAccounts.id),
})
const sealedText = () => blob('sealed_text', { mode: 'buffer' })
const patient = () => text('patient_id').notNull().references(() => patients.id)

export const encounters = sqliteTable('encounters', {
  id: text().primaryKey(),
  patientId: patient(),
  appointmentId: text('appointment_id').references(() => appointments.id),
  providerId: text('provider_id').references(() => staffMembers.id),
  status: text().notNull(),
  reason: text(),
  /** Where an imported visit took place, as its source said it. */
  place: text(),
  startedAt: text('started_at').notNull(),
  finishedAt: text('finished_at'),
}, (t) => [
  check('encounters_status', oneOf(t.status, encounterStatuses)),
  uniqueIndex('encounters_by_appointment').on(t.appointmentId).where(sql`${t.appointmentId} is not null`),
  index('encounters_by_patient').on(t.patientId, t.startedAt),
  index('encounters_by_provider').on(t.providerId, t.startedAt),
])

/** Triggers refuse any change to a signed note. */
export const clinicalNotes = sqliteTable('clinical_notes', {
  id: text().primaryKey(),
  encounterId: text('encounter_id').notNull().references(() => encounters.id),
  patientId: patient(),
  authorId: text('author_id').notNull().references(() => userAccounts.id),
  status: text().notNull(),
  subjective: text().notNull(),
  objective: text().notNull(),
  assessment: text().notNull(),
  plan: text().notNull(),
  revision: integer().notNull(),
  savedAt: text('saved_at').notNull(),
  /** Where the author's cursor stood at the last save. */
  cursorSection: text('cursor_section'),
  cursorOffset: integer('cursor_offset'),
  signedAt: text('signed_at'),
  signedBy: text('signed_by').references(() => userAccounts.id),
  sensitivity: text().notNull().default('normal'),
  /** A psychotherapy note's text under its own key; the four columns of clear text are empty then. */
  sealedText: sealedText(),
}, (t) => [
  check('clinical_notes_sensitivity', oneOf(t.sensitivity, noteSensitivities)),
  check('clinical_notes_status', oneOf(t.status, noteStatuses)),
  check('clinical_notes_cursor_section', oneOf(t.cursorSection, noteSections)),
  uniqueIndex('clinical_notes_one_draft').on(t.encounterId, t.authorId).where(sql`${t.status} = 'draft'`),
  index('clinical_notes_by_encounter').on(t.encounterId),
  index('clinical_notes_by_patient').on(t.patientId, t.savedAt),
  index('clinical_notes_drafts').on(t.authorId, t.savedAt).where(sql`${t.status} = 'draft'`),
])

export const noteAddenda = sqliteTable('note_addenda', {
  id: text().primaryKey(),
  noteId: text('note_id').notNull().references(() => clinicalNotes.id),
  authorId: text('author_id').notNull().references(() => userAccounts.id),
  text: text().notNull(),
  addedAt: text('added_at').notNull(),
  sealedText: sealedText(),
}, (t) => [index('note_addenda_by_note').on(t.noteId, t.addedAt)])

/** A draft's text from a window that was behind: kept until its author has decided. */
export const noteCopies = sqliteTable('note_copies', {
  id: text().primaryKey(),
  noteId: text('note_id').notNull().references(() => clinicalNotes.id),
  subjective: text().notNull(),
  objective: text().notNull(),
  assessment: text().notNull(),
  plan: text().notNull(),
  savedAt: text('saved_at').notNull(),
  settledAt: text('settled_at'),
  sealedText: sealedText(),
}, (t) => [index('note_copies_open').on(t.noteId, t.savedAt).where(sql`${t.settledAt} is null`)])

export const diagnoses = sqliteTable('diagnoses', {
  id: text().primaryKey(),
  encounterId: text('encounter_id').notNull().references(() => encounters.id),
  patientId: patient(),
  ...concept(),
  rank: integer().notNull(),
  ...recorded(),
}, (t) => [check('diagnoses_system', oneOf(t.codeSystem, codeSystems)), index('diagnoses_by_encounter').on(t.encounterId, t.rank), index('diagnoses_by_patient').on(t.patientId)])

export const problems = sqliteTable('problems', {
  id: text().primaryKey(),
  patientId: patient(),
  ...concept(),
  status: text().notNull(),
  onsetOn: text('onset_on'),
  resolvedOn: text('resolved_on'),
  ...recorded(),
}, (t) => [
  check('problems_system', oneOf(t.codeSystem, codeSystems)),
  check('problems_status', oneOf(t.status, problemStatuses)),
  index('problems_by_patient').on(t.patientId, t.status),
])

export const allergies = sqliteTable('allergies', {
  id: text().primaryKey(),
  patientId: patient(),
  ...concept(),
  reaction: text(),
  severity: text().notNull(),
  ...recorded(),
}, (t) => [
  check('allergies_system', oneOf(t.codeSystem, codeSystems)),
  check('allergies_severity', oneOf(t.severity, allergySeverities)),
  index('allergies_by_patient').on(t.patientId),
])

/** "No known allergies" is a fact somebody asked for, apart from an empty list. */
export const allergyReviews = sqliteTable('allergy_reviews', {
  id: text().primaryKey(),
  patientId: patient(),
  noneKnown: integer('none_known', { mode: 'boolean' }).notNull(),
  ...recorded(),
}, (t) => [index('allergy_reviews_by_patient').on(t.patientId, t.recordedAt)])

export const medicationStatements = sqliteTable('medication_statements', {
  id: text().primaryKey(),
  patientId: patient(),
  ...concept(),
  sig: text(),
  startedOn: text('started_on'),
  endedOn: text('ended_on'),
  ...recorded(),
}, (t) => [check('medication_statements_system', oneOf(t.codeSystem, codeSystems)), index('medication_statements_by_patient').on(t.patientId, t.endedOn)])

export const observations = sqliteTable('observations', {
  id: text().primaryKey(),
  patientId: patient(),
  encounterId: text('encounter_id').references(() => encounters.id),
  category: text().notNull(),
  /** LOINC. */
  code: text().notNull(),
  label: text().notNull(),
  value: real(),
  /** UCUM. */
  unit: text(),
  valueText: text('value_text'),
  observedAt: text('observed_at').notNull(),
  ...recorded(),
}, (t) => [
  check('observations_category', oneOf(t.category, observationCategories)),
  index('observations_by_patient').on(t.patientId, t.category, t.observedAt),
  index('observations_by_patient_code').on(t.patientId, t.code, t.observedAt),
  index('observations_by_encounter').on(t.encounterId),
])

export const immunizations = sqliteTable('immunizations', {
  id: text().primaryKey(),
  patientId: patient(),
  ...concept(),
  givenAt: text('given_at').notNull(),
  lot: text(),
  site: text(),
  ...recorded(),
}, (t) => [check('immunizations_system', oneOf(t.codeSystem, codeSystems)), index('immunizations_by_patient').on(t.patientId, t.givenAt)])

/** Procedures performed (FHIR Procedure). */
export const procedures = sqliteTable('procedures', {
  id: text().primaryKey(),
  patientId: patient(),
  encounterId: text('encounter_id').references(() => encounters.id),
  ...concept(),
  performedAt: text('performed_at').notNull(),
  ...recorded(),
}, (t) => [check('procedures_system', oneOf(t.codeSystem, codeSystems)), index('procedures_by_patient').on(t.patientId, t.performedAt)])

/** Reports (FHIR DiagnosticReport); their single results are observations. */
export const diagnosticReports = sqliteTable('diagnostic_reports', {
  id: text().primaryKey(),
  patientId: patient(),
  encounterId: text('encounter_id').references(() => encounters.id),
  ...concept(),
  issuedAt: text('issued_at').notNull(),
  conclusion: text(),
  ...recorded(),
}, (t) => [check('diagnostic_reports_system', oneOf(t.codeSystem, codeSystems)), index('diagnostic_reports_by_patient').on(t.patientId, t.issuedAt)])

/** Which observations a report holds. */
export const reportResults = sqliteTable('report_results', {
  reportId: text('report_id').notNull().references(() => diagnosticReports.id),
  observationId: text('observation_id').notNull().references(() => observations.id),
}, (t) => [uniqueIndex('report_results_by_report').on(t.reportId, t.observationId)])
