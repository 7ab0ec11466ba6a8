import type { Role } from '../../access/roles.ts'
import { addDays, daysBetween, weekdayOf, type PlainDate } from '../../kernel/time.ts'
import type { Holiday } from '../scheduling/model.ts'
import type { CoverageRule, Leave, Shift, ShiftTimes, TemplateShift } from './model.ts'

const DAY_MIN = 1440

/** Weeks begin on Monday. */
export const mondayOf = (date: PlainDate): PlainDate => addDays(date, -((weekdayOf(date) + 6) % 7))
export const weekOf = (monday: PlainDate): PlainDate[] => Array.from({ length: 7 }, (_, i) => addDays(monday, i))

/** Ends after it begins and within a day; a break lies inside. */
export function areTimesSound({ startMin, endMin, breakStartMin, breakEndMin }: Omit<ShiftTimes, 'kind'>): boolean {
  if (endMin <= startMin || endMin > startMin + DAY_MIN) return false
  if (breakStartMin === null && breakEndMin === null) return true
  return breakStartMin !== null && breakEndMin !== null && startMin <= breakStartMin && breakStartMin < breakEndMin && breakEndMin <= endMin
}

/** Other shifts of the same person over the same time; a night shift reaches into the next day. */
export function clashingShifts(existing: readonly Shift[], wanted: Shift): Shift[] {
  return existing.filter((one) => {
    const shift = daysBetween(wanted.date, one.date) * DAY_MIN
    return one.id !== wanted.id && one.staffId === wanted.staffId && one.startMin + shift < wanted.endMin && wanted.startMin < one.endMin + shift
  })
}

export const workMinutes = ({ kind, startMin, endMin, breakStartMin, breakEndMin }: ShiftTimes): number =>
  kind === 'off' ? 0 : endMin - startMin - ((breakEndMin ?? 0) - (breakStartMin ?? 0))

export const isOnLeave = (leaves: readonly Leave[], staffId: string, date: PlainDate): boolean =>
  leaves.some((leave) => leave.staffId === staffId && leave.fromOn <= date && date <= leave.toOn)

/** The shifts that a week's pattern brings to another week: for whoever has none on that day, and not on holidays. */
export function fillingShifts(pattern: readonly TemplateShift[], monday: PlainDate, existing: readonly Shift[], holidays: readonly Holiday[]): { add: Omit<Shift, 'id'>[]; kept: number } {
  const dayOf = (weekday: number): PlainDate => addDays(monday, (weekday + 6) % 7)
  const wanted = pattern.map(({ weekday, ...rest }) => ({ ...rest, date: dayOf(weekday) })).filter(({ date }) => !holidays.some((holiday) => holiday.date === date))
  const isFree = (one: Omit<Shift, 'id'>) => !existing.some((other) => other.staffId === one.staffId && other.date === one.date) && clashingShifts(existing, { ...one, id: '' }).length === 0
  const add = wanted.filter(isFree)
  return { add, kept: wanted.length - add.length }
}

export interface CoverageGap {
  rule: CoverageRule
  date: PlainDate
  /** The fewest who are there at any moment of the rule's time. */
  people: number
}

interface Week { people: readonly { id: string; roles: readonly Role[] }[]; shifts: readonly Shift[]; leaves: readonly Leave[]; holidays: readonly Holiday[] }

/** Where a week has fewer people of a role than a rule asks for at some moment. Closed days ask for nobody. */
export function coverageGaps(dates: readonly PlainDate[], rules: readonly CoverageRule[], week: Week): CoverageGap[] {
  return dates.filter((date) => !week.holidays.some((holiday) => holiday.date === date)).flatMap((date) =>
    rules.filter((rule) => rule.weekday === weekdayOf(date)).flatMap((rule) => {
      const people = fewestPresent(rule, date, week)
      return people < rule.peopleMin ? [{ rule, date, people }] : []
    }))
}

function fewestPresent(rule: CoverageRule, date: PlainDate, { people, shifts, leaves }: Week): number {
  const ids = new Set(people.filter((person) => person.roles.includes(rule.role)).map((person) => person.id))
  const present = [date, addDays(date, -1)].flatMap((day) => shifts
    .filter((shift) => shift.kind === 'work' && shift.date === day && ids.has(shift.staffId) && !isOnLeave(leaves, shift.staffId, date))
    // A break counts as present: somebody at lunch is in the house.
    .map(({ staffId, startMin, endMin }) => ({ staffId, from: startMin - (day === date ? 0 : DAY_MIN), to: endMin - (day === date ? 0 : DAY_MIN) })))
  // The number changes only where somebody comes or goes.
  const moments = [rule.startMin, ...present.flatMap(({ from, to }) => [from, to])].filter((minute) => minute >= rule.startMin && minute < rule.endMin)
  return Math.min(...moments.map((minute) => new Set(present.filter(({ from, to }) => from <= minute && minute < to).map((one) => one.staffId)).size))
}
