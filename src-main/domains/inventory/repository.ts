import { and, asc, desc, eq, lt, sql, type Placeholder } from 'drizzle-orm'
import { stockCountLines, stockCounts, stockItems, stockLevels, stockLots, stockMoves, stockPlaces, stockUses } from '#drizzle/schema/inventory.ts'
import type { Lot, StockItem, StockMove, StockPlace } from '#shared/domains/inventory/model.ts'
import { fold } from '#shared/kernel/fold.ts'
import type { Id } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'

/** Single rows and everything that is written; lists are in repository.lists.ts. */

export const value = (name: string): Placeholder => sql.placeholder(name)

export const reads = prepared((db: ReadDb) => ({
  item: db.select().from(stockItems).where(eq(stockItems.id, value('id'))).prepare(),
  itemByName: db.select({ id: stockItems.id }).from(stockItems).where(eq(stockItems.nameKey, value('nameKey'))).prepare(),
  itemByBarcode: db.select({ id: stockItems.id }).from(stockItems).where(eq(stockItems.barcode, value('barcode'))).prepare(),
  anyMove: db.select({ id: stockMoves.id }).from(stockMoves).where(eq(stockMoves.itemId, value('itemId'))).limit(1).prepare(),
  place: db.select().from(stockPlaces).where(eq(stockPlaces.id, value('id'))).prepare(),
  /** A dozen rows, read whole. */
  places: db.select().from(stockPlaces).orderBy(asc(stockPlaces.sortOrder), asc(stockPlaces.name)).prepare(),
  inPlace: db.select({ lotId: stockLevels.lotId }).from(stockLevels).where(and(eq(stockLevels.placeId, value('placeId')), sql`${stockLevels.quantity} <> 0`)).limit(1).prepare(),
  lot: db.select().from(stockLots).where(eq(stockLots.id, value('id'))).prepare(),
  lotNumbered: db.select().from(stockLots).where(and(eq(stockLots.itemId, value('itemId')), eq(stockLots.lotNumber, value('lotNumber')))).prepare(),
  level: db.select({ quantity: stockLevels.quantity }).from(stockLevels).where(and(eq(stockLevels.lotId, value('lotId')), eq(stockLevels.placeId, value('placeId')))).prepare(),
  batch: db.select().from(stockMoves).where(eq(stockMoves.batchId, value('batchId'))).orderBy(sql`rowid`).prepare(),
  move: db.select().from(stockMoves).where(eq(stockMoves.id, value('id'))).prepare(),
  correction: db.select().from(stockMoves).where(eq(stockMoves.correctsId, value('moveId'))).prepare(),
  lastCounted: db.select({ countedAt: stockCountLines.countedAt }).from(stockCountLines)
    .where(and(eq(stockCountLines.lotId, value('lotId')), eq(stockCountLines.placeId, value('placeId')))).orderBy(desc(stockCountLines.countedAt)).limit(1).prepare(),
  useOf: db.select({ patientId: stockUses.patientId }).from(stockUses).where(eq(stockUses.moveId, value('moveId'))).prepare(),
  count: db.select().from(stockCounts).where(eq(stockCounts.id, value('id'))).prepare(),
  lastCountOf: db.select().from(stockCounts).where(and(eq(stockCounts.placeId, value('placeId')), lt(stockCounts.countedAt, value('before')))).orderBy(desc(stockCounts.countedAt)).limit(1).prepare(),
}))

