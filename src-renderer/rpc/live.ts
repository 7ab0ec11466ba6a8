import { api, invalidateAll, invalidateTopics } from './api.ts'
import { onConnect } from './port.ts'

/**
 * Follows the core's changes for as long as the window lives: each change makes the answers that depend on it be asked
 * again. After a reconnect everything is, because nobody knows what was missed.
 */
export function followChanges(onSession: () => void): () => void {
  let current = new AbortController()
  const follow = (): void => {
    current.abort()
    current = new AbortController()
    invalidateAll()
    onSession()
    void readChanges(current.signal, onSession)
  }
  const stop = onConnect(follow)
  void readChanges(current.signal, onSession)
  return () => {
    stop()
    current.abort()
  }
}

/** What the answer to "who is at this window" is made of. */
const sessionTopics = new Set(['session', 'clinic', 'staff'])

async function readChanges(signal: AbortSignal, onSession: () => void): Promise<void> {
  try {
    for await (const { topics } of await api.session.changes({}, { signal })) {
      invalidateTopics(topics)
      if (topics.some((topic) => sessionTopics.has(topic))) onSession()
    }
  } catch {
    // The port closed or the window did; a new port starts this again.
  }
}
