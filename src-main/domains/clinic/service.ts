import type { Clinic, Room, StaffMember } from '#shared/domains/clinic/model.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import * as repository from './repository.ts'

export const getClinic = ({ db }: ReadContext): Clinic => repository.currentClinic(db)
export const listStaff = ({ db }: ReadContext): StaffMember[] => repository.listStaff(db)
export const listRooms = ({ db }: ReadContext): Room[] => repository.listRooms(db)

/** The next number of a gap-free series, inside the caller's transaction. */
export const takeNumber = ({ db }: WriteContext, name: keyof typeof repository.SeriesName): number => repository.takeNumber(db, name)
