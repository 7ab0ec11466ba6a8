import * as z from 'zod'
import { SkipReason } from '../model.ts'
import type { ImportedEncounter } from '../model.ts'
import { read, skip } from './mapper.ts'
import type { Mapping, Outcome } from './mapper.ts'
import { clipped, Code, CodeableConcept, conceptOf, parseTime, Period, Reference } from './primitives.ts'
import { limits } from '../../../kernel/limits.ts'

const Encounter = z.looseObject({
  status: Code,
  type: z.array(CodeableConcept).optional(),
  subject: Reference.optional(),
  participant: z.array(z.looseObject({ individual: Reference.optional() })).optional(),
  period: Period.optional(),
  reasonCode: z.array(CodeableConcept).optional(),
  serviceProvider: Reference.optional(),
})

/** A planned or cancelled visit is no fact of a chart; what was seen is. */
const NOT_SEEN = ['planned', 'cancelled', 'arrived']

export function mapEncounter(resource: unknown, mapping: Mapping): Outcome<ImportedEncounter> {
  const parsed = read(Encounter, resource)
  if (!parsed.ok) return parsed.outcome
  const encounter = parsed.value
  if (encounter.status === 'entered-in-error') return skip(SkipReason.enteredInError)
  if (NOT_SEEN.includes(encounter.status)) return skip(SkipReason.notDone)
  const patientId = mapping.patientId(encounter.subject)
  if (patientId === undefined) return skip(SkipReason.noPatient)
  const start = parseTime(encounter.period?.start)
  if (start === undefined) return skip(SkipReason.noDate, 'period.start')
  const end = parseTime(encounter.period?.end)
  if (end !== undefined && end.at < start.at) return skip(SkipReason.invalid, 'period.end')
  const individual = encounter.participant?.find((one) => one.individual !== undefined)?.individual
  const place = [mapping.nameOf(encounter.serviceProvider, 'Organization'), mapping.nameOf(individual, 'Practitioner')]
  const why = conceptOf(encounter.reasonCode?.[0])?.label ?? conceptOf(encounter.type?.[0])?.label
  const row: ImportedEncounter = {
    id: mapping.id,
    patientId,
    startedAt: start.at,
    // A visit that was still open when the source was exported is over for this clinic.
    finishedAt: end?.at ?? start.at,
    reason: why === undefined ? null : clipped(why, limits.line_chars),
    place: place.every((part) => part === null) ? null : clipped(place.filter((part) => part !== null).join(' · '), limits.line_chars),
  }
  return { rows: [row] }
}
