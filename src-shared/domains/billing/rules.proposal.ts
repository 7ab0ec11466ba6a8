import type { FeeItem } from './model.ts'
import type { Proposal } from './model.views.ts'

/** What the rule reads of a visit; counts and codes, no text. */
export interface VisitContent {
  /** Not seen by this clinic in the three years before. */
  isNewPatient: boolean
  diagnoses: number
  /** Of these, not yet on the problem list when the visit began. */
  newDiagnoses: number
  /** Medications started or changed in the visit. */
  medications: number
  /** LOINC codes of tests and measurements that belong to the visit. */
  tests: readonly string[]
  /** Laboratory tests among them: these count as data reviewed, a pulse reading does not. */
  labTests: number
  immunizations: number
  /** The fee that the visit's type names. */
  typeFeeItemId?: string | null
}

const levels = ['minimal', 'low', 'moderate'] as const
type Level = (typeof levels)[number]
export const visitLevels = ['new-minimal', 'new-low', 'new-moderate', 'new-high', 'established-minimal', 'established-low', 'established-moderate', 'established-high'] as const

/**
 * The level of a visit follows medical decision making: problems, data and risk, of which two must reach it, so it is
 * the middle one of the three (CMS, Evaluation and Management Services Guide, MLN006764: office visits since 2021).
 * "High" is never proposed: it rests on judgement that no count shows, so the doctor chooses it.
 */
export function levelOf(content: VisitContent): Level {
  const problems = content.diagnoses >= 2 || content.newDiagnoses >= 1 && content.medications >= 1 ? 2 : content.diagnoses === 1 ? 1 : 0
  const data = content.labTests >= 3 ? 2 : content.labTests >= 1 ? 1 : 0
  const risk = content.medications >= 1 ? 2 : content.diagnoses >= 1 ? 1 : 0
  const middle = [problems, data, risk].toSorted((a, b) => a - b)[1] ?? 0
  return levels[middle] ?? 'minimal'
}

/** Proposes the visit's own fee and one line for each thing done that the fee schedule names. */
export function proposeFor(content: VisitContent, fees: readonly FeeItem[]): Proposal {
  const level = levelOf(content)
  const ofType = usualFee(content, fees)
  if (ofType) return { lines: [ofType], level, withoutFee: [], isNewPatient: content.isNewPatient, reason: 'The usual charge of this visit type: no diagnosis, test or drug is recorded.' }
  const wanted = new Map<string, number>([[`${content.isNewPatient ? 'new' : 'established'}-${level}`, 1]])
  for (const code of new Set(content.tests)) wanted.set(`loinc:${code}`, content.tests.filter((one) => one === code).length)
  if (content.immunizations > 0) wanted.set('immunization', content.immunizations)

  const lines: Proposal['lines'] = []
  const withoutFee: string[] = []
  for (const [key, times] of wanted) {
    const fee = fees.find((one) => one.isActive && one.proposeWhen === key)
    // A measurement is charged once a visit however often it was taken; an injection each time.
    const quantity = key === 'immunization' ? times : 1
    if (fee) lines.push({ feeItemId: fee.id, code: fee.code, label: fee.label, unitPriceCents: fee.priceCents, quantity, amountCents: fee.priceCents * quantity })
    else if (!key.startsWith('loinc:')) withoutFee.push(key)
  }
  return { lines, level, withoutFee, isNewPatient: content.isNewPatient, reason: reasonOf(content, level) }
}

/** What the visit type charges, as long as the visit itself says nothing else. A pulse that was taken says nothing. */
function usualFee({ typeFeeItemId, diagnoses, medications, tests, labTests, immunizations }: VisitContent, fees: readonly FeeItem[]): Proposal['lines'][number] | undefined {
  const hasTestFee = tests.some((code) => fees.some((one) => one.isActive && one.proposeWhen === `loinc:${code}`))
  if (hasTestFee || diagnoses + medications + labTests + immunizations > 0) return undefined
  const fee = fees.find((one) => one.isActive && one.id === typeFeeItemId)
  return fee && { feeItemId: fee.id, code: fee.code, label: fee.label, unitPriceCents: fee.priceCents, quantity: 1, amountCents: fee.priceCents }
}

/** "Why moderate: 2 known conditions, 1 prescription drug, 1 test.": the grounds in the order a coder reads them. */
function reasonOf(content: VisitContent, level: Level): string {
  const count = (n: number, one: string, many: string) => (n === 0 ? [] : [`${n} ${n === 1 ? one : many}`])
  const parts = [
    ...(content.isNewPatient ? ['first visit in three years'] : []),
    ...count(content.newDiagnoses, 'new diagnosis', 'new diagnoses'),
    ...count(content.diagnoses - content.newDiagnoses, 'known condition', 'known conditions'),
    ...count(content.medications, 'prescription drug', 'prescription drugs'),
    ...count(content.labTests, 'test', 'tests'),
  ]
  return `Why ${level}: ${parts.length > 0 ? parts.join(', ') : 'no diagnosis, test or drug is recorded yet'}.`
}
