import type { DayAppointment } from '#shared/domains/scheduling/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import { addMinutes, instantInZone, minutesBetween, type Instant } from '#shared/kernel/time.ts'
import type { Target } from './view.columns.ts'

/** Pure: where a block stands that is being moved or made longer, on the steps of the grid. */
export interface Held {
  appointment: DayAppointment
  isResizing: boolean
  columnId: string
  startMin: number
  durationMin: number
}

export interface WantedPlace {
  providerId: string
  roomId: string | null
  startsAt: Instant
  endsAt: Instant
}

const DAY_MIN = 1440
const within = (value: number, min: number, max: number): number => Math.min(max, Math.max(min, value))

/** On the day and on a step of the grid. */
export const startAt = (minute: number, durationMin: number, stepMin: number): number => within(Math.round(minute / stepMin) * stepMin, 0, Math.max(0, DAY_MIN - durationMin))

/** To the next step up or down; a block that only changes its column keeps its minute. */
export const startBy = ({ startMin, durationMin }: Pick<Held, 'startMin' | 'durationMin'>, steps: number, stepMin: number): number =>
  (steps === 0 ? startMin : startAt(stepped(startMin, steps, stepMin), durationMin, stepMin))

/** The first step lands on the grid, wherever the minute stood before. */
const stepped = (minute: number, steps: number, stepMin: number): number =>
  (steps > 0 ? Math.floor(minute / stepMin) + steps : Math.ceil(minute / stepMin) + steps) * stepMin

type Edges = Pick<Held, 'startMin' | 'durationMin'>
export const lengthAt = ({ startMin }: Pick<Held, 'startMin'>, endMin: number): number =>
  within(endMin - startMin, limits.appointment_minutes_min, Math.min(limits.appointment_minutes_max, DAY_MIN - startMin))

export const lengthBy = (held: Edges, steps: number, stepMin: number): number => lengthAt(held, stepped(held.startMin + held.durationMin, steps, stepMin))

/**
 * Where that is. A column that names no provider keeps the one it had; a room that no column names goes with a provider,
 * and with another one is chosen anew when the patient is called.
 */
export function placeAt({ appointment: one, isResizing, startMin, durationMin }: Held, target: Target | undefined, zone: string): WantedPlace | undefined {
  if (isResizing) return { providerId: one.providerId, roomId: one.roomId, startsAt: one.startsAt, endsAt: addMinutes(one.startsAt, durationMin) }
  if (!target) return undefined
  const providerId = target.providerId ?? one.providerId
  const startsAt = instantInZone(target.date, startMin, zone)
  const roomId = target.roomId === undefined ? (providerId === one.providerId ? one.roomId : null) : target.roomId
  return { providerId, roomId, startsAt, endsAt: addMinutes(startsAt, minutesBetween(one.startsAt, one.endsAt)) }
}
