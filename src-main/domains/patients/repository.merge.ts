import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { restrictedPatients, selfPatients } from '#drizzle/schema/access.ts'
import { staffMembers, userAccounts } from '#drizzle/schema/clinic.ts'
import { duplicateDecisions, patientMerges } from '#drizzle/schema/merges.ts'
import { coverages, patientPhotos, patients } from '#drizzle/schema/patients.ts'
import type { HeldKind, MergeSide, PatientMerge } from '#shared/domains/patients/model.merge.ts'
import type { DuplicateReason, PatientRow } from '#shared/domains/patients/model.ts'
import type { FieldChange } from '#shared/domains/patients/rules.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { OpenedFile } from '#main/core/access/opened.ts'
import { movedTables, type MovedTable } from '#main/core/db/patient-tables.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'

const value = (name: string) => sql.placeholder(name)
const [undoneBy, undoneByStaff] = [alias(userAccounts, 'undone_by'), alias(staffMembers, 'undone_by_staff')]

/** What `row_key` is of: the primary key, as the triggers of the feed write it. */
const keyOf: Partial<Record<MovedTable, string>> = { ledger_entries: 'json_array(t.seq)', patient_identifiers: 'json_array(t.system, t.value)', self_patients: 'json_array(t.user_id)', stock_uses: 'json_array(t.move_id)' }
const key = (table: MovedTable): string => keyOf[table] ?? 'json_array(t.id)'

const kinds: Record<MovedTable, HeldKind> = {
  appointments: 'appointments', encounters: 'visits', clinical_notes: 'notes', diagnoses: 'facts', problems: 'facts', allergies: 'facts', allergy_reviews: 'facts',
  medication_statements: 'facts', observations: 'facts', immunizations: 'facts', procedures: 'facts', diagnostic_reports: 'facts', invoices: 'invoices', charges: 'other',
  payments: 'payments', ledger_entries: 'other', patient_contacts: 'contacts', coverages: 'insurance', patient_identifiers: 'other', care_team_members: 'other', self_patients: 'other', desk_documents: 'documents', chart_documents: 'documents',
  medication_requests: 'prescriptions', prescription_alerts: 'other', prescription_drafts: 'other', stock_uses: 'facts', tasks: 'tasks', recalls: 'other', wait_list_entries: 'other', patient_consents: 'consents', appointment_series: 'other',
  absence_lines: 'other', missed_fees: 'other', guarantors: 'other', patient_guarantors: 'other', patient_relations: 'other', patient_deaths: 'other',
}
/** A charge is counted with its invoice, a line of the ledger with its payment, a warning with its prescription, a series with its appointments. */
const uncounted: readonly MovedTable[] = [
  'charges', 'ledger_entries', 'patient_identifiers', 'care_team_members', 'self_patients', 'prescription_alerts', 'appointment_series', 'absence_lines', 'missed_fees',
  'guarantors', 'patient_guarantors', 'patient_relations', 'patient_deaths',
]

const mergeColumns = {
  id: patientMerges.id, survivorId: patientMerges.survivorId, mergedAt: patientMerges.mergedAt, unmergedAt: patientMerges.unmergedAt,
  byGiven: staffMembers.givenName, byFamily: staffMembers.familyName, undoneGiven: undoneByStaff.givenName, undoneFamily: undoneByStaff.familyName,
  absorbed: { id: patients.id, mrn: patients.mrn, familyName: patients.familyName, givenName: patients.givenName, sex: patients.sex, birthDate: patients.birthDate, phone: patients.phone, deceasedOn: patients.deceasedOn, inactiveReason: patients.inactiveReason },
}

/** Exported so that a test asks the plan. */
export const mergesQuery = (db: ReadDb) => db.select(mergeColumns).from(patientMerges)
  .innerJoin(patients, eq(patients.id, patientMerges.absorbedId))
  .innerJoin(userAccounts, eq(userAccounts.id, patientMerges.mergedBy)).innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId))
  .leftJoin(undoneBy, eq(undoneBy.id, patientMerges.unmergedBy)).leftJoin(undoneByStaff, eq(undoneByStaff.id, undoneBy.staffId))
  .where(eq(patientMerges.survivorId, value('patientId'))).orderBy(desc(patientMerges.place)).limit(limits.page_rows)

