import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clockBackSeconds, csvCell, isAnchorDue, keptUntil, mayPurge, paperFingerprint } from '#shared/domains/audit/rules.ts'
import { canonical, macOf } from '#main/core/audit/chain.ts'
import { explain, type SealedRow } from '#main/core/audit/explain.ts'

describe('how long an event is kept', () => {
  it('R39: a purge of an event that is 5 years and 364 days old is refused, at 6 years it is not', () => {
    const at = '2020-11-17T15:00:00.000Z'
    expect(keptUntil(at)).toBe('2026-11-17T15:00:00.000Z')
    expect(mayPurge(at, '2026-11-16T15:00:00.000Z')).toBe(false)
    expect(mayPurge(at, '2026-11-17T14:59:59.999Z')).toBe(false)
    expect(mayPurge(at, '2026-11-17T15:00:00.000Z')).toBe(true)
    expect(keptUntil('2020-02-29T00:00:00.000Z')).toBe('2026-03-01T00:00:00.000Z')
  })
})

describe('when an anchor is due', () => {
  it('R07: after a thousand events or an hour, and never for nothing', () => {
    expect([isAnchorDue({ rows: 999, ms: 1 }), isAnchorDue({ rows: 1_000, ms: 1 }), isAnchorDue({ rows: 1, ms: 3_600_000 }), isAnchorDue({ rows: 0, ms: 9e9 })]).toEqual([false, true, true, false])
  })
})

describe('the clock', () => {
  it('is marked when it goes back by more than two minutes', () => {
    const at = '2026-11-17T15:00:00.000Z'
    expect([clockBackSeconds(at, '2026-11-17T14:58:00.000Z'), clockBackSeconds(at, '2026-11-17T14:57:59.000Z'), clockBackSeconds(at, '2026-11-18T15:00:00.000Z')]).toEqual([0, 121, 0])
  })
})

describe('a cell of the CSV', () => {
  it('is quoted and never a formula, whatever is in it', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      const cell = csvCell(text)
      expect(cell).toMatch(/^"(?![=+\-@\t\r])/)
      const inside = cell.slice(1, -1).replaceAll('""', '"')
      expect(inside === text || inside === `'${text}`).toBe(true)
      expect(cell.slice(1, -1).replaceAll('""', '')).not.toContain('"')
    }), { numRuns: 200 })
    expect([csvCell(null), csvCell(12), csvCell('=1+1'), csvCell('\tx')]).toEqual(['""', '"12"', `"'=1+1"`, `"'\tx"`])
  })
})

describe('the fingerprint for paper', () => {
  it('is twelve letters that nobody confuses, and another for another digest', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (digest) => {
      expect(paperFingerprint(digest)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/)
      const other = Uint8Array.from(digest, (byte, i) => (i === 3 ? byte ^ 1 : byte))
      expect(paperFingerprint(other)).not.toBe(paperFingerprint(digest))
    }))
  })
})

describe('the chain', () => {
  const key = Buffer.alloc(32, 5)
  const rows: SealedRow[] = []
  for (let seq = 1; seq <= 6; seq += 1) {
    const cells = [seq, `time ${seq}`, 'chart.opened', null, null]
    rows.push({ seq, cells, mac: macOf(key, rows.at(-1)?.mac ?? Buffer.alloc(32), cells) })
  }
  const [first, second, third] = rows as [SealedRow, SealedRow, SealedRow]

  it('R07: gives a row one text, and the same when a later release adds a column', () => {
    expect(canonical([1, 'a', null, 'b', null, null])).toBe('[1,"a",null,"b"]')
    expect(canonical([1, 'a', null, 'b', null, null, null])).toBe(canonical([1, 'a', null, 'b', null, null]))
    fc.assert(fc.property(fc.array(fc.option(fc.string()), { maxLength: 8 }), fc.array(fc.option(fc.string()), { maxLength: 8 }), (a, b) => {
      const cut = (cells: (string | null)[]): (string | null)[] => cells.slice(0, cells.findLastIndex((cell) => cell !== null) + 1)
      expect(canonical(a) === canonical(b)).toBe(JSON.stringify(cut(a)) === JSON.stringify(cut(b)))
    }))
  })

  it('R07: tells what happened to the first row that does not fit', () => {
    const before = first.mac ?? Buffer.alloc(32)
    const moved = (row: SealedRow, seq: number): SealedRow => ({ ...row, seq, cells: [seq, ...row.cells.slice(1)] })
    const rest = rows.slice(2)
    expect(explain(key, before, [{ ...second, cells: [2, 'other', 'chart.opened', null, null] }, ...rest])).toEqual({ kind: 'altered', seq: 2 })
    expect(explain(key, before, [{ ...second, mac: null }, ...rest])).toEqual({ kind: 'inserted', seq: 2 })
    expect(explain(key, before, [{ seq: 2, cells: [2, 'new', 'x', null, null], mac: Buffer.alloc(32, 1) }, ...rows.slice(1).map((row) => moved(row, row.seq + 1))])).toEqual({ kind: 'inserted', seq: 2 })
    expect(explain(key, before, rest.map((row) => moved(row, row.seq - 1)))).toEqual({ kind: 'missing', seq: 2 })
    expect(explain(key, before, [moved(third, 2), moved(second, 3), ...rows.slice(3)])).toEqual({ kind: 'reordered', seq: 2 })
  })
})
