import type { Role } from '#shared/access/roles.ts'
import type { Roster } from '#shared/domains/staff/contract.ts'
import type { RosterPerson, Shift, ShiftTimes } from '#shared/domains/staff/model.ts'
import { coverageGaps, isOnLeave, weekOf, workMinutes } from '#shared/domains/staff/rules.ts'
import { addDays, splitDate, type PlainDate } from '#shared/kernel/time.ts'
import { count, dayDate, clock, spokenName } from '#renderer/ui/format.ts'

/** Pure: the week as a grid of people and days. */
export interface Cell {
  date: PlainDate
  staffId: string
  shifts: readonly Shift[]
  isAway: boolean
  holiday: string | undefined
}
export interface RosterRow {
  person: RosterPerson
  cells: readonly Cell[]
  /** "32 h": what the week's shifts come to, leave left out. */
  hours: string
}

export function rosterRows(roster: Roster, monday: PlainDate): RosterRow[] {
  return roster.people.map((person) => {
    const cells = weekOf(monday).map((date): Cell => ({
      date, staffId: person.id, shifts: roster.shifts.filter((shift) => shift.staffId === person.id && shift.date === date).toSorted((a, b) => a.startMin - b.startMin),
      isAway: isOnLeave(roster.leaves, person.id, date), holiday: roster.holidays.find((holiday) => holiday.date === date)?.name,
    }))
    const minutes = cells.filter((cell) => !cell.isAway).flatMap((cell) => cell.shifts).reduce((sum, shift) => sum + workMinutes(shift), 0)
    return { person, cells, hours: minutes === 0 ? '' : hoursText(minutes) }
  })
}

/** "120 h", "37 h 30 min": wages are paid by the hour, so it never becomes days. */
export const hoursText = (minutes: number): string => [`${Math.floor(minutes / 60)} h`, minutes % 60 > 0 && `${minutes % 60} min`].filter(Boolean).join(' ')

/** "8:00 am to 5:00 pm". */
export const shiftWords = (shift: ShiftTimes): string => (shift.kind === 'off' ? 'Off' : `${clock(shift.startMin)} to ${clock(shift.endMin % 1440)}`)

/** "Tom Okafor, Mon 23 Nov 2026: 8:00 am to 5:00 pm". */
export function cellWords(cell: Cell, person: RosterPerson): string {
  const what = cell.isAway ? 'on leave' : cell.shifts.map(shiftWords).join(', ') || cell.holiday || 'no shift'
  return `${spokenName(person)}, ${dayDate(cell.date)}: ${what}`
}

export function gapWords(roster: Roster, monday: PlainDate): string[] {
  return coverageGaps(weekOf(monday), roster.coverage, roster).map(({ rule, date, people }) =>
    `${dayDate(date)}, ${clock(rule.startMin)} to ${clock(rule.endMin)}: ${count(people, roleWords[rule.role])} of ${rule.peopleMin}`)
}

export const roleWords: Record<Role, string> = {
  administrator: 'administrator', doctor: 'doctor', nurse: 'nurse', receptionist: 'receptionist', billing: 'billing clerk', pharmacist: 'pharmacist', patient: 'patient',
}

/** The usual day: what a new shift begins with. */
export const usualTimes: ShiftTimes = { kind: 'work', startMin: 480, endMin: 1_020, breakStartMin: 720, breakEndMin: 780 }

/** Where the arrows lead inside the grid; at an edge nowhere. */
export function neighbour(key: string, row: number, column: number, rows: number): { row: number; column: number } {
  const [down, right] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[key] ?? [0, 0]
  return { row: Math.min(rows - 1, Math.max(0, row + (down ?? 0))), column: Math.min(6, Math.max(0, column + (right ?? 0))) }
}

export const nextWeek = (monday: PlainDate, weeks: number): PlainDate => addDays(monday, 7 * weeks)

export const timeText = (minute: number): string => `${Math.floor((minute % 1440) / 60)}:${String(minute % 60).padStart(2, '0')}`

export const weekdayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

/** The first and the last day of the month that a day is in. */
export function monthAround(day: PlainDate): { from: PlainDate; to: PlainDate } {
  const [year, month] = splitDate(day)
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return { from: `${day.slice(0, 8)}01`, to: `${day.slice(0, 8)}${String(last).padStart(2, '0')}` }
}
