import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { attentionKinds, nodeRoles, standings } from '#shared/domains/network/model.ts'
import { profiles, scopes } from '#shared/sync/messages.ts'
import { oneOf } from './columns.ts'

/**
 * One row: what this machine is to the clinic and what its triggers do right now (core/sync/capture.ts). `mode` is written
 * inside the transaction that needs it and is back at rest when it commits.
 */
export const syncContext = sqliteTable('sync_context', {
  id: integer().primaryKey(),
  role: text().notNull(),
  /** 0 at rest, 1 host captures for the feed, 2 a member's own command, 3 confirmed rows or the way back to them. */
  mode: integer().notNull(),
  profile: text(),
  epoch: integer().notNull(),
  /** The number that the next transaction of the feed gets (host). */
  nextTx: integer('next_tx').notNull(),
  /** The last transaction taken (member). */
  cursor: integer().notNull(),
  /** JSON: the hash chain's head of each feed, at the cursor or at the end. */
  chains: text().notNull(),
  /** The number the next command of this machine gets. */
  nextSeq: integer('next_seq').notNull(),
  durableTx: integer('durable_tx').notNull(),
  /** The last event of this machine's log that the host has. */
  sentEvent: integer('sent_event').notNull(),
  hostName: text('host_name'),
  /** A newer host sent rows or columns that this version does not know: after the update everything is taken anew. */
  hasUnknownRows: integer('has_unknown_rows', { mode: 'boolean' }).notNull(),
  /** Whether this copy may go on as what it is (`standings`). */
  standing: text().notNull().default('good'),
  /** When the host was last heard (member): the lease runs from here. */
  hostSeenAt: text('host_seen_at'),
  /** The version of the host's rows when it was last met (member); 0 where none was. */
  hostSchema: integer('host_schema').notNull().default(0),
}, (t) => [check('sync_context_standing', oneOf(t.standing, standings)), check('sync_context_one', sql`${t.id} = 1`), check('sync_context_role', oneOf(t.role, nodeRoles)), check('sync_context_profile', oneOf(t.profile, profiles)), check('sync_context_mode', sql`${t.mode} between 0 and 3`)])

/** Every change of a synchronised row, in the order of the host's transactions: append-only, without a gap. */
export const syncFeed = sqliteTable('sync_feed', {
  seq: integer().primaryKey({ autoIncrement: true }),
  tx: integer().notNull(),
  scope: text().notNull(),
  tableName: text('table_name').notNull(),
  pk: text().notNull(),
  op: text().notNull(),
  data: text(),
}, (t) => [check('sync_feed_scope', oneOf(t.scope, scopes)), check('sync_feed_op', sql`${t.op} in ('put', 'delete')`), index('sync_feed_by_tx').on(t.tx, t.seq)])

/** One transaction of the feed, sealed: the heads of the three chains after it. */
export const syncFeedTx = sqliteTable('sync_feed_tx', {
  tx: integer().primaryKey(),
  at: text().notNull(),
  epoch: integer().notNull(),
  chains: text().notNull(),
})

/** Every command the host has carried out or refused, once for each machine and number; its outcome never changes. */
export const syncApplied = sqliteTable('sync_applied', {
  deviceId: text('device_id').notNull(),
  seq: integer().notNull(),
  cid: text().notNull(),
  name: text().notNull(),
  version: integer().notNull(),
  input: text().notNull(),
  actorId: text('actor_id').notNull(),
  sessionId: text('session_id').notNull(),
  proof: text().notNull(),
  at: text().notNull(),
  outcome: text().notNull(),
  feedTo: integer('feed_to').notNull(),
  appliedAt: text('applied_at').notNull(),
  epoch: integer().notNull(),
}, (t) => [primaryKey({ columns: [t.deviceId, t.seq] }), uniqueIndex('sync_applied_by_cid').on(t.cid), index('sync_applied_by_feed').on(t.deviceId, t.feedTo)])

