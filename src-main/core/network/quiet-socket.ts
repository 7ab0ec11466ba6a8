import dgram from 'node:dgram'

type Loose = (...values: unknown[]) => unknown

/**
 * A datagram socket that tells of its troubles and never throws. The discovery library works inside the socket's events
 * and inside timers of its own: what it throws there nobody else could catch, and it would end the core. It does so when
 * the port could not be had (it says its name again on a socket that is closed by then), and who knows what packets do.
 */
export function quietSocket(onTrouble: (code: string) => void): dgram.Socket {
  const socket = dgram.createSocket({ type: 'udp4', reuseAddr: true })
  const quietly = (act: Loose, otherwise: (error: unknown, values: unknown[]) => unknown): Loose => (...values) => {
    try {
      return act(...values)
    } catch (error) {
      return otherwise(error, values)
    }
  }
  const tell = (error: unknown): void => onTrouble(error instanceof Error && 'code' in error ? String(error.code) : 'MDNS_PACKET')
  const emit = quietly(socket.emit.bind(socket) as Loose, tell) // Every event alike.
  return Object.assign(socket, {
    emit,
    bind: quietly(socket.bind.bind(socket) as Loose, (error) => process.nextTick(() => emit('error', error))),
    send: quietly(socket.send.bind(socket) as Loose, (error, values) => {
      const answer = values.at(-1)
      if (typeof answer === 'function') process.nextTick(() => (answer as Loose)(error))
    }),
  }) as dgram.Socket
}
