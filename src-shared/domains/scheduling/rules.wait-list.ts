import { addMinutes, dateInZone, minuteOfDay, minutesBetween, toInstant, toMs, weekdayOf, type Instant, type PlainDate } from '../../kernel/time.ts'
import type { Slot } from './model.ts'
import type { WaitListEntry } from './model.wait-list.ts'
import { heldSpan, openHours, spanOf, united, without } from './rules.availability.ts'
import { overlaps, sharesProvider } from './rules.ts'
import type { Openings } from './rules.slots.ts'

/** A shorter hole is nobody's visit. */
export const HOLE_MIN = 10
/** Times that are offered to people are said on the clock's five minutes. */
const STEP_MIN = 5

/** The time between two appointments, with what they hold around them, inside the provider's hours, from `now` on, in order of time. */
export function freeHoles(open: Openings, providerId: string, date: PlainDate, now: Instant): Slot[] {
  const taken = united([
    { from: 0, to: toMs(roundedUp(now)) },
    ...open.blocks.filter((block) => block.providerId === providerId).map(spanOf),
    ...open.appointments.filter((one) => sharesProvider(one, { providerId })).map(heldSpan),
  ])
  return without(openHours(open, providerId, date).map(spanOf), taken)
    .map(({ from, to }) => ({ providerId, startsAt: toInstant(from), endsAt: toInstant(to) }))
    .filter((hole) => minutesBetween(hole.startsAt, hole.endsAt) >= HOLE_MIN)
}

const roundedUp = (at: Instant): Instant => toInstant(Math.ceil(toMs(at) / (STEP_MIN * 60_000)) * STEP_MIN * 60_000)

type Wishes = Pick<WaitListEntry, 'providerId' | 'durationMin' | 'weekdays' | 'fromMin' | 'toMin' | 'notBefore' | 'until' | 'noticeMin'>

/** The earliest start inside the free time that suits them, or undefined. */
export const startFor = (wishes: Wishes, hole: Slot, at: { zone: string; now: Instant }): Instant | undefined => startsIn(hole, at)(wishes)

/** The same for everybody on the list: what is true of the free time is asked of the calendar once. */
function startsIn(hole: Slot, { zone, now }: { zone: string; now: Instant }): (wishes: Wishes) => Instant | undefined {
  const date = dateInZone(hole.startsAt, zone)
  const weekday = 1 << weekdayOf(date)
  const holeMin = minuteOfDay(hole.startsAt, zone)
  return (wishes) => {
    const suitsDay = (wishes.notBefore ?? date) <= date && date <= (wishes.until ?? date) && (wishes.weekdays & weekday) !== 0
    if (!suitsDay || (wishes.providerId !== null && wishes.providerId !== hole.providerId)) return undefined
    const told = roundedUp(wishes.noticeMin === 0 ? now : addMinutes(now, wishes.noticeMin))
    const earliest = told > hole.startsAt ? told : hole.startsAt
    const earliestMin = earliest === hole.startsAt ? holeMin : minuteOfDay(earliest, zone)
    const late = wishes.fromMin - earliestMin
    const startsAt = late > 0 ? addMinutes(earliest, late) : earliest
    const endsAt = addMinutes(startsAt, wishes.durationMin)
    if (endsAt > hole.endsAt || (startsAt !== hole.startsAt && dateInZone(startsAt, zone) !== date)) return undefined
    const startMin = startsAt === earliest ? earliestMin : minuteOfDay(startsAt, zone)
    return startMin + wishes.durationMin <= wishes.toMin ? startsAt : undefined
  }
}

/** Urgent ones first, then those who have waited longest; whoever has said no or was not reached comes after the others. */
export function inOrder<E extends Pick<WaitListEntry, 'isUrgent' | 'createdAt' | 'offer'>>(entries: readonly E[]): E[] {
  const rank = (one: E): number => (one.offer ? 2 : 0) + (one.isUrgent ? 0 : 1)
  return entries.toSorted((a, b) => rank(a) - rank(b) || (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0))
}

type Candidate = Wishes & Pick<WaitListEntry, 'id' | 'patientId' | 'appointmentId' | 'isUrgent' | 'createdAt' | 'offer'> & { hasStartsAt: Instant | null }
type Busy = { id: string; patientId: string; startsAt: Instant; endsAt: Instant }

export interface Match<E> { entry: E; startsAt: Instant; providerId: string }

/**
 * Who fits a free time, in order. Nobody is offered a later time than the one they have, nor one at which they are here
 * for something else.
 */
export function matchesOf<E extends Candidate>(entries: readonly E[], hole: Slot, busy: readonly Busy[], at: { zone: string; now: Instant }): Match<E>[] {
  const startOf = startsIn(hole, at)
  const visits = new Map<string, Busy[]>()
  for (const one of busy) visits.set(one.patientId, [...(visits.get(one.patientId) ?? []), one])
  return inOrder(entries).flatMap((entry) => {
    const startsAt = startOf(entry)
    if (!startsAt || (entry.hasStartsAt !== null && entry.hasStartsAt <= startsAt)) return []
    const visit = { startsAt, endsAt: addMinutes(startsAt, entry.durationMin) }
    const isElsewhere = visits.get(entry.patientId)?.some((one) => one.id !== entry.appointmentId && overlaps(one, visit)) ?? false
    return isElsewhere ? [] : [{ entry, startsAt, providerId: hole.providerId }]
  })
}
