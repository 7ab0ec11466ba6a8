import { and, asc, desc, eq, exists, gte, inArray, isNull, lt, lte, or, sql, type AnyColumn, type Placeholder, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { rooms, staffMembers, userAccounts } from '#drizzle/schema/clinic.ts'
import { clinicalNotes, diagnosticReports, encounters, immunizations, noteAddenda, observations, procedures, reportResults } from '#drizzle/schema/encounters.ts'
import { patientPhotos, patients } from '#drizzle/schema/patients.ts'
import { appointments } from '#drizzle/schema/scheduling.ts'
import type {
  ChartPatient, CurrentVisit, DayFact, DraftRow, ImmunizationRow, MeasuredObservation, NoteAddendum, NoteRow, PageInput, ProcedureRow, StaffName, VisitRow,
} from '#shared/domains/encounters/model.chart.ts'
import type { ClinicalNote, Observation } from '#shared/domains/encounters/model.ts'
import { vitalCodes, vitalKindOf, vitalKinds, type VitalKind } from '#shared/domains/encounters/model.vitals.ts'
import { excerptOf, wasRecordedThen } from '#shared/domains/encounters/rules.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { OpenedChart, OpenedFile } from '#main/core/access/opened.ts'
import { isReleased, mayKnow, mayKnowNote, mayReadChart, mayReadNote } from '#main/core/access/predicates.ts'
import type { Scope } from '#main/core/access/scope.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb } from '#main/core/db/types.ts'
import { conceptOf, toObservation } from './repository.facts.ts'
import { noteColumns, toNote, type ScopedNoteRow } from './repository.ts'

/** What a chart shows. Each list is one index walk that stops at its page, however much the patient has. */

const value = (name: string): Placeholder => sql.placeholder(name)
const signers = alias(userAccounts, 'signers')
const signerStaff = alias(staffMembers, 'signer_staff')
const staffColumns = { id: staffMembers.id, title: staffMembers.title, givenName: staffMembers.givenName, familyName: staffMembers.familyName }
const signerColumns = { id: signerStaff.id, title: signerStaff.title, givenName: signerStaff.givenName, familyName: signerStaff.familyName }

const trendColumns = { id: observations.id, code: observations.code, value: observations.value, unit: observations.unit, at: observations.observedAt, encounterId: observations.encounterId, recordedAt: observations.recordedAt, recordedBy: observations.recordedBy }

/** Rows older than the last one seen; rows of the same moment are told apart by their id. */
const before = (at: AnyColumn, id: AnyColumn): SQL | undefined => and(lte(at, value('at')), or(lt(at, value('at')), lt(id, value('lastId'))))

const reads = prepared((db: ReadDb) => {
  const noteRows = () => db.select({ note: noteColumns, reason: encounters.reason, visitAt: encounters.startedAt, author: staffColumns }).from(clinicalNotes)
    .innerJoin(encounters, eq(encounters.id, clinicalNotes.encounterId))
    .innerJoin(userAccounts, eq(userAccounts.id, clinicalNotes.authorId))
    .innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId))
  const measured = () => db.select({ observation: observations, by: staffColumns }).from(observations)
    .leftJoin(userAccounts, eq(userAccounts.id, observations.recordedBy))
    .leftJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId))
  const newestMeasured = [desc(observations.observedAt), desc(observations.id)] as const
  return {
    patient: db.select({
      id: patients.id, mrn: patients.mrn, familyName: patients.familyName, givenName: patients.givenName, sex: patients.sex, birthDate: patients.birthDate, phone: patients.phone,
      deceasedOn: patients.deceasedOn, hasPhoto: sql<number>`${exists(db.select({ one: sql`1` }).from(patientPhotos).where(eq(patientPhotos.patientId, patients.id)))}`,
    }).from(patients).where(eq(patients.id, value('id'))).prepare(),
    today: db.select({
      appointmentId: appointments.id, appointmentVersion: appointments.version, status: appointments.status, startsAt: appointments.startsAt, arrivedAt: appointments.arrivedAt,
      roomedAt: appointments.roomedAt, startedAt: appointments.startedAt, roomName: rooms.name, reason: appointments.reason, providerId: appointments.providerId, encounterId: encounters.id,
    }).from(appointments).leftJoin(rooms, eq(rooms.id, appointments.roomId)).leftJoin(encounters, eq(encounters.appointmentId, appointments.id))
      .where(and(eq(appointments.patientId, value('patientId')), gte(appointments.startsAt, value('from')), lt(appointments.startsAt, value('to')))).prepare(),
    lastVitals: db.select(trendColumns).from(observations)
      .where(and(eq(observations.patientId, value('patientId')), eq(observations.category, 'vital-signs'), isNull(observations.enteredInErrorAt)))
      .orderBy(desc(observations.observedAt)).limit(value('limit')).prepare(),
    trend: db.select(trendColumns).from(observations)
      .where(and(eq(observations.patientId, value('patientId')), eq(observations.code, value('code')), isNull(observations.enteredInErrorAt)))
      .orderBy(desc(observations.observedAt)).limit(value('limit')).prepare(),
    observationsOfKind: measured().where(and(eq(observations.patientId, value('patientId')), eq(observations.category, value('category')), isReleased(observations.encounterId), before(observations.observedAt, observations.id)))
      .orderBy(...newestMeasured).limit(value('limit')).prepare(),
    observationsOfCode: measured().where(and(eq(observations.patientId, value('patientId')), eq(observations.code, value('code')), isReleased(observations.encounterId), before(observations.observedAt, observations.id)))
      .orderBy(...newestMeasured).limit(value('limit')).prepare(),
    observationsOfVisit: measured().where(and(eq(observations.encounterId, value('encounterId')), eq(observations.patientId, value('patientId')), isReleased(observations.encounterId))).orderBy(asc(observations.observedAt), asc(observations.id)).limit(500).prepare(),
    recentResults: db.select().from(observations)
      .where(and(eq(observations.patientId, value('patientId')), eq(observations.category, 'laboratory'), isNull(observations.enteredInErrorAt), isReleased(observations.encounterId)))
      .orderBy(desc(observations.observedAt)).limit(value('limit')).prepare(),
    notes: noteRows().where(and(eq(clinicalNotes.patientId, value('patientId')), mayKnowNote(clinicalNotes), before(clinicalNotes.savedAt, clinicalNotes.id)))
      .orderBy(desc(clinicalNotes.savedAt), desc(clinicalNotes.id)).limit(value('limit')).prepare(),
    drafts: db.select({ note: noteColumns, reason: encounters.reason, visitAt: encounters.startedAt, author: staffColumns, patient: {
      id: patients.id, mrn: patients.mrn, familyName: patients.familyName, givenName: patients.givenName, sex: patients.sex, birthDate: patients.birthDate, phone: patients.phone,
    } }).from(clinicalNotes).innerJoin(encounters, eq(encounters.id, clinicalNotes.encounterId))
      .innerJoin(userAccounts, eq(userAccounts.id, clinicalNotes.authorId)).innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId))
      .innerJoin(patients, eq(patients.id, clinicalNotes.patientId))
      .where(and(eq(clinicalNotes.authorId, value('me')), eq(clinicalNotes.status, 'draft'), mayKnow(clinicalNotes.patientId))).orderBy(asc(clinicalNotes.savedAt)).limit(100).prepare(),
    notesOfVisit: db.select({ note: noteColumns, author: staffColumns, signer: signerColumns }).from(clinicalNotes)
      .innerJoin(userAccounts, eq(userAccounts.id, clinicalNotes.authorId)).innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId))
      .leftJoin(signers, eq(signers.id, clinicalNotes.signedBy)).leftJoin(signerStaff, eq(signerStaff.id, signers.staffId))
      .where(and(eq(clinicalNotes.encounterId, value('encounterId')), eq(clinicalNotes.patientId, value('patientId')), mayKnowNote(clinicalNotes))).orderBy(asc(clinicalNotes.savedAt)).limit(50).prepare(),
    addenda: db.select({ addendum: noteAddenda, author: staffColumns }).from(noteAddenda).innerJoin(clinicalNotes, eq(clinicalNotes.id, noteAddenda.noteId))
      .innerJoin(userAccounts, eq(userAccounts.id, noteAddenda.authorId)).innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId))
      .where(and(eq(noteAddenda.noteId, value('noteId')), eq(clinicalNotes.patientId, value('patientId')), mayKnowNote(clinicalNotes), mayReadNote(clinicalNotes))).orderBy(asc(noteAddenda.addedAt)).limit(100).prepare(),
    visits: db.select({ visit: encounters, provider: staffColumns }).from(encounters).leftJoin(staffMembers, eq(staffMembers.id, encounters.providerId))
      .where(and(eq(encounters.patientId, value('patientId')), before(encounters.startedAt, encounters.id)))
      .orderBy(desc(encounters.startedAt), desc(encounters.id)).limit(value('limit')).prepare(),
    immunizations: db.select().from(immunizations).where(and(eq(immunizations.patientId, value('patientId')), before(immunizations.givenAt, immunizations.id), isNull(immunizations.enteredInErrorAt)))
      .orderBy(desc(immunizations.givenAt), desc(immunizations.id)).limit(value('limit')).prepare(),
    procedures: db.select().from(procedures).where(and(eq(procedures.patientId, value('patientId')), before(procedures.performedAt, procedures.id), isNull(procedures.enteredInErrorAt)))
      .orderBy(desc(procedures.performedAt), desc(procedures.id)).limit(value('limit')).prepare(),
    reports: db.select().from(diagnosticReports).where(and(eq(diagnosticReports.patientId, value('patientId')), before(diagnosticReports.issuedAt, diagnosticReports.id), isNull(diagnosticReports.enteredInErrorAt)))
      .orderBy(desc(diagnosticReports.issuedAt), desc(diagnosticReports.id)).limit(value('limit')).prepare(),
    staff: db.select(staffColumns).from(userAccounts).innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId)).where(eq(userAccounts.id, value('userId'))).prepare(),
    provider: db.select(staffColumns).from(staffMembers).where(eq(staffMembers.id, value('staffId'))).prepare(),
    dayFacts: db.select({
      appointmentId: appointments.id, encounterId: encounters.id,
      vitalsAt: sql<string | null>`(select max(o.observed_at) from observations o where o.encounter_id = ${encounters.id} and o.category = 'vital-signs' and o.entered_in_error_at is null)`,
      noteStatus: sql<string | null>`(select max(n.status) from clinical_notes n where n.encounter_id = ${encounters.id} and (n.sensitivity <> 'psychotherapy' or n.author_id = ${value('me')}))`,
    }).from(appointments).innerJoin(encounters, eq(encounters.appointmentId, appointments.id))
      .where(and(gte(appointments.startsAt, value('from')), lt(appointments.startsAt, value('to')), mayReadChart(appointments.patientId))).limit(2_000).prepare(),
  }
})

