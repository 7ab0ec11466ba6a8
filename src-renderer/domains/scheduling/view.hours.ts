import type { AvailabilityRule } from '#shared/domains/scheduling/model.ts'
import type { PlainDate } from '#shared/kernel/time.ts'
import { clock } from '#renderer/ui/format.ts'
import { parseTime } from './view.booking.ts'

/** Pure: a week of opening hours as it is written and read, one line a day. */
export interface Span {
  startMin: number
  endMin: number
}

export const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const
/** A working week begins on Monday. */
export const weekOrder = [1, 2, 3, 4, 5, 6, 0] as const

/** "8:00 am to 12:00 pm, 1:00 pm to 5:00 pm"; nothing for a day off. */
export const spansText = (spans: readonly Span[]): string => spans.map((span) => `${clock(span.startMin)} to ${clock(span.endMin)}`).join(', ')

/** "8-12, 1-5", "8:30 to 12:00 and 13:00 to 17:00"; an empty line is a day off; undefined cannot be read. */
export function parseSpans(text: string): Span[] | undefined {
  if (text.trim() === '') return []
  const spans = text.split(/,|;|\band\b/).map(parseSpan)
  return spans.every((span) => span !== undefined) ? spans : undefined
}

function parseSpan(text: string): Span | undefined {
  const [from, to, ...rest] = text.split(/\bto\b|-|–/)
  const startMin = from === undefined ? undefined : parseTime(from)
  const endMin = to === undefined ? undefined : parseTime(to)
  return startMin !== undefined && endMin !== undefined && rest.length === 0 ? { startMin, endMin } : undefined
}

/** The week that holds on a day, by weekday. */
export function weekOn(hours: readonly AvailabilityRule[], providerId: string, date: PlainDate): Record<number, Span[]> {
  const rows = hours.filter((rule) => rule.providerId === providerId && (rule.validFrom ?? date) <= date && date <= (rule.validTo ?? date))
  return Object.fromEntries(weekOrder.map((weekday) => [weekday, rows.filter((rule) => rule.weekday === weekday).toSorted((a, b) => a.startMin - b.startMin)]))
}

/** From when another week is planned already. */
export const nextWeekFrom = (hours: readonly AvailabilityRule[], providerId: string, date: PlainDate): PlainDate | undefined =>
  hours.filter((rule) => rule.providerId === providerId && rule.validFrom !== null && rule.validFrom > date).map((rule) => rule.validFrom ?? '').toSorted()[0]
