import { and, asc, desc, eq, sql, type SQL } from 'drizzle-orm'
import { staffMembers, userAccounts } from '#drizzle/schema/clinic.ts'
import { stockCountLines, stockItems, stockLevels, stockLots, stockMoves, stockPlaces, stockUses } from '#drizzle/schema/inventory.ts'
import { patients } from '#drizzle/schema/patients.ts'
import type { MoveKind, MoveReason } from '#shared/domains/inventory/model.ts'
import type { CountedLine, FoundLot, LotStock, SheetLine, StockAlerts, StockFilter, StockRow } from '#shared/domains/inventory/model.views.ts'
import type { PatientSummary } from '#shared/domains/patients/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import { addDays, type PlainDate } from '#shared/kernel/time.ts'
import type { OpenedFile } from '#main/core/access/opened.ts'
import { mayKnow } from '#main/core/access/predicates.ts'
import type { Scope } from '#main/core/access/scope.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb } from '#main/core/db/types.ts'
import { toItem, toLot, value, type MoveRow } from './repository.ts'

// Of one table Drizzle writes columns without their table, and a subquery would take them for its own.
const itemId = sql.raw('stock_items.id')
const reorderPoint = sql.raw('stock_items.reorder_point')
const lotsHere = (where: SQL) => sql`from stock_levels l join stock_lots t on t.id = l.lot_id where l.item_id = ${itemId} and l.quantity > 0 and ${where}`
const isFree = sql`t.quarantined_at is null`
const isFresh = sql`(t.expires_on is null or t.expires_on >= ${value('today')})`

const onHand = sql<number>`(select coalesce(sum(l.quantity), 0) from stock_levels l where l.item_id = ${itemId})`
/** What is below zero counts: it has been taken from somewhere. */
const usable = sql<number>`(select coalesce(sum(l.quantity), 0) from stock_levels l join stock_lots t on t.id = l.lot_id where l.item_id = ${itemId} and ${isFree} and ${isFresh})`
const firstExpiresOn = sql<string | null>`(select min(t.expires_on) ${lotsHere(isFree)})`
const isBelowZero = sql<number>`exists (select 1 from stock_levels l where l.item_id = ${itemId} and l.quantity < 0)`
const isBelowReorder = sql<number>`(${reorderPoint} is not null and ${usable} <= ${reorderPoint})`
const hasExpired = sql<number>`exists (select 1 ${lotsHere(sql`${isFree} and t.expires_on < ${value('today')}`)})`
const endsBy = (until: string) => sql<number>`exists (select 1 ${lotsHere(sql`${isFree} and t.expires_on >= ${value('today')} and t.expires_on <= ${value(until)}`)})`
const hasQuarantined = sql<number>`exists (select 1 ${lotsHere(sql`t.quarantined_at is not null`)})`

const isFound = sql`(not exists (select 1 from json_each(${value('words')}) w where instr(${sql.raw('stock_items.name_key')}, w.value) = 0)
  or ${sql.raw('stock_items.barcode')} = ${value('barcode')}
  or (${value('lotFrom')} <> '' and exists (select 1 from stock_lots t where t.item_id = ${itemId} and t.lot_number >= ${value('lotFrom')} and t.lot_number < ${value('lotTo')})))`
const fits = sql`(case ${value('filter')} when 'below-zero' then ${isBelowZero} when 'below-reorder' then ${isBelowReorder} when 'expired' then ${hasExpired}
  when 'expiring-30' then ${endsBy('in30')} when 'expiring-60' then ${endsBy('in60')} when 'expiring-90' then ${endsBy('in90')} when 'quarantined' then ${hasQuarantined} else 1 end)`

const movedByName = sql<string>`substr(${staffMembers.givenName}, 1, 1) || '. ' || ${staffMembers.familyName}`
const patientColumns = { id: patients.id, mrn: patients.mrn, familyName: patients.familyName, givenName: patients.givenName, sex: patients.sex, birthDate: patients.birthDate, phone: patients.phone }
const isCorrected = (move: string) => sql<number>`exists (select 1 from stock_moves c where c.corrects_id = ${sql.raw(move)})`

