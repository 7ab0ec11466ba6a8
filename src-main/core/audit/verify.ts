import { createPublicKey } from 'node:crypto'
import type { Finding } from '#shared/domains/audit/model.ts'
import type { ReadDb } from '../db/types.ts'
import { anchorsIn, hasGoodSignature, lastAnchors, type AnchorFile, type AnchorLine } from './anchors.ts'
import { chainColumns, macOf, NO_MAC, type Cell } from './chain.ts'
import { explain, type SealedRow } from './explain.ts'
import { readChain, type Chain } from './keys.ts'

export interface Checked {
  rows: number
  lastSeq: number
  anchors: number
  finding: Finding | null
}

/** So many rows take a few milliseconds: between two pieces the event loop is free. */
const PIECE = 500
/** Whoever looks for the right place of a row looks so far. */
const NEARBY = 5_000

/**
 * Walks the chain and names the first thing that is wrong; yields the number of the last good row after each piece.
 * `tail` begins at the last signed anchor instead of the first row. It reads the database as it is and trusts nothing in
 * it: signatures are checked, and a number that was given and has no row is a row that was taken away.
 */
export function* verifyChain(db: ReadDb, file: AnchorFile | undefined, span: 'all' | 'tail'): Generator<number, Checked> {
  const chain = readChain(db)
  if (!chain) return { rows: 0, lastSeq: 0, anchors: 0, finding: { kind: 'no-chain', seq: 0 } }
  const known = span === 'tail' ? lastAnchors(db, 1) : anchorsIn(db)
  const inFile = span === 'tail' ? (file?.lines ?? []).slice(-1) : (file?.lines ?? [])
  // Most stand in both places: one look at each.
  const anchors = [...new Map([...known, ...inFile].map((one) => [`${one.seq} ${one.mac} ${one.signature} ${one.at} ${one.chain}`, one])).values()]
  const badAnchor = findBadAnchor(chain, anchors)
  const from = span === 'tail' ? known.at(-1) : undefined
  const walk = yield* walkRows(db, chain, new Map(anchors.map((one) => [one.seq, one.mac])), from)
  const finding = walk.finding ?? badAnchor ?? findCut(db, anchors, walk.lastSeq) ?? (span === 'tail' ? null : findMissingAnchor(known, file, walk.lastSeq)) ?? null
  return { rows: walk.rows, lastSeq: walk.lastSeq, anchors: known.length, finding }
}

function findBadAnchor(chain: Chain, anchors: readonly AnchorLine[]): Finding | undefined {
  const key = createPublicKey({ key: chain.publicKey, format: 'der', type: 'spki' })
  const bad = anchors.find((one) => one.chain !== chain.id || !hasGoodSignature(key, one))
  return bad && { kind: 'anchor', seq: bad.seq }
}

/** The log once went further than it does now. */
function findCut(db: ReadDb, anchors: readonly AnchorLine[], lastSeq: number): Finding | undefined {
  const given = db.$client.prepare(`select seq from sqlite_sequence where name = 'audit_events'`).pluck().get()
  const reached = Math.max(Number(given ?? 0), ...anchors.map((one) => one.seq))
  return reached > lastSeq ? { kind: 'truncated', seq: lastSeq + 1 } : undefined
}

/** Each anchor stands in both places; only the newest may miss from one, when the machine stopped between the two. */
function findMissingAnchor(known: readonly AnchorLine[], file: AnchorFile | undefined, lastSeq: number): Finding | undefined {
  const inFile = new Set(file?.lines.map((one) => one.seq))
  const inDatabase = new Set(known.map((one) => one.seq))
  const removed = file?.lines.find((one) => !inDatabase.has(one.seq) && one.seq <= lastSeq)
  if (removed) return { kind: 'anchor', seq: removed.seq }
  const lost = known.slice(0, -1).find((one) => !inFile.has(one.seq))
  if (lost) return { kind: 'anchor-file', seq: lost.seq }
  return file && file.unreadable > 0 ? { kind: 'anchor-file', seq: 0 } : undefined
}

interface Walk { rows: number; lastSeq: number; finding: Finding | undefined }

function* walkRows(db: ReadDb, chain: Chain, anchors: ReadonlyMap<number, string>, from: AnchorLine | undefined): Generator<number, Walk> {
  let before: Buffer = from ? Buffer.from(from.mac, 'hex') : NO_MAC
  let last = from?.seq ?? 0
  let rows = 0
  if (from && rowAt(db, from.seq)?.mac?.toString('hex') !== from.mac) return { rows, lastSeq: last, finding: { kind: rowAt(db, from.seq) ? 'anchor' : 'missing', seq: from.seq } }
  for (let after = from?.seq ?? Number.MIN_SAFE_INTEGER; ; after = last) {
    const piece = rowsAfter(db, after, PIECE)
    for (const row of piece) {
      const finding = judge(db, chain, { before, last, row, anchor: anchors.get(row.seq) })
      if (finding || !row.mac) return { rows, lastSeq: last, finding: finding ?? undefined }
      before = row.mac
      last = row.seq
      rows += 1
    }
    if (piece.length < PIECE) return { rows, lastSeq: last, finding: undefined }
    yield last
  }
}

interface Step { before: Buffer; last: number; row: SealedRow; anchor: string | undefined }

function judge(db: ReadDb, chain: Chain, { before, last, row, anchor }: Step): Finding | undefined {
  if (row.seq <= last) return { kind: 'inserted', seq: row.seq }
  if (row.seq > last + 1) return { kind: 'missing', seq: last + 1 }
  if (!row.mac || !macOf(chain.macKey, before, row.cells).equals(row.mac)) return explain(chain.macKey, before, rowsAfter(db, last, NEARBY))
  // It fits its neighbours but not what was signed: the log was written anew, somewhere since the anchor before.
  return anchor !== undefined && anchor !== row.mac.toString('hex') ? { kind: 'anchor', seq: row.seq } : undefined
}

const columns = [...chainColumns, 'mac'].join(', ')

function rowsAfter(db: ReadDb, seq: number, limit: number): SealedRow[] {
  return (db.$client.prepare(`select ${columns} from audit_events where seq > ? order by seq limit ?`).raw().all(seq, limit) as (Cell | Buffer)[][]).map(toRow) // The columns asked for.
}

function rowAt(db: ReadDb, seq: number): SealedRow | undefined {
  const found = db.$client.prepare(`select ${columns} from audit_events where seq = ?`).raw().get(seq)
  return found ? toRow(found as (Cell | Buffer)[]) : undefined // The columns asked for.
}

function toRow(values: (Cell | Buffer)[]): SealedRow {
  const mac = values.pop()
  const cells = values as Cell[] // All but the mac are text and numbers.
  return { seq: Number(cells[0]), cells, mac: Buffer.isBuffer(mac) && mac.length === 32 ? mac : null }
}
