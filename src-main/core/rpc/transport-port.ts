import type { MessagePort as NodePort } from 'node:worker_threads'
import { limits } from '#shared/kernel/limits.ts'
import { CommonError, Refusal } from '#shared/rpc/errors.ts'
import type { PortReply, PortRequest } from '#shared/rpc/port-protocol.ts'
import type { Core } from '../core.ts'
import type { Door } from './context.ts'
import { budgetOf, fitsInMessage } from './window-limits.ts'

/** A window's port in the utility process, or a worker's in tests. */
export type CorePort = NodePort | Electron.MessagePortMain

/**
 * Serves one port: each request goes to the pipeline in the name of the door. It is our own and not oRPC's handler,
 * because for a window every tenth of a millisecond is felt and the message is ours on both ends.
 */
export function servePort(core: Core, port: CorePort, door: Door): void {
  const streams = new Map<number, AbortController>()
  const reply = (message: PortReply): void => port.postMessage(message)
  listen(port, (request) => {
    if ('cancel' in request) streams.get(request.id)?.abort()
    else if (mayAsk(core, door, request, streams.size, reply)) void answer(core, door, request, streams, reply)
  }, () => {
    for (const stream of streams.values()) stream.abort()
  })
}

type Ask = Exclude<PortRequest, { cancel: true }>

/** Refuses what no honest screen sends, before anything looks into it. */
function mayAsk(core: Core, door: Door, request: Ask, open: number, reply: (message: PortReply) => void): boolean {
  const { id } = request
  const budget = budgetOf(door)
  if (!budget.take()) {
    if (budget.isFirstRefusal()) core.pipeline.turnAway(door, pathOf(request), CommonError.TOO_MANY_CALLS)
    reply({ id, error: { code: CommonError.TOO_MANY_CALLS } })
    return false
  }
  const code = open >= limits.window_calls_open ? CommonError.TOO_MANY_CALLS : fitsInMessage(request) ? undefined : CommonError.TOO_LARGE
  if (code) reply({ id, error: { code: core.pipeline.turnAway(door, pathOf(request), code).code } })
  return code === undefined
}

async function answer(core: Core, door: Door, request: Ask, streams: Map<number, AbortController>, reply: (message: PortReply) => void): Promise<void> {
  const { id, input, seat } = request
  const stop = new AbortController()
  streams.set(id, stop)
  try {
    const output = await core.pipeline.call(door, { path: pathOf(request), input, signal: stop.signal, ...(typeof seat === 'string' ? { seat } : {}) })
    if (isStream(output)) {
      reply({ id, stream: true })
      for await (const piece of output) {
        if (stop.signal.aborted) return
        reply({ id, piece: JSON.stringify(piece ?? null) })
      }
      reply({ id, end: true })
    } else reply({ id, json: JSON.stringify(output ?? null) })
  } catch (error) {
    const { code, data } = error instanceof Refusal ? error : new Refusal(CommonError.INTERNAL)
    reply({ id, error: { code, ...(data === undefined ? {} : { data }) } })
  } finally {
    streams.delete(id)
  }
}

/** What is no list of names finds no procedure. */
function pathOf({ path }: Ask): readonly string[] {
  return Array.isArray(path) && path.length < 8 && path.every((name) => typeof name === 'string') ? path : []
}

/** Node's port hands over the message, Electron's an event with it. What is no request of ours is not answered. */
function listen(port: CorePort, onRequest: (request: PortRequest) => void, onClose: () => void): void {
  const take = (message: unknown): void => {
    if (isRequest(message)) onRequest(message)
  }
  if ('addEventListener' in port) port.on('message', take)
  else port.on('message', (event) => take(event.data))
  port.on('close', onClose)
}

/** The page is not trusted: path and input are looked at by the pipeline, the frame here. */
const isRequest = (message: unknown): message is PortRequest =>
  typeof message === 'object' && message !== null && 'id' in message && typeof message.id === 'number' && ('cancel' in message || 'path' in message)

const isStream = (value: unknown): value is AsyncIterable<unknown> => typeof value === 'object' && value !== null && Symbol.asyncIterator in value
