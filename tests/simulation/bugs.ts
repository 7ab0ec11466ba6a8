import type { WriteDb } from '#main/core/db/types.ts'
import { readSync, writeSync } from '#main/core/sync/context.ts'
import { certificateOf, readEpoch } from '#main/core/sync/epochs.ts'
import { feedBounds } from '#main/core/sync/feed.ts'
import { HostCore, type HostParts, type Pull, type Push } from '#main/core/sync/host.ts'
import { appliedUpTo, lastSeqOf } from '#main/core/sync/host-store.ts'
import { MemberCore, type Applied, type Greeting, type MemberParts } from '#main/core/sync/member.ts'
import type { Changes, Hello, SentCommand, ToNode, Welcome } from '#shared/sync/messages.ts'

import type { Step } from './plan.ts'

/** A mistake that somebody could make in the engine, put in from outside: the invariants must find it. */
export interface Bug {
  host?: (parts: HostParts) => HostCore
  member?: (parts: MemberParts) => MemberCore
  /** What a statement answers instead; made anew for each schedule. */
  asking?: () => (sql: string, answer: unknown) => unknown
  /** Done to each database before the schedule begins. */
  disk?: (db: WriteDb) => void
  /** Schedules in which it cannot show are left out. */
  needs?: Step['do']
  /** Nor can it stand these. */
  without?: Step['do']
  /** The invariants that it breaks, whichever is seen first. */
  shows: readonly string[]
}

/** A command that comes a second time is done a second time. */
class WithoutDedupe extends HostCore {
  readonly #db: () => WriteDb
  #repeats = 0

  constructor(parts: HostParts) {
    super(parts)
    this.#db = parts.db
  }

  override push(pushes: readonly Push[]): ToNode[] {
    return super.push(pushes.map(({ deviceId, commands }) => ({ deviceId, commands: this.#asNew(commands, lastSeqOf(this.#db(), deviceId)) })))
  }

  #asNew(commands: readonly SentCommand[], known: number): SentCommand[] {
    return commands.map((command, n) => (command.seq <= known ? { ...command, seq: known + 1 + n, cid: this.#another(command.cid) } : command))
  }

  #another(cid: string): string {
    this.#repeats += 1
    return cid.slice(0, -4) + this.#repeats.toString(16).padStart(4, '0')
  }
}

/** Receipts and rows leave before the commit: it comes with the next push, if the machine lives so long. */
class EarlyAcknowledgement extends HostCore {
  readonly #db: () => WriteDb

  constructor(parts: HostParts) {
    super(parts)
    this.#db = parts.db
  }

  override push(pushes: readonly Push[]): ToNode[] {
    const { $client } = this.#db()
    if ($client.inTransaction) $client.exec('commit')
    $client.exec('begin immediate')
    return super.push(pushes)
  }
}

/** Whatever was carried out is acknowledged with the next page, whether or not its rows are on it. */
class AcknowledgesTooMuch extends HostCore {
  readonly #db: () => WriteDb

  constructor(parts: HostParts) {
    super(parts)
    this.#db = parts.db
  }

  override page(deviceId: string, pull: Pull): Changes | undefined {
    const page = super.page(deviceId, pull)
    const { ackedSeq } = pull
    if (!page) return undefined
    const receipts = appliedUpTo(this.#db(), deviceId, ackedSeq, feedBounds(this.#db()).last)
      .map(({ seq, cid, outcome, feedTo, epoch }) => ({ seq, cid, outcome, feedTo, epoch, signature: 'signature' }))
    return { ...page, receipts, ackedSeq: receipts.at(-1)?.seq ?? ackedSeq }
  }
}

/** The cursor is on the disk before the rows are. */
class CursorFirst extends MemberCore {
  readonly #db: () => WriteDb

  constructor(parts: MemberParts) {
    super(parts)
    this.#db = parts.db
  }

  override apply(page: Changes): Applied | undefined {
    const db = this.#db()
    const { cursor, chains } = readSync(db)
    if (page.from !== cursor) return undefined
    db.$client.transaction(() => writeSync(db, { cursor: page.to, chains: { ...chains, ...page.txs.at(-1)?.chains } })).immediate()
    writeSync(db, { cursor, chains })
    return super.apply(page)
  }
}

/** Neither end looks whose time it is. */
class HostOfAnyEpoch extends HostCore {
  readonly #db: () => WriteDb

  constructor(parts: HostParts) {
    super(parts)
    this.#db = parts.db
  }

  override hello(deviceId: string, hello: Hello): ToNode {
    return super.hello(deviceId, { ...hello, epochSeen: Math.min(hello.epochSeen, readSync(this.#db()).epoch), certificates: [] })
  }
}
class FollowsAnyEpoch extends MemberCore {
  readonly #db: () => WriteDb

  constructor(parts: MemberParts) {
    super(parts)
    this.#db = parts.db
  }

  override welcomed(welcome: Welcome): Greeting {
    return super.welcomed({ ...welcome, epoch: Math.max(welcome.epoch, readSync(this.#db()).epoch), epochs: [], copy: null, hostId: readEpoch(certificateOf(this.#db(), readSync(this.#db()).epoch) ?? '')?.hostId ?? welcome.hostId })
  }
}

/** Rights are those that somebody had when they were first asked for, as a machine off line believes. */
function rememberedRights(): (sql: string, answer: unknown) => unknown {
  const first = new Map<string, unknown>()
  return (sql, answer) => {
    if (!sql.includes('user_roles') || !Array.isArray(answer)) return answer
    const [userId] = answer as unknown[]
    const key = `${sql} ${String(userId)}`
    if (!first.has(key)) first.set(key, answer)
    return first.get(key)
  }
}

const overlapTriggers = ['provider_free_on_insert', 'room_free_on_insert', 'provider_free_on_update', 'room_free_on_update']

export const bugs = {
  'no dedupe': { host: (parts) => new WithoutDedupe(parts), shows: ['I2'] },
  'early acknowledgement': { host: (parts) => new EarlyAcknowledgement(parts), needs: 'crash', without: 'promote', shows: ['I5', 'I4'] },
  'acknowledgement rule': { host: (parts) => new AcknowledgesTooMuch(parts), shows: ['I6'] },
  'overlap check missing': {
    disk: ({ $client }) => overlapTriggers.forEach((name) => $client.exec(`drop trigger if exists appointments_${name}`)),
    asking: () => (sql, answer) => (/from "appointments".*"ends_at" >/s.test(sql) && Array.isArray(answer) ? [] : answer),
    shows: ['I7'],
  },
  'cursor not atomic': { member: (parts) => new CursorFirst(parts), needs: 'crash', shows: ['I5'] },
  'epoch unchecked': { host: (parts) => new HostOfAnyEpoch(parts), member: (parts) => new FollowsAnyEpoch(parts), needs: 'promote', shows: ['I12', 'I1', 'I5', 'I13', 'liveness'] },
  'permission judged at the client': { asking: rememberedRights, needs: 'roles', shows: ['I10'] },
} satisfies Record<string, Bug> as Record<string, Bug>
