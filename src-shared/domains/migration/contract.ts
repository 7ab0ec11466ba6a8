import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Instant } from '../../kernel/time.ts'
import { query, stream } from '../../rpc/define.ts'
import { csvProcedures } from './csv/contract.ts'
import { importKinds, importStatuses } from './model.ts'

/**
 * What became of one type of resource: rows taken and rows that were here already (a blood pressure is two), and
 * resources that were skipped; `reasons` says why.
 */
export const TypeCount = z.object({ taken: z.int(), unchanged: z.int(), skipped: z.int(), reasons: z.record(z.string(), z.int()) })
export type TypeCount = z.infer<typeof TypeCount>

/** Resource type to count. The type of a line that could not be read at all is ''. */
export const ImportCounts = z.record(z.string(), TypeCount)
export type ImportCounts = z.infer<typeof ImportCounts>

/** One thing that was not taken. `resourceId` is the source's own id. */
export const ImportSkip = z.object({ line: z.int(), resourceType: z.string(), resourceId: z.string(), reason: z.string(), path: z.string().optional() })
export type ImportSkip = z.infer<typeof ImportSkip>

export const ImportRun = z.object({
  id: Id,
  kind: z.enum(importKinds),
  status: z.enum(importStatuses),
  startedAt: Instant,
  finishedAt: Instant.nullable(),
  startedBy: z.string(),
  linesDone: z.int(),
  counts: ImportCounts,
})
export type ImportRun = z.infer<typeof ImportRun>

export const ImportFhirInput = z.strictObject({
  id: Id,
  /** Where the file lies on this machine. */
  path: z.string().min(1).max(4_096),
  /**
   * Names the system that the file came from, where its ids are only unique within it. The same name each time, or
   * the same patients come twice.
   */
  source: z.string().trim().min(1).max(limits.name_chars).default('file'),
  /** Reads and reports everything and writes nothing. */
  dryRun: z.boolean().default(false),
})
export type ImportFhirInput = z.infer<typeof ImportFhirInput>

export const FhirReport = z.object({
  runId: Id,
  isDryRun: z.boolean(),
  lines: z.int(),
  counts: ImportCounts,
  /** The first things that were skipped for a reason of their own. */
  skips: z.array(ImportSkip).max(limits.import_examples),
  /** When the same file was imported whole before, if it was. */
  importedBefore: Instant.nullable(),
})
export type FhirReport = z.infer<typeof FhirReport>

export const ImportFhirEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), doneBytes: z.int(), totalBytes: z.int(), lines: z.int(), taken: z.int(), unchanged: z.int(), skipped: z.int() }),
  z.object({ kind: z.literal('done'), report: FhirReport }),
])
export type ImportFhirEvent = z.infer<typeof ImportFhirEvent>

const topics = ['migration'] as const
const fileErrors = { FILE_NOT_FOUND: z.undefined(), FILE_EMPTY: z.undefined(), FILE_IS_ZIP: z.undefined(), FILE_DAMAGED: z.undefined() }

export const migration = {
  ...csvProcedures,
  importFhir: stream({
    can: 'migration.import', scope: 'clinical', topics, secondPerson: { approve: 'import.approve', unless: 'dryRun' }, input: ImportFhirInput, output: ImportFhirEvent,
    errors: { ...fileErrors, IMPORT_RUNNING: z.undefined() },
  }),
  listRuns: query({ can: 'migration.import', topics, input: z.strictObject({}), output: z.array(ImportRun).max(limits.page_rows) }),
  listSkips: query({ can: 'migration.import', topics, input: z.strictObject({ runId: Id }), output: z.array(ImportSkip).max(limits.import_skips_kept) }),
}
