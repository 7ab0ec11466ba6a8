import type { Role } from '#shared/access/roles.ts'
import type { Clinic, StaffMember } from '#shared/domains/clinic/model.ts'
import { assert } from '#shared/kernel/assert.ts'
import type { Id } from '#shared/kernel/ids.ts'
import type { Core } from '#main/core/core.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { hashLogin } from '#main/core/keys/kdf.ts'
import { makeRecoverySlot, makeUserSlot, newKeyring, writeKeyring } from '#main/core/keys/keyring.ts'
import { insertClinic, insertSeries, insertStaffMember, insertUserAccount } from './repository.ts'

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
  firstNumbers?: Partial<Record<'mrn' | 'invoice' | 'receipt', number>>
  /** More rows for the same first transaction (the demo clinic). */
  seed?: (db: WriteDb) => void
}

const FIRST_NUMBERS = { mrn: 100_001, invoice: 1_001, receipt: 1_001 }

/**
 * Makes a clinic's database with its first people. The keyring is written last: until then the folder counts as empty,
 * so a power cut during set-up leaves nothing that cannot be started again.
 */
export async function createClinicDatabase(core: Core, wanted: NewClinic): Promise<void> {
  assert(core.vault.state === 'empty', 'a clinic is set up once')
  const dataKey = core.platform.random(32)
  const keyring = newKeyring(wanted.clinic.id)
  const logins = await Promise.all(wanted.people.map(async (person) => {
    const { slot, login } = await makeUserSlot(keyring, person.userId, person.userName, person.password, dataKey)
    return { slot, loginHash: await hashLogin(login) }
  }))
  keyring.slots.push(...logins.map(({ slot }) => slot))
  if (wanted.recoveryKey) keyring.slots.push(makeRecoverySlot(keyring, core.platform.newId(), wanted.recoveryKey, dataKey))

  core.vault.removeUnfinished()
  core.vault.open(dataKey)
  const db = core.vault.writer
  const at = core.platform.now()
  db.$client.transaction(() => {
    insertClinic(db, wanted.clinic, at)
    for (const name of ['mrn', 'invoice', 'receipt'] as const) insertSeries(db, name, wanted.firstNumbers?.[name] ?? FIRST_NUMBERS[name])
    wanted.people.forEach((person, i) => {
      insertStaffMember(db, person.staff, at)
      insertUserAccount(db, { id: person.userId, staffId: person.staff.id, userName: person.userName, loginHash: logins[i]?.loginHash ?? '', roles: person.roles, createdAt: at })
    })
    wanted.seed?.(db)
  }).immediate()
  writeKeyring(core.vault.folder, keyring)
}
