import { can } from '#shared/access/permissions.ts'
import { canonical, isIndependent } from '#shared/domains/approvals/rules.ts'
import type { Id } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { SecondPerson } from '#shared/rpc/define.ts'
import type { ReadDb } from '#main/core/db/types.ts'
import type { WriteContext } from '#main/core/rpc/context.ts'
import { lastResetOf, listAccounts } from '#main/domains/clinic/service.staff.ts'
import * as repository from './repository.ts'

// What the pipeline asks before an act that takes two people.

/** Somebody with an account of their own who could say yes: without one, the act must not be impossible for ever. */
export function somebodyElseCanApprove(db: ReadDb, { approve }: SecondPerson, userId: Id, now: Instant): boolean {
  return listAccounts({ db }).some((one) => one.userId !== userId && one.disabledAt === null && can(one, approve) && isIndependent(lastResetOf(db, one.userId), userId, now))
}

/** A permit of this person for exactly this input, not used and not too old. */
export function findPermit(db: ReadDb, wanted: { userId: Id; procedure: string; input: unknown; now: Instant }): Id | undefined {
  return repository.permitFor(db, { ...wanted, input: canonical(wanted.input) })
}

/** One run for each permit. */
export function spendPermit({ db, audit }: WriteContext, id: Id): void {
  audit({ entityId: id })
  repository.updateApproval(db, id, { status: 'used' })
}

/** What one person did because nobody else could have approved it; it stays on the owner's list until somebody looks at it. */
export function recordAlone({ db, actor, now, newId }: WriteContext, procedure: string, input: unknown): void {
  repository.insertApproval(db, {
    id: newId(), procedure, input: canonical(input), reason: '', status: 'alone', requestedBy: actor.userId, requestedAt: now, expiresAt: now,
  })
}
