import type { staff } from '#shared/domains/staff/contract.ts'
import type { Handlers } from '#main/core/rpc/context.ts'
import * as leave from './service.leave.ts'
import * as swaps from './service.swaps.ts'
import * as service from './service.ts'

export const staffProcedures: Handlers<typeof staff> = {
  roster: (context, input) => service.roster(context, input.weekOf),
  saveShift: (context, input) => service.saveShift(context, input),
  removeShifts: (context, input) => service.removeShifts(context, input.ids),
  fillWeek: (context, input) => service.fillWeek(context, input),
  listTemplates: (context) => service.listTemplates(context),
  saveTemplate: (context, input) => service.saveTemplate(context, input),
  removeTemplate: (context, input) => service.removeTemplate(context, input.id),
  listLeave: (context, input) => leave.listLeave(context, input.from),
  requestLeave: (context, input) => leave.requestLeave(context, input),
  withdrawLeave: (context, input) => leave.withdrawLeave(context, input.id),
  decideLeave: (context, input) => leave.decideLeave(context, input),
  recordLeave: (context, input) => leave.recordLeave(context, input),
  listSwaps: (context) => swaps.listSwaps(context),
  askSwap: (context, input) => swaps.askSwap(context, input),
  answerSwap: (context, input) => swaps.answerSwap(context, input),
  withdrawSwap: (context, input) => swaps.withdrawSwap(context, input.id),
  decideSwap: (context, input) => swaps.decideSwap(context, input),
  saveCoverage: (context, input) => service.saveCoverage(context, input),
  removeCoverage: (context, input) => service.removeCoverage(context, input.id),
  hoursReport: (context, input) => service.hoursReport(context, input),
}
