import type { Day } from '#shared/domains/scheduling/contract.ts'
import { AppointmentStatus, type DayAppointment } from '#shared/domains/scheduling/model.ts'
import type { WaitListRow } from '#shared/domains/scheduling/model.wait-list.ts'
import { minuteOfDay, minutesBetween, type Instant } from '#shared/kernel/time.ts'
import { ageSex, gridClock, listName, mrn, phone } from '#renderer/ui/format.ts'
import { openMinutes } from '../view.closed.ts'
import { providerName } from '../view.names.ts'
import { holesOf } from '../view.wait-list.ts'

/** Pure: one provider's day as it goes on paper. */
export interface DaySheet {
  providerId: string
  provider: string
  rooms: string
  /** "12:00 to 1:00": the gaps in their hours. */
  breaks: string
  lines: SheetLine[]
  /** Who could come instead when a time becomes free. */
  waiting: string[]
}

export interface SheetLine {
  id: string
  time: string
  minutes: number
  patient: string
  ageSex: string
  mrn: string
  visit: string
  room: string
  phone: string
  /** Said instead of a box to tick. */
  mark: string | undefined
}

interface SheetContext {
  zone: string
  now: Instant
  waitList: readonly WaitListRow[]
}

/** A sheet for each who is in or expected; for one provider always one. */
export function daySheets(day: Day, providerId: string | undefined, { zone, now, waitList }: SheetContext): DaySheet[] {
  const holes = waitList.length > 0 ? holesOf(day, waitList, { zone, now }) : []
  return day.providers.filter((provider) => providerId === undefined || provider.id === providerId).flatMap((provider) => {
    const own = day.appointments.filter((one) => one.providerId === provider.id && one.status !== AppointmentStatus.cancelled)
    const open = openMinutes(day, provider.id, { date: day.date, zone })
    if (providerId === undefined && own.length === 0 && open.length === 0) return []
    const fitting = new Map(holes.filter((hole) => hole.slot.providerId === provider.id).flatMap((hole) => hole.matches.map(({ entry }) => [entry.id, entry] as const)))
    return [{
      providerId: provider.id, provider: providerName(provider),
      rooms: [...new Set(own.flatMap((one) => one.roomName ?? []))].toSorted().join(', '),
      breaks: open.slice(1).map((span, i) => `${gridClock(open[i]?.endMin ?? 0)} to ${gridClock(span.startMin)}`).join(', '),
      lines: own.toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : a.startsAt > b.startsAt ? 1 : 0)).map((one) => lineOf(one, day, zone)),
      waiting: [...fitting.values()].map(({ patient }) => [`${listName(patient)} ${ageSex(patient.birthDate, patient.sex, day.date)}`, patient.phone && phone(patient.phone)].filter(Boolean).join(' · ')),
    }]
  })
}

const marks: Partial<Record<AppointmentStatus, string>> = { fulfilled: 'Done', 'no-show': 'No-show' }

function lineOf(one: DayAppointment, day: Day, zone: string): SheetLine {
  const { patient, isRestricted } = one
  return {
    id: one.id, time: gridClock(minuteOfDay(one.startsAt, zone)), minutes: minutesBetween(one.startsAt, one.endsAt), patient: listName(patient),
    ageSex: isRestricted ? '' : ageSex(patient.birthDate, patient.sex, day.date), mrn: isRestricted ? '' : mrn(patient.mrn),
    visit: [...new Set([one.typeName, one.reason])].filter(Boolean).join(': '), room: one.roomName ?? '', phone: patient.phone ? phone(patient.phone) : '', mark: marks[one.status],
  }
}
