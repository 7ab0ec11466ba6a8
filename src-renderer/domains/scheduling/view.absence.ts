import type { PlanOutdated } from '#shared/domains/scheduling/contract.ts'
import type { AbsenceChoice, Proposal, ProposalReason, ProposedRow } from '#shared/domains/scheduling/model.absence.ts'
import { clashesWithin } from '#shared/domains/scheduling/rules.absence.ts'
import { dateInZone, type PlainDate } from '#shared/kernel/time.ts'
import type { StaffMember } from '#shared/domains/clinic/model.ts'
import { count, nearDate, time } from '#renderer/ui/format.ts'
import type { Chosen } from './absence-draft.ts'
import { providerName } from './view.ts'

/** Pure: a plan for an absence as it is looked at and changed. */

export const WAIT_LIST = 'wait-list'
export const LEFT = 'left'

export interface PlanRow {
  id: string
  row: ProposedRow
  /** Undefined: the wait list, or left as it is. */
  place: Proposal | undefined
  chosen: Chosen
  /** Another row of the plan has the same time or room by now. */
  isClashing: boolean
}

export const keyOf = ({ providerId, startsAt }: Proposal): Chosen => `${providerId} ${startsAt}`

/** The best place where nobody has chosen another; what was chosen and is free no more falls back to it. */
export function planRows(rows: readonly ProposedRow[], draft: Readonly<Record<string, Chosen>>): PlanRow[] {
  const chosen = rows.map((row): PlanRow => {
    const wish = draft[row.appointment.id]
    const place = row.proposals.find((one) => keyOf(one) === wish) ?? (wish === WAIT_LIST || wish === LEFT ? undefined : row.proposals[0])
    const fallback = row.appointment.isRestricted || wish === LEFT ? LEFT : WAIT_LIST
    return { id: row.appointment.id, row, place, chosen: place ? keyOf(place) : fallback, isClashing: false }
  })
  const clashes = clashesWithin(chosen.flatMap(({ id, row: { appointment }, place }) => (place ? [{ ...appointment, id, choice: place }] : [])))
  return chosen.map((one) => ({ ...one, isClashing: clashes.has(one.id) }))
}

export function choiceOf({ place, chosen, row }: PlanRow): AbsenceChoice {
  if (place) return { kind: 'moved', providerId: place.providerId, roomId: place.roomId, startsAt: place.startsAt }
  return chosen === LEFT ? { kind: 'left' } : { kind: 'wait-list', isUrgent: row.isUrgent }
}

/** What can be chosen for a row, in the order of the keys. */
export const optionsOf = ({ row }: PlanRow): Chosen[] => (row.appointment.isRestricted ? [LEFT] : [...row.proposals.map(keyOf), WAIT_LIST, LEFT])
export const nextOption = (row: PlanRow): Chosen => {
  const options = optionsOf(row)
  return options[(options.indexOf(row.chosen) + 1) % options.length] ?? LEFT
}

export const reasonWords: Record<ProposalReason, string> = {
  'other-room': 'another room, nothing else changes', 'same-time': 'same time, colleague sees such visits', 'same-day': 'same day, nearest free time', 'own-provider-later': 'soonest day with the same provider', 'other-provider-later': 'soonest day of anybody',
}

export interface Words { providers: readonly StaffMember[]; roomName: (id: string) => string | undefined; zone: string; today: PlainDate }

/** "9:00 am, Dr. Lindqvist"; with the day where it is another one. */
export function placeWords(place: Proposal, from: string, { providers, roomName, zone, today }: Words): string {
  const date = dateInZone(place.startsAt, zone)
  const when = date === dateInZone(from, zone) ? time(place.startsAt, zone) : `${nearDate(date, today)} ${time(place.startsAt, zone)}`
  const who = providers.filter((one) => one.id === place.providerId).map(providerName)[0]
  return [when, who, place.roomId && roomName(place.roomId)].filter(Boolean).join(', ')
}

export const whyWords = ({ row, place, chosen, isClashing }: PlanRow): string => {
  if (isClashing) return 'another row has this time or room too'
  if (place) return reasonWords[place.reason]
  if (row.appointment.isRestricted) return 'only those named for this patient can move it'
  if (chosen === LEFT) return 'stays where it is until somebody decides'
  return row.proposals.length === 0 ? 'nothing is free in the next four weeks' : 'waits for a time that becomes free'
}

export function planSummary(rows: readonly PlanRow[]): string {
  const of = (test: (row: PlanRow) => boolean): number => rows.filter(test).length
  const [moved, waiting, left] = [of((row) => row.place !== undefined), of((row) => row.chosen === WAIT_LIST), of((row) => row.chosen === LEFT)]
  return [moved && `${count(moved, 'patient')} moved`, waiting && `${waiting} to the wait list`, left && `${left} left as they are`].filter(Boolean).join(', ')
}

export const causeWords: Record<PlanOutdated['rows'][number]['cause'], string> = {
  changed: 'changed meanwhile', gone: 'has begun, or was called off', taken: 'the time was given away', 'not-free': 'its room or equipment is not free any more', added: 'was booked meanwhile',
}
