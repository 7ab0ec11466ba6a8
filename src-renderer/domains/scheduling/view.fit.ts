import type { Day } from '#shared/domains/scheduling/contract.ts'
import type { DayAppointment } from '#shared/domains/scheduling/model.ts'
import { isRefused, type Fit } from '#shared/domains/scheduling/rules.slots.ts'
import { minuteOfDay } from '#shared/kernel/time.ts'
import { duration, gridClock, listName, time } from '#renderer/ui/format.ts'
import type { GridMark } from '#renderer/ui/ScheduleGrid.tsx'
import type { Held } from './view.moving.ts'
import { providerName } from './view.names.ts'

/** Pure: what a wanted time runs into, in words and in the grid's tone. */
export interface FitWords {
  tone: 'bad' | 'warn' | 'ok'
  title: string
  text: string
}

/** "Dr. Lindqvist has Chen, Wei 11:00 to 11:30." */
export function takenWords(by: DayAppointment | undefined, day: Day, zone: string): string | undefined {
  return by && `${nameOf(by.providerId, day)} has ${listName(by.patient)} ${spanWords(by, zone)}.`
}

export function fitWords(wanted: { providerId: string; startsAt: string; fit: Fit<DayAppointment> }, day: Day, zone: string): FitWords {
  const { fit } = wanted
  const who = nameOf(wanted.providerId, day)
  switch (fit.kind) {
    case 'taken': return { tone: 'bad', title: takenWords(fit.by[0], day, zone) ?? 'That time is taken.', text: 'The next fitting slots are below.' }
    case 'out-of-service': return { tone: 'bad', title: `That room is out of service: ${fit.by.reason}.`, text: 'The next fitting slots are below.' }
    case 'blocked': return { tone: 'warn', title: `${who}: ${fit.by.title} ${spanWords(fit.by, zone)}.`, text: 'You can still book it.' }
    case 'away': return { tone: 'warn', title: `${who} is away that day.`, text: 'You can still book it.' }
    case 'holiday': return { tone: 'warn', title: `The clinic is closed: ${fit.by.name}.`, text: 'You can still book it.' }
    case 'outside-hours': return { tone: 'warn', title: `${who} is not in at ${time(wanted.startsAt, zone)}.`, text: 'You can still book it.' }
    case 'fits': return { tone: 'ok', title: `${time(wanted.startsAt, zone)} fits`, text: `with ${who}.` }
  }
}

export const toneOf = (fit: Fit<DayAppointment>): GridMark['tone'] => (fit.kind === 'fits' ? 'fits' : isRefused(fit) ? 'taken' : 'warn')

/** What stands on a block while it is moved or made longer, and is read out: "11:00 fits", "45 min, until 11:45 is taken: Chen, Wei". */
export const movingWords = ({ isResizing, startMin, durationMin, fit }: Pick<Held, 'isResizing' | 'startMin' | 'durationMin'> & { fit: Fit<DayAppointment> }): string =>
  timeWords(isResizing ? `${duration(durationMin)}, until ${gridClock((startMin + durationMin) % 1440)}` : gridClock(startMin), fit)

/** How a time fits, on a mark in the grid. */
export function timeWords(at: string, fit: Fit<DayAppointment>): string {
  switch (fit.kind) {
    case 'fits': return `${at} fits`
    case 'taken': return `${at} is taken: ${fit.by[0] ? listName(fit.by[0].patient) : ''}`
    case 'out-of-service': return `${at}: the room is out of service`
    case 'blocked': return `${at}: ${fit.by.title}`
    case 'away': return `${at}: away that day`
    case 'holiday': return `${at}: ${fit.by.name}`
    case 'outside-hours': return `${at} is outside hours`
  }
}

const spanWords = (one: { startsAt: string; endsAt: string }, zone: string): string =>
  `${gridClock(minuteOfDay(one.startsAt, zone))} to ${gridClock(minuteOfDay(one.endsAt, zone))}`

export function nameOf(providerId: string, day: Pick<Day, 'providers'>): string {
  const provider = day.providers.find((candidate) => candidate.id === providerId)
  return provider ? providerName(provider) : 'The provider'
}
