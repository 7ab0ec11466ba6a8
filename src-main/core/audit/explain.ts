import type { Finding } from '#shared/domains/audit/model.ts'
import { macOf, type Cell } from './chain.ts'

export interface SealedRow {
  seq: number
  cells: readonly Cell[]
  mac: Buffer | null
}

/** Rows that were taken away and closed up behind are looked for up to so many. */
const CLOSED_UP = 20

/**
 * What happened to the first row that does not fit, from the rows after it. A mac covers a row's own number and the mac
 * before it, so a row that stands in another's place still says where it belongs.
 */
export function explain(key: Uint8Array, before: Buffer, rows: readonly SealedRow[]): Finding {
  const [bad, next] = rows
  if (!bad) return { kind: 'missing', seq: 0 }
  const { seq } = bad
  if (!bad.mac) return { kind: 'inserted', seq }
  const fits = (previous: Buffer | null | undefined, row: SealedRow, number: number, mac: Buffer | null = row.mac): boolean =>
    Boolean(previous && mac && macOf(key, previous, [number, ...row.cells.slice(1)]).equals(mac))

  for (const [at, other] of rows.entries()) {
    if (at === 0) continue
    // Two rows changed places without their macs: each fits where the other stands.
    if (fits(before, other, seq, bad.mac) && fits(rows[at - 1]?.mac, bad, other.seq, other.mac)) return { kind: 'reordered', seq }
    if (!fits(before, other, seq)) continue
    // What belongs here stands there with its mac: exchanged when this one belongs there, pushed down when it belongs nowhere.
    const previous = at === 1 ? other.mac : rows[at - 1]?.mac
    return { kind: fits(previous, bad, other.seq) ? 'reordered' : at === 1 ? 'inserted' : 'reordered', seq }
  }
  for (let gone = 1; next && gone <= CLOSED_UP; gone += 1) {
    if (fits(bad.mac, next, next.seq + gone)) return { kind: 'missing', seq }
  }
  return { kind: 'altered', seq }
}
