import type { medications } from '#shared/domains/medications/contract.ts'
import type { Handlers } from '#main/core/rpc/context.ts'
import * as drafts from './service.drafts.ts'
import * as lists from './service.lists.ts'
import * as service from './service.ts'

export const medicationsProcedures: Handlers<typeof medications> = {
  list: (context, input) => lists.listPrescriptions(context, input),
  renewable: (context, input) => lists.listRenewable(context, input.patientId),
  drafts: (context, input) => drafts.listDrafts(context, input.patientId),
  favourites: (context) => drafts.listFavourites(context),
  pages: (context, input) => lists.printedPages(context, input),
  overrides: (context, input) => lists.listOverrides(context, input),
  sign: (context, input) => service.signPrescriptions(context, input),
  cancel: (context, input) => service.cancelPrescription(context, input),
  prepare: (context, input) => drafts.prepare(context, input),
  dropDraft: (context, input) => drafts.dropDraft(context, input.id),
  saveFavourite: (context, input) => drafts.saveFavourite(context, input),
  removeFavourite: (context, input) => drafts.removeFavourite(context, input.id),
  recordPrint: (context, input) => service.recordPrint(context, input),
}
