import type { approvals } from '#shared/domains/approvals/contract.ts'
import type { Handlers } from '#main/core/rpc/context.ts'
import { approveHere } from './service.here.ts'
import * as service from './service.ts'

export const approvalsProcedures: Handlers<typeof approvals> = {
  request: (context, input) => service.request(context, input),
  listOpen: (context) => service.listOpen(context),
  listMine: (context) => service.listMine(context),
  approve: (context, input) => service.approve(context, input.id),
  approveHere: (context, input) => approveHere(context, input),
  decline: (context, input) => service.decline(context, input.id, input.reason),
  withdraw: (context, input) => service.withdraw(context, input.id),
  listAlone: (context) => service.listAlone(context),
  markReviewed: (context, input) => service.markReviewed(context, input.id),
}
