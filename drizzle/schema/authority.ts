import { sql } from 'drizzle-orm'
import { check, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * Who may say who the clinic's host is. One row, in every copy: the certificate that all machines' certificates are signed
 * with, and the root key, whose private half opens with the printed recovery key alone.
 */
export const clinicAuthority = sqliteTable('clinic_authority', {
  id: text().primaryKey(),
  caCertificate: text('ca_certificate').notNull(),
  /** Null where no recovery key was ever printed. */
  sealedCaKey: text('sealed_ca_key'),
  rootPublicKey: text('root_public_key').notNull(),
  sealedRootKey: text('sealed_root_key'),
  /** The printed key's slot of the host's keyring, so that the same paper opens every machine. */
  recoverySlot: text('recovery_slot'),
}, (t) => [check('clinic_authority_one', sql`${t.id} = 'clinic'`)])

/** What a host needs at each pairing, without the printed key; a standby has it too. */
export const authorityKeys = sqliteTable('authority_keys', {
  id: text().primaryKey(),
  caKey: text('ca_key').notNull(),
}, (t) => [check('authority_keys_one', sql`${t.id} = 'clinic'`)])

/** This machine's own key: as a host it signs with it what it has decided. It never leaves the machine. */
export const signingKeys = sqliteTable('signing_keys', {
  id: text().primaryKey(),
  publicKey: text('public_key').notNull(),
  privateKey: text('private_key').notNull(),
}, (t) => [check('signing_keys_one', sql`${t.id} = 'machine'`)])

/** Who has proved their password to the host from this machine and can sign in here while the host is out of reach. */
export const memberLogins = sqliteTable('member_logins', {
  userId: text('user_id').primaryKey(),
  /** Of the slot that this machine has made. */
  loginHash: text('login_hash').notNull(),
  /** The account's at that time: another one since means another password. */
  accountHash: text('account_hash').notNull(),
  provedAt: text('proved_at').notNull(),
})

/**
 * How a password is judged where it was never typed: the salt and the cost of the host's slot, and the person's own key under
 * the password alone. A host and its standbys hold it, and no other machine.
 */
export const carriedLogins = sqliteTable('carried_logins', {
  userId: text('user_id').primaryKey(),
  /** The account's when the slot was made: another one since means another password. */
  loginHash: text('login_hash').notNull(),
  salt: text().notNull(),
  memoryKib: integer('memory_kib').notNull(),
  passes: integer().notNull(),
  /** Null until the person has signed in at the host: only their password can seal it. */
  userKey: text('user_key'),
})
