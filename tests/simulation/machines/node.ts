import Sqlite from 'better-sqlite3'
import { Refusal } from '#shared/rpc/errors.ts'
import type { ToHost, ToNode } from '#shared/sync/messages.ts'
import { platformWith, type Platform } from '#main/core/platform/platform.ts'
import type { Surroundings } from '#main/core/rpc/surroundings.ts'
import { readSync } from '#main/core/sync/context.ts'
import { machineIds, ZONE } from '../engine/clinic.ts'
import type { Disk } from '../engine/disk.ts'
import { randomOf, seedFor } from '../engine/random.ts'
import { Crash } from '../engine/weather.ts'
import type { Connection, End, Peer } from '../engine/wire.ts'
import type { Step } from '../plan.ts'
import { wantedFor, type Wanted } from '../workload.ts'
import type { World } from '../world.ts'
import { HostSide } from './host-side.ts'
import { MemberSide } from './member-side.ts'

type CrashStep = Extract<Step, { do: 'crash' }>

/**
 * One machine of the clinic: the product's own core for the role that its disk says, on a clock, a network and a disk that
 * the world holds. What is in memory goes with each crash; what is on the disk stays.
 */
export class Node implements Peer {
  readonly index: number
  readonly id: string
  readonly disk: Disk
  readonly world: World
  readonly platform: Platform
  readonly around: Surroundings
  isUp = false
  /** Its host has sent it away. */
  isRevoked = false
  clockMs = 0
  host: HostSide | undefined
  member: MemberSide | undefined
  #hasStopped = false
  #armed: { step: CrashStep; left: number } | undefined

  constructor(world: World, index: number, disk: Disk) {
    const id = machineIds[index]
    if (!id) throw new Error('there are ids for so many machines')
    const random = randomOf(seedFor(world.plan.seed, `machine ${index}`))
    this.world = world
    this.index = index
    this.id = id
    this.disk = disk
    this.platform = platformWith(() => world.agenda.now + this.clockMs, random.bytes)
    this.around = {
      zone: ZONE, machine: () => ({ deviceId: id, live: new Map() }) as unknown as ReturnType<Surroundings['machine']>,
      // Nobody in the simulation writes psychotherapy notes.
      noteKeysOf: () => ({ draw: () => undefined, open: () => undefined, sealText: () => Buffer.alloc(0), openText: () => undefined }),
    }
  }

  start(): void {
    const { weather, db } = this.disk
    weather.beforeCommit = () => this.point('before-commit')
    weather.afterCommit = () => {
      this.world.monitor.committed(this)
      this.point('after-commit')
    }
    weather.asked = this.world.asked
    this.isUp = true
    this.#hasStopped = false
    const isHost = readSync(db).role === 'host'
    this.host = isHost ? new HostSide(this) : undefined
    this.member = isHost ? undefined : new MemberSide(this)
    this.member?.connectSoon()
  }

  stop(): void {
    this.isUp = false
    this.member?.stop()
    this.host?.stop()
    this.host = undefined
    this.member = undefined
  }

  /** Its time as host is over: from now on it is a member of the other. */
  steppedDown(): void {
    this.world.trace(() => `${this.index}: steps down`)
    this.world.agenda.in(0, () => {
      if (!this.isUp || !this.host) return
      this.stop()
      this.start()
    })
  }

  /** Runs what the machine does on its own, and takes what may go wrong with it. Answers whether it went well. */
  act(work: () => void): boolean {
    try {
      work()
      return true
    } catch (error) {
      if (error instanceof Crash) this.#crashed()
      else if (isDiskError(error)) this.world.trace(() => `${this.index}: ${String(error)}`)
      else throw error
      return false
    }
  }

  arm(step: CrashStep): void {
    this.#armed = { step, left: step.skip }
  }

  disarm(): void {
    this.#armed = undefined
    this.disk.weather.beforeWrite = () => {}
  }

  failWrite(skip: number, error: () => Error): void {
    let left = skip
    this.disk.weather.beforeWrite = () => {
      left -= 1
      if (left >= 0) return
      this.disk.weather.beforeWrite = () => {}
      throw error()
    }
  }

  /** A place where the machine may stop. Once it has, nothing more is committed or sent, whoever caught the first error. */
  point(point: CrashStep['point']): void {
    if (this.#hasStopped) throw new Crash(point)
    const armed = this.#armed
    if (armed?.step.point !== point) return
    armed.left -= 1
    if (armed.left >= 0) return
    this.#armed = undefined
    this.#hasStopped = true
    throw new Crash(point)
  }

  #crashed(): void {
    this.world.trace(() => `${this.index}: crash`)
    this.stop()
    if (this.disk.db.$client.inTransaction) this.disk.db.$client.exec('rollback')
    this.world.agenda.in(this.world.restartMs(this), () => {
      if (this.isUp) return
      this.world.trace(() => `${this.index}: starts again`)
      this.start()
      this.world.monitor.restarted(this)
    })
  }

  send(connection: Connection, to: End, message: ToHost | ToNode): void {
    this.point('before-send')
    this.world.wire.send(connection, to, message)
    this.point('after-send')
  }

  received(connection: Connection, message: ToHost | ToNode): void {
    const isWell = this.act(() => {
      if (connection.host === this) this.host?.received(connection, message as ToHost) // To the host's end come only such.
      else this.member?.received(connection, message as ToNode) // And to a member's only these.
    })
    // What the glue does with any failure: the connection ends, the next one begins from what the disk says.
    if (!isWell) this.world.wire.close(connection)
  }

  closed(connection: Connection): void {
    if (connection.host === this) this.host?.closed(connection)
    else this.member?.closed(connection)
  }

  /** A person at this machine does something that what they see suggests. */
  command(step: Extract<Step, { do: 'command' }>): void {
    const random = randomOf(step.seed)
    const wanted = wantedFor(step.what, { rows: (sql) => this.rows(sql), newId: () => this.platform.newId() }, random)
    if (!wanted || this.isRevoked) return
    let refusal: string | undefined
    this.act(() => (refusal = this.#give(wanted)))
    this.world.trace(() => `${this.index}: ${wanted.actor.userName} ${wanted.name} ${refusal ?? 'saved'}`)
    this.world.monitor.told(wanted.name, refusal)
  }

  #give(wanted: Wanted): string | undefined {
    try {
      return this.host ? this.host.give(wanted) : this.member?.give(wanted)
    } catch (error) {
      if (error instanceof Refusal) return error.code
      throw error
    }
  }

  rows<T>(sql: string): T[] {
    return this.world.statement(this.disk.db, sql).all() as T[] // The columns of the caller's select.
  }
}

const isDiskError = (error: unknown): boolean =>
  (error instanceof Sqlite.SqliteError && (error.code === 'SQLITE_FULL' || error.code.startsWith('SQLITE_IOERR'))) || (error instanceof Refusal && error.code === 'DISK_FULL')
