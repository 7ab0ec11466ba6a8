import { fold } from '../../kernel/fold.ts'
import { addDays, daysBetween, splitDate, type PlainDate } from '../../kernel/time.ts'
import type { Comparison, Sex } from './model.ts'
import { compareNames } from './rules.names.ts'
import { digitsOfPhone } from './rules.phone.ts'

/** What is known of somebody so far; a form that is half filled in has gaps. */
export interface Identity {
  familyName: string
  givenName: string
  middleName?: string | null
  suffix?: string | null
  birthDate: PlainDate | null
  sex: Sex | null
  phone: string | null
  insurance?: string | null
}

export interface Likeness {
  score: number
  likelihood: 'likely' | 'possible' | 'unlikely'
  comparisons: Comparison[]
}

/**
 * Points for and against, in the manner of probabilistic record linkage (Fellegi and Sunter, 1969): what agrees by chance
 * seldom (a birth date) weighs more than what agrees often (a sex), and a disagreement counts against. The bounds were
 * set with the table in tests/rules/patients.duplicates.test.ts: twins and father and son stay below LIKELY, the same person
 * with one slip of the fingers stays above it.
 */
const points = {
  family: { equal: 30, 'sounds-alike': 24, 'typing-slip': 22, 'part-of': 22, begins: 14, different: -10 },
  given: { equal: 25, nickname: 20, 'sounds-alike': 20, 'typing-slip': 18, 'part-of': 20, begins: 10, different: -20 },
  swapped: 45,
  birthDate: { equal: 35, similar: 18, different: -25 },
  sex: { equal: 3, different: -12 },
  phone: { equal: 20, similar: 8, different: 0 },
  insurance: { equal: 2, different: 0 },
  suffixDiffers: -30,
} as const
const LIKELY = 70
const POSSIBLE = 15

export function likenessOf(wanted: Identity, known: Identity): Likeness {
  const facts = [nameFact(wanted, known), birthFact(wanted, known), sexFact(wanted, known), phoneFact(wanted, known), insuranceFact(wanted, known)]
    .filter((fact) => fact !== undefined)
  const score = facts.reduce((sum, fact) => sum + fact.points, 0) + suffixPoints(wanted, known)
  return {
    score,
    likelihood: score >= LIKELY ? 'likely' : score >= POSSIBLE ? 'possible' : 'unlikely',
    comparisons: facts.map(({ points: _points, ...comparison }) => comparison),
  }
}

/** Enough has been typed for a comparison to mean something: a name with a letter of the given one, or a phone number. */
export const canCompare = (wanted: Identity): boolean =>
  (fold(wanted.familyName).trim().length >= 2 && wanted.givenName.trim() !== '') || (digitsOf(wanted.phone)?.length ?? 0) >= PHONE_DIGITS_MIN

/** A phone number is compared from its seventh digit on: area code and exchange. */
export const PHONE_DIGITS_MIN = 7

type Fact = Comparison & { points: number }

function nameFact(wanted: Identity, known: Identity): Fact | undefined {
  if (wanted.familyName.trim() === '' || wanted.givenName.trim() === '') return undefined
  const { family, given, isSwapped } = compareNames(wanted, known)
  if (isSwapped) return { field: 'name', verdict: 'similar', because: 'swapped', points: points.swapped }
  const sum = points.family[family] + points.given[given]
  if (family === 'different' || given === 'different') return { field: 'name', verdict: 'different', because: null, points: sum }
  if (family === 'equal' && given === 'equal') return { field: 'name', verdict: 'equal', because: null, points: sum }
  const because = family === 'equal' ? (given === 'equal' ? null : given) : family
  return { field: 'name', verdict: 'similar', because, points: sum }
}

function birthFact({ birthDate: wanted }: Identity, { birthDate: known }: Identity): Fact | undefined {
  if (wanted === null || known === null) return undefined
  const because = wanted === known ? null : slipOfDate(wanted, known)
  const verdict = wanted === known ? 'equal' : because === null ? 'different' : 'similar'
  return { field: 'birth-date', verdict, because, points: points.birthDate[verdict] }
}

function sexFact({ sex: wanted }: Identity, { sex: known }: Identity): Fact | undefined {
  if (wanted === null || known === null || wanted === 'unknown' || known === 'unknown') return undefined
  const verdict = wanted === known ? 'equal' : 'different'
  return { field: 'sex', verdict, because: null, points: points.sex[verdict] }
}

