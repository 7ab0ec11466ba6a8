import type Sqlite from 'better-sqlite3'
import { toMs } from '#shared/kernel/time.ts'
import { schemaVersion } from '#main/core/db/migrate.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { forgetAccessSettings } from '#main/core/access/windows.ts'
import { readSync, writeSync } from '#main/core/sync/context.ts'
import { feedBounds, sealFeed } from '#main/core/sync/feed.ts'
import { memberById } from '#main/core/sync/host-store.ts'
import * as memberStore from '#main/core/sync/member-store.ts'
import type { Bug } from './bugs.ts'
import { checkPrefix } from './checks/prefix.ts'
import { Monitor } from './checks/monitor.ts'
import { tablesFor } from './checks/tables.ts'
import { checkAtRest } from './checks/at-rest.ts'
import { Agenda } from './engine/agenda.ts'
import { machineIds, OPENS_AT, people } from './engine/clinic.ts'
import type { Machinery } from './engine/machinery.ts'
import { randomOf, seedFor, type Random } from './engine/random.ts'
import { calmDown, diskFull } from './engine/weather.ts'
import { Wire } from './engine/wire.ts'
import { Copies } from './machines/copies.ts'
import { Node } from './machines/node.ts'
import { promote, startNewEpoch, tellOfSuccessor } from './machines/succession.ts'
import type { Plan, Step } from './plan.ts'

/** After the last step the network is whole and every machine runs: so long they have to come to one state. */
const HEALED_MS = 240_000

const statements = new WeakMap<WriteDb, Map<string, Sqlite.Statement>>()

/** A clinic's machines in virtual time, and everything that happens to them. */
export class World {
  readonly plan: Plan
  readonly bug: Bug | undefined
  /** What statements answer instead, under a seeded bug. */
  readonly asked: ((sql: string, answer: unknown) => unknown) | undefined
  readonly agenda: Agenda
  readonly wire: Wire
  readonly monitor: Monitor
  readonly copies: Copies
  readonly nodes: readonly Node[]
  readonly lines: string[] = []
  readonly isHostAhead: boolean
  /** The host's disk was replaced by an older copy. */
  wasRestored = false
  /** Who has ever been host, the newest last, with the epoch and where it began. */
  readonly hosts: { node: Node; epoch: number; forkTx: number }[]
  readonly #isTraced: boolean
  readonly #search: Random
  readonly #schemas = new Map<Node, number>()
  readonly #down = new Map<Node, number>()
  #backup: Buffer | undefined

  constructor(plan: Plan, machinery: Machinery, { bug, isTraced = false }: { bug?: Bug | undefined; isTraced?: boolean } = {}) {
    this.plan = plan
    this.bug = bug
    this.asked = bug?.asking?.()
    this.#isTraced = isTraced
    this.isHostAhead = plan.isHostAhead
    this.agenda = new Agenda(toMs(OPENS_AT))
    this.wire = new Wire({ agenda: this.agenda, random: randomOf(seedFor(plan.seed, 'wire')), plan, trace: (line) => this.trace(line) })
    this.monitor = new Monitor(this)
    this.#search = randomOf(seedFor(plan.seed, 'search'))
    const { templates } = machinery
    this.copies = new Copies(machinery.scratch, templates.blank)
    this.nodes = [undefined, ...plan.members].map((member, index) => {
      const disk = machinery.diskFor(index)
      calmDown(disk.weather)
      disk.load(member ? templates.member[member.profile] : templates.host)
      bug?.disk?.(disk.db)
      forgetAccessSettings(disk.db)
      return new Node(this, index, disk)
    })
    this.hosts = [{ node: this.node(0), epoch: 1, forkTx: 0 }]
    for (const node of this.nodes) if (node.index === 0 || plan.members[node.index - 1]?.profile === 'standby') this.monitor.begin(node, tablesFor(this, node, 'standby'))
    this.#pair()
  }

  get host(): Node {
    const last = this.hosts.at(-1)
    if (!last) throw new Error('there is always a host')
    return last.node
  }

