import * as z from 'zod'
import type { codeSystems, Concept } from '../../encounters/model.ts'
import { limits } from '../../../kernel/limits.ts'
import type { Instant, PlainDate } from '../../../kernel/time.ts'

/*
 * The data types of FHIR R4 (hl7.org/fhir/R4/datatypes.html), as far as Cairn takes them. Loose:
 * a field that is not named here is let through and ignored. Strict: a field that is named here
 * has the shape that FHIR gives it, or the resource is skipped and reported.
 */
const word = z.string().max(200)
const text = z.string().max(4_000)

const Coding = z.looseObject({ system: word.optional(), code: word.optional(), display: text.optional() })
export const CodeableConcept = z.looseObject({ coding: z.array(Coding).optional(), text: text.optional() })
export const Reference = z.looseObject({ reference: z.string().max(2_000).optional(), display: text.optional() })
export const Quantity = z.looseObject({ value: z.number().optional(), comparator: word.optional(), unit: word.optional(), code: word.optional() })
export const Period = z.looseObject({ start: z.string().optional(), end: z.string().optional() })
export const Identifier = z.looseObject({ system: word.optional(), value: word.optional(), type: CodeableConcept.optional() })
export const Code = word
export const Text = text

export type CodeableConcept = z.infer<typeof CodeableConcept>
export type Reference = z.infer<typeof Reference>

/** A date or time of FHIR as an instant, with the date as it was written and how exact that was. */
export type FhirTime = { readonly at: Instant; readonly on: PlainDate; readonly exact: 'year' | 'month' | 'day' | 'second' }

const DATE_TIME = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?)?)?$/

/**
 * Reads `date`, `dateTime` and `instant`. What has no time of day is set to noon UTC: that is the
 * same calendar day in every zone from -12 to +11 hours, so no clinic sees the day before.
 */
export function parseTime(raw: string | undefined): FhirTime | undefined {
  const found = DATE_TIME.exec(raw ?? '')
  if (raw === undefined || found === null) return undefined
  const [, year = '', month, day, time] = found
  const on = `${year}-${month ?? '01'}-${day ?? '01'}`
  if (!dayExists(on)) return undefined
  const at = time === undefined ? `${on}T12:00:00.000Z` : toUtc(raw)
  if (at === undefined) return undefined
  return { at, on, exact: time !== undefined ? 'second' : day !== undefined ? 'day' : month !== undefined ? 'month' : 'year' }
}

/** Only a full date will do: the age of a patient must not be made up. */
export function parseDate(raw: string | undefined): PlainDate | undefined {
  const time = parseTime(raw)
  return time === undefined || time.exact === 'year' || time.exact === 'month' ? undefined : time.on
}

/** JavaScript turns 30 February into 2 March; a date that does not come back as it went is none. */
function dayExists(on: string): boolean {
  const ms = Date.parse(`${on}T00:00:00.000Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === on
}

function toUtc(raw: string): Instant | undefined {
  const ms = Date.parse(raw)
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString()
}

type System = (typeof codeSystems)[number]

/** FHIR's address of each code system that Cairn names; SNOMED stays SNOMED, nothing is translated. */
const SYSTEMS: Readonly<Record<string, System>> = {
  'http://snomed.info/sct': 'snomed',
  'http://hl7.org/fhir/sid/icd-10-cm': 'icd10cm',
  'http://www.nlm.nih.gov/research/umls/rxnorm': 'rxnorm',
  'http://loinc.org': 'loinc',
  'http://hl7.org/fhir/sid/cvx': 'cvx',
  'https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets': 'hcpcs',
}

export const CONCEPT_LABEL_CHARS = limits.line_chars * 2

/**
 * Code and words as they came: the coding of a system that Cairn names before any other, and the
 * best words there are. A code of a system without a name here keeps its code and no system.
 */
export function conceptOf(concept: CodeableConcept | undefined): Concept | undefined {
  const codings = (concept?.coding ?? []).filter((one) => filled(one.code) !== null)
  const coding = codings.find((one) => systemOf(one.system) !== null) ?? codings[0]
  const code = filled(coding?.code)
  const words = filled(concept?.text) ?? filled(coding?.display) ?? filled(concept?.coding?.[0]?.display) ?? code
  if (words === null) return undefined
  const fits = code !== null && code.length <= 40
  return { system: fits ? systemOf(coding?.system) : null, code: fits ? code : null, label: clipped(words, CONCEPT_LABEL_CHARS) }
}

function systemOf(url: string | undefined): System | null {
  return url !== undefined && Object.hasOwn(SYSTEMS, url) ? (SYSTEMS[url] ?? null) : null
}

/** Longer than the place for it: ends in an ellipsis, so that nobody takes it for the whole. */
export function clipped(words: string, chars: number): string {
  return words.length <= chars ? words : `${words.slice(0, chars - 1)}…`
}

export function firstCode(concept: CodeableConcept | undefined): string | null {
  return filled(concept?.coding?.find((one) => filled(one.code) !== null)?.code)
}

export function filled(value: string | undefined): string | null {
  const trimmed = value?.trim() ?? ''
  return trimmed === '' ? null : trimmed
}
