import { can } from '#shared/access/permissions.ts'
import type { Decision, RequestInput } from '#shared/domains/approvals/contract.ts'
import type { Approval } from '#shared/domains/approvals/model.ts'
import { canonical, isExpired, isIndependent, isTwoPerson, permitEnds, requestEnds, whyNotDecide } from '#shared/domains/approvals/rules.ts'
import type { Account } from '#shared/domains/clinic/contract.ts'
import { assert } from '#shared/kernel/assert.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import { addMinutes } from '#shared/kernel/time.ts'
import { contract } from '#shared/rpc/contract.ts'
import { findProcedure, type Procedure } from '#shared/rpc/define.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import type { Actor, ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import { lastResetOf, listAccounts } from '#main/domains/clinic/service.staff.ts'
import * as repository from './repository.ts'
import { somebodyElseCanApprove } from './service.gate.ts'

type TwoPerson = Procedure & Required<Pick<Procedure, 'secondPerson'>>

/** Pressed twice, or asked again for the very same thing, it is one request. */
export function request(context: WriteContext, { id, procedure: name, input, reason }: RequestInput): Approval {
  const { db, actor, now } = context
  context.audit({ entityId: id })
  const procedure = procedureOf(name)
  const parsed = procedure?.input.safeParse(input)
  if (procedure && !parsed?.success) throw refuse(CommonError.INVALID_INPUT, { issues: [{ path: ['input'], message: 'of the act' }] })
  if (!procedure || !isTwoPerson(procedure, parsed?.data)) throw refuse('NOT_TWO_PERSON')
  if (!mayCall(actor, procedure)) throw refuse(CommonError.FORBIDDEN)
  const text = canonical(parsed?.data)
  if (text.length > limits.approval_input_chars) throw refuse(CommonError.INVALID_INPUT, { issues: [{ path: ['input'], message: 'too_big' }] })
  const before = repository.approvalById(db, id) ?? repository.sameOpen(db, { userId: actor.userId, procedure: name, input: text, now })
  if (before && (before.requestedBy !== actor.userId || before.input !== text || before.procedure !== name)) throw refuse('ID_USED')
  if (before) return view(context, before)
  if (!somebodyElseCanApprove(db, procedure.secondPerson, actor.userId, context.now)) throw refuse('NOBODY_ELSE')
  if (procedure.kind === 'command') {
    // Tried out and taken back: whoever approves should not find out that it cannot be done.
    const tried = context.execute({ procedure: name, input: parsed?.data, actor, isRehearsal: true })
    if (!tried.isDone) throw refuse('WOULD_BE_REFUSED', { code: tried.code, data: tried.data })
  }
  repository.insertApproval(db, { id, procedure: name, input: text, reason, status: 'open', requestedBy: actor.userId, requestedAt: now, expiresAt: requestEnds(now) })
  return viewOf(context, id)
}

export function listOpen(context: ReadContext): Approval[] {
  const accounts = listAccounts(context)
  return repository.openApprovals(context.db, context.now).map((row) => view(context, row, accounts)).filter((one) => one.isOwn || one.mayDecide)
}

export function listMine(context: ReadContext): Approval[] {
  const since = addMinutes(context.now, -limits.approvals_kept_days * 24 * 60)
  const accounts = listAccounts(context)
  return repository.approvalsOf(context.db, context.actor.userId, since).map((row) => view(context, row, accounts))
}

/**
 * The approval and the act are one transaction: with the rights that both people have at this moment, on the rows as they
 * are at this moment. When the act is refused its own writes are taken back, and the request stays open with the reason.
 */
export function approve(context: WriteContext, id: Id): Decision {
  const { db, actor, now } = context
  const row = decidable(context, id)
  const procedure = procedureOf(row.procedure)
  assert(procedure, 'what could be asked for is still in the contract')
  const decided = { decidedBy: actor.userId, decidedAt: now, refusedCode: null }
  const requester = actorOf(listAccounts(context).find((one) => one.userId === row.requestedBy))
  if (procedure.kind !== 'command') {
    repository.updateApproval(db, id, { ...decided, status: 'permitted', expiresAt: permitEnds(now) })
    return { approval: viewOf(context, id), outcome: 'permitted', result: null, refusal: null }
  }
  const outcome = requester ? context.execute({ procedure: row.procedure, input: JSON.parse(row.input), actor: requester }) : { isDone: false as const, code: CommonError.FORBIDDEN, data: undefined }
  if (!outcome.isDone) {
    repository.updateApproval(db, id, { refusedCode: outcome.code })
    return { approval: viewOf(context, id), outcome: 'refused', result: null, refusal: { code: outcome.code, data: outcome.data } }
  }
  repository.updateApproval(db, id, { ...decided, status: 'done' })
  return { approval: viewOf(context, id), outcome: 'done', result: mayCall(actor, procedure) ? outcome.output : null, refusal: null }
}

