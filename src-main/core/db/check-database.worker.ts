import { parentPort, workerData } from 'node:worker_threads'
import { closeDb, openDb } from './open.ts'
import { findDamage } from './damage.ts'

/** Reads every page on a connection of its own and tells what is broken; an empty list when all is well. */
const { path, key } = workerData as { path: string; key: Uint8Array } // Given by `checkDatabase` only.
try {
  const db = openDb({ path, key, readonly: true })
  const found = findDamage(db)
  closeDb(db)
  parentPort?.postMessage(found)
} catch {
  parentPort?.postMessage(['unreadable'])
}
