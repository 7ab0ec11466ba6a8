import { ORPCError } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { setLinkState } from '#renderer/app/link-state.ts'
import type { CallFunction } from '#shared/rpc/client.ts'
import { refuse, type Refusal } from '#shared/rpc/errors.ts'

type Link = RPCLink<Record<never, never>>

/** How long a call waits for the core to come back after it was lost, before it gives up. */
const RECONNECT_MS = 15_000

let link = pending()
let listeners: (() => void)[] = []

/**
 * Listens for the port that the shell hands over, now and again after each restart of the core.
 * Called once, before anything is asked.
 */
export function acceptPorts(): void {
  window.addEventListener('message', (event) => {
    const port = event.ports[0]
    if (event.source !== window || event.data !== 'cairn:port' || !port) return
    connect(port)
  })
  window.postMessage('cairn:ready', window.location.origin === 'null' ? '*' : window.location.origin)
}

/** Tests and other hosts of the page bring their own port. */
export function connect(port: MessagePort): void {
  const next: Link = new RPCLink({ port })
  port.addEventListener('close', () => lost(next))
  port.start()
  link.resolve(next)
  link = { ...pending(), promise: Promise.resolve(next), current: next }
  setLinkState({ kind: 'in-sync' })
  for (const listener of listeners) listener()
}

/** Runs each time a core is connected, also after a restart: what was on the screen may be old. */
export function onConnect(listener: () => void): () => void {
  listeners.push(listener)
  return () => (listeners = listeners.filter((one) => one !== listener))
}

export const callOverPort: CallFunction = async (path, input, options) => {
  const connected = await Promise.race([link.promise, afterMs(RECONNECT_MS)])
  if (!connected) throw refuse('CONNECTION_LOST')
  try {
    // Shared code cannot say AbortSignal; every caller has one.
    const output = await connected.call(path, input, { context: {}, ...(options?.signal ? { signal: options.signal as AbortSignal } : {}) })
    return isStream(output) ? refusing(output) : output
  } catch (error) {
    throw toRefusal(error)
  }
}

function lost(gone: Link): void {
  if (link.current !== gone) return
  link = pending()
  setLinkState({ kind: 'reconnecting' })
}

function pending(): { promise: Promise<Link>; resolve: (link: Link) => void; current: Link | undefined } {
  const { promise, resolve } = Promise.withResolvers<Link>()
  return { promise, resolve, current: undefined }
}

const afterMs = (ms: number): Promise<undefined> => new Promise((resolve) => setTimeout(() => resolve(undefined), ms))

async function* refusing(stream: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  try {
    yield* stream
  } catch (error) {
    throw toRefusal(error)
  }
}

function toRefusal(error: unknown): Refusal {
  if (error instanceof ORPCError) return refuse(String(error.code), error.data)
  return refuse('CONNECTION_LOST') // The port closed under the call: whether it was carried out is not known.
}

const isStream = (value: unknown): value is AsyncIterable<unknown> => typeof value === 'object' && value !== null && Symbol.asyncIterator in value
