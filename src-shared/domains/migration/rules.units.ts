import type { Id } from '../../kernel/ids.ts'
import { mappedTypes } from './model.ts'
import type { ImportRows, MappedType, Unit } from './model.ts'

export type MutableRows = { -readonly [T in MappedType]: ImportRows[T][number][] }

export const noRows = (): MutableRows => ({
  Patient: [], Encounter: [], Condition: [], AllergyIntolerance: [], MedicationRequest: [],
  Observation: [], Immunization: [], Procedure: [], DiagnosticReport: [],
})

/** One unit for each patient of a line, in the order in which the line first speaks of them. */
export function unitsOf(rows: ImportRows): Unit[] {
  const units = new Map<Id, MutableRows>()
  const of = (patientId: Id): MutableRows => {
    const found = units.get(patientId) ?? noRows()
    units.set(patientId, found)
    return found
  }
  for (const type of mappedTypes) assign(rows, type, of)
  return [...units].map(([patientId, own]) => ({ patientId, rows: own }))
}

function assign<T extends MappedType>(rows: ImportRows, type: T, of: (patientId: Id) => MutableRows): void {
  for (const row of rows[type]) of('patientId' in row ? row.patientId : row.id)[type].push(row)
}

export function countRows(rows: ImportRows): number {
  return mappedTypes.reduce((sum, type) => sum + rows[type].length, 0)
}
