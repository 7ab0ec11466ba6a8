import tls, { type ConnectionOptions, type TLSSocket } from 'node:tls'
import { WebSocket } from 'ws'
import { limits } from '#shared/kernel/limits.ts'
import type { Address } from '#shared/sync/address.ts'

/**
 * A WebSocket over a TLS connection that we make ourselves: its exported keys and its certificates are needed, and an
 * address with a zone ("fe80::1%eth0") is no URL. The name in the URL is never looked up.
 */
export function openSocket({ host, port }: Address, path: '/sync' | '/pair', options: ConnectionOptions, maxPayload: number): { socket: WebSocket; tls: TLSSocket } {
  const channel = tls.connect({ ...options, host, port, minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3', ALPNProtocols: ['http/1.1'] })
  const socket = new WebSocket(`wss://cairn.invalid:${port}${path}`, {
    perMessageDeflate: false, maxPayload, handshakeTimeout: limits.network_handshake_seconds * 1_000,
    createConnection: () => channel,
  })
  return { socket, tls: channel }
}
