import type { Instant } from '#shared/kernel/time.ts'
import type { PendingRow } from '#shared/domains/network/model.ts'
import type { Outcome, SentCommand } from '#shared/sync/messages.ts'
import { prepared } from '../db/statements.ts'
import type { ReadDb, WriteDb } from '../db/types.ts'

/** What a member writes down about its own commands. */
export interface OutboxRow extends SentCommand { state: 'pending' | 'archived'; doubt: string | null; outcome: Outcome | null; feedTo: number | null; isSalvaged: boolean }
interface StoredOutbox extends Omit<OutboxRow, 'input' | 'outcome' | 'isSalvaged'> { input: string; outcome: string | null; isSalvaged: number }
/** Whose change of which row it is. */
export interface UndoMark { id: number; seq: number; table: string; pk: string }
export interface UndoRow { table: string; pk: string; op: 'insert' | 'update' | 'delete'; before: string | null }

const columns = 'seq, cid, name, version, input, actor_id as actorId, session_id as sessionId, proof, at, epoch, state, doubt, outcome, feed_to as feedTo, is_salvaged as isSalvaged'

const statements = prepared((db: ReadDb) => ({
  insert: db.$client.prepare(`insert into sync_outbox (seq, cid, name, version, input, actor_id, session_id, proof, at, epoch, state) values (@seq, @cid, @name, @version, @input, @actorId, @sessionId, @proof, @at, @epoch, 'pending')`),
  pending: db.$client.prepare(`select ${columns} from sync_outbox where state = 'pending' order by seq`),
  after: db.$client.prepare(`select ${columns} from sync_outbox where seq > ? and state = 'pending' order by seq limit ?`),
  bySeq: db.$client.prepare(`select ${columns} from sync_outbox where seq = ?`),
  count: db.$client.prepare(`select count(*) as unsent, min(at) as since from sync_outbox where state = 'pending'`),
  acked: db.$client.prepare(`select coalesce((select min(seq) - 1 from sync_outbox where state = 'pending'), (select next_seq - 1 from sync_context))`).pluck(),
  archive: db.$client.prepare(`update sync_outbox set state = 'archived', doubt = null, outcome = @outcome, feed_to = @feedTo, archived_at = @at where seq = @seq`),
  again: db.$client.prepare(`update sync_outbox set state = 'pending', outcome = null, feed_to = null, archived_at = null where state = 'archived' and seq > ?`),
  doubt: db.$client.prepare('update sync_outbox set doubt = ? where seq = ? and doubt is not ?'),
  clear: db.$client.prepare(`delete from sync_outbox where state = 'archived' and feed_to <= (select durable_tx from sync_context) and archived_at < ?`),
  undo: db.$client.prepare('select table_name as "table", pk, op, before from sync_undo order by id desc'),
  undoMarks: db.$client.prepare('select id, seq, table_name as "table", pk from sync_undo order by id desc'),
  undoOne: db.$client.prepare('select table_name as "table", pk, op, before from sync_undo where id = ?'),
  removeUndo: db.$client.prepare('delete from sync_undo where id = ?'),
  pendingSeqs: db.$client.prepare(`select seq from sync_outbox where state = 'pending'`).pluck(),
  clearUndo: db.$client.prepare('delete from sync_undo'),
  touched: db.$client.prepare('select distinct table_name as "table", pk from sync_undo'),
  attention: db.$client.prepare(`insert into sync_attention (id, kind, cid, name, input, actor_id, done_at, code, data, refused_at) values (@cid, @kind, @cid, @name, @input, @actorId, @at, @code, @data, @now) on conflict (id) do nothing`),
  settle: db.$client.prepare('update sync_attention set settled_at = @at, settled_by = @by, settled_how = @how where id = @id and settled_at is null'),
  openAttention: db.$client.prepare('select count(*) from sync_attention where settled_at is null').pluck(),
}))

