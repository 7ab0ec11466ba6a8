import type { NothingFits } from '#shared/domains/scheduling/contract.ts'
import { statusesWithoutRoom, type Appointment, type AppointmentType } from '#shared/domains/scheduling/model.ts'
import { heldSpan } from '#shared/domains/scheduling/rules.availability.ts'
import { isGroupMate } from '#shared/domains/scheduling/rules.ts'
import { outageOf, pickFree, type TypeNeeds } from '#shared/domains/scheduling/rules.resources.ts'
import { minutesBetween, toInstant, type Instant } from '#shared/kernel/time.ts'
import { refuse } from '#shared/rpc/errors.ts'
import type { ReadDb } from '#main/core/db/types.ts'
import type { WriteContext } from '#main/core/rpc/context.ts'
import * as standing from './repository.frame.ts'
import * as schedule from './repository.schedule.ts'
import * as repository from './repository.ts'
import { ALTERNATIVES_DAYS, movingOf, needsOf, searchTimes } from './service.slots.ts'

// Rooms and equipment that an appointment holds beside its provider's time.

export const typeOf = (db: ReadDb, { typeId }: Pick<Appointment, 'typeId'>): AppointmentType | undefined => (typeId === null ? undefined : schedule.typeById(db, typeId))

/** The appointment in a room: the one it names, or where its type needs one, one that fits; what it is in already comes first. */
export function withRoom(context: WriteContext, wanted: Appointment, type: AppointmentType | undefined, has: string | null = null): Appointment {
  if (wanted.roomId !== null) {
    requireInService(context, wanted, wanted.roomId)
    return wanted
  }
  if (!type?.roomKind) return wanted
  const mate = groupMateOf(context.db, wanted)
  if (mate?.roomId) return { ...wanted, roomId: mate.roomId }
  const [need] = needsOf(context.db, { needs: { ...type, equipmentKinds: [] } }, heldTimes(wanted), movingOf(context.db, wanted.id))
  const roomId = pickFree(need?.candidates ?? [], wanted, has === null ? [] : [has])
  if (roomId === undefined) throw refuse('NOTHING_FITS', nothingFits(context, wanted, type, { room: type.roomKind, equipment: null }))
  return { ...wanted, roomId }
}

/** Somebody of the same group visit, who has its room already. */
const groupMateOf = (db: ReadDb, wanted: Appointment) => repository.appointmentsTaking(db, wanted).find((one) => one.id !== wanted.id && one.roomId !== null && isGroupMate(one, wanted))

export function requireInService({ db }: WriteContext, wanted: Appointment, roomId: string): void {
  const { from, to } = heldTimes(wanted)
  const outage = outageOf(standing.outagesBetween(db, from, to), roomId, wanted)
  if (outage) throw refuse('OUT_OF_SERVICE', { until: outage.endsAt })
}

/**
 * After a step: equipment is given back with the time, and booked anew where the time is another one. While it stays the
 * same nothing is asked again, so a type that needs more since then does not stop a patient from arriving.
 */
export function settleEquipment(context: WriteContext, before: Appointment | undefined, now: Appointment): void {
  const { db } = context
  if (!holdsEquipment(now)) return standing.deleteEquipmentBookings(db, now.id)
  if (before && holdsEquipment(before) && isSameHold(before, now)) return
  const type = typeOf(db, now)
  const has = standing.equipmentBookingsOf(db, now.id).map((one) => one.equipmentId)
  standing.deleteEquipmentBookings(db, now.id)
  if (!type || type.equipmentKinds.length === 0) return
  const { from: holdsFrom, to: holdsTo } = heldTimes(now)
  const needs = needsOf(db, { needs: { ...type, roomKind: null } }, { from: holdsFrom, to: holdsTo }, undefined)
  for (const [i, need] of needs.entries()) {
    const equipmentId = pickFree(need.candidates, now, has)
    if (equipmentId === undefined) throw refuse('NOTHING_FITS', nothingFits(context, now, type, { room: null, equipment: type.equipmentKinds[i] ?? null }))
    standing.insertEquipmentBooking(db, { id: context.newId(), appointmentId: now.id, equipmentId, holdsFrom, holdsTo })
  }
}

const holdsEquipment = ({ status }: Appointment): boolean => !(statusesWithoutRoom as readonly string[]).includes(status)
const isSameHold = (a: Appointment, b: Appointment): boolean => JSON.stringify(heldSpan(a)) === JSON.stringify(heldSpan(b))

function heldTimes(one: Appointment): { from: Instant; to: Instant } {
  const { from, to } = heldSpan(one)
  return { from: toInstant(from), to: toInstant(to) }
}

function nothingFits({ db, zone }: WriteContext, wanted: Appointment, needs: TypeNeeds, lacking: Pick<NothingFits, 'room' | 'equipment'>): NothingFits {
  const { slots } = searchTimes(db, zone, {
    providerIds: [wanted.providerId], movingId: wanted.id, from: wanted.startsAt, durationMin: minutesBetween(wanted.startsAt, wanted.endsAt), days: ALTERNATIVES_DAYS, limit: 3,
    bufferBeforeMin: wanted.bufferBeforeMin, bufferAfterMin: wanted.bufferAfterMin, needs,
  })
  return { ...lacking, alternatives: slots }
}
