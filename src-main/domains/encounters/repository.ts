import { and, asc, eq, isNull, sql, type Placeholder } from 'drizzle-orm'
import { clinicalNotes, diagnoses, encounters, noteAddenda, noteCopies } from '#drizzle/schema/encounters.ts'
import type { Addendum, ClinicalNote, Diagnosis, Encounter, NoteSection, NoteSections } from '#shared/domains/encounters/model.ts'
import type { DraftCopy } from '#shared/domains/encounters/model.chart.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'

/** Visits, their notes and their diagnoses. Facts about the patient: repository.facts.ts; lists: repository.chart.ts. */

const value = (name: string): Placeholder => sql.placeholder(name)

const reads = prepared((db: ReadDb) => ({
  encounter: db.select().from(encounters).where(eq(encounters.id, value('id'))).prepare(),
  encounterOfAppointment: db.select().from(encounters).where(eq(encounters.appointmentId, value('appointmentId'))).prepare(),
  note: db.select().from(clinicalNotes).where(eq(clinicalNotes.id, value('id'))).prepare(),
  draftOf: db.select().from(clinicalNotes)
    .where(and(eq(clinicalNotes.encounterId, value('encounterId')), eq(clinicalNotes.authorId, value('authorId')), eq(clinicalNotes.status, 'draft'))).prepare(),
  copy: db.select().from(noteCopies).where(eq(noteCopies.id, value('id'))).prepare(),
  openCopies: db.select().from(noteCopies).where(and(eq(noteCopies.noteId, value('noteId')), isNull(noteCopies.settledAt))).orderBy(asc(noteCopies.savedAt)).prepare(),
  diagnosis: db.select().from(diagnoses).where(eq(diagnoses.id, value('id'))).prepare(),
  diagnosesOf: db.select().from(diagnoses)
    .where(and(eq(diagnoses.encounterId, value('encounterId')), isNull(diagnoses.enteredInErrorAt))).orderBy(asc(diagnoses.rank)).prepare(),
}))

const writes = prepared((db: WriteDb) => ({
  /** Runs each second while somebody types. */
  saveDraft: db.update(clinicalNotes).set({
    subjective: sql`${value('subjective')}`, objective: sql`${value('objective')}`, assessment: sql`${value('assessment')}`, plan: sql`${value('plan')}`,
    revision: sql`${value('revision')}`, savedAt: sql`${value('savedAt')}`, cursorSection: sql`${value('cursorSection')}`, cursorOffset: sql`${value('cursorOffset')}`,
  }).where(eq(clinicalNotes.id, value('id'))).prepare(),
}))

type EncounterRow = typeof encounters.$inferSelect
type NoteTableRow = typeof clinicalNotes.$inferSelect
type DiagnosisRow = typeof diagnoses.$inferSelect

export const encounterById = (db: ReadDb, id: string): Encounter | undefined => toEncounter(reads(db).encounter.get({ id }))
export const encounterOfAppointment = (db: ReadDb, appointmentId: string): Encounter | undefined => toEncounter(reads(db).encounterOfAppointment.get({ appointmentId }))
export const noteById = (db: ReadDb, id: string): ClinicalNote | undefined => toNote(reads(db).note.get({ id }))
export const draftOf = (db: ReadDb, encounterId: string, authorId: string): ClinicalNote | undefined => toNote(reads(db).draftOf.get({ encounterId, authorId }))
export const openCopies = (db: ReadDb, noteId: string): DraftCopy[] => reads(db).openCopies.all({ noteId }).map(({ settledAt: _settled, ...copy }) => copy)
export const copyById = (db: ReadDb, id: string): (DraftCopy & { settledAt: string | null }) | undefined => reads(db).copy.get({ id })
export const diagnosesOf = (db: ReadDb, encounterId: string): Diagnosis[] => reads(db).diagnosesOf.all({ encounterId }).map(toDiagnosis)

export function diagnosisById(db: ReadDb, id: string): { diagnosis: Diagnosis; enteredInErrorAt: string | null } | undefined {
  const row = reads(db).diagnosis.get({ id })
  return row && { diagnosis: toDiagnosis(row), enteredInErrorAt: row.enteredInErrorAt }
}

export function insertEncounter(db: WriteDb, row: Encounter): void {
  db.insert(encounters).values(row).run()
}

export function finishEncounter(db: WriteDb, id: string, at: Instant): void {
  db.update(encounters).set({ status: 'finished', finishedAt: at }).where(eq(encounters.id, id)).run()
}

export function insertNote(db: WriteDb, { cursor, ...note }: ClinicalNote): void {
  db.insert(clinicalNotes).values({ ...note, cursorSection: cursor?.section ?? null, cursorOffset: cursor?.offset ?? null }).run()
}

export function updateDraft(db: WriteDb, { cursor, ...note }: ClinicalNote): void {
  writes(db).saveDraft.run({
    id: note.id, subjective: note.subjective, objective: note.objective, assessment: note.assessment, plan: note.plan, revision: note.revision, savedAt: note.savedAt,
    cursorSection: cursor?.section ?? null, cursorOffset: cursor?.offset ?? null,
  })
}

export function signNote(db: WriteDb, id: string, at: Instant, by: string): void {
  db.update(clinicalNotes).set({ status: 'signed', signedAt: at, signedBy: by }).where(eq(clinicalNotes.id, id)).run()
}

export function insertAddendum(db: WriteDb, row: Addendum): void {
  db.insert(noteAddenda).values(row).run()
}

export function insertCopy(db: WriteDb, row: NoteSections & { id: string; noteId: string; savedAt: Instant }): void {
  db.insert(noteCopies).values({ ...row, settledAt: null }).run()
}

export function settleCopy(db: WriteDb, id: string, at: Instant): void {
  db.update(noteCopies).set({ settledAt: at }).where(eq(noteCopies.id, id)).run()
}

interface Mark { at: Instant; by: string }

export function insertDiagnosis(db: WriteDb, { concept, ...row }: Diagnosis, { at, by }: Mark): void {
  db.insert(diagnoses).values({ ...row, codeSystem: concept.system, code: concept.code, label: concept.label, recordedAt: at, recordedBy: by }).run()
}

export function markDiagnosis(db: WriteDb, id: string, { at, by }: Mark): void {
  db.update(diagnoses).set({ enteredInErrorAt: at, enteredInErrorBy: by }).where(eq(diagnoses.id, id)).run()
}

export function setRank(db: WriteDb, id: string, rank: number): void {
  db.update(diagnoses).set({ rank }).where(eq(diagnoses.id, id)).run()
}

function toEncounter(row: EncounterRow | undefined): Encounter | undefined {
  if (!row) return undefined
  const { place: _place, ...rest } = row
  return rest as Encounter // The CHECK on status holds the model's constants.
}

export function toNote(row: NoteTableRow): ClinicalNote
export function toNote(row: NoteTableRow | undefined): ClinicalNote | undefined
export function toNote(row: NoteTableRow | undefined): ClinicalNote | undefined {
  if (!row) return undefined
  const { cursorSection, cursorOffset, ...rest } = row
  const cursor = cursorSection === null || cursorOffset === null ? null : { section: cursorSection as NoteSection, offset: cursorOffset } // The CHECK holds the section names.
  return { ...rest, cursor } as ClinicalNote // The CHECK on status holds the model's constants.
}

function toDiagnosis(row: DiagnosisRow): Diagnosis {
  const { id, encounterId, patientId, rank, codeSystem, code, label } = row
  return { id, encounterId, patientId, rank, concept: { system: codeSystem, code, label } as Diagnosis['concept'] } // The CHECK on the system holds the model's constants.
}
