import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Cents } from '../../kernel/money.ts'
import { Instant, PlainDate } from '../../kernel/time.ts'
import { command, query } from '../../rpc/define.ts'
import { Lot, LotNumber, Quantity, quarantineReasons, returnReasons, StockItem, StockLevel, StockMove, StockPlace, wasteReasons } from './model.ts'
import { Count, FoundLot, ItemStock, MovePage, Recall, SheetLine, StockAlerts, stockFilters, StockPage, VisitUses } from './model.views.ts'

const topics = ['inventory'] as const
const none = z.strictObject({})
const page = { after: z.string().max(limits.line_chars).nullable().default(null), limit: z.int().min(1).max(limits.page_rows).default(50) }
const lines = <T extends z.ZodType>(line: T) => z.array(line).min(1).max(limits.stock_lines)

/** What an act has moved, and which levels are below zero since. */
export const Moved = z.object({ moves: z.array(StockMove), belowZero: z.array(StockLevel) })
export type Moved = z.infer<typeof Moved>

export const ReceiveInput = z.strictObject({
  id: Id, placeId: Id,
  lines: lines(z.strictObject({ itemId: Id, lotNumber: LotNumber, expiresOn: PlainDate.nullable(), quantity: Quantity, costCents: Cents.min(0).nullable() })),
})
export type ReceiveInput = z.infer<typeof ReceiveInput>

/** The lots are those that a hand has taken; the screen proposes the first to expire. */
export const UseInput = z.strictObject({ id: Id, encounterId: Id, itemId: Id, picks: lines(z.strictObject({ lotId: Id, placeId: Id, quantity: Quantity })) })
export type UseInput = z.infer<typeof UseInput>

const ofLot = { id: Id, lotId: Id, placeId: Id, quantity: Quantity }
export const WasteInput = z.strictObject({ ...ofLot, reason: z.enum(wasteReasons) })
export type WasteInput = z.infer<typeof WasteInput>
export const ReturnInput = z.strictObject({ ...ofLot, reason: z.enum(returnReasons) })
export type ReturnInput = z.infer<typeof ReturnInput>
export const TransferInput = z.strictObject({ ...ofLot, toPlaceId: Id })
export type TransferInput = z.infer<typeof TransferInput>
export const CountInput = z.strictObject({ id: Id, placeId: Id, lines: lines(z.strictObject({ lotId: Id, counted: z.int().min(0).max(limits.stock_quantity_max) })) })
export type CountInput = z.infer<typeof CountInput>
export const QuarantineInput = z.strictObject({ lotId: Id, reason: z.enum(quarantineReasons) })
export type QuarantineInput = z.infer<typeof QuarantineInput>

export const ListInput = z.strictObject({ search: z.string().trim().max(limits.search_chars).default(''), filter: z.enum(stockFilters).default('all'), ...page })
export type ListInput = z.infer<typeof ListInput>

const idUsed = { ID_USED: z.undefined() }
/** Also what is said afterwards of a use that went below zero: it stands until somebody has counted. */
const StockBelowZero = z.object({ itemId: Id, lotId: Id, quantity: z.int() })
const places = { PLACE_NOT_FOUND: z.undefined() }
const lotErrors = { ...idUsed, ...places, LOT_NOT_FOUND: z.undefined() }
const takeErrors = { LOT_QUARANTINED: z.object({ lotId: Id }), LOT_EXPIRED: z.object({ lotId: Id }), STOCK_BELOW_ZERO: StockBelowZero }

