import type { Day } from '#shared/domains/scheduling/contract.ts'
import { AppointmentStatus, type DayAppointment } from '#shared/domains/scheduling/model.ts'
import { canLeave } from '#shared/domains/scheduling/rules.ts'
import { dateInZone, type Instant } from '#shared/kernel/time.ts'
import { ageSex, count, gridClock, listName } from '#renderer/ui/format.ts'
import type { VisitState } from '#renderer/ui/StateTag.tsx'
import { shownState } from './flow/view.ts'
import { minutesOn, type ClosedSpan } from './view.closed.ts'
import { providerLanes, type Lane, type Target } from './view.columns.ts'

export { providerName } from './view.names.ts'

/** Pure: what the day draws of the rows it got. Geometry is in minutes since midnight on the clinic's wall clock. */
export interface DayView {
  fromMin: number
  toMin: number
  columns: DayColumn[]
}

export interface DayColumn {
  id: string
  name: string
  person: string | undefined
  target: Target
  /** "Rooms 1, 2", "14 today": the second one gives way where the column is narrow. */
  note: string[]
  closed: ClosedSpan[]
  blocks: Block[]
}

export interface Block {
  appointment: DayAppointment
  /** As it is shown: done and not gone yet is the check-out, today only. */
  state: VisitState
  startMin: number
  endMin: number
  /** Side by side where a no-show's time was given to somebody else. */
  lane: number
  lanes: number
  name: string
  line: string
  /** Whole minutes in this state, today only. */
  timerMin: number | undefined
  isSameName: boolean
  /** Read out: "10:30, Lopez, Maria, 68 F, roomed 4 minutes". */
  label: string
}

export interface DayContext {
  zone: string
  now: Instant
}

const FIRST_MIN = 8 * 60
const LAST_MIN = 17 * 60

/** One column for each provider, unless another cut of the same rows is asked for. */
export function dayView(day: Day, { zone, now }: DayContext, lanes: readonly Lane[] = providerLanes(day, zone)): DayView {
  const shown = day.appointments.filter((one) => one.status !== AppointmentStatus.cancelled)
  const namesakes = sameNames(shown, zone)
  const drawn = shown.map((one) => blockOf(one, namesakes, { zone, now }))
  const spans = lanes.flatMap((lane) => lane.open)
  const fromMin = Math.floor(Math.min(...starts(spans), ...starts(drawn), spans.length > 0 ? LAST_MIN : FIRST_MIN) / 60) * 60
  const toMin = Math.ceil(Math.max(...ends(spans), ...ends(drawn), LAST_MIN) / 60) * 60
  const today = dateInZone(now, zone)
  return {
    fromMin, toMin,
    columns: lanes.map((lane) => {
      const own = drawn.filter((block) => lane.has(block.appointment))
      return {
        id: lane.id, name: lane.name, person: lane.person, target: lane.target, note: lane.note ? [lane.note] : columnNote(own, lane.target.date === today, lane.target.roomId === undefined),
        closed: lane.closed({ fromMin, toMin }), blocks: withLanes(own),
      }
    }),
  }
}

const starts = (spans: readonly { startMin: number }[]): number[] => spans.map((span) => span.startMin)
const ends = (spans: readonly { endMin: number }[]): number[] => spans.map((span) => span.endMin)

function columnNote(blocks: readonly Block[], isToday: boolean, namesRooms: boolean): string[] {
  if (!namesRooms) return [count(blocks.length, 'visit')]
  const rooms = [...new Set(blocks.flatMap((block) => block.appointment.roomName ?? []))].toSorted()
  const numbers = rooms.every((room) => /^Room \d+$/.test(room)) ? rooms.map((room) => room.slice(5)) : []
  const roomsText = rooms.length === 0 ? '' : numbers.length > 1 ? `Rooms ${numbers.join(', ')}` : rooms.join(', ')
  return [roomsText, isToday ? `${blocks.length} today` : count(blocks.length, 'visit')].filter(Boolean)
}

function blockOf(one: DayAppointment, namesakes: ReadonlySet<string>, { zone, now }: DayContext): Block {
  const date = dateInZone(one.startsAt, zone)
  const { startMin, endMin } = minutesOn(one, { date, zone })
  const isSameName = namesakes.has(one.id)
  const who = one.isRestricted ? '' : ageSex(one.patient.birthDate, one.patient.sex, date)
  const isToday = date === dateInZone(now, zone)
  const state = shownState(one, isToday)
  const timerMin = isToday ? minutesInState(one, now) : undefined
  const name = [listName(one.patient), isSameName && one.patient.birthDate.slice(0, 4)].filter(Boolean).join(' ')
  return {
    appointment: one, state, startMin, endMin, lane: 0, lanes: 1, name,
    line: [who, one.reason ?? one.typeName, inRoom(one) ? one.roomName : undefined].filter(Boolean).join(' · '),
    timerMin, isSameName,
    label: [gridClock(startMin), name, isSameName && 'same name as another patient today', who, stateWords(state, timerMin)].filter(Boolean).join(', '),
  }
}

const inRoom = (one: DayAppointment): boolean => one.status === AppointmentStatus.roomed || one.status === AppointmentStatus.inProgress

const spokenStates: Record<VisitState, string> = {
  proposed: 'proposed', booked: 'booked', arrived: 'arrived', roomed: 'roomed', 'in-progress': 'with doctor',
  checkout: 'at the check-out', fulfilled: 'done', cancelled: 'cancelled', 'no-show': 'did not come',
}

