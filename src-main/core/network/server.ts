import { constants } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import https from 'node:https'
import os from 'node:os'
import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import { WebSocketServer } from 'ws'
import { limits } from '#shared/kernel/limits.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { formatAddress } from '#shared/sync/address.ts'
import type { Platform } from '../platform/platform.ts'
import { attackTeller, type Attack, type Attempt } from './attacks.ts'
import { callerOf, remoteOf, type Caller } from './callers.ts'
import { closeCodes } from './close-codes.ts'
import { guarded } from './guarded.ts'
import type { NetworkIdentity } from './identity.ts'
import type { PairingHost } from './pairing-server.ts'
import { Peers, type PeerPorts } from './server-peers.ts'
import { endWith, sendSnapshot, type SnapshotFile } from './snapshot-file.ts'

export interface NetworkServerOptions extends Omit<PeerPorts, 'onAttack'> {
  identity: Pick<NetworkIdentity, 'certificate' | 'privateKey' | 'authority'>
  /** 0: one that is free. */
  port: number
  /** Every interface, unless a test keeps to itself. */
  host?: string | undefined
  platform: Pick<Platform, 'nowMs'>
  /** Without it no new machine is let in. */
  pairing?: PairingHost
  /** What this machine may fetch under that id. */
  snapshotFile(deviceId: string, id: string): SnapshotFile | undefined
  onAttack(attack: Attack): void
}

export interface NetworkServer {
  port: number
  /** "192.168.1.20:21470": where other machines can reach this one now. */
  readonly addresses: string[]
  /** Ends everything that machine has open, at once. Take it off the list first, or it comes straight back. */
  drop(deviceId: string): void
  /** After a renewal; connections that are open stay. */
  useCertificate(identity: Pick<NetworkIdentity, 'certificate' | 'privateKey' | 'authority'>): void
  close(): Promise<void>
}

const GRACE_MS = 1_000

/**
 * The one door to the network: TLS 1.3, and a certificate of this clinic that stands on the host's list. A new machine has
 * none yet; it is heard at `/pair` alone, and only while a code is shown. Whatever else comes is ended in silence.
 */
export async function serveNetwork(options: NetworkServerOptions): Promise<NetworkServer> {
  const door = new Door(options)
  await door.listen()
  return door
}

class Door implements NetworkServer {
  readonly #options: NetworkServerOptions
  readonly #onAttack: (attempt: Attempt) => void
  readonly #server: https.Server
  readonly #peers: Peers
  readonly #machines = new WebSocketServer({ noServer: true, maxPayload: limits.sync_frame_bytes, perMessageDeflate: false })
  readonly #joiners = new WebSocketServer({ noServer: true, maxPayload: limits.pairing_frame_bytes, perMessageDeflate: false })
  /** Every connection, with the machine at its other end where there is one. */
  readonly #connections = new Map<TLSSocket, string | undefined>()
  port = 0

