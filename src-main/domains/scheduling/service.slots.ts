import type { FindSlotsInput, FreeSlotsInput } from '#shared/domains/scheduling/contract.ts'
import type { Appointment, AppointmentType, Slot } from '#shared/domains/scheduling/model.ts'
import { heldSpan, type Buffers, type Frame, type Span } from '#shared/domains/scheduling/rules.availability.ts'
import { calendarOf, fittingEquipment, fittingRooms, type ResourceCalendar, type ResourceNeed, type TypeNeeds } from '#shared/domains/scheduling/rules.resources.ts'
import { searchSlots, type FoundSlots, type SlotSearch } from '#shared/domains/scheduling/rules.search.ts'
import { addDays, dateInZone, dayBounds, type Instant, type PlainDate } from '#shared/kernel/time.ts'
import { refuse } from '#shared/rpc/errors.ts'
import type { ReadDb } from '#main/core/db/types.ts'
import type { ReadContext } from '#main/core/rpc/context.ts'
import { readHeld } from './repository.held.ts'
import * as standing from './repository.frame.ts'
import * as schedule from './repository.schedule.ts'
import { openGroups } from './repository.series.ts'
import * as repository from './repository.ts'

// Free time, looked for in pieces: nearly always the first days have enough, and the others are not read.

export function freeSlots({ db, zone }: ReadContext, { providerId, movingId, ...wanted }: FreeSlotsInput): Slot[] {
  const providerIds = providerId ? [providerId] : schedule.listProviders(db).map((provider) => provider.id)
  return searchTimes(db, zone, { ...wanted, providerIds, days: ALTERNATIVES_DAYS, ...(movingId ? { movingId } : {}) }).slots
}

export function findSlots({ db, zone }: ReadContext, { providerIds, typeId, movingId, ...wanted }: FindSlotsInput): FoundSlots {
  const type = typeId === null ? undefined : requireType(db, typeId)
  const known = schedule.listProviders(db).map((provider) => provider.id)
  const ids = providerIds.length === 0 ? known : known.filter((id) => providerIds.includes(id))
  const found = searchTimes(db, zone, {
    ...wanted, providerIds: ids, ...(movingId ? { movingId } : {}),
    ...(type ? { needs: type, bufferBeforeMin: type.bufferBeforeMin, bufferAfterMin: type.bufferAfterMin } : {}),
  })
  if (!type || type.capacity === 1 || wanted.dayParts.length + wanted.weekdays.length > 0) return found
  // Group visits that others have booked and that have a place left stand among the free times.
  const to = dayBounds(addDays(dateInZone(wanted.from, zone), wanted.days - 1), zone).to
  const open = ids.flatMap((providerId) => openGroups(db, { providerId, typeId: type.id, capacity: type.capacity, patients: 1, from: wanted.from, to, durationMin: wanted.durationMin }))
  const slots = [...open, ...found.slots].toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : a.startsAt > b.startsAt ? 1 : 0)).slice(0, wanted.limit)
  return { slots, reasons: found.reasons.filter((one) => !slots.some((slot) => slot.providerId === one.providerId)) }
}

export function requireType(db: ReadDb, typeId: string): AppointmentType {
  const type = schedule.typeById(db, typeId)
  if (!type) throw refuse('TYPE_NOT_FOUND')
  return type
}

/** How far the three alternatives of a refusal are looked for. */
export const ALTERNATIVES_DAYS = 63

interface TimesWanted extends SlotSearch {
  movingId?: string
  /** This very room, or what the type needs. */
  roomId?: string | null
  needs?: TypeNeeds | undefined
}

const PIECES_DAYS = [7, 28, 180] as const

export function searchTimes(db: ReadDb, zone: string, wanted: TimesWanted): FoundSlots {
  const first = dateInZone(wanted.from, zone)
  const slots: Slot[] = []
  let reasons: FoundSlots['reasons'] = []
  for (let day = 0, piece = 0; day < wanted.days && slots.length < wanted.limit; piece += 1) {
    const days = Math.min(PIECES_DAYS[piece] ?? wanted.days, wanted.days - day)
    const date = addDays(first, day)
    const from = day === 0 ? wanted.from : dayBounds(date, zone).from
    const found = searchSlots(calendarsOf(db, zone, wanted, date, days), { ...wanted, from, days, limit: wanted.limit - slots.length })
    slots.push(...found.slots)
    // The longest piece has the last word about why there is nothing.
    reasons = found.reasons.map((one) => (one.reason === 'no-hours' ? reasons.find((other) => other.providerId === one.providerId) ?? one : one))
    day += days
  }
  return { slots, reasons: reasons.filter((one) => !slots.some((slot) => slot.providerId === one.providerId)) }
}

