import type { CloseDrawerInput } from '#shared/domains/billing/contract.drawer.ts'
import type { DrawerClose, OpenDrawer } from '#shared/domains/billing/model.drawer.ts'
import { cashOf, differenceCents, whyNotClose } from '#shared/domains/billing/rules.drawer.ts'
import { assert } from '#shared/kernel/assert.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import * as repository from './repository.drawer.ts'

export function openDrawer({ db }: ReadContext): OpenDrawer {
  const last = repository.lastClose(db)
  const waiting = repository.waitingPayments(db)
  const paymentIds = waiting.slice(0, limits.drawer_payments)
  return {
    number: (last?.number ?? 0) + 1, lastClosedAt: last?.closedAt ?? null, floatCents: last?.leftCents ?? 0,
    byMethod: repository.totalsOf(db, paymentIds), paymentIds, hasMore: waiting.length > paymentIds.length,
  }
}

/** Keeps a count with the money it was counted against; pressed twice it is one close. */
export function closeDrawer(context: WriteContext, input: CloseDrawerInput): DrawerClose {
  const { db, now, actor } = context
  context.audit({ entityId: input.id })
  const before = repository.closeById(db, input.id)
  if (before) {
    if (before.number !== input.number || before.countedCents !== input.countedCents) throw refuse('ID_USED')
    return before
  }
  const last = repository.lastClose(db)
  if (last && input.number !== last.number + 1) throw refuse('DRAWER_CLOSED_MEANWHILE', { closedAt: last.closedAt, closedByName: last.closedByName })
  if ((!last && input.number !== 1) || !repository.isWaiting(db, input.paymentIds)) throw refuse('DRAWER_CHANGED')
  const cash = { floatCents: last?.leftCents ?? 0, ...cashOf(repository.totalsOf(db, input.paymentIds)) }
  const refusal = whyNotClose(cash, input)
  if (refusal === 'DIFFERENCE_NEEDS_REASON') throw refuse(refusal, { differenceCents: differenceCents(cash, input.countedCents) })
  if (refusal) throw refuse(refusal)
  const { id, number, countedCents, leftCents } = input
  const reason = differenceCents(cash, countedCents) === 0 ? null : input.reason
  repository.insertClose(db, { id, number, countedCents, leftCents, reason, closedAt: now, ...cash }, actor.userId, [...new Set(input.paymentIds)])
  const close = repository.closeById(db, id)
  assert(close, 'a close is there once it is written')
  return close
}

export function listCloses({ db }: ReadContext, before: number | null): { closes: DrawerClose[]; next: number | null } {
  const closes = repository.closesBefore(db, before ?? Number.MAX_SAFE_INTEGER)
  return { closes, next: closes.length === limits.page_rows ? closes.at(-1)?.number ?? null : null }
}

export function closeById({ db }: ReadContext, id: Id): DrawerClose {
  const close = repository.closeById(db, id)
  if (!close) throw refuse(CommonError.NOT_FOUND)
  return close
}
