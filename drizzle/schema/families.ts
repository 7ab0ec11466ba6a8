import { sql } from 'drizzle-orm'
import { check, index, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { relationKinds } from '#shared/domains/patients/model.family.ts'
import { userAccounts } from './clinic.ts'
import { oneOf } from './columns.ts'
import { patients } from './patients.ts'

const patient = () => text('patient_id').notNull().references(() => patients.id)
const user = (name: string) => text(name).references(() => userAccounts.id)

/** Who answers for bills: a patient, or a person who is none. Never changed: what is said anew is a new row. */
export const guarantors = sqliteTable('guarantors', {
  id: text().primaryKey(),
  patientId: text('patient_id').references(() => patients.id),
  name: text(),
  phone: text(),
  addressLine1: text('address_line1'),
  addressLine2: text('address_line2'),
  city: text(),
  state: text(),
  postalCode: text('postal_code'),
  createdAt: text('created_at').notNull(),
  createdBy: user('created_by').notNull(),
}, (t) => [
  check('guarantors_one', sql`(${t.patientId} is null) <> (${t.name} is null)`),
  index('guarantors_by_patient').on(t.patientId).where(sql`${t.patientId} is not null`),
])

/** For whom, since when. Of two that stand (two charts became one) the newer counts, and the screen asks. */
export const patientGuarantors = sqliteTable('patient_guarantors', {
  id: text().primaryKey(),
  patientId: patient(),
  guarantorId: text('guarantor_id').notNull().references(() => guarantors.id),
  since: text().notNull(),
  setBy: user('set_by').notNull(),
  endedAt: text('ended_at'),
  endedBy: user('ended_by'),
}, (t) => [index('patient_guarantors_by_patient').on(t.patientId, t.since), index('patient_guarantors_by_guarantor').on(t.guarantorId)])

/** What the relative is to the patient; read from both sides. */
export const patientRelations = sqliteTable('patient_relations', {
  id: text().primaryKey(),
  patientId: patient(),
  /** May be a chart that was merged since: it stands for the one that goes on. */
  relativeId: text('relative_id').notNull().references(() => patients.id),
  kind: text().notNull(),
  createdAt: text('created_at').notNull(),
  createdBy: user('created_by').notNull(),
  removedAt: text('removed_at'),
  removedBy: user('removed_by'),
}, (t) => [check('patient_relations_kind', oneOf(t.kind, relationKinds)), index('patient_relations_by_patient').on(t.patientId), index('patient_relations_by_relative').on(t.relativeId)])

/** A death as it was recorded, with what was called off in the same act. */
export const patientDeaths = sqliteTable('patient_deaths', {
  id: text().primaryKey(),
  patientId: patient(),
  deceasedOn: text('deceased_on').notNull(),
  recordedAt: text('recorded_at').notNull(),
  recordedBy: user('recorded_by').notNull(),
  /** JSON: {appointments: [id, version][], waitList: id[]}, as the act left them. */
  calledOff: text('called_off').notNull(),
  reversedAt: text('reversed_at'),
  reversedBy: user('reversed_by'),
  reversalReason: text('reversal_reason'),
}, (t) => [index('patient_deaths_by_patient').on(t.patientId, t.recordedAt)])
