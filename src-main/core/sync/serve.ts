import os from 'node:os'
import type { PairingStep } from '#shared/domains/network/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import type { AboutMachine } from '#shared/sync/pairing.ts'
import type { Profile, ToHost } from '#shared/sync/messages.ts'
import type { Core } from '../core.ts'
import { issueCertificate, type Authority } from '../network/certificates.ts'
import type { NetworkIdentity } from '../network/identity.ts'
import { PairingHost, type Answer, type Asking } from '../network/pairing-server.ts'
import type { Attempt } from '../network/attacks.ts'
import { serveNetwork, type NetworkServer } from '../network/server.ts'
import type { Peer } from '../network/server-peers.ts'
import type { SnapshotFile } from '../network/snapshot-file.ts'
import { realTimers, type Timers } from '../network/timers.ts'
import { placesOf } from '../platform/last-words.ts'
import { writeAudit } from '../rpc/audit-writer.ts'
import { surroundingsOf } from '../rpc/surroundings.ts'
import { readSync } from './context.ts'
import { takeEvents } from './events.ts'
import { feedBounds } from './feed.ts'
import { HostCore } from './host.ts'
import { HostSession } from './host-session.ts'
import * as store from './host-store.ts'

/** What other parts answer for the host: copies for new machines, and whose password is right. */
export interface HostDuties {
  snapshot(deviceId: Id, profile: Profile, peer: Peer): void
  snapshotFile(deviceId: Id, id: string): SnapshotFile | undefined
  prove(deviceId: Id, asked: Extract<ToHost, { t: 'prove' }>, peer: Peer): void
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

/** The host's end of the network: one port, a session for each machine, and the desk where new ones are let in. */
export class ClinicServer {
  readonly #core: Core
  readonly #options: ServeOptions
  readonly #host: HostCore
  readonly #sessions = new Map<Id, { session: HostSession; peer: Peer }>()
  readonly desk: PairingDesk
  #server: NetworkServer | undefined

  static async start(core: Core, options: ServeOptions): Promise<ClinicServer> {
    const clinicServer = new ClinicServer(core, options)
    await clinicServer.#listen()
    return clinicServer
  }

  private constructor(core: Core, options: ServeOptions) {
    this.#core = core
    this.#options = options
    this.desk = new PairingDesk(core, options, (attempt) => this.#attacked(attempt), () => this.#server?.addresses ?? [])
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
  }

  #deviceOf(fingerprint: string): { id: Id; state: 'active' | 'revoked' } | undefined {
    if (this.#core.vault.state !== 'open') return undefined
    const member = store.memberByFingerprint(this.#core.vault.reader, fingerprint)
    return member && { id: member.id, state: member.revokedAt === null ? 'active' : 'revoked' }
  }

  #opened(deviceId: Id, peer: Peer): void {
    this.#sessions.set(deviceId, { peer, session: new HostSession({ core: this.#host, deviceId, send: (message) => void peer.send(message), other: (message) => this.#other(deviceId, message, peer) }) })
    this.#core.changes.publish({ topics: ['network'] })
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
    this.#sessions.get(deviceId)?.session.received(message)
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
        changes.publish({ topics: ['network'] })
        break
      case 'events':
        peer.send({ t: 'got-events', upTo: takeEvents(db, deviceId, message.events) })
        this.#core.audit.wrote()
        changes.publish({ topics: ['audit'] })
        break
      case 'snapshot':
        this.#options.duties.snapshot(deviceId, store.memberById(db, deviceId)?.profile ?? 'front-desk', peer)
        break
      case 'prove':
        this.#options.duties.prove(deviceId, message, peer)
        break
      default:
    }
  }

