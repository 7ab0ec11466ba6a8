import { addDays, PlainDate, splitDate, weekdayOf } from '#shared/kernel/time.ts'
import { date as dateWords, dayDate } from '#renderer/ui/format.ts'

/** Pure: where somebody is in the calendar, as the address of the screen keeps it. */
export const calendarViews = ['day', 'rooms', 'week', 'month'] as const
export type CalendarView = (typeof calendarViews)[number]

export interface CalendarPlace {
  view: CalendarView
  /** Undefined follows the clock: it is today, also after midnight. */
  date: PlainDate | undefined
  /** Whose week or month; undefined is one's own, or the clinic's. */
  providerId: string | undefined
}

const TODAY = 'today'

/** An address that says nothing we know is today by provider: nobody ends on an error because of a typed address. */
export function placeFrom(address: string): CalendarPlace {
  const [date, view, providerId] = address.split('/').slice(2)
  return {
    view: calendarViews.find((one) => one === view) ?? 'day',
    date: PlainDate.safeParse(date).success ? date : undefined,
    providerId,
  }
}

/** Parts of the address after "/day", in order. */
export function partsOf({ view, date, providerId }: CalendarPlace): string[] {
  if (view === 'day') return date === undefined ? [] : [date]
  return [date ?? TODAY, view, ...(providerId !== undefined && view !== 'rooms' ? [providerId] : [])]
}

/** A working week begins on Monday. */
export const mondayOf = (date: PlainDate): PlainDate => addDays(date, -((weekdayOf(date) + 6) % 7))

export const firstOfMonth = (date: PlainDate): PlainDate => `${date.slice(0, 8)}01`

/** The same day of another month, or the last one that it has. */
export function addMonths(date: PlainDate, months: number): PlainDate {
  const [year, month, day] = splitDate(date)
  const first = new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10)
  const last = addDays(new Date(Date.UTC(year, month + months, 1)).toISOString().slice(0, 10), -1)
  const wanted = addDays(first, day - 1)
  return wanted > last ? last : wanted
}

/** One step of ← or → in a view. */
export function stepDate(view: CalendarView, date: PlainDate, step: 1 | -1): PlainDate {
  if (view === 'month') return addMonths(date, step)
  return addDays(date, view === 'week' ? 7 * step : step)
}

/** Whole weeks that hold the month, Monday to Sunday. */
export function monthDates(date: PlainDate): PlainDate[] {
  const first = firstOfMonth(date)
  const from = mondayOf(first)
  const last = addDays(addMonths(first, 1), -1)
  const weeks = Math.ceil((Date.parse(last) - Date.parse(from) + 86_400_000) / (7 * 86_400_000))
  return Array.from({ length: weeks * 7 }, (_, i) => addDays(from, i))
}

const monthWords = (date: PlainDate): string => {
  const [year, month] = splitDate(date)
  return new Intl.DateTimeFormat('en-US', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(Date.UTC(year, month - 1, 1))
}

/** "Tue 17 Nov 2026", "16 to 22 Nov 2026", "November 2026". */
export function placeWords(view: CalendarView, date: PlainDate): string {
  if (view === 'month') return monthWords(date)
  if (view !== 'week') return dayDate(date)
  const [from, to] = [mondayOf(date), addDays(mondayOf(date), 6)]
  const fromText = dateWords(from)
  const common = from.slice(0, 7) === to.slice(0, 7) ? /\s.*$/ : from.slice(0, 4) === to.slice(0, 4) ? / \d{4}$/ : /$^/
  return `${fromText.replace(common, '')} to ${dateWords(to)}`
}

export const viewWords: Record<CalendarView, { name: string; one: string }> = {
  day: { name: 'Day', one: 'Day' }, rooms: { name: 'Rooms', one: 'Day' }, week: { name: 'Week', one: 'Week' }, month: { name: 'Month', one: 'Month' },
}
