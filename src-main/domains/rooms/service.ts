import type { Board, MarkRoomInput } from '#shared/domains/rooms/contract.ts'
import type { Equipment, Outage, Turnover } from '#shared/domains/rooms/model.ts'
import type { Stranded } from '#shared/domains/scheduling/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import { addDays, dateInZone, dayBounds, type Instant, type PlainDate } from '#shared/kernel/time.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import { listRooms } from '#main/domains/clinic/service.ts'
import { strandedBy } from '#main/domains/scheduling/service.stranded.ts'
import * as repository from './repository.ts'

export function board(context: ReadContext, date: PlainDate): Board {
  const { from, to } = dayBounds(date, context.zone)
  const rooms = listRooms(context)
  return {
    rooms,
    equipment: repository.listEquipment(context.db),
    outages: repository.outagesFrom(context.db, context.now),
    bookings: repository.bookingsBetween(context.db, from, to),
    turnovers: rooms.flatMap((room) => repository.lastTurnover(context.db, room.id, from) ?? []),
  }
}

export const listEquipment = ({ db }: ReadContext): Equipment[] => repository.listEquipment(db)

/** A piece that is no longer used is switched off; visits of the past keep it. */
export function saveEquipment(context: WriteContext, piece: Equipment): Equipment {
  context.audit({ entityId: piece.id })
  repository.saveEquipment(context.db, piece)
  return piece
}

export function mark(context: WriteContext, { id, roomId, state }: MarkRoomInput): Turnover {
  context.audit({ entityId: roomId })
  if (!repository.roomExists(context.db, roomId)) throw refuse('ROOM_NOT_FOUND')
  const turnover: Turnover = { id, roomId, state, markedAt: context.now }
  repository.insertTurnover(context.db, { ...turnover, markedBy: context.actor.userId })
  return turnover
}

export function takeOut(context: WriteContext, outage: Outage): { outage: Outage; stranded: Stranded[] } {
  context.audit({ entityId: outage.id })
  const { roomId, equipmentId } = outage
  const isKnown = roomId !== null && equipmentId === null ? repository.roomExists(context.db, roomId) : roomId === null && equipmentId !== null && repository.equipmentExists(context.db, equipmentId)
  if (!isKnown) throw refuse('RESOURCE_NOT_FOUND')
  if (outage.endsAt <= outage.startsAt) throw refuse('OUTAGE_ENDS_FIRST')
  const from = dateInZone(outage.startsAt, context.zone)
  const last = addDays(from > dateInZone(context.now, context.zone) ? from : dateInZone(context.now, context.zone), limits.slot_search_days_max)
  const to = dateInZone(outage.endsAt, context.zone)
  return { outage, stranded: strandedBy(context, { from, to: to < last ? to : last, providerId: null }, () => repository.saveOutage(context.db, outage)) }
}

export function bringBack(context: WriteContext, { id, at }: { id: string; at: Instant }): Record<string, never> {
  context.audit({ entityId: id })
  const outage = repository.outageById(context.db, id)
  if (!outage) throw refuse(CommonError.NOT_FOUND)
  if (outage.startsAt >= at) repository.deleteOutage(context.db, id)
  else if (at < outage.endsAt) repository.saveOutage(context.db, { ...outage, endsAt: at })
  return {}
}
