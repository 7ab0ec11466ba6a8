import type { SetHoursInput } from '#shared/domains/scheduling/contract.ts'
import type { AppointmentType, AvailabilityRule, Holiday, ScheduleBlock, Stranded } from '#shared/domains/scheduling/model.ts'
import { areHoursSound } from '#shared/domains/scheduling/rules.ts'
import type { Leave } from '#shared/domains/staff/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import { addDays, addMinutes, dateInZone, dayBounds, type PlainDate } from '#shared/kernel/time.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import type { ReadDb } from '#main/core/db/types.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import * as standing from './repository.frame.ts'
import * as repository from './repository.schedule.ts'
import { strandedBy } from './service.stranded.ts'

// The frame that appointments stand in: visit types, weekly hours, time taken out.

export const listTypes = ({ db }: ReadContext): AppointmentType[] => repository.listTypes(db)
export const listAllTypes = ({ db }: ReadContext): AppointmentType[] => repository.listAllTypes(db)
export const listHours = ({ db }: ReadContext): AvailabilityRule[] => repository.listHours(db)

/** Time taken out that touches these days, the last one included. */
export const listBlocks = ({ db, zone }: ReadContext, { from, to }: { from: PlainDate; to: PlainDate }): ScheduleBlock[] =>
  repository.blocksBetween(db, dayBounds(from, zone).from, dayBounds(to, zone).to)

/** Gives a provider another week from a day on. What was true before that day stays readable. */
export function setHours(context: WriteContext, { providerId, from, hours }: SetHoursInput): { hours: AvailabilityRule[]; stranded: Stranded[] } {
  context.audit({ entityId: providerId })
  requireProvider(context.db, providerId)
  if (!areHoursSound(hours)) throw refuse('HOURS_OVERLAP')
  const rows = hours.map((row) => ({ ...row, providerId, validFrom: from, validTo: null }))
  const stranded = strandedBy(context, openEnded(from, providerId, context), () => repository.replaceHours(context.db, providerId, from, rows))
  return { hours: repository.listHours(context.db).filter((row) => row.providerId === providerId), stranded }
}

/** A week without an end is looked at as far ahead as anybody books. */
export const openEnded = (from: PlainDate, providerId: string, { now, zone }: Pick<WriteContext, 'now' | 'zone'>): { from: PlainDate; to: PlainDate; providerId: string } => {
  const today = dateInZone(now, zone)
  return { from, to: addDays(from > today ? from : today, limits.slot_search_days_max), providerId }
}

/** Appointments that stand in the block stay, and are named: who is away is decided first, whom to move is work that follows. */
export function addBlock(context: WriteContext, block: ScheduleBlock): { block: ScheduleBlock; stranded: Stranded[] } {
  context.audit({ entityId: block.id })
  requireProvider(context.db, block.providerId)
  const latest = addMinutes(block.startsAt, limits.schedule_block_days_max * 1440)
  if (block.endsAt <= block.startsAt || block.endsAt > latest) throw refuse('BLOCK_LENGTH', { days_max: limits.schedule_block_days_max })
  const span = { from: dateInZone(block.startsAt, context.zone), to: dateInZone(block.endsAt, context.zone), providerId: block.providerId }
  return { block, stranded: strandedBy(context, span, () => repository.insertBlock(context.db, block)) }
}

export function removeBlock(context: WriteContext, id: string): Record<string, never> {
  context.audit({ entityId: id })
  if (!repository.blockById(context.db, id)) throw refuse(CommonError.NOT_FOUND)
  repository.deleteBlock(context.db, id)
  return {}
}

/** Approved leave that touches these days: that somebody is away, and not why. */
export const leaveBetween = ({ db }: ReadContext, days: { from: PlainDate; to: PlainDate }): Leave[] => standing.leavesBetween(db, days)

export const listHolidays = ({ db }: { db: ReadDb }, days: { from: PlainDate; to: PlainDate }): Holiday[] => standing.holidaysBetween(db, days)

/** Visits that stand on the day stay, and are named: whom to move is decided next. */
export function saveHoliday(context: WriteContext, holiday: Holiday): { stranded: Stranded[] } {
  context.audit({ entityId: holiday.id })
  const same = standing.holidayOn(context.db, holiday.date)
  if (same && same.id !== holiday.id) throw refuse('HOLIDAY_EXISTS')
  return { stranded: strandedBy(context, { from: holiday.date, to: holiday.date, providerId: null }, () => standing.saveHoliday(context.db, holiday)) }
}

export function removeHoliday(context: WriteContext, id: string): Record<string, never> {
  context.audit({ entityId: id })
  if (!standing.holidayById(context.db, id)) throw refuse(CommonError.NOT_FOUND)
  standing.deleteHoliday(context.db, id)
  return {}
}

export function saveType(context: WriteContext, type: AppointmentType): AppointmentType {
  context.audit({ entityId: type.id })
  // One piece would have to serve everybody of the group, and be given back with the first who cancels.
  if (type.capacity > 1 && type.equipmentKinds.length > 0) throw refuse('GROUP_HOLDS_NO_EQUIPMENT')
  repository.saveType(context.db, type)
  return type
}

export function requireProvider(db: ReadDb, providerId: string): void {
  if (!repository.listProviders(db).some((provider) => provider.id === providerId)) throw refuse('PROVIDER_NOT_FOUND')
}
