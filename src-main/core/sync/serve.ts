import os from 'node:os'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import { formatAddress } from '#shared/sync/address.ts'
import type { Profile, ToHost } from '#shared/sync/messages.ts'
import type { Core } from '../core.ts'
import type { Authority } from '../network/certificates.ts'
import { rememberAddress, rememberStandbys, type NetworkIdentity } from '../network/identity.ts'
import type { Attempt } from '../network/attacks.ts'
import { closeCodes } from '../network/close-codes.ts'
import { serveNetwork, type NetworkServer } from '../network/server.ts'
import type { Peer } from '../network/server-peers.ts'
import type { SnapshotFile } from '../network/snapshot-file.ts'
import { realTimers, type Timers } from '../network/timers.ts'
import { placesOf } from '../platform/last-words.ts'
import { writeAudit } from '../rpc/audit-writer.ts'
import { surroundingsOf } from '../rpc/surroundings.ts'
import { Answers } from './answers.ts'
import { readSync } from './context.ts'
import { takeEvents } from './events.ts'
import { feedBounds } from './feed.ts'
import { HostCore } from './host.ts'
import { HostSession } from './host-session.ts'
import { Intake } from './intake.ts'
import * as store from './host-store.ts'
import { standsAt } from './standby-door.ts'
import { inOwnTransaction } from './own-transaction.ts'
import { PairingDesk } from './pairing-desk.ts'
import type { Neighbours, Ready } from './succession.ts'
import { noteDurable, renewFor, settleRenewal, trimOldFeed } from './upkeep.ts'

/** What other parts answer for the host: copies for new machines, and whose password is right. */
export interface HostDuties {
  snapshot(wanted: { profile: Profile; atLeast: number }, peer: Peer): void
  snapshotFile(deviceId: Id, id: string): SnapshotFile | undefined
  prove(deviceId: Id, asked: Extract<ToHost, { t: 'prove' }>, peer: Peer): void
  close(): void
}

export interface ServeOptions {
  identity: NetworkIdentity
  authority: Authority
  port: number
  host?: string
  sign(text: string): string
  duties: HostDuties
  timers?: Timers
}

interface Connected {
  session: HostSession
  peer: Peer
  /** Where it would listen if it were the host. */
  port: number
}

/** How long a standby has to draw level before a planned change of hosts is given up. */
const READY_MS = 15_000
const UPKEEP_MS = 24 * 3_600_000

/** The host's end of the network: one port, a session for each machine, and the desk where new ones are let in. */
export class ClinicServer {
  readonly #core: Core
  readonly #options: ServeOptions
  readonly #host: HostCore
  readonly #intake: Intake
  readonly #sessions = new Map<Id, Connected>()
  readonly #ready = new Answers<Ready>()
  readonly desk: PairingDesk
  #server: NetworkServer | undefined
  #isGrowing = false
  #stopUpkeep = (): void => {}

  static async start(core: Core, options: ServeOptions): Promise<ClinicServer> {
    const clinicServer = new ClinicServer(core, options)
    await clinicServer.#listen()
    return clinicServer
  }

