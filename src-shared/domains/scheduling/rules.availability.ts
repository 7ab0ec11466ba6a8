import { addDays, dateInZone, toInstant, toMs, wallMs, weekdayOf, type Instant, type PlainDate } from '../../kernel/time.ts'
import type { Leave, Shift } from '../staff/model.ts'
import type { AvailabilityRule, DayPart, Holiday, ScheduleBlock } from './model.ts'

/**
 * When somebody can be booked at all, computed and never stored: the weekly hours, shifts of the roster that stand in their
 * place on their days, clinic holidays, approved leave. Blocks and appointments then take their time out of it.
 */
export interface Frame {
  readonly hours: readonly AvailabilityRule[]
  readonly shifts: readonly Shift[]
  readonly leaves: readonly Leave[]
  readonly holidays: readonly Holiday[]
  readonly blocks: readonly ScheduleBlock[]
  readonly zone: string
}

/** Milliseconds, half open. */
export interface Span { readonly from: number; readonly to: number }

const MINUTE_MS = 60_000
const byFrom = (a: Span, b: Span): number => a.from - b.from
export const spanOf = (one: { startsAt: Instant; endsAt: Instant }): Span => ({ from: toMs(one.startsAt), to: toMs(one.endsAt) })

/** Spans in order, those that overlap or touch made one. */
export function united(spans: readonly Span[]): Span[] {
  const result: { from: number; to: number }[] = []
  for (const span of spans.toSorted(byFrom)) {
    const last = result.at(-1)
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to)
    else result.push({ ...span })
  }
  return result
}

/** What is left of spans in order when others, in order and apart, are taken out. */
export function without(spans: readonly Span[], taken: readonly Span[]): Span[] {
  return spans.flatMap((span) => {
    const left: Span[] = []
    let from = span.from
    for (const one of taken) {
      if (one.to <= from || one.from >= span.to) continue
      if (one.from > from) left.push({ from, to: one.from })
      from = one.to
    }
    if (from < span.to) left.push({ from, to: span.to })
    return left
  })
}

let lastDates: { first: PlainDate; dates: readonly PlainDate[] } = { first: '', dates: [] }

/** A search asks for the same half year once for each provider. */
function datesFrom(first: PlainDate, days: number): readonly PlainDate[] {
  if (lastDates.first !== first || lastDates.dates.length !== days) lastDates = { first, dates: Array.from({ length: days }, (_, i) => addDays(first, i)) }
  return lastDates.dates
}

/** A provider's opening hours from a day on, touching ones made one, so that a night shift and the hours after it are one piece. */
export function openSpans(frame: Frame, providerId: string, first: PlainDate, days: number): Span[] {
  const own = ofProvider(frame, providerId)
  // One day earlier: a night shift of the day before reaches into the first.
  const dates = datesFrom(addDays(first, -1), days + 1)
  return without(united(dates.flatMap((date) => spansOn(own, date))), awaySpans(own, providerId, dates))
}

/** The opening hours of one day of the calendar as instants; a gap between two of them is a break. */
export function openHours(frame: Frame, providerId: string, date: PlainDate): { startsAt: Instant; endsAt: Instant }[] {
  const [from, to] = [wallMs(date, 0, frame.zone), wallMs(date, 1440, frame.zone)]
  return openSpans(frame, providerId, date, 1)
    .filter((span) => span.from < to && span.to > from)
    .map((span) => ({ startsAt: toInstant(Math.max(from, span.from)), endsAt: toInstant(Math.min(to, span.to)) }))
}

export const isAwayOn = (frame: Pick<Frame, 'leaves'>, providerId: string, date: PlainDate): boolean =>
  frame.leaves.some((leave) => leave.staffId === providerId && leave.fromOn <= date && date <= leave.toOn)

interface Own extends Frame { byWeekday: ReadonlyMap<number, readonly AvailabilityRule[]>; byDate: ReadonlyMap<PlainDate, readonly Shift[]> }

function ofProvider(frame: Frame, providerId: string): Own {
  const hours = frame.hours.filter((rule) => rule.providerId === providerId)
  const shifts = frame.shifts.filter((shift) => shift.staffId === providerId)
  return { ...frame, byWeekday: Map.groupBy(hours, (rule) => rule.weekday), byDate: Map.groupBy(shifts, (shift) => shift.date) }
}

function spansOn(own: Own, date: PlainDate): Span[] {
  const span = (startMin: number, endMin: number): Span => ({ from: wallMs(date, startMin, own.zone), to: wallMs(date, endMin, own.zone) })
  const shifts = own.byDate.get(date)
  if (shifts) return shifts.filter((shift) => shift.kind === 'work').flatMap((shift) => workedMinutes(shift).map(([from, to]) => span(from, to)))
  if (own.holidays.some((holiday) => holiday.date === date)) return []
  return (own.byWeekday.get(weekdayOf(date)) ?? [])
    .filter((rule) => (rule.validFrom ?? date) <= date && date <= (rule.validTo ?? date))
    .map((rule) => span(rule.startMin, rule.endMin))
    // Hours inside the hour that a clock change leaves out are no time at all.
    .filter(({ from, to }) => from < to)
}

