import { limits } from '#shared/kernel/limits.ts'
import { distinctAddresses, formatAddress, parseAddress } from '#shared/sync/address.ts'
import { ToNode, type ToHost } from '#shared/sync/messages.ts'
import type { Platform } from '../platform/platform.ts'
import { closeCodes } from './close-codes.ts'
import { dial, type Dialled, type DialFailure } from './dial.ts'
import { downloadSnapshot, type Download } from './download.ts'
import { readFrame, sendFrame } from './frames.ts'
import { guarded } from './guarded.ts'
import type { NetworkIdentity } from './identity.ts'
import type { Timers } from './timers.ts'

/** Why there is no connection now. `ended` is the host's or our own doing, with the code that was said. */
export type Closed = { why: DialFailure | 'no-address' | 'silent' | 'lost' | 'bad-message' | 'fault' } | { why: 'ended'; code: number }

/** The open connection, as the sync engine of a machine sees it. */
export interface HostPeer {
  /** The machine at the other end, by its certificate. */
  readonly hostId: string
  readonly address: string
  send(message: ToHost): boolean
  readonly bufferedBytes: number
  /** This is not the host that is wanted: the next attempt begins at another address. */
  reject(code?: number): void
}

export interface NetworkClientOptions {
  /** Asked at each attempt: a renewed certificate counts from the next one on. */
  identity(): NetworkIdentity
  /** Known, found and typed ones, the likeliest first. Asked at each attempt. */
  addresses(): string[]
  onMessage(message: ToNode, peer: HostPeer): void
  onOpen(peer: HostPeer): void
  /** After each failed round of attempts as well: the screen says why. */
  onClose(closed: Closed): void
  /** A machine of the clinic, which may or may not be its host, says that this one is off the list. */
  onRevoked(hostId: string): void
  /** What one of these threw, which is a bug. A message that did costs the connection. */
  onFault(error: unknown): void
  platform: Pick<Platform, 'random'>
  timers: Timers
}

export interface NetworkClient {
  readonly isOpen: boolean
  /** The network came back, an address was found, a person pressed "Try now": do not wait. */
  wake(): void
  /** Over a connection of its own, at the address of the open one. */
  download(wanted: Download): Promise<void>
  close(): void
}

export function connectNetwork(options: NetworkClientOptions): NetworkClient {
  const connection = new Connection(options)
  connection.wake()
  return connection
}

const heartbeatMs = limits.network_heartbeat_seconds * 1_000

/** Keeps one connection to the host for as long as the program runs, and tries again for as long as there is none. */
class Connection implements NetworkClient {
  readonly #options: NetworkClientOptions
  #open: { dialled: Dialled; address: string } | undefined
  #isClosed = false
  /** Rounds that failed since a connection last held. */
  #failures = 0
  /** Tried last, because somebody there was not the host. */
  #rejected = new Set<string>()
  #lastGood: string | undefined
  #stopWaiting: () => void = () => undefined
  #stopDialling: (() => void) | undefined
  #onSilence: () => void = () => undefined

  constructor(options: NetworkClientOptions) {
    this.#options = options
  }

  get isOpen(): boolean {
    return this.#open !== undefined
  }

