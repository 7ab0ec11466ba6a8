import type { migration } from '#shared/domains/migration/contract.ts'
import type { Handlers } from '#main/core/rpc/context.ts'
import { listRuns, listSkips } from './service.ts'
import { importFhir } from './service.import.ts'

export const migrationProcedures: Handlers<typeof migration> = {
  importFhir: (context, input) => importFhir(context, input),
  listRuns: (context) => listRuns(context),
  listSkips: (context, input) => listSkips(context, input.runId),
}
