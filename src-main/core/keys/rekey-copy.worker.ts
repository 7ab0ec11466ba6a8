import { parentPort, workerData } from 'node:worker_threads'
import { Refusal } from '#shared/rpc/errors.ts'
import { findDamage } from '../db/damage.ts'
import { closeDb, openDb } from '../db/open.ts'
import { catchUp, copyPages, NOTHING_CAUGHT, type CopyWish } from './rekey-copy.ts'
import type { CopyMessage } from './rotation.ts'

/** Copies the records under another key, brings the copy up to date and reads it whole, all beside the core's own loop. */
const wish = workerData as CopyWish // Given by `rotateDataKey` only.
const tell = (message: CopyMessage): void => parentPort?.postMessage(message)
/** Each round takes what was written during the one before; what is left after the last is a handful of pages. */
const ROUNDS = 5

try {
  for await (const done of copyPages(wish)) tell({ done: done * 0.7 })
  let caught = catchUp(wish, NOTHING_CAUGHT, false)
  tell({ done: 0.72 })
  const db = openDb({ path: wish.target, key: wish.to })
  const damage = findDamage(db)
  closeDb(db)
  if (damage.length > 0) tell({ refused: 'DATABASE_DAMAGED' })
  else {
    for (let round = 0; round < ROUNDS; round += 1) caught = catchUp(wish, caught, false)
    tell({ caught })
  }
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  tell({ refused: error.code })
}
