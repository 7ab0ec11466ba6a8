import { can } from '#shared/access/permissions.ts'
import type { Stranded } from '#shared/domains/scheduling/model.ts'
import type { LeaveWish } from '#shared/domains/staff/contract.ts'
import type { LeaveRequest } from '#shared/domains/staff/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import { daysBetween, type PlainDate } from '#shared/kernel/time.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import { strandedBy } from '#main/domains/scheduling/service.stranded.ts'
import * as repository from './repository.ts'
import { requirePerson } from './service.ts'

/** Why somebody is away is theirs and of those who decide. */
export function listLeave({ db, actor }: ReadContext, from: PlainDate): LeaveRequest[] {
  return can(actor, 'schedule.manage') ? repository.openLeave(db, from) : repository.leaveOf(db, actor.staffId, from)
}

export function requestLeave(context: WriteContext, wish: LeaveWish): LeaveRequest {
  context.audit({ entityId: wish.id })
  const known = repository.leaveById(context.db, wish.id)
  if (known) {
    if (known.staffId !== context.actor.staffId) throw refuse(CommonError.ID_USED)
    return known
  }
  requireLength(wish)
  const request: LeaveRequest = { ...wish, staffId: context.actor.staffId, status: 'requested', requestedAt: context.now, decidedAt: null }
  repository.insertLeave(context.db, request, { requestedBy: context.actor.userId, decidedBy: null })
  return request
}

/** Also approved leave can be taken back by whoever has it: they are in after all. */
export function withdrawLeave(context: WriteContext, id: string): LeaveRequest {
  const before = find(context, id)
  if (before.staffId !== context.actor.staffId) throw refuse(CommonError.NOT_FOUND)
  if (before.status === 'withdrawn') return before
  if (before.status === 'declined') throw refuse('ALREADY_DECIDED', { status: before.status })
  return decide(context, before, 'withdrawn')
}

export function decideLeave(context: WriteContext, { id, isApproved }: { id: string; isApproved: boolean }): { request: LeaveRequest; stranded: Stranded[] } {
  const before = find(context, id)
  if (before.status !== 'requested') throw refuse('ALREADY_DECIDED', { status: before.status })
  let request = before
  const stranded = strandedBy(context, spanOf(before), () => {
    request = decide(context, before, isApproved ? 'approved' : 'declined')
  })
  return { request, stranded }
}

export function recordLeave(context: WriteContext, wish: LeaveWish & { staffId: string }): { request: LeaveRequest; stranded: Stranded[] } {
  context.audit({ entityId: wish.id })
  if (repository.leaveById(context.db, wish.id)) throw refuse(CommonError.ID_USED)
  requirePerson(context.db, wish.staffId)
  requireLength(wish)
  const request: LeaveRequest = { ...wish, status: 'approved', requestedAt: context.now, decidedAt: context.now }
  const by = { requestedBy: context.actor.userId, decidedBy: context.actor.userId }
  return { request, stranded: strandedBy(context, spanOf(request), () => repository.insertLeave(context.db, request, by)) }
}

function decide(context: WriteContext, before: LeaveRequest, status: LeaveRequest['status']): LeaveRequest {
  const request: LeaveRequest = { ...before, status, decidedAt: context.now }
  repository.updateLeave(context.db, request, context.actor.userId)
  return request
}

function find(context: WriteContext, id: string): LeaveRequest {
  const found = repository.leaveById(context.db, id)
  if (!found) throw refuse(CommonError.NOT_FOUND)
  context.audit({ entityId: id })
  return found
}

const spanOf = ({ staffId, fromOn, toOn }: LeaveRequest) => ({ from: fromOn, to: toOn, providerId: staffId })

function requireLength({ fromOn, toOn }: LeaveWish): void {
  if (toOn < fromOn || daysBetween(fromOn, toOn) >= limits.leave_days_max) throw refuse('LEAVE_LENGTH', { days_max: limits.leave_days_max })
}
