import fs from 'node:fs'
import type { Id } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { toInstant } from '#shared/kernel/time.ts'
import type { NodeRole, Standing } from '#shared/domains/network/model.ts'
import { leaseOf, type Lease } from '#shared/domains/network/rules.ts'
import type { Procedure, Scope, Topic } from '#shared/rpc/define.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import { scopesOf, type Outcome, type Profile } from '#shared/sync/messages.ts'
import { seenAt } from '#main/domains/session/repository.factors.ts'
import { noteClock } from '#main/domains/session/service.life.ts'
import type { Core } from '../core.ts'
import type { WriteDb } from '../db/types.ts'
import { deviceIdOf } from '../device.ts'
import { surroundingsOf } from '../rpc/surroundings.ts'
import { formerDatabase } from '../keys/rotation-files.ts'
import { changeKeyring } from '../keys/keyring.ts'
import { withRecoverySlot } from '../keys/member-keyring.ts'
import { publishedRecoverySlot } from './authority.ts'
import { Answers } from './answers.ts'
import { installCapture } from './capture.ts'
import { readSync, writeSync } from './context.ts'
import { sealFeed } from './feed.ts'
import { Reach } from './reach.ts'
import type { Neighbours } from './succession.ts'
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

/**
 * What this machine is to the clinic, for the pipeline: alone and host it decides by itself, as a member it notes what
 * people do and asks. The connection (link.ts, serve.ts) tells it what came back.
 */
export class SyncNode {
  readonly #core: Core
  readonly #words = new Answers<Outcome>()
  #role: NodeRole = 'alone'
  #profile: Profile | null = null
  #standing: Standing = 'good'
  #isFrozen = false
  /** The printed key's slot that this machine's keyring is known to have. */
  #paper: string | undefined
  /** The connection sets it; whoever signs in asks it. */
  readonly reach = new Reach()
  /** Set by the connection. */
  onNoted: () => void = () => {}
  onSealed: () => void = () => {}
  /** Set by the connection: whom a change of hosts asks. Without one there is nobody in reach. */
  neighbours: Neighbours = { hostAnswers: () => this.reach.isInReach(), replicas: async () => [], readyToHost: async () => undefined, announce: () => {} }
  readonly #arrivals = new Set<{ tx: number; resolve: () => void }>()
  /** By how much the host's clock is ahead of this one. */
  clockOffsetMs = 0

  constructor(core: Core) {
    this.#core = core
  }

  /** Known without a question to the database: each call asks. */
  get role(): NodeRole {
    return this.#role
  }

  get isConnected(): boolean {
    return this.reach.isConnected
  }

