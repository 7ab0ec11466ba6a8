import type { Room } from '../clinic/model.ts'
import { AppointmentStatus, type Appointment } from '../scheduling/model.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Equipment, EquipmentBooking, Outage, ResourceState, Turnover } from './model.ts'

type Visit = Pick<Appointment, 'id' | 'roomId' | 'status' | 'fulfilledAt' | 'startsAt' | 'endsAt'>

export interface Standing<V extends Visit = Visit> {
  state: ResourceState
  /** Who is in it now. */
  visit?: V
  /** What is planned in it next today. */
  next?: V
  outage?: Outage
}

const isInRoom = (status: Visit['status']): boolean => status === AppointmentStatus.roomed || status === AppointmentStatus.inProgress
const isPlanned = (status: Visit['status']): boolean => status === AppointmentStatus.proposed || status === AppointmentStatus.booked || status === AppointmentStatus.arrived
const isOut = (outages: readonly Outage[], id: string, now: Instant): Outage | undefined =>
  outages.find((one) => (one.roomId === id || one.equipmentId === id) && one.startsAt <= now && now < one.endsAt)

/**
 * What a room is now: with somebody in it it is occupied whatever else was said; out of service before anything else that is
 * only a plan; to be cleaned since the last visit in it ended, until somebody says that it is clean.
 */
export function roomStanding<V extends Visit>(room: Pick<Room, 'id'>, given: { today: readonly V[]; outages: readonly Outage[]; turnovers: readonly Turnover[]; now: Instant }): Standing<V> {
  const inIt = given.today.filter((one) => one.roomId === room.id)
  const visit = inIt.find((one) => isInRoom(one.status))
  const next = inIt.filter((one) => isPlanned(one.status)).toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1))[0]
  const more = next ? { next } : {}
  if (visit) return { state: 'occupied', visit, ...more }
  const outage = isOut(given.outages, room.id, given.now)
  if (outage) return { state: 'out-of-service', outage, ...more }
  return { state: needsCleaning(inIt, given.turnovers.find((one) => one.roomId === room.id)) ? 'cleaning' : 'free', ...more }
}

function needsCleaning(inIt: readonly Visit[], marked: Turnover | undefined): boolean {
  const left = inIt.flatMap((one) => (one.status === AppointmentStatus.fulfilled && one.fulfilledAt ? [one.fulfilledAt] : [])).toSorted().at(-1)
  if (!marked) return left !== undefined
  return left !== undefined && left > marked.markedAt ? true : marked.state === 'cleaning'
}

/** A piece is occupied while an appointment holds it; nobody cleans it by the board. */
export function equipmentStanding<V extends Visit>(piece: Pick<Equipment, 'id'>, given: { today: readonly V[]; outages: readonly Outage[]; bookings: readonly EquipmentBooking[]; now: Instant }): Standing<V> {
  const ofPiece = given.bookings.filter((one) => one.equipmentId === piece.id).toSorted((a, b) => (a.holdsFrom < b.holdsFrom ? -1 : 1))
  const visitOf = (booking: EquipmentBooking | undefined): V | undefined => booking && given.today.find((one) => one.id === booking.appointmentId)
  const held = ofPiece.find((one) => one.holdsFrom <= given.now && given.now < one.holdsTo)
  const next = visitOf(ofPiece.find((one) => one.holdsFrom > given.now))
  const more = next ? { next } : {}
  const outage = isOut(given.outages, piece.id, given.now)
  if (outage) return { state: 'out-of-service', outage, ...more }
  const visit = visitOf(held)
  return held ? { state: 'occupied', ...(visit ? { visit } : {}), ...more } : { state: 'free', ...more }
}
