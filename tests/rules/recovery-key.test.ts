import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { formatRecoveryKey, parseRecoveryKey } from '#shared/kernel/recovery-key.ts'

const secret = fc.uint8Array({ minLength: 32, maxLength: 32 })
const symbols = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

describe('the printed recovery key', () => {
  it('is 14 groups of four without I, O, 0 and 1, and comes back from paper in any case and spacing', () => {
    fc.assert(fc.property(secret, fc.constantFrom(' ', '-', '', '\n'), (bytes, between) => {
      const groups = formatRecoveryKey(bytes)
      expect(groups).toHaveLength(14)
      expect(groups.every((group) => /^[A-HJ-NP-Z2-9]{4}$/.test(group))).toBe(true)
      expect(parseRecoveryKey(groups.join(between).toLowerCase())).toEqual(bytes)
    }))
  })

  it('notices one misread symbol, wherever it stands', () => {
    let missed = 0
    let tried = 0
    for (const seed of [1, 77, 200]) {
      const text = formatRecoveryKey(new Uint8Array(32).map((_, i) => (i * 37 + seed * 11) % 256)).join('')
      for (let at = 0; at < text.length; at += 1) {
        for (const symbol of symbols) {
          if (symbol === text[at]) continue
          tried += 1
          if (parseRecoveryKey(text.slice(0, at) + symbol + text.slice(at + 1))) missed += 1
        }
      }
    }
    expect(tried).toBe(3 * 56 * 31)
    expect(missed).toBe(0)
  })

  it('notices two neighbours in the wrong order', () => {
    fc.assert(fc.property(secret, fc.integer({ min: 0, max: 54 }), (bytes, at) => {
      const text = formatRecoveryKey(bytes).join('')
      fc.pre(text[at] !== text[at + 1])
      expect(parseRecoveryKey(text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2))).toBeUndefined()
    }), { numRuns: 2_000 })
  })

  it('refuses what is too short, too long or has a symbol that no sheet has', () => {
    const text = formatRecoveryKey(new Uint8Array(32)).join(' ')
    for (const bad of ['', text.slice(0, -1), `${text} AAAA`, text.replace('A', '0'), text.replace('A', 'O'), text.replace('A', 'Ä')]) expect(parseRecoveryKey(bad)).toBeUndefined()
  })
})
