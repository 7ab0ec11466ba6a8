import { CommonError } from '#shared/rpc/errors.ts'
import { contract } from '#shared/rpc/contract.ts'
import { findProcedure, type Topic } from '#shared/rpc/define.ts'
import type { Id } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { PROTOCOL, PROTOCOL_MIN, scopesOf, type Changes, type Hello, type Outcome, type Profile, type Receipt, type SentCommand, type SyncRefusal, type ToHost, type ToNode } from '#shared/sync/messages.ts'
import { forgetAccessSettings } from '../access/windows.ts'
import { schemaVersion } from '../db/migrate.ts'
import type { WriteDb } from '../db/types.ts'
import type { Platform } from '../platform/platform.ts'
import type { Surroundings } from '../rpc/surroundings.ts'
import { carryOut, type CarriedOut, type LogDone } from './carry-out.ts'
import { readSync, writeSync } from './context.ts'
import { stepDown } from './fence.ts'
import { believed, certificatesToShow, lastEpoch, outranks } from './epochs.ts'
import { areSameChains, chainsAt, feedBounds, readPage, sealFeed } from './feed.ts'
import * as store from './host-store.ts'

export interface HostParts {
  db(): WriteDb
  around: Surroundings
  platform: Platform
  /** This machine's id, and what it is called on the others. */
  deviceId: Id
  hostName(): string
  clinicId(): Id
  /** Signs a receipt with the host's key. */
  sign(text: string): string
  /** The activity log's entry of a command that a machine has sent, in the same transaction. */
  log(command: SentCommand, deviceId: Id): LogDone
  /** A refusal in the activity log. */
  logRefused(command: SentCommand, deviceId: Id, code: string): void
  /** What this machine is: it may be stepping down. */
  node: { readonly isFrozen: boolean; steppedDown(): void }
  /** After the commit: the feed has grown, by rows of these topics or by an outcome alone. */
  changed(topics: ReadonlySet<Topic>): void
}

/** What one machine has sent in one message. */
export interface Push { deviceId: Id; commands: readonly SentCommand[] }

/** What is to be told once it is on the disk. */
interface News { isThere: boolean; topics: Set<Topic> }

export type Pull = Pick<Extract<ToHost, { t: 'pull' }>, 'after' | 'ackedSeq' | 'rows'>

const receiptText = (receipt: Omit<Receipt, 'signature'>, deviceId: Id): string => JSON.stringify([receipt.cid, deviceId, receipt.seq, receipt.outcome, receipt.feedTo, receipt.epoch])

/**
 * The machine whose word counts. It takes each command of each machine once and in order, judges it by its own rows and
 * the rights of this moment, and hands out what became of it as a feed (sync.md 2.4). Synchronous: one message in, the
 * answers out; sockets and timers are somebody else's.
 */
export class HostCore {
  readonly #parts: HostParts
  #shared: { last: number; pages: Map<string, ReturnType<typeof readPage>> } = { last: 0, pages: new Map() }

  constructor(parts: HostParts) {
    this.#parts = parts
  }

  get isFrozen(): boolean {
    return this.#parts.node.isFrozen
  }

