import * as z from 'zod'
import { SkipReason } from '../model.ts'
import type { ImportedAllergy, ImportedNoAllergies } from '../model.ts'
import { read, skip } from './mapper.ts'
import type { Mapping, Outcome } from './mapper.ts'
import { clipped, CodeableConcept, conceptOf, filled, firstCode, Reference } from './primitives.ts'
import { limits } from '../../../kernel/limits.ts'

const AllergyIntolerance = z.looseObject({
  clinicalStatus: CodeableConcept.optional(),
  verificationStatus: CodeableConcept.optional(),
  code: CodeableConcept.optional(),
  patient: Reference.optional(),
  reaction: z.array(z.looseObject({
    manifestation: z.array(CodeableConcept).optional(),
    description: z.string().max(4_000).optional(),
    severity: z.enum(['mild', 'moderate', 'severe']).optional(),
  })).optional(),
})
type AllergyIntolerance = z.infer<typeof AllergyIntolerance>

/**
 * SNOMED CT's answers to "any allergies?". As a row they would read "allergic to No known allergy".
 * None at all is an answer that the chart keeps; none to drugs, food, the environment or latex is not.
 */
const NONE_KNOWN = '716186003'
const NONE_OF_A_KIND = ['409137002', '429625007', '428607008', '428197003']

export function mapAllergy(resource: unknown, mapping: Mapping): Outcome<ImportedAllergy | ImportedNoAllergies> {
  const parsed = read(AllergyIntolerance, resource)
  if (!parsed.ok) return parsed.outcome
  const allergy = parsed.value
  const verified = firstCode(allergy.verificationStatus)
  if (verified === 'entered-in-error') return skip(SkipReason.enteredInError)
  if (verified === 'refuted') return skip(SkipReason.notDone, 'verificationStatus')
  const patientId = mapping.patientId(allergy.patient)
  if (patientId === undefined) return skip(SkipReason.noPatient)
  const concept = conceptOf(allergy.code)
  if (concept === undefined) return skip(SkipReason.noCode)
  // Without a status it counts as active: an allergy too many is safer than one too few.
  if (!['active', null].includes(firstCode(allergy.clinicalStatus))) return skip(SkipReason.notActive)
  if (concept.code === NONE_KNOWN) return { rows: [{ id: mapping.id, patientId, noneKnown: true }] }
  if (concept.code !== null && NONE_OF_A_KIND.includes(concept.code)) return skip(SkipReason.noKnownAllergy)
  return { rows: [{ id: mapping.id, patientId, concept, reaction: reactionsOf(allergy), severity: worstOf(allergy) }] }
}

function reactionsOf(allergy: AllergyIntolerance): string | null {
  const words = (allergy.reaction ?? []).flatMap((one) => {
    const shown = (one.manifestation ?? []).flatMap((concept) => conceptOf(concept)?.label ?? [])
    return shown.length > 0 ? shown : (filled(one.description) ?? [])
  })
  const all = filled([...new Set(words)].join(', '))
  return all === null ? null : clipped(all, limits.line_chars)
}

function worstOf(allergy: AllergyIntolerance): ImportedAllergy['severity'] {
  const all = (allergy.reaction ?? []).map((one) => one.severity)
  return (['severe', 'moderate', 'mild'] as const).find((level) => all.includes(level)) ?? 'unknown'
}
