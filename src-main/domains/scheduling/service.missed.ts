import { noFees, type MissedRules } from '#shared/domains/scheduling/model.missed.ts'
import { refuse } from '#shared/rpc/errors.ts'
import type { ReadDb } from '#main/core/db/types.ts'
import type { WriteContext } from '#main/core/rpc/context.ts'
import * as repository from './repository.missed.ts'
import { typeById } from './repository.schedule.ts'

// What a visit that was missed or called off late costs. The fee itself is billing's, which follows the steps of appointments.

export const rules = ({ db }: { db: ReadDb }): MissedRules => repository.rules(db) ?? noFees

export function saveRules(context: WriteContext, wanted: MissedRules): MissedRules {
  if (wanted.typeFees.some((fee) => !typeById(context.db, fee.typeId))) throw refuse('TYPE_NOT_FOUND')
  repository.saveRules(context.db, wanted)
  return wanted
}

/** What the patient of an appointment has missed or called off since then. */
export const missable = (db: ReadDb, appointmentId: string, since: string): repository.MissableRow[] => repository.missableSince(db, appointmentId, since)
