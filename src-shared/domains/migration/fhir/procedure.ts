import * as z from 'zod'
import { SkipReason } from '../model.ts'
import type { ImportedProcedure } from '../model.ts'
import { read, skip } from './mapper.ts'
import type { Mapping, Outcome } from './mapper.ts'
import { Code, CodeableConcept, conceptOf, parseTime, Period, Reference } from './primitives.ts'

const Procedure = z.looseObject({
  status: Code,
  code: CodeableConcept.optional(),
  subject: Reference.optional(),
  encounter: Reference.optional(),
  performedDateTime: z.string().optional(),
  performedPeriod: Period.optional(),
})

const NOT_PERFORMED = ['not-done', 'preparation']

export function mapProcedure(resource: unknown, mapping: Mapping): Outcome<ImportedProcedure> {
  const parsed = read(Procedure, resource)
  if (!parsed.ok) return parsed.outcome
  const procedure = parsed.value
  if (procedure.status === 'entered-in-error') return skip(SkipReason.enteredInError)
  if (NOT_PERFORMED.includes(procedure.status)) return skip(SkipReason.notDone)
  const patientId = mapping.patientId(procedure.subject)
  if (patientId === undefined) return skip(SkipReason.noPatient)
  const concept = conceptOf(procedure.code)
  if (concept === undefined) return skip(SkipReason.noCode)
  const time = parseTime(procedure.performedDateTime ?? procedure.performedPeriod?.start)
  if (time === undefined) return skip(SkipReason.noDate)
  return { rows: [{ id: mapping.id, patientId, encounterId: mapping.encounterId(procedure.encounter), concept, performedAt: time.at }] }
}
