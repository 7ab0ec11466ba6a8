import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cashOf, differenceCents, expectedCents, proposedLeft, toBankCents, whyNotClose } from '#shared/domains/billing/rules.drawer.ts'

const cash = { floatCents: 20_000, cashInCents: 7_500, cashOutCents: 500 }

describe('the drawer', () => {
  it.each([
    [27_000, 20_000, null, undefined],
    [26_500, 20_000, null, 'DIFFERENCE_NEEDS_REASON'],
    [26_500, 20_000, 'Gave too much change', undefined],
    [27_500, 20_000, null, 'DIFFERENCE_NEEDS_REASON'],
    [27_000, 27_001, null, 'LEFT_ABOVE_COUNT'],
    [27_000, 27_000, null, undefined],
    [0, 0, null, 'DIFFERENCE_NEEDS_REASON'],
  ] as const)('counted %i, left %i, reason %s: %s', (countedCents, leftCents, reason, refusal) => {
    expect(whyNotClose(cash, { countedCents, leftCents, reason })).toBe(refusal)
  })

  it('asks for cash only of what was taken in cash', () => {
    const card = { method: 'card', takenCents: 9_000, refundedCents: 0, count: 2 } as const
    expect(cashOf([card])).toEqual({ cashInCents: 0, cashOutCents: 0 })
    expect(cashOf([card, { method: 'cash', takenCents: 7_500, refundedCents: 500, count: 3 }])).toEqual({ cashInCents: 7_500, cashOutCents: 500 })
  })

  it('loses no cent between what was there, what was counted, what stays and what goes to the bank', () => {
    const cents = fc.integer({ min: 0, max: 1_000_000 })
    fc.assert(fc.property(cents, cents, cents, cents, (floatCents, cashInCents, cashOutCents, countedCents) => {
      const of = { floatCents, cashInCents, cashOutCents }
      const leftCents = proposedLeft(floatCents, countedCents)
      expect(whyNotClose(of, { countedCents, leftCents, reason: 'x' })).toBeUndefined()
      expect(toBankCents({ countedCents, leftCents }) + leftCents).toBe(expectedCents(of) + differenceCents(of, countedCents))
    }))
  })
})