const stateWords = (state: VisitState, timerMin: number | undefined): string =>
  timerMin === undefined ? spokenStates[state] : `${spokenStates[state]} ${count(timerMin, 'minute')}`

/** How long somebody has been waiting, in the room, with the doctor, or at the check-out. */
export function minutesInState(one: DayAppointment, now: Instant): number | undefined {
  const since = { [AppointmentStatus.arrived]: one.arrivedAt, [AppointmentStatus.roomed]: one.roomedAt, [AppointmentStatus.inProgress]: one.startedAt, [AppointmentStatus.fulfilled]: canLeave(one) ? one.fulfilledAt : null } as Partial<Record<AppointmentStatus, Instant | null>> // The other states have no timer.
  const from = since[one.status]
  return from ? Math.max(0, Math.floor((Date.parse(now) - Date.parse(from)) / 60_000)) : undefined
}

/** Ids of appointments whose patient shares family and first name with another patient of the day. */
function sameNames(appointments: readonly DayAppointment[], zone: string): Set<string> {
  const patientsOf = new Map<string, Set<string>>()
  const keyOf = ({ startsAt, patient }: DayAppointment): string => `${dateInZone(startsAt, zone)}|${nameKey(patient)}`
  for (const one of appointments) patientsOf.set(keyOf(one), (patientsOf.get(keyOf(one)) ?? new Set()).add(one.patient.id))
  return new Set(appointments.filter((one) => (patientsOf.get(keyOf(one))?.size ?? 0) > 1).map((one) => one.id))
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
const nameKey = ({ familyName, givenName }: { familyName: string; givenName: string }): string => `${plain(familyName)}|${plain(givenName.split(' ')[0] ?? '')}`

/** Blocks that share time stand side by side: each group of overlapping ones is as wide as its largest moment. */
export function withLanes<B extends { startMin: number; endMin: number; lane: number; lanes: number }>(blocks: readonly B[]): B[] {
  const sorted = blocks.toSorted((a, b) => a.startMin - b.startMin || b.endMin - a.endMin)
  const done: B[] = []
  let group: B[] = []
  let groupEnd = -1
  const close = (): void => {
    const lanes = Math.max(0, ...group.map((one) => one.lane)) + 1
    done.push(...group.map((one) => ({ ...one, lanes })))
    group = []
  }
  for (const block of sorted) {
    if (block.startMin >= groupEnd) close()
    const taken = new Set(group.filter((one) => one.endMin > block.startMin).map((one) => one.lane))
    let lane = 0
    while (taken.has(lane)) lane += 1
    group.push({ ...block, lane })
    groupEnd = Math.max(group.length === 1 ? 0 : groupEnd, block.endMin)
  }
  close()
  return done
}

export interface DayCounts {
  booked: number
  waiting: number
  longestWaitMin: number | undefined
  roomed: number
  withDoctor: number
  /** Done, and not gone yet. */
  checkout: number
  done: number
}

/** The strip: how the day stands, and who has waited longest. */
export function dayCounts(day: Day, { zone, now }: DayContext): DayCounts {
  const having = (...statuses: AppointmentStatus[]) => day.appointments.filter((one) => statuses.includes(one.status))
  const waiting = having(AppointmentStatus.arrived)
  const isToday = day.date === dateInZone(now, zone)
  const done = having(AppointmentStatus.fulfilled)
  const checkout = isToday ? done.filter(canLeave).length : 0
  const waits = isToday ? waiting.map((one) => minutesInState(one, now) ?? 0) : []
  return {
    booked: having(AppointmentStatus.booked, AppointmentStatus.proposed).length,
    waiting: waiting.length,
    longestWaitMin: waits.length > 0 ? Math.max(...waits) : undefined,
    roomed: having(AppointmentStatus.roomed).length,
    withDoctor: having(AppointmentStatus.inProgress).length,
    checkout,
    done: done.length - checkout,
  }
}

/** Longest wait first. */
export const waitingList = (day: Day): DayAppointment[] =>
  day.appointments.filter((one) => one.status === AppointmentStatus.arrived).toSorted((a, b) => ((a.arrivedAt ?? '') < (b.arrivedAt ?? '') ? -1 : 1))

const NEXT_ROWS = 6

/** Who is expected: the late ones first because they are earliest, then the next to come. */
export function comingUp(day: Day, now: Instant): { appointment: DayAppointment; lateMin: number }[] {
  return day.appointments
    .filter((one) => one.status === AppointmentStatus.booked || one.status === AppointmentStatus.proposed)
    .filter((one) => one.endsAt > now)
    .slice(0, NEXT_ROWS)
    .map((appointment) => ({ appointment, lateMin: Math.max(0, Math.floor((Date.parse(now) - Date.parse(appointment.startsAt)) / 60_000)) }))
}

/** Where the keys go: the next appointment up or down in a column, or the one nearest to a time. */
export function neighbour(column: Pick<DayColumn, 'blocks'> | undefined, activeId: string | undefined, step: 1 | -1): string | undefined {
  const ids = column?.blocks.map((block) => block.appointment.id) ?? []
  const at = activeId === undefined ? -1 : ids.indexOf(activeId)
  return ids[Math.min(ids.length - 1, Math.max(0, at + step))]
}

export function nearestTo(column: Pick<DayColumn, 'blocks'> | undefined, minute: number): string | undefined {
  const blocks = column?.blocks ?? []
  const [nearest] = blocks.toSorted((a, b) => distance(a, minute) - distance(b, minute))
  return nearest?.appointment.id
}

const distance = (block: Block, minute: number): number => (block.endMin <= minute ? minute - block.endMin + 1 : Math.max(0, block.startMin - minute))
