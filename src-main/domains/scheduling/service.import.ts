import type { Appointment } from '#shared/domains/scheduling/model.ts'
import type { WriteContext } from '#main/core/rpc/context.ts'
import * as repository from './repository.import.ts'

/** An appointment of a former system; what it was there stays. False when its time is taken: a person finds another. */
export const importAppointment = ({ db, now, actor, newId }: WriteContext, row: Omit<Appointment, 'version'>): boolean =>
  repository.insertWhereFree(db, { ...row, version: 1 }, { at: now, by: actor.userId, changeId: newId() })

export const takeBackAppointments = repository.takeBackAppointments