/** Rows of one patient in each table that moves; also for its plan assertion. */
export const heldSql = (table: MovedTable): string => `select count(*) from ${table} t where t.patient_id = ?`

const reads = prepared((db: ReadDb) => ({
  merges: mergesQuery(db).prepare(),
  one: db.select().from(patientMerges).where(eq(patientMerges.id, value('id'))).prepare(),
  newest: db.select({ id: patientMerges.id, place: patientMerges.place }).from(patientMerges)
    .where(and(eq(patientMerges.survivorId, value('patientId')), isNull(patientMerges.unmergedAt))).orderBy(desc(patientMerges.place)).limit(1).prepare(),
  lastPlace: db.select({ place: patientMerges.place }).from(patientMerges).where(eq(patientMerges.survivorId, value('patientId'))).orderBy(desc(patientMerges.place)).limit(1).prepare(),
  absorbed: db.select({ id: patientMerges.absorbedId }).from(patientMerges).where(and(eq(patientMerges.survivorId, value('patientId')), isNull(patientMerges.unmergedAt))).prepare(),
  flags: db.select({ mergedIntoId: patients.mergedIntoId, isMergeBlocked: patients.isMergeBlocked }).from(patients).where(eq(patients.id, value('patientId'))).prepare(),
  restricted: db.select({ id: restrictedPatients.id }).from(restrictedPatients).where(and(eq(restrictedPatients.patientId, value('patientId')), isNull(restrictedPatients.liftedAt))).prepare(),
  account: db.select({ id: selfPatients.userId }).from(selfPatients).where(eq(selfPatients.patientId, value('patientId'))).prepare(),
  decision: db.select({ reason: duplicateDecisions.reason }).from(duplicateDecisions).where(and(eq(duplicateDecisions.aId, value('aId')), eq(duplicateDecisions.bId, value('bId')))).prepare(),
  cameAfter: db.$client.prepare(`select table_name as name, count(*) as rows from patient_merge_rows where merge_id = ? and side = 'after' group by table_name`),
  photoTakenAt: db.select({ takenAt: patientPhotos.takenAt }).from(patientPhotos).where(eq(patientPhotos.patientId, value('patientId'))).prepare(),
  held: movedTables.map((table) => [table, db.$client.prepare(heldSql(table)).pluck()] as const),
}))

export interface MergeRow { id: Id; survivorId: Id; absorbedId: Id; changes: FieldChange[]; unmergedAt: Instant | null }

export function mergeById(db: ReadDb, id: Id): MergeRow | undefined {
  const row = reads(db).one.get({ id })
  return row && { id, survivorId: row.survivorId, absorbedId: row.absorbedId, changes: JSON.parse(row.fields) as FieldChange[], unmergedAt: row.unmergedAt } // Written by `insertMerge` alone.
}

export const mergesOf = (db: ReadDb, { patientId }: OpenedFile): PatientMerge[] => reads(db).merges.all({ patientId }).map(({ byGiven, byFamily, undoneGiven, undoneFamily, ...row }) => ({
  ...row, absorbed: row.absorbed as PatientRow, mergedBy: `${byGiven} ${byFamily}`, unmergedBy: undoneFamily === null ? null : `${undoneGiven} ${undoneFamily}`, // The CHECK on sex holds the model's constants.
  cameAfter: grouped(reads(db).cameAfter.all(row.id) as { name: MovedTable; rows: number }[]), // The columns of the select.
}))

export const newestMergeOf = (db: ReadDb, { patientId }: OpenedFile): Id | undefined => reads(db).newest.get({ patientId })?.id
export const absorbedBy = (db: ReadDb, survivorId: Id): Id[] => reads(db).absorbed.all({ patientId: survivorId }).map((row) => row.id)
export const isAbsorbed = (db: ReadDb, id: Id): boolean => reads(db).flags.get({ patientId: id })?.mergedIntoId != null
export const isMergeBlocked = (db: ReadDb, { patientId }: OpenedFile): boolean => reads(db).flags.get({ patientId })?.isMergeBlocked === true
export const isRestricted = (db: ReadDb, { patientId }: OpenedFile): boolean => reads(db).restricted.get({ patientId }) !== undefined
export const hasAccount = (db: ReadDb, { patientId }: OpenedFile): boolean => reads(db).account.get({ patientId }) !== undefined

