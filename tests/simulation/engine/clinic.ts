import { createPrivateKey, createPublicKey } from 'node:crypto'
import { careTeamMembers } from '#drizzle/schema/access.ts'
import { appointmentTypes, availabilityRules } from '#drizzle/schema/scheduling.ts'
import { feeItems } from '#drizzle/schema/billing.ts'
import { patients } from '#drizzle/schema/patients.ts'
import type { Role } from '#shared/access/roles.ts'
import { derivedColumns } from '#shared/domains/patients/rules.derived.ts'
import { profiles, type Profile } from '#shared/sync/messages.ts'
import { readMigrations, migrate, type Migration } from '#main/core/db/migrate.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { installCapture } from '#main/core/sync/capture.ts'
import { writeSync } from '#main/core/sync/context.ts'
import { copyRows } from '#main/core/sync/copy.ts'
import { insertEpoch, signEpoch } from '#main/core/sync/epochs.ts'
import { noteProved } from '#main/core/sync/host-store.ts'
import { insertClinic, insertRoom, insertSeries, insertStaffMember, insertUserAccount, takeNumber } from '#main/domains/clinic/repository.ts'
import { inRoot } from '#tools/lib/paths.ts'
import type { Disk } from './disk.ts'

/** Tuesday, nine in the morning at the clinic. */
export const OPENS_AT = '2026-11-17T14:00:00.000Z'
export const ZONE = 'America/New_York'
export const MACHINES_MAX = 5

const id = (kind: number, number: number): string => `00000000-0000-7000-8${String(kind).padStart(3, '0')}-${String(number).padStart(12, '0')}`

export const clinicId = id(1, 0)
/** The host is machine 0. */
export const machineIds = Array.from({ length: MACHINES_MAX }, (_, n) => id(2, n))

export interface Person { userId: string; staffId: string; userName: string; role: Role }
const person = (n: number, userName: string, role: Role): Person => ({ userId: id(3, n), staffId: id(4, n), userName, role })
export const people = [
  person(0, 'olive', 'administrator'), person(1, 'amira', 'doctor'), person(2, 'per', 'doctor'), person(3, 'tom', 'nurse'), person(4, 'rosa', 'receptionist'), person(5, 'priya', 'billing'),
] as const
export const providers = [id(4, 1), id(4, 2)] as const
export const rooms = [id(5, 0), id(5, 1)] as const
export const fees = [id(6, 0), id(6, 1)] as const
export const patientIds = [id(7, 0), id(7, 1), id(7, 2)] as const
/** An Ed25519 key in PKCS 8 is this and its 32 bytes. */
const PKCS8_ED25519 = '302e020100300506032b657004220420'
const rootKey = createPrivateKey({ key: Buffer.from(PKCS8_ED25519 + '11'.repeat(32), 'hex'), format: 'der', type: 'pkcs8' })
/** The clinic's root key: the same in every run, because it guards nothing and a seed has to repeat. */
export const authorityKeys = {
  privateKey: rootKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  publicKey: createPublicKey(rootKey).export({ type: 'spki', format: 'pem' }).toString(),
}
export const FIRST_INVOICE = 1_001

/** What every schedule begins with, as whole database files. */
export interface Templates {
  host: Buffer
  member: Record<Profile, Buffer>
  /** An empty database of this version whose triggers are a member's: what a copy is filled into. */
  blank: Buffer
}

const migrations = readMigrations(inRoot('drizzle/migrations'))
/** A release after this one, for schedules in which the host is ahead of a machine. */
const nextRelease: Migration = { version: migrations.length + 1, title: 'next_release', sql: 'ALTER TABLE patients ADD COLUMN next_release text;' }