  hello(deviceId: Id, hello: Hello): ToNode {
    const { db, platform, clinicId, deviceId: hostId, hostName } = this.#parts
    const receivedAt = platform.nowMs()
    this.#meetSuccessor(hello)
    const member = store.memberById(db(), deviceId)
    const { epoch, durableTx, role, standing } = readSync(db())
    const schema = schemaVersion(db())
    const refusal = this.#refusalOf(hello, { member, epoch, schema, role, clinicId: clinicId() })
    if (refusal === 'NOT_HOST') return this.#whoIsHost() ?? { t: 'refuse', code: refusal }
    if (refusal || !member) return { t: 'refuse', code: refusal ?? 'UNKNOWN_DEVICE' }
    const branch = hello.needsCopy ? 'other-branch' : this.branchOf(deviceId, hello)
    const epochs = store.epochsAfter(db(), hello.epochSeen)
    // A machine knows more of this very epoch than its host: this is an older copy of the host, and it must not go on (sync.md 2.10).
    const isBehind = !hello.needsCopy && hello.epochSeen === epoch && (branch === 'ahead' || branch === 'other-branch')
    if (isBehind && standing !== 'restored') writeSync(db(), { standing: 'restored' })
    if (isBehind || standing === 'restored') return { t: 'refuse', code: 'HOST_RESTORED' }
    const { first, last } = feedBounds(db())
    store.noteSeen(db(), deviceId, { lastSeenAt: platform.now(), appVersion: hello.app, cursor: hello.cursor })
    return {
      t: 'welcome', proto: Math.min(PROTOCOL, hello.proto), schema, epoch, hostId, hostName: hostName(), profile: member.profile,
      lastSeq: store.lastSeqOf(db(), deviceId), feedMin: first, feedMax: last, epochs, durableTx, lastEvent: member.lastEvent,
      certificates: certificatesToShow(db()), copy: branch ?? (epochs.some(({ forkTx }) => hello.cursor > forkTx) ? 'other-branch' : null),
      sentAt: hello.sentAt, receivedAt, answeredAt: platform.nowMs(),
    }
  }

