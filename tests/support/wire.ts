import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import tls, { type ConnectionOptions, type TLSSocket } from 'node:tls'
import { afterEach } from 'vitest'
import { WebSocket, type ClientOptions } from 'ws'
import type { Attack } from '#main/core/network/attacks.ts'
import { fingerprintOf, issueCertificate, makeAuthority, makeRequest, serverNameOf, type Authority } from '#main/core/network/certificates.ts'
import { connectNetwork, type Closed, type HostPeer, type NetworkClient, type NetworkClientOptions } from '#main/core/network/client.ts'
import { tlsOptionsOf } from '#main/core/network/dial.ts'
import type { NetworkIdentity } from '#main/core/network/identity.ts'
import { serveNetwork, type NetworkServer, type NetworkServerOptions } from '#main/core/network/server.ts'
import type { Peer } from '#main/core/network/server-peers.ts'
import { toInstant } from '#shared/kernel/time.ts'
import type { ToHost, ToNode } from '#shared/sync/messages.ts'
import { testClock } from './clock.ts'
import { testTimers, type TestTimers } from './timers.ts'

/** Things that happen, in order; a test waits for the next one instead of for time to pass. */
export interface Events<T> {
  readonly all: T[]
  push(event: T): void
  /** The next that nobody has waited for yet. */
  next(): Promise<T>
}

export function events<T>(): Events<T> {
  const all: T[] = []
  const waiting: ((event: T) => void)[] = []
  let taken = 0
  return {
    all,
    push: (event) => {
      all.push(event)
      const resolve = waiting.shift()
      if (!resolve) return
      taken += 1
      resolve(event)
    },
    next: () => {
      if (taken < all.length) return Promise.resolve(all[taken++] as T) // It is in the list.
      return new Promise((resolve) => waiting.push(resolve))
    },
  }
}

const cleanUp: (() => unknown)[] = []
afterEach(async () => {
  for (const act of cleanUp.splice(0).toReversed()) await act()
})
export const afterThisTest = (act: () => unknown): void => void cleanUp.push(act)

