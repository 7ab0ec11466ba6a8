import type { Carried } from '#main/core/keys/carried.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'
import type { Id } from '#shared/kernel/ids.ts'

/** How a person's password is judged on a host where it was never typed, and the account's hash it belongs to. */
export interface CarriedLogin extends Carried { loginHash: string }

const statements = prepared((db: ReadDb) => ({
  read: db.$client.prepare('select login_hash as loginHash, salt, memory_kib as memoryKiB, passes, user_key as userKey from carried_logins where user_id = ?'),
  save: db.$client.prepare(`insert into carried_logins (user_id, login_hash, salt, memory_kib, passes, user_key) values (@userId, @loginHash, @salt, @memoryKiB, @passes, @userKey)
    on conflict (user_id) do update set login_hash = excluded.login_hash, salt = excluded.salt, memory_kib = excluded.memory_kib, passes = excluded.passes, user_key = excluded.user_key`),
  // Whose password was given before there was this table, and not at another machine.
  missing: db.$client.prepare(`select id as userId, user_name as userName, login_hash as loginHash from user_accounts where disabled_at is null and login_hash like '$%'
    and not exists (select 1 from carried_logins where user_id = user_accounts.id and carried_logins.login_hash = user_accounts.login_hash) and id not in (select user_id from member_logins)`),
}))

export function carriedLoginOf(db: ReadDb, userId: Id): CarriedLogin | undefined {
  const row = statements(db).read.get(userId) as { loginHash: string; salt: string; memoryKiB: number; passes: number; userKey: string | null } | undefined // The columns of the select.
  return row && { loginHash: row.loginHash, salt: row.salt, kdf: { memoryKiB: row.memoryKiB, passes: row.passes }, userKey: row.userKey }
}

export const saveCarriedLogin = (db: WriteDb, userId: Id, { loginHash, salt, kdf, userKey }: CarriedLogin): void => void statements(db).save.run({ userId, loginHash, salt, ...kdf, userKey })

/** Whose password could not be judged anywhere else yet. */
export const notCarried = (db: ReadDb): { userId: Id; userName: string; loginHash: string }[] => statements(db).missing.all() as { userId: Id; userName: string; loginHash: string }[] // The columns of the select.
