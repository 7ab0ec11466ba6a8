import Sqlite from 'better-sqlite3'
import { contract } from '#shared/rpc/contract.ts'
import { findProcedure, type Topic } from '#shared/rpc/define.ts'
import { limits } from '#shared/kernel/limits.ts'
import type { Id } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { PROTOCOL, type Changes, type Hello, type Receipt, type SentCommand, type Welcome } from '#shared/sync/messages.ts'
import { forgetAccessSettings } from '../access/windows.ts'
import { schemaVersion } from '../db/migrate.ts'
import type { WriteDb } from '../db/types.ts'
import type { Platform } from '../platform/platform.ts'
import type { Surroundings } from '../rpc/surroundings.ts'
import { Mode } from './capture.ts'
import { carryOut } from './carry-out.ts'
import { readSync, setMode, writeSync } from './context.ts'
import { believed, certificateOf, certificatesToShow, readEpoch } from './epochs.ts'
import { areSameChains, chainsAfter, keepTx } from './feed.ts'
import * as store from './member-store.ts'
import { affectedBy, rewindAffected, rewindRow, type Affected } from './rebase.ts'
import { putRow } from './rows.ts'
import { syncedTables } from './tables.ts'

export interface MemberParts {
  db(): WriteDb
  around: Surroundings
  platform: Platform
  deviceId: Id
  clinicId(): Id
  appVersion: string
  /** Up to how many pending commands all of them are done again for each page. */
  fewPending?: number
}

const FEW_PENDING = 20

/**
 * How a page is taken. With few pending commands all of them are done again on top of it. With many, from hours off line,
 * only those that it has to do with are: otherwise each page would cost as much as all of them. Where a table's own rules
 * object to that order of things, all is taken back first; and rows come parent before child as long as SQLite fires
 * triggers in its order, which it does not promise: then keys are looked at last. Not always, because that switch makes
 * SQLite prepare every statement of the connection anew.
 */
const waysToTake = ['what it touches', 'keys at once', 'keys last'] as const
type WayToTake = (typeof waysToTake)[number]

/** What a page did: whose outcomes came with it, and what windows have to ask again for. */
export interface Applied { receipts: readonly Receipt[]; topics: ReadonlySet<Topic> }

export type Greeting = { is: 'go-on'; pushFrom: number } | { is: 'older-host' } | { is: 'take-snapshot'; atLeast: number } | { is: 'numbers-differ' } | { is: 'too-old' }

/**
 * A machine that follows a host. Its tables hold what the host has confirmed and, on top, what its own people have done
 * since; whenever newer rows come it goes back to the confirmed state, takes them, and does its own pending commands
 * again (I13). Synchronous, one transaction for each step (I6).
 */
export class MemberCore {
  readonly #parts: MemberParts

  constructor(parts: MemberParts) {
    this.#parts = parts
  }

  hello(): Hello {
    const { db, deviceId, clinicId, appVersion, platform } = this.#parts
    const { cursor, chains, epoch, nextSeq, standing } = readSync(db())
    return {
      t: 'hello', proto: PROTOCOL, app: appVersion, schema: schemaVersion(db()), deviceId, clinicId: clinicId(), epochSeen: epoch, cursor, chains,
      outboxMax: nextSeq - 1, ackedSeq: store.ackedSeqOf(db()), sentAt: platform.nowMs(),
      certificates: certificatesToShow(db()), needsCopy: standing !== 'good',
    }
  }

