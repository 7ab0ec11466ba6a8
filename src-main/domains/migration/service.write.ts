import type { MappedType, SkipReason, Unit } from '#shared/domains/migration/model.ts'
import { mappedTypes, SkipReason as Reason } from '#shared/domains/migration/model.ts'
import type { LineResult } from '#shared/domains/migration/rules.ts'
import type { WriteContext } from '#main/core/rpc/context.ts'
import { importPatient } from '#main/domains/patients/service.import.ts'
import * as rows from './repository.rows.ts'

type Counts = Partial<Record<MappedType, number>>

/** Writes all that one line says of one patient, or nothing of it. Runs inside the caller's transaction. */
export function writeUnit(context: WriteContext, unit: Unit): LineResult {
  const taken: Counts = {}
  const unchanged: Counts = {}
  const count = (type: MappedType, isNew: boolean): void => {
    const side = isNew ? taken : unchanged
    side[type] = (side[type] ?? 0) + 1
  }
  let refused: SkipReason | undefined
  const written = rows.attempt(context.db, () => {
    refused = writePatient(context, unit, count)
    if (refused === undefined) writeFacts(context, unit, count)
  })
  if (!written) refused = Reason.failed
  return refused === undefined ? { taken, unchanged, skipped: [] } : { taken: {}, unchanged: {}, skipped: allOf(unit, refused) }
}

/** The patient comes first: in this unit, in an earlier line, or long ago; else nothing can be written. */
function writePatient(context: WriteContext, unit: Unit, count: (type: MappedType, isNew: boolean) => void): SkipReason | undefined {
  const [patient] = unit.rows.Patient
  if (!patient) return rows.hasPatient(context.db, unit.patientId) ? undefined : Reason.noPatient
  const outcome = importPatient(context, patient)
  if (outcome === 'identifier-taken') return Reason.identifierTaken
  count('Patient', outcome === 'taken')
  return undefined
}

function writeFacts(context: WriteContext, { rows: found }: Unit, count: (type: MappedType, isNew: boolean) => void): void {
  const { db } = context
  const stamp = { at: context.now, by: context.actor.userId }
  for (const row of found.Encounter) count('Encounter', rows.insertEncounter(db, row))
  for (const row of found.Condition) count('Condition', rows.insertProblem(db, row, stamp))
  for (const row of found.AllergyIntolerance) count('AllergyIntolerance', rows.insertAllergy(db, row, stamp))
  for (const row of found.MedicationRequest) count('MedicationRequest', rows.insertMedication(db, row, stamp))
  for (const row of found.Observation) count('Observation', rows.insertObservation(db, row, stamp))
  for (const row of found.Immunization) count('Immunization', rows.insertImmunization(db, row, stamp))
  for (const row of found.Procedure) count('Procedure', rows.insertProcedure(db, row, stamp))
  // Reports last: they point to observations.
  for (const row of found.DiagnosticReport) count('DiagnosticReport', rows.insertReport(db, row, stamp))
}

/** What would be written for a patient whom a dry run has met in an earlier line and, being one, has not written. */
export function wouldWrite(unit: Unit): LineResult {
  return { taken: Object.fromEntries(mappedTypes.map((type) => [type, unit.rows[type].length])), unchanged: {}, skipped: [] }
}

function allOf(unit: Unit, reason: SkipReason): LineResult['skipped'] {
  return mappedTypes.flatMap((type) => unit.rows[type].map(() => ({ resourceType: type, id: '', reason })))
}
