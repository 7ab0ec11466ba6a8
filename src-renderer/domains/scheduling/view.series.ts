import type { CheckedOccurrence } from '#shared/domains/scheduling/contract.series.ts'
import type { Day } from '#shared/domains/scheduling/contract.ts'
import type { DayAppointment } from '#shared/domains/scheduling/model.ts'
import { isHardProblem, SeriesPattern, type Occurrence, type OccurrenceProblem, type SeriesUnit } from '#shared/domains/scheduling/model.series.ts'
import { nthInMonth, seriesOccurrences } from '#shared/domains/scheduling/rules.series.ts'
import { holdsItsSlot, isGroupMate } from '#shared/domains/scheduling/rules.ts'
import { limits } from '#shared/kernel/limits.ts'
import { isPlainHttps } from '#shared/kernel/plain-https.ts'
import { dateInZone, weekdayOf, type PlainDate } from '#shared/kernel/time.ts'
import { count, date as dateText, dayDate, listName, time } from '#renderer/ui/format.ts'
import { nameOf } from './view.fit.ts'
import { weekdayNames } from './view.wait-list.ts'

/** Pure: how a series is written down in the form, and what is said of each of its dates. */
export interface RepeatDraft {
  unit: SeriesUnit
  everyText: string
  weekdays: readonly number[]
  isByWeekday: boolean
  endsBy: 'count' | 'until'
  countText: string
  until: PlainDate | undefined
}
export const emptyRepeat: RepeatDraft = { unit: 'week', everyText: '1', weekdays: [], isByWeekday: false, endsBy: 'count', countText: '6', until: undefined }

const whole = (text: string): number => (/^\d{1,3}$/.test(text.trim()) ? Number(text) : 0)

/** The pattern, or why it cannot be read. */
export function readRepeat(repeat: RepeatDraft, first: PlainDate): { pattern: SeriesPattern } | { problem: string } {
  const [every, times] = [whole(repeat.everyText), whole(repeat.countText)]
  if (every < 1 || every > limits.series_every_max) return { problem: `Repeat every 1 to ${limits.series_every_max} ${repeat.unit}s.` }
  if (repeat.endsBy === 'count' && (times < 2 || times > limits.series_visits_max)) return { problem: `A series has 2 to ${limits.series_visits_max} visits.` }
  if (repeat.endsBy === 'until' && (repeat.until === undefined || repeat.until <= first)) return { problem: 'Give the last day, after the first visit.' }
  const weekdays = repeat.unit === 'week' ? [...new Set([weekdayOf(first), ...repeat.weekdays])] : []
  return { pattern: SeriesPattern.parse({ unit: repeat.unit, every, weekdays, isByWeekday: repeat.isByWeekday, count: repeat.endsBy === 'count' ? times : null, until: repeat.endsBy === 'until' ? repeat.until : null }) }
}

const nth = ['first', 'second', 'third', 'fourth', 'last']
export const monthlyChoices = (first: PlainDate): { value: 'date' | 'weekday'; label: string }[] => [
  { value: 'date', label: `On day ${Number(first.slice(8))}` }, { value: 'weekday', label: `On the ${nth[nthInMonth(first) - 1] ?? 'last'} ${weekdayNames[weekdayOf(first)]}` },
]

/** "Every 2 weeks on Monday and Thursday, 10 times". */
export function patternWords({ unit, every, weekdays, isByWeekday, count: times, until }: SeriesPattern, first: PlainDate): string {
  const days = weekdays.toSorted((a, b) => a - b).map((day) => weekdayNames[day]).join(', ').replace(/, ([^,]+)$/, ' and $1')
  const on = unit === 'week' ? ` on ${days || weekdayNames[weekdayOf(first)]}` : unit === 'month' ? (isByWeekday ? ` on the ${nth[nthInMonth(first) - 1] ?? 'last'} ${weekdayNames[weekdayOf(first)]}` : ` on day ${Number(first.slice(8))}`) : ''
  return `Every ${every === 1 ? unit : `${every} ${unit}s`}${on}, ${times === null ? `until ${dateText(until ?? first)}` : `${times} times`}`
}