  /** What a host's answer means for this machine. */
  welcomed(welcome: Welcome): Greeting {
    const { db, platform } = this.#parts
    const { epoch, cursor, nextSeq, standing, hasUnknownRows } = readSync(db())
    const schema = schemaVersion(db())
    // I12: whoever lives in an older time is no host any more, whatever it says.
    if (welcome.epoch < epoch || !this.#isHostOf(welcome)) return { is: 'older-host' }
    const forkTx = welcome.epochs.length === 0 ? undefined : Math.min(...welcome.epochs.map((one) => one.forkTx))
    // The host knows commands of ours that are not here: this disk is an older copy of itself.
    if (welcome.lastSeq >= nextSeq && store.unsentOf(db()).unsent > 0) return { is: 'numbers-differ' }
    store.sendAgainAfter(db(), welcome.lastSeq)
    const isOnOtherBranch = standing !== 'good' || (welcome.copy ?? 'too-old') !== 'too-old' || (forkTx !== undefined && cursor > forkTx)
    // What an older version did not know of the rows that came is taken once this one does.
    if (isOnOtherBranch || welcome.copy || (hasUnknownRows && schema >= welcome.schema)) {
      writeSync(db(), { epoch: welcome.epoch, standing: standing === 'good' && isOnOtherBranch ? 'needs-copy' : standing, hostSeenAt: platform.now(), hostSchema: welcome.schema })
      // It could not open what it is given.
      if (schema < welcome.schema) return { is: 'too-old' }
      return { is: 'take-snapshot', atLeast: isOnOtherBranch ? 0 : cursor }
    }
    // It lacks numbers that are nowhere here any more: asking for them would never end.
    if (store.ackedSeqOf(db()) > welcome.lastSeq) return { is: 'numbers-differ' }
    writeSync(db(), { hostSeenAt: platform.now(), hostSchema: welcome.schema, epoch: welcome.epoch, durableTx: welcome.durableTx, hostName: welcome.hostName, profile: welcome.profile, nextSeq: Math.max(nextSeq, welcome.lastSeq + 1) })
    return { is: 'go-on', pushFrom: welcome.lastSeq + 1 }
  }

  /** A machine that is not the host of this copy's newest epoch proves it with certificates; one without an authority has nothing to prove with. */
  #isHostOf({ epoch, hostId, certificates = [] }: Welcome): boolean {
    const db = this.#parts.db()
    const known = certificateOf(db, epoch)
    if (known !== undefined) return readEpoch(known)?.hostId === hostId
    if (certificatesToShow(db).length === 0) return true
    return believed(db, certificates).some((one) => one.epoch.epoch === epoch && one.epoch.hostId === hostId)
  }

