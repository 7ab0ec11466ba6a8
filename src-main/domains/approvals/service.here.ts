import type { Decision } from '#shared/domains/approvals/contract.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { CommonError, refuse, Refusal } from '#shared/rpc/errors.ts'
import type { ActionContext, Actor } from '#main/core/rpc/context.ts'
import { proveBeside } from '#main/domains/session/service.enter.ts'
import { approve, decidable } from './service.ts'

/**
 * Two people at one window: the second proves who they are like at a sign-in (with its throttling), says yes and is gone
 * again. The window stays with whoever sits at it, and the act is written down under both names.
 */
export async function approveHere({ core, door, transact, read }: ActionContext, { id, ...proof }: { id: Id; userName: string; password: string; code?: string | undefined }): Promise<Decision> {
  const account = await proveBeside(core, door, proof)
  if (!account) throw refuse('CODE_NEEDED')
  const second: Actor = { sessionId: '', userId: account.userId, staffId: account.staffId, name: `${account.givenName} ${account.familyName}`, roles: account.roles }
  try {
    read((context) => decidable({ ...context, actor: second }, id))
  } catch (error) {
    // The first person may well be in the right; it is the second who holds none.
    throw error instanceof Refusal && error.code === CommonError.FORBIDDEN ? refuse('NOT_AN_APPROVER') : error
  }
  return transact('approval.approved-here', (context) => approve(context, id), { actor: second, topics: ['approvals'] })
}
