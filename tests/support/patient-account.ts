import { selfPatients } from '#drizzle/schema/access.ts'
import { Role } from '#shared/access/roles.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import { insertStaffMember, insertUserAccount } from '#main/domains/clinic/repository.ts'
import { accountByUserName } from '#main/domains/session/repository.ts'
import { startSession } from '#main/domains/session/service.ts'
import type { World } from './world.ts'

/** Signs in as a patient: no screen makes such an account yet, so its rows are written here as the portal will write them. */
export function asPatient(world: World, patientId: string, userName = 'patient'): CairnClient {
  const { core } = world
  const [userId, staffId, at] = [core.platform.newId(), core.platform.newId(), core.platform.now()]
  const db = core.vault.writer
  insertStaffMember(db, { id: staffId, familyName: 'Lopez', givenName: 'Maria', credentials: null, title: null, npi: null, isProvider: false, isActive: false, sortOrder: 90 }, at)
  insertUserAccount(db, { id: userId, staffId, userName, loginHash: 'none', roles: [Role.patient], createdAt: at })
  db.insert(selfPatients).values({ userId, patientId }).run()
  const account = accountByUserName(core.vault.reader, userName)
  if (!account) throw new Error('the account was written')
  const door = core.openDoor('test')
  startSession(core, door, account)
  return inProcessClient(core, door)
}
