import type { DayOccupancy } from '#shared/domains/scheduling/contract.ts'
import type { PlainDate } from '#shared/kernel/time.ts'
import { count, dayDate, duration } from '#renderer/ui/format.ts'

/** Pure: how full a day is, as the month draws it and says it. */
export interface MonthCell {
  date: PlainDate
  dayOfMonth: number
  isOther: boolean
  holiday: string | null
  /** Of the hours, 0 to 100; undefined where nobody is in. */
  percent: number | undefined
  /** The line under the bar. */
  line: string
  tone: 'free' | 'filling' | 'full' | 'closed'
  /** Read out. */
  label: string
}

const FILLING = 80
const FULL = 98

export function monthCells(dates: readonly PlainDate[], rows: readonly DayOccupancy[], month: PlainDate): MonthCell[] {
  const byDate = new Map(rows.map((row) => [row.date, row]))
  return dates.map((date) => cellOf(date, byDate.get(date), month))
}

function cellOf(date: PlainDate, row: DayOccupancy | undefined, month: PlainDate): MonthCell {
  const { openMin = 0, bookedMin = 0, visits = 0, holiday = null } = row ?? {}
  const percent = openMin > 0 ? Math.min(100, Math.round((bookedMin / openMin) * 100)) : undefined
  const line = percent === undefined ? (visits > 0 ? count(visits, 'visit') : '') : freeWords(openMin - bookedMin)
  return {
    date, dayOfMonth: Number(date.slice(8)), isOther: date.slice(0, 7) !== month.slice(0, 7), holiday, percent, line,
    tone: percent === undefined ? 'closed' : percent >= FULL ? 'full' : percent >= FILLING ? 'filling' : 'free',
    label: [dayDate(date), holiday, percent === undefined ? 'nobody is in' : `${percent} percent booked`, visits > 0 && count(visits, 'visit'), percent !== undefined && line].filter(Boolean).join(', '),
  }
}

/** Quarter hours are exact enough for a look at a month, and of many hours the minutes say nothing. */
function freeWords(minutes: number): string {
  if (minutes < 15) return 'Full'
  return minutes >= 600 ? `${Math.floor(minutes / 60)} h free` : `${duration(Math.floor(minutes / 15) * 15)} free`
}
