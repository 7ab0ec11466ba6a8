import { addDays, dateInZone, instantInZone, minuteOfDay, toMs, weekdayOf, type Instant, type PlainDate } from '#shared/kernel/time.ts'
import type { DemoProvider } from './staff.ts'

const MONTHS_18_DAYS = 548
/** How far ahead appointments are booked. */
const FUTURE_DAYS = 28

/** The moment of an ordinary day that should be "now": the morning is done, some are here, the rest is to come. */
const NOMINAL_NOW_MIN = 680
/** As long as the clock shows a moment in the working day, nothing is shifted. */
const NATURAL: readonly (readonly [number, number])[] = [[600, 715], [800, 900]]
const FIRST_MIN = 480
const LAST_MIN = 1020

export interface Calendar {
  zone: string
  today: PlainDate
  nowMs: number
  /** Index 0 is the first day of the practice's history. */
  firstDay: PlainDate
  todayIndex: number
  days: number
  /** Minutes by which today's hours are moved so that the present moment lies inside them; 0 on a weekday at work. */
  todayShift: number
  /** Providers' opening hours on a day, in milliseconds; empty when closed. */
  openings(index: number, provider: DemoProvider): readonly (readonly [number, number])[]
  dateOf(index: number): PlainDate
  /** A wall-clock minute of a day, in milliseconds. */
  at(index: number, minute: number): number
}

/**
 * Today always has a schedule around the present moment, also on a Sunday or at night: the ordinary hours are moved by
 * whole quarter hours until 11:20 falls on now. Near midnight the day is cut off at its edge, so that early in the
 * night less is done and late in the evening less is left. All other days are ordinary.
 */
export function makeCalendar(now: Instant, zone: string): Calendar {
  const today = dateInZone(now, zone)
  const firstDay = addDays(today, -MONTHS_18_DAYS)
  const todayShift = shiftOf(minuteOfDay(now, zone), weekdayOf(today))
  const noon = new Map<number, number>()
  const dateOf = (index: number): PlainDate => addDays(firstDay, index)
  // The clock changes at night, so every minute of the working day has the same distance from noon.
  const noonOf = (index: number): number => {
    const known = noon.get(index)
    if (known !== undefined) return known
    const ms = toMs(instantInZone(dateOf(index), 720, zone))
    noon.set(index, ms)
    return ms
  }
  const at = (index: number, minute: number): number =>
    index === MONTHS_18_DAYS && todayShift !== 0 ? toMs(instantInZone(today, minute, zone)) : noonOf(index) + (minute - 720) * 60_000
  return {
    zone, today, nowMs: toMs(now), firstDay, todayIndex: MONTHS_18_DAYS, days: MONTHS_18_DAYS + FUTURE_DAYS, todayShift, dateOf, at,
    openings: (index, provider) => {
      if (index === MONTHS_18_DAYS) return todayHours(provider, todayShift).map(([from, to]) => [at(index, from), at(index, to)] as const)
      if (!provider.weekdays.includes(weekdayOf(dateOf(index)))) return []
      return provider.hours.map(([from, to]) => [at(index, from), at(index, to)] as const)
    },
  }
}

/** Today's opening minutes; everyone works today. */
export function todayHours(provider: DemoProvider, shift: number): [from: number, to: number][] {
  return provider.hours.flatMap(([from, to]) => {
    const moved: [number, number] = [Math.max(0, from + shift), Math.min(1440, to + shift)]
    return moved[1] - moved[0] >= 15 ? [moved] : []
  })
}

function shiftOf(minute: number, weekday: number): number {
  const isWeekend = weekday === 0 || weekday === 6
  if (!isWeekend && NATURAL.some(([from, to]) => minute >= from && minute <= to)) return 0
  const shift = Math.round((minute - NOMINAL_NOW_MIN) / 15) * 15
  return Math.max(-FIRST_MIN, Math.min(1440 - LAST_MIN, shift))
}
