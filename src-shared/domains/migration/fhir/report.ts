import * as z from 'zod'
import { SkipReason } from '../model.ts'
import type { ImportedReport } from '../model.ts'
import { read, skip } from './mapper.ts'
import type { Mapping, Outcome } from './mapper.ts'
import { Code, CodeableConcept, conceptOf, filled, parseTime, Period, Reference, Text } from './primitives.ts'

const DiagnosticReport = z.looseObject({
  status: Code,
  code: CodeableConcept.optional(),
  subject: Reference.optional(),
  encounter: Reference.optional(),
  effectiveDateTime: z.string().optional(),
  effectivePeriod: Period.optional(),
  issued: z.string().optional(),
  result: z.array(Reference).optional(),
  conclusion: Text.optional(),
})

const NOT_ISSUED = ['registered', 'cancelled']

export function mapReport(resource: unknown, mapping: Mapping): Outcome<ImportedReport> {
  const parsed = read(DiagnosticReport, resource)
  if (!parsed.ok) return parsed.outcome
  const report = parsed.value
  if (report.status === 'entered-in-error') return skip(SkipReason.enteredInError)
  if (NOT_ISSUED.includes(report.status)) return skip(SkipReason.notDone)
  const patientId = mapping.patientId(report.subject)
  if (patientId === undefined) return skip(SkipReason.noPatient)
  const concept = conceptOf(report.code)
  if (concept === undefined) return skip(SkipReason.noCode)
  const time = parseTime(report.issued ?? report.effectiveDateTime ?? report.effectivePeriod?.start)
  if (time === undefined) return skip(SkipReason.noDate)
  const row: ImportedReport = {
    id: mapping.id,
    patientId,
    encounterId: mapping.encounterId(report.encounter),
    concept,
    issuedAt: time.at,
    conclusion: filled(report.conclusion),
    resultIds: (report.result ?? []).flatMap((one) => mapping.linkedId(one, 'Observation') ?? []),
  }
  return { rows: [row] }
}
