import type { StrengthUnit } from './model.ts'

/** "875-125 mg", "250 mg/5 mL", "0.1 %": one or more amounts of one unit, and in how much of a liquid. */
export interface Strength {
  amounts: readonly number[]
  unit: StrengthUnit
  /** Millilitres that hold it; null where it is one piece. */
  perMl: number | null
}

/** Digits as ISMP asks for them: a zero before the point, none after it, commas from 1,000 on. */
export const numberText = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 4 })

/** The unit never sticks to its number: "5mg" is read as a larger number. */
export function strengthText({ amounts, unit, perMl }: Strength): string {
  const per = perMl === null ? '' : perMl === 1 ? '/mL' : `/${numberText(perMl)} mL`
  return `${amounts.map(numberText).join('-')} ${unit}${per}`
}

const spellings: Readonly<Record<string, StrengthUnit>> = {
  mg: 'mg', mcg: 'mcg', ug: 'mcg', 'µg': 'mcg', 'μg': 'mcg', g: 'g', gm: 'g', '%': '%', units: 'units', unit: 'units', unt: 'units', u: 'units', iu: 'units', meq: 'mEq', ml: 'mL',
  'mcg/hr': 'mcg/hr', 'mcg/h': 'mcg/hr', 'mcg/hour': 'mcg/hr',
}
/** A comma belongs to a number only where it parts thousands; nothing may begin or end with the point alone but ".5". */
const number = String.raw`(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?`
const shape = new RegExp(String.raw`^(${number}(?:\s*[-/]\s*${number})*)\s*(mcg\/h(?:r|our)?|[a-zµμ%]+)(?:\s*\/\s*(${number})\s*ml)?$`, 'i')

/** What somebody typed or a drug table says, in any common spelling; undefined when it is no strength. */
export function parseStrength(text: string): Strength | undefined {
  const [, left = '', unitText = '', per] = shape.exec(text.trim()) ?? []
  const unit = Object.hasOwn(spellings, unitText.toLowerCase()) ? spellings[unitText.toLowerCase()] : undefined
  const amounts = left.split(/[-/]/).map(numberOf)
  const perMl = per === undefined ? null : per.trim() === '' ? 1 : numberOf(per)
  if (unit === undefined || amounts.length > 4 || !amounts.every(isAmount) || (perMl !== null && !isAmount(perMl))) return undefined
  return { amounts, unit, perMl }
}

const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text.replaceAll(',', '')))
const isAmount = (value: number): boolean => Number.isFinite(value) && value >= 0.0001 && value <= 10_000_000

/** The one spelling under which a strength is kept and printed; undefined when it is none. */
export function canonicalStrength(text: string): string | undefined {
  const strength = parseStrength(text)
  return strength && strengthText(strength)
}
