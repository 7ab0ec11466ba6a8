import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Cents } from '../../kernel/money.ts'
import { Instant, PlainDate } from '../../kernel/time.ts'

export const itemKinds = ['drug', 'vaccine', 'supply'] as const
export const moveKinds = ['receive', 'dispense', 'return', 'waste', 'count', 'transfer'] as const
export type MoveKind = (typeof moveKinds)[number]
export const wasteReasons = ['expired', 'damaged', 'spoiled', 'lost', 'other'] as const
export const returnReasons = ['from-patient', 'to-supplier'] as const
/** 'entered-in-error' stands on counter-moves, 'already-counted' on what a count had seen before the move arrived. */
export const moveReasons = [...wasteReasons, ...returnReasons, 'entered-in-error', 'already-counted'] as const
export type MoveReason = (typeof moveReasons)[number]
export const quarantineReasons = ['recalled', 'temperature', 'damaged', 'in-question'] as const

export const Quantity = z.int().min(1).max(limits.stock_quantity_max)
const level = z.int().min(0).max(limits.stock_quantity_max)

/** An article that the clinic keeps. Everything is counted in its smallest unit: tablets, doses, pieces. */
export const StockItem = z.object({
  id: Id,
  name: z.string().trim().min(1).max(limits.name_chars),
  kind: z.enum(itemKinds),
  unit: z.string().trim().min(1).max(20),
  /** The GTIN on its box, as a scanner reads it. */
  barcode: z.string().regex(/^\d{8,14}$/).nullable(),
  /** At or below it something has to be ordered, up to the par level; null is not watched. */
  reorderPoint: level.nullable(),
  parLevel: level.nullable(),
  isActive: z.boolean(),
})
export type StockItem = z.infer<typeof StockItem>

/** A cabinet, a fridge, a bag for home visits. */
export const StockPlace = z.object({ id: Id, name: z.string().trim().min(1).max(limits.name_chars), isActive: z.boolean(), sortOrder: z.int().min(0).max(999) })
export type StockPlace = z.infer<typeof StockPlace>

export const LotNumber = z.string().trim().max(20)

export const Lot = z.object({
  id: Id,
  itemId: Id,
  /** Empty for what comes without one. */
  lotNumber: LotNumber,
  /** The last day on which it may be used. */
  expiresOn: PlainDate.nullable(),
  quarantinedAt: Instant.nullable(),
  quarantineReason: z.enum(quarantineReasons).nullable(),
})
export type Lot = z.infer<typeof Lot>

/** How much of a lot is at a place by the records. It may be below zero: what was taken was taken. */
export const StockLevel = z.object({ lotId: Id, placeId: Id, quantity: z.int() })
export type StockLevel = z.infer<typeof StockLevel>

/** Signed: what comes is positive, what goes negative. Never changed, only countered by another move. */
export const StockMove = z.object({
  id: Id,
  /** The moves of one act: a delivery, the two ends of a transfer. */
  batchId: Id,
  itemId: Id,
  lotId: Id,
  placeId: Id,
  kind: z.enum(moveKinds),
  quantity: z.int(),
  reason: z.enum(moveReasons).nullable(),
  costCents: Cents.nullable(),
  correctsId: Id.nullable(),
  movedAt: Instant,
})
export type StockMove = z.infer<typeof StockMove>
