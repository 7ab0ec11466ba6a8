import type { CountInput } from '#shared/domains/inventory/contract.ts'
import type { Count, SheetLine } from '#shared/domains/inventory/model.views.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import type { ReadDb } from '#main/core/db/types.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import * as lists from './repository.lists.ts'
import * as repository from './repository.ts'
import { once, requireLot, requirePlace } from './service.ts'

/** Blind: what should be there does not leave the core before somebody has counted. */
export function countSheet({ db }: ReadContext, placeId: Id): SheetLine[] {
  requirePlace(db, placeId)
  return lists.sheetOf(db, placeId)
}

export function lastCount({ db }: ReadContext, placeId: Id): Count | null {
  requirePlace(db, placeId)
  const last = repository.lastCountAt(db, placeId)
  return last ? countOf(db, last) : null
}

/** What was counted is what is there: the difference is a move of its own, and what was below zero is settled by it. */
export function count(context: WriteContext, input: CountInput): Count {
  const { db, now, actor } = context
  context.audit({ entityId: input.id })
  const known = repository.countById(db, input.id)
  if (known) {
    if (known.countedBy !== actor.userId || known.placeId !== input.placeId) throw refuse(CommonError.ID_USED)
    return countOf(db, known)
  }
  requirePlace(db, input.placeId)
  requireEachOnce(input.lines.map(({ lotId }) => lotId))
  const lines = input.lines.map(({ lotId, counted }) => {
    requireLot(db, lotId)
    return { lotId, placeId: input.placeId, counted, expected: repository.levelOf(db, { lotId, placeId: input.placeId }) }
  })
  const row = { id: input.id, placeId: input.placeId, countedAt: now, countedBy: actor.userId }
  repository.insertCount(db, row)
  for (const line of lines) repository.insertCountLine(db, { ...line, id: context.newId(), countId: input.id, countedAt: now })
  once(context, input.id, () => lines.filter(({ counted, expected }) => counted !== expected)
    .map(({ lotId, placeId, counted, expected }) => ({ lotId, placeId, quantity: counted - expected, kind: 'count' })))
  return countOf(db, row)
}

function requireEachOnce(lotIds: readonly Id[]): void {
  const twice = lotIds.find((id, at) => lotIds.indexOf(id) !== at)
  if (twice !== undefined) throw refuse('LOT_TWICE', { lotId: twice })
}

const countOf = (db: ReadDb, { id, countedAt, countedBy }: { id: Id; countedAt: string; countedBy: Id }): Count =>
  ({ id, countedAt, countedByName: lists.nameOfUser(db, countedBy), lines: lists.countLinesOf(db, id) })
