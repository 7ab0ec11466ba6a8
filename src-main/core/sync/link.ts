import type { NetworkState } from '#shared/domains/network/model.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { passingStops, type PassingStop, type StopReason, type ToHost, type ToNode } from '#shared/sync/messages.ts'
import type { Core } from '../core.ts'
import { connectNetwork, type HostPeer, type NetworkClient } from '../network/client.ts'
import { rememberAddress, rememberEpoch, rememberStandbys, type NetworkIdentity } from '../network/identity.ts'
import { placesOf } from '../platform/last-words.ts'
import type { Renewal } from '../network/renewal.ts'
import { realTimers, type Timers } from '../network/timers.ts'
import { limits } from '#shared/kernel/limits.ts'
import { readSync, writeSync } from './context.ts'
import { lastEpoch } from './epochs.ts'
import { eventsAfter } from './events.ts'
import { MemberSession } from './member-session.ts'
import { openAttention, unsentOf } from './member-store.ts'
import { keepRenewed, renewalOf, trimArchive } from './upkeep.ts'

export interface LinkDuties {
  /** The feed does not go on from here. */
  snapshotNeeded(atLeast: number): void
  /** Snapshots, proofs and news of another host. */
  other(message: ToNode): void
  revoked(): void
}

export interface LinkOptions {
  identity(): NetworkIdentity
  /** Known ones, and what discovery has found. */
  addresses(): string[]
  duties: LinkDuties
  timers?: Timers
  name(): string
  /** Where this machine would listen if it were the host. */
  port: number
}

const REPORT_MS = 10_000
/** What the answer says is written down: often enough for a lease of days. */
const PING_MS = 5 * 60_000

/** A member's end of the network: one connection that is kept, and what the screen says about it. */
export class ClinicLink {
  readonly #core: Core
  readonly #options: LinkOptions
  readonly #client: NetworkClient
  readonly #stopReports: () => void
  #peer: HostPeer | undefined
  #session: MemberSession | undefined
  #stoppedBy: StopReason | undefined
  #offlineSince: Instant | undefined
  #hasTried = false
  /** The host's list says that something waits here. */
  #hasReportedWork = false
  #feedMax = 0
  #pingedMs = 0
  #renewal: Renewal | undefined

