import { contract } from '#shared/rpc/contract.ts'
import { findProcedure } from '#shared/rpc/define.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import { toInstant } from '#shared/kernel/time.ts'
import { PROTOCOL_MIN, scopesOf, type StopReason, type ToHost, type ToNode, type Welcome } from '#shared/sync/messages.ts'
import { carryOut } from '#main/core/sync/carry-out.ts'
import { readSync } from '#main/core/sync/context.ts'
import { MemberCore, type MemberParts } from '#main/core/sync/member.ts'
import { MemberSession } from '#main/core/sync/member-session.ts'
import { COMMAND_VERSION } from '#main/core/sync/node.ts'
import { clinicId } from '../engine/clinic.ts'
import type { Connection } from '../engine/wire.ts'
import type { Wanted } from '../workload.ts'
import type { Node } from './node.ts'

const HEARTBEAT_MS = 5_000
const DEAD_MS = 12_000
const RETRY_MS = 1_500
/** Of a whole copy. */
const DOWNLOAD_MS = 400

/** A machine while it follows a host: the product's member core, a session for each connection, and the search for the host. */
export class MemberSide {
  readonly core: MemberCore
  readonly #node: Node
  #session: MemberSession | undefined
  #connection: Connection | undefined
  #heardMs = 0
  #offsetMs = 0
  #isStopped = false
  /** A whole copy is on its way. */
  #isWanting = false
  stoppedBy: StopReason | undefined

  constructor(node: Node) {
    this.#node = node
    const parts: MemberParts = { db: () => node.disk.db, around: node.around, platform: node.platform, deviceId: node.id, clinicId: () => clinicId, appVersion: '1', fewPending: node.world.plan.seed % 2 === 0 ? 0 : 20 }
    this.core = node.world.bug?.member?.(parts) ?? new MemberCore(parts)
  }

  get isConnected(): boolean {
    return this.#session?.isReady === true
  }

  isConnectedTo(host: Node): boolean {
    return this.isConnected && this.#connection?.host === host && this.#connection.isOpenAt.host
  }

  connectSoon(ms = 10): void {
    this.#node.world.agenda.in(ms, () => this.#alive(() => this.#connect()))
  }

  stop(): void {
    this.#isStopped = true
    this.#drop()
  }

