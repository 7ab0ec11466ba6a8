import { isTwoPerson } from '#shared/domains/approvals/rules.ts'
import { assert } from '#shared/kernel/assert.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import { findPermit, recordAlone, somebodyElseCanApprove, spendPermit } from '#main/domains/approvals/service.gate.ts'
import type { Core } from '../core.ts'
import type { WriteContext } from './context.ts'
import type { Run } from './pipeline.ts'

/** What has to be written down in the transaction of the act itself. */
export interface Admission {
  audit: string
  write(context: WriteContext): void
}

/**
 * May this act go through now? Undefined when it takes one person. With a permit it may, once; where nobody else could
 * ever approve it, it may as well, with a fresh proof and a place on the owner's list; otherwise a second person is needed.
 */
export function admit(core: Core, { procedure, name, actor, input, door }: Run, isProvedNow: () => boolean): Admission | undefined {
  const { secondPerson } = procedure
  if (!secondPerson || !isTwoPerson(procedure, input)) return undefined
  assert(actor && door.session, 'an act of two people needs the first one')
  const permit = procedure.kind === 'command' ? undefined : findPermit(core.vault.reader, { userId: actor.userId, procedure: name, input, now: core.platform.now() })
  if (permit) return { audit: 'approval.used', write: (context) => spendPermit(context, permit) }
  if (somebodyElseCanApprove(core.vault.reader, secondPerson, actor.userId, core.platform.now())) throw refuse(CommonError.NEEDS_SECOND_PERSON)
  if (!isProvedNow()) throw refuse(CommonError.REAUTH)
  return { audit: 'approval.alone', write: (context) => recordAlone(context, name, input) }
}
