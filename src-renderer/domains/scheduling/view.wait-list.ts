import type { Day } from '#shared/domains/scheduling/contract.ts'
import type { Slot } from '#shared/domains/scheduling/model.ts'
import { ANY_WEEKDAY, type WaitListEntry, type WaitListRow } from '#shared/domains/scheduling/model.wait-list.ts'
import { holdsItsSlot, overlaps } from '#shared/domains/scheduling/rules.ts'
import { freeHoles, matchesOf, type Match } from '#shared/domains/scheduling/rules.wait-list.ts'
import { dateInZone, type Instant, type PlainDate } from '#shared/kernel/time.ts'
import { clock, duration, nearDate, nearTime, time } from '#renderer/ui/format.ts'
import { providerName } from './view.ts'

/** Pure: who on the wait list fits which free time of the day that is shown. */
export interface Hole {
  slot: Slot
  matches: Match<WaitListRow>[]
  /** Somebody cancelled or did not come: it was taken before. */
  isFreed: boolean
}

/** Free times that somebody fits, in order of time, then of column. */
export function holesOf(day: Day, rows: readonly WaitListRow[], at: { zone: string; now: Instant }): Hole[] {
  return day.providers
    .flatMap(({ id }) => freeHoles({ ...day, zone: at.zone }, id, day.date, at.now))
    .map((slot) => ({ slot, matches: matchesOf(rows, slot, day.appointments, at), isFreed: day.appointments.some((one) => one.providerId === slot.providerId && !holdsItsSlot(one.status) && overlaps(one, slot)) }))
    .filter((hole) => hole.matches.length > 0)
    .toSorted((a, b) => (a.slot.startsAt < b.slot.startsAt ? -1 : a.slot.startsAt > b.slot.startsAt ? 1 : 0))
}

/** The earliest time of the day for each who fits anywhere; of one hole only, where one is chosen. */
export function offersOf(holes: readonly Hole[], chosen: Hole | undefined): Map<string, Match<WaitListRow>> {
  const offers = new Map<string, Match<WaitListRow>>()
  for (const match of (chosen ? [chosen] : holes).flatMap((hole) => hole.matches)) if (!offers.has(match.entry.id)) offers.set(match.entry.id, match)
  return offers
}

const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
export const weekdayLetters = ['S', 'M', 'T', 'W', 'T', 'F', 'S']
export const weekdayNames = dayNames
export const hasWeekday = (weekdays: number, day: number): boolean => (weekdays & (1 << day)) !== 0

type Wishes = Pick<WaitListEntry, 'providerId' | 'weekdays' | 'fromMin' | 'toMin' | 'notBefore' | 'until' | 'noticeMin'>

/** "Dr. Haddad only · any Friday · after 3:00 pm"; "Any time" for somebody without wishes. */
export function wishWords(wishes: Wishes, day: Day, today: PlainDate): string {
  const provider = day.providers.find(({ id }) => id === wishes.providerId)
  const words = [
    provider && `${providerName(provider)} only`,
    wishes.weekdays !== ANY_WEEKDAY && weekdayWords(wishes.weekdays),
    timeWords(wishes.fromMin, wishes.toMin),
    wishes.notBefore && wishes.notBefore > today && `from ${nearDate(wishes.notBefore, today)}`,
    wishes.until && `until ${nearDate(wishes.until, today)}`,
    wishes.noticeMin > 0 && `${duration(wishes.noticeMin)} notice`,
  ].filter((part) => typeof part === 'string' && part !== '')
  const text = words.join(' · ')
  return text === '' ? 'Any time' : text[0]?.toUpperCase() + text.slice(1)
}

function weekdayWords(weekdays: number): string {
  const days = dayNames.filter((_, day) => hasWeekday(weekdays, day))
  return days.length === 1 ? `any ${days[0]}` : days.map((day) => day.slice(0, 3)).join(', ')
}

function timeWords(fromMin: number, toMin: number): string | undefined {
  if (fromMin === 0 && toMin === 1440) return undefined
  if (fromMin === 0) return toMin === 720 ? 'mornings' : `before ${clock(toMin)}`
  if (toMin === 1440) return fromMin === 720 ? 'afternoons' : `after ${clock(fromMin)}`
  return `${clock(fromMin)} to ${clock(toMin)}`
}

/** "Urgent, has 1:30 pm today"; undefined for somebody who has nothing and can wait. */
export function standingWords({ isUrgent, hasStartsAt }: WaitListRow, zone: string, today: PlainDate): string | undefined {
  const has = hasStartsAt ? `has ${dateInZone(hasStartsAt, zone) === today ? `${time(hasStartsAt, zone)} today` : nearTime(hasStartsAt, zone, today)}` : undefined
  const words = [isUrgent && 'urgent', has].filter(Boolean).join(', ')
  return words === '' ? undefined : words[0]?.toUpperCase() + words.slice(1)
}

export const offerWords = { declined: 'Said no last time', 'no-answer': 'Did not answer last time' } as const