export interface Page { chart: OpenedChart; at: Instant; lastId: string; limit: number }

/** The first page begins after every moment there can be. */
export const pageOf = (chart: OpenedChart, { before: last, limit }: Pick<PageInput, 'before' | 'limit'>): Page => ({ chart, at: last?.at ?? '9999-12-31T23:59:59.999Z', lastId: last?.id ?? 'g', limit })
export const firstPage = (chart: OpenedChart, limit: number): Page => pageOf(chart, { before: null, limit })

/** What a statement about one opened patient names. */
const of = ({ patientId, scope }: OpenedFile) => ({ ...scope.values, patientId })
const onPage = ({ chart, at, lastId, limit }: Page) => ({ ...of(chart), at, lastId, limit })

export function chartPatient(db: ReadDb, file: OpenedFile): ChartPatient | undefined {
  const row = reads(db).patient.get({ id: file.patientId })
  return row && { ...row, sex: row.sex as ChartPatient['sex'], hasPhoto: row.hasPhoto === 1 } // The CHECK on sex holds the model's constants.
}

export const appointmentsOfDay = (db: ReadDb, { patientId }: OpenedChart, from: Instant, to: Instant): CurrentVisit[] =>
  reads(db).today.all({ patientId, from, to }) as CurrentVisit[] // The CHECK on status holds the model's constants.

