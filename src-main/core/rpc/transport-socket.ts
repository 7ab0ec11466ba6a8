import http from 'node:http'
import { RPCHandler } from '@orpc/server/ws'
import { WebSocketServer } from 'ws'
import type { Core } from '../core.ts'
import { orpcRouter } from './orpc-router.ts'

export interface SocketDoor {
  url: string
  close(): Promise<void>
}

const MESSAGE_BYTES_MAX = 4 * 1024 * 1024

/**
 * The same router over WebSocket. Loopback only: pairing, mutual TLS and the LAN port come with the clinic's other
 * machines. Browsers are refused by their Origin header, so that no web page on this machine can knock.
 */
export async function serveSockets(core: Core): Promise<SocketDoor> {
  const handler = new RPCHandler(orpcRouter(core))
  const server = http.createServer((_request, response) => response.writeHead(404).end())
  const sockets = new WebSocketServer({
    server, path: '/rpc', maxPayload: MESSAGE_BYTES_MAX,
    verifyClient: ({ req }: { req: http.IncomingMessage }) => req.headers.origin === undefined,
  })
  sockets.on('connection', (socket) => {
    const door = core.openDoor('socket')
    handler.upgrade(socket, { context: { door } })
    socket.once('close', () => core.closeDoor(door))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `ws://127.0.0.1:${port}/rpc`,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
