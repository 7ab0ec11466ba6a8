import type { observations } from '#drizzle/schema/encounters.ts'
import type { Sex } from '#shared/domains/patients/model.ts'
import { conditions, type Condition, type LabTest } from './conditions.ts'
import type { Chance } from './random.ts'

/** What a body is like and how well its conditions are held; it moves a little at each visit, so that trends make sense. */
export interface Health {
  /** Indexes into `conditions`. */
  has: readonly number[]
  /** 0 = untreated, 1 = at goal. */
  control: number
  /** Standard deviations from the usual height and weight. */
  tallness: number
  bmi: number
  systolic: number
  pulse: number
  /** A laboratory value's own offset for this person. */
  labBias: number
}

export function makeHealth(chance: Chance, age: number, sex: Sex, given?: readonly string[]): Health {
  const has = conditions.flatMap((one, i) => (given ? given.includes(one.key) : chance.happens(one.share(age, sex))) ? [i] : [])
  const isHeavy = hasKey(has, 'obesity')
  return {
    has, control: 0.25 + chance.next() * 0.6, tallness: chance.normal() * 0.9,
    bmi: isHeavy ? 31 + Math.abs(chance.normal()) * 4 : Math.max(18.2, 25 + chance.normal() * 3.1),
    systolic: 106 + Math.max(0, age - 20) * 0.28 + chance.normal() * 6, pulse: 72 + chance.normal() * 6, labBias: chance.normal() * 0.6,
  }
}

const indexOf = new Map(conditions.map((one, i) => [one.key, i]))
const hasKey = (has: readonly number[], key: string): boolean => has.includes(indexOf.get(key) ?? -1)
export const conditionsOf = (health: Health): Condition[] => health.has.flatMap((i) => conditions[i] ?? [])

/** Treatment works a little more with each visit, with setbacks. */
export function progress(chance: Chance, health: Health): void {
  health.control = Math.min(1, Math.max(0, health.control + (1 - health.control) * 0.18 + chance.normal() * 0.07))
  health.bmi += hasKey(health.has, 'obesity') ? -0.15 + chance.normal() * 0.25 : chance.normal() * 0.12
}

/** Usual height in cm and weight in kg by age: rounded from common growth charts, good enough to look right. */
const growth: readonly [age: number, cm: number, kg: number][] = [
  [0, 51, 3.5], [0.5, 67, 7.6], [1, 75, 9.6], [2, 87, 12.2], [3, 95, 14.2], [4, 102, 16.3], [5, 109, 18.4], [6, 115, 20.6], [8, 127, 25.7],
  [10, 138, 32], [12, 150, 41], [14, 161, 50], [16, 168, 58], [18, 171, 64],
]

function bodyAt(health: Health, age: number, sex: Sex): { heightCm: number; weightKg: number } {
  if (age >= 18) {
    const heightCm = (sex === 'female' ? 163 : 176) + health.tallness * 6.5 - Math.max(0, age - 60) * 0.12
    return { heightCm, weightKg: health.bmi * (heightCm / 100) ** 2 }
  }
  const next = Math.max(1, growth.findIndex(([years]) => years >= age))
  const [fromAge, fromCm, fromKg] = growth[next - 1] ?? [0, 51, 3.5]
  const [toAge, toCm, toKg] = growth[next] ?? [18, 171, 64]
  const part = Math.min(1, Math.max(0, (age - fromAge) / (toAge - fromAge)))
  const cm = fromCm + (toCm - fromCm) * part
  const kg = fromKg + (toKg - fromKg) * part
  return { heightCm: cm * (1 + health.tallness * 0.035), weightKg: kg * (1 + health.tallness * 0.09 + (hasKey(health.has, 'obesity') ? 0.35 : 0)) }
}

export interface Vitals {
  systolic: number | undefined
  diastolic: number | undefined
  pulse: number
  temperature: number
  oxygen: number
  breathing: number
  weightKg: number
  heightCm: number | undefined
}

/** `ill` raises temperature, pulse and breathing together, as an infection does. */
export function vitalsAt(chance: Chance, health: Health, age: number, sex: Sex, ill: { fever: boolean; lowOxygen: boolean; withHeight: boolean }): Vitals {
  const { heightCm, weightKg } = bodyAt(health, age, sex)
  const pressure = health.systolic + (hasKey(health.has, 'hypertension') ? 30 * (1 - health.control) + 6 : 0) + chance.normal() * 5
  const childPulse = age < 12 ? (12 - age) * 4 : 0
  const temperature = ill.fever ? 38.1 + chance.next() * 1.2 : 36.7 + chance.normal() * 0.2
  return {
    systolic: age < 3 ? undefined : Math.round(age < 18 ? 88 + age * 1.6 + chance.normal() * 4 : pressure),
    diastolic: age < 3 ? undefined : Math.round(age < 18 ? 52 + age + chance.normal() * 3 : pressure * 0.42 + 27 + chance.normal() * 3),
    pulse: Math.round(health.pulse + childPulse + (ill.fever ? 16 : 0) + chance.normal() * 4),
    temperature: Math.round(temperature * 10) / 10,
    oxygen: Math.round(Math.min(100, (ill.lowOxygen ? 92.5 : hasKey(health.has, 'copd') ? 94.5 : 98) + chance.normal() * 0.7)),
    breathing: Math.round((age < 6 ? 24 : 15) + (ill.lowOxygen ? 6 : ill.fever ? 2 : 0) + chance.normal()),
    weightKg: Math.round((weightKg + chance.normal() * 0.3) * 10) / 10,
    heightCm: ill.withHeight ? Math.round(heightCm * 10) / 10 : undefined,
  }
}

type ObservationRow = typeof observations.$inferInsert
type Measured = Pick<ObservationRow, 'code' | 'label' | 'value' | 'unit'>

/** As LOINC codes in UCUM units, the way the chart reads them. */
export function vitalRows(vitals: Vitals): Measured[] {
  const rows: (Measured | undefined)[] = [
    number('8480-6', 'Systolic blood pressure', vitals.systolic, 'mm[Hg]'),
    number('8462-4', 'Diastolic blood pressure', vitals.diastolic, 'mm[Hg]'),
    number('8867-4', 'Heart rate', vitals.pulse, '/min'),
    number('8310-5', 'Body temperature', vitals.temperature, 'Cel'),
    number('59408-5', 'Oxygen saturation', vitals.oxygen, '%'),
    number('9279-1', 'Respiratory rate', vitals.breathing, '/min'),
    number('29463-7', 'Body weight', vitals.weightKg, 'kg'),
    number('8302-2', 'Body height', vitals.heightCm, 'cm'),
    vitals.heightCm === undefined ? undefined : number('39156-5', 'Body mass index', Math.round((vitals.weightKg / (vitals.heightCm / 100) ** 2) * 10) / 10, 'kg/m2'),
  ]
  return rows.filter((row) => row !== undefined)
}

function number(code: string, label: string, value: number | undefined, unit: string): Measured | undefined {
  return value === undefined ? undefined : { code, label, value, unit }
}

export function labRow(chance: Chance, health: Health, test: LabTest): Measured {
  const raw = test.usual + (test.excess ?? 0) * (1 - health.control) + (health.labBias + chance.normal() * 0.5) * test.spread
  const factor = 10 ** test.decimals
  return { code: test.code, label: test.label, value: Math.max(0.1, Math.round(raw * factor) / factor), unit: test.unit }
}
