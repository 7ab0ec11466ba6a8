import { vitals, type VitalKind, type VitalTrend } from '#shared/domains/encounters/model.vitals.ts'
import { bmiCategory, bmiOf, flagOf, rangeOf, type Age, type BmiCategory, type Flag } from '#shared/domains/encounters/rules.ranges.ts'
import { EntryProblem, type VitalField } from '#shared/domains/encounters/rules.vitals.ts'

/** How measurements are written: names, units, flags, and what right looks like. */

export const vitalNames: Record<VitalKind, string> = {
  systolic: 'Systolic', diastolic: 'Diastolic', pulse: 'Pulse', temperature: 'Temperature', breathing: 'Breathing', oxygen: 'Oxygen', weight: 'Weight', height: 'Height', pain: 'Pain',
}
export const vitalUnits: Record<VitalKind, string> = {
  systolic: 'mmHg', diastolic: 'mmHg', pulse: '/min', temperature: '°C', breathing: '/min', oxygen: '%', weight: 'kg', height: 'cm', pain: 'of 10',
}

/** "38.4", "98": the decimals that the measurement deserves. */
export function vitalText(kind: VitalKind, value: number): string {
  const { decimals } = vitals[kind]
  return decimals === 0 ? String(Math.round(value)) : value.toFixed(decimals).replace(/\.0$/, kind === 'temperature' ? '.0' : '')
}

export interface VitalLine {
  key: string
  name: string
  /** "142/84" or "38.4". */
  text: string
  unit: string
  flag: Flag | undefined
  /** Small words after the value: the BMI's category. */
  note: string
  values: readonly number[]
  range: readonly [number, number] | undefined
  at: string
}

const order: readonly VitalKind[] = ['temperature', 'oxygen', 'pulse', 'breathing', 'weight', 'height', 'pain']

/** The rows of the vitals card: pressure as one, BMI where weight and height are known. */
export function vitalLines(trends: readonly VitalTrend[], age: Age): VitalLine[] {
  const of = (kind: VitalKind) => trends.find((trend) => trend.kind === kind)
  const lines = order.flatMap((kind) => {
    const trend = of(kind)
    return trend ? [lineOf(trend, age)] : []
  })
  const pressure = pressureLine(of('systolic'), of('diastolic'), age)
  const bmi = bmiLine(of('weight'), of('height'), age)
  return [...(pressure ? [pressure] : []), ...lines, ...(bmi ? [bmi] : [])]
}

function lineOf({ kind, points }: VitalTrend, age: Age): VitalLine {
  const last = points.at(-1)
  const value = last?.value ?? 0
  return {
    key: kind, name: vitalNames[kind], text: vitalText(kind, value), unit: vitalUnits[kind], flag: flagOf(kind, value, age), note: '',
    values: points.map((point) => point.value), range: bandOf(kind, age), at: last?.at ?? '',
  }
}

function pressureLine(systolic: VitalTrend | undefined, diastolic: VitalTrend | undefined, age: Age): VitalLine | undefined {
  if (!systolic) return undefined
  const line = lineOf(systolic, age)
  const low = diastolic?.points.at(-1)
  const flag = line.flag ?? (low ? flagOf('diastolic', low.value, age) : undefined)
  return { ...line, key: 'pressure', name: 'Blood pressure', text: low ? `${line.text}/${vitalText('diastolic', low.value)}` : line.text, flag, values: line.values.slice(-8) }
}

export const bmiWords: Record<BmiCategory, string> = { underweight: 'underweight', healthy: 'healthy weight', overweight: 'overweight', obesity: 'obesity' }

/** A grown person's height is taken from whenever it was measured; a child's only from the same day. */
function bmiLine(weight: VitalTrend | undefined, height: VitalTrend | undefined, age: Age): VitalLine | undefined {
  const kg = weight?.points.at(-1)
  const cm = height?.points.at(-1)
  if (!kg || !cm || (age.years < 20 && kg.at.slice(0, 10) !== cm.at.slice(0, 10))) return undefined
  const bmi = bmiOf(kg.value, cm.value)
  const category = bmiCategory(bmi, age)
  return { key: 'bmi', name: 'BMI', text: bmi.toFixed(1), unit: 'kg/m²', flag: undefined, note: category ? bmiWords[category] : '', values: [], range: undefined, at: kg.at }
}

