import type { Day } from '#shared/domains/scheduling/contract.ts'
import { isAwayOn, openHours } from '#shared/domains/scheduling/rules.availability.ts'
import { dayBounds, minuteOfDay, type Instant, type PlainDate } from '#shared/kernel/time.ts'
import { gridClock } from '#renderer/ui/format.ts'

/** Pure: when a column of the calendar is not open, and why. Minutes since midnight on the clinic's wall clock. */
export type ClosedKind = 'off' | 'break' | 'holiday' | 'away' | 'block' | 'outage'

export interface MinuteSpan {
  startMin: number
  endMin: number
}

export interface ClosedSpan extends MinuteSpan {
  kind: ClosedKind
  /** "Lunch", "From 8:30", "Hospital round"; nothing before the first and after the last hour of the day. */
  title: string | undefined
}

export interface OnDay {
  date: PlainDate
  zone: string
}

interface Drawn {
  fromMin: number
  toMin: number
}

/** The part of a span that lies on the day. Midnight at its end is 1440; the hour that the clock repeats makes nothing shorter than five minutes. */
export function minutesOn(span: { startsAt: Instant; endsAt: Instant }, { date, zone }: OnDay): MinuteSpan {
  const { from, to } = dayBounds(date, zone)
  const startMin = span.startsAt < from ? 0 : minuteOfDay(span.startsAt, zone)
  return { startMin, endMin: span.endsAt >= to ? 1440 : Math.max(startMin + 5, minuteOfDay(span.endsAt, zone)) }
}

export const openMinutes = (day: Day, providerId: string, on: OnDay): MinuteSpan[] =>
  openHours({ ...day, zone: on.zone }, providerId, on.date).map((span) => minutesOn(span, on))

/** Everything that is drawn and not open, and the blocks taken out of the hours. */
export function closedOfProvider(day: Day, providerId: string, on: OnDay, { fromMin, toMin }: Drawn): ClosedSpan[] {
  const spans = openMinutes(day, providerId, on)
  const closed: ClosedSpan[] = []
  let reached = fromMin
  spans.forEach((span, i) => {
    if (span.startMin > reached) closed.push({ startMin: reached, endMin: span.startMin, ...(i === 0 ? { kind: 'off', title: `From ${gridClock(span.startMin)}` } : { kind: 'break', title: breakName(reached) }) })
    reached = Math.max(reached, span.endMin)
  })
  if (reached < toMin) closed.push({ startMin: reached, endMin: toMin, ...(spans.length === 0 ? dayOff(day, providerId, on.date) : { kind: 'off', title: `Until ${gridClock(reached)}` }) })
  const taken = day.blocks.filter((block) => block.providerId === providerId).map((block) => ({ ...block, kind: 'block' as const }))
  return [...closed, ...drawnOn(taken, on, { fromMin, toMin })]
}

/** A room is open whenever it is in service. */
export const closedOfRoom = (day: Day, roomId: string, on: OnDay, drawn: Drawn): ClosedSpan[] =>
  drawnOn(day.outages.filter((outage) => outage.roomId === roomId).map((outage) => ({ ...outage, kind: 'outage' as const, title: outage.reason })), on, drawn)

type Titled = { startsAt: Instant; endsAt: Instant; title: string; kind: ClosedKind }

function drawnOn(spans: readonly Titled[], on: OnDay, { fromMin, toMin }: Drawn): ClosedSpan[] {
  const { from, to } = dayBounds(on.date, on.zone)
  return spans.filter((one) => one.startsAt < to && one.endsAt > from).map(({ kind, title, ...one }) => {
    const { startMin, endMin } = minutesOn(one, on)
    return { startMin: Math.max(fromMin, startMin), endMin: Math.min(toMin, endMin), kind, title }
  }).filter((span) => span.endMin > span.startMin)
}

/** Why nobody is in for a whole day: the clinic is closed, they are away, or it is simply not one of their days. */
function dayOff(day: Day, providerId: string, date: PlainDate): Pick<ClosedSpan, 'kind' | 'title'> {
  const holiday = day.holidays.find((one) => one.date === date)
  if (holiday) return { kind: 'holiday', title: holiday.name }
  return isAwayOn(day, providerId, date) ? { kind: 'away', title: 'Away' } : { kind: 'off', title: 'Not in' }
}

/** A gap in the hours around noon is lunch; any other one is only a break. */
const breakName = (startMin: number): string => (startMin >= 11 * 60 && startMin <= 13 * 60 + 30 ? 'Lunch' : 'Break')
