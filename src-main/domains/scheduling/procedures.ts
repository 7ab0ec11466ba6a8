import type { scheduling } from '#shared/domains/scheduling/contract.ts'
import type { Handlers } from '#main/core/rpc/context.ts'
import * as death from './service.death.ts'
import * as schedule from './service.schedule.ts'
import { dayFigures, occupancy } from './service.figures.ts'
import { findSlots, freeSlots } from './service.slots.ts'
import * as absence from './service.absence.ts'
import * as missed from './service.missed.ts'
import * as series from './service.series.ts'
import * as several from './service.several.ts'
import { listStranded, wouldStrand } from './service.stranded.ts'
import * as together from './service.together.ts'
import * as service from './service.ts'
import * as video from './service.video.ts'
import * as waitList from './service.wait-list.ts'

export const schedulingProcedures: Handlers<typeof scheduling> = {
  listDay: (context, input) => service.listDay(context, input.date),
  listWeek: (context, input) => service.listWeek(context, input),
  occupancy: (context, input) => occupancy(context, input),
  listForPatient: (context, input) => service.listForPatient(context, input.patientId),
  details: (context, input) => service.details(context, input.id),
  figures: (context, input) => dayFigures(context, input),
  findSlots: (context, input) => findSlots(context, input),
  listStranded: (context, input) => listStranded(context, input),
  wouldStrand: (context, input) => wouldStrand(context, input),
  freeSlots: (context, input) => freeSlots(context, input),
  book: (context, input) => service.bookAppointment(context, input),
  move: (context, input) => service.moveAppointment(context, input),
  arrive: (context, input) => service.arrive(context, input),
  room: (context, input) => service.room(context, input),
  start: (context, input) => service.start(context, input),
  complete: (context, input) => service.complete(context, input),
  leave: (context, input) => service.leave(context, input),
  cancel: (context, input) => service.cancel(context, input),
  markNoShow: (context, input) => service.markNoShow(context, input),
  undo: (context, input) => service.undo(context, input),
  deathOutlook: (context, input) => death.deathOutlook(context, input.patientId),
  recordDeath: (context, input) => death.recordDeath(context, input),
  reverseDeath: (context, input) => death.reverseDeath(context, input),
  listTypes: (context) => schedule.listTypes(context),
  listAllTypes: (context) => schedule.listAllTypes(context),
  listHours: (context) => schedule.listHours(context),
  listBlocks: (context, input) => schedule.listBlocks(context, input),
  setHours: (context, input) => schedule.setHours(context, input),
  addBlock: (context, input) => schedule.addBlock(context, input),
  removeBlock: (context, input) => schedule.removeBlock(context, input.id),
  listHolidays: (context, input) => schedule.listHolidays(context, input),
  saveHoliday: (context, input) => schedule.saveHoliday(context, input),
  removeHoliday: (context, input) => schedule.removeHoliday(context, input.id),
  setTelehealth: (context, input) => video.setTelehealth(context, input),
  saveType: (context, input) => schedule.saveType(context, input),
  listWaitList: (context) => waitList.listWaitList(context),
  addToWaitList: (context, input) => waitList.add(context, input),
  changeWaitListEntry: (context, input) => waitList.change(context, input),
  noteOffer: (context, input) => waitList.noteOffer(context, input),
  withdrawFromWaitList: (context, input) => waitList.withdraw(context, input),
  fillFromWaitList: (context, input) => waitList.fill(context, input),
  checkOccurrences: (context, input) => series.checkOccurrences(context, input),
  seriesOf: (context, input) => series.seriesOf(context, input.id),
  findTogether: (context, input) => together.findTogether(context, input),
  listRelatives: (context, input) => together.listRelatives(context, input.patientId),
  bookSeries: (context, input) => series.bookSeries(context, input),
  bookTogether: (context, input) => together.bookTogether(context, input),
  cancelSeveral: (context, input) => several.cancelSeveral(context, input),
  moveSeveral: (context, input) => several.moveSeveral(context, input),
  undoSeveral: (context, input) => several.undoSeveral(context, input),
  joinVideo: (context, input) => video.joinVideo(context, input.id),
  proposePlan: (context, input) => absence.propose(context, input),
  applyPlan: (context, input) => absence.apply(context, input),
  undoPlan: (context, input) => absence.undoPlan(context, input.id),
  callSheets: (context) => absence.callSheets(context),
  missedRules: (context) => missed.rules(context),
  saveMissedRules: (context, input) => missed.saveRules(context, input),
}