function awaySpans(own: Own, providerId: string, dates: readonly PlainDate[]): Span[] {
  if (!own.leaves.some((leave) => leave.staffId === providerId)) return []
  return united(dates.filter((date) => isAwayOn(own, providerId, date)).map((date) => ({ from: wallMs(date, 0, own.zone), to: wallMs(date, 1440, own.zone) })))
}

/** The pieces of a shift that are work; the break lies between them. */
export function workedMinutes(shift: Pick<Shift, 'startMin' | 'endMin' | 'breakStartMin' | 'breakEndMin'>): [from: number, to: number][] {
  const { startMin, endMin, breakStartMin, breakEndMin } = shift
  if (breakStartMin === null || breakEndMin === null) return [[startMin, endMin]]
  return ([[startMin, breakStartMin], [breakEndMin, endMin]] as [number, number][]).filter(([from, to]) => from < to)
}

const partMinutes: Record<DayPart, [from: number, to: number]> = { morning: [0, 720], afternoon: [720, 1020], evening: [1020, 1440] }

/** When a visit may begin, by part of the day and weekday; undefined where everything is welcome. */
export function startWindows({ dayParts, weekdays }: { dayParts: readonly DayPart[]; weekdays: readonly number[] }, first: PlainDate, days: number, zone: string): Span[] | undefined {
  if (dayParts.length === 0 && weekdays.length === 0) return undefined
  const parts = dayParts.length === 0 ? [[0, 1440] as const] : dayParts.map((part) => partMinutes[part])
  const dates = Array.from({ length: days }, (_, i) => addDays(first, i)).filter((date) => weekdays.length === 0 || weekdays.includes(weekdayOf(date)))
  return united(dates.flatMap((date) => parts.map(([from, to]) => ({ from: wallMs(date, from, zone), to: wallMs(date, to, zone) }))))
}

/** Minutes before and after an appointment's own time that it holds as well. */
export interface Buffers { bufferBeforeMin?: number | undefined; bufferAfterMin?: number | undefined }
export const heldSpan = (one: { startsAt: Instant; endsAt: Instant } & Buffers): Span => ({
  from: toMs(one.startsAt) - (one.bufferBeforeMin ?? 0) * MINUTE_MS, to: toMs(one.endsAt) + (one.bufferAfterMin ?? 0) * MINUTE_MS,
})

/** The day of an instant and the one before it: enough to know every span that can cover it. */
export const spansAround = (frame: Frame, providerId: string, at: Instant): Span[] => openSpans(frame, providerId, dateInZone(at, frame.zone), 2)

/** What somebody thinks about changing. */
export type FrameChange =
  | { kind: 'block'; providerId: string; startsAt: Instant; endsAt: Instant }
  | { kind: 'hours'; providerId: string; from: PlainDate; hours: readonly Pick<AvailabilityRule, 'weekday' | 'startMin' | 'endMin'>[] }
  | { kind: 'leave'; providerId: string; fromOn: PlainDate; toOn: PlainDate }
  | { kind: 'shift'; shift: Shift }
  | { kind: 'no-shift'; ids: readonly string[] }
  | { kind: 'holiday'; date: PlainDate }

/** The frame as it would be: what a change strands is known before anybody saves it. */
export function frameWith<F extends Frame>(frame: F, change: FrameChange): F {
  switch (change.kind) {
    case 'block':
      return { ...frame, blocks: [...frame.blocks, { id: '', title: '', providerId: change.providerId, startsAt: change.startsAt, endsAt: change.endsAt }] }
    case 'hours': {
      const { providerId, from } = change
      const kept = frame.hours.filter((rule) => rule.providerId !== providerId || (rule.validFrom ?? '') < from)
        .map((rule) => (rule.providerId === providerId && (rule.validTo === null || rule.validTo >= from) ? { ...rule, validTo: addDays(from, -1) } : rule))
      return { ...frame, hours: [...kept, ...change.hours.map((row) => ({ ...row, id: '', providerId, validFrom: from, validTo: null }))] }
    }
    case 'leave':
      return { ...frame, leaves: [...frame.leaves, { staffId: change.providerId, fromOn: change.fromOn, toOn: change.toOn }] }
    case 'shift':
      return { ...frame, shifts: [...frame.shifts.filter((shift) => shift.id !== change.shift.id), change.shift] }
    case 'no-shift':
      return { ...frame, shifts: frame.shifts.filter((shift) => !change.ids.includes(shift.id)) }
    case 'holiday':
      return { ...frame, holidays: [...frame.holidays, { id: '', date: change.date, name: '' }] }
  }
}
