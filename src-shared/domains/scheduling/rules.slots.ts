import { dateInZone, type Instant } from '../../kernel/time.ts'
import type { Outage } from '../rooms/model.ts'
import type { Holiday, ScheduleBlock, Slot } from './model.ts'
import { heldSpan, isAwayOn, spansAround, spanOf, type Buffers, type Frame, type Span } from './rules.availability.ts'
import { findConflicts, overlaps, sharesProvider, sharesRoom, type Booking, type Wanted } from './rules.ts'
import { outageOf } from './rules.resources.ts'
import { searchSlots } from './rules.search.ts'

/** Everything that a day's answer holds about availability: the form and the grid judge a time with it without asking again. */
export interface Openings<B extends Booking = Booking> extends Frame {
  appointments: readonly B[]
  outages?: readonly Outage[]
}

export interface WantedSlots extends Buffers {
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

/** The next free slots among appointments that are at hand, in order of time, then of provider as given. */
export function nextFreeSlots(open: Openings, wanted: WantedSlots): Slot[] {
  const roomId = wanted.roomId ?? null
  const takenOf = (providerId: string): Span[] => open.appointments
    .filter((one) => one.id !== wanted.movingId && (sharesProvider(one, { providerId }) || sharesRoom(one, { roomId })))
    .map(heldSpan)
  return searchSlots({ frame: open, held: new Map(wanted.providerIds.map((id) => [id, takenOf(id)])) }, wanted).slots
}

export type Fit<B extends Booking> =
  | { kind: 'fits' }
  /** Refused by the service: these hold the time or the room. */
  | { kind: 'taken'; by: readonly B[] }
  /** Refused as well: the room that is wanted is out of service then. */
  | { kind: 'out-of-service'; by: Outage }
  /** Allowed, but said before it happens: a squeezed-in patient is the front desk's decision. */
  | { kind: 'blocked'; by: ScheduleBlock }
  | { kind: 'away' }
  | { kind: 'holiday'; by: Holiday }
  | { kind: 'outside-hours' }

/** Whether a wanted time is free, and what stands in its way. The form says it at once, the service refuses `taken` again. */
export function fitOf<B extends Booking>(open: Openings<B>, wanted: Wanted): Fit<B> {
  const conflicts = findConflicts(open.appointments, wanted)
  if (conflicts.length > 0) return { kind: 'taken', by: conflicts }
  const outage = wanted.roomId === null ? undefined : outageOf(open.outages ?? [], wanted.roomId, wanted)
  return outage ? { kind: 'out-of-service', by: outage } : standingOf(open, wanted)
}

/** What the service would refuse; everything else is allowed and only said. */
export const isRefused = (fit: Pick<Fit<never>, 'kind'>): boolean => fit.kind === 'taken' || fit.kind === 'out-of-service'

export type StandingFit = Exclude<Fit<never>, { kind: 'taken' | 'out-of-service' }>

/** The same without other appointments: whether the provider is there at all. What has become of a plan is judged by this. */
export function standingOf(frame: Frame, wanted: Pick<Wanted, 'providerId' | 'startsAt' | 'endsAt'>): StandingFit {
  const block = frame.blocks.find((one) => one.providerId === wanted.providerId && overlaps(one, wanted))
  if (block) return { kind: 'blocked', by: block }
  const { from, to } = spanOf(wanted)
  if (spansAround(frame, wanted.providerId, wanted.startsAt).some((span) => span.from <= from && to <= span.to)) return { kind: 'fits' }
  const date = dateInZone(wanted.startsAt, frame.zone)
  if (isAwayOn(frame, wanted.providerId, date)) return { kind: 'away' }
  const holiday = frame.holidays.find((one) => one.date === date)
  return holiday ? { kind: 'holiday', by: holiday } : { kind: 'outside-hours' }
}
