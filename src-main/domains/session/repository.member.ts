import type { Id } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'

/** A person's password as this machine has it: the proof by its own slot, and the account's hash it was made for. */
export interface MemberLogin { loginHash: string; accountHash: string }

const statements = prepared((db: ReadDb) => ({
  read: db.$client.prepare('select login_hash as loginHash, account_hash as accountHash from member_logins where user_id = ?'),
  save: db.$client.prepare(`insert into member_logins (user_id, login_hash, account_hash, proved_at) values (@userId, @loginHash, @accountHash, @provedAt)
    on conflict (user_id) do update set login_hash = excluded.login_hash, account_hash = excluded.account_hash, proved_at = excluded.proved_at`),
  // An account without a bcrypt hash waits for an invitation to be used: its access was reset.
  leavers: db.$client.prepare(`select user_id as userId, user_name as userName from member_logins join user_accounts on user_accounts.id = member_logins.user_id where disabled_at is not null or user_accounts.login_hash not like '$%'`),
  forget: db.$client.prepare('delete from member_logins where user_id = ?'),
}))

export const memberLoginOf = (db: ReadDb, userId: Id): MemberLogin | undefined => statements(db).read.get(userId) as MemberLogin | undefined // The columns of the select.
export const saveMemberLogin = (db: WriteDb, row: MemberLogin & { userId: Id; provedAt: Instant }): void => void statements(db).save.run({ ...row })
/** Whose password opens something here although the account is closed or waits for a new one. */
export const leaversOf = (db: ReadDb): { userId: Id; userName: string }[] => statements(db).leavers.all() as { userId: Id; userName: string }[] // The columns of the select.
export const forgetMemberLogin = (db: WriteDb, userId: Id): void => void statements(db).forget.run(userId)
