import type { StrandedSpan, StrandedVisit } from '#shared/domains/scheduling/contract.ts'
import type { Stranded } from '#shared/domains/scheduling/model.ts'
import { strandedIn } from '#shared/domains/scheduling/rules.stranded.ts'
import { limits } from '#shared/kernel/limits.ts'
import { dateInZone, dayBounds, daysBetween, type PlainDate } from '#shared/kernel/time.ts'
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

function strandedNow({ db, zone, now }: { db: ReadDb; zone: string; now: string }, { from, to, providerId }: { from: PlainDate; to: PlainDate; providerId: string | null }): Stranded[] {
  const today = dateInZone(now, zone)
  const first = from > today ? from : today
  const last = to < first ? first : to
  const bounds = { from: first === today ? now : dayBounds(first, zone).from, to: dayBounds(last, zone).to }
  const plans = standing.plansBetween(db, providerId, bounds.from, bounds.to)
  if (plans.length === 0) return []
  const outages = standing.outagesBetween(db, bounds.from, bounds.to)
  const bookings = outages.length === 0 ? [] : standing.equipmentBookingsBetween(db, bounds.from, bounds.to)
  return strandedIn(frameOf(db, zone, first, daysBetween(first, last) + 1), { outages, bookings }, plans)
}
