import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { Instant, PlainDate } from '../../kernel/time.ts'
import { PatientSummary } from '../patients/model.ts'
import { Lot, StockItem, StockLevel, StockMove } from './model.ts'

export const stockFilters = ['all', 'below-zero', 'below-reorder', 'expired', 'expiring-30', 'expiring-60', 'expiring-90', 'quarantined', 'retired'] as const
export type StockFilter = (typeof stockFilters)[number]

/** An item as the list shows it. */
export const StockRow = StockItem.extend({
  onHand: z.int(),
  /** On hand without what is expired or in quarantine. */
  usable: z.int(),
  /** Of what is on hand and not in quarantine. */
  firstExpiresOn: PlainDate.nullable(),
  isBelowZero: z.boolean(),
})
export type StockRow = z.infer<typeof StockRow>

export const StockPage = z.object({ items: z.array(StockRow), next: z.string().nullable() })
export type StockPage = z.infer<typeof StockPage>

/** How many items have something that somebody should do. */
export const StockAlerts = z.object({ belowZero: z.int(), belowReorder: z.int(), expired: z.int(), expiring30: z.int(), expiring60: z.int(), expiring90: z.int(), quarantined: z.int() })
export type StockAlerts = z.infer<typeof StockAlerts>

export const LotStock = Lot.extend({ levels: z.array(StockLevel.omit({ lotId: true })) })
export type LotStock = z.infer<typeof LotStock>

/** An item with its lots that are here or in quarantine, first to expire first. */
export const ItemStock = z.object({ item: StockItem, lots: z.array(LotStock) })
export type ItemStock = z.infer<typeof ItemStock>

export const MoveLine = StockMove.extend({ lotNumber: z.string(), placeName: z.string(), movedByName: z.string(), isCorrected: z.boolean(), mayCorrect: z.boolean() })
export type MoveLine = z.infer<typeof MoveLine>
export const MovePage = z.object({ moves: z.array(MoveLine), next: z.string().nullable() })
export type MovePage = z.infer<typeof MovePage>

export const FoundLot = Lot.extend({ itemName: z.string() })
export type FoundLot = z.infer<typeof FoundLot>

/** Something of a lot that went to a patient; the quantity as a person says it, above zero. */
const LotUse = z.object({ moveId: Id, patient: PatientSummary, quantity: z.int(), usedAt: Instant })
export const Recall = z.object({
  lot: FoundLot, uses: z.array(LotUse), next: z.string().nullable(),
  /** Patients whose records are kept from whoever asks: somebody who may know them has to look as well. */
  keptBack: z.int(),
})
export type Recall = z.infer<typeof Recall>

const VisitUse = z.object({ moveId: Id, itemId: Id, itemName: z.string(), unit: z.string(), lotNumber: z.string(), quantity: z.int(), usedAt: Instant, usedByName: z.string(), mayCorrect: z.boolean() })
/** Whose visit it is stands above what it took: nobody gives something without seeing to whom. */
export const VisitUses = z.object({ patient: PatientSummary, uses: z.array(VisitUse) })
export type VisitUses = z.infer<typeof VisitUses>

/** What lies at a place, to be counted without knowing how much there should be. */
export const SheetLine = z.object({ lotId: Id, itemId: Id, itemName: z.string(), unit: z.string(), lotNumber: z.string(), expiresOn: PlainDate.nullable() })
export type SheetLine = z.infer<typeof SheetLine>

export const CountedLine = SheetLine.extend({ expected: z.int(), counted: z.int() })
export type CountedLine = z.infer<typeof CountedLine>
/** What was counted at a place, beside what the records had said. */
export const Count = z.object({ id: Id, countedAt: Instant, countedByName: z.string(), lines: z.array(CountedLine) })
export type Count = z.infer<typeof Count>
