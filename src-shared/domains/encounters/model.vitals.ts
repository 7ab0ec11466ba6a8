import * as z from 'zod'
import type { Observation } from './model.ts'

/** The measurements a clinic takes at each visit, in the order in which they are taken and shown. */
export const vitalKinds = ['systolic', 'diastolic', 'pulse', 'temperature', 'breathing', 'oxygen', 'weight', 'height', 'pain'] as const
export const VitalKind = z.enum(vitalKinds)
export type VitalKind = (typeof vitalKinds)[number]

export interface Vital {
  /** LOINC (https://loinc.org), the codes of the FHIR R4 vital signs profiles. */
  readonly code: string
  /** Other LOINC codes under which imported charts carry the same measurement. */
  readonly alsoCodes: readonly string[]
  readonly label: string
  /** UCUM: every value is kept in this unit, whatever it was typed in. */
  readonly unit: string
  /** Decimals on screen. */
  readonly decimals: 0 | 1
  /** Outside of this it is a slip of the finger and no living person's value. */
  readonly plausible: readonly [low: number, high: number]
}

export const vitals: Readonly<Record<VitalKind, Vital>> = {
  systolic: { code: '8480-6', alsoCodes: [], label: 'Systolic blood pressure', unit: 'mm[Hg]', decimals: 0, plausible: [40, 300] },
  diastolic: { code: '8462-4', alsoCodes: [], label: 'Diastolic blood pressure', unit: 'mm[Hg]', decimals: 0, plausible: [20, 200] },
  pulse: { code: '8867-4', alsoCodes: [], label: 'Heart rate', unit: '/min', decimals: 0, plausible: [20, 300] },
  temperature: { code: '8310-5', alsoCodes: ['8331-1'], label: 'Body temperature', unit: 'Cel', decimals: 1, plausible: [25, 45] },
  breathing: { code: '9279-1', alsoCodes: [], label: 'Respiratory rate', unit: '/min', decimals: 0, plausible: [3, 120] },
  oxygen: { code: '59408-5', alsoCodes: ['2708-6'], label: 'Oxygen saturation', unit: '%', decimals: 0, plausible: [40, 100] },
  weight: { code: '29463-7', alsoCodes: [], label: 'Body weight', unit: 'kg', decimals: 1, plausible: [0.3, 400] },
  height: { code: '8302-2', alsoCodes: [], label: 'Body height', unit: 'cm', decimals: 1, plausible: [25, 250] },
  pain: { code: '72514-3', alsoCodes: [], label: 'Pain severity, 0 to 10', unit: '{score}', decimals: 0, plausible: [0, 10] },
}

const kindByCode = new Map<string, VitalKind>(vitalKinds.flatMap((kind) => [vitals[kind].code, ...vitals[kind].alsoCodes].map((code) => [code, kind] as const)))

export const vitalKindOf = (code: string): VitalKind | undefined => kindByCode.get(code)
export const vitalCodes = (kind: VitalKind): string[] => [vitals[kind].code, ...vitals[kind].alsoCodes]

/** One value as it is kept: in the kind's own unit. */
export const VitalValue = z.strictObject({ kind: VitalKind, value: z.number().min(0).max(1_000) })
export type VitalValue = z.infer<typeof VitalValue>

/** A measured vital sign and when it was taken. */
export const VitalPoint = z.object({ id: z.uuid(), value: z.number(), at: z.iso.datetime({ precision: 3 }), encounterId: z.uuid().nullable() })
export type VitalPoint = z.infer<typeof VitalPoint>

/** The last values of one kind, oldest first; the last one is the current one. */
export const VitalTrend = z.object({ kind: VitalKind, points: z.array(VitalPoint).min(1) })
export type VitalTrend = z.infer<typeof VitalTrend>

/** An observation as a vital sign, or undefined when it is none (or has no number, or another unit than ours). */
export function vitalOf(observation: Pick<Observation, 'code' | 'value' | 'unit'>): VitalValue | undefined {
  const kind = vitalKindOf(observation.code)
  if (kind === undefined || observation.value === null) return undefined
  const value = inOwnUnit(kind, observation.value, observation.unit)
  return value === undefined ? undefined : { kind, value }
}

/** Units met in imported charts. A unit nobody knows is not guessed at: then the value stays in the list and out of the trend. */
const factors: Readonly<Record<string, (value: number) => number>> = {
  'mm[Hg]': same, 'mmHg': same, '/min': same, '{beats}/min': same, '{breaths}/min': same, 'bpm': same, '%': same, 'Cel': same, '°C': same, 'kg': same, 'cm': same, '{score}': same,
  '[degF]': (value) => ((value - 32) * 5) / 9,
  '[lb_av]': (value) => value * 0.45359237,
  'g': (value) => value / 1_000,
  '[in_i]': (value) => value * 2.54,
  'm': (value) => value * 100,
}

function same(value: number): number {
  return value
}

function inOwnUnit(kind: VitalKind, value: number, unit: string | null): number | undefined {
  const convert = unit === null || unit === vitals[kind].unit || kind === 'pain' ? same : factors[unit]
  return convert === undefined ? undefined : Math.round(convert(value) * 100) / 100
}