  /** Before a person's command runs; ends with `note` in the same transaction, or rolls back with it. */
  begin(): void {
    setMode(this.#parts.db(), Mode.own)
  }

  /** The command is in the outbox when its rows are on the disk, and neither is without the other (I1). Answers its number. */
  note(command: Omit<SentCommand, 'seq' | 'epoch'>): number {
    const { db } = this.#parts
    const { nextSeq, epoch } = readSync(db())
    store.insertOutbox(db(), { ...command, seq: nextSeq, epoch: Math.max(epoch, 1) })
    writeSync(db(), { nextSeq: nextSeq + 1 })
    setMode(db(), Mode.rest)
    return nextSeq
  }

  /** Pending commands from a number on, at most one push. */
  commandsFrom(seq: number): SentCommand[] {
    return store.pendingAfter(this.#parts.db(), seq - 1, limits.sync_push_commands).map(({ state: _s, doubt: _d, outcome: _o, feedTo: _f, isSalvaged: _i, ...command }) => command)
  }

  /**
   * Takes a page of the feed. Undefined when it is not the page after where this machine stands (it came twice or late).
   * Throws ChainBroken when its rows are not those that the chain was made of: then nothing was changed.
   */
  apply(page: Changes): Applied | undefined {
    const ways = store.pendingSeqs(this.#parts.db()).length > (this.#parts.fewPending ?? FEW_PENDING) ? waysToTake : waysToTake.slice(1)
    for (const way of ways) {
      try {
        return this.#apply(page, way)
      } catch (error) {
        if (way === 'keys last' || !(error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT'))) throw error
      }
    }
    return undefined
  }

  #apply(page: Changes, way: WayToTake): Applied | undefined {
    const { db, platform } = this.#parts
    return db().$client.transaction((): Applied | undefined => {
      const before = readSync(db())
      if (page.from !== before.cursor || page.to < page.from) return undefined
      const topics = new Set<Topic>(['network'])
      const affected = way === 'what it touches' ? affectedBy(db(), page) : undefined
      if (way === 'keys last') db().$client.pragma('defer_foreign_keys = ON')
      setMode(db(), Mode.confirmed)
      this.#rewind(topics, affected)
      const { chains, isWhole } = this.#takeRows(page, topics)
      writeSync(db(), { cursor: page.to, chains, hostSeenAt: platform.now(), ...(isWhole ? {} : { hasUnknownRows: true }) })
      // For rows only: a command that names what is not there is refused by itself, and not the page with it.
      if (way === 'keys last') db().$client.pragma('defer_foreign_keys = OFF')
      const receipts = page.receipts.filter((receipt) => this.#takeReceipt(receipt, platform.now()))
      this.#replay(topics, affected)
      setMode(db(), Mode.rest)
      return { receipts, topics }
    }).immediate()
  }

  /** Back to what the host has confirmed: everything that pending commands changed, newest first. */
  #rewind(topics: Set<Topic>, affected?: Affected): void {
    const { db } = this.#parts
    const undone = affected?.undo ?? store.undoMarks(db())
    for (const { table } of undone) topics.add(topicOf(table))
    if (affected) return rewindAffected(db(), affected)
    for (const row of store.undoRows(db())) rewindRow(db(), row)
    store.clearUndo(db())
  }

  #takeRows(page: Changes, topics: Set<Topic>) {
    const { db } = this.#parts
    const { profile, epoch, chains: before } = readSync(db())
    let [chains, isWhole] = [before, true]
    for (const tx of page.txs) {
      chains = chainsAfter(chains, tx.tx, tx.rows)
      if (!areSameChains(chains, tx.chains)) throw new ChainBroken()
      for (const row of tx.rows) {
        isWhole = putRow(db(), row) && isWhole
        // Remembered for each connection; the rows beneath have just changed.
        if (row.table === 'access_settings') forgetAccessSettings(db())
        topics.add(topicOf(row.table))
      }
      if (profile === 'standby') keepTx(db(), tx, epoch)
    }
    return { chains, isWhole }
  }

  /** False for an outcome that was taken before. */
  #takeReceipt({ seq, cid, outcome, feedTo }: Receipt, now: Instant): boolean {
    const { db } = this.#parts
    const command = store.outboxAt(db(), seq)
    if (!command || command.state === 'archived' || command.cid !== cid) return false
    store.archive(db(), seq, { outcome, feedTo, at: now })
    if (outcome.is !== 'done') store.noteAttention(db(), command, { kind: command.isSalvaged && outcome.is === 'refused' ? 'salvaged' : outcome.is, code: outcome.code, data: outcome.is === 'refused' ? outcome.data : null, now })
    else if (outcome.notice) store.noteAttention(db(), command, { kind: 'merged', ...outcome.notice, now })
    return true
  }

  /** What is still pending, once more on top of the newer rows. What is refused now stays pending: the host has the word. */
  #replay(topics: Set<Topic>, affected?: Affected): void {
    const { db, around } = this.#parts
    const { nextSeq } = readSync(db())
    setMode(db(), Mode.own)
    for (const command of affected ? store.pendingOf(db(), affected.commands) : store.pendingCommands(db())) {
      const procedure = findProcedure(contract, command.name.split('.'))
      if (!procedure?.offline) continue
      // The undo log is written under the command's own number.
      writeSync(db(), { nextSeq: command.seq })
      const { executed, touched } = carryOut(db(), around, command)
      store.setDoubt(db(), command.seq, executed.isDone ? null : executed.code)
      for (const topic of touched) topics.add(topic)
    }
    writeSync(db(), { nextSeq })
  }

  /** Outcomes of own commands from where the rows of them are: this machine has become the host. */
  takeReceipts(receipts: readonly Receipt[]): void {
    for (const receipt of receipts) this.#takeReceipt(receipt, this.#parts.platform.now())
  }

  /** Takes back what only this machine has done, inside the caller's transaction: it is about to decide by itself. */
  standOnConfirmed(): void {
    const { db } = this.#parts
    db().$client.pragma('defer_foreign_keys = ON')
    setMode(db(), Mode.confirmed)
    this.#rewind(new Set())
    setMode(db(), Mode.rest)
  }

  /** Does the pending commands on a copy that has just been taken. */
  replayOnCopy(): ReadonlySet<Topic> {
    const { db } = this.#parts
    const topics = new Set<Topic>()
    db().$client.transaction(() => {
      store.clearUndo(db())
      this.#replay(topics)
      setMode(db(), Mode.rest)
    }).immediate()
    return topics
  }
}

export class ChainBroken extends Error {
  override name = 'ChainBroken'
}

const topicOf = (table: string): Topic => syncedTables[table]?.topic ?? 'network'
