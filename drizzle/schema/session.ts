import { check, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { sql } from 'drizzle-orm'
import { userAccounts } from './clinic.ts'

/** argon2id over six digits, in the encrypted database only; a PIN opens no key. */
export const userPins = sqliteTable('user_pins', {
  userId: text('user_id').primaryKey().references(() => userAccounts.id),
  hash: text().notNull(),
  salt: text().notNull(),
  /** Wrong tries since the last full sign-in. */
  fails: integer().notNull(),
  setAt: text('set_at').notNull(),
}, (t) => [check('user_pins_fails', sql`${t.fails} between 0 and 5`)])

/** The secret an authenticator app shares with the clinic. A trigger lets the counter only grow. */
export const secondFactors = sqliteTable('second_factors', {
  userId: text('user_id').primaryKey().references(() => userAccounts.id),
  /** 160 bits, base32. */
  secret: text().notNull(),
  lastCounter: integer('last_counter').notNull(),
  confirmedAt: text('confirmed_at').notNull(),
})

export const oneTimeCodes = sqliteTable('one_time_codes', {
  userId: text('user_id').notNull().references(() => userAccounts.id),
  codeHash: text('code_hash').notNull(),
  usedAt: text('used_at'),
}, (t) => [primaryKey({ columns: [t.userId, t.codeHash] })])

/** Failed attempts by a keyed hash of the user name; the same stand in a file for the time before the database is open. */
export const signInAttempts = sqliteTable('sign_in_attempts', {
  lookup: text().primaryKey(),
  fails: integer().notNull(),
  lastAtMs: integer('last_at_ms').notNull(),
  untilMs: integer('until_ms').notNull(),
}, (t) => [check('sign_in_attempts_fails', sql`${t.fails} >= 1`)])

/** One row: the latest time seen here. */
export const seenClock = sqliteTable('seen_clock', { id: integer().primaryKey(), seenAt: text('seen_at').notNull() }, (t) => [check('seen_clock_one_row', sql`${t.id} = 1`)])
