import { limits } from '../../kernel/limits.ts'
import { addDays, addMonths, dateInZone, daysBetween, instantInZone, minuteOfDay, splitDate, toMs, weekdayOf, type Instant, type PlainDate } from '../../kernel/time.ts'
import type { Slot } from './model.ts'
import type { Occurrence, SeriesPattern } from './model.series.ts'
import type { Span } from './rules.availability.ts'

/** Nobody's hours are known further ahead. */
const LONGEST_YEARS = 10

/** The dates of a series, its first one included, on the clinic's calendar. Never more than `series_visits_max`. */
export function seriesDates(pattern: SeriesPattern, first: PlainDate): PlainDate[] {
  const wanted = Math.min(pattern.count ?? limits.series_visits_max, limits.series_visits_max)
  const last = pattern.until ?? addMonths(first, LONGEST_YEARS * 12)
  const dates: PlainDate[] = []
  for (let step = 0; dates.length < wanted; step += 1) {
    const some = datesOfStep(pattern, first, step).filter((date) => date >= first)
    dates.push(...some.filter((date) => date <= last))
    if (some.some((date) => date > last)) break
  }
  return dates.slice(0, wanted)
}

function datesOfStep({ unit, every, weekdays, isByWeekday }: SeriesPattern, first: PlainDate, step: number): PlainDate[] {
  if (unit === 'day') return [addDays(first, step * every)]
  if (unit === 'month') return [isByWeekday ? sameWeekday(first, step * every) : addMonths(first, step * every)]
  const sunday = addDays(first, -weekdayOf(first) + step * every * 7)
  const days = weekdays.length === 0 ? [weekdayOf(first)] : [...new Set(weekdays)].toSorted((a, b) => a - b)
  return days.map((day) => addDays(sunday, day))
}

/** "The second Tuesday" so many months later. A fifth one is the last: not every month has five. */
function sameWeekday(first: PlainDate, months: number): PlainDate {
  const nth = nthInMonth(first)
  const [year, month] = splitDate(addMonths(`${first.slice(0, 7)}-01`, months))
  const firstOfMonth = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-01`
  const earliest = addDays(firstOfMonth, (weekdayOf(first) - weekdayOf(firstOfMonth) + 7) % 7)
  const wanted = addDays(earliest, (nth - 1) * 7)
  return wanted.slice(0, 7) === firstOfMonth.slice(0, 7) ? wanted : addDays(wanted, -7)
}

/** 1 to 5: which one of its weekday in its month. */
export const nthInMonth = (date: PlainDate): number => Math.ceil(splitDate(date)[2] / 7)

/** The same time by the clinic's clock on each date: summer time changes the instant and not the hour. */
export const seriesOccurrences = (pattern: SeriesPattern, first: Occurrence, zone: string): Occurrence[] => {
  const minute = minuteOfDay(first.startsAt, zone)
  return seriesDates(pattern, dateInZone(first.startsAt, zone)).map((date) => ({ providerId: first.providerId, startsAt: instantInZone(date, minute, zone) }))
}

/**
 * Where the others of a series go when one of them is moved: by as many days, to the same time by the clock, and with the
 * same provider as the one that was moved.
 */
export function movedAlike(others: readonly Occurrence[], from: Occurrence, to: Occurrence, zone: string): Occurrence[] {
  const days = daysBetween(dateInZone(from.startsAt, zone), dateInZone(to.startsAt, zone))
  const minute = minuteOfDay(to.startsAt, zone)
  return others.map((one) => ({
    providerId: one.providerId === from.providerId ? to.providerId : one.providerId,
    startsAt: instantInZone(addDays(dateInZone(one.startsAt, zone), days), minute, zone),
  }))
}

/**
 * The free time that is nearest to what was wanted and meets none of the others of the series: of the same day before the
 * next one, then at the hour that is most alike; of two as near, the later one.
 */
export function nearestSlot(slots: readonly Slot[], wanted: Instant, others: readonly Span[], zone: string): Slot | undefined {
  const [date, minute] = [dateInZone(wanted, zone), minuteOfDay(wanted, zone)]
  const distance = ({ startsAt }: Slot): number => Math.abs(daysBetween(date, dateInZone(startsAt, zone))) * 1440 + Math.abs(minuteOfDay(startsAt, zone) - minute)
  return slots
    .filter((slot) => !others.some((one) => one.from < toMs(slot.endsAt) && toMs(slot.startsAt) < one.to))
    .toSorted((a, b) => distance(a) - distance(b) || (a.startsAt > b.startsAt ? -1 : 1))[0]
}