/** The list queries by name, not yet prepared: the tests ask the planner about each of them. */
export const listQueries = (db: ReadDb) => ({
  /** Items are the clinic's own few hundred, read in the order of their names until the page is full. */
  items: db.select({ item: stockItems, onHand, usable, firstExpiresOn, isBelowZero }).from(stockItems)
    .where(and(sql`${stockItems.isActive} = ${value('isActive')}`, isFound, fits, sql`(${stockItems.nameKey}) > ${value('after')}`)).orderBy(asc(stockItems.nameKey)).limit(value('limit')),
  alerts: db.select({
    belowZero: sql<number>`coalesce(sum(${isBelowZero}), 0)`, belowReorder: sql<number>`coalesce(sum(${isBelowReorder}), 0)`, expired: sql<number>`coalesce(sum(${hasExpired}), 0)`,
    expiring30: sql<number>`coalesce(sum(${endsBy('in30')}), 0)`, expiring60: sql<number>`coalesce(sum(${endsBy('in60')}), 0)`, expiring90: sql<number>`coalesce(sum(${endsBy('in90')}), 0)`,
    quarantined: sql<number>`coalesce(sum(${hasQuarantined}), 0)`,
  }).from(stockItems).where(eq(stockItems.isActive, true)),
  lotsHere: db.select({ lot: stockLots, placeId: stockLevels.placeId, quantity: stockLevels.quantity }).from(stockLevels).innerJoin(stockLots, eq(stockLots.id, stockLevels.lotId))
    .where(and(eq(stockLevels.itemId, value('itemId')), sql`(${stockLevels.quantity} <> 0 or ${stockLots.createdAt} >= ${value('since')})`)).limit(limits.work_list_rows),
  movesOf: db.select({ move: stockMoves, lotNumber: stockLots.lotNumber, placeName: stockPlaces.name, movedByName, isCorrected: isCorrected('"stock_moves"."id"') }).from(stockMoves)
    .innerJoin(stockLots, eq(stockLots.id, stockMoves.lotId)).innerJoin(stockPlaces, eq(stockPlaces.id, stockMoves.placeId))
    .innerJoin(userAccounts, eq(userAccounts.id, stockMoves.movedBy)).innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId))
    .where(and(eq(stockMoves.itemId, value('itemId')), sql`(${stockMoves.movedAt}, ${stockMoves.id}) < (${value('beforeAt')}, ${value('beforeId')})`))
    .orderBy(desc(stockMoves.movedAt), desc(stockMoves.id)).limit(value('limit')),
  lotsNumbered: db.select({ lot: stockLots, itemName: stockItems.name }).from(stockLots).innerJoin(stockItems, eq(stockItems.id, stockLots.itemId))
    .where(and(sql`${stockLots.lotNumber} >= ${value('lotFrom')}`, sql`${stockLots.lotNumber} < ${value('lotTo')}`)).orderBy(asc(stockLots.lotNumber)).limit(limits.search_rows),
  usesOfLot: db.select({ moveId: stockUses.moveId, quantity: stockMoves.quantity, usedAt: stockUses.usedAt, patient: patientColumns }).from(stockUses)
    .innerJoin(stockMoves, eq(stockMoves.id, stockUses.moveId)).innerJoin(patients, eq(patients.id, stockUses.patientId))
    .where(and(
      eq(stockUses.lotId, value('lotId')), mayKnow(stockUses.patientId), sql`not ${isCorrected('"stock_uses"."move_id"')}`,
      sql`(${stockUses.usedAt}, ${stockUses.moveId}) < (${value('beforeAt')}, ${value('beforeId')})`,
    )).orderBy(desc(stockUses.usedAt), desc(stockUses.moveId)).limit(value('limit')),
  keptBack: db.select({ count: sql<number>`count(distinct ${stockUses.patientId})` }).from(stockUses)
    .where(and(eq(stockUses.lotId, value('lotId')), sql`not ${mayKnow(stockUses.patientId)}`, sql`not ${isCorrected('move_id')}`)),
  usesOfVisit: db.select({
    moveId: stockUses.moveId, itemId: stockMoves.itemId, itemName: stockItems.name, unit: stockItems.unit, lotNumber: stockLots.lotNumber, quantity: stockMoves.quantity, usedAt: stockUses.usedAt,
    usedByName: movedByName, movedBy: stockMoves.movedBy,
  }).from(stockUses)
    .innerJoin(stockMoves, eq(stockMoves.id, stockUses.moveId)).innerJoin(stockItems, eq(stockItems.id, stockMoves.itemId)).innerJoin(stockLots, eq(stockLots.id, stockMoves.lotId))
    .innerJoin(userAccounts, eq(userAccounts.id, stockMoves.movedBy)).innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId))
    .where(and(eq(stockUses.encounterId, value('encounterId')), sql`+${stockUses.patientId} = ${value('patientId')}`, sql`not ${isCorrected('"stock_uses"."move_id"')}`))
    .orderBy(asc(stockUses.usedAt), asc(stockLots.lotNumber)).limit(limits.page_rows),
  patient: db.select(patientColumns).from(patients).where(eq(patients.id, value('patientId'))),
  /** In the order in which somebody walks along the shelf: by name, then first to expire. */
  sheet: db.select(sheetColumns).from(stockLevels).innerJoin(stockLots, eq(stockLots.id, stockLevels.lotId)).innerJoin(stockItems, eq(stockItems.id, stockLevels.itemId))
    .where(and(eq(stockLevels.placeId, value('placeId')), sql`${stockLevels.quantity} <> 0`)).orderBy(asc(stockItems.nameKey), asc(stockLots.expiresOn)).limit(limits.stock_lines),
  countLines: db.select({ ...sheetColumns, expected: stockCountLines.expected, counted: stockCountLines.counted }).from(stockCountLines)
    .innerJoin(stockLots, eq(stockLots.id, stockCountLines.lotId)).innerJoin(stockItems, eq(stockItems.id, stockLots.itemId))
    .where(eq(stockCountLines.countId, value('countId'))).orderBy(asc(stockItems.nameKey), asc(stockLots.expiresOn)).limit(limits.stock_lines),
  nameOfUser: db.select({ name: movedByName }).from(userAccounts).innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId)).where(eq(userAccounts.id, value('userId'))),
})
const sheetColumns = { lotId: stockLots.id, itemId: stockItems.id, itemName: stockItems.name, unit: stockItems.unit, lotNumber: stockLots.lotNumber, expiresOn: stockLots.expiresOn }