export function decline(context: WriteContext, id: Id, reason: string): Approval {
  decidable(context, id)
  repository.updateApproval(context.db, id, { status: 'declined', decidedBy: context.actor.userId, decidedAt: context.now, declineReason: reason })
  return viewOf(context, id)
}

export function withdraw(context: WriteContext, id: Id): Approval {
  const row = rowOf(context, id)
  if (row.requestedBy !== context.actor.userId) throw refuse('NOT_YOUR_REQUEST')
  if (row.status !== 'open') throw refuse('APPROVAL_SETTLED')
  repository.updateApproval(context.db, id, { status: 'withdrawn', decidedAt: context.now })
  return viewOf(context, id)
}

export function listAlone(context: ReadContext): Approval[] {
  const accounts = listAccounts(context)
  return repository.unreviewed(context.db).map((row) => view(context, row, accounts))
}

/** Looking at one's own act is worth something only where nobody else is left to look. */
export function markReviewed(context: WriteContext, id: Id): Approval {
  const row = rowOf(context, id)
  if (row.status !== 'alone' || row.reviewedAt !== null) throw refuse('APPROVAL_SETTLED')
  const { userId } = context.actor
  if (row.requestedBy === userId && somebodyElseCanApprove(context.db, { approve: 'clinic.manage' }, userId, context.now)) throw refuse('OWN_REQUEST')
  repository.updateApproval(context.db, id, { reviewedBy: userId, reviewedAt: context.now })
  return viewOf(context, id)
}

/** A request that this person may decide now. */
export function decidable(context: ReadContext, id: Id): repository.ApprovalRow {
  const row = rowOf(context, id)
  const procedure = procedureOf(row.procedure)
  if (!procedure || !can(context.actor, procedure.secondPerson.approve)) throw refuse(CommonError.FORBIDDEN)
  const why = whyNotDecide(row, context.actor.userId, context.now)
  if (why) throw refuse(why)
  if (!isIndependent(lastResetOf(context.db, context.actor.userId), row.requestedBy, context.now)) throw refuse('NOT_INDEPENDENT')
  return row
}

function rowOf(context: ReadContext, id: Id): repository.ApprovalRow {
  context.audit({ entityId: id })
  const row = repository.approvalById(context.db, id)
  if (!row) throw refuse(CommonError.NOT_FOUND)
  return row
}

function procedureOf(name: string): TwoPerson | undefined {
  const procedure = findProcedure(contract, name.split('.'))
  return procedure?.secondPerson ? { ...procedure, secondPerson: procedure.secondPerson } : undefined
}

const mayCall = (who: Pick<Actor, 'roles'>, { can: right }: Procedure): boolean => right === 'public' || right === 'signed-in' || can(who, right)

/** Who asked, with the rights they have now; nobody when the account has been switched off meanwhile. */
function actorOf(account: Account | undefined): Actor | undefined {
  if (!account || account.disabledAt !== null) return undefined
  return { sessionId: '', userId: account.userId, staffId: account.staff.id, name: `${account.staff.givenName} ${account.staff.familyName}`, roles: account.roles }
}

function viewOf(context: ReadContext, id: Id): Approval {
  const row = repository.approvalById(context.db, id)
  assert(row, 'approvals are kept')
  return view(context, row)
}

function view(context: ReadContext, row: repository.ApprovalRow, accounts: readonly Account[] = listAccounts(context)): Approval {
  const nameOf = (userId: Id): string => {
    const staff = accounts.find((one) => one.userId === userId)?.staff
    return staff ? `${staff.givenName} ${staff.familyName}` : ''
  }
  const { actor, now } = context
  const procedure = procedureOf(row.procedure)
  return {
    id: row.id, procedure: row.procedure, input: JSON.parse(row.input), reason: row.reason, status: row.status,
    requestedBy: { userId: row.requestedBy, name: nameOf(row.requestedBy) }, requestedAt: row.requestedAt,
    expiresAt: row.expiresAt, isExpired: isExpired(row, now),
    decidedBy: row.decidedBy === null ? null : { userId: row.decidedBy, name: nameOf(row.decidedBy) }, decidedAt: row.decidedAt,
    declineReason: row.declineReason, refusedCode: row.refusedCode,
    isOwn: row.requestedBy === actor.userId,
    mayDecide: procedure !== undefined && can(actor, procedure.secondPerson.approve) && whyNotDecide(row, actor.userId, now) === undefined,
  }
}
