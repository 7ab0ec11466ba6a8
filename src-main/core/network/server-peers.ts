import type { TLSSocket } from 'node:tls'
import type { RawData, WebSocket } from 'ws'
import { limits } from '#shared/kernel/limits.ts'
import { ToHost, type ToNode } from '#shared/sync/messages.ts'
import type { Attempt } from './attacks.ts'
import { remoteOf, type DeviceOf } from './callers.ts'
import { closeCodes } from './close-codes.ts'
import { attackOfError, readFrame, sendFrame } from './frames.ts'
import type { Timers } from './timers.ts'

/** A machine's open socket, as the sync engine of the host sees it. */
export interface Peer {
  readonly deviceId: string
  readonly remote: string
  /** False: the machine does not keep up. Send nothing more of the feed until `bufferedBytes` has gone down. */
  send(message: ToNode): boolean
  readonly bufferedBytes: number
  close(code: number): void
}

export interface PeerPorts {
  deviceOf: DeviceOf
  onMessage(deviceId: string, message: ToHost, peer: Peer): void
  /** A machine that connects again is opened before its older socket is told closed: compare the peers. */
  onOpen(deviceId: string, peer: Peer): void
  onClose(deviceId: string, peer: Peer, code: number): void
  onAttack(attempt: Attempt): void
  /** What `onMessage` threw, which is a bug: it costs this machine its connection and nobody else anything. Or the door's own trouble. */
  onFault(error: unknown, deviceId?: string): void
  timers: Timers
}

interface Open {
  peer: Peer
  fingerprint: string
  socket: WebSocket
  tls: TLSSocket
  /** Set once we have ended it: nothing that still arrives counts. */
  ended: number | undefined
  bytesHeard: number
  beatsMissed: number
}

/** The sockets of the clinic's machines, one each: the newest is the one that counts. */
export class Peers {
  readonly #ports: PeerPorts
  readonly #open = new Set<Open>()
  readonly #stopBeat: () => void

  constructor(ports: PeerPorts) {
    this.#ports = ports
    this.#stopBeat = ports.timers.every(limits.network_heartbeat_seconds * 1_000, () => this.#beat())
  }

  add({ deviceId, fingerprint }: { deviceId: string; fingerprint: string }, socket: WebSocket, tls: TLSSocket): void {
    this.drop(deviceId, closeCodes.replaced)
    const peer: Peer = {
      deviceId, remote: remoteOf(tls),
      send: (message) => open.ended === undefined && sendFrame(socket, message),
      get bufferedBytes() {
        return socket.bufferedAmount
      },
      close: (code) => this.#end(open, code),
    }
    const open: Open = { peer, fingerprint, socket, tls, ended: undefined, bytesHeard: tls.bytesRead, beatsMissed: 0 }
    this.#open.add(open)
    socket.on('message', (data, isBinary) => this.#hear(open, data, isBinary))
    socket.on('error', (error) => this.#failed(open, error))
    socket.once('close', (code) => this.#closed(open, code))
    this.#ports.onOpen(deviceId, peer)
  }

  drop(deviceId: string, code: number): void {
    for (const open of this.#open) if (open.peer.deviceId === deviceId) this.#end(open, code)
  }

  close(): void {
    this.#stopBeat()
    for (const open of this.#open) this.#end(open, closeCodes.leaving)
  }

  /** The list is asked before each message: a machine that was taken off it a moment ago changes nothing any more (I11). */
  #hear(open: Open, data: RawData, isBinary: boolean): void {
    if (open.ended !== undefined) return
    const { deviceId, remote } = open.peer
    const listed = this.#ports.deviceOf(open.fingerprint)
    if (listed?.state !== 'active' || listed.id !== deviceId) {
      this.#ports.onAttack({ kind: listed ? 'revoked-certificate' : 'unknown-certificate', remote, deviceId })
      this.#end(open, listed ? closeCodes.revoked : closeCodes.unknownMachine)
      return
    }
    const frame = readFrame(ToHost, data, isBinary)
    if (frame.is === 'message') return this.#give(open, frame.message)
    this.#ports.onAttack({ kind: frame.attack, remote, deviceId })
    this.#end(open, frame.code)
  }

  #give(open: Open, message: ToHost): void {
    const { peer } = open
    try {
      this.#ports.onMessage(peer.deviceId, message, peer)
    } catch (error) {
      this.#end(open, closeCodes.failed)
      this.#ports.onFault(error, peer.deviceId)
    }
  }

  /** The library has ended the connection already and told the other end why. */
  #failed(open: Open, error: Error): void {
    const kind = attackOfError(error)
    if (kind) this.#ports.onAttack({ kind, remote: open.peer.remote, deviceId: open.peer.deviceId })
    open.ended ??= kind === 'large-frame' ? closeCodes.tooLarge : closeCodes.badMessage
  }

  /** The code is sent, then the connection ends, whether the other end agrees or not. */
  #end(open: Open, code: number): void {
    if (open.ended !== undefined) return
    open.ended = code
    open.socket.close(code)
    open.tls.destroySoon()
  }

  #closed(open: Open, code: number): void {
    this.#open.delete(open)
    this.#ports.onClose(open.peer.deviceId, open.peer, open.ended ?? code)
  }

  /**
   * Every machine pings every ten seconds. One whose bytes stopped coming is gone, whatever its socket says; one that we
   * have ended and that still holds its end open has had its time.
   */
  #beat(): void {
    for (const open of this.#open) {
      const { bytesRead } = open.tls
      open.beatsMissed = bytesRead === open.bytesHeard ? open.beatsMissed + 1 : 0
      open.bytesHeard = bytesRead
      if (open.ended !== undefined || open.beatsMissed >= limits.network_beats_missed_max) open.socket.terminate()
    }
  }
}
