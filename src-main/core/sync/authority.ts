import { assert } from '#shared/kernel/assert.ts'
import type { Id } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { Core } from '../core.ts'
import { prepared } from '../db/statements.ts'
import type { ReadDb, WriteDb } from '../db/types.ts'
import { toBytes, toText } from '../keys/box.ts'
import { readKeyring, type Slot } from '../keys/keyring.ts'
import { recoveryPublicKey, recoverySlot } from '../keys/slots.ts'
import { openWith, sealTo } from '../keys/user-keys.ts'
import { makeAuthority, type Authority } from '../network/certificates.ts'
import { makeSigningKeys, signed, signingKeyOf, type SigningKeys } from '../network/signatures.ts'
import { readSync } from './context.ts'
import { insertEpoch, signEpoch } from './epochs.ts'
import { sealFeed } from './feed.ts'

/**
 * The clinic's authority in its network: the certificate that signs the machines' certificates, and the root key that says
 * who the host is. The root's private half is sealed to the printed recovery key and nothing else: no machine can make
 * itself the host, and with the paper any full copy can.
 */
interface AuthorityRow { caCertificate: string; sealedCaKey: string | null; rootPublicKey: string; sealedRootKey: string | null; recoverySlot: string | null }

const columns = 'ca_certificate as caCertificate, sealed_ca_key as sealedCaKey, root_public_key as rootPublicKey, sealed_root_key as sealedRootKey, recovery_slot as recoverySlot'
const statements = prepared((db: ReadDb) => ({
  read: db.$client.prepare(`select ${columns} from clinic_authority`),
  write: db.$client.prepare(`insert into clinic_authority (id, ca_certificate, sealed_ca_key, root_public_key, sealed_root_key, recovery_slot) values ('clinic', @caCertificate, @sealedCaKey, @rootPublicKey, @sealedRootKey, @recoverySlot)
    on conflict (id) do update set sealed_ca_key = excluded.sealed_ca_key, root_public_key = excluded.root_public_key, sealed_root_key = excluded.sealed_root_key, recovery_slot = excluded.recovery_slot`),
  caKey: db.$client.prepare('select ca_key from authority_keys').pluck(),
  setCaKey: db.$client.prepare(`insert into authority_keys (id, ca_key) values ('clinic', ?) on conflict (id) do nothing`),
  signing: db.$client.prepare('select public_key as publicKey, private_key as privateKey from signing_keys'),
  setSigning: db.$client.prepare(`insert into signing_keys (id, public_key, private_key) values ('machine', @publicKey, @privateKey)`),
  enlist: db.$client.prepare(`insert into members (id, name, os, app_version, profile, fingerprint, paired_at, last_seq, last_event, cursor, unsent, attention, last_seen_at)
    values (@id, @name, @os, @appVersion, 'standby', @fingerprint, @at, 0, 0, 0, 0, 0, @at) on conflict (id) do update set fingerprint = excluded.fingerprint where fingerprint <> excluded.fingerprint`),
}))

const authorityRow = (db: ReadDb): AuthorityRow | undefined => statements(db).read.get() as AuthorityRow | undefined // The columns of the select.

/** What a host signs certificates with at a pairing; undefined on a machine that has never been one or a standby. */
export function authorityOf(db: ReadDb): Authority | undefined {
  const row = authorityRow(db)
  const privateKey = statements(db).caKey.get() as string | undefined // One column.
  return row && privateKey !== undefined ? { certificate: row.caCertificate, privateKey } : undefined
}

/** This machine's own signing key, made when it is first needed. */
export function signingKeysOf(db: WriteDb): SigningKeys {
  const known = statements(db).signing.get() as SigningKeys | undefined // The columns of the select.
  if (known) return known
  const made = makeSigningKeys()
  statements(db).setSigning.run({ ...made })
  return made
}

/** Signs the host's receipts. Each leaves twice, as an answer and with its page: what was signed a moment ago is remembered. */
export function signerOf(db: WriteDb): (text: string) => string {
  const key = signingKeyOf(signingKeysOf(db).privateKey)
  const known = new Map<string, string>()
  return (text) => {
    const signature = known.get(text) ?? signed(key, Buffer.from(`cairn-receipt-1\n${text}`))
    if (known.size >= RECEIPTS_REMEMBERED) known.clear()
    known.set(text, signature)
    return signature
  }
}
const RECEIPTS_REMEMBERED = 500

