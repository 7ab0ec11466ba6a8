import { refuse } from '#shared/rpc/errors.ts'
import type { ToHost, ToNode } from '#shared/sync/messages.ts'
import { carryOut } from '#main/core/sync/carry-out.ts'
import { readSync } from '#main/core/sync/context.ts'
import { HostCore, type HostParts } from '#main/core/sync/host.ts'
import { HostSession } from '#main/core/sync/host-session.ts'
import { Intake } from '#main/core/sync/intake.ts'
import { COMMAND_VERSION } from '#main/core/sync/node.ts'
import { recordOwn } from '#main/core/sync/own.ts'
import { clinicId } from '../engine/clinic.ts'
import { Crash } from '../engine/weather.ts'
import type { Connection } from '../engine/wire.ts'
import type { Wanted } from '../workload.ts'
import type { Node } from './node.ts'

const TOGETHER_MS = 30

/** A machine while it is host: the product's host core and one session for each connection. */
export class HostSide {
  readonly core: HostCore
  readonly #node: Node
  readonly #intake: Intake
  readonly #sessions = new Map<Connection, HostSession>()

  constructor(node: Node) {
    this.#node = node
    const parts: HostParts = {
      db: () => node.disk.db, around: node.around, platform: node.platform, deviceId: node.id, hostName: () => 'Host', clinicId: () => clinicId,
      sign: () => 'signature', log: () => () => {}, logRefused: () => {}, changed: () => this.grew(),
      node: { isFrozen: false, steppedDown: () => node.steppedDown() },
    }
    this.core = node.world.bug?.host?.(parts) ?? new HostCore(parts)
    this.#intake = new Intake(this.core, (work) => this.#later(work))
  }

  accept(connection: Connection, deviceId: string): void {
    this.#sessions.set(connection, new HostSession({
      core: this.core, intake: this.#intake, deviceId, send: (message) => this.#send(connection, message), other: (message) => this.#other(connection, deviceId, message),
      failed: (error) => this.#failed(connection, error),
    }))
  }

  /** Long enough that commands of several machines now and then come together. */
  #later(work: () => void): void {
    this.#node.world.agenda.in(TOGETHER_MS, () => {
      if (this.#node.host === this) this.#node.act(work)
    })
  }

  /** A machine that stops takes everything with it; anything else, one connection. */
  #failed(connection: Connection, error: unknown): void {
    if (error instanceof Crash) throw error
    this.#node.world.wire.close(connection)
    this.#node.act(() => {
      throw error
    })
  }

  received(connection: Connection, message: ToHost): void {
    const session = this.#sessions.get(connection)
    if (message.t === 'hello') this.#node.world.monitor.heardHello(this.#node, message)
    session?.received(message)
    // Whoever was sent away is hung up on, once the word has had time to arrive.
    if (session && !session.isWelcome) this.#node.world.agenda.in(100, () => this.#node.world.wire.close(connection))
  }

  closed(connection: Connection): void {
    this.#sessions.delete(connection)
  }

  /** The feed has grown: a session whose connection fails takes nothing from the others. */
  grew(): void {
    for (const session of this.#sessions.values()) session.grew()
  }

  stop(): void {
    for (const connection of this.#sessions.keys()) {
      connection.isOpenAt.host = false
      this.#node.world.wire.close(connection)
    }
    this.#sessions.clear()
  }

  /** A command that is given at the host itself is done at once or refused. */
  give({ name, input, actor }: Wanted): undefined {
    const { disk: { db }, around, platform, id, world } = this.#node
    const command = { cid: platform.newId(), name, version: COMMAND_VERSION, input, actorId: actor.userId, sessionId: actor.userId, proof: 'full' as const, at: platform.now() }
    let feedTo = 0
    db.$client.transaction(() => {
      const { executed } = carryOut(db, around, command)
      if (!executed.isDone) throw refuse(executed.code, executed.data)
      feedTo = readSync(db).nextTx
      recordOwn(db, id, command, executed.output)
      world.monitor.saving(this.#node, command.cid)
    }).immediate()
    world.monitor.saved(this.#node, { ...command, feedTo })
    this.grew()
  }

  #send(connection: Connection, message: ToNode): void {
    this.#node.send(connection, 'member', message)
  }

  #other(connection: Connection, deviceId: string, message: ToHost): void {
    const { world, disk: { db }, platform } = this.#node
    if (message.t === 'ping') this.#send(connection, { t: 'pong', sentAt: message.sentAt, hostAt: platform.nowMs(), durableTx: readSync(db).durableTx, feedMax: readSync(db).nextTx - 1 })
    if (message.t === 'snapshot') this.#send(connection, world.copies.make(this.#node, deviceId))
  }
}
