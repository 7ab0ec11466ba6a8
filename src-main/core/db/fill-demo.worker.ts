import { parentPort, workerData } from 'node:worker_threads'
import { demoRows, type DemoWish } from '#drizzle/seed/demo.ts'
import { rowWriter } from '#drizzle/seed/rows.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import type { FillMessage } from './fill-demo.ts'
import { closeDb, damageOf, openDb } from './open.ts'

/** Writes the demo clinic in one transaction: in pieces it would encrypt the same pages again and again, three times as slow. */
const { path, key, wish } = workerData as { path: string; key: Uint8Array; wish: DemoWish } // Given by `fillDemo` only.
const tell = (message: FillMessage): void => parentPort?.postMessage(message)
const PROGRESS_STEP = 0.01

try {
  const db = openDb({ path, key, building: true })
  tell({ numbers: db.$client.transaction(() => fill(rowWriter(db.$client)))() })
  closeDb(db)
} catch (error) {
  const known = damageOf(error)
  if (!(known instanceof Refusal)) throw error
  tell({ refused: known.code })
}

function fill(write: ReturnType<typeof rowWriter>) {
  const pieces = demoRows(wish)
  let told = 0
  let piece = pieces.next()
  for (; !piece.done; piece = pieces.next()) {
    write(piece.value.rows)
    if (piece.value.done < told + PROGRESS_STEP) continue
    told = piece.value.done
    tell({ done: told })
  }
  return piece.value
}
