import { addDays, dateInZone, toInstant, toMs, wallMs, type Instant } from '../../kernel/time.ts'
import type { DayPart, Slot, SlotReason } from './model.ts'
import { openSpans, spanOf, startWindows, united, type Buffers, type Frame, type Span } from './rules.availability.ts'
import { lackingAt, type ResourceNeed } from './rules.resources.ts'

export const SLOT_STEP_MIN = 15

/** What is looked for. */
export interface SlotSearch extends Buffers {
  providerIds: readonly string[]
  from: Instant
  durationMin: number
  /** Days that are looked through, the day of `from` included. */
  days: number
  limit: number
  /** None of them: any. */
  dayParts?: readonly DayPart[]
  weekdays?: readonly number[]
}

export interface Calendars {
  frame: Frame
  /** What each provider's appointments hold, buffers included. */
  held: ReadonlyMap<string, readonly Span[]>
  /** What the visit needs beside the provider. */
  needs?: readonly ResourceNeed[]
}

export interface FoundSlots {
  slots: Slot[]
  /** Of each provider who has none: why. */
  reasons: { providerId: string; reason: SlotReason }[]
}

/**
 * The next free slots at or after `from`, in order of time, then of provider as given. Starts lie on quarter hours from the
 * beginning of the hours; blocks, held time and what is away take their time out, and a needed room or piece must be free.
 * Works in numbers: half a year of a dozen full calendars is tens of thousands of spans.
 */
export function searchSlots(calendars: Calendars, wanted: SlotSearch): FoundSlots {
  const zone = calendars.frame.zone
  const first = dateInZone(wanted.from, zone)
  const days: Days = {
    first, range: { from: toMs(wanted.from), to: wallMs(addDays(first, wanted.days - 1), 1440, zone) },
    windows: startWindows({ dayParts: wanted.dayParts ?? [], weekdays: wanted.weekdays ?? [] }, first, wanted.days, zone),
  }
  const each = wanted.providerIds.map((providerId) => ({ providerId, ...searchOne(calendars, wanted, days, providerId) }))
  const slots = each
    .flatMap(({ providerId, starts }, order) => starts.map((start) => ({ providerId, start, order })))
    .toSorted((a, b) => a.start - b.start || a.order - b.order)
    .slice(0, wanted.limit)
    .map(({ providerId, start }): Slot => ({ providerId, startsAt: toInstant(start), endsAt: toInstant(start + wanted.durationMin * MINUTE_MS) }))
  return { slots, reasons: each.flatMap(({ providerId, starts, reason }) => (starts.length > 0 ? [] : [{ providerId, reason }])) }
}

const MINUTE_MS = 60_000
const STEP_MS = SLOT_STEP_MIN * MINUTE_MS

interface Days { first: string; range: Span; windows: readonly Span[] | undefined }

function searchOne({ frame, held, needs = [] }: Calendars, wanted: SlotSearch, { first, range, windows }: Days, providerId: string): { starts: number[]; reason: SlotReason } {
  // One more day of hours: a visit may begin before the last midnight and end after it.
  const open = openSpans(frame, providerId, first, wanted.days + 1)
  const busy = makeBusy(held.get(providerId) ?? [], frame.blocks.filter((block) => block.providerId === providerId).map(spanOf), wanted)
  const length = wanted.durationMin * MINUTE_MS
  const starts: number[] = []
  let reason: SlotReason = 'no-hours'
  for (const span of open) {
    if (span.to <= range.from || span.from >= range.to) continue
    let at = onGrid(Math.max(span.from, range.from), span.from)
    while (at + length <= span.to && at < range.to && starts.length < wanted.limit) {
      const inWindow = nextInWindows(windows, at)
      if (inWindow !== at) {
        at = inWindow === undefined ? Infinity : onGrid(inWindow, span.from)
        continue
      }
      const free = busy(at, at + length)
      if (free > at) {
        reason = later(reason, 'taken')
        at = onGrid(free, span.from)
        continue
      }
      const lacking = lackingAt(needs, at, at + length)
      if (lacking) reason = later(reason, lacking)
      else starts.push(at)
      at += STEP_MS
    }
  }
  return { starts, reason: reason === 'no-hours' && isAway(frame, providerId, range) ? 'away' : reason }
}

/** The first start on the grid of a span that is not before `at`. */
const onGrid = (at: number, origin: number): number => origin + Math.ceil((at - origin) / STEP_MS) * STEP_MS

/** Where `at` lies in a window it is the answer, else the beginning of the next one. */
function nextInWindows(windows: readonly Span[] | undefined, at: number): number | undefined {
  if (!windows) return at
  const window = windows[firstEndingAfter(windows, at)]
  return window && Math.max(at, window.from)
}

/** Answers with `from` itself where nothing stands in the way, else with the first moment after what does. */
function makeBusy(held: readonly Span[], blocks: readonly Span[], buffers: Buffers): (from: number, to: number) => number {
  const [before, after] = [(buffers.bufferBeforeMin ?? 0) * MINUTE_MS, (buffers.bufferAfterMin ?? 0) * MINUTE_MS]
  // Neighbours are made one: a full morning is stepped over at once.
  const [appointments, blocked] = [united(held), united(blocks)]
  return (from, to) => {
    const one = appointments[firstEndingAfter(appointments, from - before)]
    if (one && one.from < to + after) return one.to + before
    const block = blocked[firstEndingAfter(blocked, from)]
    return block && block.from < to ? block.to : from
  }
}

/** In spans in order and apart, the place of the first that ends after a moment. */
export function firstEndingAfter(spans: readonly Span[], at: number): number {
  let [low, high] = [0, spans.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((spans[middle]?.to ?? 0) > at) high = middle
    else low = middle + 1
  }
  return low
}

const order: readonly SlotReason[] = ['no-hours', 'away', 'taken', 'no-room', 'no-equipment']
const later = (a: SlotReason, b: SlotReason): SlotReason => (order.indexOf(b) > order.indexOf(a) ? b : a)

function isAway({ leaves, shifts, zone }: Frame, providerId: string, range: Span): boolean {
  const [first, last] = [dateInZone(toInstant(range.from), zone), dateInZone(toInstant(range.to - 1), zone)]
  return leaves.some((leave) => leave.staffId === providerId && leave.fromOn <= last && leave.toOn >= first)
    || shifts.some((shift) => shift.staffId === providerId && shift.kind === 'off' && first <= shift.date && shift.date <= last)
}
