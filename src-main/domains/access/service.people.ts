import type { RestrictPatientInput } from '#shared/domains/access/contract.ts'
import type { AccessPerson, AccessSettings, PatientAccess } from '#shared/domains/access/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import { openFile } from '#main/core/access/opened.ts'
import { accessSettingsOf, forgetAccessSettings } from '#main/core/access/windows.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import * as repository from './repository.people.ts'

// Who is kept from whom: restricted patients, colleagues who are patients, privacy officers, how far a team reaches.

export function patientAccess(context: ReadContext, patientId: Id): PatientAccess {
  const file = openFile(context, patientId)
  return { restriction: repository.restrictionOf(context.db, file) ?? null, isStaff: repository.staffWhoIs(context.db, file) ?? null }
}

/** From then on the patient is there for the named people only, and behind a broken glass. */
export function restrictPatient(context: WriteContext, input: RestrictPatientInput): null {
  context.audit({ entityId: input.patientId })
  const file = openFile(context, input.patientId, { toWrite: true })
  if (repository.restrictionOf(context.db, file)) throw refuse('ALREADY_RESTRICTED')
  const { allowedUserIds, ...row } = input
  if (!allowedUserIds.every((userId) => repository.userExists(context.db, userId))) throw refuse('STAFF_NOT_FOUND')
  repository.insertRestriction(context.db, { ...row, restrictedAt: context.now, restrictedBy: context.actor.userId }, [...new Set(allowedUserIds)])
  return null
}

export function unrestrictPatient(context: WriteContext, patientId: Id): null {
  context.audit({ entityId: patientId })
  const file = openFile(context, patientId, { toWrite: true })
  if (!repository.restrictionOf(context.db, file)) throw refuse('NOT_RESTRICTED')
  repository.liftRestriction(context.db, file, context.now, context.actor.userId)
  return null
}

/** One colleague is one patient at most, and nobody changes the link that keeps them out of their own chart. */
export function linkOwnChart(context: WriteContext, { userId, patientId }: { userId: Id; patientId: Id | null }): null {
  context.audit({ entityId: userId })
  if (!repository.userExists(context.db, userId)) throw refuse('STAFF_NOT_FOUND')
  // Whoever is kept out of their own chart does not open it by saying that it is another's.
  if (userId === context.actor.userId && repository.isLinked(context.db, userId)) throw refuse(CommonError.OWN_CHART)
  if (patientId === null) {
    repository.unlinkSelf(context.db, userId)
    return null
  }
  const file = openFile(context, patientId)
  if (repository.staffWhoIs(context.db, file)) throw refuse('LINKED_ALREADY')
  repository.linkSelf(context.db, userId, file)
  return null
}

export const listPeople = ({ db }: ReadContext): AccessPerson[] => repository.listPeople(db)

export const settings = ({ db }: ReadContext): AccessSettings => accessSettingsOf(db)

export function saveSettings(context: WriteContext, input: AccessSettings): AccessSettings {
  repository.saveSettings(context.db, input)
  forgetAccessSettings(context.db)
  return input
}
