import type { Room } from '../clinic/model.ts'
import type { Instant } from '../../kernel/time.ts'
import { AppointmentStatus, statusesWithoutRoom, statusesWithoutSlot, type Appointment, type AvailabilityRule } from './model.ts'
import { heldSpan, type Buffers } from './rules.availability.ts'

/** What makes several visits one group visit. Absent: an ordinary visit. */
export interface Grouped { typeId?: string | null | undefined; capacity?: number | undefined }
export type Booking = Pick<Appointment, 'id' | 'providerId' | 'roomId' | 'startsAt' | 'endsAt' | 'status'> & Buffers & Grouped
export type Wanted = Pick<Booking, 'id' | 'providerId' | 'roomId' | 'startsAt' | 'endsAt'> & Buffers & Grouped

/**
 * Live appointments that share the provider's or the room's time, buffers included. Times are half open: one may begin when
 * the other ends. Those of the same group visit stand in nobody's way until all its places are taken.
 */
export function findConflicts<B extends Booking>(existing: readonly B[], wanted: Wanted): B[] {
  const inTheWay = existing.filter((one) => one.id !== wanted.id && holdsOverlap(one, wanted) && (sharesProvider(one, wanted) || sharesRoom(one, wanted)))
  if ((wanted.capacity ?? 1) === 1) return inTheWay
  const [others, mates] = [inTheWay.filter((one) => !isGroupMate(one, wanted)), inTheWay.filter((one) => isGroupMate(one, wanted))]
  return others.length > 0 || mates.length < (wanted.capacity ?? 1) ? others : mates
}

/** Of one group visit: the same type, provider, beginning and end, and room for more than one. */
export const isGroupMate = (one: Wanted, wanted: Wanted): boolean =>
  (one.capacity ?? 1) > 1 && (wanted.capacity ?? 1) > 1 && one.typeId != null && one.typeId === wanted.typeId && one.providerId === wanted.providerId
  && one.startsAt === wanted.startsAt && one.endsAt === wanted.endsAt

const hasBuffers = ({ bufferBeforeMin, bufferAfterMin }: Buffers): boolean => Boolean(bufferBeforeMin) || Boolean(bufferAfterMin)

/** Nearly no appointment has buffers, and texts compare without being read. */
function holdsOverlap(a: Wanted, b: Wanted): boolean {
  if (!hasBuffers(a) && !hasBuffers(b)) return overlaps(a, b)
  const [one, other] = [heldSpan(a), heldSpan(b)]
  return one.from < other.to && other.from < one.to
}

export const sharesProvider = (one: Booking, wanted: Pick<Wanted, 'providerId'>): boolean =>
  one.providerId === wanted.providerId && holdsItsSlot(one.status)

/** A finished visit keeps its provider's time, so that the day stays readable, but has left the room. */
export const sharesRoom = (one: Booking, wanted: Pick<Wanted, 'roomId'>): boolean =>
  wanted.roomId !== null && one.roomId === wanted.roomId && holdsItsRoom(one.status)

const isIn = (statuses: readonly AppointmentStatus[], status: AppointmentStatus): boolean => statuses.includes(status)

export const holdsItsSlot = (status: AppointmentStatus): boolean => !isIn(statusesWithoutSlot, status)
const holdsItsRoom = (status: AppointmentStatus): boolean => !isIn(statusesWithoutRoom, status)
/** Somebody is in the room now, whatever the plan says. */
const isInRoom = (status: AppointmentStatus): boolean => status === AppointmentStatus.roomed || status === AppointmentStatus.inProgress

export const overlaps = (a: { startsAt: Instant; endsAt: Instant }, b: { startsAt: Instant; endsAt: Instant }): boolean =>
  a.startsAt < b.endsAt && b.startsAt < a.endsAt

/** From which statuses each step may be taken; the button, the service and the test read this one table. */
export const steps = {
  arrive: { from: [AppointmentStatus.proposed, AppointmentStatus.booked], to: AppointmentStatus.arrived },
  room: { from: [AppointmentStatus.arrived, AppointmentStatus.roomed], to: AppointmentStatus.roomed },
  start: { from: [AppointmentStatus.arrived, AppointmentStatus.roomed], to: AppointmentStatus.inProgress },
  complete: { from: [AppointmentStatus.inProgress, AppointmentStatus.roomed, AppointmentStatus.arrived], to: AppointmentStatus.fulfilled },
  cancel: { from: [AppointmentStatus.proposed, AppointmentStatus.booked, AppointmentStatus.arrived], to: AppointmentStatus.cancelled },
  markNoShow: { from: [AppointmentStatus.proposed, AppointmentStatus.booked], to: AppointmentStatus.noShow },
} as const satisfies Record<string, { from: readonly AppointmentStatus[]; to: AppointmentStatus }>
export type Step = keyof typeof steps

/**
 * These say what is so (the patient is here, in the room, with the doctor): done on another machine they hold whatever else
 * was changed meanwhile, as long as the status allows them. The others take a plan back and need it as it was seen.
 */
export const saysWhatIsSo = (step: Step): boolean => step !== 'cancel' && step !== 'markNoShow'

type Place = Pick<Booking, 'providerId' | 'roomId' | 'startsAt' | 'endsAt'>
export const isSamePlace = (a: Place, b: Place): boolean => a.providerId === b.providerId && a.roomId === b.roomId && a.startsAt === b.startsAt && a.endsAt === b.endsAt

export const canStep = (status: AppointmentStatus, step: Step): boolean => isIn(steps[step].from, status)

/** At the check-out: done, and not gone yet. */
export const canLeave = ({ status, leftAt }: Pick<Appointment, 'status' | 'leftAt'>): boolean => status === AppointmentStatus.fulfilled && leftAt === null

/** A visit that has begun stays where it is. */
export const canMove = (status: AppointmentStatus): boolean =>
  isIn([AppointmentStatus.proposed, AppointmentStatus.booked, AppointmentStatus.arrived], status)

/**
 * Rooms this patient can be shown into now, the likeliest first: the one that was planned, then the ones this
 * provider has used today, then in the clinic's order. A room with somebody in it, or planned for another
 * patient at this time, is left out: the service would refuse it.
 */
export function freeRooms(rooms: readonly Room[], today: readonly Booking[], wanted: Wanted): Room[] {
  const inUse = (room: Room) => today.some((one) => one.id !== wanted.id && one.roomId === room.id && isInRoom(one.status))
  const planned = (room: Room) => findConflicts(today, { ...wanted, roomId: room.id }).some((one) => sharesRoom(one, { roomId: room.id }))
  const usedByProvider = new Set(today.filter((one) => one.providerId === wanted.providerId).map((one) => one.roomId))
  const rank = (room: Room) => (room.id === wanted.roomId ? 0 : usedByProvider.has(room.id) ? 1 : 2)
  return rooms
    .filter((room) => room.isActive && (room.kind === 'exam' || room.kind === 'treatment') && !inUse(room) && !planned(room))
    .toSorted((a, b) => rank(a) - rank(b) || a.sortOrder - b.sortOrder)
}

type WeeklySpan = Pick<AvailabilityRule, 'weekday' | 'startMin' | 'endMin'>

/** Weekly hours make sense when each span ends after it begins and no two of a day overlap. */
export function areHoursSound(hours: readonly WeeklySpan[]): boolean {
  return hours.every((one, i) => one.startMin < one.endMin && hours.slice(i + 1).every((other) =>
    other.weekday !== one.weekday || other.endMin <= one.startMin || one.endMin <= other.startMin))
}
