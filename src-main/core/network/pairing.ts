import type { TLSSocket } from 'node:tls'
import type { WebSocket } from 'ws'
import { limits } from '#shared/kernel/limits.ts'
import { parsePairingCode } from '#shared/kernel/pairing-code.ts'
import { refuse, Refusal } from '#shared/rpc/errors.ts'
import { formatAddress, parseAddress, type Address } from '#shared/sync/address.ts'
import { ToJoiner, type AboutMachine, type Admission, type PairingRefusal } from '#shared/sync/pairing.ts'
import { deviceOfCertificate, fingerprintOf, isIssuedBy, isOwnCertificate, makeRequest } from './certificates.ts'
import { readFrame, sendFrame } from './frames.ts'
import type { NetworkIdentity } from './identity.ts'
import { openSocket } from './open-socket.ts'
import { channelOf, comparedNumber, isHostProof, joinerProof } from './pairing-proof.ts'

export interface JoinOptions {
  /** Typed, found, or from the QR code. */
  address: string
  code: string
  /** The fingerprint from the QR code; a typed code proves the host without it. */
  authority?: string
  about: AboutMachine
  /** The host knows the code, and a person there is asked: this screen shows the same six digits. */
  onNumber(number: string): void
  signal?: AbortSignal
}

export interface Joined {
  identity: NetworkIdentity
  admission: Admission
}

const failed = (code: PairingRefusal): Refusal => refuse(code)

/** The new machine's half of pairing. Nothing of what the host says is kept before the host has proved that it knows the code. */
export async function joinClinic(options: JoinOptions): Promise<Joined> {
  const secret = parsePairingCode(options.code)
  const address = parseAddress(options.address)
  if (!secret) throw failed('PAIRING_BAD_CODE')
  if (!address) throw failed('PAIRING_BAD_ADDRESS')
  const { privateKey, request } = await makeRequest(options.about.deviceId)
  const { socket, tls } = await reach(address, options.signal)
  const hostCertificate = tls.getPeerX509Certificate()
  try {
    const admission = await talk(socket, tls, secret, { about: options.about, request }, options)
    if (!hostCertificate || !isOurs(admission, privateKey, hostCertificate.raw, options)) throw failed('PAIRING_NOT_THE_HOST')
    return { admission, identity: identityOf(admission, privateKey, options.about.deviceId, formatAddress(address)) }
  } catch (error) {
    throw error instanceof Refusal ? error : failed('PAIRING_UNREACHABLE') // The connection went away between two steps.
  } finally {
    socket.terminate()
  }
}

/** TLS without trust: who is at the other end is proved by the code, over this very connection. */
function reach(address: Address, signal: AbortSignal | undefined): Promise<{ socket: WebSocket; tls: TLSSocket }> {
  return new Promise((resolve, reject) => {
    const { socket, tls } = openSocket(address, '/pair', { rejectUnauthorized: false }, limits.pairing_frame_bytes * 2)
    const giveUp = (): void => {
      reject(failed('PAIRING_CANCELLED'))
      socket.terminate()
    }
    if (signal?.aborted) giveUp()
    signal?.addEventListener('abort', giveUp, { once: true })
    socket.once('open', () => resolve({ socket, tls }))
    // A host that shows no code hangs up on everybody it does not know.
    socket.on('error', (error: Error & { code?: string }) => reject(failed(error.code === 'ECONNRESET' ? 'PAIRING_CLOSED' : 'PAIRING_UNREACHABLE')))
  })
}

function talk(socket: WebSocket, tls: TLSSocket, secret: Uint8Array, said: { about: AboutMachine; request: string }, { onNumber, signal }: JoinOptions): Promise<Admission> {
  const channel = channelOf(tls, secret)
  let isProved = false
  return new Promise((resolve, reject) => {
    socket.once('close', () => reject(failed(signal?.aborted ? 'PAIRING_CANCELLED' : 'PAIRING_UNREACHABLE')))
    socket.on('message', (data, isBinary) => {
      const frame = readFrame(ToJoiner, data, isBinary)
      if (frame.is === 'bad') return reject(failed('PAIRING_NOT_THE_HOST'))
      const { message } = frame
      if (message.t === 'refused') return reject(failed(message.code))
      if (message.t === 'admitted') return isProved ? resolve(message.admission) : reject(failed('PAIRING_NOT_THE_HOST'))
      if (!isHostProof(channel, said, message.proof)) return reject(failed('PAIRING_NOT_THE_HOST'))
      isProved = true
      onNumber(comparedNumber(channel, said))
    })
    sendFrame(socket, { t: 'join', ...said, proof: joinerProof(channel, said) })
  })
}

/** The certificate is for this machine's key and from the authority of the very host that was talked to. */
function isOurs({ certificate, authority, clinicId, hostId }: Admission, privateKey: string, hostCertificate: Uint8Array, { about, authority: expected }: JoinOptions): boolean {
  return isOwnCertificate({ certificate, authority, privateKey, deviceId: about.deviceId, clinicId })
    && isIssuedBy(hostCertificate, authority) && deviceOfCertificate(hostCertificate) === hostId
    && (expected === undefined || fingerprintOf(authority) === expected)
}

const identityOf = ({ clinicId, profile, certificate, authority, epoch }: Admission, privateKey: string, deviceId: string, address: string): NetworkIdentity =>
  ({ deviceId, clinicId, profile, certificate, authority, privateKey, addresses: [address], epochSeen: epoch })