  wake(): void {
    this.#failures = 0
    if (this.#open) return this.#probe(this.#open.dialled)
    if (this.#isClosed || this.#stopDialling) return
    this.#stopWaiting()
    this.#round()
  }

  close(): void {
    this.#isClosed = true
    this.#stopWaiting()
    this.#stopDialling?.()
    if (this.#open) endWith(this.#open.dialled, closeCodes.leaving)
  }

  download(wanted: Download): Promise<void> {
    return downloadSnapshot(this.#options.identity(), this.#open?.address, wanted)
  }

  /** All addresses, one after the other; the one that was good last comes first. */
  #round(): void {
    const known = distinctAddresses([...(this.#lastGood ? [this.#lastGood] : []), ...this.#options.addresses()])
    const [later, first] = [known.filter((address) => this.#rejected.has(address)), known.filter((address) => !this.#rejected.has(address))]
    this.#try([...first, ...later], 'no-address')
  }

  #try([text, ...rest]: string[], why: DialFailure | 'no-address'): void {
    const address = text === undefined ? undefined : parseAddress(text)
    if (!address) return this.#later({ why })
    this.#stopDialling = dial(address, this.#options.identity(),
      (dialled) => this.#opened(dialled, formatAddress(address)),
      (failure, hostId) => {
        if (failure === 'revoked' && hostId !== undefined) guarded(this.#options.onRevoked, this.#options.onFault)(hostId)
        if (this.#isClosed) return
        // What one address says stays the reason, unless it is only that nobody is there.
        this.#try(rest, why === 'no-address' || why === 'unreachable' ? failure : why)
      })
  }

  #later(closed: Closed): void {
    this.#stopDialling = undefined
    if (this.#isClosed) return
    this.#stopWaiting = this.#options.timers.after(this.#waitMs(), () => this.#round())
    this.#failures += 1
    guarded(this.#options.onClose, this.#options.onFault)(closed)
  }

  /** One second, two, four, to thirty, less up to half of it: 25 machines do not all come back in the same instant. */
  #waitMs(): number {
    const [min, max] = [limits.network_retry_seconds_min * 1_000, limits.network_retry_seconds_max * 1_000]
    const full = Math.min(max, min * 2 ** Math.min(this.#failures, 10))
    const [chance = 0] = this.#options.platform.random(1)
    return Math.max(min, full - (full / 2) * (chance / 256))
  }

  #opened(dialled: Dialled, address: string): void {
    const { socket, hostId } = dialled
    this.#stopDialling = undefined
    this.#open = { dialled, address }
    this.#lastGood = address
    let closed: Closed | undefined
    const peer: HostPeer = {
      hostId, address,
      send: (message) => sendFrame(socket, message),
      get bufferedBytes() {
        return socket.bufferedAmount
      },
      reject: (code = closeCodes.ended) => {
        this.#rejected.add(address)
        this.#lastGood = undefined
        endWith(dialled, code)
      },
    }
    this.#onSilence = () => (closed ??= { why: 'silent' })
    const stopBeat = this.#beat(dialled)
    socket.on('message', (data, isBinary) => {
      if (closed) return
      const frame = readFrame(ToNode, data, isBinary)
      const end = (why: 'bad-message' | 'fault', code: number): void => {
        closed = { why }
        endWith(dialled, code)
      }
      if (frame.is === 'bad') return end('bad-message', frame.code)
      guarded(this.#options.onMessage, (error) => {
        end('fault', closeCodes.failed)
        this.#options.onFault(error)
      })(frame.message, peer)
    })
    socket.once('close', (code) => {
      stopBeat()
      this.#open = undefined
      this.#later(closed ?? (code === LOST ? { why: 'lost' } : { why: 'ended', code }))
    })
    guarded(this.#options.onOpen, this.#options.onFault)(peer)
  }

  /** After a sleep or a pulled cable a connection may only look open: it answers within seconds, or a new one is made. */
  #probe({ socket, tls }: Dialled): void {
    const heard = tls.bytesRead
    socket.ping()
    this.#options.timers.after(limits.network_probe_seconds * 1_000, () => {
      if (this.#open?.dialled.socket !== socket || tls.bytesRead !== heard) return
      this.#onSilence()
      socket.terminate()
    })
  }

  /** A ping every ten seconds; after thirty without a byte the other end is gone, whatever the operating system thinks. */
  #beat({ socket, tls }: Dialled): () => void {
    let [heard, missed] = [tls.bytesRead, 0]
    return this.#options.timers.every(heartbeatMs, () => {
      missed = tls.bytesRead === heard ? missed + 1 : 0
      heard = tls.bytesRead
      if (missed >= limits.network_beats_missed_max) {
        this.#onSilence()
        return socket.terminate()
      }
      // It has held for a while: the next loss is a new one, and what was not the host may be it by now.
      this.#failures = 0
      this.#rejected.clear()
      socket.ping()
    })
  }
}

/** Says why, and does not wait for the other end to agree. */
function endWith({ socket, tls }: Dialled, code: number): void {
  socket.close(code)
  tls.destroySoon()
}

/** The code of a connection that ended without a word. */
const LOST = 1006
