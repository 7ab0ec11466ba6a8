import { can } from '#shared/access/permissions.ts'
import type { ListInput } from '#shared/domains/inventory/contract.ts'
import type { StockPlace } from '#shared/domains/inventory/model.ts'
import type { FoundLot, ItemStock, MovePage, Recall, StockAlerts, StockPage, VisitUses } from '#shared/domains/inventory/model.views.ts'
import { inOrderOfExpiry, lotNumberOf, mayCorrect } from '#shared/domains/inventory/rules.ts'
import { readScan } from '#shared/domains/inventory/rules.scan.ts'
import { assert } from '#shared/kernel/assert.ts'
import { foldedWords } from '#shared/kernel/fold.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { addMinutes } from '#shared/kernel/time.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import type { Actor, ReadContext } from '#main/core/rpc/context.ts'
import * as lists from './repository.lists.ts'
import * as repository from './repository.ts'
import { openVisit, requireLot, todayOf } from './service.ts'

const RECENT_MINUTES = 180 * 24 * 60
const LOT_CHARS_MIN = 3

/** Takes a name, the number of a lot, or what a scanner reads from a box. */
export function list(context: ReadContext, { search, filter, after, limit }: ListInput): StockPage {
  const lotNumber = lotNumberOf(search)
  const found = lists.itemsLike(context.db, {
    words: foldedWords(search), barcode: readScan(search)?.barcode ?? '', lotNumber: lotNumber.length < LOT_CHARS_MIN ? '' : lotNumber, filter, after: after ?? '', limit,
  }, todayOf(context))
  return { items: found.map(({ nameKey: _key, ...row }) => row), next: found.length === limit ? found.at(-1)?.nameKey ?? null : null }
}

export const places = ({ db }: ReadContext): StockPlace[] => repository.placesOf(db)

export const alerts = (context: ReadContext): StockAlerts => lists.alertsOf(context.db, todayOf(context))

export function item({ db, now }: ReadContext, id: Id): ItemStock {
  const found = repository.itemById(db, id)
  if (!found) throw refuse(CommonError.NOT_FOUND)
  return { item: found, lots: inOrderOfExpiry(lists.lotsOf(db, id, addMinutes(now, -RECENT_MINUTES))) }
}

interface Page { after: string | null; limit: number }

export function moves({ db, actor }: ReadContext, { itemId, after, limit }: Page & { itemId: Id }): MovePage {
  const found = lists.movesOf(db, { itemId, limit, ...cursorOf(after) })
  return {
    moves: found.map(({ movedBy, ...move }) => ({ ...move, mayCorrect: can(actor, 'stock.move') && !move.isCorrected && mayCorrect({ ...move, movedBy }, whoIs(actor)) })),
    next: nextOf(found.map(({ movedAt, id }) => ({ at: movedAt, id })), limit),
  }
}

export const findLots = ({ db }: ReadContext, search: string): FoundLot[] => lists.lotsNumbered(db, lotNumberOf(search))

/** Everybody who got something of it and whom the caller may know; of the others only how many they are. */
export function recall(context: ReadContext, { lotId, after, limit }: Page & { lotId: Id }): Recall {
  const { db, scope } = context
  context.audit({ entityId: lotId })
  const lot = requireLot(db, lotId)
  const uses = lists.usesOfLot(db, scope, { lotId, limit, ...cursorOf(after) })
  return {
    lot: { ...lot, itemName: repository.itemById(db, lot.itemId)?.name ?? '' }, uses, keptBack: lists.keptBack(db, scope, lotId),
    next: nextOf(uses.map(({ usedAt, moveId }) => ({ at: usedAt, id: moveId })), limit),
  }
}

export function usesOfVisit(context: ReadContext, encounterId: Id): VisitUses {
  const file = openVisit(context, encounterId)
  const patient = lists.patientOf(context.db, file)
  assert(patient, 'an opened file has a patient')
  const uses = lists.usesOfVisit(context.db, file, encounterId)
    .map(({ movedBy, ...use }) => ({ ...use, mayCorrect: mayCorrect({ kind: 'dispense', correctsId: null, movedBy }, whoIs(context.actor)) }))
  return { patient, uses }
}

const whoIs = (actor: Actor) => ({ userId: actor.userId, mayManage: can(actor, 'stock.manage') })

/** Newest first; the last row of a page is where the next one begins. */
function cursorOf(after: string | null): { beforeAt: string; beforeId: string } {
  const [beforeAt = '', beforeId = ''] = (after ?? '9999|').split('|')
  return { beforeAt, beforeId }
}

const nextOf = (rows: readonly { at: string; id: Id }[], limit: number): string | null => {
  const last = rows.at(-1)
  return last && rows.length === limit ? `${last.at}|${last.id}` : null
}