/** This machine's own commands: pending until the host's rows of them have come, then kept until they are safe elsewhere. */
export const syncOutbox = sqliteTable('sync_outbox', {
  seq: integer().primaryKey(),
  cid: text().notNull(),
  name: text().notNull(),
  version: integer().notNull(),
  input: text().notNull(),
  actorId: text('actor_id').notNull(),
  sessionId: text('session_id').notNull(),
  proof: text().notNull(),
  at: text().notNull(),
  epoch: integer().notNull(),
  state: text().notNull(),
  /** The last replay on newer rows was refused: the host will probably refuse it too. */
  doubt: text(),
  outcome: text(),
  feedTo: integer('feed_to'),
  archivedAt: text('archived_at'),
  /** It had been carried out by this machine when it was the host, on a branch that ended. */
  isSalvaged: integer('is_salvaged', { mode: 'boolean' }).notNull().default(false),
}, (t) => [check('sync_outbox_state', sql`${t.state} in ('pending', 'archived')`), uniqueIndex('sync_outbox_by_cid').on(t.cid), index('sync_outbox_pending').on(t.seq).where(sql`${t.state} = 'pending'`), index('sync_outbox_archived').on(t.feedTo).where(sql`${t.state} = 'archived'`)])

/** What a pending command changed here, to take it back: newest first brings the rows to where the host confirmed them. */
export const syncUndo = sqliteTable('sync_undo', {
  id: integer().primaryKey({ autoIncrement: true }),
  seq: integer().notNull(),
  tableName: text('table_name').notNull(),
  pk: text().notNull(),
  op: text().notNull(),
  before: text(),
}, (t) => [check('sync_undo_op', sql`${t.op} in ('insert', 'update', 'delete')`)])

/** What the host refused or changed, for a person to look at: never deleted, settled by somebody. */
export const syncAttention = sqliteTable('sync_attention', {
  id: text().primaryKey(),
  kind: text().notNull(),
  cid: text().notNull(),
  name: text().notNull(),
  input: text().notNull(),
  actorId: text('actor_id').notNull(),
  doneAt: text('done_at').notNull(),
  code: text().notNull(),
  data: text().notNull(),
  refusedAt: text('refused_at').notNull(),
  /** Null: this machine's own. */
  deviceId: text('device_id'),
  settledAt: text('settled_at'),
  settledBy: text('settled_by'),
  settledHow: text('settled_how'),
}, (t) => [check('sync_attention_kind', oneOf(t.kind, attentionKinds)), index('sync_attention_open').on(t.refusedAt).where(sql`${t.settledAt} is null`)])

/** The machines that are paired with this clinic's host. Host and standby only. */
export const members = sqliteTable('members', {
  id: text().primaryKey(),
  name: text().notNull(),
  os: text().notNull(),
  appVersion: text('app_version').notNull(),
  profile: text().notNull(),
  /** SHA-256 of its certificate: the allow-list. */
  fingerprint: text().notNull(),
  /** Of the certificate it has just been given and not come with yet: until then the old one counts too. */
  nextFingerprint: text('next_fingerprint'),
  pairedAt: text('paired_at').notNull(),
  revokedAt: text('revoked_at'),
  revokeReason: text('revoke_reason'),
  /** The last command and event of it that the host has taken; these and what follows are counted by each host itself. */
  lastSeq: integer('last_seq').notNull(),
  lastEvent: integer('last_event').notNull(),
  cursor: integer().notNull(),
  unsent: integer().notNull(),
  unsentSince: text('unsent_since'),
  attention: integer().notNull(),
  lastSeenAt: text('last_seen_at').notNull(),
  /** Where a standby was last reached; the others are never called. */
  address: text(),
}, (t) => [check('members_profile', oneOf(t.profile, profiles)), uniqueIndex('members_by_fingerprint').on(t.fingerprint), uniqueIndex('members_by_next_fingerprint').on(t.nextFingerprint).where(sql`${t.nextFingerprint} is not null`)])

/** Whose password was right at which machine, as the host has checked it: nobody else can be a command's author there. */
export const memberPeople = sqliteTable('member_people', {
  deviceId: text('device_id').notNull(),
  userId: text('user_id').notNull(),
  /** The account's hash at that time: a new password has to be shown to the host once more. */
  loginHash: text('login_hash').notNull(),
  since: text().notNull(),
}, (t) => [primaryKey({ columns: [t.deviceId, t.userId] })])

/** Which machine was the host from which transaction on. */
export const syncEpochs = sqliteTable('sync_epochs', {
  epoch: integer().primaryKey(),
  hostId: text('host_id').notNull(),
  forkTx: integer('fork_tx').notNull(),
  startedAt: text('started_at').notNull(),
  /** Signed by the clinic's root key. */
  certificate: text().notNull(),
})
