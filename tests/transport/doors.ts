import { MessageChannel } from 'node:worker_threads'
import { ORPCError } from '@orpc/client'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import { WebSocket } from 'ws'
import { makeClient, type CairnClient } from '#shared/rpc/client.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { createPortClient } from '#shared/rpc/port-client.ts'
import type { Core } from '#main/core/core.ts'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import { servePort } from '#main/core/rpc/transport-port.ts'
import { serveSockets } from '#main/core/rpc/transport-socket.ts'

export interface OpenedDoor {
  client: CairnClient
  close(): Promise<void>
}

/** Every way into the core; the same cases run over each of them. */
export const doors: Record<string, (core: Core) => Promise<OpenedDoor>> = {
  'in process': async (core) => {
    const door = core.openDoor('test')
    return { client: inProcessClient(core, door), close: async () => core.closeDoor(door) }
  },
  'message port': async (core) => {
    const { port1, port2 } = new MessageChannel()
    servePort(core, port2, core.openDoor('window'))
    const caller = createPortClient((request) => port1.postMessage(request))
    port1.on('message', caller.receive)
    port1.on('close', caller.lose)
    return { client: makeClient(caller.call), close: async () => port1.close() }
  },
  'web socket': async (core) => {
    const server = await serveSockets(core)
    const socket = new WebSocket(server.url)
    await new Promise((resolve) => socket.once('open', resolve))
    return {
      client: clientOver(new SocketLink({ websocket: socket })),
      close: async () => {
        socket.close()
        await server.close()
      },
    }
  },
}

type Link = { call(path: readonly string[], input: unknown, options: { context: Record<never, never>; signal?: AbortSignal }): Promise<unknown> }

function clientOver(link: Link): CairnClient {
  return makeClient(async (path, input, options) => {
    try {
      // Shared code cannot say AbortSignal; every caller has one.
      const output = await link.call(path, input, { context: {}, ...(options?.signal ? { signal: options.signal as AbortSignal } : {}) })
      return isStream(output) ? readWithCodes(output) : output
    } catch (error) {
      throw asRefusal(error)
    }
  })
}

async function* readWithCodes(pieces: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  try {
    yield* pieces
  } catch (error) {
    throw asRefusal(error)
  }
}

const asRefusal = (error: unknown): unknown => (error instanceof ORPCError ? refuse(String(error.code), error.data) : error)

const isStream = (value: unknown): value is AsyncIterable<unknown> => typeof value === 'object' && value !== null && Symbol.asyncIterator in value
