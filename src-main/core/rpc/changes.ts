import type { Topic } from '#shared/rpc/define.ts'

/** What changed, by topic: whoever reads it asks again. No row and no patient, because every door hears it, signed in or not. */
export interface Change {
  topics: readonly Topic[]
}

export interface Changes {
  publish(change: Change): void
  /** Yields each change from now on until the signal aborts; bursts while the reader is busy are kept in order. */
  subscribe(signal: AbortSignal): AsyncGenerator<Change>
}

export function createChanges(): Changes {
  const listeners = new Set<(change: Change) => void>()
  return {
    publish: (change) => {
      for (const listener of listeners) listener(change)
    },
    subscribe: (signal) => {
      const waiting: Change[] = []
      let wake = (): void => {}
      const listener = (change: Change): void => {
        waiting.push(change)
        wake()
      }
      // Registered at once, not at the first next(): nothing that happens in between is missed.
      listeners.add(listener)
      signal.addEventListener('abort', () => wake(), { once: true })
      return drain(waiting, signal, (resume) => (wake = resume), () => listeners.delete(listener))
    },
  }
}

async function* drain(waiting: Change[], signal: AbortSignal, onWake: (resume: () => void) => void, stop: () => void): AsyncGenerator<Change> {
  try {
    while (!signal.aborted) {
      const next = waiting.shift()
      if (next) yield next
      else await new Promise<void>((resume) => onWake(resume))
    }
  } finally {
    stop()
  }
}
