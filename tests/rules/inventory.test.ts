import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expiryOf, isBelowReorder, lotNumberOf, mayCorrect, pickFirstToExpire, suggestedOrder, wasAlreadyCounted, whyNotTake } from '#shared/domains/inventory/rules.ts'
import { readScan } from '#shared/domains/inventory/rules.scan.ts'

const TODAY = '2026-11-17'
const lot = (id: string, expiresOn: string | null, quantity: number, more: { quarantinedAt?: string; placeId?: string } = {}) =>
  ({ id, lotNumber: id, expiresOn, quarantinedAt: more.quarantinedAt ?? null, levels: [{ placeId: more.placeId ?? 'fridge', quantity }] })

describe('expiry', () => {
  it.each([
    [null, 'none'], ['2026-11-16', 'expired'], ['2026-11-17', 'within-30'], ['2026-12-17', 'within-30'], ['2026-12-18', 'within-60'], ['2027-01-16', 'within-60'],
    ['2027-02-15', 'within-90'], ['2027-02-16', 'later'],
  ] as const)('%s is %s: the day on the label is the last one', (expiresOn, expected) => expect(expiryOf(expiresOn, TODAY)).toBe(expected))
})

describe('picking the first to expire', () => {
  const lots = [lot('late', '2028-03-31', 88), lot('soon', '2027-01-31', 8), lot('undated', null, 5), lot('gone', '2026-11-01', 40), lot('recalled', '2026-12-01', 20, { quarantinedAt: 'x' })]
  it.each([
    [5, [['soon', 5]], 0],
    [14, [['soon', 8], ['late', 6]], 0],
    [101, [['soon', 8], ['late', 88], ['undated', 5]], 0],
    [104, [['soon', 8], ['late', 88], ['undated', 8]], 3],
  ] as const)('%i spans lots and never takes what is expired or in quarantine', (wanted, picks, short) => {
    const picked = pickFirstToExpire(lots, wanted, TODAY)
    expect(picked.picks.map(({ lotId, quantity }) => [lotId, quantity])).toEqual(picks)
    expect(picked.short).toBe(short)
  })

  it('goes below zero at the first lot it knows, and takes nothing where there is none', () => {
    expect(pickFirstToExpire([lot('empty', '2027-01-31', 0)], 2, TODAY)).toEqual({ picks: [{ lotId: 'empty', placeId: 'fridge', quantity: 2 }], short: 2 })
    expect(pickFirstToExpire([lot('gone', '2026-01-31', 9)], 2, TODAY)).toEqual({ picks: [], short: 2 })
    expect(pickFirstToExpire(lots, 1, TODAY, 'cabinet')).toEqual({ picks: [], short: 1 })
  })

  const anyLots = fc.uniqueArray(
    fc.record({ id: fc.uuid(), lotNumber: fc.string(), expiresOn: fc.constantFrom(null, '2026-11-16', '2026-11-17', '2027-02-01', '2028-01-01'), quarantinedAt: fc.constantFrom(null, null, 'x'), quantity: fc.integer({ min: -5, max: 50 }) }),
    { selector: (one) => one.id, maxLength: 8 },
  )
  it('gives all that was wanted or nothing, and says what the records do not know of', () => {
    fc.assert(fc.property(anyLots, fc.integer({ min: 1, max: 200 }), (given, wanted) => {
      const all = given.map(({ quantity, ...one }) => ({ ...one, levels: [{ placeId: 'p', quantity }] }))
      const { picks, short } = pickFirstToExpire(all, wanted, TODAY)
      const free = given.filter((one) => whyNotTake(one, TODAY) === undefined)
      const known = free.reduce((sum, { quantity }) => sum + Math.max(0, quantity), 0)
      expect(short).toBe(Math.max(0, wanted - known))
      expect(picks.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(free.length > 0 ? wanted : 0)
      expect(picks.every(({ lotId, quantity }) => quantity > 0 && free.some(({ id }) => id === lotId))).toBe(true)
      // Whatever is left untouched of what could be taken does not expire before what was taken.
      const dates = picks.map(({ lotId }) => free.find(({ id }) => id === lotId)?.expiresOn ?? '9999')
      expect(dates.toSorted()).toEqual(dates)
    }))
  })
})

describe('what is to be ordered', () => {
  it.each([
    [{ reorderPoint: 10, parLevel: 40 }, 11, false, 0],
    [{ reorderPoint: 10, parLevel: 40 }, 10, true, 30],
    [{ reorderPoint: 10, parLevel: null }, -2, true, 22],
    [{ reorderPoint: 0, parLevel: 0 }, 0, true, 1],
    [{ reorderPoint: null, parLevel: 40 }, -5, false, 0],
  ])('%o with %i', (item, usable, isBelow, order) => {
    expect(isBelowReorder(item, usable)).toBe(isBelow)
    expect(suggestedOrder(item, usable)).toBe(order)
  })
})

describe('a move', () => {
  it('that was written before a count and arrives after it was counted already', () => {
    expect(wasAlreadyCounted('2026-11-17T10:00:00.000Z', '2026-11-17T11:00:00.000Z')).toBe(true)
    expect(wasAlreadyCounted('2026-11-17T11:00:00.000Z', '2026-11-17T11:00:00.000Z')).toBe(false)
    expect(wasAlreadyCounted('2026-11-17T10:00:00.000Z', null)).toBe(false)
  })

  it.each([
    ['dispense', null, 'me', false, true], ['dispense', null, 'other', false, false], ['dispense', null, 'other', true, true], ['count', null, 'me', true, false], ['waste', 'x', 'me', true, false],
  ])('%s is taken back by its author or whoever keeps the stock, once', (kind, correctsId, movedBy, mayManage, expected) =>
    expect(mayCorrect({ kind, correctsId, movedBy }, { userId: 'me', mayManage })).toBe(expected))
})

describe('what a scanner reads', () => {
  const FNC1 = '\u001D'
  it.each([
    [']d201003123456789061727033110DX4471', { barcode: '00312345678906', expiresOn: '2027-03-31', lotNumber: 'DX4471' }],
    [`010031234567890610dx4471${FNC1}17270200`, { barcode: '00312345678906', lotNumber: 'DX4471', expiresOn: '2027-02-28' }],
    ['(01)00312345678906(21)SERIAL9(17)280229(10)AB-1', { barcode: '00312345678906', expiresOn: '2028-02-29', lotNumber: 'AB-1' }],
    ['0312345678906', { barcode: '00312345678906' }],
    ['amoxicillin', undefined], ['', undefined], ['10AB', undefined], ['01123', undefined],
  ])('%s', (text, expected) => expect(readScan(text)).toEqual(expected))

  it('never fails, whatever comes', () => {
    fc.assert(fc.property(fc.string(), (text) => void readScan(text)))
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'0123456789()', FNC1), maxLength: 40 }), (text) => void readScan(text)))
  })

  it('a lot is written one way', () => expect(lotNumberOf(' dx 44-71 ')).toBe('DX44-71'))
})
