import { RPCHandler } from '@orpc/server/message-port'
import type { SupportedMessagePort } from '@orpc/client/message-port'
import type { Core } from '../core.ts'
import type { Door } from './context.ts'
import { orpcRouter } from './orpc-router.ts'

/** Serves message ports: a window's in the utility process, a worker's in tests. */
export function servePorts(core: Core): (port: SupportedMessagePort, door: Door) => void {
  const handler = new RPCHandler(orpcRouter(core))
  return (port, door) => handler.upgrade(port, { context: { door } })
}
