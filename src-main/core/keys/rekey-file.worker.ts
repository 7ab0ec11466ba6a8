import { parentPort, workerData } from 'node:worker_threads'
import { Refusal } from '#shared/rpc/errors.ts'
import { findDamage } from '../db/damage.ts'
import { closeDb, damageOf, openDb } from '../db/open.ts'
import type { RekeyMessage, RekeyWish } from './rekey-file.ts'

/** Gives a file that nobody uses yet another key and reads it whole, beside the core's own loop. */
const { file, from, to } = workerData as RekeyWish // Given by `rekeyFile` only.
const tell = (message: RekeyMessage): void => parentPort?.postMessage(message)

try {
  // Each page's checksum is looked at on the way. A power cut leaves half a file, which is thrown away.
  const db = openDb({ path: file, key: from, building: true })
  db.$client.pragma(`rekey="x'${Buffer.from(to).toString('hex')}'"`)
  closeDb(db)
  const rekeyed = openDb({ path: file, key: to })
  const damage = findDamage(rekeyed)
  closeDb(rekeyed)
  tell(damage.length > 0 ? { refused: 'DATABASE_DAMAGED' } : { isDone: true })
} catch (error) {
  const known = damageOf(error)
  if (!(known instanceof Refusal)) throw error
  tell({ refused: known.code })
}
