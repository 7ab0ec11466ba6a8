import type { rooms } from '#shared/domains/rooms/contract.ts'
import type { Handlers } from '#main/core/rpc/context.ts'
import * as service from './service.ts'

export const roomsProcedures: Handlers<typeof rooms> = {
  board: (context, input) => service.board(context, input.date),
  listEquipment: (context) => service.listEquipment(context),
  saveEquipment: (context, input) => service.saveEquipment(context, input),
  mark: (context, input) => service.mark(context, input),
  takeOut: (context, input) => service.takeOut(context, input),
  bringBack: (context, input) => service.bringBack(context, input),
}
