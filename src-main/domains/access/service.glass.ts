import { can } from '#shared/access/permissions.ts'
import type { BreakGlassInput, ReviewBreakGlassInput } from '#shared/domains/access/contract.ts'
import type { BreakGlassEvent, OpenedGlass } from '#shared/domains/access/model.ts'
import { isReviewOverdue, refuseReview, reviewDueOn } from '#shared/domains/access/rules.ts'
import { limits } from '#shared/kernel/limits.ts'
import { addMinutes } from '#shared/kernel/time.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import * as repository from './repository.glass.ts'

// Break-glass (45 CFR 164.312(a)(2)(ii)): nobody stands before a closed chart in an emergency, and everybody answers for it.

/** One chart, one hour, one reason. Of who is opened nothing is said but the id: the chart itself is asked for next. */
export function breakGlass(context: WriteContext, input: BreakGlassInput): OpenedGlass {
  context.audit({ entityId: input.id })
  const patientId = repository.patientToOpen(context.db, input.patient)
  if (patientId === undefined) throw refuse(CommonError.NOT_FOUND)
  context.audit({ patientId, reason: 'break-glass' })
  if (repository.isSelf(context.db, context.actor.userId, patientId)) throw refuse(CommonError.OWN_CHART)
  const known = repository.eventById(context.db, input.id)
  if (known) {
    if (known.userId !== context.actor.userId || known.patientId !== patientId) throw refuse(CommonError.NOT_FOUND)
    return { id: known.id, patientId, endsAt: known.endsAt }
  }
  const endsAt = addMinutes(context.now, limits.break_glass_minutes)
  const { id, reason, explanation } = input
  repository.insertGlass(context.db, { id, patientId, userId: context.actor.userId, reason, explanation, openedAt: context.now, endsAt })
  return { id, patientId, endsAt }
}

export function listBreakGlass(context: ReadContext): BreakGlassEvent[] {
  const { db, zone, scope } = context
  requireOfficer(context)
  const { scopeToday } = scope.values
  return repository.listGlass(db).map((row) => ({
    ...row, dueOn: reviewDueOn(row.openedAt, zone), isOverdue: row.review === null && isReviewOverdue(row.openedAt, zone, scopeToday),
  }))
}

export function countBreakGlass({ db, actor, zone, scope }: ReadContext): { waiting: number; overdue: number; isOfficer: boolean } {
  const isOfficer = repository.isOfficer(db, actor.userId)
  if (!isOfficer && !can(actor, 'clinic.manage')) return { waiting: 0, overdue: 0, isOfficer }
  const waiting = repository.openedAtOfWaiting(db)
  return { waiting: waiting.length, overdue: waiting.filter((openedAt) => isReviewOverdue(openedAt, zone, scope.values.scopeToday)).length, isOfficer }
}

export function reviewBreakGlass(context: WriteContext, { id, outcome, note }: ReviewBreakGlassInput): null {
  context.audit({ entityId: id })
  requireOfficer(context)
  const event = repository.eventById(context.db, id)
  if (!event) throw refuse(CommonError.NOT_FOUND)
  context.audit({ patientId: event.patientId })
  const refusal = refuseReview(event, context.actor.userId, outcome, note)
  if (refusal === 'OWN_BREAK_GLASS') throw refuse('OWN_BREAK_GLASS')
  if (refusal === 'REVIEWED_ALREADY') throw refuse('REVIEWED_ALREADY')
  if (refusal === 'REVIEW_NEEDS_NOTE') throw refuse('REVIEW_NEEDS_NOTE')
  repository.writeReview(context.db, id, { at: context.now, by: context.actor.userId, outcome, note })
  return null
}

/** A flag on the account and no role: the rights of the person's work stay what they are. */
function requireOfficer({ db, actor }: ReadContext | WriteContext): void {
  if (!repository.isOfficer(db, actor.userId)) throw refuse(CommonError.FORBIDDEN)
}
