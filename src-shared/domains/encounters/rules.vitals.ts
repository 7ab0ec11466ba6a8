import { vitals, type VitalKind, type VitalValue } from './model.vitals.ts'
import type { Age } from './rules.ranges.ts'

/** The fields of the vitals panel; blood pressure is typed as one: "142/84". */
export const vitalFields = ['pressure', 'pulse', 'temperature', 'breathing', 'oxygen', 'weight', 'height', 'pain'] as const
export type VitalField = (typeof vitalFields)[number]

export const EntryProblem = {
  /** Nothing in it that can be read as a value. */
  unreadable: 'unreadable',
  /** Outside of what a living person can have. */
  implausible: 'implausible',
  /** Diastolic is not below systolic. */
  notBelow: 'not-below',
  /** A number that could be in two units for this person. */
  whichUnit: 'which-unit',
} as const
export type EntryProblem = (typeof EntryProblem)[keyof typeof EntryProblem]

export type Entry =
  | { readonly ok: true; readonly values: readonly VitalValue[] }
  | { readonly ok: false; readonly problem: EntryProblem; readonly kind: VitalKind }

const EMPTY: Entry = { ok: true, values: [] }

/** Reads what was typed into a field; nothing typed is no value and no problem. */
export function readVital(field: VitalField, text: string, age: Age): Entry {
  const typed = text.trim().toLowerCase().replace(/(\d),(\d)/g, '$1.$2')
  if (typed === '') return EMPTY
  switch (field) {
    case 'pressure': return readPressure(typed)
    case 'temperature': return readTemperature(typed)
    case 'weight': return readWeight(typed)
    case 'height': return readHeight(typed, age)
    default: return readPlain(field, typed)
  }
}

/** The values of one measuring, checked together; the service runs it again inside the transaction. */
export function problemOf(values: readonly VitalValue[]): { problem: EntryProblem; kind: VitalKind } | undefined {
  const outside = values.find(({ kind, value }) => !isPlausible(kind, value))
  if (outside) return { problem: EntryProblem.implausible, kind: outside.kind }
  const systolic = values.find((one) => one.kind === 'systolic')
  const diastolic = values.find((one) => one.kind === 'diastolic')
  if (systolic && diastolic && diastolic.value >= systolic.value) return { problem: EntryProblem.notBelow, kind: 'diastolic' }
  return undefined
}

export function isPlausible(kind: VitalKind, value: number): boolean {
  const [low, high] = vitals[kind].plausible
  return value >= low && value <= high
}

function readPressure(typed: string): Entry {
  const match = /^(\d{2,3})\s*(?:[/\-\s]|over)\s*(\d{2,3})$/.exec(typed)
  if (!match) return { ok: false, problem: EntryProblem.unreadable, kind: 'systolic' }
  return checked([{ kind: 'systolic', value: Number(match[1]) }, { kind: 'diastolic', value: Number(match[2]) }])
}

const number = String.raw`(\d{1,4}(?:\.\d{1,3})?)`

/** Without a unit a body temperature tells its scale: nobody has 60 degrees of either. */
function readTemperature(typed: string): Entry {
  const match = new RegExp(`^${number}\\s*(?:°|deg)?\\s*([cf])?$`).exec(typed)
  if (!match?.[1]) return { ok: false, problem: EntryProblem.unreadable, kind: 'temperature' }
  const value = Number(match[1])
  const isFahrenheit = match[2] === 'f' || (match[2] === undefined && value > 60)
  return checked([{ kind: 'temperature', value: isFahrenheit ? hundredth(((value - 32) * 5) / 9) : value }])
}

/** Exactly 0.45359237 kg to the pound, 2.54 cm to the inch (NIST SP 811). */
const KG_PER_LB = 0.45359237
const CM_PER_IN = 2.54

function readWeight(typed: string): Entry {
  const mixed = /^(\d{1,3})\s*(?:lbs?|#)\s*(\d{1,2}(?:\.\d)?)\s*(?:oz)$/.exec(typed)
  if (mixed) return checked([{ kind: 'weight', value: hundredth((Number(mixed[1]) + Number(mixed[2]) / 16) * KG_PER_LB) }])
  const match = new RegExp(`^${number}\\s*(kgs?|g|lbs?|pounds?|#)?$`).exec(typed)
  if (!match?.[1]) return { ok: false, problem: EntryProblem.unreadable, kind: 'weight' }
  const value = Number(match[1])
  const unit = match[2] ?? 'kg'
  const kg = unit.startsWith('k') ? value : unit === 'g' ? value / 1_000 : value * KG_PER_LB
  return checked([{ kind: 'weight', value: hundredth(kg) }])
}

/** No adult is 67 cm tall and no adult 170 inches: a bare number under 100 asks for its unit when the patient is grown. */
function readHeight(typed: string, age: Age): Entry {
  const feet = /^(\d)\s*(?:'|ft|feet)\s*(?:(\d{1,2}(?:\.\d{1,2})?)\s*(?:"|''|in|inches)?)?$/.exec(typed)
  if (feet) return checked([{ kind: 'height', value: hundredth((Number(feet[1]) * 12 + Number(feet[2] ?? 0)) * CM_PER_IN) }])
  const match = new RegExp(`^${number}\\s*(cm|m|in|inches|")?$`).exec(typed)
  if (!match?.[1]) return { ok: false, problem: EntryProblem.unreadable, kind: 'height' }
  const value = Number(match[1])
  if (match[2] === undefined && value < 3 && value > 0.3) return checked([{ kind: 'height', value: hundredth(value * 100) }])
  if (match[2] === undefined && age.years >= 16 && value < 100) return { ok: false, problem: EntryProblem.whichUnit, kind: 'height' }
  const cm = match[2] === 'm' ? value * 100 : match[2] === undefined || match[2] === 'cm' ? value : value * CM_PER_IN
  return checked([{ kind: 'height', value: hundredth(cm) }])
}

function readPlain(kind: Exclude<VitalField, 'pressure'>, typed: string): Entry {
  const match = /^(\d{1,4}(?:\.\d{1,2})?)\s*(?:%|\/min|bpm|\/10)?$/.exec(typed)
  if (!match?.[1]) return { ok: false, problem: EntryProblem.unreadable, kind }
  return checked([{ kind, value: Math.round(Number(match[1])) }])
}

function checked(values: readonly VitalValue[]): Entry {
  const found = problemOf(values)
  return found ? { ok: false, ...found } : { ok: true, values }
}

/** Two decimals keep 100.1 °F and 157.2 lb as they were typed when they are shown in that unit again. */
const hundredth = (value: number): number => Math.round(value * 100) / 100
