import type { Lot, StockPlace } from '#shared/domains/inventory/model.ts'
import type { CountedLine, LotStock, StockAlerts, StockFilter, StockRow } from '#shared/domains/inventory/model.views.ts'
import { expiryOf, isBelowReorder, suggestedOrder, type Picked } from '#shared/domains/inventory/rules.ts'
import type { PlainDate } from '#shared/kernel/time.ts'
import { date, listDate } from '#renderer/ui/format.ts'
import { quarantineWords } from './words.ts'

export type Tone = 'plain' | 'ok' | 'warn' | 'bad' | 'info'

/** Below zero, to order and expired each ask for an act of their own; what expires later is looked at, not counted. */
export const workCount = ({ belowZero, belowReorder, expired }: StockAlerts): number => belowZero + belowReorder + expired

/** The filters in the order of how soon somebody has to look. */
export const filterCounts = (alerts: StockAlerts): Partial<Record<StockFilter, number>> => ({
  'below-zero': alerts.belowZero, 'below-reorder': alerts.belowReorder, expired: alerts.expired, 'expiring-30': alerts.expiring30, 'expiring-60': alerts.expiring60,
  'expiring-90': alerts.expiring90, quarantined: alerts.quarantined,
})

export function expiryWords(expiresOn: PlainDate | null, today: PlainDate): { words: string; tone: Tone } {
  if (expiresOn === null) return { words: 'no date', tone: 'plain' }
  const state = expiryOf(expiresOn, today)
  if (state === 'expired') return { words: `expired ${listDate(expiresOn, today)}`, tone: 'bad' }
  return { words: date(expiresOn), tone: state === 'later' ? 'plain' : 'warn' }
}

export interface Mark { words: string; tone: Tone }

/** What stands at the end of an item's line: the one thing to do first. */
export function markOf(row: StockRow, today: PlainDate): Mark | undefined {
  if (row.isBelowZero) return { words: 'Below zero: count', tone: 'bad' }
  if (row.firstExpiresOn !== null && expiryOf(row.firstExpiresOn, today) === 'expired') return { words: 'Expired', tone: 'bad' }
  if (isBelowReorder(row, row.usable)) return { words: `Order ${suggestedOrder(row, row.usable)}`, tone: 'warn' }
  return undefined
}

export const lotState = (lot: Pick<Lot, 'quarantineReason'>): string | undefined => (lot.quarantineReason === null ? undefined : `Quarantine: ${quarantineWords[lot.quarantineReason].toLowerCase()}`)

export const lotName = ({ lotNumber }: Pick<Lot, 'lotNumber'>): string => (lotNumber === '' ? 'no lot number' : lotNumber)

export const onHandOf = (lot: Pick<LotStock, 'levels'>): number => lot.levels.reduce((sum, { quantity }) => sum + quantity, 0)

export const placeName = (places: readonly StockPlace[], id: string): string => places.find((place) => place.id === id)?.name ?? ''

/** "12 tablets": units are said in the plural as English does for nearly all of them. */
export const amount = (quantity: number, unit: string): string => `${signed(quantity)} ${Math.abs(quantity) === 1 ? unit : plural(unit)}`

export function plural(unit: string): string {
  if (/(s|mL|mg|g|kg|L)$/.test(unit)) return unit
  return /(x|ch|sh)$/.test(unit) ? `${unit}es` : `${unit}s`
}

export const signed = (quantity: number): string => (quantity < 0 ? `−${Math.abs(quantity).toLocaleString('en-US')}` : quantity.toLocaleString('en-US'))
export const withSign = (quantity: number): string => (quantity > 0 ? `+${signed(quantity)}` : signed(quantity))

/** Said before it is done: more is taken than the records know of. */
export const shortWords = ({ short }: Picked, unit: string): string | undefined =>
  short === 0 ? undefined : `${amount(short, unit)} more than the records show. It is taken all the same, and the item stands under Below zero until somebody has counted.`

export const wholeNumber = (text: string): number | undefined => (/^\d{1,7}$/.test(text.trim()) ? Number(text.trim()) : undefined)

export interface Variance { line: CountedLine; difference: number }
export const variancesOf = (lines: readonly CountedLine[]): Variance[] =>
  lines.map((line) => ({ line, difference: line.counted - line.expected })).filter(({ difference }) => difference !== 0)
