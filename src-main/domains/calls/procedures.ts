import type { calls } from '#shared/domains/calls/contract.ts'
import type { Handlers } from '#main/core/rpc/context.ts'
import * as service from './service.ts'

export const callsProcedures: Handlers<typeof calls> = {
  listRecalls: (context, input) => service.listRecalls(context, input.after),
  openRecalls: (context, input) => service.openRecalls(context, input.patientId),
  listRules: (context) => service.listRules(context),
  listConfirmations: (context, input) => service.listConfirmations(context, input.date),
  addRecall: (context, input) => service.addRecall(context, input),
  recordCall: (context, input) => service.recordCall(context, input),
  closeRecall: (context, input) => service.closeRecall(context, input),
  reopenRecall: (context, input) => service.reopenRecall(context, input.id),
  saveRule: (context, input) => service.saveRule(context, input),
  confirm: (context, input) => service.confirm(context, input),
}
