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
import { anchorsIn, appendAnchors, lastAnchor, lastAnchors, readAnchorFile, writeAnchor, type AnchorLine } from './anchors.ts'
import { beginChain } from './keys.ts'
import { verifyChain, type Checked } from './verify.ts'

interface Parts { vault: Vault; platform: Platform; changes: Changes; logger: Logger }

/** A search is written when the typing rests, and at the latest so long after its first letter. */
const REST_MS = 500
const GROUP_MS = 2_000
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
  #groupSinceMs = 0
  #isStuck = false
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
    const { platform, vault } = this.#parts
    beginChain(db, { id: platform.newId(), now: platform.now() })
    this.#lookedMs = platform.nowMs()
    mend(vault.folder, lastAnchors(db, 1), 'tail')
    this.#tail = undefined
    clearInterval(this.#timer)
    this.#timer = setInterval(() => this.#anchorIfDue(), LOOK_MS)
    this.#timer.unref()
    setImmediate(() => void this.#checkTail().catch((error: unknown) => this.#failed(error, 'the tail of the log could not be read')))
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
   * Writes a search after its answer: the letters of one search are one event, with everybody who was shown meanwhile, and
   * no letter waits for the disk. When it could not be written, the next search is refused until it can.
   */
  later(entry: AuditEntry): void {
    if (this.#isStuck) this.flush()
    const now = this.#parts.platform.nowMs()
    if (this.#group.length === 0) this.#groupSinceMs = now
    const at = this.#group.findIndex((one) => one.sessionId === entry.sessionId && one.action === entry.action)
    if (at < 0) this.#group.push(entry)
    else this.#group[at] = joined(this.#group[at] ?? entry, entry)
    if (this.#groupTimer && now - this.#groupSinceMs > GROUP_MS - REST_MS) return
    clearTimeout(this.#groupTimer)
    this.#groupTimer = setTimeout(() => this.#flushQuietly(), REST_MS)
  }

  /** Writes a look at once, on the disk before its answer leaves, and what was searched before it with it. */
  write(entry: AuditEntry): void {
    this.#group.push(entry)
    try {
      this.flush()
    } catch (error) {
      this.#group = this.#group.filter((one) => one !== entry)
      throw error
    }
  }

  flush(): void {
    clearTimeout(this.#groupTimer)
    this.#groupTimer = undefined
    if (this.#group.length === 0) return
    const db = this.#parts.vault.writer
    this.#isStuck = true
    db.$client.transaction(() => {
      for (const entry of this.#group) writeAudit(db, entry)
    }).immediate()
    this.#isStuck = false
    this.#group = []
    this.wrote()
  }

  #flushQuietly(): void {
    if (this.#parts.vault.state !== 'open') return
    try {
      this.flush()
    } catch (error) {
      this.#failed(error, 'looks could not be logged; the next one waits for them')
    }
  }

  /** Signs where the log stands; also at the close, so that what comes back later is whole. */
  anchor(): void {
    const { vault, platform } = this.#parts
    try {
      const db = vault.writer
      const line = db.$client.transaction(() => writeAnchor(db, platform.now())).immediate()
      if (line) appendAnchors(vault.folder, [line])
    } catch (error) {
      this.#failed(error, 'the log could not be anchored')
    }
  }

  /** What is signed in the database and missing outside is written there too, after Verify has told of it. */
  mendFile(): void {
    const { vault } = this.#parts
    mend(vault.folder, anchorsIn(vault.reader), 'all')
  }

  #anchorIfDue(): void {
    const { vault, platform } = this.#parts
    if (vault.state !== 'open') return
    try {
      const db = vault.reader
      const head = db.select({ seq: auditEvents.seq }).from(auditEvents).orderBy(desc(auditEvents.seq)).limit(1).get()?.seq ?? 0
      const last = lastAnchor(db)
      if (isAnchorDue({ rows: head - (last?.seq ?? 0), ms: platform.nowMs() - toMs(last?.at ?? platform.now()) })) this.anchor()
    } catch (error) {
      this.#failed(error, 'whether an anchor is due could not be read')
    }
  }

  /** In the background there is nobody to refuse: a page that cannot be read is met by the next call, which closes the file. */
  #failed(error: unknown, what: string): void {
    this.#parts.logger.error({ kind: error instanceof Error ? error.name : 'unknown' }, what)
  }

  async #checkTail(): Promise<void> {
    const { vault, platform, changes, logger } = this.#parts
    const { dataKey } = vault
    const isSame = (): boolean => vault.state === 'open' && vault.dataKey === dataKey
    if (!isSame()) return
    const walk = verifyChain(vault.reader, readAnchorFile(vault.folder, 'tail'), 'tail')
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

/** The newest may miss when the machine stopped between the two writes; a gap further back is for Verify to tell first. */
function mend(folder: string, known: readonly AnchorLine[], span: 'all' | 'tail'): void {
  const inFile = new Set(readAnchorFile(folder, span)?.lines.map((line) => line.seq))
  appendAnchors(folder, known.filter((line) => !inFile.has(line.seq)))
}

/** What was typed on replaces the letters before it; whatever else was asked stands beside it. */
function joined(before: AuditEntry, next: AuditEntry): AuditEntry {
  const isTypedOn = (next.terms ?? []).join(' ').startsWith((before.terms ?? []).join(' '))
  const itemIds = [...new Set([...(before.itemIds ?? []), ...(next.itemIds ?? [])])]
  return {
    ...next, at: before.at, terms: isTypedOn ? next.terms : [...new Set([...(before.terms ?? []), ...(next.terms ?? [])])], itemIds,
    itemCount: Math.max(before.itemCount ?? 0, next.itemCount ?? 0, itemIds.length),
  }
}
