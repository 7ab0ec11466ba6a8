import type { Id } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { toInstant } from '#shared/kernel/time.ts'
import type { NodeRole } from '#shared/domains/network/model.ts'
import type { Procedure, Scope, Topic } from '#shared/rpc/define.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import { scopesOf, type Outcome, type Profile } from '#shared/sync/messages.ts'
import type { Core } from '../core.ts'
import type { WriteDb } from '../db/types.ts'
import { deviceIdOf } from '../device.ts'
import { surroundingsOf } from '../rpc/surroundings.ts'
import { installCapture } from './capture.ts'
import { readSync, writeSync } from './context.ts'
import { sealFeed } from './feed.ts'
import { MemberCore, type Applied } from './member.ts'
import * as memberStore from './member-store.ts'
import { recordOwn } from './own.ts'

/** A command as it was called here. */
export interface Given { cid: Id; name: string; input: unknown; actorId: Id; sessionId: Id; proof: 'full' | 'pin'; procedure: Procedure }

/** Input shapes have a number of their own, so that a host can bring older ones up to date. */
export const COMMAND_VERSION = 1

const commandOf = ({ procedure: _, ...command }: Given) => command

/** How long the screen waits for the host's word before it goes on with what this machine has found. */
const WORD_MS = 1_500
const ASKED_MS = 20_000

interface Waiting { resolve: (outcome: Outcome | undefined) => void }

/**
 * What this machine is to the clinic, for the pipeline: alone and host it decides by itself, as a member it notes what
 * people do and asks. The connection (link.ts, serve.ts) tells it what came back.
 */
export class SyncNode {
  readonly #core: Core
  readonly #waiting = new Map<Id, Waiting>()
  #role: NodeRole = 'alone'
  #profile: Profile | null = null
  /** Set by the connection. */
  onNoted: () => void = () => {}
  onSealed: () => void = () => {}
  isConnected = false
  /** By how much the host's clock is ahead of this one. */
  clockOffsetMs = 0

  constructor(core: Core) {
    this.#core = core
  }

  /** Known without a question to the database: each call asks. */
  get role(): NodeRole {
    return this.#role
  }

  get profile(): Profile | null {
    return this.#profile
  }

  get member(): MemberCore {
    const core = this.#core
    return new MemberCore({
      db: () => core.vault.writer, around: surroundingsOf(core), platform: core.platform, deviceId: deviceIdOf(core), clinicId: () => core.vault.clinic?.id ?? '', appVersion: core.options.appVersion ?? '',
    })
  }

  /** The database has been opened: its triggers are those of its role, also after a migration has added a table. */
  opened(db: WriteDb): void {
    this.#remember(db)
    installCapture(db.$client, this.#role)
  }

  #remember(db: WriteDb): void {
    const { role, profile } = readSync(db)
    this.#role = role
    this.#profile = profile
  }

  /** Refuses what this machine has no rows for. */
  requireRows(scope: Scope): void {
    if (scope !== 'clinical' || this.#role !== 'member' || this.#profile === null) return
    if (!scopesOf[this.#profile].includes('clinical')) throw refuse(CommonError.NOT_ON_THIS_MACHINE)
  }

  /** Whether a command is only handed to the host here: it takes the host's word, and nothing is shown before. */
  isAsked({ procedure }: Given): boolean {
    return this.role === 'member' && procedure.scope !== 'host' && !procedure.offline
  }

  /** The first step of a transaction. */
  begin(given: Given | undefined): void {
    if (!given || this.role !== 'member' || given.procedure.scope === 'host') return
    if (this.isAsked(given) && !this.isConnected) throw refuse(CommonError.HOST_NEEDED)
    this.member.begin()
  }

  /** The last step: what was changed takes its place in the feed, or in this machine's outbox. */
  end(db: WriteDb, given: Given | undefined, now: Instant, output: unknown): void {
    const { role } = this
    if (role === 'alone') return
    if (role === 'host') {
      if (!given) sealFeed(db, now)
      else recordOwn(db, deviceIdOf(this.#core), { ...commandOf(given), version: COMMAND_VERSION, at: now }, output)
      return
    }
    if (!given || given.procedure.scope === 'host') return
    this.member.note({ ...commandOf(given), version: COMMAND_VERSION, at: toInstant(this.#core.platform.nowMs() + this.clockOffsetMs) })
  }

  /** After the commit. */
  committed(given: Given | undefined): void {
    if (this.role === 'host') this.onSealed()
    else if (given && this.role === 'member') this.onNoted()
  }

  /**
   * The host's word on a command that has just been given here. While the host is in reach the person waits for it, a
   * few milliseconds on a LAN, and a refusal is told at the form; otherwise this machine's own answer stands and what the
   * host says later goes to Attention.
   */
  async word(given: Given, output: unknown): Promise<unknown> {
    if (this.role !== 'member' || given.procedure.scope === 'host') return output
    const isAsked = this.isAsked(given)
    if (!this.isConnected && !isAsked) return output
    const outcome = await this.#outcomeOf(given.cid, isAsked ? ASKED_MS : WORD_MS)
    if (!outcome) {
      if (isAsked) throw refuse(CommonError.HOST_NEEDED)
      return output
    }
    if (outcome.is === 'done') return outcome.output
    // It was told where it was asked for: it needs no place on the list of things to look at.
    memberStore.settleTold(this.#core.vault.writer, given.cid, { by: given.actorId, at: this.#core.platform.now() })
    this.#core.changes.publish({ topics: ['network'] })
    throw refuse(outcome.code, outcome.is === 'refused' ? outcome.data : undefined)
  }

  #outcomeOf(cid: Id, ms: number): Promise<Outcome | undefined> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => done(undefined), ms)
      const done = (outcome: Outcome | undefined): void => {
        clearTimeout(timer)
        this.#waiting.delete(cid)
        resolve(outcome)
      }
      this.#waiting.set(cid, { resolve: done })
    })
  }

  /** A page was taken: whoever waits hears, and every window asks again for what changed. */
  applied({ receipts, topics }: Applied): void {
    this.changed(topics)
    for (const receipt of receipts) this.#waiting.get(receipt.cid)?.resolve(receipt.outcome)
  }

  /** The connection broke: nobody waits for a word that cannot come. */
  disconnected(): void {
    this.isConnected = false
    for (const waiting of this.#waiting.values()) waiting.resolve(undefined)
  }

  /** Rows of these topics were changed by somebody else than a call of this machine. */
  changed(topics: ReadonlySet<Topic>): void {
    this.#core.vault.forgetCaches([...topics])
    if (topics.has('staff')) this.#core.followStaff()
    this.#core.changes.publish({ topics: [...topics] })
  }

  /** Makes this machine, which was alone, the host of epoch 1: its rows as they are now are where the feed begins. */
  becomeHost(db: WriteDb): void {
    db.$client.transaction(() => writeSync(db, { role: 'host', epoch: Math.max(readSync(db).epoch, 1) })).immediate()
    this.opened(db)
  }

  /** Back to one machine; the feed stays as it is, in case it is host again. */
  standAlone(db: WriteDb): void {
    db.$client.transaction(() => writeSync(db, { role: 'alone' })).immediate()
    this.opened(db)
  }
}
