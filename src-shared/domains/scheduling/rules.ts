import { addDays, addMinutes, dateInZone, instantInZone, toMs, weekdayOf, type Instant, type PlainDate } from '../../kernel/time.ts'
import { AppointmentStatus, statusesWithoutSlot, type Appointment, type AvailabilityRule, type ScheduleBlock, type Slot } from './model.ts'

type Booking = Pick<Appointment, 'id' | 'providerId' | 'roomId' | 'startsAt' | 'endsAt' | 'status'>
type Wanted = Pick<Booking, 'id' | 'providerId' | 'roomId' | 'startsAt' | 'endsAt'>

/** Live appointments that share the provider's or the room's time. Times are half open: one may begin when the other ends. */
export function findConflicts<B extends Booking>(existing: readonly B[], wanted: Wanted): B[] {
  return existing.filter((one) =>
    one.id !== wanted.id && holdsItsSlot(one.status) && overlaps(one, wanted) &&
    (one.providerId === wanted.providerId || (wanted.roomId !== null && one.roomId === wanted.roomId)))
}

export const holdsItsSlot = (status: AppointmentStatus): boolean => !(statusesWithoutSlot as readonly string[]).includes(status)

export const overlaps = (a: { startsAt: Instant; endsAt: Instant }, b: { startsAt: Instant; endsAt: Instant }): boolean =>
  a.startsAt < b.endsAt && b.startsAt < a.endsAt

/** From which statuses each step may be taken; the button, the service and the test read this one table. */
export const steps = {
  arrive: { from: [AppointmentStatus.proposed, AppointmentStatus.booked], to: AppointmentStatus.arrived },
  room: { from: [AppointmentStatus.arrived, AppointmentStatus.roomed], to: AppointmentStatus.roomed },
  start: { from: [AppointmentStatus.arrived, AppointmentStatus.roomed], to: AppointmentStatus.inProgress },
  complete: { from: [AppointmentStatus.inProgress, AppointmentStatus.roomed, AppointmentStatus.arrived], to: AppointmentStatus.fulfilled },
  cancel: { from: [AppointmentStatus.proposed, AppointmentStatus.booked, AppointmentStatus.arrived], to: AppointmentStatus.cancelled },
  markNoShow: { from: [AppointmentStatus.proposed, AppointmentStatus.booked], to: AppointmentStatus.noShow },
} as const satisfies Record<string, { from: readonly AppointmentStatus[]; to: AppointmentStatus }>
export type Step = keyof typeof steps

export function canStep(status: AppointmentStatus, step: Step): boolean {
  return (steps[step].from as readonly AppointmentStatus[]).includes(status)
}

/** A visit that has begun stays where it is. */
export const canMove = (status: AppointmentStatus): boolean =>
  status === AppointmentStatus.proposed || status === AppointmentStatus.booked || status === AppointmentStatus.arrived

export interface Openings {
  hours: readonly AvailabilityRule[]
  blocks: readonly ScheduleBlock[]
  appointments: readonly Booking[]
  zone: string
}

const SLOT_STEP_MIN = 15
const DAYS_SEARCHED_MAX = 60

/**
 * The next free slots at or after `from`, in order of time, then of provider as given in `providerIds`.
 * Starts lie on quarter hours inside the provider's hours; a block or a live appointment takes its time out.
 */
export function nextFreeSlots(open: Openings, wanted: { providerIds: readonly string[]; from: Instant; durationMin: number; limit: number }): Slot[] {
  const found: Slot[] = []
  let date = dateInZone(wanted.from, open.zone)
  for (let day = 0; day < DAYS_SEARCHED_MAX && found.length < wanted.limit; day += 1) {
    const today = wanted.providerIds.flatMap((providerId) => freeOnDay(open, providerId, date, wanted.durationMin))
    const later = today.filter((slot) => slot.startsAt >= wanted.from)
    found.push(...later.sort((a, b) => toMs(a.startsAt) - toMs(b.startsAt)))
    date = addDays(date, 1)
  }
  return found.slice(0, wanted.limit)
}

/** A provider's opening hours on one day as instants; a gap between two rows is a break. */
export function openHours(hours: readonly AvailabilityRule[], providerId: string, date: PlainDate, zone: string): { startsAt: Instant; endsAt: Instant }[] {
  const weekday = weekdayOf(date)
  return hours
    .filter((rule) => rule.providerId === providerId && rule.weekday === weekday && (rule.validFrom ?? date) <= date && date <= (rule.validTo ?? date))
    .map((rule) => ({ startsAt: instantInZone(date, rule.startMin, zone), endsAt: instantInZone(date, rule.endMin, zone) }))
    .sort((a, b) => toMs(a.startsAt) - toMs(b.startsAt))
}

function freeOnDay(open: Openings, providerId: string, date: PlainDate, durationMin: number): Slot[] {
  const taken = [
    ...open.blocks.filter((block) => block.providerId === providerId),
    ...open.appointments.filter((one) => one.providerId === providerId && holdsItsSlot(one.status)),
  ]
  return openHours(open.hours, providerId, date, open.zone).flatMap((span) => {
    const slots: Slot[] = []
    for (let startsAt = span.startsAt; addMinutes(startsAt, durationMin) <= span.endsAt; startsAt = addMinutes(startsAt, SLOT_STEP_MIN)) {
      const slot = { providerId, startsAt, endsAt: addMinutes(startsAt, durationMin) }
      if (!taken.some((one) => overlaps(one, slot))) slots.push(slot)
    }
    return slots
  })
}
