import type { CairnClient } from '#shared/rpc/client.ts'
import type { World } from './world.ts'

export interface Stocked { itemId: string; cabinetId: string; fridgeId: string; soonId: string; lateId: string }

/** An item with two lots in a cabinet, through the real procedures, and an empty fridge. */
export async function stockUp(world: Pick<World, 'as' | 'core'>, given: { soon?: number; late?: number } = {}): Promise<Stocked> {
  const newId = world.core.platform.newId
  const keeper = world.as('pharmacist').inventory
  const [itemId, cabinetId, fridgeId] = [newId(), newId(), newId()]
  await keeper.savePlace({ id: cabinetId, name: 'Cabinet', isActive: true, sortOrder: 1 })
  await keeper.savePlace({ id: fridgeId, name: 'Fridge', isActive: true, sortOrder: 2 })
  await keeper.saveItem({ id: itemId, name: 'Tetanus vaccine 0.5 mL', kind: 'vaccine', unit: 'dose', barcode: '00312345678906', reorderPoint: 5, parLevel: 20, isActive: true })
  const soon = await receiveLot(keeper, newId, { itemId, placeId: cabinetId, lotNumber: 'TX100', expiresOn: '2027-01-31', quantity: given.soon ?? 8 })
  const late = await receiveLot(keeper, newId, { itemId, placeId: cabinetId, lotNumber: 'TX200', expiresOn: '2028-06-30', quantity: given.late ?? 20 })
  return { itemId, cabinetId, fridgeId, soonId: soon, lateId: late }
}

interface Delivery { itemId: string; placeId: string; lotNumber: string; expiresOn: string | null; quantity: number }

export async function receiveLot(keeper: CairnClient['inventory'], newId: () => string, { placeId, ...line }: Delivery): Promise<string> {
  const { moves: [move] } = await keeper.receive({ id: newId(), placeId, lines: [{ ...line, costCents: null }] })
  if (!move) throw new Error('what is received moves')
  return move.lotId
}

/** What the screens show, by lot and place. */
export async function levelsOf(client: CairnClient, itemId: string): Promise<Record<string, number>> {
  const { lots } = await client.inventory.item({ id: itemId })
  return Object.fromEntries(lots.flatMap((lot) => lot.levels.map(({ placeId, quantity }) => [`${lot.id} ${placeId}`, quantity])))
}

/** Levels are the sums of the moves, in this database. */
export const driftOf = (world: Pick<World, 'core'>): unknown[] => world.core.vault.reader.$client.prepare(`
  select l.lot_id, l.place_id, l.quantity, (select coalesce(sum(m.quantity), 0) from stock_moves m where m.lot_id = l.lot_id and m.place_id = l.place_id) as sum
  from stock_levels l where l.quantity <> sum
  union all select m.lot_id, m.place_id, null, sum(m.quantity) from stock_moves m
  where not exists (select 1 from stock_levels l where l.lot_id = m.lot_id and l.place_id = m.place_id) group by m.lot_id, m.place_id`).all()
