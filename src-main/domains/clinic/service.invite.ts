import type { Account, AddPersonInput, Invited } from '#shared/domains/clinic/contract.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { addMinutes } from '#shared/kernel/time.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { givePassword } from '#main/core/keys/passwords.ts'
import type { ActionContext } from '#main/core/rpc/context.ts'
import { endSessionsOf } from '#main/domains/session/service.ts'
import * as repository from './repository.ts'
import { accountOf, refuseUnfitPerson } from './service.staff.ts'

/** A first way in, told once: the person signs in with the code. The account row and its key slot come together, or neither does. */
export async function addPerson(context: ActionContext, input: AddPersonInput): Promise<Invited> {
  const { core, actor, read, transact } = context
  read(({ db }) => refuseUnfitPerson(db, actor?.userId, input))
  const code = drawCode(context)
  await givePassword(core.vault, core.platform.newId(), { userName: input.userName, password: code }, (loginHash) =>
    transact('staff.added', ({ db, now, audit }) => {
      audit({ entityId: input.userId })
      refuseUnfitPerson(db, actor?.userId, input)
      const { staffId, familyName, givenName, credentials, title, isProvider, userId, userName, roles } = input
      repository.insertStaffMember(db, { id: staffId, familyName, givenName, credentials, title, npi: null, isProvider, isActive: true, sortOrder: repository.nextStaffOrder(db) }, now)
      repository.insertUserAccount(db, { id: userId, staffId, userName, loginHash, roles, createdAt: now })
    }))
  return { account: read(({ db }) => accountOf(db, input.userId)), invite: { code, expiresAt: endsAt(context) } }
}

/** A new way in for somebody who has lost theirs or comes back; what opened before opens nothing any more. */
export async function resetAccess(context: ActionContext, userId: Id): Promise<Invited> {
  const { core, actor, read, transact } = context
  const account: Account = read(({ db }) => accountOf(db, userId))
  if (actor?.userId === userId) throw refuse('OWN_ACCOUNT')
  const code = drawCode(context)
  await givePassword(core.vault, core.platform.newId(), { userName: account.userName, password: code }, (loginHash) =>
    transact('staff.access-reset', ({ db, audit }) => {
      audit({ entityId: userId })
      repository.setLogin(db, account, loginHash)
    }))
  endSessionsOf(core, userId)
  return { account: read(({ db }) => accountOf(db, userId)), invite: { code, expiresAt: endsAt(context) } }
}

const INVITE_MINUTES = 24 * 60
const endsAt = ({ now }: ActionContext): string => addMinutes(now, INVITE_MINUTES)

/** Letters and digits that cannot be misread; a byte falls on each of the 32 equally often. */
const SYMBOLS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** 80 random bits in four groups of four. */
function drawCode({ core }: ActionContext): string {
  const symbols = [...core.platform.random(16)].map((byte) => SYMBOLS[byte % SYMBOLS.length])
  return [0, 4, 8, 12].map((at) => symbols.slice(at, at + 4).join('')).join('-')
}
