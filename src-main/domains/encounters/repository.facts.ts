import { and, desc, eq, gt, isNull, or, sql, type Placeholder } from 'drizzle-orm'
import { allergies, allergyReviews, medicationStatements, observations, problems } from '#drizzle/schema/encounters.ts'
import type { Allergy, Concept, MedicationStatement, Observation, Problem } from '#shared/domains/encounters/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import type { Instant, PlainDate } from '#shared/kernel/time.ts'
import type { OpenedChart, OpenedMinimum } from '#main/core/access/opened.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'

/** Facts about a patient: problems, allergies, medications, measurements. Corrected by a mark, never by a change. */

const value = (name: string): Placeholder => sql.placeholder(name)

/** The first step to a fact by its id: whose it is. What it says needs that patient's chart. */
const owner = (db: ReadDb, table: typeof problems | typeof allergies | typeof medicationStatements | typeof observations) =>
  db.select({ patientId: table.patientId }).from(table).where(eq(table.id, value('id'))).prepare()

const reads = prepared((db: ReadDb) => ({
  problemOwner: owner(db, problems), allergyOwner: owner(db, allergies), medicationOwner: owner(db, medicationStatements), observationOwner: owner(db, observations),
  problem: db.select().from(problems).where(and(eq(problems.id, value('id')), eq(problems.patientId, value('patientId')))).prepare(),
  allergy: db.select().from(allergies).where(and(eq(allergies.id, value('id')), eq(allergies.patientId, value('patientId')))).prepare(),
  medication: db.select().from(medicationStatements).where(and(eq(medicationStatements.id, value('id')), eq(medicationStatements.patientId, value('patientId')))).prepare(),
  observation: db.select().from(observations).where(and(eq(observations.id, value('id')), eq(observations.patientId, value('patientId')))).prepare(),
  activeProblems: db.select().from(problems)
    .where(and(eq(problems.patientId, value('patientId')), eq(problems.status, 'active'), isNull(problems.enteredInErrorAt)))
    .orderBy(desc(problems.recordedAt)).limit(limits.page_rows).prepare(),
  allProblems: db.select().from(problems)
    .where(and(eq(problems.patientId, value('patientId')), isNull(problems.enteredInErrorAt))).orderBy(desc(problems.recordedAt)).limit(limits.page_rows * 5).prepare(),
  allergies: db.select().from(allergies)
    .where(and(eq(allergies.patientId, value('patientId')), isNull(allergies.enteredInErrorAt))).orderBy(allergies.recordedAt).limit(limits.page_rows).prepare(),
  lastReview: db.select({ noneKnown: allergyReviews.noneKnown }).from(allergyReviews)
    .where(and(eq(allergyReviews.patientId, value('patientId')), isNull(allergyReviews.enteredInErrorAt)))
    // Two within one millisecond are told apart by which was written last; their ids are made by whoever asks.
    .orderBy(desc(allergyReviews.recordedAt), desc(sql`${allergyReviews}.rowid`)).limit(1).prepare(),
  currentMedications: db.select().from(medicationStatements)
    .where(and(eq(medicationStatements.patientId, value('patientId')), or(isNull(medicationStatements.endedOn), gt(medicationStatements.endedOn, value('today'))), isNull(medicationStatements.enteredInErrorAt)))
    .orderBy(desc(medicationStatements.recordedAt)).limit(limits.page_rows).prepare(),
  allMedications: db.select().from(medicationStatements)
    .where(and(eq(medicationStatements.patientId, value('patientId')), isNull(medicationStatements.enteredInErrorAt)))
    .orderBy(desc(medicationStatements.startedOn)).limit(limits.page_rows * 5).prepare(),
}))

interface Found<T> { row: T; enteredInErrorAt: string | null }
export interface Mark { at: Instant; by: string }

export const activeProblems = (db: ReadDb, { patientId }: OpenedChart): Problem[] => reads(db).activeProblems.all({ patientId }).map(toProblem)
export const allProblems = (db: ReadDb, { patientId }: OpenedMinimum): Problem[] => reads(db).allProblems.all({ patientId }).map(toProblem)
export const allergiesOf = (db: ReadDb, { patientId }: OpenedMinimum): Allergy[] => reads(db).allergies.all({ patientId }).map(toAllergy)
export const lastReview = (db: ReadDb, { patientId }: OpenedMinimum): { noneKnown: boolean } | undefined => reads(db).lastReview.get({ patientId })
export const currentMedications = (db: ReadDb, { patientId }: OpenedChart, today: PlainDate): MedicationStatement[] => reads(db).currentMedications.all({ patientId, today }).map(toMedication)
export const allMedications = (db: ReadDb, { patientId }: OpenedChart): MedicationStatement[] => reads(db).allMedications.all({ patientId }).map(toMedication)