export function emptyFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-network-'))
  afterThisTest(() => fs.rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A clinic's authority, and machines that hold certificates of it. Certificates are judged by the real clock, as TLS does. */
export interface Clinic {
  clinicId: string
  authority: Authority
  machine(options?: { deviceId?: string; at?: string }): Promise<NetworkIdentity>
}

export const now = (): string => toInstant(Date.now())

export async function makeClinic(): Promise<Clinic> {
  const clinicId = randomUUID()
  const authority = await makeAuthority({ clinicId, at: now() })
  return {
    clinicId, authority,
    machine: async ({ deviceId = randomUUID(), at = now() } = {}) => {
      const { privateKey, request } = await makeRequest(deviceId)
      const certificate = await issueCertificate(authority, request, { clinicId, deviceId, at })
      if (!certificate) throw new Error('no certificate')
      return { deviceId, clinicId, profile: 'clinical', certificate, authority: authority.certificate, privateKey, addresses: [], epochSeen: 1 }
    },
  }
}

/** A host on loopback with its list of machines, and all that it notices. */
export interface Host {
  server: NetworkServer
  identity: NetworkIdentity
  address: string
  timers: TestTimers
  list: Map<string, { id: string; state: 'active' | 'revoked' }>
  allow(machine: NetworkIdentity): void
  revoke(machine: NetworkIdentity): void
  messages: Events<{ deviceId: string; message: ToHost; peer: Peer }>
  opened: Events<Peer>
  closed: Events<{ deviceId: string; peer: Peer; code: number }>
  attacks: Events<Attack>
  faults: Events<unknown>
}

export async function startHost(clinic: Clinic, more: Partial<NetworkServerOptions> = {}): Promise<Host> {
  const identity = await clinic.machine()
  const list: Host['list'] = new Map()
  const [messages, opened, closed, attacks, timers] = [events<{ deviceId: string; message: ToHost; peer: Peer }>(), events<Peer>(), events<{ deviceId: string; peer: Peer; code: number }>(), events<Attack>(), testTimers()]
  const faults = events<unknown>()
  const server = await serveNetwork({
    identity, port: 0, host: '127.0.0.1', platform: testClock(), timers, deviceOf: (fingerprint) => list.get(fingerprint), snapshotFile: () => undefined,
    onMessage: (deviceId, message, peer) => messages.push({ deviceId, message, peer }),
    onOpen: (_deviceId, peer) => opened.push(peer),
    onClose: (deviceId, peer, code) => closed.push({ deviceId, peer, code }),
    onAttack: attacks.push, onFault: (error) => faults.push(error),
    ...more,
  })
  afterThisTest(() => {
    const closing = server.close()
    timers.advance(1_000)
    return closing
  })
  const set = (machine: NetworkIdentity, state: 'active' | 'revoked'): void => void list.set(fingerprintOf(machine.certificate), { id: machine.deviceId, state })
  return {
    server, identity, address: `127.0.0.1:${server.port}`, timers, list, messages, opened, closed, attacks, faults,
    allow: (machine) => set(machine, 'active'),
    revoke: (machine) => set(machine, 'revoked'),
  }
}

/** A machine's client, and all that it notices. */
export interface Machine {
  client: NetworkClient
  timers: TestTimers
  messages: Events<ToNode>
  opened: Events<HostPeer>
  closed: Events<Closed>
  faults: Events<unknown>
}

export function startMachine(identity: NetworkIdentity | (() => NetworkIdentity), addresses: string[] | (() => string[]), more: Partial<NetworkClientOptions> = {}): Machine {
  const faults = events<unknown>()
  const [messages, opened, closed, timers] = [events<ToNode>(), events<HostPeer>(), events<Closed>(), testTimers()]
  const client = connectNetwork({
    identity: typeof identity === 'function' ? identity : () => identity,
    addresses: typeof addresses === 'function' ? addresses : () => addresses,
    onMessage: (message) => messages.push(message), onOpen: opened.push, onClose: closed.push, onRevoked: () => undefined, onFault: faults.push, platform: testClock(), timers, ...more,
  })
  afterThisTest(() => client.close())
  return { client, timers, messages, opened, closed, faults }
}

/** A raw TLS connection to the host, as an attacker would make it. */
export function rawTls({ address }: Pick<Host, 'address'>, options: ConnectionOptions = {}): TLSSocket {
  const [host, port] = address.split(':')
  const socket = tls.connect({ host, port: Number(port), rejectUnauthorized: false, ALPNProtocols: ['http/1.1'], ...options })
  socket.on('error', () => undefined)
  afterThisTest(() => socket.destroy())
  return socket
}

/** A raw WebSocket that says whatever the test wants. */
export function rawSocket(host: Pick<Host, 'address'>, identity: NetworkIdentity | undefined, options: ClientOptions = {}, at = '/sync'): WebSocket {
  const own = identity ? { ...tlsOptionsOf(identity), servername: serverNameOf(identity.clinicId) } : {}
  const socket = new WebSocket(`wss://${host.address}${at}`, { ...own, rejectUnauthorized: false, ...options } as ClientOptions)
  socket.on('error', () => undefined)
  afterThisTest(() => socket.terminate())
  return socket
}

/** How a connection that the host may refuse has ended: the status of an answer, or that there was none. */
export const outcomeOf = (socket: WebSocket): Promise<number | 'open' | 'cut'> => new Promise((resolve) => {
  socket.once('open', () => resolve('open'))
  socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
  socket.once('error', () => resolve('cut'))
})

export const closeCodeOf = (socket: WebSocket): Promise<number> => new Promise((resolve) => socket.once('close', (code) => resolve(code)))

export const ping = { t: 'ping', sentAt: 1 } as const
export const pong = { t: 'pong', sentAt: 1, hostAt: 2, durableTx: 0, feedMax: 0 } as const
