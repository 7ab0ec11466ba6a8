import { setImmediate as nextTick } from 'node:timers/promises'
import { desc } from 'drizzle-orm'
import { auditEvents } from '#drizzle/schema/audit.ts'
import type { Verification } from '#shared/domains/audit/model.ts'
import { isAnchorDue } from '#shared/domains/audit/rules.ts'
import { toMs } from '#shared/kernel/time.ts'
import type { Changes } from '../rpc/changes.ts'
import type { WriteDb } from '../db/types.ts'
import type { Logger } from '../platform/logger.ts'
import type { Platform } from '../platform/platform.ts'
import { writeAudit, type AuditEntry } from '../rpc/audit-writer.ts'
import type { Vault } from '../vault.ts'
import { anchorsIn, appendAnchors, lastAnchor, readAnchorFile, writeAnchor } from './anchors.ts'
import { beginChain } from './keys.ts'
import { verifyChain, type Checked } from './verify.ts'

interface Parts { vault: Vault; platform: Platform; changes: Changes; logger: Logger }

/** Looks that are written together, at the latest after this time. */
const GROUP_MS = 50
/** Whether an anchor is due is looked up after so many events, and each minute while nothing happens. */
const LOOK_ROWS = 50
const LOOK_MS = 60_000

/**
 * Keeps the activity log of an open database: begins its chain, signs anchors and puts them outside too, writes searches
 * in groups, and looks through the tail at each start.
 */
export class AuditKeeper {
  readonly #parts: Parts
  #timer: NodeJS.Timeout | undefined
  #group: AuditEntry[] = []
  #groupTimer: NodeJS.Timeout | undefined
  #written = 0
  #lookedMs = 0
  #tail: Verification | undefined

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** What the look at the tail has found since the start; undefined while it is under way. */
  get tail(): Verification | undefined {
    return this.#tail
  }

  /** The vault has just opened this database. */
  begin(db: WriteDb): void {
    const { platform } = this.#parts
    beginChain(db, { id: platform.newId(), now: platform.now() })
    this.#lookedMs = platform.nowMs()
    this.#tail = undefined
    clearInterval(this.#timer)
    this.#timer = setInterval(() => this.#anchorIfDue(), LOOK_MS)
    this.#timer.unref()
    setImmediate(() => void this.#checkTail())
  }

  /** Somebody has written events; cheap enough for every call. */
  wrote(): void {
    this.#written += 1
    const now = this.#parts.platform.nowMs()
    if (this.#written % LOOK_ROWS !== 0 && now - this.#lookedMs < LOOK_MS) return
    this.#lookedMs = now
    setImmediate(() => this.#anchorIfDue())
  }

  /**
   * Writes a look up to 50 ms after its answer, together with others: a search at each letter is worth a row, not a disk
   * flush. When a group could not be written, the next look is refused until it can.
   */
  later(entry: AuditEntry): void {
    if (this.#group.length > 0 && this.#groupTimer === undefined) this.flush()
    this.#group.push(entry)
    this.#groupTimer ??= setTimeout(() => this.#flushQuietly(), GROUP_MS)
  }

  flush(): void {
    clearTimeout(this.#groupTimer)
    this.#groupTimer = undefined
    if (this.#group.length === 0) return
    const db = this.#parts.vault.writer
    db.$client.transaction(() => {
      for (const entry of this.#group) writeAudit(db, entry)
    }).immediate()
    this.#group = []
    this.wrote()
  }

  #flushQuietly(): void {
    if (this.#parts.vault.state !== 'open') return
    try {
      this.flush()
    } catch (error) {
      this.#parts.logger.error({ kind: nameOf(error) }, 'looks could not be logged; the next one waits for them')
    }
  }

  /** Signs where the log stands; also at the close, so that what comes back later is whole. */
  anchor(): void {
    const { vault, platform } = this.#parts
    try {
      const db = vault.writer
      const line = db.$client.transaction(() => writeAnchor(db, platform.now())).immediate()
      if (line) this.mendFile()
    } catch (error) {
      this.#parts.logger.error({ kind: nameOf(error) }, 'the log could not be anchored')
    }
  }

  /** What is signed in the database and missing outside is written there too. A gap further back is told by Verify first. */
  mendFile({ all = false } = {}): void {
    const { vault } = this.#parts
    const known = anchorsIn(vault.reader)
    const inFile = new Set(readAnchorFile(vault.folder)?.lines.map((line) => line.seq))
    const missing = known.filter((line) => !inFile.has(line.seq))
    appendAnchors(vault.folder, all ? missing : missing.slice(-2))
  }

  #anchorIfDue(): void {
    const { vault, platform } = this.#parts
    if (vault.state !== 'open') return
    const db = vault.reader
    const head = db.select({ seq: auditEvents.seq }).from(auditEvents).orderBy(desc(auditEvents.seq)).limit(1).get()?.seq ?? 0
    const last = lastAnchor(db)
    if (isAnchorDue({ rows: head - (last?.seq ?? 0), ms: platform.nowMs() - toMs(last?.at ?? platform.now()) })) this.anchor()
  }

  async #checkTail(): Promise<void> {
    const { vault, platform, changes, logger } = this.#parts
    const { dataKey } = vault
    const isSame = (): boolean => vault.state === 'open' && vault.dataKey === dataKey
    if (!isSame()) return
    const walk = verifyChain(vault.reader, readAnchorFile(vault.folder), 'tail')
    let step: IteratorResult<number, Checked> = walk.next()
    while (!step.done) {
      await nextTick()
      if (!isSame()) return
      step = walk.next()
    }
    this.#tail = { at: platform.now(), span: 'tail', rows: step.value.rows, finding: step.value.finding }
    if (step.value.finding) logger.error({ finding: step.value.finding.kind, seq: step.value.finding.seq }, 'the activity log is not whole')
    changes.publish({ topics: ['audit'] })
  }

  close(): void {
    clearInterval(this.#timer)
    clearTimeout(this.#groupTimer)
    if (this.#parts.vault.state !== 'open') return
    this.#flushQuietly()
    this.anchor()
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown')
