import type { Room } from '#shared/domains/clinic/model.ts'
import type { Day, Week } from '#shared/domains/scheduling/contract.ts'
import type { DayAppointment } from '#shared/domains/scheduling/model.ts'
import { addDays, dateInZone, weekdayOf, type PlainDate } from '#shared/kernel/time.ts'
import { dayDate } from '#renderer/ui/format.ts'
import { closedOfProvider, closedOfRoom, openMinutes, type ClosedSpan, type MinuteSpan } from './view.closed.ts'
import { providerName } from './view.names.ts'

/** Where a block lands that is put into a column; what is undefined stays as it was. */
export interface Target {
  date: PlainDate
  providerId?: string
  roomId?: string | null
}

/** What a column of the calendar stands for: a provider, a room, or a day of somebody's week. */
export interface Lane {
  id: string
  name: string
  /** Whose initials stand at its head. */
  person?: string
  /** A line of its own: the holiday of that day. */
  note?: string
  target: Target
  /** Its hours: the calendar is drawn from the first to the last of them. */
  open: MinuteSpan[]
  has: (one: DayAppointment) => boolean
  closed: (drawn: { fromMin: number; toMin: number }) => ClosedSpan[]
}

export function providerLanes(day: Day, zone: string): Lane[] {
  const on = { date: day.date, zone }
  return day.providers.map((provider) => ({
    id: provider.id, name: providerName(provider), person: `${provider.givenName} ${provider.familyName}`, target: { date: day.date, providerId: provider.id },
    open: openMinutes(day, provider.id, on), has: (one) => one.providerId === provider.id, closed: (drawn) => closedOfProvider(day, provider.id, on, drawn),
  }))
}

export const NO_ROOM = 'no-room'

/** First those who have no room yet, because they are the ones to be given one; then the rooms in the clinic's order, one that is out of use only while somebody is planned for it. */
export function roomLanes(day: Day, rooms: readonly Room[], zone: string): Lane[] {
  const on = { date: day.date, zone }
  const open = day.providers.flatMap((provider) => openMinutes(day, provider.id, on))
  const shown = rooms.filter((room) => room.isActive || day.appointments.some((one) => one.roomId === room.id)).toSorted((a, b) => a.sortOrder - b.sortOrder)
  return [
    { id: NO_ROOM, name: 'No room', target: { date: day.date, roomId: null }, open, has: (one) => one.roomId === null || !shown.some((room) => room.id === one.roomId), closed: () => [] },
    ...shown.map((room): Lane => ({ id: room.id, name: room.name, target: { date: day.date, roomId: room.id }, open, has: (one) => one.roomId === room.id, closed: (drawn) => closedOfRoom(day, room.id, on, drawn) })),
  ]
}

/** The days of a week; one of the weekend only when somebody is in or comes. */
export function weekLanes(week: Week, zone: string): Lane[] {
  const { providerId } = week
  const dates = Array.from({ length: 7 }, (_, i) => addDays(week.date, i))
  return dates.flatMap((date): Lane[] => {
    const on = { date, zone }
    const open = openMinutes(week, providerId, on)
    const has = (one: DayAppointment): boolean => dateInZone(one.startsAt, zone) === date
    const isWeekend = weekdayOf(date) === 0 || weekdayOf(date) === 6
    if (isWeekend && open.length === 0 && !week.appointments.some(has)) return []
    const holiday = week.holidays.find((one) => one.date === date)?.name
    return [{ id: date, name: dayDate(date).replace(/ \d{4}$/, ''), ...(holiday ? { note: holiday } : {}), target: { date, providerId }, open, has, closed: (drawn) => closedOfProvider(week, providerId, on, drawn) }]
  })
}
