import { dateInZone, daysBetween } from '../../kernel/time.ts'
import type { EquipmentBooking, Outage } from '../rooms/model.ts'
import { AppointmentStatus, type Appointment, type Stranded, type StrandedReason } from './model.ts'
import { openSpans, spanOf, type Frame, type Span } from './rules.availability.ts'
import { outageOf } from './rules.resources.ts'
import { firstEndingAfter } from './rules.search.ts'
import { standingOf } from './rules.slots.ts'

export type Plan = Pick<Appointment, 'id' | 'version' | 'providerId' | 'roomId' | 'startsAt' | 'endsAt' | 'status' | 'bufferBeforeMin' | 'bufferAfterMin'>

/** What has not begun can still be moved; everything else is no plan any more. */
export const plannedStatuses = [AppointmentStatus.proposed, AppointmentStatus.booked, AppointmentStatus.arrived] as const

/** Plans, in order of time, that no longer stand, each with the first thing that is in its way. */
export function strandedIn(frame: Frame, resources: { outages: readonly Outage[]; bookings: readonly EquipmentBooking[] }, plans: readonly Plan[]): Stranded[] {
  const open = openSpansOf(frame, plans)
  return plans.flatMap((plan) => {
    const reason = reasonOf(frame, open(plan.providerId), resources, plan)
    return reason ? [{ id: plan.id, version: plan.version, providerId: plan.providerId, startsAt: plan.startsAt, endsAt: plan.endsAt, reason }] : []
  })
}

/** One look at each provider's hours, however many plans there are. */
function openSpansOf(frame: Frame, plans: readonly Plan[]): (providerId: string) => readonly Span[] {
  const known = new Map<string, Span[]>()
  const [first, last] = [plans[0], plans.at(-1)]
  if (!first || !last) return () => []
  const from = dateInZone(first.startsAt, frame.zone)
  const days = daysBetween(from, dateInZone(last.endsAt, frame.zone)) + 2
  return (providerId) => {
    const spans = known.get(providerId) ?? openSpans(frame, providerId, from, days)
    known.set(providerId, spans)
    return spans
  }
}

function reasonOf(frame: Frame, open: readonly Span[], { outages, bookings }: { outages: readonly Outage[]; bookings: readonly EquipmentBooking[] }, plan: Plan): StrandedReason | undefined {
  const { from, to } = spanOf(plan)
  const span = open[firstEndingAfter(open, from)]
  const isOpen = span !== undefined && span.from <= from && to <= span.to
  const isBlocked = frame.blocks.some((block) => block.providerId === plan.providerId && block.startsAt < plan.endsAt && plan.startsAt < block.endsAt)
  if (!isOpen || isBlocked) {
    const { kind } = standingOf(frame, plan)
    if (kind !== 'fits') return kind
  }
  if (outages.length === 0) return undefined
  if (plan.roomId && outageOf(outages, plan.roomId, plan)) return 'room-out-of-service'
  const pieces = bookings.filter((one) => one.appointmentId === plan.id)
  return pieces.some((one) => outageOf(outages, one.equipmentId, plan)) ? 'equipment-out-of-service' : undefined
}
