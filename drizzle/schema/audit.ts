import { sql } from 'drizzle-orm'
import { blob, check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { auditOutcomes, disclosureKinds } from '#shared/domains/audit/model.ts'
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
  /** The roles the person had at that moment, with commas; those of today may be others. */
  roles: text(),
  /** The machine whose chain this is. */
  deviceId: text('device_id'),
  /** Why, as a code: break-glass. */
  reason: text(),
  /** Of a list: how many rows left, and which. */
  itemCount: integer('item_count'),
  itemIds: text('item_ids'),
  /** What was searched for, as keyed hashes with commas: whoever knows a word can ask for it, nobody can read it. */
  terms: text(),
  /** Keyed hashes of the row before and after a change, never its values. */
  beforeHash: text('before_hash'),
  afterHash: text('after_hash'),
  /** HMAC over the mac before it and this row; null only in rows older than the chain, until it begins. */
  mac: blob({ mode: 'buffer' }),
}, (t) => [
  check('audit_events_outcome', oneOf(t.outcome, auditOutcomes)),
  index('audit_events_by_patient').on(t.patientId, t.seq),
  index('audit_events_by_actor').on(t.actorId, t.seq),
  index('audit_events_by_action').on(t.action, t.seq),
  index('audit_events_by_actor_action').on(sql`${t.actorId} || ' ' || ${t.action}`, t.seq),
  index('audit_events_refused').on(t.seq).where(sql`${t.outcome} = 'refused'`),
  index('audit_events_refused_by_actor').on(t.actorId, t.seq).where(sql`${t.outcome} = 'refused'`),
  index('audit_events_refused_by_action').on(t.action, t.seq).where(sql`${t.outcome} = 'refused'`),
])

/** One row, of this machine and host-only: the keys of its chain. Not derived from the data key, so that its rotation breaks no old row. */
export const auditChains = sqliteTable('audit_chains', {
  id: text().primaryKey(),
  createdAt: text('created_at').notNull(),
  macKey: blob('mac_key', { mode: 'buffer' }).notNull(),
  blindKey: blob('blind_key', { mode: 'buffer' }).notNull(),
  publicKey: blob('public_key', { mode: 'buffer' }).notNull(),
  privateKey: blob('private_key', { mode: 'buffer' }).notNull(),
}, (t) => [check('audit_chains_mac_key', sql`length(${t.macKey}) = 32`), check('audit_chains_blind_key', sql`length(${t.blindKey}) = 32`)])

/** "At this moment the log ended here", signed. The same lines stand in anchors.log outside the database. */
export const auditAnchors = sqliteTable('audit_anchors', {
  seq: integer().primaryKey(),
  chainId: text('chain_id').notNull().references(() => auditChains.id),
  mac: blob({ mode: 'buffer' }).notNull(),
  at: text().notNull(),
  signature: blob({ mode: 'buffer' }).notNull(),
}, (t) => [check('audit_anchors_mac', sql`length(${t.mac}) = 32`), check('audit_anchors_signature', sql`length(${t.signature}) = 64`)])

/** What left the clinic on paper or as a file: the accounting of disclosures (45 CFR 164.528). */
export const disclosures = sqliteTable('disclosures', {
  id: text().primaryKey(),
  at: text().notNull(),
  kind: text().notNull(),
  document: text().notNull(),
  documentId: text('document_id'),
  patientId: text('patient_id'),
  actorId: text('actor_id').notNull(),
  /** To whom and what for, where it was asked; a printed bill goes to the patient. */
  recipient: text(),
  purpose: text(),
  rowCount: integer('row_count').notNull(),
}, (t) => [
  check('disclosures_kind', oneOf(t.kind, disclosureKinds)),
  check('disclosures_row_count', sql`${t.rowCount} >= 0`),
  index('disclosures_by_at').on(t.at, t.id),
  index('disclosures_by_patient').on(t.patientId, t.at, t.id),
])
