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
 * The same router over WebSocket, for programs on this machine: on loopback, or at a local address (a file or pipe that
 * only this account can open). Machines come in by another door (core/network/server.ts). Browsers are refused by their
 * Origin header, so that no web page on this machine can knock. `operate` answers plain requests of the operator.
 */
export async function serveSockets(core: Core, at?: { address: string; operate: (request: http.IncomingMessage, response: http.ServerResponse) => void }): Promise<SocketDoor> {
  const handler = new RPCHandler(orpcRouter(core))
  const server = http.createServer((request, response) => (at ? at.operate(request, response) : response.writeHead(404).end()))
  const sockets = new WebSocketServer({
    server, path: '/rpc', maxPayload: MESSAGE_BYTES_MAX,
    verifyClient: ({ req }: { req: http.IncomingMessage }) => req.headers.origin === undefined,
  })
  sockets.on('connection', (socket) => {
    const door = core.openDoor('socket')
    handler.upgrade(socket, { context: { door } })
    socket.once('close', () => core.closeDoor(door))
  })
  await new Promise<void>((resolve) => (at ? server.listen(at.address, resolve) : server.listen(0, '127.0.0.1', resolve)))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: at ? `ws+unix:${at.address}:/rpc` : `ws://127.0.0.1:${port}/rpc`,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
