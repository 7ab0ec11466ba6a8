import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { WebSocket } from 'ws'
import { makeClient, type CairnClient } from '#shared/rpc/client.ts'
import { refuse, Refusal } from '#shared/rpc/errors.ts'

/** The far end of `serveSockets`: the same calls as a window's, from another process of this machine. */
export async function connectSocket(url: string): Promise<{ client: CairnClient; close: () => void }> {
  const socket = new WebSocket(url)
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }) // Node's socket has what the link uses of the browser's.
  const remote = createORPCClient(link) as unknown // Called by path below.
  const client = makeClient(async (names, input, options) => {
    let target = remote
    for (const name of names) target = (target as Record<string, unknown>)[name] // A proxy: every name answers.
    try {
      return await (target as (input: unknown, options?: unknown) => Promise<unknown>)(input, options)
    } catch (error) {
      throw refusalOf(error)
    }
  })
  return { client, close: () => socket.terminate() }
}

/** The socket's errors carry the code as the router gave it. */
function refusalOf(error: unknown): unknown {
  if (error instanceof Refusal || typeof error !== 'object' || error === null || !('code' in error)) return error
  return refuse(String(error.code), 'data' in error ? error.data : undefined)
}
