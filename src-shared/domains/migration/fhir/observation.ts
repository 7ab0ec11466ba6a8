import * as z from 'zod'
import { SkipReason } from '../model.ts'
import type { ImportedObservation } from '../model.ts'
import { limits } from '../../../kernel/limits.ts'
import { read, skip } from './mapper.ts'
import type { Mapping, Outcome } from './mapper.ts'
import { clipped, Code, CodeableConcept, conceptOf, filled, firstCode, parseTime, Period, Quantity, Reference, Text } from './primitives.ts'

const Value = z.looseObject({
  valueQuantity: Quantity.optional(),
  valueCodeableConcept: CodeableConcept.optional(),
  valueString: Text.optional(),
  valueBoolean: z.boolean().optional(),
  valueInteger: z.int().optional(),
  valueDateTime: z.string().max(40).optional(),
})
type Value = z.infer<typeof Value>

const Observation = Value.extend({
  status: Code,
  category: z.array(CodeableConcept).optional(),
  code: CodeableConcept.optional(),
  subject: Reference.optional(),
  encounter: Reference.optional(),
  effectiveDateTime: z.string().optional(),
  effectiveInstant: z.string().optional(),
  effectivePeriod: Period.optional(),
  issued: z.string().optional(),
  component: z.array(Value.extend({ code: CodeableConcept.optional() })).optional(),
})
type Observation = z.infer<typeof Observation>

const NOT_A_RESULT = ['registered', 'cancelled']

export function mapObservation(resource: unknown, mapping: Mapping): Outcome<ImportedObservation> {
  const parsed = read(Observation, resource)
  if (!parsed.ok) return parsed.outcome
  const observation = parsed.value
  if (observation.status === 'entered-in-error') return skip(SkipReason.enteredInError)
  if (NOT_A_RESULT.includes(observation.status)) return skip(SkipReason.notDone)
  const patientId = mapping.patientId(observation.subject)
  if (patientId === undefined) return skip(SkipReason.noPatient)
  const what = nameOfCode(observation.code)
  if (what === undefined) return skip(SkipReason.noCode)
  const time = parseTime(observation.effectiveDateTime ?? observation.effectiveInstant ?? observation.effectivePeriod?.start ?? observation.issued)
  if (time === undefined) return skip(SkipReason.noDate)
  const shared = { patientId, encounterId: mapping.encounterId(observation.encounter), category: categoryOf(observation), observedAt: time.at }
  const own = valueOf(observation)
  const rows = [
    ...(own === undefined ? [] : [{ id: mapping.id, ...shared, ...what, ...own }]),
    ...componentRows(observation, mapping, shared),
  ]
  return rows.length === 0 ? skip(SkipReason.noValue) : { rows }
}

/** "Blood pressure" is one observation with two parts; each part is a measurement of its own here. */
function componentRows(observation: Observation, mapping: Mapping, shared: Pick<ImportedObservation, 'patientId' | 'encounterId' | 'category' | 'observedAt'>): ImportedObservation[] {
  const seen = new Map<string, number>()
  return (observation.component ?? []).flatMap((component) => {
    const what = nameOfCode(component.code)
    const value = valueOf(component)
    if (what === undefined || value === undefined) return []
    // By code and not by place: the source may list the parts in another order the next time.
    const key = what.code || what.label
    const nth = seen.get(key) ?? 0
    seen.set(key, nth + 1)
    return [{ id: mapping.part(`component/${key}/${nth}`), ...shared, ...what, ...value }]
  })
}

/** Codes of another system than LOINC are kept where they are short enough to be told from one. */
function nameOfCode(concept: CodeableConcept | undefined): Pick<ImportedObservation, 'code' | 'label'> | undefined {
  const found = conceptOf(concept)
  if (found === undefined) return undefined
  const code = found.code !== null && found.code.length <= 20 ? found.code : ''
  // Newer releases of LOINC put a zero-width space after a slash; two labels that look alike should be alike.
  return { code, label: clipped(found.label.replace(/\u200B/g, ''), limits.line_chars) }
}

type Measured = Pick<ImportedObservation, 'value' | 'unit' | 'valueText'>

function valueOf(value: Value): Measured | undefined {
  const quantity = value.valueQuantity
  if (quantity?.value !== undefined) {
    const unit = unitOf(quantity)
    // "< 5" is not 5: what is below or above a limit is kept as words and never drawn as a number.
    if (quantity.comparator !== undefined) return words(`${quantity.comparator} ${quantity.value} ${unit ?? ''}`)
    return { value: quantity.value, unit, valueText: null }
  }
  if (value.valueInteger !== undefined) return { value: value.valueInteger, unit: null, valueText: null }
  const coded = conceptOf(value.valueCodeableConcept)
  if (coded !== undefined) return words(coded.label)
  if (value.valueBoolean !== undefined) return words(value.valueBoolean ? 'Yes' : 'No')
  return words(value.valueString ?? value.valueDateTime ?? '')
}

function words(text: string): Measured | undefined {
  const valueText = filled(text)
  return valueText === null ? undefined : { value: null, unit: null, valueText }
}

/** The UCUM code before the printed unit; both are the same in most sources. */
function unitOf(quantity: z.infer<typeof Quantity>): string | null {
  const unit = filled(quantity.code) ?? filled(quantity.unit)
  return unit === null ? null : unit.slice(0, 40)
}

function categoryOf(observation: Observation): ImportedObservation['category'] {
  for (const concept of observation.category ?? []) {
    const code = firstCode(concept)
    if (code === 'vital-signs' || code === 'laboratory' || code === 'social-history' || code === 'survey') return code
  }
  return 'other'
}
