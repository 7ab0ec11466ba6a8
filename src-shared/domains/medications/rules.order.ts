import type { PrescriptionOrder } from './model.ts'
import { scheduleOf } from './rules.knowledge.ts'
import { canonicalStrength } from './rules.strength.ts'
import { formWords, frequencyWords } from './rules.words.ts'

/** Why an order cannot be signed; each belongs to one field, and the screen says it there. */
export const OrderProblem = {
  strengthUnreadable: 'strength-unreadable',
  doseMissing: 'dose-missing',
  unitOfOtherForm: 'unit-of-other-form',
  daysMissing: 'days-missing',
  /** As needed: for what, or a pharmacy asks back (and a payer does). */
  reasonMissing: 'reason-missing',
  quantityMissing: 'quantity-missing',
  quantityInParts: 'quantity-in-parts',
  /** 21 CFR 1306.12: schedule II is never refilled. */
  noRefillsAllowed: 'no-refills-allowed',
  /** 21 CFR 1306.22: schedule III and IV at most five times within six months. */
  tooManyRefills: 'too-many-refills',
} as const
export type OrderProblem = (typeof OrderProblem)[keyof typeof OrderProblem]
export type OrderField = 'strength' | 'dose' | 'days' | 'asNeededFor' | 'quantity' | 'refills'
export interface FieldProblem { field: OrderField; problem: OrderProblem }

const REFILLS_MAX = 12
const REFILLS_CONTROLLED_MAX = 5

export function orderProblems(order: PrescriptionOrder): FieldProblem[] {
  const { drug, dose, doseUnit, days, quantity, refills } = order
  const form = formWords[drug.form]
  const schedule = scheduleOf(drug.generic)
  const refillsMax = schedule === null ? REFILLS_MAX : REFILLS_CONTROLLED_MAX
  const checks: [isWrong: boolean, field: OrderField, problem: OrderProblem][] = [
    [canonicalStrength(drug.strength) !== drug.strength, 'strength', OrderProblem.strengthUnreadable],
    [dose <= 0, 'dose', OrderProblem.doseMissing],
    [!form.doseUnits.includes(doseUnit), 'dose', OrderProblem.unitOfOtherForm],
    [days === 0 || (days === null && schedule !== null && order.frequency !== 'once'), 'days', OrderProblem.daysMissing],
    [order.isAsNeeded && order.asNeededFor === null, 'asNeededFor', OrderProblem.reasonMissing],
    [quantity <= 0, 'quantity', OrderProblem.quantityMissing],
    [quantity > 0 && form.quantityUnit !== 'mL' && form.quantityUnit !== 'g' && !Number.isInteger(quantity), 'quantity', OrderProblem.quantityInParts],
    [schedule === 'II' && refills > 0, 'refills', OrderProblem.noRefillsAllowed],
    [schedule !== 'II' && refills > refillsMax, 'refills', OrderProblem.tooManyRefills],
  ]
  return checks.flatMap(([isWrong, field, problem]) => (isWrong ? [{ field, problem }] : []))
}

type Counted = Pick<PrescriptionOrder, 'dose' | 'frequency' | 'days'> & { drug: Pick<PrescriptionOrder['drug'], 'form'> }

/** Pieces or millilitres that dose, frequency and days come to; null where a package is handed out whole, or nobody can say. */
export function computedQuantity({ drug, dose, frequency, days }: Counted): number | null {
  const { perDay } = frequencyWords[frequency]
  if (!formWords[drug.form].isCounted || dose <= 0) return null
  if (perDay === null) return roundUp(dose)
  return days === null || days <= 0 ? null : roundUp(dose * doses(perDay, days))
}

/** Once a week for 30 days is five times: the day on which it begins counts. */
const doses = (perDay: number, days: number): number => Math.ceil(perDay * days - 1e-9)
const roundUp = (value: number): number => Math.ceil(value - 1e-9)

/** How many days the quantity lasts, where it can be computed and is not what the days come to. */
export function quantityMismatch(order: PrescriptionOrder): { lastsDays: number; computed: number } | null {
  const computed = computedQuantity(order)
  const { perDay } = frequencyWords[order.frequency]
  if (computed === null || perDay === null || order.quantity <= 0 || order.quantity === computed) return null
  return { lastsDays: Math.floor(order.quantity / (order.dose * perDay) + 1e-9), computed }
}

const CHRONIC_DAYS = 28

/** Taken on and on: what "renew all" offers, and what stays among the current medications when its supply has run out. */
export const isChronic = ({ days, isAsNeeded, frequency }: Pick<PrescriptionOrder, 'days' | 'isAsNeeded' | 'frequency'>): boolean =>
  frequency !== 'once' && !isAsNeeded && (days === null || days >= CHRONIC_DAYS)

/** The days that all of it lasts, refills included; null where it goes on. */
export const suppliedDays = ({ days, refills }: Pick<PrescriptionOrder, 'days' | 'refills'>): number | null => (days === null ? null : days * (refills + 1))
