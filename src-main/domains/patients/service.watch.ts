import { setImmediate as nextTick } from 'node:timers/promises'
import { likenessOf } from '#shared/domains/patients/rules.duplicates.ts'
import { REVIEW_SCORE } from '#shared/domains/patients/rules.merging.ts'
import type { Id } from '#shared/kernel/ids.ts'
import type { Core } from '#main/core/core.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import * as repository from './repository.pairs.ts'

/** Changes come in bursts: a form, a page of the host's rows, an import. */
const REST_MS = 300
/** A few milliseconds of one turn of the loop, so that nobody waits for it. */
const TURN_ROWS = 8

/**
 * Keeps the list of likely duplicates true to the rows, whatever they came by: a trigger queues whoever was written, and
 * here each is compared with those that an index puts beside them, a few at a time. The list is this machine's own.
 */
export function watchDuplicates(core: Core): { stop: () => void; look: () => void } {
  const ended = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const look = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => void compareQueued(core, ended.signal).catch((error: unknown) => core.logger.error({ kind: error instanceof Error ? error.name : 'unknown' }, 'likely duplicates could not be compared')), REST_MS)
    timer.unref()
  }
  void (async () => {
    for await (const { topics } of core.changes.subscribe(ended.signal)) if (topics.includes('patients')) look()
  })()
  return {
    look,
    stop: () => {
      clearTimeout(timer)
      ended.abort()
    },
  }
}

/** Compares everybody who is queued. Publishes once, at its end, and only where a pair has come or gone. */
export async function compareQueued(core: Core, signal?: AbortSignal): Promise<void> {
  const { vault } = core
  // A transaction that is open between two turns is somebody's own: nothing is mixed into it, and the queue waits.
  if (vault.state === 'open' && vault.writer.$client.inTransaction) return
  const isOver = (): boolean => vault.state !== 'open' || signal?.aborted === true
  let hasChanged = false
  while (!isOver() && repository.isAnybodyQueued(vault.reader)) {
    const db = vault.writer
    db.$client.transaction(() => {
      for (const id of repository.takeFromQueue(db, TURN_ROWS)) hasChanged = compareAnew(db, id) || hasChanged
    }).immediate()
    await nextTick()
  }
  if (hasChanged && !isOver()) core.changes.publish({ topics: ['duplicates'] })
}

/** True where a pair has come or gone. */
function compareAnew(db: WriteDb, id: Id): boolean {
  const person = repository.personById(db, id)
  const alike = person ? repository.candidatesOf(db, person).map((other) => ({ otherId: other.id, score: likenessOf(person, other).score })) : []
  return repository.replacePairs(db, id, alike.filter(({ score }) => score >= REVIEW_SCORE))
}
