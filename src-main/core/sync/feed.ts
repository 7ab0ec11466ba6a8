import { createHash } from 'node:crypto'
import { assert } from '#shared/kernel/assert.ts'
import { limits } from '#shared/kernel/limits.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { Scope } from '#shared/rpc/define.ts'
import { scopes, type Chains, type FeedRow, type FeedTx } from '#shared/sync/messages.ts'
import { prepared } from '../db/statements.ts'
import type { ReadDb, WriteDb } from '../db/types.ts'
import { readSync, writeSync } from './context.ts'

/** The head of an empty chain. */
export const NO_CHAIN = '0'.repeat(64)

interface StoredRow { scope: Scope; table: string; pk: string; op: 'put' | 'delete'; data: string | null; tx: number }

const statements = prepared((db: ReadDb) => ({
  rowsOf: db.$client.prepare('select tx, scope, table_name as "table", pk, op, data from sync_feed where tx = ? order by seq'),
  rowsBetween: db.$client.prepare('select tx, scope, table_name as "table", pk, op, data from sync_feed where tx > ? and tx <= ? order by tx, seq'),
  /** Rows of the transactions after a number, counted only as far as a page reaches. */
  countOf: db.$client.prepare('select tx, count(*) as rows, sum(octet_length(data)) as bytes from sync_feed where tx > ? group by tx order by tx limit ?'),
  txBetween: db.$client.prepare('select tx, at, chains from sync_feed_tx where tx > ? and tx <= ? order by tx'),
  txAt: db.$client.prepare('select chains from sync_feed_tx where tx = ?'),
  // Each by itself: asked for together they would read the whole table, and every page asks.
  bounds: db.$client.prepare('select (select min(tx) from sync_feed_tx) as first, (select max(tx) from sync_feed_tx) as last'),
  oldest: db.$client.prepare('select tx from sync_feed_tx where at < ? and tx <= ? order by tx limit 200').pluck(),
  removeRows: db.$client.prepare('delete from sync_feed where tx <= ?'),
  removeTxs: db.$client.prepare('delete from sync_feed_tx where tx <= ?'),
  insertTx: db.$client.prepare('insert into sync_feed_tx (tx, at, epoch, chains) values (?, ?, ?, ?)'),
  insertRow: db.$client.prepare('insert into sync_feed (tx, scope, table_name, pk, op, data) values (?, ?, ?, ?, ?, ?)'),
}))

/** Each feed's chain after these rows: SHA-256 over the head before and the rows of that feed, to the letter. */
export function chainsAfter(before: Chains, tx: number, rows: readonly FeedRow[]): Chains {
  const after: Chains = { ...before }
  for (const scope of scopes) {
    const mine = rows.filter((row) => row.scope === scope)
    if (mine.length === 0) continue
    after[scope] = createHash('sha256').update(before[scope] ?? NO_CHAIN).update(JSON.stringify([tx, mine.map((row) => [row.table, row.pk, row.op, row.data])])).digest('hex')
  }
  return after
}

/**
 * Ends the host's transaction in the feed: whatever the triggers have written since the last seal gets the next number
 * and its place in the chains. Inside the committing transaction, so that numbers have no gap. Answers the number, or
 * undefined when nothing was changed.
 */
export function sealFeed(db: WriteDb, at: Instant): number | undefined {
  const { role, nextTx, chains, epoch } = readSync(db)
  assert(role === 'host', 'only the host orders what happens')
  const rows = statements(db).rowsOf.all(nextTx) as StoredRow[] // The columns of the select.
  if (rows.length === 0) return undefined
  const after = chainsAfter(chains, nextTx, rows)
  statements(db).insertTx.run(nextTx, at, epoch, JSON.stringify(after))
  writeSync(db, { nextTx: nextTx + 1, chains: after })
  return nextTx
}

