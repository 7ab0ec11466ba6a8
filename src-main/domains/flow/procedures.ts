import type { flow } from '#shared/domains/flow/contract.ts'
import type { Handlers } from '#main/core/rpc/context.ts'
import * as service from './service.ts'

export const flowProcedures: Handlers<typeof flow> = {
  settings: (context) => service.settings(context),
  saveSettings: (context, input) => service.saveSettings(context, input),
  board: (context, input) => service.board(context, input.date),
  nextTicket: (context) => service.nextTicket(context),
  walkIn: (context, input) => service.walkIn(context, input),
  giveTicket: (context, input) => service.giveTicket(context, input),
  call: (context, input) => service.call(context, input),
  findTicket: (context, input) => service.findTicket(context, input.text),
  displayFeed: (context) => service.displayFeed(context),
}
