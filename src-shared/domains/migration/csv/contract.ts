import * as z from 'zod'
import { Id } from '../../../kernel/ids.ts'
import { limits } from '../../../kernel/limits.ts'
import { Instant, PlainDate } from '../../../kernel/time.ts'
import { action, command, query, stream } from '../../../rpc/define.ts'
import { sexes } from '../../patients/model.ts'
import { csvFields, csvKinds, dayOrders, problemCodes, type CsvField } from './model.ts'

export const csvStages = ['staged', 'committing', 'done', 'undoing', 'undone'] as const
/** `here`: known under its number. `left`: its turn came, and something that only showed then stood against it. */
export const rowStates = ['new', 'joined', 'here', 'stopped', 'written', 'left'] as const
export const pairDecisions = ['same', 'apart'] as const

const allFields = [...new Set(Object.values(csvFields).flat())] as [CsvField, ...CsvField[]] // There is one.
const Field = z.enum(allFields)
const Kind = z.enum(csvKinds)
const path = z.string().min(1).max(4_096)
const count = z.int().min(0)

/** How a file is to be read; what a person may change before the dry run. */
export const CsvReading = z.strictObject({
  mapping: z.array(Field.nullable()).min(1).max(limits.csv_columns_max),
  order: z.enum(dayOrders),
  areaCode: z.string().regex(/^\d{3}$|^$/),
  source: z.string().trim().min(1).max(limits.name_chars),
  /** The file's word for somebody to the one here. */
  providers: z.array(z.strictObject({ word: z.string().max(limits.name_chars), staffId: Id })).max(limits.csv_providers_max),
})
export type CsvReading = z.infer<typeof CsvReading>

export const CsvLook = z.object({
  kind: Kind,
  header: z.array(z.string()),
  rows: z.array(z.object({ line: z.int(), cells: z.array(z.string()) })).max(limits.csv_preview_rows),
  rowCount: count,
  reading: CsvReading,
  isRemembered: z.boolean(),
  /** What the dates of the file say; null when nothing in it decides. */
  orderFound: z.enum(dayOrders).nullable(),
  lines: z.object({ utf8: count, windows: count }),
  providerWords: z.array(z.object({ word: z.string(), count })).max(limits.csv_providers_max),
})
export type CsvLook = z.infer<typeof CsvLook>

export const CsvProblem = z.object({ id: z.int(), line: z.int(), field: Field.nullable(), code: z.enum(problemCodes), stops: z.boolean(), value: z.string() })
export type CsvProblem = z.infer<typeof CsvProblem>
/** Money of a ledger, in cents: what the file says and what stands in the records. */
const Money = z.object({ charges: z.int(), payments: z.int(), adjustments: z.int(), refunds: z.int(), balance: z.int() })

export const CsvReport = z.object({
  rows: count,
  fresh: count,
  joined: count,
  here: count,
  stopped: count,
  problems: z.array(z.object({ code: z.enum(problemCodes), stops: z.boolean(), count })),
  pairs: count,
  /** Of a ledger: the sum of its lines, and the total that the file itself shows. */
  file: z.object({ money: Money, total: z.int().nullable(), accounts: count }).nullable(),
  /** What stands in the records after the commit, counted there and not here. */
  taken: z.object({
    patients: count, accounts: count, appointments: count, visits: count, entries: count, left: count, withoutPatient: count,
    money: Money.nullable(), accountsEqual: count, accountsDiffer: z.array(z.object({ account: z.string(), file: z.int(), here: z.int() })).max(limits.import_examples),
  }).nullable(),
})
export type CsvReport = z.infer<typeof CsvReport>

export const CsvImport = z.object({
  id: Id, kind: Kind, source: z.string(), stage: z.enum(csvStages), rowCount: count, stagedAt: Instant, stagedBy: z.string(),
  committedAt: Instant.nullable(), undoneAt: Instant.nullable(), importedBefore: Instant.nullable(), report: CsvReport,
})
export type CsvImport = z.infer<typeof CsvImport>

