import type { AddAllergyInput, AddMedicationInput, AddProblemInput } from '#shared/domains/encounters/contract.ts'
import type { AllergyList } from '#shared/domains/encounters/model.chart.ts'
import type { Allergy, Concept, MedicationStatement, Problem } from '#shared/domains/encounters/model.ts'
import { allergyState, sameConcept } from '#shared/domains/encounters/rules.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import { openChart, type OpenedChart, type OpenedMinimum } from '#main/core/access/opened.ts'
import type { ReadDb } from '#main/core/db/types.ts'
import type { WriteContext } from '#main/core/rpc/context.ts'
import * as repository from './repository.facts.ts'
import { markOf } from './service.ts'

export function addProblem(context: WriteContext, input: AddProblemInput): Problem {
  const chart = openForFact(context, input)
  refuseListed(repository.activeProblems(context.db, chart), input.concept)
  const problem: Problem = { ...input, status: 'active', resolvedOn: null, recordedAt: context.now }
  repository.insertProblem(context.db, problem, context.actor.userId)
  return problem
}

/** With a diagnosis: what is on the list already stays as it is. */
export function addProblemFor(context: WriteContext, chart: OpenedChart, concept: Concept): void {
  if (repository.activeProblems(context.db, chart).some((one) => sameConcept(one.concept, concept))) return
  const onsetOn = dateInZone(context.now, context.zone)
  repository.insertProblem(context.db, { id: context.newId(), patientId: chart.patientId, concept, status: 'active', onsetOn, resolvedOn: null, recordedAt: context.now }, context.actor.userId)
}

export function resolveProblem(context: WriteContext, input: { id: string; resolvedOn: string }): Problem {
  const problem = requireFact(context, 'problem', input.id, repository.problemById)
  if (problem.resolvedOn === input.resolvedOn) return problem
  if (problem.status === 'resolved') throw refuse('ALREADY_RESOLVED', { resolvedOn: problem.resolvedOn })
  repository.setProblemStatus(context.db, input.id, 'resolved', input.resolvedOn)
  return { ...problem, status: 'resolved', resolvedOn: input.resolvedOn }
}

export function reopenProblem(context: WriteContext, id: string): Problem {
  const problem = requireFact(context, 'problem', id, repository.problemById)
  repository.setProblemStatus(context.db, id, 'active', null)
  return { ...problem, status: 'active', resolvedOn: null }
}

export function markProblemInError(context: WriteContext, id: string): Problem {
  const problem = requireFact(context, 'problem', id, repository.problemById)
  repository.markProblem(context.db, id, markOf(context))
  return problem
}

export function addAllergy(context: WriteContext, input: AddAllergyInput): Allergy {
  const chart = openForFact(context, input)
  refuseListed(repository.allergiesOf(context.db, chart), input.concept)
  const allergy: Allergy = { ...input, recordedAt: context.now }
  repository.insertAllergy(context.db, allergy, context.actor.userId)
  repository.insertReview(context.db, { id: context.newId(), patientId: input.patientId, noneKnown: false }, markOf(context))
  return allergy
}

export function markAllergyInError(context: WriteContext, id: string): Allergy {
  const allergy = requireFact(context, 'allergy', id, repository.allergyById)
  repository.markAllergy(context.db, id, markOf(context))
  return allergy
}

export function recordNoKnownAllergies(context: WriteContext, input: { id: string; patientId: string }): AllergyList {
  const chart = openForFact(context, input)
  if (repository.allergiesOf(context.db, chart).length > 0) throw refuse('ALLERGIES_LISTED')
  repository.insertReview(context.db, { ...input, noneKnown: true }, markOf(context))
  return { state: 'none-known', allergies: [] }
}

export function addMedication(context: WriteContext, input: AddMedicationInput): MedicationStatement {
  const chart = openForFact(context, input)
  refuseListed(repository.currentMedications(context.db, chart, dateInZone(context.now, context.zone)), input.concept)
  const medication: MedicationStatement = { ...input, endedOn: null, recordedAt: context.now }
  repository.insertMedication(context.db, medication, context.actor.userId)
  return medication
}

export function stopMedication(context: WriteContext, input: { id: string; endedOn: string }): MedicationStatement {
  const medication = requireFact(context, 'medication', input.id, repository.medicationById)
  if (medication.endedOn === input.endedOn) return medication
  if (medication.endedOn !== null) throw refuse('ALREADY_STOPPED', { endedOn: medication.endedOn })
  repository.setMedicationEnd(context.db, input.id, input.endedOn)
  return { ...medication, endedOn: input.endedOn }
}

export function resumeMedication(context: WriteContext, id: string): MedicationStatement {
  const medication = requireFact(context, 'medication', id, repository.medicationById)
  repository.setMedicationEnd(context.db, id, null)
  return { ...medication, endedOn: null }
}

export function markMedicationInError(context: WriteContext, id: string): MedicationStatement {
  const medication = requireFact(context, 'medication', id, repository.medicationById)
  repository.markMedication(context.db, id, markOf(context))
  return medication
}

export function allergyListOf(db: ReadDb, chart: OpenedMinimum): AllergyList {
  const allergies = repository.allergiesOf(db, chart)
  return { allergies, state: allergyState(allergies, allergies.length > 0 ? undefined : repository.lastReview(db, chart)) }
}

function openForFact(context: WriteContext, input: { id: string; patientId: string }): OpenedChart {
  context.audit({ entityId: input.id })
  return openChart(context, input.patientId, { absent: 'PATIENT_NOT_FOUND', toWrite: true })
}

function refuseListed(rows: readonly { id: string; concept: Concept }[], wanted: Concept): void {
  const same = rows.find((one) => sameConcept(one.concept, wanted))
  if (same) throw refuse('ALREADY_LISTED', { id: same.id })
}

interface Found<T> { row: T; enteredInErrorAt: string | null }
type Kind = Parameters<typeof repository.patientOfFact>[1]

function requireFact<T extends { id: string }>(context: WriteContext, kind: Kind, id: string, read: (db: ReadDb, chart: OpenedChart, id: string) => Found<T> | undefined): T {
  context.audit({ entityId: id })
  const found = read(context.db, openChart(context, repository.patientOfFact(context.db, kind, id), { toWrite: true }), id)
  if (!found) throw refuse(CommonError.NOT_FOUND)
  if (found.enteredInErrorAt !== null) throw refuse('ALREADY_IN_ERROR')
  return found.row
}
