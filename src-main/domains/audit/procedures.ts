import type { audit } from '#shared/domains/audit/contract.ts'
import type { Handlers } from '#main/core/rpc/context.ts'
import { listActions, listEvents } from './service.ts'

export const auditProcedures: Handlers<typeof audit> = {
  list: (context, input) => listEvents(context, input),
  actions: (context) => listActions(context),
}
