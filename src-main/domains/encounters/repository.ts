import { and, asc, eq, isNull, sql, type Placeholder } from 'drizzle-orm'
import { noteKeys } from '#drizzle/schema/access.ts'
import { clinicalNotes, diagnoses, encounters, noteAddenda, noteCopies } from '#drizzle/schema/encounters.ts'
import type { Addendum, ClinicalNote, Diagnosis, Encounter, NoteKeyRecipient, NoteSection, NoteSections } from '#shared/domains/encounters/model.ts'
import type { DraftCopy } from '#shared/domains/encounters/model.chart.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { OpenedChart } from '#main/core/access/opened.ts'
import { mayKnowNote, mayReadNote } from '#main/core/access/predicates.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'
import { fingerprintOf } from '#main/core/fingerprint.ts'

/** Names exactly these words: a save says by it what it was written on, a signature what was signed. */
export const textHashOf = ({ subjective, objective, assessment, plan }: NoteSections): string => fingerprintOf([subjective, objective, assessment, plan])

/** Visits, their notes and their diagnoses. Facts about the patient: repository.facts.ts; lists: repository.chart.ts. */

const value = (name: string): Placeholder => sql.placeholder(name)

const canRead = sql<number>`${mayReadNote(clinicalNotes)}`
/** The words of a note come out of SQL for those who may read them, and empty for everybody else. */
const words = (column: typeof clinicalNotes.subjective | typeof clinicalNotes.objective | typeof clinicalNotes.assessment | typeof clinicalNotes.plan) =>
  sql<string>`iif(${mayReadNote(clinicalNotes)}, ${column}, '')`

/** Every statement that reads notes selects these, behind `mayKnowNote`. */
export const noteColumns = {
  id: clinicalNotes.id, encounterId: clinicalNotes.encounterId, patientId: clinicalNotes.patientId, authorId: clinicalNotes.authorId, status: clinicalNotes.status,
  subjective: words(clinicalNotes.subjective), objective: words(clinicalNotes.objective), assessment: words(clinicalNotes.assessment), plan: words(clinicalNotes.plan),
  revision: clinicalNotes.revision, savedAt: clinicalNotes.savedAt, cursorSection: clinicalNotes.cursorSection, cursorOffset: clinicalNotes.cursorOffset,
  signedAt: clinicalNotes.signedAt, signedBy: clinicalNotes.signedBy, sensitivity: clinicalNotes.sensitivity, canRead,
}

/** The first step to a row by its id: whose it is. What stands in it needs that patient's chart. */
const owner = <T extends typeof encounters | typeof clinicalNotes | typeof diagnoses>(db: ReadDb, table: T) =>
  db.select({ patientId: table.patientId }).from(table as typeof encounters).where(eq(table.id, value('id'))).prepare()
const ofPatient = <T extends typeof encounters | typeof clinicalNotes | typeof diagnoses>(table: T) => eq(table.patientId, value('patientId'))

