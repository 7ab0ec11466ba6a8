import { Role } from '#shared/access/roles.ts'
import type { AddCareTeamMemberInput, AddCoverInput } from '#shared/domains/access/contract.ts'
import type { CareTeam, CareTeamMember, Cover } from '#shared/domains/access/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import { openChart } from '#main/core/access/opened.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import * as repository from './repository.ts'

// The care team: who is on it by hand, who by work, and who stands in for whom.

export function careTeam(context: ReadContext, patientId: Id): CareTeam {
  const chart = openChart(context, patientId)
  return { members: repository.membersOf(context.db, chart, context.scope.values.scopeToday), byWork: repository.teamByWork(context.db, chart) }
}

/** Whoever is on the team brings a colleague onto it; nobody puts themselves onto another's. */
export function addMember(context: WriteContext, input: AddCareTeamMemberInput): CareTeamMember {
  context.audit({ entityId: input.staffId })
  const chart = openChart(context, input.patientId, { toWrite: true })
  const staff = repository.staffName(context.db, input.staffId)
  if (!staff) throw refuse('STAFF_NOT_FOUND')
  if (input.untilOn !== null && input.untilOn < input.fromOn) throw refuse('SPAN_BACKWARDS')
  const { staffId, ...row } = input
  repository.insertMember(context.db, { ...row, staffId, addedAt: context.now, addedBy: context.actor.userId })
  return { ...row, patientId: chart.patientId, staff, addedAt: context.now }
}

export function endMember(context: WriteContext, id: Id): null {
  context.audit({ entityId: id })
  openChart(context, repository.patientOfMember(context.db, id), { toWrite: true })
  repository.endMember(context.db, id, context.now, context.actor.userId)
  return null
}

export const listCover = ({ db, scope }: ReadContext): Cover[] => repository.coverFrom(db, scope.values.scopeToday)

export function addCover(context: WriteContext, input: AddCoverInput): Cover {
  context.audit({ entityId: input.byStaffId })
  requireOwnPatients(context, input.providerId)
  const [provider, by] = [repository.staffName(context.db, input.providerId), repository.staffName(context.db, input.byStaffId)]
  if (!provider || !by || input.providerId === input.byStaffId) throw refuse('STAFF_NOT_FOUND')
  if (input.untilOn < input.fromOn) throw refuse('SPAN_BACKWARDS')
  repository.insertCover(context.db, { ...input, addedAt: context.now, addedBy: context.actor.userId })
  return { id: input.id, provider, by, fromOn: input.fromOn, untilOn: input.untilOn }
}

export function removeCover(context: WriteContext, id: Id): null {
  context.audit({ entityId: id })
  const cover = repository.coverById(context.db, id)
  if (!cover) throw refuse(CommonError.NOT_FOUND)
  requireOwnPatients(context, cover.providerId)
  repository.removeCover(context.db, id, context.now, context.actor.userId)
  return null
}

/** An administrator plans for everybody and yet opens no chart by it: cover gives charts to doctors and nurses only. */
function requireOwnPatients({ actor }: WriteContext, providerId: Id): void {
  if (actor.staffId !== providerId && !actor.roles.includes(Role.administrator)) throw refuse('NOT_YOUR_PATIENTS')
}
