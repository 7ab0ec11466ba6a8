import * as z from 'zod'
import { limits } from '../../kernel/limits.ts'
import { Instant } from '../../kernel/time.ts'
import { query, stream } from '../../rpc/define.ts'
import { Code, CodeSystemSchema } from './model.ts'

const topics = ['codes'] as const

export const SearchCodesInput = z.strictObject({
  system: CodeSystemSchema,
  /** Words by their beginning in any order, or the beginning of a code; nothing asks for what this person uses most. */
  text: z.string().max(limits.search_chars),
  /** Leaves out headings, which no claim may carry. */
  billableOnly: z.boolean().default(true),
  limit: z.int().min(1).max(limits.search_rows).default(limits.search_rows),
})
export type SearchCodesInput = z.infer<typeof SearchCodesInput>

export const CodeSet = z.object({
  system: CodeSystemSchema,
  title: z.string(),
  /** 'FY2027', '2025-10', 'starter', or '' when the file did not say. */
  edition: z.string(),
  /** What kind of file it came from. */
  source: z.string(),
  importedAt: Instant,
  codeCount: z.int(),
  /** The ICD-10-CM edition in force today, when this one is not it. */
  outdatedBy: z.string().nullable(),
})
export type CodeSet = z.infer<typeof CodeSet>

export const ImportCodesInput = z.strictObject({
  /** Where the file lies on this machine. */
  path: z.string().min(1).max(4_096),
  /** The edition, when the file's name does not say it. */
  edition: z.string().trim().max(40).optional(),
  /** Reads and reports everything and writes nothing. */
  dryRun: z.boolean().default(false),
})

const counts = { doneBytes: z.int(), totalBytes: z.int(), taken: z.int(), skipped: z.int() }

export const CodesReport = z.object({
  system: CodeSystemSchema,
  title: z.string(),
  edition: z.string(),
  source: z.string(),
  isDryRun: z.boolean(),
  taken: z.int(),
  billable: z.int(),
  skipped: z.int(),
  reasons: z.record(z.string(), z.int()),
  /** The first skipped lines, by number. */
  examples: z.array(z.object({ line: z.int(), reason: z.string() })).max(limits.import_examples),
  /** The edition that was in use before, if any. */
  replaces: z.string().nullable(),
})
export type CodesReport = z.infer<typeof CodesReport>

export const ImportCodesEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), ...counts }),
  z.object({ kind: z.literal('done'), report: CodesReport }),
])
export type ImportCodesEvent = z.infer<typeof ImportCodesEvent>

export const fileErrors = {
  FILE_NOT_FOUND: z.undefined(),
  FILE_EMPTY: z.undefined(),
  FILE_IS_ZIP: z.undefined(),
  FILE_DAMAGED: z.undefined(),
  FILE_TOO_LARGE: z.undefined(),
}

export const codes = {
  search: query({ can: 'code.read', topics, input: SearchCodesInput, output: z.array(Code).max(limits.search_rows) }),
  listSets: query({ can: 'code.read', topics, input: z.strictObject({}), output: z.array(CodeSet) }),
  importFile: stream({
    can: 'code.import', topics, input: ImportCodesInput, output: ImportCodesEvent,
    errors: { ...fileErrors, NOT_A_CODE_FILE: z.undefined(), IMPORT_RUNNING: z.undefined() },
  }),
}
