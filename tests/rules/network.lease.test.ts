import fc from 'fast-check'
import { expect, test } from 'vitest'
import { leaseOf, mrnAfterFork, seriesLetterOf } from '#shared/domains/network/rules.ts'
import { addMinutes } from '#shared/kernel/time.ts'

const SEEN = '2026-11-17T15:00:00.000Z'
const after = (days: number) => leaseOf(SEEN, addMinutes(SEEN, days * 24 * 60))

test.each([
  [0, null, false], [2, null, false], [3, 3, false], [6, 3, false], [7, 7, false], [13, 7, false], [14, 14, true], [400, 14, true],
])('after %i days without the host the warning is %o and the lease has ended: %o', (days, warning, hasEnded) => {
  expect(after(days)).toEqual({ days, warning, hasEnded })
})

test('a clock behind the last meeting takes no days away and gives none', () => {
  expect(after(-5)).toEqual({ days: 0, warning: null, hasEnded: false })
})

test.each([[1, 'A'], [2, 'B'], [26, 'Z'], [27, 'AA'], [52, 'AZ'], [53, 'BA'], [702, 'ZZ'], [703, 'AAA']])('epoch %i counts its invoices under %s', (epoch, letter) => {
  expect(seriesLetterOf(epoch)).toBe(letter)
})

test('no two epochs have the same letter', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 20_000 }), (one, other) => one === other || seriesLetterOf(one) !== seriesLetterOf(other)))
})

test('patients’ numbers of a new host begin where fifty thousand of the old one’s have room below', () => {
  expect([100_001, 149_999, 150_001, 200_001, 1].map(mrnAfterFork)).toEqual([200_001, 200_001, 300_001, 300_001, 100_001])
  fc.assert(fc.property(fc.integer({ min: 1, max: 10_000_000 }), (next) => mrnAfterFork(next) - next >= 50_000 && mrnAfterFork(next) - next <= 150_001))
})