  #grew(): void {
    for (const { session, peer } of this.#sessions.values()) if (peer.bufferedBytes < limits.network_unsent_bytes) session.grew()
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

/** Where a person at the host lets a new machine in: one at a time, each step told to whoever looks at it. */
export class PairingDesk {
  readonly host: PairingHost
  readonly #core: Core
  readonly #addresses: () => string[]
  #asking: { id: Id; resolve: (answer: Answer) => void; asking: Asking } | undefined
  #tell: ((step: PairingStep) => void) | undefined
  #triesLeft = 0

  constructor(core: Core, { authority, identity, timers = realTimers }: ServeOptions, onAttack: (attempt: Attempt) => void, addresses: () => string[]) {
    this.#core = core
    this.#addresses = addresses
    this.host = new PairingHost({
      platform: core.platform, timers,
      clinic: () => ({
        authority: authority.certificate, clinicId: core.vault.clinic?.id ?? '', clinicName: core.vault.clinic?.name ?? '', epoch: Math.max(readSync(core.vault.reader).epoch, 1),
        hostId: identity.deviceId, hostName: os.hostname().slice(0, limits.name_chars),
      }),
      onRequest: (asking, left) => this.#ask(asking, left),
      issue: (request, deviceId) => issueCertificate(authority, request, { clinicId: core.vault.clinic?.id ?? '', deviceId, at: core.platform.now() }),
      onAdmitted: (machine) => this.#admit(machine),
      onEnd: (end) => this.#tell?.({ is: 'over', why: end === 'cancelled' || end === 'paired' ? 'closed' : end }),
      onAttack: (attempt) => {
        onAttack(attempt)
        if (attempt.kind !== 'wrong-code') return
        this.#triesLeft -= 1
        if (this.#triesLeft > 0) this.#tell?.({ is: 'wrong', triesLeft: this.#triesLeft })
      },
    })
  }

  /** Shows a code until the signal ends it, it is used, or its time is over. */
  async *open(signal: AbortSignal): AsyncGenerator<PairingStep> {
    const steps: PairingStep[] = []
    let wake = (): void => {}
    this.#tell = (step) => {
      steps.push(step)
      wake()
    }
    this.#triesLeft = limits.pairing_tries
    const { code, invitation, expiresAt } = this.host.open(this.#addresses())
    steps.push({ is: 'waiting', code, qr: invitation, addresses: this.#addresses(), until: expiresAt })
    signal.addEventListener('abort', () => wake(), { once: true })
    try {
      while (!signal.aborted) {
        const step = steps.shift()
        if (!step) {
          await new Promise<void>((resolve) => (wake = resolve))
          continue
        }
        yield step
        if (step.is === 'paired' || (step.is === 'over' && !this.#isAdmitting)) return
      }
    } finally {
      this.#tell = undefined
      this.host.cancel()
    }
  }

  answer(id: Id, answer: Answer): boolean {
    if (this.#asking?.id !== id) return false
    this.#isAdmitting = answer.allow
    this.#asking.resolve(answer)
    this.#asking = undefined
    return true
  }

  get asking(): Asking | undefined {
    return this.#asking?.asking
  }

  close(): void {
    this.host.cancel()
  }

  /** Between "Allow" and the certificate the code is over, and the machine not in yet. */
  #isAdmitting = false

  #ask(asking: Asking, left: AbortSignal): Promise<Answer> {
    return new Promise((resolve) => {
      const id = this.#core.platform.newId()
      this.#asking = { id, resolve, asking }
      left.addEventListener('abort', () => (this.#asking = this.#asking?.id === id ? undefined : this.#asking), { once: true })
      this.#tell?.({ is: 'asking', requestId: id, name: asking.name, os: asking.os, profile: asking.profile, digits: asking.number })
    })
  }

  #admit(machine: AboutMachine & { fingerprint: string }): void {
    const { vault, platform, node, changes, audit } = this.#core
    const at = platform.now()
    vault.writer.$client.transaction(() => {
      store.insertMember(vault.writer, { id: machine.deviceId, name: machine.name, os: machine.os, appVersion: machine.app, profile: machine.profile, fingerprint: machine.fingerprint, at })
      writeAudit(vault.writer, { at, action: 'device.paired', outcome: 'done', actorId: null, sessionId: null, door: 'network', commandId: null, patientId: null, entityId: machine.deviceId, code: null })
      node.end(vault.writer, undefined, at, null)
    }).immediate()
    audit.wrote()
    node.committed(undefined)
    changes.publish({ topics: ['network', 'devices'] })
    this.#isAdmitting = false
    this.#tell?.({ is: 'paired', name: machine.name })
  }
}