function phoneFact(wanted: Identity, known: Identity): Fact | undefined {
  const [a, b] = [digitsOf(wanted.phone), digitsOf(known.phone)]
  if (!a || !b || a.length < PHONE_DIGITS_MIN) return undefined
  if (a === b || (a.length === PHONE_DIGITS_MIN && b.endsWith(a))) return { field: 'phone', verdict: 'equal', because: null, points: points.phone.equal }
  if (b.startsWith(a)) return { field: 'phone', verdict: 'similar', because: 'begins', points: points.phone.similar }
  if (isOneSlip(a, b)) return { field: 'phone', verdict: 'similar', because: 'one-digit', points: points.phone.similar }
  return a.length < b.length ? undefined : { field: 'phone', verdict: 'different', because: null, points: points.phone.different }
}

function insuranceFact(wanted: Identity, known: Identity): Fact | undefined {
  if (!wanted.insurance || !known.insurance) return undefined
  const verdict = fold(wanted.insurance).trim() === fold(known.insurance).trim() ? 'equal' : 'different'
  return { field: 'insurance', verdict, because: null, points: points.insurance[verdict] }
}

/** Father and son: everything else may agree. */
function suffixPoints(wanted: Identity, known: Identity): number {
  const [a, b] = [fold(wanted.suffix ?? '').replace(/\W/g, ''), fold(known.suffix ?? '').replace(/\W/g, '')]
  return a !== '' && b !== '' && a !== b ? points.suffixDiffers : 0
}

// Birth dates

/** Why two dates may be one: a digit, two digits the wrong way round, day for month, a day, a year or ten beside it. */
function slipOfDate(a: PlainDate, b: PlainDate): 'one-digit' | 'day-and-month' | 'near' | null {
  if (swapDayAndMonth(a) === b) return 'day-and-month'
  if (isOneSlip(a, b)) return 'one-digit'
  return isNear(a, b) ? 'near' : null
}

/** The dates that a slip makes out of this one; what a search by index asks for. */
export function datesLike(date: PlainDate): PlainDate[] {
  const oneDigit = [...date].flatMap((digit, at) =>
    digit === '-' ? [] : '0123456789'.split('').filter((other) => other !== digit).map((other) => date.slice(0, at) + other + date.slice(at + 1)))
  const turned = [...date].map((_, at) => turnAround(date, at))
  return [...new Set([...oneDigit, ...turned, swapDayAndMonth(date), ...neighbours(date)])].filter((one) => one !== date && isRealDate(one))
}

function neighbours(date: PlainDate): PlainDate[] {
  const [year] = splitDate(date)
  const years = [-10, -1, 1, 10].map((more) => `${year + more}${date.slice(4)}`)
  return [...[-10, -1, 1, 10].map((days) => addDays(date, days)), ...years]
}

function isNear(a: PlainDate, b: PlainDate): boolean {
  if (a.slice(4) === b.slice(4)) return [1, 10].includes(Math.abs(splitDate(a)[0] - splitDate(b)[0]))
  return [1, 10].includes(Math.abs(daysBetween(a, b)))
}

const swapDayAndMonth = (date: PlainDate): string => `${date.slice(0, 4)}-${date.slice(8, 10)}-${date.slice(5, 7)}`

function isRealDate(text: string): boolean {
  const ms = Date.parse(`${text}T00:00:00.000Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text)
}

/** One character differs, or two that stand side by side are turned around. */
function isOneSlip(a: string, b: string): boolean {
  if (a.length !== b.length) return false
  const differing = [...a].flatMap((letter, at) => (letter === b[at] ? [] : [at]))
  return differing.length === 1 || (differing.length === 2 && turnAround(a, differing[0] ?? 0) === b)
}

/** The digits at `at` and after it the wrong way round; a dash between them is jumped over. */
function turnAround(text: string, at: number): string {
  const next = text[at + 1] === '-' ? at + 2 : at + 1
  const letters = [...text]
  const [a, b] = [letters[at], letters[next]]
  if (a === undefined || b === undefined || a === '-') return text
  letters[at] = b
  letters[next] = a
  return letters.join('')
}

const digitsOf = (phone: string | null): string | null => (phone === null || phone.trim() === '' ? null : digitsOfPhone(phone))
