import type { Role } from '#shared/access/roles.ts'
import { createCore } from '#main/core/core.ts'
import { hashLogin } from '#main/core/keys/kdf.ts'
import { readKeyring, writeKeyring } from '#main/core/keys/keyring.ts'
import { makeUserSlot } from '#main/core/keys/slots.ts'
import { insertStaffMember, insertUserAccount } from '#main/domains/clinic/repository.ts'
import { inRoot } from '#tools/lib/paths.ts'
import type { Dataset } from './dataset.ts'

/** Adds people who can sign in to a copy of the data set: user name to roles, all with one password. */
export async function givePasswords(own: Dataset, people: Record<string, Role[]>, password: string): Promise<void> {
  const core = await createCore({ dataFolder: own.folder, migrationsFolder: inRoot('drizzle/migrations'), resourcesFolder: inRoot('resources') })
  const dataKey = Buffer.from(own.key, 'hex')
  core.vault.open(dataKey)
  const keyring = readKeyring(own.folder)
  const at = core.platform.now()
  for (const [userName, roles] of Object.entries(people)) {
    const [userId, staffId] = [core.platform.newId(), core.platform.newId()]
    const { slot, login } = await makeUserSlot(keyring, { id: userId, userName, password, at, device: undefined }, dataKey)
    keyring.slots.push(slot)
    insertStaffMember(core.vault.writer, { id: staffId, familyName: 'Bench', givenName: userName, credentials: null, title: null, npi: null, isProvider: false, isActive: true, sortOrder: 99 }, at)
    insertUserAccount(core.vault.writer, { id: userId, staffId, userName, loginHash: await hashLogin(login), roles, createdAt: at })
  }
  writeKeyring(own.folder, keyring)
  await core.close()
}