const reads = prepared((db: ReadDb) => ({
  encounterOwner: owner(db, encounters),
  noteOwner: owner(db, clinicalNotes),
  diagnosisOwner: owner(db, diagnoses),
  copyOwner: db.select({ patientId: clinicalNotes.patientId }).from(noteCopies).innerJoin(clinicalNotes, eq(clinicalNotes.id, noteCopies.noteId)).where(eq(noteCopies.id, value('id'))).prepare(),
  encounter: db.select().from(encounters).where(and(eq(encounters.id, value('id')), ofPatient(encounters))).prepare(),
  encounterOfAppointment: db.select().from(encounters).where(and(eq(encounters.appointmentId, value('appointmentId')), ofPatient(encounters))).prepare(),
  note: db.select(noteColumns).from(clinicalNotes).where(and(eq(clinicalNotes.id, value('id')), ofPatient(clinicalNotes), mayKnowNote(clinicalNotes))).prepare(),
  draftOf: db.select(noteColumns).from(clinicalNotes)
    .where(and(eq(clinicalNotes.encounterId, value('encounterId')), eq(clinicalNotes.authorId, value('me')), eq(clinicalNotes.status, 'draft'), ofPatient(clinicalNotes))).prepare(),
  sealedText: db.select({ sealedText: clinicalNotes.sealedText }).from(clinicalNotes).where(and(eq(clinicalNotes.id, value('id')), ofPatient(clinicalNotes), eq(clinicalNotes.authorId, value('me')))).prepare(),
  noteKey: db.select({ sealed: noteKeys.sealed }).from(noteKeys).innerJoin(clinicalNotes, eq(clinicalNotes.id, noteKeys.noteId))
    .where(and(eq(noteKeys.noteId, value('id')), eq(noteKeys.recipient, 'author'), ofPatient(clinicalNotes), eq(clinicalNotes.authorId, value('me')))).prepare(),
  copy: db.select({ copy: noteCopies }).from(noteCopies).innerJoin(clinicalNotes, eq(clinicalNotes.id, noteCopies.noteId))
    .where(and(eq(noteCopies.id, value('id')), ofPatient(clinicalNotes), eq(clinicalNotes.authorId, value('me')))).prepare(),
  openCopies: db.select({ copy: noteCopies }).from(noteCopies).innerJoin(clinicalNotes, eq(clinicalNotes.id, noteCopies.noteId))
    .where(and(eq(noteCopies.noteId, value('noteId')), isNull(noteCopies.settledAt), ofPatient(clinicalNotes), mayKnowNote(clinicalNotes), mayReadNote(clinicalNotes))).orderBy(asc(noteCopies.savedAt)).prepare(),
  diagnosis: db.select().from(diagnoses).where(and(eq(diagnoses.id, value('id')), ofPatient(diagnoses))).prepare(),
  diagnosesOf: db.select().from(diagnoses)
    .where(and(eq(diagnoses.encounterId, value('encounterId')), ofPatient(diagnoses), isNull(diagnoses.enteredInErrorAt))).orderBy(asc(diagnoses.rank)).prepare(),
}))

const writes = prepared((db: WriteDb) => ({
  /** Runs each second while somebody types. */
  saveDraft: db.update(clinicalNotes).set({
    subjective: sql`${value('subjective')}`, objective: sql`${value('objective')}`, assessment: sql`${value('assessment')}`, plan: sql`${value('plan')}`,
    sensitivity: sql`${value('sensitivity')}`, sealedText: sql`${value('sealedText')}`,
    revision: sql`${value('revision')}`, savedAt: sql`${value('savedAt')}`, cursorSection: sql`${value('cursorSection')}`, cursorOffset: sql`${value('cursorOffset')}`,
  }).where(eq(clinicalNotes.id, value('id'))).prepare(),
}))

type EncounterRow = typeof encounters.$inferSelect
export type ScopedNoteRow = Omit<typeof clinicalNotes.$inferSelect, 'sealedText'> & { canRead: number }
type CopyRow = typeof noteCopies.$inferSelect
type DiagnosisRow = typeof diagnoses.$inferSelect

const of = ({ patientId, scope }: OpenedChart) => ({ ...scope.values, patientId })

export const patientOfEncounter = (db: ReadDb, id: string): string | undefined => reads(db).encounterOwner.get({ id })?.patientId
export const patientOfNote = (db: ReadDb, id: string): string | undefined => reads(db).noteOwner.get({ id })?.patientId
export const patientOfDiagnosis = (db: ReadDb, id: string): string | undefined => reads(db).diagnosisOwner.get({ id })?.patientId
export const patientOfCopy = (db: ReadDb, id: string): string | undefined => reads(db).copyOwner.get({ id })?.patientId

export const encounterById = (db: ReadDb, chart: OpenedChart, id: string): Encounter | undefined => toEncounter(reads(db).encounter.get({ ...of(chart), id }))
export const encounterOfAppointment = (db: ReadDb, chart: OpenedChart, appointmentId: string): Encounter | undefined => toEncounter(reads(db).encounterOfAppointment.get({ ...of(chart), appointmentId }))
export const noteById = (db: ReadDb, chart: OpenedChart, id: string): ClinicalNote | undefined => toNote(reads(db).note.get({ ...of(chart), id }))
/** The caller's own. */
export const draftOf = (db: ReadDb, chart: OpenedChart, encounterId: string): ClinicalNote | undefined => toNote(reads(db).draftOf.get({ ...of(chart), encounterId }))
export const sealedTextOf = (db: ReadDb, chart: OpenedChart, id: string): Buffer | null => reads(db).sealedText.get({ ...of(chart), id })?.sealedText ?? null
export const authorsKeyOf = (db: ReadDb, chart: OpenedChart, id: string): Buffer | undefined => reads(db).noteKey.get({ ...of(chart), id })?.sealed
export const openCopies = (db: ReadDb, chart: OpenedChart, noteId: string): (DraftCopy & { sealedText: Buffer | null })[] => reads(db).openCopies.all({ ...of(chart), noteId }).map(({ copy }) => toCopy(copy))
export const copyById = (db: ReadDb, chart: OpenedChart, id: string): CopyRow | undefined => reads(db).copy.get({ ...of(chart), id })?.copy
export const diagnosesOf = (db: ReadDb, chart: OpenedChart, encounterId: string): Diagnosis[] => reads(db).diagnosesOf.all({ ...of(chart), encounterId }).map(toDiagnosis)

