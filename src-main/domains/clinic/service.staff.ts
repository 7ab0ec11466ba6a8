import { Role } from '#shared/access/roles.ts'
import type { Account, AddPersonInput } from '#shared/domains/clinic/contract.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import type { Core } from '#main/core/core.ts'
import { passwordProblemAt } from '#main/core/keys/block-list.ts'
import { givePassword, takeSlotsAway } from '#main/core/keys/passwords.ts'
import type { ActionContext, ReadContext } from '#main/core/rpc/context.ts'
import { endSessionsOf } from '#main/domains/session/service.ts'
import * as repository from './repository.ts'

// People with an account. A password is typed by its owner; the core keeps a key slot and a login hash of it, no more.

export const listAccounts = ({ db }: ReadContext): Account[] => repository.listAccounts(db)

/** The account row and the key slot come together, or neither does. */
export async function addPerson({ core, read, transact }: ActionContext, input: AddPersonInput): Promise<Account> {
  requireStrong(core, read(({ db }) => repository.currentClinic(db).name), input)
  const isTaken = read(({ db }) => repository.accountByUserName(db, input.userName) !== undefined)
  if (isTaken) throw refuse('USER_NAME_TAKEN')
  await givePassword(core.vault, core.platform.newId(), input, (loginHash) =>
    transact('staff.added', (context) => {
      context.audit({ entityId: input.userId })
      const { staffId, familyName, givenName, credentials, title, isProvider, userId, userName, roles } = input
      const sortOrder = repository.nextStaffOrder(context.db)
      repository.insertStaffMember(context.db, { id: staffId, familyName, givenName, credentials, title, npi: null, isProvider, isActive: true, sortOrder }, context.now)
      repository.insertUserAccount(context.db, { id: userId, staffId, userName, loginHash, roles, createdAt: context.now })
    }))
  return read(({ db }) => accountOf(repository.accountById(db, input.userId)))
}

/** Nobody locks themselves out, and the clinic always keeps someone who can let others in. */
export async function disablePerson({ core, actor, read, transact }: ActionContext, userId: Id): Promise<Account> {
  const account = read(({ db }) => accountOf(repository.accountById(db, userId)))
  if (actor?.userId === userId) throw refuse('OWN_ACCOUNT')
  const others = read(({ db }) => repository.listAccounts(db)).filter((one) => one.userId !== userId && one.disabledAt === null)
  if (!others.some((one) => one.roles.includes(Role.administrator))) throw refuse('LAST_ADMINISTRATOR')
  transact('staff.disabled', (context) => {
    context.audit({ entityId: userId })
    repository.setDisabled(context.db, account, context.now)
  })
  takeSlotsAway(core.vault, account.userName)
  endSessionsOf(core, userId)
  return read(({ db }) => accountOf(repository.accountById(db, userId)))
}

/** Also lets a disabled person in again; sessions under the old password end. */
export async function setPassword({ core, read, transact }: ActionContext, { userId, password }: { userId: Id; password: string }): Promise<Account> {
  const account = read(({ db }) => accountOf(repository.accountById(db, userId)))
  requireStrong(core, read(({ db }) => repository.currentClinic(db).name), { ...account.staff, userName: account.userName, password })
  await givePassword(core.vault, core.platform.newId(), { userName: account.userName, password }, (loginHash) =>
    transact('staff.password-set', (context) => {
      context.audit({ entityId: userId })
      repository.setLogin(context.db, account, loginHash)
    }))
  endSessionsOf(core, userId)
  return read(({ db }) => accountOf(repository.accountById(db, userId)))
}

function requireStrong(core: Core, clinicName: string, person: { password: string; userName: string; familyName: string; givenName: string }): void {
  const problem = passwordProblemAt(core, person.password, [clinicName, person.userName, person.familyName, person.givenName])
  if (problem) throw refuse('PASSWORD_WEAK', { problem })
}

function accountOf(found: Account | undefined): Account {
  if (!found) throw refuse(CommonError.NOT_FOUND)
  return found
}
