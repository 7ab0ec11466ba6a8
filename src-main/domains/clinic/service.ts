import type { Clinic, Room, StaffMember } from '#shared/domains/clinic/model.ts'
import { mrnAfterFork } from '#shared/domains/network/rules.ts'
import { provisional } from '#shared/kernel/series.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import { readSync } from '#main/core/sync/context.ts'
import * as repository from './repository.ts'

export const getClinic = ({ db }: ReadContext): Clinic => repository.currentClinic(db)
export const listStaff = ({ db }: ReadContext): StaffMember[] => repository.listStaff(db)
export const listRooms = ({ db }: ReadContext): Room[] => repository.listRooms(db).filter((room) => room.isActive)
export const listAllRooms = ({ db }: ReadContext): Room[] => repository.listRooms(db)

/** The next number of a gap-free series, inside the caller's transaction; on a member one that stands for it until the host's word. */
export function takeNumber({ db }: WriteContext, name: keyof typeof repository.SeriesName): number {
  const taken = repository.takeNumber(db, name)
  return readSync(db).role === 'member' ? provisional(taken) : taken
}

export const invoicePrefix = ({ db }: WriteContext): string => repository.invoicePrefix(db)

export const receiptLetter = ({ db }: WriteContext): string => repository.seriesLetter(db, 'receipt')

/**
 * A host that takes over from one that is gone gives no number that the other may have given: bills and receipts count anew
 * under a letter, and patients' numbers, which are numbers and nothing else, go on in a range of their own.
 */
export function beginOwnSeries(db: WriteDb, letter: string): void {
  for (const name of ['invoice', 'receipt'] as const) repository.beginSeries(db, name, letter, () => 1)
  repository.beginSeries(db, 'mrn', letter, mrnAfterFork)
}

/** Currency and whether it is a demo are decided once: money that was written would change its meaning. */
export function updateClinic(context: WriteContext, input: Omit<Clinic, 'isDemo' | 'currency'>): Clinic {
  const before = repository.currentClinic(context.db)
  if (before.id !== input.id) throw refuse(CommonError.NOT_FOUND)
  context.audit({ entityId: input.id })
  repository.updateClinic(context.db, input)
  return { ...before, ...input }
}

/** A room that is no longer used is switched off; past visits keep its name. */
export function saveRoom(context: WriteContext, room: Room): Room {
  context.audit({ entityId: room.id })
  repository.saveRoom(context.db, room)
  return room
}

export function saveStaff(context: WriteContext, input: Omit<StaffMember, 'isActive'>): StaffMember {
  context.audit({ entityId: input.id })
  const before = repository.staffById(context.db, input.id)
  if (!before) throw refuse(CommonError.NOT_FOUND)
  repository.updateStaff(context.db, input)
  return { ...before, ...input }
}