export const heldBy = (db: ReadDb, { patientId }: OpenedFile) => grouped(reads(db).held.map(([name, count]) => ({ name, rows: count.get(patientId) as number }))) // A count.

function grouped(rows: readonly { name: MovedTable; rows: number }[]): { kind: HeldKind; count: number }[] {
  const sums = Map.groupBy(rows.filter(({ name, rows: number }) => number > 0 && !uncounted.includes(name)), ({ name }) => kinds[name])
  return [...sums].map(([kind, all]) => ({ kind, count: all.reduce((sum, one) => sum + one.rows, 0) }))
}

// Decisions about pairs

const inOrder = (one: Id, other: Id): { aId: Id; bId: Id } => (one < other ? { aId: one, bId: other } : { aId: other, bId: one })
export const isSaidApart = (db: ReadDb, one: OpenedFile, other: OpenedFile): boolean => reads(db).decision.get(inOrder(one.patientId, other.patientId)) !== undefined
export function insertDecision(db: WriteDb, one: Id, other: Id, by: { reason: DuplicateReason; decidedAt: Instant; decidedBy: Id }): void {
  db.insert(duplicateDecisions).values({ ...inOrder(one, other), ...by }).onConflictDoNothing().run()
}

// Writing

export function writeMergeBlock(db: WriteDb, id: Id, isMergeBlocked: boolean): void {
  db.update(patients).set({ isMergeBlocked }).where(eq(patients.id, id)).run()
}

interface NewMerge { id: Id; survivorId: Id; absorbedId: Id; mergedAt: Instant; mergedBy: Id; changes: readonly FieldChange[] }

export function insertMerge(db: WriteDb, { changes, ...row }: NewMerge): void {
  const place = (reads(db).lastPlace.get({ patientId: row.survivorId })?.place ?? 0) + 1
  db.insert(patientMerges).values({ ...row, fields: JSON.stringify(changes), place }).run()
}

export function endMerge(db: WriteDb, id: Id, unmergedAt: Instant, unmergedBy: Id): void {
  db.update(patientMerges).set({ unmergedAt, unmergedBy }).where(eq(patientMerges.id, id)).run()
}

export function pointTo(db: WriteDb, ids: readonly Id[], mergedIntoId: Id | null): void {
  for (const id of ids) db.update(patients).set({ mergedIntoId }).where(eq(patients.id, id)).run()
}

/** Every row that belongs to this patient and is in no line of this merge yet. */
export function noteRows(db: WriteDb, mergeId: Id, side: MergeSide, patientId: Id): void {
  for (const table of movedTables) {
    db.$client.prepare(`insert or ignore into patient_merge_rows (merge_id, side, table_name, row_key) select ?, ?, '${table}', ${key(table)} from ${table} t where t.patient_id = ?`).run(mergeId, side, patientId)
  }
}

export function moveRows(db: WriteDb, from: Id, to: Id): void {
  for (const table of movedTables) db.$client.prepare(`update ${table} set patient_id = ? where patient_id = ?`).run(to, from)
}

/** Back to whom they were, as the merge has written it down. */
export function returnRows(db: WriteDb, mergeId: Id, from: Id, to: Id): void {
  for (const table of movedTables) {
    db.$client.prepare(`update ${table} as t set patient_id = ? where t.patient_id = ? and exists (select 1 from patient_merge_rows r where r.merge_id = ? and r.table_name = '${table}' and r.row_key = ${key(table)} and r.side = 'absorbed')`)
      .run(to, from, mergeId)
  }
}

/** The absorbed chart's insurances come after those that the other has. */
export function rankBehind(db: WriteDb, patientId: Id, places: number): void {
  db.update(coverages).set({ rank: sql`${coverages.rank} + ${places}` }).where(and(eq(coverages.patientId, patientId), isNull(coverages.endedAt))).run()
}

/** A face for a chart that has none. */
export function copyPhoto(db: WriteDb, from: Id, to: Id): void {
  db.$client.prepare('insert or ignore into patient_photos (patient_id, mime, bytes, taken_at) select ?, mime, bytes, taken_at from patient_photos where patient_id = ?').run(to, from)
}
export const photoTakenAtOf = (db: ReadDb, { patientId }: { patientId: Id }): Instant | undefined => reads(db).photoTakenAt.get({ patientId })?.takenAt
