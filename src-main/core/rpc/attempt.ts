import { Refusal } from '#shared/rpc/errors.ts'
import type { WriteDb } from '../db/types.ts'

export type Attempted<T> = { isDone: true; result: T } | { isDone: false; refusal: Refusal }

/** One of several acts inside a command's transaction: a refusal takes back what this one wrote (a savepoint) and is handed over. */
export function attempt<T>(db: WriteDb, act: () => T): Attempted<T> {
  try {
    return { isDone: true, result: db.$client.transaction(act)() }
  } catch (error) {
    if (error instanceof Refusal) return { isDone: false, refusal: error }
    throw error
  }
}
