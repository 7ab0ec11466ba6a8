import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { itemKinds, moveKinds, moveReasons, quarantineReasons } from '#shared/domains/inventory/model.ts'
import { oneOf } from './columns.ts'
import { userAccounts } from './clinic.ts'
import { encounters } from './encounters.ts'
import { patients } from './patients.ts'

const user = (name: string) => text(name).notNull().references(() => userAccounts.id)
const item = () => text('item_id').notNull().references(() => stockItems.id)
const lot = () => text('lot_id').notNull().references(() => stockLots.id)
const place = () => text('place_id').notNull().references(() => stockPlaces.id)

export const stockItems = sqliteTable('stock_items', {
  id: text().primaryKey(),
  name: text().notNull(),
  /** The name folded: its place in the list, and what a search looks at. */
  nameKey: text('name_key').notNull(),
  kind: text().notNull(),
  unit: text().notNull(),
  barcode: text(),
  reorderPoint: integer('reorder_point'),
  parLevel: integer('par_level'),
  isActive: integer('is_active', { mode: 'boolean' }).notNull(),
  updatedAt: text('updated_at').notNull(),
}, (t) => [
  check('stock_items_kind', oneOf(t.kind, itemKinds)),
  uniqueIndex('stock_items_by_name').on(t.nameKey),
  uniqueIndex('stock_items_by_barcode').on(t.barcode).where(sql`${t.barcode} is not null`),
])

export const stockPlaces = sqliteTable('stock_places', {
  id: text().primaryKey(),
  name: text().notNull(),
  isActive: integer('is_active', { mode: 'boolean' }).notNull(),
  sortOrder: integer('sort_order').notNull(),
})

/** Its id follows from item and number, so that two machines that receive of one lot write the same one. */
export const stockLots = sqliteTable('stock_lots', {
  id: text().primaryKey(),
  itemId: item(),
  lotNumber: text('lot_number').notNull(),
  expiresOn: text('expires_on'),
  createdAt: text('created_at').notNull(),
  quarantinedAt: text('quarantined_at'),
  quarantinedBy: text('quarantined_by').references(() => userAccounts.id),
  quarantineReason: text('quarantine_reason'),
}, (t) => [
  check('stock_lots_quarantine_reason', oneOf(t.quarantineReason, quarantineReasons)),
  uniqueIndex('stock_lots_by_item').on(t.itemId, t.lotNumber),
  index('stock_lots_by_number').on(t.lotNumber),
])

/** Append-only (triggers): what is on hand is always the sum of these. Nothing in it says for whom. */
export const stockMoves = sqliteTable('stock_moves', {
  id: text().primaryKey(),
  /** The moves of one act. */
  batchId: text('batch_id').notNull(),
  itemId: item(),
  lotId: lot(),
  placeId: place(),
  kind: text().notNull(),
  quantity: integer().notNull(),
  reason: text(),
  costCents: integer('cost_cents'),
  correctsId: text('corrects_id'),
  movedAt: text('moved_at').notNull(),
  movedBy: user('moved_by'),
}, (t) => [
  check('stock_moves_kind', oneOf(t.kind, moveKinds)),
  check('stock_moves_reason', oneOf(t.reason, moveReasons)),
  index('stock_moves_by_batch').on(t.batchId),
  index('stock_moves_by_item').on(t.itemId, t.movedAt, t.id),
  index('stock_moves_by_lot').on(t.lotId, t.placeId, t.quantity),
  uniqueIndex('stock_moves_corrected_once').on(t.correctsId).where(sql`${t.correctsId} is not null`),
])

/** The sums, kept by a trigger on the moves and written by nothing else. */
export const stockLevels = sqliteTable('stock_levels', {
  lotId: lot(),
  placeId: place(),
  itemId: item(),
  quantity: integer().notNull(),
}, (t) => [
  primaryKey({ columns: [t.lotId, t.placeId] }),
  index('stock_levels_by_item').on(t.itemId, t.quantity, t.lotId),
  index('stock_levels_by_place').on(t.placeId, t.quantity),
  index('stock_levels_below_zero').on(t.itemId).where(sql`${t.quantity} < 0`),
])

/** For whom a move was: part of the chart, and on no front desk's disk. */
export const stockUses = sqliteTable('stock_uses', {
  moveId: text('move_id').primaryKey().references(() => stockMoves.id),
  lotId: lot(),
  patientId: text('patient_id').notNull().references(() => patients.id),
  encounterId: text('encounter_id').notNull().references(() => encounters.id),
  usedAt: text('used_at').notNull(),
}, (t) => [index('stock_uses_by_lot').on(t.lotId, t.usedAt, t.moveId), index('stock_uses_by_encounter').on(t.encounterId, t.usedAt), index('stock_uses_by_patient').on(t.patientId)])

export const stockCounts = sqliteTable('stock_counts', {
  id: text().primaryKey(),
  placeId: place(),
  countedAt: text('counted_at').notNull(),
  countedBy: user('counted_by'),
}, (t) => [index('stock_counts_by_place').on(t.placeId, t.countedAt)])

/** What somebody counted, and what the records had said: also where both are the same. */
export const stockCountLines = sqliteTable('stock_count_lines', {
  id: text().primaryKey(),
  countId: text('count_id').notNull().references(() => stockCounts.id),
  lotId: lot(),
  placeId: place(),
  expected: integer().notNull(),
  counted: integer().notNull(),
  countedAt: text('counted_at').notNull(),
}, (t) => [index('stock_count_lines_by_count').on(t.countId), index('stock_count_lines_by_lot').on(t.lotId, t.placeId, t.countedAt)])
