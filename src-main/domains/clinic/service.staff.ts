import type { Role } from '#shared/access/roles.ts'
import type { Account, AddPersonInput } from '#shared/domains/clinic/contract.ts'
import { losesLastAdministrator, needsTwoToInvite, type Standing } from '#shared/domains/clinic/rules.people.ts'
import { isGenericUserName } from '#shared/domains/clinic/rules.user-name.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import type { ReadDb } from '#main/core/db/types.ts'
import { takeSlotsAway } from '#main/core/keys/passwords.ts'
import type { ActionContext, WriteContext } from '#main/core/rpc/context.ts'
import { endSessionsOf } from '#main/domains/session/service.ts'
import * as repository from './repository.ts'

// People with an account. How they get one, and in again, is service.invite.ts.

export const listAccounts = ({ db }: { db: ReadDb }): Account[] => repository.listAccounts(db)

/** Who may come in under this name with these roles; asked before the slow derivation and again inside the transaction. */
export function refuseUnfitPerson(db: ReadDb, inviter: Id | undefined, { userName, roles }: Pick<AddPersonInput, 'userName' | 'roles'>): void {
  if (repository.accountByUserName(db, userName)) throw refuse('USER_NAME_TAKEN')
  if (isGenericUserName(userName)) throw refuse('USER_NAME_GENERIC')
  if (inviter !== undefined && needsTwoToInvite(repository.listAccounts(db), inviter, roles)) throw refuse('ADMINISTRATOR_TAKES_TWO')
}

/** Counts from the person's next call, at every window they are signed in at. */
export function changeRoles(context: WriteContext, { userId, roles }: { userId: Id; roles: readonly Role[] }): Account {
  const { db, actor } = context
  context.audit({ entityId: userId })
  const account = accountOf(db, userId)
  if (actor.userId === userId) throw refuse('OWN_ACCOUNT')
  const wanted = [...new Set(roles)]
  requireAdministrator(db, { ...account, roles: wanted })
  repository.setRoles(db, account, wanted)
  return accountOf(db, userId)
}

export function setPrivacyOfficer(context: WriteContext, { userId, isPrivacyOfficer }: { userId: Id; isPrivacyOfficer: boolean }): Account {
  const { db, actor } = context
  context.audit({ entityId: userId })
  accountOf(db, userId)
  if (actor.userId === userId) throw refuse('OWN_ACCOUNT')
  // The clinic always has somebody who answers for privacy (45 CFR 164.530(a)(1)).
  if (!isPrivacyOfficer && !repository.listAccounts(db).some((one) => one.userId !== userId && one.isPrivacyOfficer && one.disabledAt === null)) throw refuse('LAST_PRIVACY_OFFICER')
  repository.setPrivacyOfficer(db, userId, isPrivacyOfficer)
  return accountOf(db, userId)
}

/** Nobody locks themselves out, and the clinic always keeps someone who can let others in. Every window of the person ends with the commit. */
export async function disablePerson({ core, actor, read, transact }: ActionContext, userId: Id): Promise<Account> {
  if (actor?.userId === userId) throw refuse('OWN_ACCOUNT')
  const account = transact('staff.disabled', (context) => {
    context.audit({ entityId: userId })
    const found = accountOf(context.db, userId)
    requireAdministrator(context.db, { ...found, disabledAt: context.now })
    if (found.disabledAt === null) repository.setDisabled(context.db, found, context.now)
    return found
  })
  takeSlotsAway(core.vault, account.userName)
  endSessionsOf(core, userId)
  return read(({ db }) => accountOf(db, userId))
}

export function accountOf(db: ReadDb, userId: Id): Account {
  const found = repository.accountById(db, userId)
  if (!found) throw refuse(CommonError.NOT_FOUND)
  return found
}

function requireAdministrator(db: ReadDb, changed: Standing): void {
  if (losesLastAdministrator(repository.listAccounts(db), changed)) throw refuse('LAST_ADMINISTRATOR')
}

export const lastResetOf = (db: ReadDb, userId: Id) => repository.lastReset(db, userId)
