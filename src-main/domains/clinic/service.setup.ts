import { setImmediate as nextTick } from 'node:timers/promises'
import { Role } from '#shared/access/roles.ts'
import type { Clinic, StaffMember } from '#shared/domains/clinic/model.ts'
import { assert } from '#shared/kernel/assert.ts'
import type { Id } from '#shared/kernel/ids.ts'
import type { Core } from '#main/core/core.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { hashLogin } from '#main/core/keys/kdf.ts'
import { holdUserKey } from '#main/core/keys/held.ts'
import { newKeyring, writeKeyring, type Keyring } from '#main/core/keys/keyring.ts'
import { makeRecoverySlot, makeUserSlot } from '#main/core/keys/slots.ts'
import { loadStarterSet } from '#main/domains/codes/service.edition.ts'
import { insertClinic, insertSeries, insertStaffMember, insertUserAccount, setPrivacyOfficer, setSeries } from './repository.ts'

export interface FirstPerson {
  userId: Id
  staff: StaffMember
  userName: string
  password: string
  roles: readonly Role[]
}

export interface NewClinic {
  clinic: Clinic
  people: readonly FirstPerson[]
  /** 32 random bytes, printed on paper; without one (demo) only passwords open the database. */
  recoveryKey?: Uint8Array
  /** First numbers of the series. */
  firstNumbers?: Partial<Numbers>
  /** A few more rows in one go, after the people. */
  seed?: (db: WriteDb) => void
  /** Many more rows (the demo clinic), written by someone else into the same file; answers with the next numbers of the series. */
  fill?: (file: string, dataKey: Uint8Array) => AsyncGenerator<number, Numbers>
}
type Numbers = Record<'mrn' | 'invoice' | 'receipt', number>

const FIRST_NUMBERS: Numbers = { mrn: 100_001, invoice: 1_001, receipt: 1_001 }
const seriesNames = ['mrn', 'invoice', 'receipt'] as const

export async function createClinicDatabase(core: Core, wanted: NewClinic): Promise<void> {
  const building = buildClinicDatabase(core, wanted)
  while (!(await building.next()).done);
}

/**
 * Makes a clinic's database with its first people and opens it. The keyring is written last: until then the folder
 * counts as empty, so a power cut during set-up leaves nothing that cannot be started again.
 */
export async function* buildClinicDatabase(core: Core, wanted: NewClinic): AsyncGenerator<number> {
  const dataKey = core.platform.random(32)
  const keyring = newKeyring(wanted.clinic.id, core.platform.now())
  const loginHashes = await addSlots(core, keyring, wanted, dataKey)
  yield* core.vault.build(dataKey, (db) => writeRows(core, db, wanted, loginHashes, dataKey))
  writeKeyring(core.vault.folder, keyring)
  core.vault.open(dataKey)
}

/** A key slot for each person and for the recovery key. Answers with the login hash of each person. */
async function addSlots(core: Core, keyring: Keyring, wanted: NewClinic, dataKey: Uint8Array): Promise<ReadonlyMap<Id, string>> {
  const [at, { secret: device }] = [core.platform.now(), await core.machine.device()]
  // First: only where a printed key opens the records is the machine's own secret mixed into the others.
  if (wanted.recoveryKey) keyring.slots.push(makeRecoverySlot(keyring, { id: core.platform.newId(), at }, wanted.recoveryKey, dataKey))
  const logins = await Promise.all(wanted.people.map(async (person) => {
    const { slot, login, userKey } = await makeUserSlot(keyring, { id: person.userId, userName: person.userName, password: person.password, at, device }, dataKey)
    keyring.slots.push(slot)
    holdUserKey(core, person.userId, userKey)
    return [person.userId, await hashLogin(login)] as const
  }))
  return new Map(logins)
}

async function* writeRows(core: Core, db: WriteDb, wanted: NewClinic, loginHashes: ReadonlyMap<Id, string>, dataKey: Uint8Array): AsyncGenerator<number> {
  const at = core.platform.now()
  db.$client.transaction(() => {
    insertClinic(db, wanted.clinic, at)
    for (const name of seriesNames) insertSeries(db, name, wanted.firstNumbers?.[name] ?? FIRST_NUMBERS[name])
    for (const person of wanted.people) {
      const loginHash = loginHashes.get(person.userId)
      assert(loginHash, 'everyone who is named has a login')
      insertStaffMember(db, person.staff, at)
      insertUserAccount(db, { id: person.userId, staffId: person.staff.id, userName: person.userName, loginHash, roles: person.roles, createdAt: at })
      if (person.roles.includes(Role.administrator)) setPrivacyOfficer(db, person.userId, true)
    }
    wanted.seed?.(db)
  }).immediate()
  await nextTick()
  db.$client.transaction(() => loadStarterSet(db, core.options.resourcesFolder, at)).immediate()
  await nextTick()
  if (!wanted.fill) return
  const numbers = yield* wanted.fill(core.vault.file, dataKey)
  db.$client.transaction(() => {
    for (const name of seriesNames) setSeries(db, name, numbers[name])
  }).immediate()
}