  received(connection: Connection, message: ToNode): void {
    if (connection !== this.#connection) return
    this.#heardMs = this.#node.world.agenda.now
    if (message.t === 'snapshot-ready') return this.#download(message.id)
    // While a copy is on its way nothing newer is taken, or it would put the machine back.
    if (message.t === 'changes' && this.#isWanting) return
    this.#say(this.#session?.received(message) ?? [])
  }

  closed(connection: Connection): void {
    if (connection !== this.#connection) return
    this.#drop()
    this.connectSoon(RETRY_MS)
  }

  /** What a person does here is kept here at once; what needs the host's word is only handed over. */
  give({ name, input, actor }: Wanted): undefined {
    const { disk: { db }, around, platform, world } = this.#node
    const procedure = findProcedure(contract, name.split('.'))
    const { profile } = readSync(db)
    if (procedure?.scope === 'clinical' && profile && !scopesOf[profile].includes('clinical')) throw refuse(CommonError.NOT_ON_THIS_MACHINE)
    const isAsked = procedure?.offline === false
    if (isAsked && !this.isConnected) throw refuse(CommonError.HOST_NEEDED)
    const command = { cid: platform.newId(), name, version: COMMAND_VERSION, input, actorId: actor.userId, sessionId: actor.userId, proof: 'full' as const, at: toInstant(platform.nowMs() + this.#offsetMs) }
    db.$client.transaction(() => {
      this.core.begin()
      const executed = isAsked ? undefined : carryOut(db, around, command).executed
      if (executed?.isDone === false) throw refuse(executed.code, executed.data)
      this.core.note(command)
      world.monitor.saving(this.#node, command.cid)
    }).immediate()
    world.monitor.saved(this.#node, command)
    this.#say(this.#session?.noted() ?? [])
  }

  /** Asks for a whole copy, as after an update or a long absence. */
  wantCopy(): void {
    if (this.isConnected) this.#wantCopy()
  }

  #connect(): void {
    if (this.#connection || this.#node.isRevoked || this.#isGivenUp()) return
    const { world } = this.#node
    const host = world.hostToTry()
    const connection = host.host && host !== this.#node ? world.wire.connect(this.#node, host) : undefined
    if (!connection) return this.connectSoon(RETRY_MS)
    this.#connection = connection
    this.#heardMs = world.agenda.now
    host.host?.accept(connection, this.#node.id)
    this.#session = new MemberSession(this.core, () => this.#node.disk.db, {
      ready: (welcome) => this.#ready(welcome, host), applied: () => {}, stopped: (reason) => this.#stoppedBy(reason),
      snapshotNeeded: () => this.#wantCopy(), other: (message) => this.#other(message),
    })
    world.agenda.in(HEARTBEAT_MS, () => this.#beat(connection))
    this.#say(this.#session.opened())
  }

  #ready(welcome: Welcome, host: Node): void {
    const { world, platform } = this.#node
    this.#offsetMs = Math.round((welcome.receivedAt - welcome.sentAt + (welcome.answeredAt - platform.nowMs())) / 2)
    world.monitor.follows(this.#node, host)
  }

  /** Refused by somebody who is no host, or not any more: there is another one. Anything else waits for a person. */
  #stoppedBy(reason: StopReason): void {
    const { world } = this.#node
    world.trace(() => `${this.#node.index}: stopped by ${reason}`)
    this.stoppedBy = reason
    if (reason === 'REVOKED') this.#node.isRevoked = true
    if (reason === 'HOST_RESTORED' && this.#connection?.host) world.needsNewEpoch()
    this.#hangUp()
  }

  #isGivenUp(): boolean {
    return this.stoppedBy !== undefined && !['OLDER_HOST', 'NOT_HOST', 'EPOCH_TOO_HIGH', 'BUSY', 'LOCKED', 'HOST_RESTORED'].includes(this.stoppedBy)
  }

  /** Somebody who is no host says who is: it is looked for there. */
  #other(message: ToNode): void {
    if (message.t === 'epoch') this.#hangUp()
  }

  #wantCopy(): void {
    this.#isWanting = true
    this.#say([{ t: 'snapshot' }])
  }

  #download(id: string): void {
    const connection = this.#connection
    if (!connection || !this.#isWanting) return
    this.#node.world.agenda.in(DOWNLOAD_MS, () => this.#alive(() => {
      if (this.#connection !== connection) return
      this.#isWanting = false
      this.#node.world.copies.take(this.#node, id)
      this.#hangUp()
    }))
  }

  #beat(connection: Connection): void {
    this.#alive(() => {
      if (this.#connection !== connection) return
      const { world, platform } = this.#node
      if (world.agenda.now - this.#heardMs > DEAD_MS) return this.#hangUp()
      world.agenda.in(HEARTBEAT_MS, () => this.#beat(connection))
      this.#say([{ t: 'ping', sentAt: platform.nowMs() }, ...(this.#isWanting ? [{ t: 'snapshot' } as const] : (this.#session?.tick() ?? []))])
    })
  }

  #hangUp(): void {
    this.#drop()
    this.connectSoon(RETRY_MS)
  }

  #drop(): void {
    if (this.#connection) {
      this.#connection.isOpenAt.member = false
      this.#node.world.wire.close(this.#connection)
    }
    this.#connection = undefined
    this.#session = undefined
    this.#isWanting = false
  }

  #say(messages: readonly ToHost[]): void {
    for (const message of messages) {
      if (!this.#connection) return
      const rows = message.t === 'pull' ? { rows: this.#node.world.plan.pageRows } : {}
      const proto = message.t === 'hello' && this.#node.world.plan.members[this.#node.index - 1]?.speaks === 'too-old' ? { proto: PROTOCOL_MIN - 1 } : {}
      this.#node.send(this.#connection, 'host', { ...message, ...proto, ...rows })
    }
  }

  #alive(work: () => void): void {
    if (!this.#isStopped) this.#node.act(work)
  }
}
