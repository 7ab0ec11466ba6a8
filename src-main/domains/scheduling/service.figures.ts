import type { DayFigures } from '#shared/domains/scheduling/contract.ts'
import { AppointmentStatus } from '#shared/domains/scheduling/model.ts'
import { dateInZone, dayBounds, daysBetween, type PlainDate } from '#shared/kernel/time.ts'
import { limits } from '#shared/kernel/limits.ts'
import { refuse } from '#shared/rpc/errors.ts'
import type { ReadContext } from '#main/core/rpc/context.ts'
import { statesBetween } from './repository.figures.ts'

/** How many visits were kept, missed and cancelled on each day that had any; `to` included. */
export function dayFigures({ db, zone }: ReadContext, { from, to }: { from: PlainDate; to: PlainDate }): DayFigures[] {
  if (daysBetween(from, to) > limits.figures_days_max) throw refuse('SPAN_TOO_LONG', { days_max: limits.figures_days_max })
  const days = new Map<PlainDate, DayFigures>()
  for (const { startsAt, status } of statesBetween(db, dayBounds(from, zone).from, dayBounds(to, zone).to)) {
    const date = dateInZone(startsAt, zone)
    const day = days.get(date) ?? { date, kept: 0, missed: 0, cancelled: 0, ahead: 0 }
    days.set(date, { ...day, [columnOf(status)]: day[columnOf(status)] + 1 })
  }
  return [...days.values()]
}

function columnOf(status: string): 'kept' | 'missed' | 'cancelled' | 'ahead' {
  if (status === AppointmentStatus.fulfilled) return 'kept'
  if (status === AppointmentStatus.noShow) return 'missed'
  return status === AppointmentStatus.cancelled ? 'cancelled' : 'ahead'
}
