import type { Id } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { Outcome, Profile, SentCommand } from '#shared/sync/messages.ts'
import { prepared } from '../db/statements.ts'
import type { ReadDb, WriteDb } from '../db/types.ts'

/** What the host writes down about its members and their commands. */
export interface MemberRow { id: Id; name: string; os: string; appVersion: string; profile: Profile; fingerprint: string; pairedAt: Instant; revokedAt: Instant | null; revokeReason: string | null; lastSeq: number; lastEvent: number; cursor: number; unsent: number; unsentSince: Instant | null; attention: number; lastSeenAt: Instant }

export interface AppliedRow extends SentCommand { deviceId: Id; outcome: Outcome; feedTo: number; appliedAt: Instant }
type StoredApplied = Omit<AppliedRow, 'outcome' | 'input'> & { outcome: string; input: string }

const memberColumns = 'id, name, os, app_version as appVersion, profile, fingerprint, paired_at as pairedAt, revoked_at as revokedAt, revoke_reason as revokeReason, last_seq as lastSeq, last_event as lastEvent, cursor, unsent, unsent_since as unsentSince, attention, last_seen_at as lastSeenAt'
const appliedColumns = 'device_id as deviceId, seq, cid, name, version, input, actor_id as actorId, session_id as sessionId, proof, at, outcome, feed_to as feedTo, applied_at as appliedAt, epoch'

const statements = prepared((db: ReadDb) => ({
  member: db.$client.prepare(`select ${memberColumns} from members where id = ?`),
  byFingerprint: db.$client.prepare(`select ${memberColumns} from members where fingerprint = @fingerprint union all select ${memberColumns} from members where next_fingerprint = @fingerprint limit 1`),
  offerNext: db.$client.prepare('update members set next_fingerprint = ? where id = ?'),
  settleNext: db.$client.prepare('update members set fingerprint = next_fingerprint, next_fingerprint = null where next_fingerprint = ?'),
  standbyCursor: db.$client.prepare(`select min(cursor) from members where profile = 'standby' and revoked_at is null and id <> ?`).pluck(),
  slowest: db.$client.prepare('select min(cursor) from members where revoked_at is null and last_seen_at > ? and id <> ?').pluck(),
  members: db.$client.prepare(`select ${memberColumns} from members order by paired_at, id`),
  seen: db.$client.prepare('update members set last_seen_at = @lastSeenAt, app_version = @appVersion, cursor = @cursor where id = @id'),
  report: db.$client.prepare('update members set last_seen_at = @lastSeenAt, cursor = @cursor, unsent = @unsent, unsent_since = @unsentSince, attention = @attention where id = @id'),
  insertMember: db.$client.prepare(`insert into members (id, name, os, app_version, profile, fingerprint, paired_at, last_seq, last_event, cursor, unsent, attention, last_seen_at) values (@id, @name, @os, @appVersion, @profile, @fingerprint, @at, 0, 0, 0, 0, 0, @at)
    on conflict (id) do update set name = excluded.name, os = excluded.os, app_version = excluded.app_version, profile = excluded.profile, fingerprint = excluded.fingerprint, last_seen_at = excluded.last_seen_at`),
  standbyAddresses: db.$client.prepare(`select address from members where profile = 'standby' and revoked_at is null and address is not null`).pluck(),
  setAddress: db.$client.prepare('update members set address = @address where id = @id'),
  address: db.$client.prepare('select address from members where id = ?').pluck(),
  rename: db.$client.prepare('update members set name = @name where id = @id'),
  revoke: db.$client.prepare('update members set revoked_at = @at, revoke_reason = @reason where id = @id and revoked_at is null'),
  lastSeq: db.$client.prepare('select coalesce(max(seq), 0) from sync_applied where device_id = ?').pluck(),
  applied: db.$client.prepare(`select ${appliedColumns} from sync_applied where device_id = ? and seq = ?`),
  appliedByCid: db.$client.prepare(`select ${appliedColumns} from sync_applied where cid = ?`),
  appliedUpTo: db.$client.prepare(`select ${appliedColumns} from sync_applied where device_id = ? and seq > ? and feed_to <= ? order by seq`),
  insertApplied: db.$client.prepare('insert into sync_applied (device_id, seq, cid, name, version, input, actor_id, session_id, proof, at, outcome, feed_to, applied_at, epoch) values (@deviceId, @seq, @cid, @name, @version, @input, @actorId, @sessionId, @proof, @at, @outcome, @feedTo, @appliedAt, @epoch)'),
  author: db.$client.prepare('select user_accounts.login_hash = member_people.login_hash from member_people join user_accounts on user_accounts.id = member_people.user_id where device_id = ? and user_id = ?').pluck(),
  // Whose password any machine's host has seen: a machine that was the host vouches for what it had carried out for them.
  authorAnywhere: db.$client.prepare('select 1 from sync_epochs where host_id = ? and exists (select 1 from member_people join user_accounts on user_accounts.id = member_people.user_id and user_accounts.login_hash = member_people.login_hash where user_id = ?)').pluck(),
  proved: db.$client.prepare('insert into member_people (device_id, user_id, login_hash, since) values (@deviceId, @userId, @loginHash, @since) on conflict (device_id, user_id) do update set login_hash = excluded.login_hash, since = excluded.since'),
  epochs: db.$client.prepare('select epoch, fork_tx as forkTx from sync_epochs where epoch > ? order by epoch'),
  quarantine: db.$client.prepare(`insert into sync_attention (id, kind, cid, name, input, actor_id, done_at, code, data, refused_at, device_id) values (@cid, 'quarantined', @cid, @name, @input, @actorId, @at, @code, 'null', @now, @deviceId)`),
}))

