import { once } from 'node:events'
import { startWorker } from '../workers.ts'
import type { WriteDb } from './types.ts'

/**
 * Every page's checksum (SQLCipher's HMAC is checked as a page is read) and the structure of every table and index;
 * empty when all is well. Linear in the size of the file: on the core's thread for small files and the doctor only.
 */
export function findDamage(db: WriteDb): string[] {
  const rows = db.$client.prepare('pragma quick_check(20)').all() as { quick_check: string }[] // SQLite's own column.
  return rows.map((row) => row.quick_check).filter((line) => line !== 'ok')
}

/** The same in a worker thread: resolves with what is broken. */
export async function checkDatabase(path: string, key: Uint8Array): Promise<string[]> {
  const worker = startWorker('check-database', { path, key })
  try {
    const [found] = (await once(worker, 'message')) as [string[]] // What the worker posts.
    return found
  } finally {
    await worker.terminate()
  }
}
