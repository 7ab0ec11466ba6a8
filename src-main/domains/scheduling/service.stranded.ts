import type { FrameChange, StrandedSpan, StrandedVisit } from '#shared/domains/scheduling/contract.ts'
import type { Stranded } from '#shared/domains/scheduling/model.ts'
import { frameWith, type Frame } from '#shared/domains/scheduling/rules.availability.ts'
import { strandedIn } from '#shared/domains/scheduling/rules.stranded.ts'
import { limits } from '#shared/kernel/limits.ts'
import { addDays, dateInZone, dayBounds, daysBetween, type PlainDate } from '#shared/kernel/time.ts'
import { refuse } from '#shared/rpc/errors.ts'
import type { ReadDb } from '#main/core/db/types.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import * as standing from './repository.frame.ts'
import * as repository from './repository.ts'
import { frameOf } from './service.slots.ts'

/** Visits ahead that no longer fit where they are, with whom they are about; those of patients whom the caller may not know keep their time and no name. */
export function listStranded(context: ReadContext, span: StrandedSpan): StrandedVisit[] {
  if (daysBetween(span.from, span.to) > limits.slot_search_days_max) throw refuse('SPAN_TOO_LONG', { days_max: limits.slot_search_days_max })
  return strandedNow(context, span).slice(0, limits.page_rows).flatMap((one) => {
    const appointment = repository.daySlotById(context.db, context.scope, one.id)
    return appointment ? [{ ...one, appointment }] : []
  })
}

/**
 * Does a change of the roster, of leave, of holidays or of a room's service and answers with what no longer stands because of it.
 * What was squeezed in outside the hours before stays as it was and is not named.
 */
export function strandedBy(context: WriteContext, span: { from: PlainDate; to: PlainDate; providerId: string | null }, change: () => void): Stranded[] {
  const known = new Set(strandedNow(context, span).map((one) => one.id))
  change()
  return strandedNow(context, span).filter((one) => !known.has(one.id)).slice(0, limits.page_rows)
}

/** What a change would strand that stands now, before anybody makes it. */
export function wouldStrand(context: ReadContext, change: FrameChange): Stranded[] {
  const span = spanOfChange(context, change)
  const known = new Set(strandedNow(context, span).map((one) => one.id))
  return strandedNow(context, span, (frame) => frameWith(frame, change)).filter((one) => !known.has(one.id)).slice(0, limits.page_rows)
}

function spanOfChange({ db, now, zone }: ReadContext, change: FrameChange): Span {
  const today = dateInZone(now, zone)
  const last = addDays(today, limits.slot_search_days_max)
  const upTo = (to: PlainDate): PlainDate => (to < last ? to : last)
  switch (change.kind) {
    case 'block': return { from: dateInZone(change.startsAt, zone), to: upTo(dateInZone(change.endsAt, zone)), providerId: change.providerId }
    case 'hours': return { from: change.from, to: addDays(change.from > today ? change.from : today, limits.slot_search_days_max), providerId: change.providerId }
    case 'leave': return { from: change.fromOn, to: upTo(change.toOn), providerId: change.providerId }
    case 'holiday': return { from: change.date, to: change.date, providerId: null }
    // The shift may be taken from somebody else or from another day, and a night shift reaches into the next one.
    case 'shift': return { from: addDays(change.shift.date, -7), to: addDays(change.shift.date, 8), providerId: null }
    case 'no-shift': {
      const dates = standing.shiftDates(db, change.ids).toSorted()
      return { from: dates[0] ?? today, to: addDays(dates.at(-1) ?? today, 1), providerId: null }
    }
  }
}

interface Span { from: PlainDate; to: PlainDate; providerId: string | null }

export function strandedNow({ db, zone, now }: { db: ReadDb; zone: string; now: string }, { from, to, providerId }: Span, changed: (frame: Frame) => Frame = (frame) => frame): Stranded[] {
  const today = dateInZone(now, zone)
  const first = from > today ? from : today
  const last = to < first ? first : to
  const bounds = { from: first === today ? now : dayBounds(first, zone).from, to: dayBounds(last, zone).to }
  const plans = standing.plansBetween(db, providerId, bounds.from, bounds.to)
  if (plans.length === 0) return []
  const outages = standing.outagesBetween(db, bounds.from, bounds.to)
  const bookings = outages.length === 0 ? [] : standing.equipmentBookingsBetween(db, bounds.from, bounds.to)
  return strandedIn(changed(frameOf(db, zone, first, daysBetween(first, last) + 1)), { outages, bookings }, plans)
}