export const memberById = (db: ReadDb, id: Id): MemberRow | undefined => statements(db).member.get(id) as MemberRow | undefined // The columns of the select.
export const memberByFingerprint = (db: ReadDb, fingerprint: string): MemberRow | undefined => statements(db).byFingerprint.get({ fingerprint }) as MemberRow | undefined // The columns of the select.
/** Both certificates count until the machine has come with the new one. */
export const offerFingerprint = (db: WriteDb, id: Id, fingerprint: string): void => void statements(db).offerNext.run(fingerprint, id)
/** True when it has come with the new one for the first time. */
export const settleFingerprint = (db: WriteDb, fingerprint: string): boolean => statements(db).settleNext.run(fingerprint).changes === 1
/** How far every standby has come, because any of them may be the next host; null where there is none. */
export const standbyCursor = (db: ReadDb, ownId: Id): number | null => statements(db).standbyCursor.get(ownId) as number | null // One number.
/** How far the slowest machine is that was seen since; null where there is none. */
export const slowestCursor = (db: ReadDb, since: Instant, ownId: Id): number | null => statements(db).slowest.get(since, ownId) as number | null // One number.
export const listMembers = (db: ReadDb): MemberRow[] => statements(db).members.all() as MemberRow[] // The columns of the select.
/** A machine that is paired again keeps its place: its numbers go on. One that was revoked does not come back. */
export const insertMember = (db: WriteDb, row: { id: Id; name: string; os: string; appVersion: string; profile: Profile; fingerprint: string; at: Instant }): void => void statements(db).insertMember.run(row)
/** False where no such machine is paired with this host. */
export const renameMember = (db: WriteDb, id: Id, name: string): boolean => statements(db).rename.run({ id, name }).changes === 1
/** False where it is revoked already, or there is no such machine. */
export const revokeMember = (db: WriteDb, id: Id, revoked: { at: Instant; reason: string }): boolean => statements(db).revoke.run({ id, ...revoked }).changes === 1
export const noteSeen = (db: WriteDb, id: Id, seen: { lastSeenAt: Instant; appVersion: string; cursor: number }): void => void statements(db).seen.run({ id, ...seen })
export const noteReport = (db: WriteDb, id: Id, report: { lastSeenAt: Instant; cursor: number; unsent: number; unsentSince: Instant | null; attention: number }): void => void statements(db).report.run({ id, ...report })

/** Where the clinic's standbys were last reached. */
export const standbyAddresses = (db: ReadDb): string[] => statements(db).standbyAddresses.all() as string[] // One column.
export const addressOf = (db: ReadDb, id: Id): string | null => statements(db).address.get(id) as string | null // One column.
export const setAddress = (db: WriteDb, id: Id, address: string): void => void statements(db).setAddress.run({ id, address })

export const lastSeqOf = (db: ReadDb, deviceId: Id): number => statements(db).lastSeq.get(deviceId) as number // One number.
export const appliedAt = (db: ReadDb, deviceId: Id, seq: number): AppliedRow | undefined => toApplied(statements(db).applied.get(deviceId, seq))
export const appliedByCid = (db: ReadDb, cid: Id): AppliedRow | undefined => toApplied(statements(db).appliedByCid.get(cid))
export const appliedUpTo = (db: ReadDb, deviceId: Id, afterSeq: number, feedTo: number): AppliedRow[] => statements(db).appliedUpTo.all(deviceId, afterSeq, feedTo).map((row) => toApplied(row))

export const insertApplied = (db: WriteDb, row: AppliedRow): void =>
  void statements(db).insertApplied.run({ ...row, input: JSON.stringify(row.input ?? null), outcome: JSON.stringify(row.outcome) })

/**
 * Whether the host has seen this person's password from that machine. `changed`: it has, and the password is another one
 * since; `never`: the machine names somebody who was not at it.
 */
export function authorship(db: ReadDb, deviceId: Id, userId: Id): 'proved' | 'changed' | 'never' {
  if (statements(db).authorAnywhere.get(deviceId, userId) === 1) return 'proved'
  const isCurrent = statements(db).author.get(deviceId, userId) as number | undefined // One truth value.
  return isCurrent === undefined ? 'never' : isCurrent === 1 ? 'proved' : 'changed'
}
export const noteProved = (db: WriteDb, row: { deviceId: Id; userId: Id; loginHash: string; since: Instant }): void => void statements(db).proved.run(row)

export const epochsAfter = (db: ReadDb, epoch: number): { epoch: number; forkTx: number }[] => statements(db).epochs.all(epoch) as { epoch: number; forkTx: number }[] // The columns of the select.

export const keepForAdministrator = (db: WriteDb, deviceId: Id, { cid, name, input, actorId, at }: SentCommand, code: string, now: Instant): void =>
  void statements(db).quarantine.run({ cid, name, input: JSON.stringify(input ?? null), actorId, at, code, now, deviceId })

function toApplied(row: unknown): AppliedRow
function toApplied(row: unknown | undefined): AppliedRow | undefined
function toApplied(row: unknown | undefined): AppliedRow | undefined {
  if (!row) return undefined
  const stored = row as StoredApplied // The columns of the selects.
  return { ...stored, input: JSON.parse(stored.input) as unknown, outcome: JSON.parse(stored.outcome) as Outcome } // Written by `insertApplied`.
}