const kinds = { problem: 'problemOwner', allergy: 'allergyOwner', medication: 'medicationOwner', observation: 'observationOwner' } as const
export const patientOfFact = (db: ReadDb, kind: keyof typeof kinds, id: string): string | undefined => reads(db)[kinds[kind]].get({ id })?.patientId
export const problemById = (db: ReadDb, { patientId }: OpenedChart, id: string): Found<Problem> | undefined => found(reads(db).problem.get({ id, patientId }), toProblem)
export const allergyById = (db: ReadDb, { patientId }: OpenedChart, id: string): Found<Allergy> | undefined => found(reads(db).allergy.get({ id, patientId }), toAllergy)
export const medicationById = (db: ReadDb, { patientId }: OpenedChart, id: string): Found<MedicationStatement> | undefined => found(reads(db).medication.get({ id, patientId }), toMedication)
export const observationById = (db: ReadDb, { patientId }: OpenedChart, id: string): Found<Observation> | undefined => found(reads(db).observation.get({ id, patientId }), toObservation)

export function insertProblem(db: WriteDb, { concept, ...row }: Problem, by: string): void {
  db.insert(problems).values({ ...row, ...columnsOf(concept), recordedBy: by }).run()
}
export function setProblemStatus(db: WriteDb, id: string, status: Problem['status'], resolvedOn: PlainDate | null): void {
  db.update(problems).set({ status, resolvedOn }).where(eq(problems.id, id)).run()
}
export function insertAllergy(db: WriteDb, { concept, ...row }: Allergy, by: string): void {
  db.insert(allergies).values({ ...row, ...columnsOf(concept), recordedBy: by }).run()
}
export function insertReview(db: WriteDb, row: { id: string; patientId: string; noneKnown: boolean }, { at, by }: Mark): void {
  db.insert(allergyReviews).values({ ...row, recordedAt: at, recordedBy: by }).run()
}
export function insertMedication(db: WriteDb, { concept, ...row }: MedicationStatement, by: string): void {
  db.insert(medicationStatements).values({ ...row, ...columnsOf(concept), recordedBy: by }).run()
}
export function setMedicationEnd(db: WriteDb, id: string, endedOn: PlainDate | null): void {
  db.update(medicationStatements).set({ endedOn }).where(eq(medicationStatements.id, id)).run()
}
export function insertObservation(db: WriteDb, row: Observation, { at, by }: Mark): void {
  db.insert(observations).values({ ...row, recordedAt: at, recordedBy: by }).run()
}

const marked = ({ at, by }: Mark) => ({ enteredInErrorAt: at, enteredInErrorBy: by })
export const markProblem = (db: WriteDb, id: string, mark: Mark): void => void db.update(problems).set(marked(mark)).where(eq(problems.id, id)).run()
export const markAllergy = (db: WriteDb, id: string, mark: Mark): void => void db.update(allergies).set(marked(mark)).where(eq(allergies.id, id)).run()
export const markMedication = (db: WriteDb, id: string, mark: Mark): void => void db.update(medicationStatements).set(marked(mark)).where(eq(medicationStatements.id, id)).run()
export const markObservation = (db: WriteDb, id: string, mark: Mark): void => void db.update(observations).set(marked(mark)).where(eq(observations.id, id)).run()

interface ConceptColumns { codeSystem: string | null; code: string | null; label: string }
const columnsOf = (concept: Concept): ConceptColumns => ({ codeSystem: concept.system, code: concept.code, label: concept.label })

export function conceptOf({ codeSystem, code, label }: ConceptColumns): Concept {
  return { system: codeSystem as Concept['system'], code, label } // The CHECK on the system holds the model's constants.
}

function found<R extends { enteredInErrorAt: string | null }, T>(row: R | undefined, to: (row: R) => T): Found<T> | undefined {
  return row && { row: to(row), enteredInErrorAt: row.enteredInErrorAt }
}

function toProblem(row: typeof problems.$inferSelect): Problem {
  const { id, patientId, status, onsetOn, resolvedOn, recordedAt } = row
  return { id, patientId, concept: conceptOf(row), status: status as Problem['status'], onsetOn, resolvedOn, recordedAt } // CHECK problems_status.
}
function toAllergy(row: typeof allergies.$inferSelect): Allergy {
  const { id, patientId, reaction, severity, recordedAt } = row
  return { id, patientId, concept: conceptOf(row), reaction, severity: severity as Allergy['severity'], recordedAt } // CHECK allergies_severity.
}
function toMedication(row: typeof medicationStatements.$inferSelect): MedicationStatement {
  const { id, patientId, sig, startedOn, endedOn, recordedAt } = row
  return { id, patientId, concept: conceptOf(row), sig, startedOn, endedOn, recordedAt }
}
export function toObservation(row: typeof observations.$inferSelect): Observation {
  const { id, patientId, encounterId, category, code, label, value: measured, unit, valueText, observedAt } = row
  return { id, patientId, encounterId, category: category as Observation['category'], code, label, value: measured, unit, valueText, observedAt } // CHECK observations_category.
}
