import Sqlite from 'better-sqlite3'
import { eq, inArray, sql, type Placeholder } from 'drizzle-orm'
import {
  allergies, allergyReviews, diagnosticReports, encounters, immunizations, medicationStatements, observations, problems, procedures, reportResults,
} from '#drizzle/schema/encounters.ts'
import { patients } from '#drizzle/schema/patients.ts'
import type { Concept } from '#shared/domains/encounters/model.ts'
import type {
  ImportedAllergy, ImportedEncounter, ImportedImmunization, ImportedMedication, ImportedNoAllergies, ImportedObservation, ImportedProblem, ImportedProcedure, ImportedReport,
} from '#shared/domains/migration/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { WriteDb } from '#main/core/db/types.ts'

/*
 * Rows of an import, written as they come by the thousand. Each is left alone when it is here already: its id says what
 * it is. Everything else about these tables is the business of the encounters domain.
 */
const value = (name: string): Placeholder => sql.placeholder(name)
const values = <K extends string>(...names: K[]): Record<K, Placeholder> => Object.fromEntries(names.map((name) => [name, value(name)])) as Record<K, Placeholder> // One for each name.
const fact = ['id', 'patientId', 'codeSystem', 'code', 'label', 'recordedAt', 'recordedBy'] as const

const writes = prepared((db: WriteDb) => ({
  encounter: db.insert(encounters).values({ ...values('id', 'patientId', 'reason', 'place', 'startedAt', 'finishedAt'), status: 'finished' }).onConflictDoNothing().prepare(),
  problem: db.insert(problems).values(values(...fact, 'status', 'onsetOn', 'resolvedOn')).onConflictDoNothing().prepare(),
  allergy: db.insert(allergies).values(values(...fact, 'reaction', 'severity')).onConflictDoNothing().prepare(),
  review: db.insert(allergyReviews).values({ ...values('id', 'patientId', 'recordedAt', 'recordedBy'), noneKnown: true }).onConflictDoNothing().prepare(),
  medication: db.insert(medicationStatements).values(values(...fact, 'sig', 'startedOn', 'endedOn')).onConflictDoNothing().prepare(),
  observation: db.insert(observations).values(values('id', 'patientId', 'encounterId', 'category', 'code', 'label', 'value', 'unit', 'valueText', 'observedAt', 'recordedAt', 'recordedBy')).onConflictDoNothing().prepare(),
  immunization: db.insert(immunizations).values(values(...fact, 'givenAt', 'lot', 'site')).onConflictDoNothing().prepare(),
  procedure: db.insert(procedures).values(values(...fact, 'encounterId', 'performedAt')).onConflictDoNothing().prepare(),
  report: db.insert(diagnosticReports).values(values(...fact, 'encounterId', 'issuedAt', 'conclusion')).onConflictDoNothing().prepare(),
  result: db.insert(reportResults).values(values('reportId', 'observationId')).onConflictDoNothing().prepare(),
  hasPatient: db.select({ id: patients.id }).from(patients).where(eq(patients.id, value('id'))).prepare(),
  hasEncounter: db.select({ id: encounters.id }).from(encounters).where(eq(encounters.id, value('id'))).prepare(),
  hasObservation: db.select({ id: observations.id }).from(observations).where(eq(observations.id, value('id'))).prepare(),
}))

export interface Stamp { readonly at: Instant; readonly by: Id }

const stamped = ({ at, by }: Stamp) => ({ recordedAt: at, recordedBy: by })
const conceptColumns = (concept: Concept) => ({ codeSystem: concept.system, code: concept.code, label: concept.label })
const isNew = (result: { changes: number }): boolean => result.changes > 0

export const hasPatient = (db: WriteDb, id: Id): boolean => writes(db).hasPatient.get({ id }) !== undefined

/* Each tells whether the row is new. */
export const insertEncounter = (db: WriteDb, row: ImportedEncounter): boolean => isNew(writes(db).encounter.run({ ...row }))
export const insertProblem = (db: WriteDb, { concept, ...row }: ImportedProblem, stamp: Stamp): boolean => isNew(writes(db).problem.run({ ...row, ...conceptColumns(concept), ...stamped(stamp) }))
export const insertMedication = (db: WriteDb, { concept, ...row }: ImportedMedication, stamp: Stamp): boolean => isNew(writes(db).medication.run({ ...row, ...conceptColumns(concept), ...stamped(stamp) }))
export const insertImmunization = (db: WriteDb, { concept, ...row }: ImportedImmunization, stamp: Stamp): boolean => isNew(writes(db).immunization.run({ ...row, ...conceptColumns(concept), ...stamped(stamp) }))
export const insertObservation = (db: WriteDb, row: ImportedObservation, stamp: Stamp): boolean => isNew(writes(db).observation.run({ ...withVisit(db, row), ...stamped(stamp) }))
export const insertProcedure = (db: WriteDb, { concept, ...row }: ImportedProcedure, stamp: Stamp): boolean => isNew(writes(db).procedure.run({ ...withVisit(db, row), ...conceptColumns(concept), ...stamped(stamp) }))

export function insertAllergy(db: WriteDb, row: ImportedAllergy | ImportedNoAllergies, stamp: Stamp): boolean {
  if ('noneKnown' in row) return isNew(writes(db).review.run({ id: row.id, patientId: row.patientId, ...stamped(stamp) }))
  const { concept, ...rest } = row
  return isNew(writes(db).allergy.run({ ...rest, ...conceptColumns(concept), ...stamped(stamp) }))
}

/** A result that the file names and does not hold is left out. */
export function insertReport(db: WriteDb, { concept, resultIds, ...row }: ImportedReport, stamp: Stamp): boolean {
  const taken = isNew(writes(db).report.run({ ...withVisit(db, row), ...conceptColumns(concept), ...stamped(stamp) }))
  if (taken) {
    for (const observationId of resultIds) if (writes(db).hasObservation.get({ id: observationId })) writes(db).result.run({ reportId: row.id, observationId })
  }
  return taken
}

/** A visit that this database does not have is not pointed to. */
function withVisit<R extends { readonly encounterId: Id | null }>(db: WriteDb, row: R): R {
  return row.encounterId === null || writes(db).hasEncounter.get({ id: row.encounterId }) ? row : { ...row, encounterId: null }
}

/**
 * Runs a part of a transaction that stands or falls by itself. False when a rule of the database refused it: then
 * nothing of it was written, and what was written before it stays.
 */
export function attempt(db: WriteDb, work: () => void): boolean {
  try {
    db.$client.transaction(work)()
    return true
  } catch (error) {
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT')) return false
    throw error
  }
}

/** Refused by the database unless the import that has made them is being taken back. */
export const takeBackEncounters = (db: WriteDb, ids: readonly Id[]): void => void db.delete(encounters).where(inArray(encounters.id, [...ids])).run()
