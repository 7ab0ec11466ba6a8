import { daysBetween, splitDate, type PlainDate } from '../../kernel/time.ts'
import type { VitalKind } from './model.vitals.ts'

/**
 * What is usual and what is alarming, by age. Each number names the publication it comes from; where two are joined
 * the reason stands beside them. Flags help to see: they never decide, and nothing is refused because of them.
 */
export interface Range {
  /** Usual from (inclusive) to (inclusive); null where there is no such end. */
  readonly low: number | null
  readonly high: number | null
  /** At or below, at or above: somebody should look now. */
  readonly criticalLow: number | null
  readonly criticalHigh: number | null
}

export interface Flag {
  readonly direction: 'low' | 'high'
  readonly level: 'outside' | 'critical'
}

const open: Range = { low: null, high: null, criticalLow: null, criticalHigh: null }
const range = (low: number | null, high: number | null, criticalLow: number | null = null, criticalHigh: number | null = null): Range => ({ low, high, criticalLow, criticalHigh })

export interface Age {
  readonly days: number
  readonly months: number
  readonly years: number
}

export function ageOn(birthDate: PlainDate, on: PlainDate): Age {
  const [by, bm, bd] = splitDate(birthDate)
  const [y, m, d] = splitDate(on)
  const months = Math.max(0, (y - by) * 12 + (m - bm) - (d < bd ? 1 : 0))
  return { days: Math.max(0, daysBetween(birthDate, on)), months, years: Math.floor(months / 12) }
}

/** NEWS2 and adult ranges hold from 16 years on (Royal College of Physicians, National Early Warning Score 2, 2017). */
const ADULT_YEARS = 16

export function rangeOf(kind: VitalKind, age: Age): Range {
  switch (kind) {
    case 'systolic': return systolic(age)
    case 'diastolic': return diastolic(age)
    case 'pulse': return pulse(age)
    case 'temperature': return temperature(age)
    case 'breathing': return breathing(age)
    case 'oxygen': return oxygen(age)
    // Numeric rating scale: 1 to 3 mild, 4 to 6 moderate, 7 to 10 severe (Breivik et al., Br J Anaesth 2008;101:17-24).
    case 'pain': return range(null, 3, null, 7)
    // Weight and height are judged by BMI and growth, not one by one.
    case 'weight':
    case 'height': return open
  }
}

export function flagOf(kind: VitalKind, value: number, age: Age): Flag | undefined {
  const usual = rangeOf(kind, age)
  if (usual.criticalLow !== null && value <= usual.criticalLow) return { direction: 'low', level: 'critical' }
  if (usual.criticalHigh !== null && value >= usual.criticalHigh) return { direction: 'high', level: 'critical' }
  if (usual.low !== null && value < usual.low) return { direction: 'low', level: 'outside' }
  if (usual.high !== null && value > usual.high) return { direction: 'high', level: 'outside' }
  return undefined
}

/**
 * Adults: high from 140/90 (stage 2 of the 2017 ACC/AHA guideline, Whelton et al., Hypertension 2018;71:e13-e115; the same
 * line as ESC/ESH 2018), alarming from 180/120 (hypertensive crisis, same guideline). Low: NEWS2 scores 2 from 100 down and 3 from 90 down.
 * From 13 years the AAP uses adult lines (Flynn et al., Pediatrics 2017;140:e20171904).
 * Children: "values requiring further evaluation", table 6 of the AAP guideline; the lower of the values for boys and girls.
 * Low systolic in children: hypotension as in Pediatric Advanced Life Support (AHA, PALS Provider Manual 2015).
 */
const childPressure: readonly (readonly [systolic: number, diastolic: number])[] = [
  [98, 52], [100, 55], [101, 58], [102, 60], [103, 63], [105, 66], [106, 68], [107, 69], [107, 70], [108, 72], [110, 74], [113, 75],
]

function systolic(age: Age): Range {
  if (age.years >= ADULT_YEARS) return range(101, 139, 90, 180)
  if (age.years >= 13) return range(90, 129, 89, 180)
  const low = age.days <= 28 ? 60 : age.years < 1 ? 70 : age.years <= 10 ? 70 + 2 * age.years : 90
  const limit = childPressure[age.years - 1]?.[0]
  return range(low, limit === undefined ? null : limit - 1, low - 1)
}

function diastolic(age: Age): Range {
  if (age.years >= ADULT_YEARS) return range(null, 89, null, 120)
  if (age.years >= 13) return range(null, 79, null, 120)
  const limit = childPressure[age.years - 1]?.[1]
  return range(null, limit === undefined ? null : limit - 1)
}

/**
 * Adults: from 51 (below it NEWS2 scores) to 100 (resting rate of the American Heart Association; NEWS2's first point from 91
 * would mark too many healthy people); alarming where NEWS2 scores 2 or 3: 40 or less, 111 or more.
 * Children: awake heart rates of PALS 2015.
 */
function pulse(age: Age): Range {
  if (age.years >= ADULT_YEARS) return range(51, 100, 40, 111)
  if (age.days <= 28) return range(100, 205)
  if (age.years < 1) return range(100, 190)
  if (age.years < 3) return range(98, 140)
  if (age.years < 6) return range(80, 120)
  if (age.years < 12) return range(75, 118)
  return range(60, 100)
}

/** Adults: 12 to 20 scores nothing in NEWS2, 8 or less and 21 or more score 2 to 3. Children: PALS 2015. */
function breathing(age: Age): Range {
  if (age.years >= ADULT_YEARS) return range(12, 20, 8, 21)
  if (age.years < 1) return range(30, 53)
  if (age.years < 3) return range(22, 37)
  if (age.years < 6) return range(20, 28)
  if (age.years < 12) return range(18, 25)
  return range(12, 20)
}

/**
 * Fever from 38.0 °C (100.4 °F): CDC's definition. Alarming as NEWS2 scores 2 or 3: from 39.1, and at 35.0 or less.
 * In the first 60 days each fever is (AAP, Pantell et al., Pediatrics 2021;148:e2021052228, infants of 8 to 60 days).
 */
function temperature(age: Age): Range {
  return age.days <= 60 ? range(36.1, 37.9, 35, 38) : range(36.1, 37.9, 35, 39.1)
}

/**
 * 95 to 100 % is normal, under 90 % an emergency (WHO, Pulse Oximetry Training Manual, 2011). In adults 93 % or less
 * scores 2 to 3 in NEWS2 (scale 1; people with a target of 88 to 92 % are judged by their doctor, not by this).
 */
function oxygen(age: Age): Range {
  return range(95, null, age.years >= ADULT_YEARS ? 93 : 89)
}

/** BMI = kg / m² (CDC, "Calculating BMI using the metric system"), one decimal. */
export function bmiOf(weightKg: number, heightCm: number): number {
  return Math.round((weightKg / (heightCm / 100) ** 2) * 10) / 10
}

const bmiCategories = ['underweight', 'healthy', 'overweight', 'obesity'] as const
export type BmiCategory = (typeof bmiCategories)[number]

/**
 * CDC's categories for adults of 20 years and more. Younger people are judged by percentile for age and sex, which
 * needs CDC's growth tables: without them the number is shown and no category claimed.
 */
export function bmiCategory(bmi: number, age: Age): BmiCategory | undefined {
  if (age.years < 20) return undefined
  if (bmi < 18.5) return 'underweight'
  if (bmi < 25) return 'healthy'
  return bmi < 30 ? 'overweight' : 'obesity'
}
