import dgram from 'node:dgram'

/**
 * A datagram socket whose listeners may throw without ending the program. The discovery library trusts what it hears: an
 * announcement with a part missing makes it throw inside the socket's event, where nobody else could catch it, and then
 * one packet from anywhere in the network would end the core.
 */
export function quietSocket(onTrouble: (code: string) => void): dgram.Socket {
  const socket = dgram.createSocket({ type: 'udp4', reuseAddr: true })
  const emit = socket.emit.bind(socket) as (event: string | symbol, ...values: unknown[]) => boolean // Every event alike.
  const quietly = (event: string | symbol, ...values: unknown[]): boolean => {
    try {
      return emit(event, ...values)
    } catch (error) {
      onTrouble(error instanceof Error && 'code' in error ? String(error.code) : 'MDNS_PACKET')
      return true
    }
  }
  return Object.assign(socket, { emit: quietly })
}