  node(index: number): Node {
    const found = this.nodes[index]
    if (!found) throw new Error(`there is no machine ${index}`)
    return found
  }

  /** Runs the whole plan; throws a Violation where an invariant does not hold. */
  run(): void {
    for (const step of this.plan.steps) this.agenda.in(step.at, () => this.#take(step))
    for (const node of this.nodes) node.start()
    const endsAt = this.agenda.now + this.plan.lastsMs
    while (this.agenda.step(endsAt));
    this.agenda.now = endsAt
    this.#heal()
    const until = this.agenda.now + HEALED_MS
    while (!this.monitor.isAtRest() && this.agenda.step(until));
    checkAtRest(this)
  }

  trace(line: () => string): void {
    if (this.#isTraced) this.lines.push(`${String(this.agenda.now - toMs(OPENS_AT)).padStart(7)} ${line()}`)
  }

  /** Prepared once for each disk: checks must not cost more than what they check. */
  statement(db: WriteDb, sql: string): Sqlite.Statement {
    const known = statements.get(db) ?? new Map<string, Sqlite.Statement>()
    statements.set(db, known)
    const statement = known.get(sql) ?? db.$client.prepare(sql)
    known.set(sql, statement)
    return statement
  }

  /** A machine that looks for its host finds whoever calls itself one, which may be the wrong one. */
  hostToTry(): Node {
    return this.wire.isHealed ? this.host : this.#search.pick(this.hosts).node
  }

  restartMs(node: Node): number {
    return this.wire.isHealed ? 1 : (this.#down.get(node) ?? 1_000)
  }

  /** The content of a machine's disk becomes another one; the machine begins anew from it. */
  exchange(node: Node, image: Buffer): void {
    const wasUp = node.isUp
    if (wasUp) node.stop()
    node.disk.load(image)
    forgetAccessSettings(node.disk.db)
    this.monitor.exchanged(node)
    if (wasUp) node.start()
  }

  /** The person who put the host back sees that it is older than its machines, and says so. */
  needsNewEpoch(): void {
    this.agenda.in(1_000, () => {
      const { host } = this
      if (!host.isUp || readSync(host.disk.db).standing !== 'restored') return
      host.act(() => {
        const { epoch, forkTx } = startNewEpoch(host)
        this.hosts.push({ node: host, epoch, forkTx })
      })
    })
  }

  #pair(): void {
    const { disk: { db }, platform } = this.host
    const at = platform.now()
    const insert = this.statement(db, `insert into members (id, name, os, app_version, profile, fingerprint, paired_at, last_seq, last_event, cursor, unsent, attention, last_seen_at) values (?, ?, '', '', ?, ?, ?, 0, 0, 0, 0, 0, ?)`)
    db.$client.transaction(() => {
      insert.run(machineIds[0], 'Host', 'standby', machineIds[0], at, at)
      for (const [n, { profile }] of this.plan.members.entries()) insert.run(machineIds[n + 1], `Machine ${n + 1}`, profile, machineIds[n + 1], at, at)
      sealFeed(db, at)
    }).immediate()
  }

  #take(step: Step): void {
    this.trace(() => `step ${JSON.stringify(step)}`)
    switch (step.do) {
      case 'command': return this.#ifUp(step.machine, (node) => node.command(step))
      case 'crash': return this.#ifUp(step.machine, (node) => {
        this.#down.set(node, step.downMs)
        node.arm(step)
      })
      case 'disk': return this.#ifUp(step.machine, (node) => node.failWrite(step.skip, () => diskFull(step.code)))
      case 'cut': return this.wire.cut(step.machine, step.way, step.ms)
      case 'clock': return void (this.node(step.machine).clockMs += step.byMs)
      case 'roles': return this.#atHost((db, at) => this.#setRole(db, at, step))
      case 'revoke': return this.#atHost((db, at) => this.#revoke(db, at, step.machine))
      case 'snapshot': return this.#ifUp(step.machine, (node) => void node.act(() => node.member?.wantCopy()))
      case 'backup': return this.#backUp()
      case 'restore': return this.#restore()
      case 'promote': return this.#promote(step.downMs)
      case 'look': return this.#ifUp(step.machine, (node) => checkPrefix(this, node))
    }
  }

  #ifUp(index: number, work: (node: Node) => void): void {
    const node = this.nodes[index]
    if (node?.isUp) work(node)
  }

  /** What the host's administrator does at the host. */
  #atHost(work: (db: WriteDb, at: string) => void): void {
    const { host } = this
    if (!host.isUp) return
    const { disk: { db }, platform } = host
    const at = platform.now()
    host.act(() => {
      db.$client.transaction(() => {
        work(db, at)
        sealFeed(db, at)
      }).immediate()
      host.host?.grew()
    })
  }

  #setRole(db: WriteDb, _at: string, { person, isGranted }: Extract<Step, { do: 'roles' }>): void {
    const who = people[person]
    if (!who || who.role === 'administrator') return
    this.statement(db, isGranted ? 'insert or ignore into user_roles (user_id, role) values (?, ?)' : 'delete from user_roles where user_id = ? and role = ?').run(who.userId, who.role)
  }

  #revoke(db: WriteDb, at: string, machine: number): void {
    if (this.nodes[machine]?.host) return
    this.statement(db, 'update members set revoked_at = ? where id = ? and revoked_at is null').run(at, machineIds[machine])
  }

  #backUp(): void {
    const { disk: { db }, isUp } = this.host
    if (!isUp || this.hosts.length > 1) return
    this.#backup = this.host.disk.image()
    // Said only once the copy is verified (sync.md 2.9).
    this.host.act(() => writeSync(db, { durableTx: feedBounds(db).last }))
  }

  /** The disk is gone and an older copy is put in its place; nobody says so to anybody. */
  #restore(): void {
    const { host } = this
    // After it the others need a whole copy, and a machine of an older release cannot open a newer host's: it waits for its update (sync.lease, sync.copy).
    if (!this.#backup || this.hosts.length > 1 || this.plan.isHostAhead) return
    this.wasRestored = true
    this.exchange(host, this.#backup)
    this.monitor.restored(host)
  }

  #promote(downMs: number): void {
    const old = this.host
    const standby = this.nodes.find((node) => node.isUp && node.member && !node.isRevoked && readSync(node.disk.db).profile === 'standby' && readSync(node.disk.db).standing === 'good' && node.member.stoppedBy === undefined)
    // One that has never heard which machines there are has nothing to go on with.
    if (!standby?.member || this.hosts.length > 1 || readSync(standby.disk.db).cursor === 0) return
    // A person chooses the successor: not one that was sent away and has not heard, nor one of an older release than the host's.
    if (this.plan.isHostAhead || memberById(old.disk.db, standby.id)?.revokedAt !== null) return
    const { core } = standby.member
    if (downMs > 0) {
      old.stop()
      this.agenda.in(downMs, () => !old.isUp && old.start())
    }
    standby.disarm()
    standby.stop()
    const { epoch, forkTx } = promote(standby, core)
    this.hosts.push({ node: standby, epoch, forkTx })
    this.monitor.exchanged(standby)
    standby.start()
  }

  #heal(): void {
    this.trace(() => 'healed')
    this.wire.heal()
    for (const node of this.nodes) {
      node.disarm()
      if (!node.isUp) node.start()
    }
    for (const node of this.nodes) if (node !== this.host && node.host) tellOfSuccessor(node, this.host)
  }

  /** What a machine has not been told yet, for the wait until everything is told. */
  isSettled(node: Node): boolean {
    const { db } = node.disk
    return readSync(db).cursor === feedBounds(this.host.disk.db).last && memberStore.unsentOf(db).unsent === 0
  }

  /** It does not change within a schedule. */
  schemaOf(node: Node): number {
    const known = this.#schemas.get(node) ?? schemaVersion(node.disk.db)
    this.#schemas.set(node, known)
    return known
  }
}