  /** A machine that has seen this host's successor shows it: from this moment on nothing is taken here any more (I12). */
  #meetSuccessor({ certificates = [] }: Hello): void {
    const { db, deviceId, node } = this.#parts
    if (readSync(db()).role !== 'host') return
    const later = believed(db(), certificates).filter((one) => one.epoch.hostId !== deviceId && outranks(one.epoch, lastEpoch(db())?.epoch))
    if (later.length === 0) return
    stepDown(db(), { deviceId, later })
    node.steppedDown()
  }

  /** Where there is no host any more: which machine is. */
  #whoIsHost(): ToNode | undefined {
    const { db, deviceId } = this.#parts
    const last = lastEpoch(db())
    if (!last || last.epoch.hostId === deviceId) return undefined
    return { t: 'epoch', epoch: last.epoch.epoch, hostId: last.epoch.hostId, address: '', certificate: last.certificate }
  }

  #refusalOf(hello: Hello, here: { member: store.MemberRow | undefined; epoch: number; schema: number; role: string; clinicId: Id }): SyncRefusal | undefined {
    if (here.role !== 'host') return 'NOT_HOST'
    if (hello.clinicId !== here.clinicId) return 'OTHER_CLINIC'
    if (!here.member) return 'UNKNOWN_DEVICE'
    if (here.member.revokedAt !== null) return 'REVOKED'
    // Somewhere there is a newer host: this one's time is over, and it must not take anything any more (I12).
    if (hello.epochSeen > here.epoch) return 'EPOCH_TOO_HIGH'
    if (hello.proto < PROTOCOL_MIN) return 'PROTOCOL_TOO_OLD'
    if (hello.proto > PROTOCOL) return 'PROTOCOL_TOO_NEW'
    if (hello.schema > here.schema) return 'SCHEMA_TOO_NEW'
    // One version behind reads and writes; further back its commands and rows may mean something else.
    if (hello.schema < here.schema - SCHEMAS_BEHIND) return 'SCHEMA_TOO_OLD'
    return undefined
  }

  /** Where a machine stands that says hello: undefined when the feed can go on from there, else why it takes a snapshot. */
  branchOf(deviceId: Id, { cursor, chains }: Pick<Hello, 'cursor' | 'chains'>): 'too-old' | 'other-branch' | 'ahead' | undefined {
    const { db } = this.#parts
    const member = store.memberById(db(), deviceId)
    const { first, last } = feedBounds(db())
    if (cursor > last) return 'ahead'
    if (cursor < first - 1) return 'too-old'
    const here = chainsAt(db(), cursor, scopesOf[member?.profile ?? 'front-desk'])
    // The oldest transaction's own seal is there, the one before it may be cleared; then its chain is taken on trust of the cursor.
    return here && !areSameChains(here, chains) ? 'other-branch' : undefined
  }

  /**
   * Carries out commands that have come together, under one commit; nothing of it may be answered before this returns. What
   * fails for a reason that is no rule takes all of it back (intake.ts does each again by itself).
   */
  push(pushes: readonly Push[]): ToNode[] {
    const { db, changed } = this.#parts
    const news: News = { isThere: false, topics: new Set() }
    try {
      const answers = db().$client.transaction(() => pushes.map((push) => this.#pushOf(push, news))).immediate()
      // Also when all were refused and no row but the outcome is new: their machines wait for the word.
      if (news.isThere) changed(news.topics)
      return answers
    } catch (error) {
      // One of them may have changed them, and another has read them since.
      forgetAccessSettings(db())
      throw error
    }
  }

  /** In order. A number that was taken already answers with what became of it; after a gap nothing is taken. */
  #pushOf({ deviceId, commands }: Push, news: News): ToNode {
    const receipts: Receipt[] = []
    for (const command of commands) {
      const done = this.#take(deviceId, command, news)
      if (done === 'revoked') return { t: 'revoked' }
      if (done === 'mismatch') return { t: 'refuse', code: 'CHAIN_BROKEN' }
      if (typeof done === 'number') return receipts.length > 0 ? { t: 'results', receipts } : { t: 'resend', expect: done }
      receipts.push(done)
    }
    return { t: 'results', receipts }
  }

  #take(deviceId: Id, command: SentCommand, news: News): Receipt | number | 'revoked' | 'mismatch' {
    const { db, platform } = this.#parts
    const member = store.memberById(db(), deviceId)
    if (!member || member.revokedAt !== null) return 'revoked'
    const before = store.appliedAt(db(), deviceId, command.seq)
    if (before) return cidOf(before) === command.cid ? this.#receipt(deviceId, before) : 'mismatch'
    const expected = store.lastSeqOf(db(), deviceId) + 1
    if (command.seq !== expected) return expected
    const known = store.appliedByCid(db(), command.cid)
    const applied = known ? this.#again(deviceId, command, known) : this.#apply(member, command, platform.now())
    news.isThere = true
    for (const topic of applied.touched) news.topics.add(topic)
    return this.#receipt(deviceId, applied.row)
  }

  #apply({ id: deviceId, profile }: store.MemberRow, command: SentCommand, now: Instant): { row: store.AppliedRow; touched: ReadonlySet<Topic> } {
    const { db, around, log, logRefused } = this.#parts
    // What a person did off line is dated when it was done, and never later than now.
    const at = command.at < now ? command.at : now
    const author = store.authorship(db(), deviceId, command.actorId)
    const bar = author === 'proved' ? barOf(profile, command) : CommonError.FORBIDDEN
    const carried = bar === undefined
      ? carryOut(db(), around, { ...command, at }, log(command, deviceId))
      : { executed: { isDone: false, code: bar, data: undefined }, actor: undefined, touched: new Set<Topic>() } satisfies CarriedOut
    const outcome = outcomeOf(command, carried, author !== 'never')
    if (outcome.is !== 'done') logRefused(command, deviceId, outcome.code)
    if (outcome.is === 'quarantined') store.keepForAdministrator(db(), deviceId, command, outcome.code, now)
    return { row: this.#write(deviceId, command, outcome, now), touched: carried.touched }
  }

  /** The same command came before under another number: carried over by hand after a change of hosts. It is not done twice. */
  #again(deviceId: Id, command: SentCommand, known: store.AppliedRow): { row: store.AppliedRow; touched: ReadonlySet<Topic> } {
    return { row: this.#write(deviceId, { ...command, cid: `${command.cid}${CAME_TWICE}${deviceId}` }, known.outcome, this.#parts.platform.now()), touched: new Set() }
  }

  #write(deviceId: Id, command: SentCommand, outcome: Outcome, now: Instant): store.AppliedRow {
    const { db } = this.#parts
    const { epoch, nextTx } = readSync(db())
    // The outcome is a row of the feed itself (a standby has it), so there is always a transaction to name.
    const row: store.AppliedRow = { ...command, deviceId, outcome, feedTo: nextTx, appliedAt: now, epoch }
    store.insertApplied(db(), row)
    sealFeed(db(), now)
    return row
  }

  #receipt(deviceId: Id, row: store.AppliedRow): Receipt {
    const unsigned = { seq: row.seq, cid: cidOf(row), outcome: row.outcome, feedTo: row.feedTo, epoch: row.epoch }
    return { ...unsigned, signature: this.#parts.sign(receiptText(unsigned, deviceId)) }
  }

  /** All machines that keep up stand at the same place: of each profile, the rows after it are read once. */
  #rowsAfter(after: number, { profile, rows, last }: { profile: Profile; rows: number; last: number }): ReturnType<typeof readPage> {
    const { db } = this.#parts
    if (last - after > PAGE_SHARED_TXS) return readPage(db(), after, scopesOf[profile], rows)
    if (this.#shared.last !== last) this.#shared = { last, pages: new Map() }
    const key = `${profile} ${after} ${rows}`
    const page = this.#shared.pages.get(key) ?? readPage(db(), after, scopesOf[profile], rows)
    this.#shared.pages.set(key, page)
    return page
  }

  /** The page after where a machine stands, with what became of its commands up to there; undefined when there is neither. */
  page(deviceId: Id, { after, ackedSeq, rows }: Pull): Changes | undefined {
    const { db } = this.#parts
    const member = store.memberById(db(), deviceId)
    if (!member) return undefined
    const { nextTx } = readSync(db())
    const last = nextTx - 1
    if (after >= last && store.lastSeqOf(db(), deviceId) <= ackedSeq) return undefined
    const { to, txs } = this.#rowsAfter(after, { profile: member.profile, rows, last })
    const receipts = store.appliedUpTo(db(), deviceId, ackedSeq, to).map((row) => this.#receipt(deviceId, row))
    if (to === after && receipts.length === 0) return undefined
    return { t: 'changes', from: after, to, txs, receipts, ackedSeq: receipts.at(-1)?.seq ?? ackedSeq, feedMax: last, hasMore: to < last }
  }
}