/** One walk over this many rows shows every kind of nearly everybody. */
const VITALS_LOOKED_AT = 90

type TrendRow = { id: string; code: string; value: number | null; unit: string | null; at: string; encounterId: string | null; recordedAt: string; recordedBy: string }

/** The last values of each kind, newest first; who is measured all day has the seldom ones looked up by their code. */
export function lastVitals(db: ReadDb, { patientId }: OpenedChart, pointsOf: (kind: VitalKind) => number): Map<VitalKind, TrendRow[]> {
  const rows: TrendRow[] = reads(db).lastVitals.all({ patientId, limit: VITALS_LOOKED_AT })
  const isAll = rows.length < VITALS_LOOKED_AT
  return new Map(vitalKinds.map((kind) => {
    const limit = pointsOf(kind)
    const found = rows.filter((row) => vitalKindOf(row.code) === kind).slice(0, limit)
    return [kind, isAll || found.length === limit ? found : valuesOfKind(db, patientId, kind, limit)]
  }))
}

function valuesOfKind(db: ReadDb, patientId: string, kind: VitalKind, limit: number): TrendRow[] {
  const rows = vitalCodes(kind).flatMap((code): TrendRow[] => reads(db).trend.all({ patientId, code, limit }))
  return rows.toSorted((a, b) => (a.at < b.at ? 1 : -1)).slice(0, limit)
}