export const insertOutbox = (db: WriteDb, row: SentCommand): void => void statements(db).insert.run({ ...row, input: JSON.stringify(row.input ?? null) })
export const pendingCommands = (db: ReadDb): OutboxRow[] => statements(db).pending.all().map(toRow)
export const pendingAfter = (db: ReadDb, seq: number, limit: number): OutboxRow[] => statements(db).after.all(seq, limit).map(toRow)
/** Of these numbers, what is still pending, in order. */
export const pendingOf = (db: ReadDb, seqs: ReadonlySet<number>): OutboxRow[] =>
  [...seqs].toSorted((a, b) => a - b).flatMap((seq) => outboxAt(db, seq) ?? []).filter(({ state }) => state === 'pending')
export const outboxAt = (db: ReadDb, seq: number): OutboxRow | undefined => {
  const row = statements(db).bySeq.get(seq)
  return row ? toRow(row) : undefined
}
export const unsentOf = (db: ReadDb): { unsent: number; since: Instant | null } => statements(db).count.get() as { unsent: number; since: Instant | null } // The columns of the select.
/** The last number whose outcome has been taken. */
export const ackedSeqOf = (db: ReadDb): number => statements(db).acked.get() as number // One number.

export const archive = (db: WriteDb, seq: number, done: { outcome: Outcome; feedTo: number; at: Instant }): void => void statements(db).archive.run({ seq, ...done, outcome: JSON.stringify(done.outcome) })
/**
 * What a host had confirmed that is gone, or has lost since, has to be confirmed by the one that is there now: it has taken
 * this machine's commands up to a number, and everything after it is sent again under its own name.
 */
export const sendAgainAfter = (db: WriteDb, seq: number): number => statements(db).again.run(seq).changes
export const setDoubt = (db: WriteDb, seq: number, code: string | null): void => void statements(db).doubt.run(code, seq, code)
/** Confirmed commands that are safe in a verified copy elsewhere, and older than the given moment. */
export const clearArchive = (db: WriteDb, before: Instant): number => statements(db).clear.run(before).changes

/** Newest first. */
export const undoRows = (db: ReadDb): UndoRow[] => statements(db).undo.all() as UndoRow[] // The columns of the select.
/** Newest first. */
export const undoMarks = (db: ReadDb): UndoMark[] => statements(db).undoMarks.all() as UndoMark[] // The columns of the select.
export const undoRow = (db: ReadDb, id: number): UndoRow => statements(db).undoOne.get(id) as UndoRow // The columns of the select.
export const removeUndo = (db: WriteDb, id: number): void => void statements(db).removeUndo.run(id)
export const pendingSeqs = (db: ReadDb): number[] => statements(db).pendingSeqs.all() as number[] // One column.
export const clearUndo = (db: WriteDb): void => void statements(db).clearUndo.run()
/** The rows that commands have changed here and the host has not confirmed; of those with one key column. */
export const pendingRows = (db: ReadDb): PendingRow[] =>
  (statements(db).touched.all() as { table: string; pk: string }[]).flatMap(({ table, pk }) => {
    const [id, ...rest] = JSON.parse(pk) as unknown[] // The key columns of a capture trigger.
    return rest.length === 0 && typeof id === 'string' ? [{ table, id }] : []
  })

export const noteAttention = (db: WriteDb, { cid, name, input, actorId, at }: SentCommand, refusal: { kind: 'refused' | 'quarantined' | 'merged' | 'salvaged'; code: string; data?: unknown; now: Instant }): void =>
  void statements(db).attention.run({ cid, name, input: JSON.stringify(input ?? null), actorId, at, kind: refusal.kind, code: refusal.code, data: JSON.stringify(refusal.data ?? null), now: refusal.now })
/** False when somebody has settled it before, or there is no such thing. */
export const settle = (db: WriteDb, id: string, { by, at, how }: { by: string; at: Instant; how: string }): boolean => statements(db).settle.run({ id, by, at, how }).changes === 1
export const settleTold = (db: WriteDb, id: string, told: { by: string; at: Instant }): boolean => settle(db, id, { ...told, how: 'told' })
export const openAttention = (db: ReadDb): number => statements(db).openAttention.get() as number // One number.

function toRow(row: unknown): OutboxRow {
  const stored = row as StoredOutbox // The columns of the selects.
  return { ...stored, input: JSON.parse(stored.input) as unknown, outcome: stored.outcome === null ? null : (JSON.parse(stored.outcome) as Outcome), isSalvaged: stored.isSalvaged === 1 } // Written by `insertOutbox` and `archive`.
}