/** First and last transaction that can still be handed out; `last` is what is sealed. */
export function feedBounds(db: ReadDb): { first: number; last: number } {
  const { first, last } = statements(db).bounds.get() as { first: number | null; last: number | null } // Of an empty feed: nulls.
  return { first: first ?? readSync(db).nextTx, last: last ?? readSync(db).nextTx - 1 }
}

/** The chains as they stood after a transaction, as far as these feeds go; undefined for one that is not there. */
export function chainsAt(db: ReadDb, tx: number, allowed: readonly Scope[]): Chains | undefined {
  const text = tx === 0 ? '{}' : (statements(db).txAt.pluck().get(tx) as string | undefined) // One column.
  return text === undefined ? undefined : only(JSON.parse(text) as Chains, allowed) // Written by `sealFeed`.
}

const only = (chains: Chains, allowed: readonly Scope[]): Chains => Object.fromEntries(allowed.flatMap((scope) => (chains[scope] === undefined ? [] : [[scope, chains[scope]]])))

export const areSameChains = (a: Chains, b: Chains): boolean => scopes.every((scope) => (a[scope] ?? NO_CHAIN) === (b[scope] ?? NO_CHAIN))

/** The transactions after `after`, whole ones, about a page of rows; of each only what may reach that machine's disk. */
export function readPage(db: ReadDb, after: number, allowed: readonly Scope[], pageRows: number): { to: number; txs: FeedTx[] } {
  const to = endOfPage(db, after, pageRows)
  const rows = statements(db).rowsBetween.all(after, to) as StoredRow[] // The columns of the select.
  const heads = statements(db).txBetween.all(after, to) as { tx: number; at: Instant; chains: string }[] // The columns of the select.
  const byTx = Map.groupBy(rows.filter((row) => allowed.includes(row.scope)), (row) => row.tx)
  const txs = heads.flatMap(({ tx, at, chains }): FeedTx[] => {
    const mine = byTx.get(tx)
    return mine ? [{ tx, at, rows: mine.map(({ tx: _, ...row }) => row), chains: only(JSON.parse(chains) as Chains, allowed) }] : [] // Written by `sealFeed`.
  })
  return { to, txs }
}

function endOfPage(db: ReadDb, after: number, pageRows: number): number {
  const { last } = feedBounds(db)
  const counts = statements(db).countOf.all(after, pageRows) as { tx: number; rows: number; bytes: number | null }[] // The columns of the select.
  let [sum, weight] = [0, 0]
  let end = after
  for (const { tx, rows, bytes } of counts) {
    // By weight, too: papers and photos are long rows, and a page has to fit into a frame.
    if (tx > last || (sum > 0 && (sum + rows > pageRows || weight + (bytes ?? 0) > limits.sync_page_bytes))) break
    sum += rows
    weight += bytes ?? 0
    end = tx
  }
  return counts.length < pageRows && counts.every((one) => one.tx <= end || one.tx > last) ? Math.max(last, after) : end
}

/** A standby keeps what it takes: as a host it hands it out under the same numbers. */
export function keepTx(db: WriteDb, { tx, at, rows, chains }: FeedTx, epoch: number): void {
  const { insertRow, insertTx } = statements(db)
  for (const row of rows) insertRow.run(tx, row.scope, row.table, row.pk, row.op, row.data)
  insertTx.run(tx, at, epoch, JSON.stringify(chains))
}

/** Takes the oldest transactions out of the feed, a few hundred at a time; false when there are no more that old. The chains go on: each head holds all before it. */
export function trimFeed(db: WriteDb, { before, upTo }: { before: Instant; upTo: number | null }): boolean {
  const { last } = feedBounds(db)
  const old = statements(db).oldest.all(before, Math.min(upTo ?? last, last - 1)) as number[] // One column.
  const end = old.at(-1)
  if (end === undefined) return false
  db.$client.transaction(() => {
    statements(db).removeRows.run(end)
    statements(db).removeTxs.run(end)
  }).immediate()
  return true
}
