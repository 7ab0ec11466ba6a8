import { can } from '#shared/access/permissions.ts'
import type { Stranded } from '#shared/domains/scheduling/model.ts'
import type { SwapRequest } from '#shared/domains/staff/model.ts'
import { clashingShifts } from '#shared/domains/staff/rules.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import { strandedBy } from '#main/domains/scheduling/service.stranded.ts'
import * as repository from './repository.ts'
import { around, requirePerson, spanOf } from './service.ts'

// Somebody asks a colleague to take a shift; the colleague agrees; whoever keeps the roster approves, and the shift is theirs.

export function listSwaps({ db, actor }: ReadContext): SwapRequest[] {
  const isMine = (one: SwapRequest) => one.fromStaffId === actor.staffId || one.toStaffId === actor.staffId
  return repository.openSwaps(db).filter((one) => isMine(one) || can(actor, 'schedule.manage'))
}

export function askSwap(context: WriteContext, input: { id: string; shiftId: string; toStaffId: string; note: string | null }): SwapRequest {
  const { db, actor } = context
  context.audit({ entityId: input.id })
  const known = repository.swapById(db, input.id)
  if (known) {
    if (known.fromStaffId !== actor.staffId) throw refuse(CommonError.ID_USED)
    return known
  }
  const shift = repository.shiftById(db, input.shiftId)
  if (shift?.staffId !== actor.staffId || input.toStaffId === actor.staffId) throw refuse('SHIFT_NOT_YOURS')
  requirePerson(db, input.toStaffId)
  const swap: SwapRequest = { ...input, fromStaffId: actor.staffId, status: 'asked', requestedAt: context.now, decidedAt: null, shift }
  repository.insertSwap(db, swap)
  return swap
}

export function answerSwap(context: WriteContext, { id, agrees }: { id: string; agrees: boolean }): SwapRequest {
  const before = find(context, id)
  if (before.toStaffId !== context.actor.staffId) throw refuse(CommonError.NOT_FOUND)
  const status = agrees ? 'agreed' : 'declined'
  if (before.status === status) return before
  if (before.status !== 'asked') throw refuse('ALREADY_DECIDED', { status: before.status })
  return step(context, before, status)
}

export function withdrawSwap(context: WriteContext, id: string): SwapRequest {
  const before = find(context, id)
  if (before.fromStaffId !== context.actor.staffId) throw refuse(CommonError.NOT_FOUND)
  if (before.status === 'withdrawn') return before
  if (before.status !== 'asked' && before.status !== 'agreed') throw refuse('ALREADY_DECIDED', { status: before.status })
  return step(context, before, 'withdrawn')
}

export function decideSwap(context: WriteContext, { id, isApproved }: { id: string; isApproved: boolean }): { swap: SwapRequest; stranded: Stranded[] } {
  const before = find(context, id)
  if (before.status !== 'agreed') throw refuse('ALREADY_DECIDED', { status: before.status })
  if (!isApproved) return { swap: step(context, before, 'declined'), stranded: [] }
  const shift = repository.shiftById(context.db, before.shiftId)
  // It may have gone, or to somebody else, since they agreed.
  if (shift?.staffId !== before.fromStaffId) throw refuse('SHIFT_GONE')
  const given = { ...shift, staffId: before.toStaffId }
  if (clashingShifts(around(context.db, given), given).length > 0) throw refuse('SHIFTS_OVERLAP')
  const stranded = strandedBy(context, spanOf([shift, given]), () => repository.saveShift(context.db, given))
  return { swap: step(context, { ...before, shift: given }, 'approved'), stranded }
}

function step(context: WriteContext, before: SwapRequest, status: SwapRequest['status']): SwapRequest {
  const swap: SwapRequest = { ...before, status, decidedAt: context.now }
  repository.updateSwap(context.db, swap, context.actor.userId)
  return swap
}

function find(context: WriteContext, id: string): SwapRequest {
  const found = repository.swapById(context.db, id)
  if (!found) throw refuse(CommonError.NOT_FOUND)
  context.audit({ entityId: id })
  return found
}
