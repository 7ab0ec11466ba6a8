import type { audit } from '#shared/domains/audit/contract.ts'
import type { Handlers } from '#main/core/rpc/context.ts'
import { exportLog } from './service.export.ts'
import { chartAccess, listActions, listDisclosures, listEvents, listOwn } from './service.ts'
import { logState, verify } from './service.verify.ts'

export const auditProcedures: Handlers<typeof audit> = {
  list: (context, input) => listEvents(context, input),
  actions: (context) => listActions(context),
  mine: (context, input) => listOwn(context, input),
  chartAccess: (context, input) => chartAccess(context, input.patientId),
  state: (context) => logState(context),
  verify: (context) => verify(context),
  export: (context, input) => exportLog(context, input),
  disclosures: (context, input) => listDisclosures(context, input),
}
