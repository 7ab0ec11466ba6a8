import type { consents } from '#shared/domains/consents/contract.ts'
import type { Handlers } from '#main/core/rpc/context.ts'
import * as forms from './service.forms.ts'
import * as service from './service.ts'

export const consentsProcedures: Handlers<typeof consents> = {
  listForms: (context) => forms.listForms(context),
  saveForm: (context, input) => forms.saveForm(context, input),
  addStarterForms: (context) => forms.addStarterForms(context),
  listForPatient: (context, input) => service.listForPatient(context, input.patientId),
  get: (context, input) => service.getConsent(context, input.id),
  sign: (context, input) => service.sign(context, input),
  refuse: (context, input) => service.refuseConsent(context, input),
  withdraw: (context, input) => service.withdraw(context, input),
}
