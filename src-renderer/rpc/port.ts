import { setLinkState } from '#renderer/app/link-state.ts'
import type { CallFunction } from '#shared/rpc/client.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { createPortClient, type PortClient } from '#shared/rpc/port-client.ts'
import type { PortReply } from '#shared/rpc/port-protocol.ts'

/** How long calls wait for the core to come back after it was lost, before they give up. */
const RECONNECT_MS = 15_000

let link: PortClient | undefined
const waiting: (() => void)[] = []
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
  const next = createPortClient((request) => port.postMessage(request))
  port.addEventListener('message', (event: MessageEvent<PortReply>) => next.receive(event.data))
  port.addEventListener('close', () => lost(next))
  port.start()
  link?.lose()
  link = next
  setLinkState('connected')
  for (const wake of waiting.splice(0)) wake()
  for (const listener of listeners) listener()
}

/** Runs each time a core is connected, also after a restart: what was on the screen may be old. */
export function onConnect(listener: () => void): () => void {
  listeners.push(listener)
  return () => (listeners = listeners.filter((one) => one !== listener))
}

export const callOverPort: CallFunction = async (path, input, options) => {
  if (!link) await reconnected()
  if (!link) throw refuse('CONNECTION_LOST')
  return link.call(path, input, options)
}

function lost(gone: PortClient): void {
  gone.lose()
  if (link !== gone) return
  link = undefined
  setLinkState('reconnecting')
}

/** Until the next port comes, or for as long as anybody would wait. */
function reconnected(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve)
    setTimeout(resolve, RECONNECT_MS)
  })
}