export const recentResults = (db: ReadDb, chart: OpenedChart, limit: number): Observation[] => reads(db).recentResults.all({ ...of(chart), limit }).map(toObservation)
export const observationsOfKind = (db: ReadDb, page: Page, category: string): MeasuredObservation[] => reads(db).observationsOfKind.all({ ...onPage(page), category }).map(toMeasured)
export const observationsOfCode = (db: ReadDb, page: Page, code: string): MeasuredObservation[] => reads(db).observationsOfCode.all({ ...onPage(page), code }).map(toMeasured)
export const observationsOfVisit = (db: ReadDb, chart: OpenedChart, encounterId: string): MeasuredObservation[] => reads(db).observationsOfVisit.all({ ...of(chart), encounterId }).map(toMeasured)

export const notesPage = (db: ReadDb, page: Page): NoteRow[] => reads(db).notes.all(onPage(page)).map(toNoteRow)
/** The caller's own. */
export const draftsOf = (db: ReadDb, { values }: Scope): DraftRow[] =>
  reads(db).drafts.all({ ...values }).map((row) => ({ ...toNoteRow(row), patient: { ...row.patient, sex: row.patient.sex as DraftRow['patient']['sex'] } })) // The CHECK on sex.

export interface NoteWithNames { note: ClinicalNote; author: StaffName; signer: StaffName | null }
export const notesOfVisit = (db: ReadDb, chart: OpenedChart, encounterId: string): NoteWithNames[] => reads(db).notesOfVisit.all({ ...of(chart), encounterId }).map((row) => ({ ...row, note: toNote(row.note) }))
export const addendaOf = (db: ReadDb, chart: OpenedChart, noteId: string): (NoteAddendum & { sealedText: Buffer | null })[] => reads(db).addenda.all({ ...of(chart), noteId }).map(({ addendum, author }) => ({ ...addendum, author }))

export function visitsPage(db: ReadDb, page: Page): VisitRow[] {
  return reads(db).visits.all(onPage(page)).map(({ visit, provider }) => ({
    id: visit.id, startedAt: visit.startedAt, finishedAt: visit.finishedAt, reason: visit.reason, place: visit.place, provider,
    status: visit.status as VisitRow['status'], // The CHECK on status.
  }))
}

export const immunizationsPage = (db: ReadDb, page: Page): ImmunizationRow[] =>
  reads(db).immunizations.all(onPage(page)).map((row) => ({ id: row.id, concept: conceptOf(row), givenAt: row.givenAt, lot: row.lot, site: row.site }))
export const proceduresPage = (db: ReadDb, page: Page): ProcedureRow[] => reads(db).procedures.all(onPage(page)).map((row) => ({ id: row.id, concept: conceptOf(row), performedAt: row.performedAt }))
export const reportsPage = (db: ReadDb, page: Page) =>
  reads(db).reports.all(onPage(page)).map((row) => ({ id: row.id, concept: conceptOf(row), issuedAt: row.issuedAt, conclusion: row.conclusion }))

/** The single results of the reports of one page. */
export function resultsOf(db: ReadDb, chart: OpenedChart, reportIds: readonly string[]): { reportId: string; observation: Observation }[] {
  if (reportIds.length === 0) return []
  return db.select({ reportId: reportResults.reportId, observation: observations }).from(reportResults)
    .innerJoin(observations, eq(observations.id, reportResults.observationId)).where(and(inArray(reportResults.reportId, [...reportIds]), eq(observations.patientId, chart.patientId))).limit(5_000).all()
    .map((row) => ({ reportId: row.reportId, observation: toObservation(row.observation) }))
}

export const staffNameOf = (db: ReadDb, userId: string): StaffName | null => reads(db).staff.get({ userId }) ?? null
export const providerName = (db: ReadDb, staffId: string): StaffName | null => reads(db).provider.get({ staffId }) ?? null

export const dayFacts = (db: ReadDb, { values }: Scope, from: Instant, to: Instant): DayFact[] => reads(db).dayFacts.all({ ...values, from, to }) as DayFact[] // 'signed' sorts after 'draft'.

function toMeasured({ observation, by }: { observation: typeof observations.$inferSelect; by: StaffName | null }): MeasuredObservation {
  return { ...toObservation(observation), recordedAt: observation.recordedAt, recordedBy: wasRecordedThen(observation.observedAt, observation.recordedAt) ? by : null, enteredInErrorAt: observation.enteredInErrorAt }
}

function toNoteRow(row: { note: ScopedNoteRow; reason: string | null; visitAt: string; author: StaffName }): NoteRow {
  const { note, reason, visitAt, author } = row
  return {
    id: note.id, encounterId: note.encounterId, status: note.status as NoteRow['status'], reason, visitAt, author, // The CHECK on status.
    excerpt: excerptOf(note), savedAt: note.savedAt, signedAt: note.signedAt,
    sensitivity: note.sensitivity as NoteRow['sensitivity'], isHidden: note.canRead !== 1, // The CHECK on sensitivity.
  }
}