function calendarsOf(db: ReadDb, zone: string, wanted: TimesWanted, first: PlainDate, days: number) {
  const span: Times = { from: dayBounds(addDays(first, -1), zone).from, to: dayBounds(addDays(first, days + 1), zone).to }
  const moving = movingOf(db, wanted.movingId)
  return {
    frame: frameOf(db, zone, first, days),
    held: new Map(wanted.providerIds.map((id) => [id, heldBy(db, 'provider', id, span, moving)])),
    needs: needsOf(db, wanted, span, moving),
  }
}

export interface Times { from: Instant; to: Instant }
export type Moving = (Pick<Appointment, 'providerId' | 'roomId' | 'startsAt' | 'endsAt'> & Buffers & { equipmentIds: readonly string[] }) | undefined

/** Where an appointment stands that is to be moved. */
export function movingOf(db: ReadDb, id: string | undefined): Moving {
  const place = id === undefined ? undefined : repository.placeOf(db, id)
  return place && { ...place, equipmentIds: standing.equipmentBookingsOf(db, place.id).map((one) => one.equipmentId) }
}

/** Hours, shifts, leave, holidays and blocks of some days, the night before and the day after included. */
export function frameOf(db: ReadDb, zone: string, first: PlainDate, days: number) {
  const span = { from: addDays(first, -1), to: addDays(first, days + 1) }
  return {
    zone, hours: schedule.listHours(db), shifts: standing.shiftsBetween(db, span), leaves: standing.leavesBetween(db, span),
    holidays: standing.holidaysBetween(db, span), blocks: schedule.blocksBetween(db, dayBounds(span.from, zone).from, dayBounds(span.to, zone).to),
  } satisfies Frame
}

/** What is moved does not stand in its own way. */
export function heldBy(db: ReadDb, of: 'provider' | 'room' | 'equipment', id: string, { from, to }: Times, moving: Moving, isEachKept = false): Span[] {
  const isIts = moving !== undefined && (of === 'provider' ? moving.providerId === id : of === 'room' ? moving.roomId === id : moving.equipmentIds.includes(id))
  const spans = readHeld(standing.heldText(db, of, id, from, to), isIts || isEachKept)
  if (!isIts) return spans
  const own = heldSpan(moving)
  const at = spans.findIndex((span) => span.from === own.from && span.to === own.to)
  return at < 0 ? spans : spans.toSpliced(at, 1)
}

/** Each room that would do and each piece of a kind, with the times at which it cannot be had. */
export function needsOf(db: ReadDb, wanted: Pick<TimesWanted, 'roomId' | 'needs'> & Buffers, span: Times, moving: Moving): ResourceNeed[] {
  const kinds = wanted.needs?.equipmentKinds ?? []
  const roomIds = wanted.roomId ? [wanted.roomId] : wanted.needs?.roomKind ? fittingRooms(standing.activeRooms(db), wanted.needs.roomKind).map((room) => room.id) : undefined
  if (!roomIds && kinds.length === 0) return []
  const outages = standing.outagesBetween(db, span.from, span.to)
  const calendars = (of: 'room' | 'equipment', ids: readonly string[]): ResourceCalendar[] => ids.map((id) => calendarOf(id, heldBy(db, of, id, span, moving), outages))
  const buffers: Buffers = { bufferBeforeMin: wanted.bufferBeforeMin, bufferAfterMin: wanted.bufferAfterMin }
  const pieces = kinds.length === 0 ? [] : standing.activeEquipment(db)
  return [
    ...(roomIds ? [{ ...buffers, lacking: 'no-room' as const, candidates: calendars('room', roomIds) }] : []),
    ...kinds.map((kind) => ({ ...buffers, lacking: 'no-equipment' as const, candidates: calendars('equipment', fittingEquipment(pieces, kind).map((one) => one.id)) })),
  ]
}
