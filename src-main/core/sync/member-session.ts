import { limits } from '#shared/kernel/limits.ts'
import type { StopReason, ToHost, ToNode, Welcome } from '#shared/sync/messages.ts'
import { readSync } from './context.ts'
import { ChainBroken, type Applied, type MemberCore } from './member.ts'
import type { WriteDb } from '../db/types.ts'
import { ackedSeqOf } from './member-store.ts'

/** What says nothing to a machine whose feed does not go on. */
const ofTheFeed: ReadonlySet<ToNode['t']> = new Set(['welcome', 'refuse', 'results', 'resend', 'changes'])

export interface MemberEvents {
  /** Whether the host takes and gives. */
  ready(welcome: Welcome): void
  applied(applied: Applied): void
  stopped(reason: StopReason): void
  /** The feed does not go on from here: a whole copy is taken, no older than `atLeast` where it lies on the same branch. */
  snapshotNeeded(atLeast: number): void
  /** Everything that is not about commands and rows. */
  other(message: ToNode): void
}

/**
 * One connection of a member to its host: what is said next, given what was heard. It keeps nothing that matters; when
 * the connection breaks, a new one begins from what the database says.
 */
export class MemberSession {
  readonly #core: MemberCore
  readonly #db: () => WriteDb
  readonly #events: MemberEvents
  #isReady = false
  #isStopped = false
  #isPushOut = false
  /** The host has answered one since the last heartbeat. */
  #isGettingOn = false
  /** The last command number that was sent over this connection. */
  #sentUpTo = 0

  constructor(core: MemberCore, db: () => WriteDb, events: MemberEvents) {
    this.#core = core
    this.#db = db
    this.#events = events
  }

  get isReady(): boolean {
    return this.#isReady && !this.#isStopped
  }

  opened(): ToHost[] {
    return [this.#core.hello()]
  }

  /** A command of this machine's own was committed. */
  noted(): ToHost[] {
    return this.isReady ? this.#push() : []
  }

  /** At each heartbeat: what may have been lost is asked for once more; both ends take it for what it is. */
  tick(): ToHost[] {
    if (this.#isStopped) return []
    if (!this.#isReady) return this.opened()
    const isGettingOn = this.#isPushOut && this.#isGettingOn
    this.#isGettingOn = false
    // A long queue is on its way, one push after the other: nothing of it is lost, and beginning anew would double it.
    if (isGettingOn) return []
    this.#isPushOut = false
    this.#sentUpTo = ackedSeqOf(this.#db())
    return this.#pushOrPull()
  }

  received(message: ToNode): ToHost[] {
    // The feed stands still; a copy, news of another host and the host's word on a password still come this way.
    if (this.#isStopped && ofTheFeed.has(message.t)) return []
    switch (message.t) {
      case 'welcome': return this.#welcomed(message)
      case 'refuse': return this.#stop(message.code)
      case 'revoked': return this.#stop('REVOKED')
      case 'results': return this.#pushed(message.receipts.at(-1)?.seq)
      case 'resend': return this.#pushed(message.expect - 1)
      case 'changes': return this.#changes(message)
      default:
        this.#events.other(message)
        return []
    }
  }

  #welcomed(welcome: Welcome): ToHost[] {
    if (this.#isReady) return []
    const greeting = this.#core.welcomed(welcome)
    if (greeting.is === 'older-host') return this.#stop('OLDER_HOST')
    if (greeting.is === 'numbers-differ') return this.#stop('NUMBERS_DIFFER')
    if (greeting.is === 'too-old') return this.#stop('SCHEMA_TOO_OLD')
    if (greeting.is === 'take-snapshot') {
      this.#isStopped = true
      this.#events.snapshotNeeded(greeting.atLeast)
      return []
    }
    this.#isReady = true
    this.#sentUpTo = greeting.pushFrom - 1
    this.#events.ready(welcome)
    return this.#pushOrPull()
  }

  #pushed(upTo: number | undefined): ToHost[] {
    this.#isPushOut = false
    this.#isGettingOn = true
    if (upTo !== undefined) this.#sentUpTo = upTo
    return this.isReady ? this.#pushOrPull() : []
  }

  /** Own commands go first: a page that comes when all of them have arrived brings them back in one piece. */
  #pushOrPull(): ToHost[] {
    const push = this.#push()
    return push.length > 0 ? push : [this.#pull()]
  }

  #push(): ToHost[] {
    if (this.#isPushOut) return []
    const commands = this.#core.commandsFrom(this.#sentUpTo + 1)
    const last = commands.at(-1)
    if (!last) return []
    this.#isPushOut = true
    this.#sentUpTo = last.seq
    return [{ t: 'push', commands }]
  }

  #pull(): ToHost {
    return { t: 'pull', after: readSync(this.#db()).cursor, ackedSeq: ackedSeqOf(this.#db()), rows: limits.sync_page_rows }
  }

  #changes(page: Extract<ToNode, { t: 'changes' }>): ToHost[] {
    if (!this.#isReady) return []
    try {
      const applied = this.#core.apply(page)
      if (!applied) return []
      // Nothing new in it (it came twice): asking at once would bring the same again.
      if (page.to === page.from && applied.receipts.length === 0) return []
      this.#events.applied(applied)
      return [this.#pull()]
    } catch (error) {
      if (!(error instanceof ChainBroken)) throw error
      return this.#stop('CHAIN_BROKEN')
    }
  }

  #stop(reason: StopReason): ToHost[] {
    this.#isStopped = true
    this.#events.stopped(reason)
    return []
  }
}
