import type { RecordVitalsInput } from '#shared/domains/encounters/contract.ts'
import type { Encounter, Observation } from '#shared/domains/encounters/model.ts'
import { vitals, vitalKindOf, type VitalValue } from '#shared/domains/encounters/model.vitals.ts'
import { problemOf } from '#shared/domains/encounters/rules.vitals.ts'
import { holdsItsSlot } from '#shared/domains/scheduling/rules.ts'
import { assert } from '#shared/kernel/assert.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { openChart, type OpenedChart } from '#main/core/access/opened.ts'
import { idsOf } from '#main/core/rpc/command-ids.ts'
import type { Actor, ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import { beginVisit, details } from '#main/domains/scheduling/service.ts'
import * as facts from './repository.facts.ts'
import * as repository from './repository.ts'

/**
 * The visit of an appointment; asked twice it is the same one. Its id follows from the appointment's, so that two machines
 * that open it without knowing of each other write in one visit. A doctor who opens it begins it: the board turns
 * without another key. A nurse who opens it to take vitals does not.
 */
export function openEncounter(context: WriteContext, input: { appointmentId: string }): Encounter {
  const { db, now } = context
  const { appointment } = details(context, input.appointmentId)
  const chart = openChart(context, appointment.patientId, { toWrite: true })
  if (!holdsItsSlot(appointment.status)) throw refuse('VISIT_NOT_OPEN')
  if (isDoctor(context.actor)) beginVisit(context, appointment.id)
  const open = repository.encounterOfAppointment(db, chart, appointment.id)
  const encounter: Encounter = open ?? {
    id: idsOf(appointment.id)(), patientId: appointment.patientId, appointmentId: appointment.id, providerId: appointment.providerId,
    status: 'in-progress', reason: appointment.reason, startedAt: now, finishedAt: null,
  }
  if (!open) repository.insertEncounter(db, encounter)
  context.audit({ patientId: encounter.patientId, entityId: encounter.id })
  return encounter
}

const isDoctor = (actor: Actor): boolean => actor.roles.includes('doctor')

/** One measuring of any of the vital signs; a second measuring stands beside the first. */
export function recordVitals(context: WriteContext, input: RecordVitalsInput): Observation[] {
  const { encounter } = requireEncounter(context, input.encounterId)
  requirePlausible(input.values)
  const rows = input.values.map((one) => observationOf(one, { id: context.newId(), patientId: encounter.patientId, encounterId: encounter.id, observedAt: context.now }))
  for (const row of rows) facts.insertObservation(context.db, row, markOf(context))
  return rows
}

export function correctVital(context: WriteContext, input: { id: string; observationId: string; value: number }): Observation {
  const old = requireObservation(context, input.observationId)
  const kind = vitalKindOf(old.code)
  if (kind === undefined) throw refuse('NOT_A_VITAL')
  const value: VitalValue = { kind, value: input.value }
  requirePlausible([value])
  const row = observationOf(value, { id: input.id, patientId: old.patientId, encounterId: old.encounterId, observedAt: old.observedAt })
  facts.markObservation(context.db, old.id, markOf(context))
  facts.insertObservation(context.db, row, markOf(context))
  return row
}

export function markObservationInError(context: WriteContext, id: string): Observation {
  const observation = requireObservation(context, id)
  facts.markObservation(context.db, id, markOf(context))
  return observation
}

/** A visit to write in, with the chart that it stands in. */
export function requireEncounter(context: WriteContext, id: string): { encounter: Encounter; chart: OpenedChart } {
  context.audit({ entityId: id })
  const chart = openChart(context, repository.patientOfEncounter(context.db, id), { toWrite: true })
  const encounter = repository.encounterById(context.db, chart, id)
  assert(encounter, 'the visit is of the patient whom it names')
  return { encounter, chart }
}

/** For what is tied to a visit by its id alone; whose chart it is says nothing of what stands in it. */
export const patientOfEncounter = ({ db }: Pick<ReadContext, 'db'>, id: string): string | undefined => repository.patientOfEncounter(db, id)

export const markOf = ({ now, actor }: WriteContext): facts.Mark => ({ at: now, by: actor.userId })

function requireObservation(context: WriteContext, id: string): Observation {
  context.audit({ entityId: id })
  const found = facts.observationById(context.db, openChart(context, facts.patientOfFact(context.db, 'observation', id), { toWrite: true }), id)
  assert(found, 'the measurement is of the patient whom it names')
  if (found.enteredInErrorAt !== null) throw refuse('ALREADY_IN_ERROR')
  return found.row
}

function requirePlausible(values: readonly VitalValue[]): void {
  const problem = problemOf(values)
  if (problem) throw refuse('VALUE_NOT_PLAUSIBLE', problem)
}

function observationOf({ kind, value }: VitalValue, row: Pick<Observation, 'id' | 'patientId' | 'encounterId' | 'observedAt'>): Observation {
  const { code, label, unit } = vitals[kind]
  return { ...row, category: 'vital-signs', code, label, value, unit, valueText: null }
}