export const inventory = {
  list: query({ can: 'stock.read', topics, input: ListInput, output: StockPage }),
  alerts: query({ can: 'stock.read', topics, input: none, output: StockAlerts }),
  places: query({ can: 'stock.read', topics, input: none, output: z.array(StockPlace) }),
  item: query({ can: 'stock.read', topics, input: z.strictObject({ id: Id }), output: ItemStock }),
  moves: query({ can: 'stock.read', topics, input: z.strictObject({ itemId: Id, ...page }), output: MovePage }),
  findLots: query({ can: 'stock.read', topics, input: z.strictObject({ search: LotNumber.min(1) }), output: z.array(FoundLot) }),
  recall: query({ can: 'stock.recall', scope: 'clinical', audit: 'lot.recalled', topics: ['inventory', 'patients'], input: z.strictObject({ lotId: Id, ...page }), output: Recall, errors: { LOT_NOT_FOUND: z.undefined() } }),
  usesOfVisit: query({ can: 'stock.use', scope: 'clinical', topics: ['inventory', 'patients'], input: z.strictObject({ encounterId: Id }), output: VisitUses, errors: { VISIT_NOT_FOUND: z.undefined() } }),
  countSheet: query({ can: 'stock.manage', topics, input: z.strictObject({ placeId: Id }), output: z.array(SheetLine), errors: places }),
  lastCount: query({ can: 'stock.manage', topics, input: z.strictObject({ placeId: Id }), output: Count.nullable(), errors: places }),

  saveItem: command({
    conflict: 'host-only', offline: false, can: 'stock.manage', audit: 'stock.item-saved', topics, input: StockItem.strict(), output: StockItem,
    errors: { ITEM_NAME_TAKEN: z.undefined(), BARCODE_TAKEN: z.undefined(), UNIT_IN_USE: z.undefined() },
  }),
  savePlace: command({ conflict: 'host-only', offline: false, can: 'stock.manage', audit: 'stock.place-saved', topics, input: StockPlace.strict(), output: StockPlace, errors: { PLACE_IN_USE: z.undefined() } }),
  receive: command({
    conflict: 'ledger', can: 'stock.manage', audit: 'stock.received', topics, input: ReceiveInput, output: Moved,
    errors: { ...idUsed, ...places, ITEM_NOT_FOUND: z.undefined(), LOT_DATES_DIFFER: z.object({ line: z.int(), expiresOn: PlainDate.nullable() }) },
  }),
  use: command({
    conflict: 'ledger', scope: 'clinical', can: 'stock.use', audit: 'stock.used', topics, input: UseInput, output: Moved,
    errors: { ...lotErrors, ...takeErrors, VISIT_NOT_FOUND: z.undefined(), ITEM_NOT_FOUND: z.undefined() },
  }),
  waste: command({ conflict: 'ledger', can: 'stock.move', audit: 'stock.wasted', topics, input: WasteInput, output: Moved, errors: lotErrors }),
  giveBack: command({ conflict: 'ledger', can: 'stock.manage', audit: 'stock.returned', topics, input: ReturnInput, output: Moved, errors: lotErrors }),
  transfer: command({ conflict: 'ledger', can: 'stock.move', audit: 'stock.transferred', topics, input: TransferInput, output: Moved, errors: { ...lotErrors, SAME_PLACE: z.undefined() } }),
  /** The counter-move, of both ends where a move has two. */
  correct: command({
    conflict: 'ledger', can: 'stock.move', audit: 'stock.corrected', topics, input: z.strictObject({ id: Id, moveId: Id }), output: Moved,
    errors: { ...idUsed, MOVE_NOT_YOURS: z.undefined(), ALREADY_CORRECTED: z.undefined() },
  }),
  count: command({
    conflict: 'host-only', offline: false, can: 'stock.manage', audit: 'stock.counted', topics, input: CountInput, output: Count,
    errors: { ...lotErrors, LOT_TWICE: z.object({ lotId: Id }) },
  }),
  quarantine: command({ conflict: 'from-state', can: 'stock.manage', audit: 'lot.quarantined', topics, input: QuarantineInput, output: Lot, errors: { LOT_NOT_FOUND: z.undefined(), ALREADY_QUARANTINED: z.object({ since: Instant }) } }),
  release: command({ conflict: 'from-state', can: 'stock.manage', audit: 'lot.released', topics, input: z.strictObject({ lotId: Id }), output: Lot, errors: { LOT_NOT_FOUND: z.undefined(), NOT_QUARANTINED: z.undefined() } }),
}