  constructor(core: Core, options: LinkOptions) {
    this.#core = core
    this.#options = options
    const timers = options.timers ?? realTimers
    core.node.reach.send = (message) => this.send(message)
    core.node.onNoted = () => this.#say((session) => session.noted())
    this.#stopReports = timers.every(REPORT_MS, () => this.#beat())
    this.#client = connectNetwork({
      identity: options.identity, addresses: options.addresses, platform: core.platform, timers,
      onOpen: (peer) => this.#opened(peer), onClose: () => this.#closed(), onRevoked: (hostId) => this.#revokedBy(hostId),
      onFault: (error) => core.logger.error(placesOf(error), 'a message of the host was not taken'), onMessage: (message, peer) => this.#heard(message, peer),
    })
  }

  /** How the link stands; the rest of the state is in the database. */
  get state(): Pick<NetworkState, 'link' | 'offlineSince' | 'stoppedBy'> & { behind: number } {
    const behind = Math.max(0, this.#feedMax - readSync(this.#core.vault.reader).cursor)
    if (this.#stoppedBy) return { link: 'stopped', offlineSince: this.#offlineSince ?? null, stoppedBy: this.#stoppedBy, behind }
    if (this.#core.node.isConnected) return { link: 'connected', offlineSince: null, stoppedBy: null, behind }
    return { link: this.#hasTried ? 'offline' : 'connecting', offlineSince: this.#offlineSince ?? null, stoppedBy: null, behind }
  }

  get client(): NetworkClient {
    return this.#client
  }

  /** Over the open connection; false when there is none. */
  send(message: ToHost): boolean {
    return this.#peer?.send(message) ?? false
  }

  tryNow(): void {
    this.#stoppedBy = undefined
    this.#client.wake()
    if (this.#peer) this.#begin(this.#peer)
  }

  close(): void {
    this.#stopReports()
    this.#core.node.onNoted = () => {}
    this.#core.node.reach.send = () => false
    this.#client.close()
  }

  #opened(peer: HostPeer): void {
    this.#peer = peer
    if (this.#core.vault.state === 'open') this.#begin(peer)
  }

  #begin(peer: HostPeer): void {
    const { node, vault } = this.#core
    this.#session = new MemberSession(node.member, () => vault.writer, {
      ready: (welcome) => {
        rememberAddress(vault.folder, peer.address)
        rememberEpoch(vault.folder, welcome.epoch)
        rememberStandbys(vault.folder, welcome.standbys ?? [])
        // Half of the round trip is spent on each way (RFC 5905, section 8).
        node.clockOffsetMs = Math.round((welcome.receivedAt - welcome.sentAt + welcome.answeredAt - this.#core.platform.nowMs()) / 2)
        node.ready()
        this.#feedMax = welcome.feedMax
        this.#stoppedBy = undefined
        this.#offlineSince = undefined
        this.#publish()
        this.#beat()
        void this.#renewIfDue()
        trimArchive(this.#core)
      },
      applied: (applied) => {
        node.applied(applied)
        if (this.#hasReportedWork && this.#isCalm) this.#beat()
      },
      stopped: (reason) => this.#stop(reason, peer),
      snapshotNeeded: (atLeast) => this.#options.duties.snapshotNeeded(atLeast),
      other: (message) => this.#other(message),
    })
    this.#say((session) => session.opened())
  }

  #heard(message: ToNode, peer: HostPeer): void {
    if (this.#core.vault.state !== 'open' || peer !== this.#peer) return
    if (message.t === 'changes') this.#feedMax = message.feedMax
    this.#say((session) => session.received(message))
  }

  #say(what: (session: MemberSession) => readonly ToHost[]): void {
    if (!this.#session || !this.#peer || this.#core.vault.state !== 'open') return
    for (const message of what(this.#session)) this.#peer.send(message.t === 'hello' ? { ...message, port: this.#options.port } : message)
  }

  #other(message: ToNode): void {
    if (message.t === 'got-events') {
      writeSync(this.#core.vault.writer, { sentEvent: message.upTo })
      return this.#sendEvents()
    }
    if (message.t === 'pong') {
      this.#feedMax = message.feedMax
      writeSync(this.#core.vault.writer, { durableTx: message.durableTx, hostSeenAt: this.#core.platform.now() })
      return
    }
    if (message.t === 'renewed') return void this.#renewed(message.certificate)
    this.#options.duties.other(message)
  }

  /** Asked for over the connection that the old certificate still opens. */
  async #renewIfDue(): Promise<void> {
    this.#renewal = await renewalOf(this.#core, this.#options.identity())
    if (this.#renewal) this.send({ t: 'renew', request: this.#renewal.request })
  }

  async #renewed(certificate: string): Promise<void> {
    const renewal = this.#renewal
    this.#renewal = undefined
    // It is used from the next connection on, which is made now.
    if (renewal && (await keepRenewed(this.#core, renewal, certificate))) void this.#core.network.start()
  }

  #sendEvents(): void {
    const db = this.#core.vault.reader
    const events = eventsAfter(db, readSync(db).sentEvent)
    if (events.length > 0) this.send({ t: 'events', events })
  }

  /** Everything from here is there, and everything from there is here. */
  get #isCalm(): boolean {
    const db = this.#core.vault.reader
    return unsentOf(db).unsent === 0 && readSync(db).cursor >= this.#feedMax
  }

  /** What the Devices screen shows of this machine, and the events of its log. */
  #beat(): void {
    const { vault, platform, options, node } = this.#core
    if (vault.state !== 'open' || !this.#peer || !node.isConnected) return
    this.#say((session) => session.tick())
    const { unsent, since } = unsentOf(vault.reader)
    this.#hasReportedWork = !this.#isCalm
    if (platform.nowMs() - this.#pingedMs >= PING_MS) {
      this.#pingedMs = platform.nowMs()
      this.send({ t: 'ping', sentAt: this.#pingedMs })
    }
    this.send({ t: 'report', cursor: readSync(vault.reader).cursor, unsent, unsentSince: since, attention: openAttention(vault.reader), app: options.appVersion ?? '', name: this.#options.name().slice(0, limits.name_chars) })
    this.#sendEvents()
  }

  #stop(reason: StopReason, peer: HostPeer): void {
    this.#core.node.disconnected()
    // A host that is locked or was replaced is tried again; everything else needs a person.
    if (isPassing(reason)) return peer.reject()
    this.#end(reason)
  }

  /** At the door already: it was taken off while it was away. Only the host of the last epoch is believed. */
  #revokedBy(hostId: string): void {
    const { vault } = this.#core
    if (vault.state === 'open' && lastEpoch(vault.reader)?.epoch.hostId === hostId) this.#end('REVOKED')
  }

  #end(reason: StopReason): void {
    this.#stoppedBy = reason
    this.#offlineSince ??= this.#core.platform.now()
    if (reason === 'REVOKED') this.#options.duties.revoked()
    this.#publish()
  }

  #closed(): void {
    this.#peer = undefined
    this.#session = undefined
    this.#hasTried = true
    const wasConnected = this.#core.node.isConnected
    this.#core.node.disconnected()
    const isNews = wasConnected || this.#offlineSince === undefined
    this.#offlineSince ??= this.#core.platform.now()
    if (isNews) this.#publish()
  }

  #publish(): void {
    this.#core.changes.publish({ topics: ['network'] })
  }
}

const isPassing = (reason: StopReason): reason is PassingStop => (passingStops as readonly StopReason[]).includes(reason)
