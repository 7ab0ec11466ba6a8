import { sql } from 'drizzle-orm'
import { auditEvents } from '#drizzle/schema/audit.ts'
import type { auditOutcomes } from '#shared/domains/audit/model.ts'
import { prepared } from '../db/statements.ts'
import type { WriteDb } from '../db/types.ts'

export interface AuditEntry {
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
}

const statements = prepared((db: WriteDb) => ({
  insert: db.insert(auditEvents).values({
    at: sql.placeholder('at'), action: sql.placeholder('action'), outcome: sql.placeholder('outcome'),
    actorId: sql.placeholder('actorId'), sessionId: sql.placeholder('sessionId'), door: sql.placeholder('door'),
    commandId: sql.placeholder('commandId'), patientId: sql.placeholder('patientId'), entityId: sql.placeholder('entityId'),
    code: sql.placeholder('code'),
  }).prepare(),
}))

/** Adds one event to the activity log; inside the caller's transaction where there is one. */
export function writeAudit(db: WriteDb, entry: AuditEntry): void {
  statements(db).insert.run({ ...entry })
}
