import { createPrivateKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto'
import { auditChains } from '#drizzle/schema/audit.ts'
import { assert } from '#shared/kernel/assert.ts'
import { fold } from '#shared/kernel/fold.ts'
import type { Id } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { connectionOf } from '../db/reading.ts'
import type { ReadDb, WriteDb } from '../db/types.ts'
import { blind, chainColumns, macOf, NO_MAC, type Cell } from './chain.ts'

/**
 * The keys of this machine's chain. They lie in the encrypted database: nobody without the data key can make a mac that
 * fits, and a new data key changes none of them. Whoever has the data key and knows this program can write the whole log
 * anew; that is what the anchors outside (anchors.log, exports, the fingerprint on paper) are for.
 */
export interface Chain {
  id: Id
  macKey: Buffer
  /** For searched words and rows before and after a change. It never leaves: without it nobody can try words. */
  blindKey: Buffer
  publicKey: Buffer
  signingKey: KeyObject
}

const opened = new WeakMap<object, Chain>()

/** The chain of an open database, read once for each connection. */
export function chainOf(db: ReadDb): Chain {
  const known = opened.get(connectionOf(db)) ?? readChain(db)
  assert(known, 'the chain begins when the database is opened')
  opened.set(connectionOf(db), known)
  return known
}

/** The word as the log would hold it, to ask whether it was searched for. */
export const hashedTerm = (db: ReadDb, word: string): string => blind(chainOf(db).blindKey, fold(word))

export function readChain(db: ReadDb): Chain | undefined {
  const row = db.select().from(auditChains).limit(1).get()
  return row && { ...row, signingKey: createPrivateKey({ key: row.privateKey, format: 'der', type: 'pkcs8' }) }
}

/** Begins the chain once for a database: makes its keys and takes the events in that are older than it. All of it, or nothing. */
export function beginChain(db: WriteDb, { id, now }: { id: Id; now: Instant }): void {
  if (db.select({ id: auditChains.id }).from(auditChains).limit(1).get()) return
  const pair = generateKeyPairSync('ed25519')
  const macKey = randomBytes(32)
  db.$client.transaction(() => {
    takeIn(db, macKey)
    db.insert(auditChains).values({
      id, createdAt: now, macKey, blindKey: randomBytes(32),
      publicKey: pair.publicKey.export({ format: 'der', type: 'spki' }), privateKey: pair.privateKey.export({ format: 'der', type: 'pkcs8' }),
    }).run()
  }).immediate()
}

/** Pages of rows, so that a large log is never in memory at once. */
const PAGE = 5_000

function takeIn(db: WriteDb, macKey: Buffer): void {
  const read = db.$client.prepare(`select ${chainColumns.join(', ')} from audit_events where seq > ? order by seq limit ${PAGE}`).raw()
  const seal = db.$client.prepare('update audit_events set mac = ? where seq = ?')
  let before: Buffer = NO_MAC
  let rows: Cell[][]
  let last = 0
  do {
    rows = read.all(last) as Cell[][] // The columns asked for.
    for (const cells of rows) {
      last = Number(cells[0])
      before = macOf(macKey, before, cells)
      seal.run(before, last)
    }
  } while (rows.length === PAGE)
}
