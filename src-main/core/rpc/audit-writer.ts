import { desc, sql } from 'drizzle-orm'
import { auditEvents } from '#drizzle/schema/audit.ts'
import type { auditOutcomes } from '#shared/domains/audit/model.ts'
import { clockBackSeconds } from '#shared/domains/audit/rules.ts'
import { fold } from '#shared/kernel/fold.ts'
import { blind, macOf, NO_MAC } from '../audit/chain.ts'
import { chainOf, type Chain } from '../audit/keys.ts'
import { prepared } from '../db/statements.ts'
import type { WriteDb } from '../db/types.ts'

/** What an event says beside who and what: ids and codes, and clear text only where it is hashed before it is written. */
export interface AuditDetails {
  /** Why, as a code: break-glass. */
  reason?: string | undefined
  /** Of a list: the rows that left. */
  itemIds?: readonly string[] | undefined
  /** The rows that left, where their ids say nothing. */
  itemCount?: number | undefined
  /** The words searched for; only keyed hashes of them are kept. */
  terms?: readonly string[] | undefined
  /** The row before and after a change; only keyed hashes are kept. */
  before?: unknown
  after?: unknown
}

export interface AuditEntry extends AuditDetails {
  at: string
  action: string
  outcome: (typeof auditOutcomes)[number]
  actorId: string | null
  sessionId: string | null
  door: string
  commandId: string | null
  patientId: string | null
  entityId: string | null
  code: string | null
  /** The roles in effect. */
  roles?: readonly string[] | undefined
}

const columns = [
  'seq', 'at', 'action', 'outcome', 'actorId', 'sessionId', 'door', 'commandId', 'patientId', 'entityId', 'code',
  'roles', 'deviceId', 'reason', 'itemCount', 'itemIds', 'terms', 'beforeHash', 'afterHash', 'mac',
] as const
type Row = Record<(typeof columns)[number], string | number | Buffer | null>

const statements = prepared((db: WriteDb) => ({
  /** Where the log ends. The last number ever given is SQLite's own note: it stays when rows at the end are taken away, and shows the gap. */
  head: db.select({ seq: auditEvents.seq, at: auditEvents.at, mac: auditEvents.mac, given: sql<number>`(select seq from sqlite_sequence where name = 'audit_events')` })
    .from(auditEvents).orderBy(desc(auditEvents.seq)).limit(1).prepare(),
  insert: db.insert(auditEvents).values(Object.fromEntries(columns.map((name) => [name, sql.placeholder(name)])) as Record<'at' | 'action' | 'outcome' | 'door', ReturnType<typeof sql.placeholder>>).prepare(),
}))

/**
 * Adds one event to the activity log, in its place in the chain; inside the caller's transaction where there is one.
 * `from` names another machine whose event it is. A clock that went back by more than two minutes is an event of its own before it.
 */
export function writeAudit(db: WriteDb, entry: AuditEntry, from?: { deviceId: string }): void {
  const chain = chainOf(db)
  const { head, insert } = statements(db)
  const last = head.get()
  let [seq, mac] = [Math.max(last?.seq ?? 0, last?.given ?? 0), last?.mac ?? NO_MAC]
  const add = (event: AuditEntry): void => {
    seq += 1
    const { row, next } = sealed(chain, seq, mac, event, from?.deviceId ?? chain.id)
    insert.run(row)
    mac = next
  }
  // What another machine sends is from before, and no clock of ours.
  const back = last && !from ? clockBackSeconds(last.at, entry.at) : 0
  if (back > 0) {
    const marked = { ...entry, outcome: 'done', commandId: null, patientId: null, entityId: null, code: null } as const
    db.$client.transaction(() => {
      add({ ...withoutDetails(marked), action: 'clock.moved-back', itemCount: back })
      add(entry)
    })()
  } else add(entry)
}

function sealed(chain: Chain, seq: number, before: Buffer, entry: AuditEntry, deviceId: string): { row: Row; next: Buffer } {
  const { itemIds, terms } = entry
  const cells = [
    seq, entry.at, entry.action, entry.outcome, entry.actorId, entry.sessionId, entry.door, entry.commandId, entry.patientId, entry.entityId, entry.code,
    entry.roles && entry.roles.length > 0 ? entry.roles.join(',') : null, deviceId, entry.reason ?? null,
    entry.itemCount ?? itemIds?.length ?? null, itemIds && itemIds.length > 0 ? itemIds.join(',') : null,
    terms && terms.length > 0 ? terms.map((word) => blind(chain.blindKey, fold(word))).join(',') : null,
    hashOf(chain, entry.before), hashOf(chain, entry.after),
  ]
  const next = macOf(chain.macKey, before, cells)
  return { row: Object.fromEntries([...cells, next].map((cell, at) => [columns[at], cell])) as Row, next } // One cell for each column.
}

const hashOf = (chain: Chain, value: unknown): string | null => (value === undefined ? null : blind(chain.blindKey, JSON.stringify(value)))

function withoutDetails({ itemIds: _i, terms: _t, before: _b, after: _a, reason: _r, ...entry }: AuditEntry): AuditEntry {
  return entry
}
