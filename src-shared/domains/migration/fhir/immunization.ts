import * as z from 'zod'
import { SkipReason } from '../model.ts'
import type { ImportedImmunization } from '../model.ts'
import { read, skip } from './mapper.ts'
import type { Mapping, Outcome } from './mapper.ts'
import { Code, CodeableConcept, conceptOf, filled, parseTime, Reference } from './primitives.ts'

const Immunization = z.looseObject({
  status: Code,
  vaccineCode: CodeableConcept.optional(),
  patient: Reference.optional(),
  occurrenceDateTime: z.string().optional(),
  lotNumber: Code.optional(),
  site: CodeableConcept.optional(),
})

export function mapImmunization(resource: unknown, mapping: Mapping): Outcome<ImportedImmunization> {
  const parsed = read(Immunization, resource)
  if (!parsed.ok) return parsed.outcome
  const given = parsed.value
  if (given.status === 'entered-in-error') return skip(SkipReason.enteredInError)
  if (given.status !== 'completed') return skip(SkipReason.notDone)
  const patientId = mapping.patientId(given.patient)
  if (patientId === undefined) return skip(SkipReason.noPatient)
  const concept = conceptOf(given.vaccineCode)
  if (concept === undefined) return skip(SkipReason.noCode)
  const time = parseTime(given.occurrenceDateTime)
  if (time === undefined) return skip(SkipReason.noDate, 'occurrenceDateTime')
  const site = conceptOf(given.site)?.label ?? null
  return { rows: [{ id: mapping.id, patientId, concept, givenAt: time.at, lot: filled(given.lotNumber), site }] }
}
