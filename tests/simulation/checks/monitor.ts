import type { Id } from '#shared/kernel/ids.ts'
import type { Hello } from '#shared/sync/messages.ts'
import { readSync } from '#main/core/sync/context.ts'
import { feedBounds } from '#main/core/sync/feed.ts'
import type { Node } from '../machines/node.ts'
import type { World } from '../world.ts'
import { overlapSql } from './appointments.ts'
import { checkPrefix } from './prefix.ts'
import { rowsOf, type Rows } from './tables.ts'
import { hold } from './violation.ts'

interface Saved { machine: number; name: string; feedTo: number | undefined }

/** Remembers what was promised, and looks after each commit at what can be seen cheaply. */
export class Monitor {
  readonly #world: World
  /** What a person was told is saved, by command. */
  readonly promised = new Map<Id, Saved>()
  /** What a machine may have saved when it stopped: either is right. */
  readonly maybe = new Set<Id>()
  /** How often each command was done and how often refused with what: a simulation in which nothing succeeds proves nothing. */
  readonly tally = new Map<string, number>()
  readonly #start = new Map<string, Rows>()
  readonly #lastTx = new Map<Node, number>()
  readonly #cursors = new Map<Node, number>()
  readonly #epochs = new Map<Node, number>()

  constructor(world: World) {
    this.#world = world
  }

  saving(_node: Node, cid: Id): void {
    this.maybe.add(cid)
  }

  saved(node: Node, { cid, name, feedTo }: { cid: Id; name: string; feedTo?: number }): void {
    this.maybe.delete(cid)
    this.promised.set(cid, { machine: node.index, name, feedTo })
  }

  told(name: string, refusal: string | undefined): void {
    const key = `${name} ${refusal ?? 'done'}`
    this.tally.set(key, (this.tally.get(key) ?? 0) + 1)
  }

  /** The state with which a machine began, for looks back. */
  atStart(node: Node, table: string): Rows {
    return this.#start.get(`${node.index} ${table}`) ?? new Map()
  }

  /** Kept before anything happens: the host's and, because it may become host, the standby's. */
  begin(node: Node, tables: readonly string[]): void {
    for (const table of tables) this.#start.set(`${node.index} ${table}`, rowsOf(this.#world, node, table))
  }

  committed(node: Node): void {
    const { db } = node.disk
    const { role, cursor, standing } = readSync(db)
    if (role === 'host') {
      const { last } = feedBounds(db)
      const before = this.#lastTx.get(node) ?? last
      // Commands of several machines share a commit; each of them is a transaction of the feed.
      const { sealed } = this.#world.statement(db, 'select count(*) as sealed from sync_feed_tx where tx > ?').get(before) as { sealed: number } // One number.
      hold(last === before + sealed, 'I4', () => `the feed went from ${before} to ${last} in one commit, with ${sealed} transactions`)
      this.#lastTx.set(node, last)
      const carried = this.#world.statement(db, 'select cid, name from sync_applied where feed_to > ?').all(before) as { cid: Id; name: string }[] // The columns of the select.
      const strange = carried.find(({ cid }) => !this.#isGiven(cid))
      hold(!strange, 'I2', () => `${strange?.name} was carried out and nobody gave it (${strange?.cid})`)
      const [overlap] = this.#world.statement(db, overlapSql).all()
      hold(overlap === undefined, 'I7', () => `two appointments at one time: ${JSON.stringify(overlap)}`)
      return
    }
    hold(cursor >= (this.#cursors.get(node) ?? 0), 'I5', () => `machine ${node.index} went back to ${cursor}`)
    this.#cursors.set(node, cursor)
    // On the way to a new copy it holds what the host before had confirmed.
    if (standing !== 'good') return
    const [early] = this.#world.statement(db, `select seq, feed_to from sync_outbox where state = 'archived' and feed_to > (select cursor from sync_context)`).all()
    hold(early === undefined, 'I6', () => `machine ${node.index} has let go of a command whose rows it does not have: ${JSON.stringify(early)}`)
  }

  #isGiven(cid: Id): boolean {
    const [plain = cid] = cid.split('@')
    return this.promised.has(plain) || this.maybe.has(plain)
  }

  /** Nobody knows more of this epoch than its host: what a machine has was on the host's disk before it left (early acknowledgement). */
  heardHello(host: Node, hello: Hello): void {
    const { epoch, role } = readSync(host.disk.db)
    if (role !== 'host') return
    const { last } = feedBounds(host.disk.db)
    hold(this.#world.wasRestored || hello.needsCopy === true || hello.epochSeen !== epoch || hello.cursor <= last, 'I5', () => `a machine stands at ${hello.cursor} of epoch ${epoch}, its host at ${last}`)
  }

  /** I12: whom a machine follows is never of an older time than somebody it has followed. */
  follows(node: Node, host: Node): void {
    const { epoch } = readSync(host.disk.db)
    const seen = this.#epochs.get(node) ?? 0
    hold(epoch >= seen, 'I12', () => `machine ${node.index} follows a host of epoch ${epoch} after one of ${seen}`)
    this.#epochs.set(node, epoch)
  }

  restarted(node: Node): void {
    checkPrefix(this.#world, node)
  }

  exchanged(node: Node): void {
    this.#lastTx.delete(node)
    this.#cursors.delete(node)
  }

  /** What was typed at the host itself and was only on the disk that is gone (sync.md 2.9). */
  restored(host: Node): void {
    const { last } = feedBounds(host.disk.db)
    for (const [cid, { machine, feedTo }] of this.promised) {
      if (machine !== host.index || feedTo === undefined || feedTo <= last) continue
      this.promised.delete(cid)
      this.maybe.add(cid)
    }
  }

  isAtRest(): boolean {
    const { host, nodes } = this.#world
    return host.isUp && nodes.every((node) => node === host || isOut(node) || (node.member?.isConnectedTo(host) === true && this.#world.isSettled(node)))
  }
}

/** Sent away, or of a version that this host does not speak to: it waits for a person. */
export const isOut = (node: Node): boolean => node.isRevoked || node.member?.stoppedBy === 'PROTOCOL_TOO_OLD'
