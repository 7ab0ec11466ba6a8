import { Role } from '#shared/access/roles.ts'
import type { Account } from '#shared/domains/clinic/contract.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import { takeSlotsAway } from '#main/core/keys/passwords.ts'
import type { ActionContext, ReadContext } from '#main/core/rpc/context.ts'
import { endSessionsOf } from '#main/domains/session/service.ts'
import * as repository from './repository.ts'

// People with an account. How they get one, and in again, is service.invite.ts.

export const listAccounts = ({ db }: ReadContext): Account[] => repository.listAccounts(db)

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

export function accountOf(found: Account | undefined): Account {
  if (!found) throw refuse(CommonError.NOT_FOUND)
  return found
}
