import type { Account, AddPersonInput, Invited } from '#shared/domains/clinic/contract.ts'
import { formatInviteCode, INVITE_BYTES } from '#shared/kernel/invite-code.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import { addMinutes } from '#shared/kernel/time.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { giveInvite } from '#main/core/keys/passwords.ts'
import type { ActionContext, WriteContext } from '#main/core/rpc/context.ts'
import { endSessionsOf } from '#main/domains/session/service.ts'
import { forgiveAttempts } from '#main/domains/session/service.throttle.ts'
import * as repository from './repository.ts'
import { accountOf, refuseUnfitPerson } from './service.staff.ts'

// R21, R22: an administrator lets people in and never learns a password. What they hand over is a random code that works
// once, for that person, for 24 hours; the password is chosen by whoever types the code.

/** No bcrypt hash looks like this, so no password fits until the invitation was used. */
const NO_LOGIN = 'none'

/** The account row and the invitation come together, or neither does. */
export async function addPerson(context: ActionContext, input: AddPersonInput): Promise<Invited> {
  const { actor, read, transact } = context
  read(({ db }) => refuseUnfitPerson(db, actor?.userId, input))
  return invite(context, input, () => transact('staff.added', (write) => {
    refuseUnfitPerson(write.db, actor?.userId, input)
    insertPerson(write, input)
  }))
}

/** Also lets a disabled person in again, and one whose name was guessed at too often. Whoever forgot their own password asks another administrator, or the printed key. */
export async function resetAccess(context: ActionContext, userId: Id): Promise<Invited> {
  const { core, actor, read, transact } = context
  const account = read(({ db }) => accountOf(db, userId))
  if (actor?.userId === userId) throw refuse('OWN_ACCOUNT')
  const invited = await invite(context, account, () => transact('staff.access-reset', (write) => {
    write.audit({ entityId: userId })
    repository.setLogin(write.db, account, NO_LOGIN)
    repository.noteReset(write.db, userId, write.actor.userId, write.now)
  }))
  endSessionsOf(core, userId)
  forgiveAttempts(core, account.userName)
  return invited
}

async function invite({ core, read }: ActionContext, person: Pick<Account, 'userId' | 'userName'>, write: () => void): Promise<Invited> {
  const code = formatInviteCode(core.platform.random(INVITE_BYTES))
  const at = core.platform.now()
  const expiresAt = addMinutes(at, limits.invite_minutes)
  await giveInvite(core.vault, { id: core.platform.newId(), userName: person.userName, code, at, expiresAt }, write)
  return { account: read(({ db }) => accountOf(db, person.userId)), invite: { code, expiresAt } }
}

function insertPerson(context: WriteContext, input: AddPersonInput): void {
  context.audit({ entityId: input.userId })
  const { staffId, familyName, givenName, credentials, title, isProvider, userId, userName, roles } = input
  const sortOrder = repository.nextStaffOrder(context.db)
  repository.insertStaffMember(context.db, { id: staffId, familyName, givenName, credentials, title, npi: null, isProvider, isActive: true, sortOrder }, context.now)
  repository.insertUserAccount(context.db, { id: userId, staffId, userName, loginHash: NO_LOGIN, roles, createdAt: context.now })
}
