import type { Id } from '#shared/kernel/ids.ts'
import type { SentEvent } from '#shared/sync/messages.ts'
import { prepared } from '../db/statements.ts'
import type { ReadDb, WriteDb } from '../db/types.ts'
import { writeAudit, type AuditEntry } from '../rpc/audit-writer.ts'
import { memberById } from './host-store.ts'
import { auditOutcomes } from '#shared/domains/audit/model.ts'

/**
 * What was looked at and refused at a member belongs into the clinic's log as well: whoever asks who opened a chart asks
 * one machine. A member's own log keeps its events; the host writes them into its chain with the machine's id. Commands
 * that were sent are in the host's log already.
 */
const columns = ['at', 'action', 'outcome', 'actor_id', 'session_id', 'door', 'command_id', 'patient_id', 'entity_id', 'code', 'roles', 'reason', 'item_count', 'item_ids'] as const
const PAGE = 200

const statements = prepared((db: ReadDb) => ({
  // A search's words are hashed under this machine's own key and mean nothing elsewhere.
  after: db.$client.prepare(`select seq, ${columns.join(', ')} from audit_events where seq > ? and (command_id is null or command_id not in (select cid from sync_outbox)) order by seq limit ${PAGE}`).raw(),
  taken: db.$client.prepare('update members set last_event = ? where id = ?'),
}))

export function eventsAfter(db: ReadDb, seq: number): SentEvent[] {
  const rows = statements(db).after.all(seq) as [number, ...(string | number | null)[]][] // The columns above.
  return rows.map(([number, ...cells]) => ({ seq: number, cells }))
}

/** Writes what the host does not have yet; answers the last number it has of that machine. */
export function takeEvents(db: WriteDb, deviceId: Id, events: readonly SentEvent[]): number {
  return db.$client.transaction(() => {
    let upTo = memberById(db, deviceId)?.lastEvent ?? 0
    for (const event of events) {
      if (event.seq <= upTo) continue
      const entry = entryOf(event.cells)
      if (entry) writeAudit(db, entry, { deviceId })
      upTo = event.seq
    }
    statements(db).taken.run(upTo, deviceId)
    return upTo
  }).immediate()
}

/** Undefined for what is no event of ours: it came over the wire. */
function entryOf(cells: readonly (string | number | null)[]): AuditEntry | undefined {
  const [at, action, outcome, actorId, sessionId, door, commandId, patientId, entityId, code, roles, reason, count, ids] = cells
  const known = auditOutcomes.find((one) => one === outcome)
  if (cells.length !== columns.length || !known || typeof at !== 'string' || typeof action !== 'string' || typeof door !== 'string') return undefined
  const text = (value: string | number | null | undefined): string | null => (typeof value === 'string' ? value : null)
  return {
    at, action, outcome: known, actorId: text(actorId), sessionId: text(sessionId), door, commandId: text(commandId), patientId: text(patientId), entityId: text(entityId), code: text(code),
    roles: text(roles)?.split(','), reason: text(reason) ?? undefined, itemCount: typeof count === 'number' ? count : undefined, itemIds: text(ids)?.split(','),
  }
}
