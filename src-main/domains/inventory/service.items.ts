import type { QuarantineInput } from '#shared/domains/inventory/contract.ts'
import type { Lot, StockItem, StockPlace } from '#shared/domains/inventory/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { refuse } from '#shared/rpc/errors.ts'
import type { WriteContext } from '#main/core/rpc/context.ts'
import * as repository from './repository.ts'
import { requireLot } from './service.ts'

/** What everybody goes by: the items and places, and which lots nobody may take. */

export function saveItem(context: WriteContext, input: StockItem): StockItem {
  const { db } = context
  context.audit({ entityId: input.id })
  const item = { ...input, barcode: input.barcode?.padStart(14, '0') ?? null }
  const isOther = (id: Id | undefined): boolean => id !== undefined && id !== item.id
  if (isOther(repository.itemNamed(db, item.name))) throw refuse('ITEM_NAME_TAKEN')
  if (item.barcode !== null && isOther(repository.itemWithBarcode(db, item.barcode))) throw refuse('BARCODE_TAKEN')
  const before = repository.itemById(db, item.id)
  // Ten of "box" are not ten of "tablet": what has moved keeps the unit it was counted in.
  if (before && before.unit !== item.unit && repository.hasMoved(db, item.id)) throw refuse('UNIT_IN_USE')
  repository.saveItem(db, item, context.now)
  return item
}

export function savePlace(context: WriteContext, input: StockPlace): StockPlace {
  context.audit({ entityId: input.id })
  if (!input.isActive && !repository.isEmpty(context.db, input.id)) throw refuse('PLACE_IN_USE')
  repository.savePlace(context.db, input)
  return input
}

/** Two who put one lot aside have put it aside once. */
export function quarantine(context: WriteContext, input: QuarantineInput): Lot {
  context.audit({ entityId: input.lotId })
  const lot = requireLot(context.db, input.lotId)
  if (lot.quarantinedAt !== null && context.isCarried) return lot
  if (lot.quarantinedAt !== null) throw refuse('ALREADY_QUARANTINED', { since: lot.quarantinedAt })
  return put(context, { ...lot, quarantinedAt: context.now, quarantineReason: input.reason })
}

export function release(context: WriteContext, input: { lotId: Id }): Lot {
  context.audit({ entityId: input.lotId })
  const lot = requireLot(context.db, input.lotId)
  if (lot.quarantinedAt === null && context.isCarried) return lot
  if (lot.quarantinedAt === null) throw refuse('NOT_QUARANTINED')
  return put(context, { ...lot, quarantinedAt: null, quarantineReason: null })
}

function put(context: WriteContext, lot: Lot): Lot {
  repository.setQuarantine(context.db, lot, lot.quarantinedAt === null ? null : context.actor.userId)
  return lot
}
