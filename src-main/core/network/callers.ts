import type { TLSSocket } from 'node:tls'
import { fingerprintOf } from './certificates.ts'
import type { AttackKind } from './attacks.ts'

/** What the host's list says of a certificate. Looked up at the handshake and again before each message. */
export type DeviceOf = (fingerprint: string) => { id: string; state: 'active' | 'revoked' } | undefined

/** Whoever stands at the other end of a connection. */
export type Caller = { is: 'machine'; deviceId: string; fingerprint: string } | { is: 'stranger' } | { is: 'refused'; attack: AttackKind; deviceId?: string }

/** The handshake has proved that the other end holds the key of its certificate; here we decide whether that is one of ours. */
export function callerOf(socket: TLSSocket, deviceOf: DeviceOf): Caller {
  const certificate = socket.getPeerX509Certificate()
  if (!certificate) return { is: 'stranger' }
  if (!socket.authorized) return { is: 'refused', attack: String(socket.authorizationError).includes('CERT_HAS_EXPIRED') ? 'expired-certificate' : 'foreign-certificate' }
  const fingerprint = fingerprintOf(certificate.raw)
  const device = deviceOf(fingerprint)
  if (!device) return { is: 'refused', attack: 'unknown-certificate' }
  if (device.state !== 'active') return { is: 'refused', attack: 'revoked-certificate', deviceId: device.id }
  return { is: 'machine', deviceId: device.id, fingerprint }
}

export const remoteOf = (socket: { remoteAddress?: string | undefined }): string => (socket.remoteAddress ?? 'unknown').replace(/^::ffff:/, '')