const Side = z.object({
  familyName: z.string(), givenName: z.string(), birthDate: PlainDate.nullable(), sex: z.enum(sexes), phone: z.string().nullable(), place: z.string().nullable(), account: z.string().nullable(),
})
export const CsvPair = z.object({
  id: Id, line: z.int(), otherLine: z.int().nullable(), patientId: Id.nullable(), score: z.int(), agree: z.array(z.string()), differ: z.array(z.string()),
  decision: z.enum(pairDecisions).nullable(), left: Side, right: Side,
})
export type CsvPair = z.infer<typeof CsvPair>

export const CsvEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), doneBytes: count, totalBytes: count }),
  z.object({ kind: z.literal('done'), report: CsvImport }),
])
export type CsvEvent = z.infer<typeof CsvEvent>

export const StageCsvInput = z.strictObject({ id: Id, path, kind: Kind, reading: CsvReading })
export type StageCsvInput = z.infer<typeof StageCsvInput>
/** What is approved says what it is: the number of rows and the kind are held against the staged import. */
export const CommitCsvInput = z.strictObject({ id: Id, kind: Kind, rowCount: count })
export type CommitCsvInput = z.infer<typeof CommitCsvInput>

const topics = ['migration'] as const
const can = 'migration.import' as const
const byId = z.strictObject({ id: Id })
const fileErrors = { FILE_NOT_FOUND: z.undefined(), FILE_EMPTY: z.undefined(), FILE_IS_ZIP: z.undefined(), FILE_DAMAGED: z.undefined(), FILE_TOO_LARGE: z.undefined(), NOT_A_TABLE: z.undefined() }
const running = { IMPORT_RUNNING: z.undefined(), WRONG_STAGE: z.undefined() }
/** Rows of other people hang on these. */
const hanging = { ROWS_HANG_ON_IT: z.object({ rows: z.array(z.object({ table: z.string(), id: z.string(), hangs: z.string() })) }) }

export const csvProcedures = {
  lookCsv: action({ can, atHost: true, scope: 'host', topics, input: z.strictObject({ path, kind: Kind.optional() }), output: CsvLook, errors: fileErrors }),
  /** The dry run: understands everything, names every problem, and writes nothing but what it has understood. */
  stageCsv: stream({ can, atHost: true, scope: 'host', topics, input: StageCsvInput, output: CsvEvent, errors: { ...fileErrors, ...running, MAPPING_INCOMPLETE: z.object({ missing: z.array(z.string()), twice: z.array(z.string()) }) } }),
  commitCsv: stream({ can, atHost: true, scope: 'host', topics, secondPerson: { approve: 'import.approve' }, input: CommitCsvInput, output: CsvEvent, errors: { ...running, ROWS_CHANGED: z.undefined() } }),
  undoCsv: stream({ can, atHost: true, scope: 'host', topics, fresh: 'recent', input: byId, output: CsvEvent, errors: { ...running, ...hanging } }),
  listCsv: query({ can, scope: 'host', topics, input: z.strictObject({}), output: z.array(CsvImport).max(limits.page_rows) }),
  listCsvProblems: query({ can, scope: 'host', topics, input: z.strictObject({ id: Id, after: z.int().min(0).default(0) }), output: z.array(CsvProblem).max(limits.page_rows) }),
  listCsvPairs: query({ can, scope: 'host', topics, input: z.strictObject({ id: Id, after: z.int().min(0).default(0) }), output: z.array(CsvPair).max(limits.page_rows) }),
  decideCsvPair: command({ can, conflict: 'own', scope: 'host', topics, audit: 'migration.pair-decided', input: z.strictObject({ id: Id, decision: z.enum(pairDecisions).nullable() }), output: z.null(), errors: { WRONG_STAGE: z.undefined() } }),
  /** The problems as a table, into a folder that a person chose: the list to work from in the file. */
  saveCsvProblems: action({ can, scope: 'host', topics, input: z.strictObject({ id: Id, folder: path }), output: z.object({ name: z.string(), rows: count }), errors: { FOLDER_NOT_WRITABLE: z.undefined() } }),
}