const SCHEMAS_BEHIND = 1
const PAGE_SHARED_TXS = 100
/** A cid is unique among what was carried out; one that came under two numbers has the machine's id behind it the second time. */
const CAME_TWICE = '@'
const cidOf = ({ cid }: store.AppliedRow): Id => cid.split(CAME_TWICE)[0] ?? cid

/** A machine says nothing about what its profile keeps off its disk, whoever has signed in there: no honest one could. */
function barOf(profile: Profile, { name }: SentCommand): string | undefined {
  const scope = findProcedure(contract, name.split('.'))?.scope
  return scope === undefined || scopesOf[profile].includes(scope) ? undefined : CommonError.NOT_ON_THIS_MACHINE
}

/** What says that a right is gone which the author had when it was given: the account, the role, the place on the care team. */
const lostRights: readonly string[] = [CommonError.FORBIDDEN, CommonError.NOT_ON_CARE_TEAM]

/**
 * Clinical words whose author has lost the right on the way are kept for an administrator instead of refused (sync.md 2.8);
 * what a machine says in the name of somebody who was never at it is nobody's words.
 */
function outcomeOf(command: SentCommand, { executed }: CarriedOut, wasAuthor: boolean): Outcome {
  if (executed.isDone) return { is: 'done', output: executed.output ?? null, ...(executed.notice ? { notice: executed.notice } : {}) }
  const isClinical = findProcedure(contract, command.name.split('.'))?.scope === 'clinical'
  if (wasAuthor && isClinical && lostRights.includes(executed.code)) return { is: 'quarantined', code: executed.code }
  return { is: 'refused', code: executed.code, data: executed.data ?? null }
}
