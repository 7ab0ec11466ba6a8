import type { codes } from '#shared/domains/codes/contract.ts'
import type { Handlers } from '#main/core/rpc/context.ts'
import { listSets, searchCodes } from './service.ts'
import { importCodes } from './service.import.ts'

export const codesProcedures: Handlers<typeof codes> = {
  search: (context, input) => searchCodes(context, input),
  listSets: (context) => listSets(context),
  importFile: (context, input) => importCodes(context, input),
}
