import type { scheduling } from '#shared/domains/scheduling/contract.ts'
import type { Handlers } from '#main/core/rpc/context.ts'
import * as death from './service.death.ts'
import * as schedule from './service.schedule.ts'
import { dayFigures } from './service.figures.ts'
import { findSlots, freeSlots } from './service.slots.ts'
import { listStranded } from './service.stranded.ts'
import * as service from './service.ts'
import * as waitList from './service.wait-list.ts'

export const schedulingProcedures: Handlers<typeof scheduling> = {
  listDay: (context, input) => service.listDay(context, input.date),
  listForPatient: (context, input) => service.listForPatient(context, input.patientId),
  details: (context, input) => service.details(context, input.id),
  figures: (context, input) => dayFigures(context, input),
  findSlots: (context, input) => findSlots(context, input),
  listStranded: (context, input) => listStranded(context, input),
  freeSlots: (context, input) => freeSlots(context, input),
  book: (context, input) => service.bookAppointment(context, input),
  move: (context, input) => service.moveAppointment(context, input),
  arrive: (context, input) => service.arrive(context, input),
  room: (context, input) => service.room(context, input),
  start: (context, input) => service.start(context, input),
  complete: (context, input) => service.complete(context, input),
  cancel: (context, input) => service.cancel(context, input),
  markNoShow: (context, input) => service.markNoShow(context, input),
  undo: (context, input) => service.undo(context, input),
  deathOutlook: (context, input) => death.deathOutlook(context, input.patientId),
  recordDeath: (context, input) => death.recordDeath(context, input),
  reverseDeath: (context, input) => death.reverseDeath(context, input),
  listTypes: (context) => schedule.listTypes(context),
  listHours: (context) => schedule.listHours(context),
  listBlocks: (context, input) => schedule.listBlocks(context, input),
  setHours: (context, input) => schedule.setHours(context, input),
  addBlock: (context, input) => schedule.addBlock(context, input),
  removeBlock: (context, input) => schedule.removeBlock(context, input.id),
  listHolidays: (context, input) => schedule.listHolidays(context, input),
  saveHoliday: (context, input) => schedule.saveHoliday(context, input),
  removeHoliday: (context, input) => schedule.removeHoliday(context, input.id),
  setTelehealth: (context, input) => service.setTelehealth(context, input),
  saveType: (context, input) => schedule.saveType(context, input),
  listWaitList: (context) => waitList.listWaitList(context),
  addToWaitList: (context, input) => waitList.add(context, input),
  changeWaitListEntry: (context, input) => waitList.change(context, input),
  noteOffer: (context, input) => waitList.noteOffer(context, input),
  withdrawFromWaitList: (context, input) => waitList.withdraw(context, input),
  fillFromWaitList: (context, input) => waitList.fill(context, input),
}
