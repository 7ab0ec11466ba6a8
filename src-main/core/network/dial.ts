import tls, { type ConnectionOptions, type PeerCertificate, type TLSSocket } from 'node:tls'
import type { WebSocket } from 'ws'
import { limits } from '#shared/kernel/limits.ts'
import type { Address } from '#shared/sync/address.ts'
import { deviceOfCertificate, serverNameOf } from './certificates.ts'
import type { NetworkIdentity } from './identity.ts'
import { openSocket } from './open-socket.ts'

/** Why a host could not be talked to at one address. */
export type DialFailure =
  /** Nobody answers there, or the way is broken. */
  | 'unreachable'
  /** Somebody answers who has no certificate of this clinic. */
  | 'other-clinic'
  /** This machine reached itself. */
  | 'itself'
  /** The host has taken this machine off its list. */
  | 'revoked'
  /** The host has never heard of this machine, or no longer. */
  | 'unknown-machine'

export interface Dialled {
  socket: WebSocket
  tls: TLSSocket
  /** The machine that answered, by its certificate. Any machine of the clinic could: the engine asks for the epoch's proof. */
  hostId: string
}

const OWN = 'CAIRN_OWN_CERTIFICATE'

/** Nothing is trusted but the clinic's own authority, and of its machines not oneself. */
export function tlsOptionsOf(identity: NetworkIdentity): ConnectionOptions {
  return {
    ca: [identity.authority], cert: identity.certificate, key: identity.privateKey, rejectUnauthorized: true,
    minVersion: 'TLSv1.3', servername: serverNameOf(identity.clinicId),
    checkServerIdentity: (name: string, certificate: PeerCertificate) =>
      deviceOfCertificate(certificate.raw) === identity.deviceId
        ? Object.assign(new Error('this machine reached itself'), { code: OWN })
        : tls.checkServerIdentity(name, certificate),
  }
}

/** One attempt at one address. Exactly one of the two is called, once; the answer gives up. */
export function dial(address: Address, identity: NetworkIdentity, opened: (dialled: Dialled) => void, failed: (why: DialFailure, hostId?: string) => void): () => void {
  const { socket, tls: channel } = openSocket(address, '/sync', tlsOptionsOf(identity), limits.sync_frame_bytes)
  let over = false
  const end = (then: () => void): void => {
    if (over) return
    over = true
    then()
  }
  socket.once('open', () => end(() => {
    const certificate = channel.getPeerX509Certificate()
    if (certificate) return opened({ socket, tls: channel, hostId: deviceOfCertificate(certificate.raw) })
    socket.terminate()
    failed('unreachable')
  }))
  socket.once('unexpected-response', (request, response) => {
    const certificate = channel.getPeerX509Certificate()
    request.destroy()
    end(() => failed(response.statusCode === 403 ? 'revoked' : response.statusCode === 401 ? 'unknown-machine' : 'unreachable', certificate && deviceOfCertificate(certificate.raw)))
  })
  socket.on('error', (error: Error & { code?: string }) => end(() => failed(failureOf(error))))
  return () => end(() => socket.terminate())
}

const foreign = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_SIGNATURE_FAILURE', 'CERT_UNTRUSTED', 'CERT_HAS_EXPIRED', 'INVALID_PURPOSE', 'ERR_TLS_CERT_ALTNAME_INVALID',
])

function failureOf({ code = '' }: { code?: string }): DialFailure {
  if (code === OWN) return 'itself'
  return foreign.has(code) ? 'other-clinic' : 'unreachable'
}
