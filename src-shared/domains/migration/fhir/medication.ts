import * as z from 'zod'
import { SkipReason } from '../model.ts'
import type { ImportedMedication } from '../model.ts'
import { read, skip } from './mapper.ts'
import type { Mapping, Outcome } from './mapper.ts'
import { clipped, Code, CodeableConcept, conceptOf, filled, parseTime, Period, Quantity, Reference } from './primitives.ts'
import type { Concept } from '../../encounters/model.ts'
import { limits } from '../../../kernel/limits.ts'

const Dosage = z.looseObject({
  text: z.string().max(4_000).optional(),
  asNeededBoolean: z.boolean().optional(),
  asNeededCodeableConcept: CodeableConcept.optional(),
  additionalInstruction: z.array(CodeableConcept).optional(),
  timing: z.looseObject({
    repeat: z.looseObject({ frequency: z.number().optional(), period: z.number().optional(), periodUnit: z.string().optional() }).optional(),
  }).optional(),
  doseAndRate: z.array(z.looseObject({ doseQuantity: Quantity.optional() })).optional(),
})
type Dosage = z.infer<typeof Dosage>

const MedicationRequest = z.looseObject({
  status: Code,
  medicationCodeableConcept: CodeableConcept.optional(),
  medicationReference: Reference.optional(),
  subject: Reference.optional(),
  authoredOn: z.string().optional(),
  dispenseRequest: z.looseObject({ validityPeriod: Period.optional() }).optional(),
  dosageInstruction: z.array(Dosage).optional(),
})

const Medication = z.looseObject({ code: CodeableConcept.optional() })

/** Written but never valid: no part of what a patient took. */
const NEVER_GIVEN = ['cancelled', 'draft']

export function mapMedication(resource: unknown, mapping: Mapping): Outcome<ImportedMedication> {
  const parsed = read(MedicationRequest, resource)
  if (!parsed.ok) return parsed.outcome
  const request = parsed.value
  if (request.status === 'entered-in-error') return skip(SkipReason.enteredInError)
  if (NEVER_GIVEN.includes(request.status)) return skip(SkipReason.notDone)
  const patientId = mapping.patientId(request.subject)
  if (patientId === undefined) return skip(SkipReason.noPatient)
  const concept = conceptOf(request.medicationCodeableConcept) ?? conceptOfMedication(request.medicationReference, mapping)
  if (concept === undefined) return skip(SkipReason.noCode)
  const started = parseTime(request.authoredOn)
  const current = request.status === 'active' || request.status === 'on-hold'
  const ended = parseTime(request.dispenseRequest?.validityPeriod?.end)
  // A stopped drug without a date of its end must not read as current; the day it was written is the one date there is.
  const endedOn = current ? null : (ended?.on ?? started?.on)
  if (endedOn === undefined) return skip(SkipReason.noDate, 'authoredOn')
  const dosage = request.dosageInstruction?.[0]
  const row: ImportedMedication = {
    id: mapping.id,
    patientId,
    concept,
    sig: dosage === undefined ? null : sigOf(dosage),
    startedOn: started?.on ?? null,
    endedOn,
  }
  return { rows: [row] }
}

/** The drug may stand beside the request as a resource of its own. */
function conceptOfMedication(reference: Reference | undefined, mapping: Mapping): Concept | undefined {
  const medication = Medication.safeParse(mapping.linked(reference, 'Medication')).data
  const shown = filled(reference?.display)
  return conceptOf(medication?.code) ?? (shown === null ? undefined : { system: null, code: null, label: clipped(shown, limits.line_chars) })
}

const UNITS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  s: ['second', 'seconds'], min: ['minute', 'minutes'], h: ['hour', 'hours'], d: ['day', 'days'],
  wk: ['week', 'weeks'], mo: ['month', 'months'], a: ['year', 'years'],
}

/** Directions that do not fit are not cut: half an instruction is worse than a pointer to the whole one. */
function sigOf(dosage: Dosage): string | null {
  const words = dosageText(dosage)
  return words !== null && words.length > limits.line_chars ? 'Long directions: see the record of the former system' : words
}

/** The source's own words when it has them; else dose and timing put into words, never guessed. */
export function dosageText(dosage: Dosage): string | null {
  const words = filled(dosage.text)
  if (words !== null) return words
  const instruction = dosage.additionalInstruction?.flatMap((one) => conceptOf(one)?.label ?? []) ?? []
  const asNeeded = dosage.asNeededBoolean === true ? 'as needed' : conceptOf(dosage.asNeededCodeableConcept)?.label
  const how = [doseText(dosage), timingText(dosage)].filter((part) => part !== null).join(' ')
  return filled([how, asNeeded === 'as needed' || asNeeded === undefined ? asNeeded : `as needed for ${asNeeded}`, ...instruction].filter(Boolean).join('; '))
}

function doseText(dosage: Dosage): string | null {
  const dose = dosage.doseAndRate?.[0]?.doseQuantity
  return dose?.value === undefined ? null : filled(`${dose.value} ${dose.unit ?? ''}`)
}

function timingText(dosage: Dosage): string | null {
  const { frequency = 1, period, periodUnit } = dosage.timing?.repeat ?? {}
  const unit = UNITS[periodUnit ?? '']
  if (period === undefined || unit === undefined) return null
  const times = frequency === 1 ? '' : frequency === 2 ? 'twice ' : `${frequency} times `
  return period === 1 ? `${frequency === 1 ? 'once ' : times}every ${unit[0]}` : `${times}every ${period} ${unit[1]}`
}
