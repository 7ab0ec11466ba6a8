import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { code128Bars, code128Values, QUIET_MODULES } from '#shared/domains/patients/rules.barcode.ts'

/** As a scanner sees it: dark and light modules, without the quiet zones. */
function modules(text: string): string {
  const { bars, width } = code128Bars(text) ?? { bars: [], width: 2 * QUIET_MODULES }
  const row = Array.from({ length: width }, () => '0')
  for (const bar of bars) row.fill('1', bar.x, bar.x + bar.width)
  return row.slice(QUIET_MODULES, -QUIET_MODULES).join('')
}

describe('Code 128', () => {
  it.each([
    // Worked out by hand: 105 + 1·42 + 2·18 + 3·40 + 4·20 + 5·50 = 633, and 633 mod 103 = 15.
    ['4218402050', [105, 42, 18, 40, 20, 50, 15, 106]],
    ['102664', [105, 10, 26, 64, (105 + 10 + 52 + 192) % 103, 106]],
    // An odd digit at the end goes into set B.
    ['10266', [105, 10, 26, 100, 22, (105 + 10 + 52 + 300 + 88) % 103, 106]],
    ['123', [104, 17, 18, 19, (104 + 17 + 36 + 57) % 103, 106]],
    ['Wikipedia', [104, 55, 73, 75, 73, 80, 69, 68, 73, 65, 88, 106]],
  ])('%s has the symbols %j', (text, values) => expect(code128Values(text)).toEqual(values))

  it('draws the standard’s own bars: start B, A, the check symbol, stop', () => {
    expect(modules('A')).toBe(['11010010000', '10100011000', '10001011000', '1100011101011'].join(''))
    expect(modules('00')).toBe(['11010010000', '10011101100', '10011101100', modules('00').slice(33, 44), '1100011101011'].join(''))
  })

  it('has for each symbol three bars and three spaces of eleven modules, dark ones always even in number', () => {
    const seen = new Set<string>()
    for (let value = 0; value < 95; value += 1) {
      const symbol = modules(String.fromCharCode(value + 32)).slice(11, 22)
      expect(symbol).toMatch(/^1+0+1+0+1+0+$/)
      expect([...symbol].filter((one) => one === '1').length % 2).toBe(0)
      seen.add(symbol)
    }
    expect(seen.size).toBe(95)
  })

  it('is read back as it was written', () => {
    const symbolOf = new Map(Array.from({ length: 95 }, (_, value) => [modules(String.fromCharCode(value + 32)).slice(11, 22), value]))
    fc.assert(fc.property(fc.string({ unit: fc.integer({ min: 65, max: 126 }).map((code) => String.fromCharCode(code)), minLength: 1, maxLength: 20 }), (text) => {
      const row = modules(text).slice(11, -24)
      const read = row.match(/.{11}/g)?.map((symbol) => String.fromCharCode((symbolOf.get(symbol) ?? -1) + 32)).join('')
      expect(read).toBe(text)
    }))
  })

  it.each(['', 'Ünal', '\t', '12\n'])('has no symbols for %j', (text) => {
    expect(code128Values(text)).toBeUndefined()
    expect(code128Bars(text)).toBeUndefined()
  })

  it('leaves light of ten modules on both sides', () => {
    const { bars, width } = code128Bars('102664') ?? { bars: [], width: 0 }
    expect(bars[0]?.x).toBe(10)
    const last = bars.at(-1)
    expect(width - ((last?.x ?? 0) + (last?.width ?? 0))).toBe(10)
    // Start, three pairs, check and stop.
    expect(width).toBe(10 + 11 * 5 + 13 + 10)
  })
})
