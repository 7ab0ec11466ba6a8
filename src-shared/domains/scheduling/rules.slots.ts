import { addDays, dateInZone, instantInZone, toInstant, toMs, weekdayOf, type Instant, type PlainDate } from '../../kernel/time.ts'
import type { AvailabilityRule, ScheduleBlock, Slot } from './model.ts'
import { findConflicts, overlaps, sharesProvider, sharesRoom, type Booking, type Wanted } from './rules.ts'

export interface Openings<B extends Booking = Booking> {
  hours: readonly AvailabilityRule[]
  blocks: readonly ScheduleBlock[]
  appointments: readonly B[]
  zone: string
}

export const SLOT_STEP_MIN = 15

export interface WantedSlots {
  providerIds: readonly string[]
  /** Only times at which this room is free as well. */
  roomId?: string | null
  /** The appointment that is being moved does not stand in its own way. */
  movingId?: string
  from: Instant
  durationMin: number
  limit: number
  /** Days that are looked through, the day of `from` included. */
  days: number
}

/**
 * The next free slots at or after `from`, in order of time, then of provider as given in `providerIds`.
 * Starts lie on quarter hours inside the provider's hours; a block or a live appointment takes its time out.
 */
export function nextFreeSlots(open: Openings, wanted: WantedSlots): Slot[] {
  const found: Slot[] = []
  const first = dateInZone(wanted.from, open.zone)
  for (let day = 0; day < wanted.days && found.length < wanted.limit; day += 1) {
    const today = wanted.providerIds.flatMap((providerId) => freeOnDay(open, providerId, addDays(first, day), wanted))
    found.push(...today.filter((slot) => slot.startsAt >= wanted.from).toSorted(byStart))
  }
  return found.slice(0, wanted.limit)
}

/** A provider's opening hours on one day as instants; a gap between two rows is a break. */
export function openHours(hours: readonly AvailabilityRule[], providerId: string, date: PlainDate, zone: string): { startsAt: Instant; endsAt: Instant }[] {
  const weekday = weekdayOf(date)
  return hours
    .filter((rule) => rule.providerId === providerId && rule.weekday === weekday && (rule.validFrom ?? date) <= date && date <= (rule.validTo ?? date))
    .map((rule) => ({ startsAt: instantInZone(date, rule.startMin, zone), endsAt: instantInZone(date, rule.endMin, zone) }))
    .toSorted(byStart)
}

export type Fit<B extends Booking> =
  | { kind: 'fits' }
  /** Refused by the service: these hold the time or the room. */
  | { kind: 'taken'; by: readonly B[] }
  /** Allowed, but said before it happens: a squeezed-in patient is the front desk's decision. */
  | { kind: 'blocked'; by: ScheduleBlock }
  | { kind: 'outside-hours' }

/** Whether a wanted time is free, and what stands in its way. The form says it at once, the service refuses `taken` again. */
export function fitOf<B extends Booking>(open: Openings<B>, wanted: Wanted): Fit<B> {
  const conflicts = findConflicts(open.appointments, wanted)
  if (conflicts.length > 0) return { kind: 'taken', by: conflicts }
  const block = open.blocks.find((one) => one.providerId === wanted.providerId && overlaps(one, wanted))
  if (block) return { kind: 'blocked', by: block }
  const spans = openHours(open.hours, wanted.providerId, dateInZone(wanted.startsAt, open.zone), open.zone)
  return spans.some((span) => span.startsAt <= wanted.startsAt && wanted.endsAt <= span.endsAt) ? { kind: 'fits' } : { kind: 'outside-hours' }
}

function freeOnDay(open: Openings, providerId: string, date: PlainDate, { durationMin, roomId = null, movingId }: WantedSlots): Slot[] {
  const taken = [
    ...open.blocks.filter((block) => block.providerId === providerId),
    ...open.appointments.filter((one) => one.id !== movingId && (sharesProvider(one, { providerId }) || sharesRoom(one, { roomId }))),
  ]
  return openHours(open.hours, providerId, date, open.zone).flatMap((span) => {
    const slots: Slot[] = []
    const [step, length, end] = [SLOT_STEP_MIN * 60_000, durationMin * 60_000, toMs(span.endsAt)]
    // Counted in numbers: past the year 9999 the text of an instant is longer, and its order is no longer that of time.
    for (let at = toMs(span.startsAt); at + length <= end; at += step) {
      const slot = { providerId, startsAt: toInstant(at), endsAt: toInstant(at + length) }
      if (!taken.some((one) => overlaps(one, slot))) slots.push(slot)
    }
    return slots
  })
}

/** Instants have a fixed width, so text order is time order. */
const byStart = (a: { startsAt: Instant }, b: { startsAt: Instant }): number => (a.startsAt < b.startsAt ? -1 : a.startsAt > b.startsAt ? 1 : 0)
