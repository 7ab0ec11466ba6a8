import { addDays, dateInZone, toInstant, toMs, type Instant } from '../../kernel/time.ts'
import type { Slot } from './model.ts'
import { openSpans, spanOf, united, type Buffers, type Frame, type Span } from './rules.availability.ts'
import { isFreeDuring, type ResourceNeed } from './rules.resources.ts'
import { SLOT_STEP_MIN } from './rules.search.ts'

/** One of those who come together, and what their visit takes beside the provider. */
export interface Companion extends Buffers {
  durationMin: number
  needs: readonly ResourceNeed[]
}

export interface TogetherSearch {
  companions: readonly Companion[]
  providerIds: readonly string[]
  way: 'in-turn' | 'at-once'
  from: Instant
  /** Days that are looked through, the day of `from` included. */
  days: number
  limit: number
}

const MINUTE_MS = 60_000
const STEP_MS = SLOT_STEP_MIN * MINUTE_MS

interface Calendar { providerId: string; open: readonly Span[]; held: readonly Span[]; blocks: readonly Span[] }

/**
 * The next times at which all can be seen, each the slots in the order of the companions: one after the other with one
 * provider, buffers between them, or all at the same moment with a provider each. Every quarter hour of somebody's hours
 * is tried, so the first answer is the earliest.
 */
export function searchTogether(frame: Frame, heldOf: (providerId: string) => readonly Span[], wanted: TogetherSearch): Slot[][] {
  const first = dateInZone(wanted.from, frame.zone)
  const calendars = wanted.providerIds.map((providerId): Calendar => ({
    providerId, open: openSpans(frame, providerId, first, wanted.days + 1), held: united(heldOf(providerId)),
    blocks: united(frame.blocks.filter((block) => block.providerId === providerId).map(spanOf)),
  }))
  const earliest = toMs(wanted.from)
  const latest = toMs(`${addDays(first, wanted.days)}T23:59:59.999Z`)
  const starts = [...new Set(calendars.flatMap(({ open }) => open.flatMap((span) => gridOf(span, earliest, latest))))].toSorted((a, b) => a - b)
  const found: Slot[][] = []
  for (const start of starts) {
    if (found.length === wanted.limit) break
    if (wanted.way === 'at-once') {
      const slots = atOnce(calendars, wanted.companions, start)
      if (slots) found.push(slots)
      continue
    }
    for (const calendar of calendars) {
      const slots = inTurn(calendar, wanted.companions, start)
      if (slots && found.length < wanted.limit) found.push(slots)
    }
  }
  return found
}

function gridOf(span: Span, earliest: number, latest: number): number[] {
  const starts: number[] = []
  for (let at = span.from; at < span.to && at <= latest; at += STEP_MS) if (at >= earliest) starts.push(at)
  return starts
}

function inTurn(calendar: Calendar, companions: readonly Companion[], start: number): Slot[] | undefined {
  const slots: Slot[] = []
  let at = start
  let after = 0
  for (const [i, one] of companions.entries()) {
    if (i > 0) at += after + (one.bufferBeforeMin ?? 0) * MINUTE_MS
    const end = at + one.durationMin * MINUTE_MS
    if (!isFree(calendar, one, at, end) || !take(one.needs, new Set(), at, end, one)) return undefined
    slots.push({ providerId: calendar.providerId, startsAt: toInstant(at), endsAt: toInstant(end) })
    at = end
    after = (one.bufferAfterMin ?? 0) * MINUTE_MS
  }
  return slots
}

/** Each with another provider, tried in turn; of rooms and equipment nothing is counted twice. */
function atOnce(calendars: readonly Calendar[], companions: readonly Companion[], start: number): Slot[] | undefined {
  const taken = new Set<string>()
  const chosen = assign(0, new Set())
  return chosen && companions.map((one, i) => ({ providerId: chosen[i] ?? '', startsAt: toInstant(start), endsAt: toInstant(start + one.durationMin * MINUTE_MS) }))

  function assign(i: number, busy: ReadonlySet<string>): string[] | undefined {
    const one = companions[i]
    if (!one) return []
    const end = start + one.durationMin * MINUTE_MS
    const things = take(one.needs, taken, start, end, one)
    if (!things) return undefined
    for (const thing of things) taken.add(thing)
    for (const calendar of calendars) {
      if (busy.has(calendar.providerId) || !isFree(calendar, one, start, end)) continue
      const rest = assign(i + 1, new Set([...busy, calendar.providerId]))
      if (rest) return [calendar.providerId, ...rest]
    }
    for (const thing of things) taken.delete(thing)
    return undefined
  }
}

function isFree({ open, held, blocks }: Calendar, { bufferBeforeMin, bufferAfterMin }: Buffers, from: number, to: number): boolean {
  const [heldFrom, heldTo] = [from - (bufferBeforeMin ?? 0) * MINUTE_MS, to + (bufferAfterMin ?? 0) * MINUTE_MS]
  return open.some((span) => span.from <= from && to <= span.to)
    && !held.some((one) => one.from < heldTo && heldFrom < one.to) && !blocks.some((one) => one.from < to && from < one.to)
}

/** One free thing for each need that nobody of the others has; undefined where one is missing. */
function take(needs: readonly ResourceNeed[], taken: ReadonlySet<string>, from: number, to: number, { bufferBeforeMin, bufferAfterMin }: Buffers): string[] | undefined {
  const span: Span = { from: from - (bufferBeforeMin ?? 0) * MINUTE_MS, to: to + (bufferAfterMin ?? 0) * MINUTE_MS }
  const chosen: string[] = []
  for (const need of needs) {
    const one = need.candidates.find((candidate) => !taken.has(candidate.id) && !chosen.includes(candidate.id) && isFreeDuring(candidate, span))
    if (!one) return undefined
    chosen.push(one.id)
  }
  return chosen
}
