import type { Role } from '#shared/access/roles.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import type { World } from './world.ts'

/** The acts that take two people and are commands, by their names. */
interface TwoPersonCommands {
  'billing.voidInvoice': CairnClient['billing']['voidInvoice']
  'billing.refund': CairnClient['billing']['refund']
  'patients.update': CairnClient['patients']['update']
  'clinic.changeRoles': CairnClient['clinic']['changeRoles']
  'scheduling.recordDeath': CairnClient['scheduling']['recordDeath']
  'scheduling.reverseDeath': CairnClient['scheduling']['reverseDeath']
  'access.restrictPatient': CairnClient['access']['restrictPatient']
  'access.unrestrictPatient': CairnClient['access']['unrestrictPatient']
}

/** Asked for by one, approved by the administrator; answers like the act itself, and is refused like it. */
export async function withSecondPerson<P extends keyof TwoPersonCommands>(
  world: World, requester: CairnClient, procedure: P, input: Parameters<TwoPersonCommands[P]>[0], approver: Role = 'administrator',
): Promise<Awaited<ReturnType<TwoPersonCommands[P]>>> {
  const id = world.core.platform.newId()
  await requester.approvals.request({ id, procedure, input, reason: 'A test' }).catch((error: unknown) => {
    throw error instanceof Refusal && error.code === 'WOULD_BE_REFUSED' ? inner(error.data) : error
  })
  const { outcome, result, refusal } = await world.as(approver).approvals.approve({ id })
  if (outcome !== 'done') throw inner(refusal)
  return result as Awaited<ReturnType<TwoPersonCommands[P]>> // What the command answers, by its contract.
}

function inner(refusal: unknown): Refusal {
  const { code, data } = refusal as { code: string; data: unknown } // As WOULD_BE_REFUSED and Decision declare it.
  return new Refusal(code, data)
}
