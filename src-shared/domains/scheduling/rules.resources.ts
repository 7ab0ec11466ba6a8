import type { Room } from '../clinic/model.ts'
import type { Equipment, EquipmentKind, Outage } from '../rooms/model.ts'
import type { AppointmentType, SlotReason } from './model.ts'
import { heldSpan, spanOf, united, type Buffers, type Span } from './rules.availability.ts'

/** One room or piece of equipment with the times at which it cannot be had: held by others, or out of service. */
export interface ResourceCalendar {
  id: string
  /** In order and apart. */
  busy: readonly Span[]
}

/** One of these has to be free, in this order of preference. */
export interface ResourceNeed extends Buffers {
  lacking: Extract<SlotReason, 'no-room' | 'no-equipment'>
  candidates: readonly ResourceCalendar[]
}

export type TypeNeeds = Pick<AppointmentType, 'roomKind' | 'equipmentKinds' | 'bufferBeforeMin' | 'bufferAfterMin'>

export const isFreeDuring = ({ busy }: ResourceCalendar, span: Span): boolean => !busy.some((one) => one.from < span.to && span.from < one.to)

/** What is missing at a time, or undefined. */
export function lackingAt(needs: readonly ResourceNeed[], from: number, to: number): ResourceNeed['lacking'] | undefined {
  for (const need of needs) {
    const held: Span = { from: from - (need.bufferBeforeMin ?? 0) * 60_000, to: to + (need.bufferAfterMin ?? 0) * 60_000 }
    if (!need.candidates.some((one) => isFreeDuring(one, held))) return need.lacking
  }
  return undefined
}

export type Wish = { startsAt: string; endsAt: string } & Buffers

/** The first that is free for what an appointment holds; what it has already comes first. */
export function pickFree(candidates: readonly ResourceCalendar[], wanted: Wish, has: readonly string[] = []): string | undefined {
  const held = heldSpan(wanted)
  const inOrder = candidates.toSorted((a, b) => Number(has.includes(b.id)) - Number(has.includes(a.id)))
  return inOrder.find((one) => isFreeDuring(one, held))?.id
}

/** The rooms that a visit of this kind can take, in the clinic's order; `own` first: those that its provider uses. */
export function fittingRooms(rooms: readonly Room[], kind: Room['kind'], own: ReadonlySet<string> = new Set()): Room[] {
  return rooms.filter((room) => room.isActive && room.kind === kind).toSorted((a, b) => Number(own.has(b.id)) - Number(own.has(a.id)) || a.sortOrder - b.sortOrder)
}

export const fittingEquipment = (equipment: readonly Equipment[], kind: EquipmentKind): Equipment[] =>
  equipment.filter((one) => one.isActive && one.kind === kind).toSorted((a, b) => a.sortOrder - b.sortOrder)

/** What a resource cannot be had at: `held` by appointments, and what its outages take. */
export function calendarOf(id: string, held: readonly Span[], outages: readonly Outage[]): ResourceCalendar {
  return { id, busy: united([...held, ...outages.filter((one) => one.roomId === id || one.equipmentId === id).map(spanOf)]) }
}

export const outageOf = (outages: readonly Outage[], resourceId: string, wanted: Wish): Outage | undefined =>
  outages.find((one) => (one.roomId === resourceId || one.equipmentId === resourceId) && !isFreeDuring({ id: resourceId, busy: [spanOf(one)] }, heldSpan(wanted)))