/**
 * Makes the clinic's authority, once, for the machine that is about to be the first host; again it answers the same. The
 * caller makes the machine a host afterwards (`SyncNode.becomeHost`), so that every copy begins with these rows.
 */
export async function createAuthority(core: Core): Promise<Authority> {
  const known = authorityOf(core.vault.reader)
  if (known) return known
  const clinicId = clinicIdOf(core)
  const authority = await makeAuthority({ clinicId, at: core.platform.now() })
  const root = makeSigningKeys()
  const db = core.vault.writer
  db.$client.transaction(() => {
    statements(db).setCaKey.run(authority.privateKey)
    statements(db).write.run({ ...rowOf(core, authority, root) })
    const { publicKey } = signingKeysOf(db)
    const epoch = { v: 1, clinicId, epoch: 1, hostId: core.node.deviceId, hostKey: publicKey, forkTx: 0, startedAt: core.platform.now(), by: 'root' } as const
    if (readSync(db).epoch <= 1) insertEpoch(db, epoch, signEpoch(epoch, root.privateKey))
    sealIfHost(db, core.platform.now())
  }).immediate()
  return authority
}

/**
 * A new sheet was printed: what the old one opened is made anew for it, and every machine's recovery slot follows. The
 * root key is a new one, because nobody here can open the old one; what it has signed is known to every machine by now.
 */
export function renewAuthority(core: Core): void {
  const db = core.vault.writer
  const known = authorityOf(db)
  if (!known) return
  db.$client.transaction(() => {
    statements(db).write.run({ ...rowOf(core, known, makeSigningKeys()) })
    sealIfHost(db, core.platform.now())
  }).immediate()
  core.node.committed(undefined)
}

/** The host stands on the list of machines too: as a standby it goes on to be one of them after a change of hosts. */
export function enlistHost(core: Core, machine: { name: string; os: string; fingerprint: string }): void {
  const db = core.vault.writer
  db.$client.transaction(() => {
    statements(db).enlist.run({ ...machine, id: core.node.deviceId, appVersion: core.options.appVersion ?? '', at: core.platform.now() })
    sealIfHost(db, core.platform.now())
  }).immediate()
}

/** What the printed key opens of the clinic's authority; undefined when it is another paper. */
export function openAuthority(db: ReadDb, recoveryPrivateKey: Uint8Array): { rootKey: string; caKey: string | undefined } | undefined {
  const row = authorityRow(db)
  const rootKey = row && open(recoveryPrivateKey, row.sealedRootKey, ABOUT_ROOT)
  return rootKey === undefined ? undefined : { rootKey, caKey: open(recoveryPrivateKey, row?.sealedCaKey ?? null, ABOUT_CA) }
}

/** The host's slot of the printed key, as it stands in every copy. */
export function publishedRecoverySlot(db: ReadDb): Slot | undefined {
  const text = authorityRow(db)?.recoverySlot
  return text ? (JSON.parse(text) as Slot) : undefined // Written by `rowOf`.
}

const ABOUT_ROOT = 'clinic-root-key'
const ABOUT_CA = 'clinic-ca-key'

function rowOf(core: Core, authority: Authority, root: SigningKeys): AuthorityRow {
  const { dataKey, folder } = core.vault
  assert(dataKey, 'the database is open')
  const keyring = readKeyring(folder)
  const recovery = recoveryPublicKey(keyring, dataKey)
  const slot = recoverySlot(keyring, dataKey)
  const sealed = (text: string, about: string): string | null => (recovery ? toText(sealTo(recovery, Buffer.from(text), about)) : null)
  return {
    caCertificate: authority.certificate, sealedCaKey: sealed(authority.privateKey, ABOUT_CA), rootPublicKey: root.publicKey, sealedRootKey: sealed(root.privateKey, ABOUT_ROOT),
    recoverySlot: slot ? JSON.stringify(slot) : null,
  }
}

function open(key: Uint8Array, sealed: string | null, about: string): string | undefined {
  const bytes = sealed === null ? undefined : openWith(key, toBytes(sealed), about)
  return bytes && Buffer.from(bytes).toString('utf8')
}

function clinicIdOf(core: Core): Id {
  const { clinic } = core.vault
  assert(clinic, 'a host has a clinic')
  return clinic.id
}

/** A change of the authority's own rows is one of the host's transactions. */
export function sealIfHost(db: WriteDb, at: Instant): void {
  if (readSync(db).role === 'host') sealFeed(db, at)
}
