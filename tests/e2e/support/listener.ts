import dgram from 'node:dgram'
import http from 'node:http'
import type net from 'node:net'
import { once } from 'node:events'

export interface Listener {
  /** Where a web page would be. */
  web: string
  /** Where a call between browsers would ask for its address. */
  udp: string
  /** Connections and packets so far, whatever was in them. */
  heard(): number
  close(): void
}

/** Counts everybody who comes, by TCP or UDP, on this machine's loopback. */
export async function listen(): Promise<Listener> {
  let heard = 0
  const web = http.createServer((_request, response) => response.end('reached'))
  web.on('connection', () => (heard += 1))
  web.listen(0, '127.0.0.1')
  const udp = dgram.createSocket('udp4').on('message', () => (heard += 1))
  udp.bind(0, '127.0.0.1')
  await Promise.all([once(web, 'listening'), once(udp, 'listening')])
  const port = (web.address() as net.AddressInfo).port // A listening TCP server has a port.
  return { web: `http://127.0.0.1:${port}`, udp: `stun:127.0.0.1:${udp.address().port}`, heard: () => heard, close: () => {
    web.close()
    udp.close()
  } }
}
