import type { Id } from '../../kernel/ids.ts'
import { addDays, type Instant, type PlainDate } from '../../kernel/time.ts'
import type { Lot, StockItem, StockLevel } from './model.ts'

/*
 * The rules of stock. A level is always the sum of moves; nothing here changes one. What was taken was taken, so no rule
 * refuses a use for lack of stock: it goes below zero and stays visible until somebody has counted.
 */

export type Expiry = 'none' | 'expired' | 'within-30' | 'within-60' | 'within-90' | 'later'

/** The day on the label is the last one. */
export const isExpired = (expiresOn: PlainDate | null, today: PlainDate): boolean => expiresOn !== null && expiresOn < today

export function expiryOf(expiresOn: PlainDate | null, today: PlainDate): Expiry {
  if (expiresOn === null) return 'none'
  if (isExpired(expiresOn, today)) return 'expired'
  const spans = [30, 60, 90] as const
  const within = spans.find((days) => expiresOn <= addDays(today, days))
  return within === undefined ? 'later' : `within-${within}`
}

type TakeableLot = Pick<Lot, 'id' | 'lotNumber' | 'expiresOn' | 'quarantinedAt'> & { levels: readonly Omit<StockLevel, 'lotId'>[] }

export function whyNotTake(lot: Pick<Lot, 'expiresOn' | 'quarantinedAt'>, today: PlainDate): 'LOT_QUARANTINED' | 'LOT_EXPIRED' | undefined {
  if (lot.quarantinedAt !== null) return 'LOT_QUARANTINED'
  return isExpired(lot.expiresOn, today) ? 'LOT_EXPIRED' : undefined
}

export interface LotPick { lotId: Id; placeId: Id; quantity: number }
export interface Picked {
  picks: LotPick[]
  /** More than the records know of. It is taken from the last lot all the same. */
  short: number
}

/** First to expire first, over as many lots as it takes; what has no date goes last. Nothing to take from gives no picks. */
export function pickFirstToExpire(lots: readonly TakeableLot[], wanted: number, today: PlainDate, placeId?: Id): Picked {
  const places = inOrderOfExpiry(lots.filter((lot) => whyNotTake(lot, today) === undefined))
    .flatMap((lot) => lot.levels.map((level) => ({ lotId: lot.id, ...level })))
    .filter((one) => placeId === undefined || one.placeId === placeId)
  const picks: LotPick[] = []
  let missing = wanted
  for (const one of places.filter(({ quantity }) => quantity > 0)) {
    if (missing === 0) break
    const quantity = Math.min(missing, one.quantity)
    picks.push({ lotId: one.lotId, placeId: one.placeId, quantity })
    missing -= quantity
  }
  if (missing === 0) return { picks, short: 0 }
  const last = picks.at(-1)
  if (last) last.quantity += missing
  else if (places[0]) picks.push({ lotId: places[0].lotId, placeId: places[0].placeId, quantity: missing })
  return { picks, short: missing }
}

export const inOrderOfExpiry = <L extends Pick<Lot, 'expiresOn' | 'lotNumber'>>(lots: readonly L[]): L[] =>
  lots.toSorted((a, b) => compare(a.expiresOn ?? '9999', b.expiresOn ?? '9999') || compare(a.lotNumber, b.lotNumber))

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** What a person writes from a label: capitals, no blanks. */
export const lotNumberOf = (text: string): string => text.replace(/\s+/g, '').toUpperCase()

export const isBelowReorder = ({ reorderPoint }: Pick<StockItem, 'reorderPoint'>, usable: number): boolean => reorderPoint !== null && usable <= reorderPoint

/** Up to par; without a par level twice the reorder point, and at least one. */
export function suggestedOrder(item: Pick<StockItem, 'reorderPoint' | 'parLevel'>, usable: number): number {
  if (item.reorderPoint === null || !isBelowReorder(item, usable)) return 0
  return Math.max(1, (item.parLevel ?? item.reorderPoint * 2) - usable)
}

/**
 * A use that was written down before a count and arrives after it: whoever counted has already missed what was taken, so
 * taking it off once more would make the count wrong.
 */
export const wasAlreadyCounted = (movedAt: Instant, countedAt: Instant | null): boolean => countedAt !== null && movedAt < countedAt

/** One's own slip, or anybody's for whoever keeps the stock. A count is put right by counting again. */
export function mayCorrect(move: { kind: string; correctsId: Id | null; movedBy: Id }, who: { userId: Id; mayManage: boolean }): boolean {
  if (move.kind === 'count' || move.correctsId !== null) return false
  return who.mayManage || move.movedBy === who.userId
}