export const itemById = (db: ReadDb, id: Id): StockItem | undefined => toItem(reads(db).item.get({ id }))
export const itemNamed = (db: ReadDb, name: string): Id | undefined => reads(db).itemByName.get({ nameKey: fold(name) })?.id
export const itemWithBarcode = (db: ReadDb, barcode: string): Id | undefined => reads(db).itemByBarcode.get({ barcode })?.id
export const hasMoved = (db: ReadDb, itemId: Id): boolean => reads(db).anyMove.get({ itemId }) !== undefined
export const placeById = (db: ReadDb, id: Id): StockPlace | undefined => reads(db).place.get({ id })
export const placesOf = (db: ReadDb): StockPlace[] => reads(db).places.all()
export const isEmpty = (db: ReadDb, placeId: Id): boolean => reads(db).inPlace.get({ placeId }) === undefined
export const lotById = (db: ReadDb, id: Id): Lot | undefined => toLot(reads(db).lot.get({ id }))
export const lotNumbered = (db: ReadDb, itemId: Id, lotNumber: string): Lot | undefined => toLot(reads(db).lotNumbered.get({ itemId, lotNumber }))
export const levelOf = (db: ReadDb, at: { lotId: Id; placeId: Id }): number => reads(db).level.get(at)?.quantity ?? 0
export const batchOf = (db: ReadDb, batchId: Id): MoveRow[] => reads(db).batch.all({ batchId }).map((row) => toMove(row))
export const moveById = (db: ReadDb, id: Id): MoveRow | undefined => toMove(reads(db).move.get({ id }))
export const correctionOf = (db: ReadDb, moveId: Id): MoveRow | undefined => toMove(reads(db).correction.get({ moveId }))
export const lastCountedAt = (db: ReadDb, at: { lotId: Id; placeId: Id }): Instant | null => reads(db).lastCounted.get(at)?.countedAt ?? null
export const patientOfUse = (db: ReadDb, moveId: Id): Id | undefined => reads(db).useOf.get({ moveId })?.patientId
export const countById = (db: ReadDb, id: Id) => reads(db).count.get({ id })
export const lastCountAt = (db: ReadDb, placeId: Id) => reads(db).lastCountOf.get({ placeId, before: '9999' })

export function saveItem(db: WriteDb, { id, ...rest }: StockItem, at: Instant): void {
  const columns = { ...rest, nameKey: fold(rest.name), updatedAt: at }
  db.insert(stockItems).values({ id, ...columns }).onConflictDoUpdate({ target: stockItems.id, set: columns }).run()
}

export const savePlace = (db: WriteDb, { id, ...rest }: StockPlace): void =>
  void db.insert(stockPlaces).values({ id, ...rest }).onConflictDoUpdate({ target: stockPlaces.id, set: rest }).run()

export const insertLot = (db: WriteDb, lot: Lot, createdAt: Instant): void => void db.insert(stockLots).values({ ...lot, createdAt }).run()

export const setQuarantine = (db: WriteDb, { id, quarantinedAt, quarantineReason }: Lot, quarantinedBy: Id | null): void =>
  void db.update(stockLots).set({ quarantinedAt, quarantineReason, quarantinedBy }).where(eq(stockLots.id, id)).run()

export const insertMove = (db: WriteDb, move: MoveRow): void => void db.insert(stockMoves).values(move).run()
export const insertUse = (db: WriteDb, use: typeof stockUses.$inferInsert): void => void db.insert(stockUses).values(use).run()
export const insertCount = (db: WriteDb, count: typeof stockCounts.$inferInsert): void => void db.insert(stockCounts).values(count).run()
export const insertCountLine = (db: WriteDb, line: typeof stockCountLines.$inferInsert): void => void db.insert(stockCountLines).values(line).run()

export type MoveRow = StockMove & { movedBy: Id }

/** The CHECKs of the tables hold the same constants as the model. */
export function toItem(row: typeof stockItems.$inferSelect): StockItem
export function toItem(row: typeof stockItems.$inferSelect | undefined): StockItem | undefined
export function toItem(row: typeof stockItems.$inferSelect | undefined): StockItem | undefined {
  if (!row) return undefined
  const { nameKey: _key, updatedAt: _at, ...item } = row
  return item as StockItem // As above.
}

export function toLot(row: typeof stockLots.$inferSelect): Lot
export function toLot(row: typeof stockLots.$inferSelect | undefined): Lot | undefined
export function toLot(row: typeof stockLots.$inferSelect | undefined): Lot | undefined {
  if (!row) return undefined
  const { createdAt: _at, quarantinedBy: _by, ...lot } = row
  return lot as Lot // As above.
}

function toMove(row: typeof stockMoves.$inferSelect): MoveRow
function toMove(row: typeof stockMoves.$inferSelect | undefined): MoveRow | undefined
function toMove(row: typeof stockMoves.$inferSelect | undefined): MoveRow | undefined {
  return row as MoveRow | undefined // As above.
}

