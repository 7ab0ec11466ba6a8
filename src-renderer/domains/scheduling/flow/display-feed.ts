import type { DisplayFeed } from '#shared/domains/flow/contract.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import { api } from '#renderer/rpc/api.ts'
import { onConnect } from '#renderer/rpc/port.ts'

/** `closed`: the records are not open on this machine, or nobody who may call has opened this display. */
export type Shown = { is: 'starting' } | { is: 'closed' } | { is: 'open'; feed: DisplayFeed }

/** What the calls, the settings of the display and the clinic's name are told by. */
const topicsOfFeed = new Set(['flow', 'clinic', 'session'])

/** Tells the calls now and whenever they change, for as long as the window lives, also after the core was started again. */
export function followFeed(tell: (shown: Shown) => void): () => void {
  let current = new AbortController()
  const ask = async (): Promise<void> => {
    try {
      tell({ is: 'open', feed: await api.flow.displayFeed({}) })
    } catch (error) {
      // While the core is coming back, what was called stays on the screen.
      if (!(error instanceof Refusal) || error.code !== 'CONNECTION_LOST') tell({ is: 'closed' })
    }
  }
  const listen = async (signal: AbortSignal): Promise<void> => {
    try {
      for await (const { topics } of await api.session.changes({}, { signal })) if (topics.some((topic) => topicsOfFeed.has(topic))) void ask()
    } catch {
      // The port closed or the window did; a new port starts this again.
    }
  }
  const follow = (): void => {
    current.abort()
    current = new AbortController()
    void ask()
    void listen(current.signal)
  }
  const stop = onConnect(follow)
  follow()
  return () => {
    stop()
    current.abort()
  }
}