  set isConnected(isConnected: boolean) {
    this.reach.isConnected = isConnected
    // In step with the host: what the last whole copy replaced is needed no more.
    if (isConnected) fs.rmSync(formerDatabase(this.#core.vault.folder), { force: true })
  }

  /** While a planned change of hosts is under way nothing is taken, neither here nor from the others. */
  get isFrozen(): boolean {
    return this.#isFrozen
  }

  freeze(): void {
    this.#isFrozen = true
  }

  unfreeze(): void {
    this.#isFrozen = false
  }

  get profile(): Profile | null {
    return this.#profile
  }

  get deviceId(): Id {
    return deviceIdOf(this.#core)
  }

  get member(): MemberCore {
    return this.memberOn(() => this.#core.vault.writer)
  }

  /** The same on a copy that has not taken its place yet. */
  memberOn(db: () => WriteDb): MemberCore {
    const core = this.#core
    return new MemberCore({
      db, around: surroundingsOf(core), platform: core.platform, deviceId: deviceIdOf(core), clinicId: () => core.vault.clinic?.id ?? '', appVersion: core.options.appVersion ?? '',
    })
  }

  /** The database has been opened: its triggers are those of its role, also after a migration has added a table. */
  opened(db: WriteDb): void {
    this.#remember(db)
    installCapture(db.$client, this.#role)
  }

  #remember(db: WriteDb): void {
    const { role, profile, standing } = readSync(db)
    this.#role = role
    this.#standing = standing
    this.#profile = profile
  }

  /** This machine is no host any more. */
  steppedDown(): void {
    this.opened(this.#core.vault.writer)
    this.disconnected()
    this.changed(new Set<Topic>(['network']))
    void this.#core.network.start()
  }

  /** Refuses what only the host's people do: a password that was changed here would be another one there. */
  requireHost(): void {
    if (this.#role === 'member') throw refuse(CommonError.AT_HOST)
  }

  /** Refuses everything on a machine that was taken off the list, or has not met its host for too long. */
  requireLease(): void {
    if (this.#standing === 'revoked') throw refuse(CommonError.MACHINE_REVOKED)
    if (!this.lease?.hasEnded) return
    // Written down, or a clock that is turned back would make it run again.
    noteClock(this.#core)
    throw refuse(CommonError.LEASE_ENDED)
  }

  /** How long a member has been without its host; undefined where nobody has to ask. */
  get lease(): Lease | undefined {
    if (this.#role !== 'member' || this.isConnected) return undefined
    const { vault, platform } = this.#core
    const { hostSeenAt } = readSync(vault.reader)
    if (hostSeenAt === null) return undefined
    const [now, seen] = [platform.now(), seenAt(vault.reader)]
    return leaseOf(hostSeenAt, seen !== undefined && seen > now ? seen : now)
  }

  /** Resolves once this copy stands at a transaction; whoever asks for it waits no longer than they want to. */
  async whenAt(tx: number): Promise<void> {
    if (readSync(this.#core.vault.reader).cursor >= tx) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const arrival = { tx, resolve }
    this.#arrivals.add(arrival)
    await promise
    this.#arrivals.delete(arrival)
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
    if (this.#isFrozen || this.#standing === 'fenced') throw refuse(CommonError.HOST_MOVED)
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
    else if (given && this.role === 'member') this.#noted()
  }

  /** Where the host is out of reach, it shows as unconfirmed at once; in reach, only once its word has not come in time. */
  #noted(): void {
    this.onNoted()
    if (!this.isConnected) this.#core.changes.publish({ topics: ['network'] })
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
    const outcome = await this.#words.wait(given.cid, isAsked ? ASKED_MS : WORD_MS)
    if (!outcome) {
      this.#core.changes.publish({ topics: ['network'] })
      if (isAsked) throw refuse(CommonError.HOST_NEEDED)
      return output
    }
    if (outcome.is === 'done') return outcome.output
    this.#toldAtTheForm(given)
    throw refuse(outcome.code, outcome.is === 'refused' ? outcome.data : undefined)
  }

  /** A refusal that was told where it was asked for needs no place on the list of things to look at. */
  #toldAtTheForm({ cid, actorId }: Given): void {
    memberStore.settleTold(this.#core.vault.writer, cid, { by: actorId, at: this.#core.platform.now() })
    this.#core.changes.publish({ topics: ['network'] })
  }

  /** A page was taken: whoever waits hears, and every window asks again for what changed. */
  applied({ receipts, topics }: Applied): void {
    this.changed(topics)
    const { cursor } = readSync(this.#core.vault.reader)
    for (const arrival of this.#arrivals) if (cursor >= arrival.tx) arrival.resolve()
    for (const receipt of receipts) this.#words.give(receipt.cid, receipt.outcome)
  }

  /** The host has welcomed this machine. */
  ready(): void {
    this.isConnected = true
    this.#remember(this.#core.vault.writer)
    void this.#core.network.handedOver()
  }

  /** The connection broke: nobody waits for a word that cannot come. */
  disconnected(): void {
    if (this.isConnected && this.#core.vault.state === 'open') writeSync(this.#core.vault.writer, { hostSeenAt: this.#core.platform.now() })
    this.isConnected = false
    this.#words.giveUp()
  }

  /** Rows of these topics were changed by somebody else than a call of this machine. */
  changed(topics: ReadonlySet<Topic>): void {
    if (topics.size === 0) return
    this.#core.vault.forgetCaches([...topics])
    if (topics.has('staff')) this.#core.followStaff()
    if (topics.has('network') && this.#role === 'member') this.#followPaper()
    this.#core.changes.publish({ topics: [...topics] })
  }

  /** The clinic has printed a new recovery key: from now on it opens this machine too. */
  #followPaper(): void {
    const { vault } = this.#core
    const slot = publishedRecoverySlot(vault.reader)
    const { dataKey } = vault
    if (!slot || !dataKey || slot.id === this.#paper) return
    changeKeyring(vault.folder, (keyring) => withRecoverySlot(keyring, slot, dataKey))
    this.#paper = slot.id
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