  private constructor(core: Core, options: ServeOptions) {
    this.#core = core
    this.#options = options
    this.desk = new PairingDesk(core, options, (attempt) => this.#attacked(attempt), { addresses: () => this.addresses, isConnected: (deviceId) => this.#sessions.has(deviceId) })
    this.#host = new HostCore({
      db: () => core.vault.writer, around: surroundingsOf(core), platform: core.platform, deviceId: options.identity.deviceId, hostName: () => os.hostname().slice(0, limits.name_chars),
      clinicId: () => core.vault.clinic?.id ?? '', sign: options.sign, node: core.node,
      log: (command, deviceId) => (action, actor, subject, commandId) => writeAudit(core.vault.writer, {
        ...subject, at: core.platform.now(), action, outcome: 'done', actorId: actor.userId, sessionId: command.sessionId, door: 'network', commandId,
        patientId: subject.patientId ?? null, entityId: subject.entityId ?? null, code: null, roles: actor.roles,
      }, { deviceId }),
      logRefused: (command, deviceId, code) => writeAudit(core.vault.writer, {
        at: core.platform.now(), action: command.name, outcome: 'refused', actorId: command.actorId, sessionId: command.sessionId, door: 'network', commandId: command.cid, patientId: null, entityId: null, code,
      }, { deviceId }),
      changed: (topics) => {
        core.audit.wrote()
        core.node.changed(topics)
        this.#grew()
      },
    })
    this.#intake = new Intake(this.#host, setImmediate)
  }

  get port(): number {
    return this.#server?.port ?? 0
  }

  get addresses(): string[] {
    return this.#server?.addresses ?? []
  }

  get connected(): ReadonlySet<Id> {
    return new Set(this.#sessions.keys())
  }

  /** Ends everything a machine has open, at once. */
  drop(deviceId: Id): void {
    this.#sessions.get(deviceId)?.peer.send({ t: 'revoked' })
    this.#server?.drop(deviceId)
  }

  async close(): Promise<void> {
    this.desk.close()
    this.#core.node.onSealed = () => {}
    this.#stopUpkeep()
    this.#ready.giveUp()
    this.#options.duties.close()
    await this.#server?.close()
  }

  async #listen(): Promise<void> {
    const core = this.#core
    this.#server = await serveNetwork({
      ...(this.#options.host === undefined ? {} : { host: this.#options.host }), identity: this.#options.identity, port: this.#options.port, platform: core.platform, timers: this.#options.timers ?? realTimers,
      pairing: this.desk.host, snapshotFile: (deviceId, id) => this.#options.duties.snapshotFile(deviceId, id),
      deviceOf: (fingerprint) => this.#deviceOf(fingerprint),
      onOpen: (deviceId, peer) => this.#opened(deviceId, peer),
      onClose: (deviceId, peer) => this.#closed(deviceId, peer),
      onMessage: (deviceId, message, peer) => this.#heard(deviceId, message, peer),
      onAttack: (attack) => this.#attacked(attack),
      onFault: (error, deviceId) => core.logger.error({ deviceId, ...placesOf(error) }, 'a message of a machine was not taken'),
    })
    core.node.onSealed = () => this.#grew()
    core.node.neighbours = this.#neighbours()
    this.#stopUpkeep = (this.#options.timers ?? realTimers).every(UPKEEP_MS, () => void trimOldFeed(core))
  }

  #deviceOf(fingerprint: string): { id: Id; state: 'active' | 'revoked' } | undefined {
    if (this.#core.vault.state !== 'open') return undefined
    const member = store.memberByFingerprint(this.#core.vault.reader, fingerprint)
    if (member && member.fingerprint !== fingerprint) settleRenewal(this.#core, fingerprint)
    return member && { id: member.id, state: member.revokedAt === null ? 'active' : 'revoked' }
  }

  #opened(deviceId: Id, peer: Peer): void {
    this.#sessions.set(deviceId, {
      peer, port: limits.network_port,
      session: new HostSession({
        core: this.#host, intake: this.#intake, deviceId, failed: (error) => this.#failed(peer, error), other: (message) => this.#other(deviceId, message, peer),
        send: (message) => void peer.send(message.t === 'welcome' ? { ...message, standbys: this.#standbys() } : message),
      }),
    })
    this.#core.changes.publish({ topics: ['network'] })
  }

  #failed(peer: Peer, error: unknown): void {
    peer.close(closeCodes.failed)
    this.#core.logger.error({ deviceId: peer.deviceId, ...placesOf(error) }, 'a command of a machine was not taken')
  }

  #closed(deviceId: Id, peer: Peer): void {
    if (this.#sessions.get(deviceId)?.peer !== peer) return
    this.#sessions.delete(deviceId)
    this.#core.changes.publish({ topics: ['network'] })
  }

  #heard(deviceId: Id, message: ToHost, peer: Peer): void {
    const { vault } = this.#core
    if (vault.state !== 'open') {
      peer.send({ t: 'refuse', code: 'LOCKED' })
      return
    }
    const connected = this.#sessions.get(deviceId)
    if (!connected) return
    if (message.t === 'where') return void peer.send(standsAt(this.#core))
    if (message.t === 'hello' && message.port !== undefined) this.#saysWhere(connected, deviceId, message.port)
    connected.session.received(message)
  }

  /** A standby may be the host one day, and this machine will ask it then (lookout.ts). */
  #saysWhere(connected: Connected, deviceId: Id, port: number): void {
    connected.port = port
    if (store.memberById(this.#core.vault.reader, deviceId)?.profile !== 'standby') return
    const address = formatAddress({ host: connected.peer.remote, port })
    rememberStandbys(this.#core.vault.folder, [address])
    // The other standbys have to know too, also one that is away when this one comes.
    if (this.#core.node.role === 'host' && store.addressOf(this.#core.vault.reader, deviceId) !== address) inOwnTransaction(this.#core, (db) => store.setAddress(db, deviceId, address))
  }

  /** As this host sees them: a machine does not know by which of its numbers it is reached. */
  #standbys(): string[] {
    return [...this.#sessions].filter(([id]) => store.memberById(this.#core.vault.reader, id)?.profile === 'standby').map(([, { peer, port }]) => formatAddress({ host: peer.remote, port }))
  }

  /** What a change of hosts asks of the network. */
  #neighbours(): Neighbours {
    return {
      ...this.#core.node.neighbours,
      readyToHost: (deviceId, at) => {
        const standby = this.#sessions.get(deviceId)
        if (!standby?.session.isWelcome) return Promise.resolve(undefined)
        const answer = this.#ready.wait(deviceId, READY_MS)
        standby.peer.send({ t: 'ready-to-host', ...at })
        return answer
      },
      announce: (message) => {
        const next = this.#sessions.get(message.hostId)
        const address = next ? formatAddress({ host: next.peer.remote, port: next.port }) : ''
        // This machine will look for it there too.
        if (address !== '') rememberAddress(this.#core.vault.folder, address)
        for (const { peer } of this.#sessions.values()) peer.send({ ...message, address })
        void this.#core.network.start()
      },
    }
  }

  #other(deviceId: Id, message: ToHost, peer: Peer): void {
    const { platform, vault, changes } = this.#core
    const db = vault.writer
    switch (message.t) {
      case 'ping':
        peer.send({ t: 'pong', sentAt: message.sentAt, hostAt: platform.nowMs(), durableTx: readSync(db).durableTx, feedMax: feedBounds(db).last })
        break
      case 'report':
        store.noteReport(db, deviceId, { ...message, lastSeenAt: platform.now() })
        noteDurable(this.#core)
        changes.publish({ topics: ['network'] })
        break
      case 'events':
        peer.send({ t: 'got-events', upTo: takeEvents(db, deviceId, message.events) })
        this.#core.audit.wrote()
        changes.publish({ topics: ['audit'] })
        break
      case 'snapshot':
        this.#options.duties.snapshot({ profile: store.memberById(db, deviceId)?.profile ?? 'front-desk', atLeast: message.atLeast ?? 0 }, peer)
        break
      case 'renew':
        void renewFor(this.#core, this.#options.authority, deviceId, message.request).then((certificate) => certificate && peer.send({ t: 'renewed', certificate }))
        break
      case 'ready':
        this.#ready.give(deviceId, message)
        break
      case 'prove':
        this.#options.duties.prove(deviceId, message, peer)
        break
      default:
    }
  }

  /**
   * Everybody who waits gets the next page, once all messages that have come by now were heard: twenty commands that arrive
   * together make one page for each machine and not twenty.
   */
  #grew(): void {
    if (this.#isGrowing) return
    this.#isGrowing = true
    setImmediate(() => {
      this.#isGrowing = false
      if (this.#core.vault.state !== 'open') return
      try {
        for (const { session, peer } of this.#sessions.values()) if (peer.bufferedBytes < limits.network_unsent_bytes) session.grew()
      } catch (error) {
        this.#core.logger.error(placesOf(error), 'a page of the feed was not handed out')
      }
    })
  }

  /** Who tried what from where is in the log; nothing of what was sent is. */
  #attacked({ kind, deviceId, remote }: Attempt): void {
    const { vault, platform, logger, audit } = this.#core
    logger.warn({ attack: kind, remote }, 'refused at the network door')
    if (vault.state !== 'open') return
    writeAudit(vault.writer, {
      at: platform.now(), action: 'network.attempt', outcome: 'refused', actorId: null, sessionId: null, door: 'network', commandId: null, patientId: null, entityId: deviceId ?? null, code: kind,
    })
    audit.wrote()
  }
}