/** Fills the templates by the product's own means on two empty disks. */
export function makeTemplates(host: Disk, other: Disk, { isHostAhead }: { isHostAhead: boolean }): Templates {
  migrate(other.db, migrations)
  installCapture(other.db.$client, 'member')
  const blank = other.image()
  migrate(host.db, isHostAhead ? [...migrations, nextRelease] : migrations)
  host.db.$client.transaction(() => seed(host.db)).immediate()
  writeSync(host.db, { role: 'host', epoch: 1 })
  installCapture(host.db.$client, 'host')
  const member = Object.fromEntries(profiles.map((profile) => {
    other.load(blank)
    for (const _ of copyRows(host.db, other.db, profile));
    return [profile, other.image()]
  })) as Record<Profile, Buffer> // One for each profile.
  return { host: host.image(), member, blank }
}

function seed(db: WriteDb): void {
  insertClinic(db, {
    id: clinicId, name: 'Harbor Family Clinic', timeZone: ZONE, currency: 'USD', addressLine1: '12 Quay Street', addressLine2: null,
    city: 'Springfield', state: 'MA', postalCode: '01101', phone: '+14135550100', paper: 'letter', invoicePrefix: 'A', isDemo: false,
  }, OPENS_AT)
  insertSeries(db, 'mrn', 100_001)
  insertSeries(db, 'invoice', FIRST_INVOICE)
  insertSeries(db, 'receipt', 1_001)
  for (const [n, { userId, staffId, userName, role }] of people.entries()) {
    insertStaffMember(db, { id: staffId, givenName: userName, familyName: 'Person', credentials: null, title: null, npi: null, isProvider: role === 'doctor', isActive: true, sortOrder: n }, OPENS_AT)
    insertUserAccount(db, { id: userId, staffId, userName, loginHash: `login ${n}`, roles: [role], createdAt: OPENS_AT })
    for (const deviceId of machineIds) noteProved(db, { deviceId, userId, loginHash: `login ${n}`, since: OPENS_AT })
  }
  rooms.forEach((room, n) => insertRoom(db, { id: room, name: `Room ${n + 1}`, kind: 'exam', sortOrder: n, isActive: true }))
  db.insert(appointmentTypes).values([{ id: id(8, 0), name: 'Follow-up', durationMin: 15, isActive: true, sortOrder: 1 }]).run()
  for (const [n, providerId] of providers.entries()) db.insert(availabilityRules).values({ id: id(9, n), providerId, weekday: 2, startMin: 480, endMin: 1020, validFrom: null, validTo: null }).run()
  fees.forEach((fee, n) => db.insert(feeItems).values({ id: fee, code: `F-${n}`, label: 'Visit', kind: 'visit', priceCents: 4_000 + n, proposeWhen: null, isActive: true, updatedAt: OPENS_AT }).run())
  db.$client.prepare(`insert into clinic_authority (id, ca_certificate, root_public_key) values ('clinic', '', ?)`).run(authorityKeys.publicKey)
  const epoch = { v: 1, clinicId, epoch: 1, hostId: id(2, 0), hostKey: authorityKeys.publicKey, forkTx: 0, startedAt: OPENS_AT, by: 'root' } as const
  insertEpoch(db, epoch, signEpoch(epoch, authorityKeys.privateKey))
  patientIds.forEach((patient, n) => addPatient(db, patient, n))
}

function addPatient(db: WriteDb, patientId: string, n: number): void {
  const named = { familyName: ['Lopez', 'Stone', 'Ferry'][n] ?? 'Lopez', givenName: 'Maria', middleName: null, preferredName: null, phone: null }
  db.insert(patients).values({ id: patientId, mrn: takeNumber(db, 'mrn'), sex: 'female', birthDate: `195${n}-03-12`, version: 1, createdAt: OPENS_AT, updatedAt: OPENS_AT, ...named, ...derivedColumns(named) }).run()
  for (const [at, { staffId, userId, role }] of people.entries()) {
    if (role === 'doctor' || role === 'nurse') db.insert(careTeamMembers).values({ id: id(10, n * 10 + at), patientId, staffId, fromOn: '2000-01-01', reason: 'Usual team', addedAt: OPENS_AT, addedBy: userId }).run()
  }
}