export function diagnosisById(db: ReadDb, chart: OpenedChart, id: string): { diagnosis: Diagnosis; enteredInErrorAt: string | null } | undefined {
  const row = reads(db).diagnosis.get({ ...of(chart), id })
  return row && { diagnosis: toDiagnosis(row), enteredInErrorAt: row.enteredInErrorAt }
}

export function insertEncounter(db: WriteDb, row: Encounter): void {
  db.insert(encounters).values(row).run()
}

export function finishEncounter(db: WriteDb, id: string, at: Instant): void {
  db.update(encounters).set({ status: 'finished', finishedAt: at }).where(eq(encounters.id, id)).run()
}

export function insertNote(db: WriteDb, { cursor, isHidden: _hidden, textHash: _hash, ...note }: ClinicalNote, sealedText: Buffer | null): void {
  db.insert(clinicalNotes).values({ ...note, sealedText, cursorSection: cursor?.section ?? null, cursorOffset: cursor?.offset ?? null }).run()
}

export function updateDraft(db: WriteDb, { cursor, ...note }: ClinicalNote, sealedText: Buffer | null): void {
  writes(db).saveDraft.run({
    id: note.id, subjective: note.subjective, objective: note.objective, assessment: note.assessment, plan: note.plan, revision: note.revision, savedAt: note.savedAt, sensitivity: note.sensitivity, sealedText,
    cursorSection: cursor?.section ?? null, cursorOffset: cursor?.offset ?? null,
  })
}

export function signNote(db: WriteDb, id: string, at: Instant, by: string): void {
  db.update(clinicalNotes).set({ status: 'signed', signedAt: at, signedBy: by }).where(eq(clinicalNotes.id, id)).run()
}

export function insertNoteKey(db: WriteDb, noteId: string, recipient: NoteKeyRecipient, sealed: Uint8Array): void {
  db.insert(noteKeys).values({ noteId, recipient, sealed: Buffer.from(sealed) }).run()
}

export function insertAddendum(db: WriteDb, row: Addendum & { sealedText: Buffer | null }): void {
  db.insert(noteAddenda).values(row).run()
}

export function insertCopy(db: WriteDb, row: NoteSections & { id: string; noteId: string; savedAt: Instant; sealedText: Buffer | null }): void {
  db.insert(noteCopies).values({ ...row, settledAt: null }).run()
}

export function updateCopy(db: WriteDb, id: string, words: NoteSections & { savedAt: Instant }): void {
  db.update(noteCopies).set(words).where(eq(noteCopies.id, id)).run()
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

export function toNote(row: ScopedNoteRow): ClinicalNote
export function toNote(row: ScopedNoteRow | undefined): ClinicalNote | undefined
export function toNote(row: ScopedNoteRow | undefined): ClinicalNote | undefined {
  if (!row) return undefined
  const { cursorSection, cursorOffset, canRead: read, ...rest } = row
  const cursor = cursorSection === null || cursorOffset === null ? null : { section: cursorSection as NoteSection, offset: cursorOffset } // The CHECK holds the section names.
  return { ...rest, cursor, textHash: textHashOf(rest), isHidden: read !== 1 } as ClinicalNote // The CHECKs on status and sensitivity hold the model's constants.
}

const toCopy = ({ settledAt: _settled, ...copy }: CopyRow) => copy

function toDiagnosis(row: DiagnosisRow): Diagnosis {
  const { id, encounterId, patientId, rank, codeSystem, code, label } = row
  return { id, encounterId, patientId, rank, concept: { system: codeSystem, code, label } as Diagnosis['concept'] } // The CHECK on the system holds the model's constants.
}
