import type { access } from '#shared/domains/access/contract.ts'
import type { Handlers } from '#main/core/rpc/context.ts'
import * as glass from './service.glass.ts'
import * as people from './service.people.ts'
import * as service from './service.ts'

export const accessProcedures: Handlers<typeof access> = {
  careTeam: (context, input) => service.careTeam(context, input.patientId),
  addCareTeamMember: (context, input) => service.addMember(context, input),
  endCareTeamMember: (context, input) => service.endMember(context, input.id),
  listCover: (context) => service.listCover(context),
  addCover: (context, input) => service.addCover(context, input),
  removeCover: (context, input) => service.removeCover(context, input.id),
  patientAccess: (context, input) => people.patientAccess(context, input.patientId),
  restrictPatient: (context, input) => people.restrictPatient(context, input),
  unrestrictPatient: (context, input) => people.unrestrictPatient(context, input.patientId),
  linkOwnChart: (context, input) => people.linkOwnChart(context, input),
  breakGlass: (context, input) => glass.breakGlass(context, input),
  listBreakGlass: (context) => glass.listBreakGlass(context),
  countBreakGlass: (context) => glass.countBreakGlass(context),
  reviewBreakGlass: (context, input) => glass.reviewBreakGlass(context, input),
  listPeople: (context) => people.listPeople(context),
  settings: (context) => people.settings(context),
  saveSettings: (context, input) => people.saveSettings(context, input),
}