  constructor(given: NetworkServerOptions) {
    const options = guardedOptions(given)
    this.#options = options
    this.#onAttack = attackTeller(options.platform, options.onAttack)
    this.#peers = new Peers({ ...options, onAttack: this.#onAttack })
    this.#server = https.createServer({
      ...contextOf(options.identity),
      // A machine without a certificate has to reach `/pair`, so the certificate is judged by `callerOf` and not by TLS.
      requestCert: true, rejectUnauthorized: false,
      minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3', ALPNProtocols: ['http/1.1'],
      handshakeTimeout: limits.network_handshake_seconds * 1_000, headersTimeout: limits.network_handshake_seconds * 1_000,
    })
    // A download that nobody reads, and a stranger who says nothing. Sockets of machines have their own heartbeat.
    this.#server.setTimeout(limits.network_idle_seconds * 1_000)
    this.#server.prependListener('secureConnection', (socket: TLSSocket) => this.#connected(socket))
    this.#server.on('tlsClientError', (error, socket) => this.#handshakeFailed(error, socket))
    this.#server.on('request', (request, response) => this.#request(request, response))
    this.#server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head))
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', (error: Error & { code?: string }) => reject(isTaken(error) ? refuse('NETWORK_PORT_TAKEN', { port: this.#options.port }) : error))
      this.#server.listen({ port: this.#options.port, host: this.#options.host }, () => {
        this.#server.removeAllListeners('error').on('error', (error) => this.#options.onFault(error))
        resolve()
      })
    })
    const address = this.#server.address()
    this.port = typeof address === 'object' && address ? address.port : 0
  }

  get addresses(): string[] {
    return (this.#options.host ? [this.#options.host] : ownAddresses()).map((host) => formatAddress({ host, port: this.port }))
  }

  drop(deviceId: string): void {
    this.#peers.drop(deviceId, closeCodes.revoked)
    for (const [socket, owner] of this.#connections) if (owner === deviceId) socket.destroySoon()
  }

  useCertificate(identity: NetworkServerOptions['identity']): void {
    this.#server.setSecureContext({ ...contextOf(identity), minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3' })
  }

  async close(): Promise<void> {
    this.#peers.close()
    for (const socket of this.#connections.keys()) socket.destroySoon()
    // Who does not take the last word is not waited for.
    const stopGrace = this.#options.timers.after(GRACE_MS, () => {
      for (const socket of this.#connections.keys()) socket.destroy()
    })
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
    stopGrace()
  }

  /** The handshake is over: who has no business here is gone before a single byte of HTTP is read. */
  #connected(socket: TLSSocket): void {
    const caller = callerOf(socket, this.#options.deviceOf)
    this.#connections.set(socket, caller.is === 'machine' ? caller.deviceId : undefined)
    socket.once('close', () => this.#connections.delete(socket))
    if (caller.is === 'refused' && (caller.attack === 'foreign-certificate' || caller.attack === 'expired-certificate')) this.#refuse(socket, caller)
    if (caller.is === 'stranger' && (!this.#options.pairing?.isOpen || this.#strangers() > limits.network_strangers_max)) this.#refuse(socket, caller)
  }

  #refuse(socket: TLSSocket, caller: Exclude<Caller, { is: 'machine' }>): void {
    this.#report(socket, caller)
    socket.destroy()
  }

  #report(socket: TLSSocket, caller: Exclude<Caller, { is: 'machine' }>): void {
    const kind = caller.is === 'stranger' ? 'no-certificate' : caller.attack
    this.#onAttack({ kind, remote: remoteOf(socket), ...(caller.is === 'refused' && caller.deviceId ? { deviceId: caller.deviceId } : {}) })
  }

  #strangers(): number {
    return [...this.#connections.values()].filter((owner) => owner === undefined).length
  }

  /** A connection that was merely lost on the way is no attempt at anything. */
  #handshakeFailed(error: Error & { code?: string }, socket: TLSSocket): void {
    if (!error.code?.startsWith('ERR_SSL_')) return
    const isOld = error.code.includes('UNSUPPORTED_PROTOCOL') || error.code.includes('VERSION')
    this.#onAttack({ kind: isOld ? 'old-tls' : 'broken-handshake', remote: remoteOf(socket) })
  }

  #request(request: IncomingMessage, response: ServerResponse): void {
    const tls = request.socket as TLSSocket // An https server hands out nothing else.
    const caller = callerOf(tls, this.#options.deviceOf)
    const id = /^\/snapshot\/([0-9a-f-]{36})$/.exec(request.url ?? '')?.[1]
    if (caller.is !== 'machine') {
      this.#report(tls, caller)
      return endWith(response, statusOf(caller))
    }
    const file = id && request.method === 'GET' ? this.#options.snapshotFile(caller.deviceId, id) : undefined
    return file ? sendSnapshot(file, request, response) : endWith(response, 404)
  }

  /** Browsers name the page they come from, and no page has any business here. */
  #upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const tls = stream as TLSSocket // As above.
    tls.on('error', () => tls.destroy())
    if (request.headers.origin !== undefined) {
      this.#onAttack({ kind: 'browser', remote: remoteOf(tls) })
      return rejectUpgrade(tls, 403)
    }
    const { pairing } = this.#options
    if (request.url === '/pair' && pairing) return this.#joiners.handleUpgrade(request, tls, head, (socket) => pairing.accept(socket, tls))
    if (request.url !== '/sync') return rejectUpgrade(tls, 404)
    const caller = callerOf(tls, this.#options.deviceOf)
    if (caller.is === 'machine') return this.#machines.handleUpgrade(request, tls, head, (socket) => this.#peers.add(caller, socket, tls))
    this.#report(tls, caller)
    return rejectUpgrade(tls, statusOf(caller))
  }
}

/** A machine of ours that is no longer wanted is told so; it cannot tell a closed door from a broken cable otherwise. */
const statusOf = (caller: Exclude<Caller, { is: 'machine' }>): number => (caller.is === 'refused' && caller.attack === 'revoked-certificate' ? 403 : 401)

function rejectUpgrade(socket: TLSSocket, status: number): void {
  socket.write(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  socket.destroySoon()
}

/** A list that cannot be read lists nobody, and a log that cannot be written must not open or close the door. */
function guardedOptions(options: NetworkServerOptions): NetworkServerOptions {
  const { onFault } = options
  return {
    ...options,
    deviceOf: guarded(options.deviceOf, onFault), snapshotFile: guarded(options.snapshotFile, onFault),
    onOpen: guarded(options.onOpen, onFault), onClose: guarded(options.onClose, onFault), onAttack: guarded(options.onAttack, onFault),
  }
}

/** Each connection proves its key anew: no ticket outlives a machine's place on the list. */
export const contextOf = ({ certificate, privateKey, authority }: NetworkServerOptions['identity']): https.ServerOptions =>
  ({ cert: certificate, key: privateKey, ca: [authority], secureOptions: constants.SSL_OP_NO_TICKET })

const isTaken = ({ code }: { code?: string }): boolean => code === 'EADDRINUSE' || code === 'EACCES'

/** Link-local IPv6 is left out: its zone means something on this machine only. */
function ownAddresses(): string[] {
  return Object.values(os.networkInterfaces()).flatMap((all) => all ?? [])
    .filter(({ internal, address }) => !internal && !address.toLowerCase().startsWith('fe80:'))
    .map(({ address }) => address)
}
