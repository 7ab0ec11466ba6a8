import { parentPort, workerData } from 'node:worker_threads'
import { Refusal } from '#shared/rpc/errors.ts'
import { closeDb, damageOf, openDb } from '../db/open.ts'
import type { ReadDb } from '../db/types.ts'
import { readAnchorFile } from './anchors.ts'
import { verifyChain, type Checked } from './verify.ts'
import type { VerifyMessage } from './run-verify.ts'

/** Walks the whole chain on a connection and a thread of its own; says how far it is, then what it found. */
const { path, key, folder } = workerData as { path: string; key: Uint8Array; folder: string } // Given by `runVerify` only.
const tell = (message: VerifyMessage): void => parentPort?.postMessage(message)
/** A message each so many pieces: nobody watches more closely. */
const PIECES_TOLD = 4

try {
  const db = openDb({ path, key, readonly: true })
  // One snapshot: what is written meanwhile is no row that is missing.
  tell({ checked: db.$client.transaction(() => run(db))() })
  closeDb(db)
} catch (error) {
  const known = damageOf(error)
  if (!(known instanceof Refusal)) throw error
  tell({ refused: known.code })
}

function run(db: ReadDb): Checked {
  const total = Number(db.$client.prepare('select max(seq) from audit_events').pluck().get() ?? 0)
  const walk = verifyChain(db, readAnchorFile(folder), 'all')
  let pieces = 0
  let step = walk.next()
  for (; !step.done; step = walk.next()) {
    pieces += 1
    if (pieces % PIECES_TOLD === 0) tell({ done: step.value, total })
  }
  return step.value
}
