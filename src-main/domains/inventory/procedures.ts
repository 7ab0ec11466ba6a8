import type { inventory } from '#shared/domains/inventory/contract.ts'
import type { Handlers } from '#main/core/rpc/context.ts'
import * as counts from './service.count.ts'
import * as items from './service.items.ts'
import * as lists from './service.lists.ts'
import * as service from './service.ts'

export const inventoryProcedures: Handlers<typeof inventory> = {
  list: (context, input) => lists.list(context, input),
  alerts: (context) => lists.alerts(context),
  places: (context) => lists.places(context),
  item: (context, input) => lists.item(context, input.id),
  moves: (context, input) => lists.moves(context, input),
  findLots: (context, input) => lists.findLots(context, input.search),
  recall: (context, input) => lists.recall(context, input),
  usesOfVisit: (context, input) => lists.usesOfVisit(context, input.encounterId),
  countSheet: (context, input) => counts.countSheet(context, input.placeId),
  lastCount: (context, input) => counts.lastCount(context, input.placeId),
  saveItem: (context, input) => items.saveItem(context, input),
  savePlace: (context, input) => items.savePlace(context, input),
  receive: (context, input) => service.receive(context, input),
  use: (context, input) => service.use(context, input),
  waste: (context, input) => service.waste(context, input),
  giveBack: (context, input) => service.giveBack(context, input),
  transfer: (context, input) => service.transfer(context, input),
  correct: (context, input) => service.correct(context, input),
  count: (context, input) => counts.count(context, input),
  quarantine: (context, input) => items.quarantine(context, input),
  release: (context, input) => items.release(context, input),
}