export function bandOf(kind: VitalKind, age: Age): readonly [number, number] | undefined {
  const { low, high } = rangeOf(kind, age)
  if (low === null && high === null) return undefined
  return [low ?? vitals[kind].plausible[0], high ?? vitals[kind].plausible[1]]
}

export const flagWord = (flag: Flag): string => (flag.level === 'critical' ? `very ${flag.direction}` : flag.direction)

/** One line of facts for a note and a board: "38.4 °C, pulse 98, 142/84, breathing 22, SpO₂ 93 %". */
export function factsText(values: readonly { kind: VitalKind; value: number }[]): string {
  const of = (kind: VitalKind): string | undefined => {
    const found = values.findLast((one) => one.kind === kind)
    return found && vitalText(kind, found.value)
  }
  const [temperature, pulse, systolic, diastolic, breathing, oxygen, weight, height, pain] = (['temperature', 'pulse', 'systolic', 'diastolic', 'breathing', 'oxygen', 'weight', 'height', 'pain'] as const).map(of)
  return [
    temperature && `${temperature} °C`, pulse && `pulse ${pulse}`, systolic && `${systolic}/${diastolic ?? '?'}`, breathing && `breathing ${breathing}`, oxygen && `SpO₂ ${oxygen} %`,
    weight && `${weight} kg`, height && `${height} cm`, pain && `pain ${pain} of 10`,
  ].filter(Boolean).join(', ')
}

export const fieldNames: Record<VitalField, string> = {
  pressure: 'Blood pressure', pulse: 'Pulse', temperature: 'Temperature', breathing: 'Breathing', oxygen: 'Oxygen', weight: 'Weight', height: 'Height', pain: 'Pain',
}
export const fieldUnits: Record<VitalField, string> = { pressure: 'mmHg', pulse: '/min', temperature: '°C or °F', breathing: '/min', oxygen: '%', weight: 'kg or lb', height: 'cm or in', pain: '0 to 10' }

const examples: Record<VitalField, string> = {
  pressure: 'Write both, like 120/80.', pulse: 'Write a number, like 72.', temperature: 'Write 37.2, or 99 F.', breathing: 'Write a number, like 16.', oxygen: 'Write a number up to 100, like 98.',
  weight: 'Write 71.3, or 157 lb.', height: `Write 170, 67 in or 5'7.`, pain: 'Write 0 to 10.',
}

/** What is wrong and what right looks like, in that order. */
export function entryProblemText(field: VitalField, problem: EntryProblem, kind: VitalKind, typed: string): string {
  switch (problem) {
    case EntryProblem.unreadable: return `“${typed.trim()}” cannot be read. ${examples[field]}`
    case EntryProblem.notBelow: return 'The second number is the lower one. Write it like 120/80.'
    case EntryProblem.whichUnit: return `${typed.trim()} cm or inches? Write ${typed.trim()} in, or ${typed.trim()} cm.`
    case EntryProblem.implausible: {
      const [low, high] = vitals[kind].plausible
      return `Cannot be: ${vitalNames[kind].toLowerCase()} lies between ${low} and ${high} ${vitalUnits[kind]}. ${examples[field]}`
    }
  }
}

/** What was understood, in the other unit too: "38.4 °C · 101.1 °F". */
export function understoodText(kind: VitalKind, value: number): string {
  const own = `${vitalText(kind, value)} ${vitalUnits[kind]}`
  if (kind === 'temperature') return `${own} · ${((value * 9) / 5 + 32).toFixed(1)} °F`
  if (kind === 'weight') return `${own} · ${(value / 0.45359237).toFixed(1)} lb`
  if (kind === 'height') return `${own} · ${feetText(value)}`
  return own
}

function feetText(cm: number): string {
  const inches = Math.round(cm / 2.54)
  return `${Math.floor(inches / 12)} ft ${inches % 12} in`
}
