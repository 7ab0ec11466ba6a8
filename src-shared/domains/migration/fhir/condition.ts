import * as z from 'zod'
import { SkipReason } from '../model.ts'
import type { ImportedProblem } from '../model.ts'
import { read, skip } from './mapper.ts'
import type { Mapping, Outcome } from './mapper.ts'
import { CodeableConcept, conceptOf, firstCode, parseTime, Period, Reference } from './primitives.ts'

const Condition = z.looseObject({
  clinicalStatus: CodeableConcept.optional(),
  verificationStatus: CodeableConcept.optional(),
  code: CodeableConcept.optional(),
  subject: Reference.optional(),
  onsetDateTime: z.string().optional(),
  onsetPeriod: Period.optional(),
  abatementDateTime: z.string().optional(),
  abatementPeriod: Period.optional(),
})

export function mapCondition(resource: unknown, mapping: Mapping): Outcome<ImportedProblem> {
  const parsed = read(Condition, resource)
  if (!parsed.ok) return parsed.outcome
  const condition = parsed.value
  const verified = firstCode(condition.verificationStatus)
  if (verified === 'entered-in-error') return skip(SkipReason.enteredInError)
  if (verified === 'refuted') return skip(SkipReason.notDone, 'verificationStatus')
  const patientId = mapping.patientId(condition.subject)
  if (patientId === undefined) return skip(SkipReason.noPatient)
  const concept = conceptOf(condition.code)
  if (concept === undefined) return skip(SkipReason.noCode)
  const onset = parseTime(condition.onsetDateTime ?? condition.onsetPeriod?.start)
  const ended = parseTime(condition.abatementDateTime ?? condition.abatementPeriod?.end ?? condition.onsetPeriod?.end)
  const status = statusOf(firstCode(condition.clinicalStatus), ended !== undefined)
  const row: ImportedProblem = {
    id: mapping.id,
    patientId,
    concept,
    status,
    onsetOn: onset?.on ?? null,
    resolvedOn: status === 'resolved' ? (ended?.on ?? null) : null,
  }
  return { rows: [row] }
}

/** R4 allows a condition without a clinical status; then an end date is what tells. */
function statusOf(clinical: string | null, ended: boolean): ImportedProblem['status'] {
  if (clinical === 'resolved' || clinical === 'inactive' || clinical === 'remission') return 'resolved'
  return clinical === null && ended ? 'resolved' : 'active'
}
