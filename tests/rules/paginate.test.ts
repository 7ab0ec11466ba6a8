import fc from 'fast-check'
import { expect, test } from 'vitest'
import { paginate } from '#renderer/app/print/paginate.ts'

const rows = (amount: number, height = 10) => Array.from({ length: amount }, () => ({ height }))

test('fills a sheet before it begins the next', () => {
  expect(paginate(rows(5), 30, 30)).toEqual([[0, 1, 2], [3, 4]])
})

test('a heading does not end a sheet and totals do not break from their last row', () => {
  const blocks = [...rows(2), { height: 10, keepWithNext: true }, { height: 10 }]
  expect(paginate(blocks, 30, 30)).toEqual([[0, 1], [2, 3]])
})

test('leaves room for the table head that is repeated', () => {
  const blocks = rows(6).map((row) => ({ ...row, repeatHeight: 10 }))
  expect(paginate(blocks, 30, 30)).toEqual([[0, 1, 2], [3, 4], [5]])
})

test('every block is printed once and in order, whatever the sizes', () => {
  const block = fc.record({ height: fc.integer({ min: 1, max: 80 }), keepWithNext: fc.boolean(), repeatHeight: fc.integer({ min: 0, max: 20 }) })
  fc.assert(
    fc.property(fc.array(block, { maxLength: 60 }), fc.integer({ min: 40, max: 200 }), (blocks, room) => {
      expect(paginate(blocks, room, room).flat()).toEqual(blocks.map((_, index) => index))
    }),
  )
})
