import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { auditOutcomes } from '#shared/domains/audit/model.ts'
import { oneOf } from './columns.ts'

/** Append-only: triggers refuse every change. Ids and codes only, no clinical text. */
export const auditEvents = sqliteTable('audit_events', {
  seq: integer().primaryKey({ autoIncrement: true }),
  at: text().notNull(),
  action: text().notNull(),
  outcome: text().notNull(),
  actorId: text('actor_id'),
  sessionId: text('session_id'),
  door: text().notNull(),
  commandId: text('command_id'),
  patientId: text('patient_id'),
  entityId: text('entity_id'),
  /** The refusal's code, when refused. */
  code: text(),
}, (t) => [
  check('audit_events_outcome', oneOf(t.outcome, auditOutcomes)),
  index('audit_events_by_patient').on(t.patientId, t.seq),
  index('audit_events_by_actor').on(t.actorId, t.seq),
  index('audit_events_by_action').on(t.action, t.seq),
])
