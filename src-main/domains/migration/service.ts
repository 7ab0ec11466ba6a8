import type { ImportRun, ImportSkip } from '#shared/domains/migration/contract.ts'
import type { Id } from '#shared/kernel/ids.ts'
import type { ReadContext } from '#main/core/rpc/context.ts'
import * as repository from './repository.ts'

export const listRuns = ({ db }: ReadContext): ImportRun[] => repository.listRuns(db)
export const listSkips = ({ db }: ReadContext, runId: Id): ImportSkip[] => repository.listSkips(db, runId)
