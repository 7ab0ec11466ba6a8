import { stockItems, stockLots, stockMoves, stockPlaces } from '#drizzle/schema/inventory.ts'
import { fold } from '#shared/kernel/fold.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { addDays, toInstant } from '#shared/kernel/time.ts'
import type { Calendar } from './calendar.ts'
import { makeChance } from './random.ts'
import type { Emit } from './rows.ts'
import type { DemoStaff } from './staff.ts'

type Kind = 'drug' | 'vaccine' | 'supply'
/** Days from today until a lot ends, and how many of it came in; what was taken since is drawn. */
type SeedLot = readonly [endsInDays: number | null, received: number]
interface SeedItem { name: string; kind: Kind; unit: string; reorderPoint: number | null; parLevel: number | null; place: 0 | 1 | 2; left: number; lots: readonly SeedLot[] }

const item = (name: string, kind: Kind, unit: string, [reorderPoint, parLevel]: readonly [number | null, number | null], place: SeedItem['place'], left: number, lots: readonly SeedLot[]): SeedItem =>
  ({ name, kind, unit, reorderPoint, parLevel, place, left, lots })

const places = ['Cabinet', 'Fridge', 'Visit bag'] as const

/** What a family practice keeps: enough of each state that the list has something to say. `left` is of the last lot. */
const items: readonly SeedItem[] = [
  item('Amoxicillin 400 mg/5 mL suspension 100 mL', 'drug', 'bottle', [4, 12], 0, 9, [[410, 12]]),
  item('Azithromycin 250 mg tablet', 'drug', 'tablet', [30, 90], 0, 48, [[24, 30], [395, 60]]),
  item('Doxycycline hyclate 100 mg capsule', 'drug', 'capsule', [28, 100], 0, 88, [[75, 30], [500, 100]]),
  item('Epinephrine 0.3 mg auto-injector', 'drug', 'pen', [2, 4], 0, 3, [[52, 2], [330, 4]]),
  item('Ibuprofen 600 mg tablet', 'drug', 'tablet', [60, 300], 0, 40, [[620, 300]]),
  item('Ketorolac 30 mg/mL vial', 'drug', 'vial', [5, 20], 0, 11, [[-6, 4], [280, 20]]),
  item('Lidocaine 1 % vial 20 mL', 'drug', 'vial', [5, 15], 0, 8, [[188, 15]]),
  item('Ondansetron 4 mg tablet', 'drug', 'tablet', [10, 30], 2, 22, [[440, 30]]),
  item('Hepatitis B vaccine, adult', 'vaccine', 'dose', [5, 15], 1, 12, [[150, 15]]),
  item('Influenza vaccine, adult', 'vaccine', 'dose', [20, 100], 1, 34, [[210, 100]]),
  item('MMR vaccine', 'vaccine', 'dose', [4, 10], 1, 3, [[300, 10]]),
  item('Pneumococcal conjugate vaccine', 'vaccine', 'dose', [4, 10], 1, 7, [[85, 10]]),
  item('Tdap vaccine', 'vaccine', 'dose', [6, 20], 1, 14, [[18, 5], [390, 20]]),
  item('Gauze swab 10 × 10 cm', 'supply', 'piece', [100, 500], 0, 320, [[null, 500]]),
  item('Nitrile gloves, medium', 'supply', 'pair', [200, 1_000], 0, 640, [[null, 1_000]]),
  item('Strep A test, rapid', 'supply', 'test', [10, 50], 0, 17, [[120, 50]]),
  item('Suture 4-0 nylon', 'supply', 'piece', [6, 24], 2, 13, [[900, 24]]),
  item('Urine test strip', 'supply', 'piece', [25, 100], 0, 61, [[45, 100]]),
]

const RECEIVED_DAYS_AGO = 70

/** Drawn from a source of its own: the rest of the clinic stays what it was for its seed. */
export function emitStock(emit: Emit, calendar: Calendar, staff: DemoStaff, seed: number): void {
  const chance = makeChance(seed + 4_001)
  const keeper = staff.people.find(({ roles }) => roles.includes('pharmacist')) ?? staff.people[0]
  if (!keeper) return
  const movedBy = keeper.userId
  const receivedMs = calendar.at(Math.max(0, calendar.todayIndex - RECEIVED_DAYS_AGO), 540)
  const placeIds = places.map((name, at): Id => {
    const id = chance.id(receivedMs)
    emit(stockPlaces, { id, name, isActive: true, sortOrder: at + 1 })
    return id
  })
  for (const { lots, left, place, ...given } of items) {
    const itemId = chance.id(receivedMs)
    emit(stockItems, { id: itemId, ...given, nameKey: fold(given.name), barcode: null, isActive: true, updatedAt: toInstant(receivedMs) })
    lots.forEach(([endsInDays, received], at) => {
      const lotId = chance.id(receivedMs)
      const isLast = at === lots.length - 1
      emit(stockLots, {
        id: lotId, itemId, lotNumber: endsInDays === null ? '' : `${given.name.slice(0, 2).toUpperCase()}${chance.int(1_000, 9_999)}`, expiresOn: endsInDays === null ? null : addDays(calendar.today, endsInDays),
        createdAt: toInstant(receivedMs), quarantinedAt: null, quarantinedBy: null, quarantineReason: null,
      })
      const move = (kind: 'receive' | 'dispense', quantity: number, atMs: number, costCents: number | null): void => emit(stockMoves, {
        id: chance.id(atMs), batchId: chance.id(atMs), itemId, lotId, placeId: placeIds[place] ?? '', kind, quantity, reason: null, costCents, correctsId: null,
        movedAt: toInstant(atMs), movedBy: kind === 'receive' ? movedBy : staff.nurses[0] ?? movedBy,
      })
      // The first lots have nearly all gone.
      const gone = isLast ? received - left : received - chance.int(1, 3)
      move('receive', received, receivedMs, received * chance.int(40, 900))
      spread(gone, (quantity, atMs) => move('dispense', 0 - quantity, atMs, null))
    })
  }

  /** Spread over the weeks since the delivery. */
  function spread(gone: number, take: (quantity: number, atMs: number) => void): void {
    const times = Math.min(6, gone)
    for (let i = 0; i < times; i += 1) {
      const quantity = Math.floor(gone / times) + (i < gone % times ? 1 : 0)
      take(quantity, receivedMs + (i + 1) * 9 * 24 * 3_600_000 + chance.int(0, 6 * 3_600_000))
    }
  }
}