const lists = prepared((db: ReadDb) => {
  const queries = listQueries(db)
  return {
    items: queries.items.prepare(), alerts: queries.alerts.prepare(), lotsHere: queries.lotsHere.prepare(), movesOf: queries.movesOf.prepare(), lotsNumbered: queries.lotsNumbered.prepare(),
    usesOfLot: queries.usesOfLot.prepare(), keptBack: queries.keptBack.prepare(), usesOfVisit: queries.usesOfVisit.prepare(), patient: queries.patient.prepare(), sheet: queries.sheet.prepare(), countLines: queries.countLines.prepare(), nameOfUser: queries.nameOfUser.prepare(),
  }
})

const daysFrom = (today: PlainDate) => ({ today, in30: addDays(today, 30), in60: addDays(today, 60), in90: addDays(today, 90) })
/** Everything that begins with it, as a span of the index. */
const startingWith = (lotFrom: string) => ({ lotFrom, lotTo: `${lotFrom}\u{10FFFF}` })

export interface Wanted { words: readonly string[]; barcode: string; lotNumber: string; filter: StockFilter; after: string; limit: number }

export const itemsLike = (db: ReadDb, { words, lotNumber, filter, ...wanted }: Wanted, today: PlainDate): (StockRow & { nameKey: string })[] =>
  lists(db).items.all({ ...wanted, ...daysFrom(today), ...startingWith(lotNumber), words: JSON.stringify(words), filter, isActive: filter === 'retired' ? 0 : 1 })
    .map(({ item, isBelowZero: below, ...sums }) => ({ ...toItem(item), ...sums, isBelowZero: below === 1, nameKey: item.nameKey }))

export function alertsOf(db: ReadDb, today: PlainDate): StockAlerts {
  const { belowZero = 0, belowReorder = 0, expired = 0, expiring30 = 0, expiring60 = 0, expiring90 = 0, quarantined = 0 } = lists(db).alerts.get(daysFrom(today)) ?? {}
  return { belowZero, belowReorder, expired, expiring30, expiring60, expiring90, quarantined }
}

/** Lots with something here, and those that came in since: an emptied one is asked for again when a use has to go somewhere. */
export function lotsOf(db: ReadDb, id: Id, since: string): LotStock[] {
  const lots = new Map<Id, LotStock>()
  for (const { lot, placeId, quantity } of lists(db).lotsHere.all({ itemId: id, since })) {
    const known = lots.get(lot.id) ?? { ...toLot(lot), levels: [] }
    known.levels.push({ placeId, quantity })
    lots.set(lot.id, known)
  }
  return [...lots.values()]
}

interface Cursor { beforeAt: string; beforeId: string }
export const movesOf = (db: ReadDb, of: { itemId: Id; limit: number } & Cursor) =>
  lists(db).movesOf.all({ ...of }).map(({ move, isCorrected: corrected, ...names }) => ({ ...(move as MoveRow & { kind: MoveKind; reason: MoveReason | null }), ...names, isCorrected: corrected === 1 })) // The CHECKs hold the model's constants.

export const lotsNumbered = (db: ReadDb, start: string): FoundLot[] => lists(db).lotsNumbered.all(startingWith(start)).map(({ lot, itemName }) => ({ ...toLot(lot), itemName }))

export const usesOfLot = (db: ReadDb, { values }: Scope, of: { lotId: Id; limit: number } & Cursor) =>
  lists(db).usesOfLot.all({ ...values, ...of }).map((row) => ({ ...row, quantity: 0 - row.quantity, patient: row.patient as PatientSummary })) // The CHECK on sex holds the model's constants.
export const keptBack = (db: ReadDb, { values }: Scope, lotId: Id): number => lists(db).keptBack.get({ ...values, lotId })?.count ?? 0
export const usesOfVisit = (db: ReadDb, { patientId }: OpenedFile, encounterId: Id) => lists(db).usesOfVisit.all({ encounterId, patientId }).map((row) => ({ ...row, quantity: 0 - row.quantity }))
export const patientOf = (db: ReadDb, { patientId }: OpenedFile) => lists(db).patient.get({ patientId }) as PatientSummary | undefined // As above.
export const sheetOf = (db: ReadDb, placeId: Id): SheetLine[] => lists(db).sheet.all({ placeId })
export const countLinesOf = (db: ReadDb, countId: Id): CountedLine[] => lists(db).countLines.all({ countId })
export const nameOfUser = (db: ReadDb, userId: Id): string => lists(db).nameOfUser.get({ userId })?.name ?? ''
