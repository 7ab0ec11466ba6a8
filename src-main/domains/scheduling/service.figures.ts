import type { DayFigures, DayOccupancy } from '#shared/domains/scheduling/contract.ts'
import { AppointmentStatus } from '#shared/domains/scheduling/model.ts'
import { openMinutesByDay } from '#shared/domains/scheduling/rules.occupancy.ts'
import { addDays, dateInZone, dayBounds, daysBetween, type PlainDate } from '#shared/kernel/time.ts'
import { limits } from '#shared/kernel/limits.ts'
import { refuse } from '#shared/rpc/errors.ts'
import type { ReadDb } from '#main/core/db/types.ts'
import type { ReadContext } from '#main/core/rpc/context.ts'
import { bookedBetween, statesBetween } from './repository.figures.ts'
import { listProviders } from './repository.schedule.ts'
import { frameOf } from './service.slots.ts'

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

/** How full each day is, of one provider or of everybody; `to` included. What is booked outside the hours counts as booked and opens nothing. */
export const occupancy = ({ db, zone }: ReadContext, wanted: OccupancyInput): DayOccupancy[] => occupancyOf(db, zone, wanted)

interface OccupancyInput { from: PlainDate; to: PlainDate; providerId: string | null }

export function occupancyOf(db: ReadDb, zone: string, { from, to, providerId }: OccupancyInput): DayOccupancy[] {
  const days = daysBetween(from, to) + 1
  if (days > limits.figures_days_max) throw refuse('SPAN_TOO_LONG', { days_max: limits.figures_days_max })
  const frame = frameOf(db, zone, from, days)
  const openMin = openMinutesByDay(frame, providerId === null ? listProviders(db).map((provider) => provider.id) : [providerId], from, days)
  return openMin.map((open, i) => {
    const date = addDays(from, i)
    const span = dayBounds(date, zone)
    return { date, openMin: open, ...bookedBetween(db, providerId, span.from, span.to), holiday: frame.holidays.find((one) => one.date === date)?.name ?? null }
  })
}

function columnOf(status: string): 'kept' | 'missed' | 'cancelled' | 'ahead' {
  if (status === AppointmentStatus.fulfilled) return 'kept'
  if (status === AppointmentStatus.noShow) return 'missed'
  return status === AppointmentStatus.cancelled ? 'cancelled' : 'ahead'
}