/** One date of a series that is being planned. `key`: the time the pattern gave it. */
export interface PlanLine extends Occurrence {
  key: string
  isSkipped: boolean
  /** Somebody has said that it stands although nobody is in then. */
  isKept: boolean
}
export interface SeriesPlan { pattern: SeriesPattern; lines: readonly PlanLine[] }

export const planOf = (pattern: SeriesPattern, first: Occurrence, zone: string): SeriesPlan =>
  ({ pattern, lines: seriesOccurrences(pattern, first, zone).map((one) => ({ ...one, key: one.startsAt, isSkipped: false, isKept: false })) })

export type LineState = 'unknown' | 'fits' | 'open' | 'kept' | 'skipped'
export function stateOf(line: PlanLine, checked: CheckedOccurrence | undefined): LineState {
  if (line.isSkipped) return 'skipped'
  if (!checked || checked.startsAt !== line.startsAt) return 'unknown'
  if (checked.problem === null) return 'fits'
  return line.isKept && !isHardProblem(checked.problem) ? 'kept' : 'open'
}

export const mayKeep = (checked: CheckedOccurrence | undefined): boolean => checked?.problem != null && !isHardProblem(checked.problem)

/** Who or what is in the way: "Dr. Haddad has Chen, Wei 10:00 am". */
export function problemWords(problem: OccurrenceProblem, { providerId, by }: Pick<CheckedOccurrence, 'providerId' | 'by'>, day: Pick<Day, 'providers'>, zone: string): string {
  const who = nameOf(providerId, day)
  switch (problem.kind) {
    case 'taken': {
      const whom = by ? `${listName(by.patient)} at ${time(by.startsAt, zone)}` : 'somebody else'
      return problem.cause === 'room' ? `The room is taken: ${whom}` : `${by ? nameOf(by.providerId, day) : who} has ${whom}`
    }
    case 'nothing-fits': return problem.room ? 'No room of the kind it needs is free' : 'What it needs is not free'
    case 'refused': return problem.code === 'MEETS_ITSELF' ? 'Meets another visit of this series' : 'Cannot be booked'
    case 'blocked': return `${who}: ${problem.by.title}`
    case 'holiday': return `The clinic is closed: ${problem.by.name}`
    case 'away': return `${who} is away that day`
    case 'outside-hours': return `${who} is not in at that time`
  }
}

export const openWords = (open: number): string | undefined => (open === 0 ? undefined : open === 1 ? 'One date needs a decision.' : `${open} dates need a decision.`)
export const whenWords = (startsAt: string, zone: string): string => `${dayDate(dateInZone(startsAt, zone))}, ${time(startsAt, zone)}`
export const placeWords = (one: { seriesPlace: number | null; seriesVisits: number | null }): string | undefined =>
  (one.seriesPlace === null || one.seriesVisits === null ? undefined : `${one.seriesPlace} of ${one.seriesVisits}`)
/** "3 of 8 places": who shares its time. */
export function groupWords(one: DayAppointment, day: Pick<Day, 'appointments'>): string {
  const mates = day.appointments.filter((other) => holdsItsSlot(other.status) && (other.id === one.id || isGroupMate(other, one)))
  return `${mates.length} of ${count(one.capacity, 'place')}`
}
export const visitsWords = (n: number): string => count(n, 'visit')

/** A link as it will be kept, from what was typed or pasted; empty is none. */
export function readLink(text: string): { url: string | null } | { problem: string } {
  const typed = text.trim()
  if (typed === '') return { url: null }
  const url = URL.canParse(typed) ? new URL(typed).href : typed
  return isPlainHttps(url) ? { url } : { problem: 'A link begins with https:// and names a host, like https://meet.example.org/room.' }
}
