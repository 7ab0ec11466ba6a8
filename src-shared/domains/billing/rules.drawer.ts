import type { Cents } from '../../kernel/money.ts'
import type { MethodTotal } from './model.views.ts'

interface Cash { floatCents: Cents; cashInCents: Cents; cashOutCents: Cents }
interface Count { countedCents: Cents; leftCents: Cents; reason: string | null }

/** What should be in the drawer. Below zero when more was given back in cash than was ever in it. */
export const expectedCents = ({ floatCents, cashInCents, cashOutCents }: Cash): Cents => floatCents + cashInCents - cashOutCents

/** Above zero: more in the drawer than the ledger says. */
export const differenceCents = (cash: Cash, countedCents: Cents): Cents => countedCents - expectedCents(cash)

export const toBankCents = ({ countedCents, leftCents }: Pick<Count, 'countedCents' | 'leftCents'>): Cents => countedCents - leftCents

/** The float of the day before stays, as far as there is money for it. */
export const proposedLeft = (floatCents: Cents, countedCents: Cents): Cents => Math.min(floatCents, countedCents)

export const cashOf = (byMethod: readonly MethodTotal[]): Pick<Cash, 'cashInCents' | 'cashOutCents'> => {
  const cash = byMethod.find((one) => one.method === 'cash')
  return { cashInCents: cash?.takenCents ?? 0, cashOutCents: cash?.refundedCents ?? 0 }
}

export type CloseRefusal = 'LEFT_ABOVE_COUNT' | 'DIFFERENCE_NEEDS_REASON'

/** A difference is written down and explained, not made to go away. */
export function whyNotClose(cash: Cash, { countedCents, leftCents, reason }: Count): CloseRefusal | undefined {
  if (leftCents > countedCents) return 'LEFT_ABOVE_COUNT'
  if (differenceCents(cash, countedCents) !== 0 && !reason) return 'DIFFERENCE_NEEDS_REASON'
  return undefined
}
