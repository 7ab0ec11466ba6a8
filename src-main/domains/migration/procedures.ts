import type { migration } from '#shared/domains/migration/contract.ts'
import type { Handlers } from '#main/core/rpc/context.ts'
import { listRuns, listSkips } from './service.ts'
import { alone, decideCsvPair, listCsv, listCsvPairs, listCsvProblems, lookCsv, stageCsv } from './service.csv.ts'
import { commitCsv } from './service.csv.commit.ts'
import { saveCsvProblems } from './service.csv.problems.ts'
import { undoCsv } from './service.csv.undo.ts'
import { importFhir } from './service.import.ts'

export const migrationProcedures: Handlers<typeof migration> = {
  lookCsv: (context, input) => lookCsv(context, input),
  stageCsv: (context, input) => alone(context, stageCsv(context, input)),
  commitCsv: (context, input) => alone(context, commitCsv(context, input)),
  undoCsv: (context, input) => alone(context, undoCsv(context, input)),
  listCsv: (context) => listCsv(context),
  listCsvProblems: (context, input) => listCsvProblems(context, input),
  listCsvPairs: (context, input) => listCsvPairs(context, input),
  decideCsvPair: (context, input) => decideCsvPair(context, input),
  saveCsvProblems: (context, input) => saveCsvProblems(context, input),
  importFhir: (context, input) => importFhir(context, input),
  listRuns: (context) => listRuns(context),
  listSkips: (context, input) => listSkips(context, input.runId),
}
