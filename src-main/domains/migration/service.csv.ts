import { createHash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { CsvEvent, CsvImport, CsvLook, CsvPair, CsvReport, StageCsvInput } from '#shared/domains/migration/csv/contract.ts'
import { missingFields, repeatedFields } from '#shared/domains/migration/csv/columns.ts'
import type { CsvKind, PatientDraft } from '#shared/domains/migration/csv/model.ts'
import type { KnownPerson } from '#shared/domains/migration/csv/plan.ts'
import { assert } from '#shared/kernel/assert.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { hashOfFile, openImportFile } from '#main/core/files/import-file.ts'
import type { ActionContext, ReadContext, StreamContext, WriteContext } from '#main/core/rpc/context.ts'
import { peopleAfter } from '#main/domains/patients/service.import.ts'
import * as repository from './repository.csv.ts'
import { readCsv, type FromCsvReader, type StagedFile } from './service.csv.reader.ts'
import { systemOf } from './service.csv.write.ts'

/** One at a time in this core, as with charts. */
const running = new WeakSet<object>()
export async function* alone<T>(context: StreamContext, work: AsyncGenerator<T>): AsyncGenerator<T> {
  if (running.has(context.core)) throw refuse('IMPORT_RUNNING')
  running.add(context.core)
  try {
    yield* work
  } finally {
    running.delete(context.core)
  }
}

const todayIn = (context: ActionContext): string => context.read(({ now, zone }) => dateInZone(now, zone))
/** The same columns under the same words: a mapping is remembered for the next file of the same shape. */
const shapeOf = (kind: CsvKind, header: readonly string[]): string => createHash('sha256').update(JSON.stringify([kind, ...header.map((cell) => cell.trim().toLowerCase())])).digest('hex')

export async function lookCsv(context: ActionContext, { path, kind }: { path: string; kind?: CsvKind | undefined }): Promise<CsvLook> {
  await openImportFile(path)
  const look = await lookInside(path, kind ?? null)
  const remembered = context.read(({ db }) => repository.readShape(db, shapeOf(look.kind, look.header)))
  const words = new Set(look.providerWords.map(({ word }) => word))
  return remembered ? { ...look, isRemembered: true, reading: { ...remembered, order: look.orderFound ?? remembered.order, providers: remembered.providers.filter(({ word }) => words.has(word)) } } : look
}

async function lookInside(path: string, kind: CsvKind | null): Promise<CsvLook> {
  for await (const message of readCsv({ do: 'look', path, kind }, null, new AbortController().signal)) if (message.type === 'look') return message.look
  throw refuse('FILE_DAMAGED')
}

/** The dry run. What it has understood waits beside the records until somebody takes it, or the next dry run its place. */
export async function* stageCsv(context: StreamContext, input: StageCsvInput): AsyncGenerator<CsvEvent> {
  const { kind, reading, path, id } = input
  const [missing, twice] = [missingFields(kind, reading.mapping).map((one) => one.join(' or ')), repeatedFields(reading.mapping)]
  if (missing.length > 0 || twice.length > 0) throw refuse('MAPPING_INCOMPLETE', { missing, twice })
  await openImportFile(path)
  const fileHash = await hashOfFile(path, context.signal)
  const { header } = await lookInside(path, kind)
  context.transact('migration.csv-staged', ({ db, now, actor, audit }) => {
    audit({ entityId: id })
    repository.forgetStaged(db)
    repository.insertImport(db, { id, kind, fileHash, source: reading.source, rowCount: 0, stagedAt: now, stagedBy: actor.userId, report: emptyReport })
    repository.saveShape(db, shapeOf(kind, header), reading, now)
  }, { topics: [] })
  let isWhole = false
  try {
    for await (const message of readCsv({ do: 'stage', today: todayIn(context), ...input }, everybody(context, systemOf(reading.source)), context.signal)) {
      if (message.type === 'rows') {
        await stagePart(context, id, message)
        yield { kind: 'progress', doneBytes: message.done, totalBytes: message.total }
      } else if (message.type === 'end') {
        finishStaging(context, id, message.staged)
        isWhole = true
      }
    }
  } catch (error) {
    if (!context.signal.aborted) throw error
  } finally {
    if (!isWhole) context.transact('migration.csv-forgotten', ({ db }) => repository.forgetStaged(db), { topics: ['migration'] })
  }
  if (isWhole) yield { kind: 'done', report: importOf(context, id) }
}

const emptyReport: CsvReport = { rows: 0, fresh: 0, joined: 0, here: 0, stopped: 0, problems: [], pairs: 0, file: null, taken: null }
const PEOPLE_PAGE = 100

async function* everybody(context: StreamContext, system: string): AsyncGenerator<KnownPerson[]> {
  for (let after = ''; !context.signal.aborted;) {
    const page = context.read((reading) => peopleAfter(reading, system, after, PEOPLE_PAGE))
    if (page.length === 0) return
    yield page.map(({ id, phone, ...person }) => ({ ...person, key: id, formerNames: [], phones: phone === null ? [] : [phone], ssn: null }))
    after = page.at(-1)?.id ?? after
    await nextTurn()
  }
}

async function stagePart(context: StreamContext, id: Id, { rows, problems, pairs }: Extract<FromCsvReader, { type: 'rows' }>): Promise<void> {
  for (let from = 0; from < Math.max(rows.length, problems.length, pairs.length); from += PEOPLE_PAGE) {
    context.transact('migration.csv-staged', ({ db, newId, audit }) => {
      audit({ entityId: id })
      for (const row of rows.slice(from, from + PEOPLE_PAGE)) repository.insertRow(db, id, row)
      for (const problem of problems.slice(from, from + PEOPLE_PAGE)) repository.insertProblem(db, id, problem)
      for (const pair of pairs.slice(from, from + PEOPLE_PAGE)) repository.insertPair(db, id, newId(), pair)
    }, { topics: [] })
    await nextTurn()
  }
}

function finishStaging(context: StreamContext, id: Id, { rowCount, file }: StagedFile): void {
  context.transact('migration.csv-staged', ({ db, audit }) => {
    audit({ entityId: id, itemCount: rowCount })
    const states = new Map(repository.countRowsIn(db, id).map(({ state, count }) => [state, count]))
    const problems = repository.countProblems(db, id) as CsvReport['problems'] // Written from the model's constants.
    const waiting = repository.countWaiting(db, id)
    const of = (state: string): number => (states.get(state) ?? 0) - (waiting.get(state) ?? 0)
    const stopped = of('stopped') + [...waiting.values()].reduce((sum, one) => sum + one, 0)
    const report = { ...emptyReport, rows: rowCount, fresh: of('new'), joined: of('joined'), here: of('here'), stopped, problems, pairs: repository.countPairs(db, id), file }
    repository.updateImport(db, id, { rowCount, report })
  }, { topics: ['migration'] })
}

export function importOf(context: ActionContext, id: Id): CsvImport {
  const found = context.read(({ db }) => repository.importById(db, id))
  assert(found, 'the import is on record')
  return found
}

export const listCsv = ({ db }: ReadContext): CsvImport[] => repository.listImports(db)
export const listCsvProblems = ({ db }: ReadContext, { id, after }: { id: Id; after: number }) => repository.listProblems(db, id, after, limits.page_rows)

/** Side by side: a row with another row, or with somebody here. */
export function listCsvPairs({ db, scope }: ReadContext, { id, after }: { id: Id; after: number }): CsvPair[] {
  return repository.listPairs(db, id, after, limits.page_rows).flatMap((pair) => {
    const left = sideOfRow(repository.rowAt(db, id, pair.line)?.draft)
    const person = pair.patientId === null ? undefined : repository.personById(db, scope, pair.patientId)
    const right = person ? { ...person, place: null, account: String(person.mrn) } : sideOfRow(pair.otherLine === null ? undefined : repository.rowAt(db, id, pair.otherLine)?.draft)
    if (!left || !right) return []
    const { familyName, givenName, birthDate, sex, phone, place, account } = right
    const { agree, differ } = JSON.parse(pair.facts) as { agree: string[]; differ: string[] } // Written by `insertPair`.
    return [{ ...pair, decision: pair.decision as CsvPair['decision'], agree, differ, left, right: { familyName, givenName, birthDate, sex, phone, place, account } }] // The CHECK holds the model's constants.
  })
}

function sideOfRow(text: string | undefined): CsvPair['left'] | undefined {
  const draft = text === undefined ? null : (JSON.parse(text) as Partial<PatientDraft> | null) // Written by `insertRow`.
  if (!draft) return undefined
  const { familyName = '', givenName = '', birthDate = null, sex = 'unknown', phone = null, address = null, city = null, account = null } = draft
  return { familyName, givenName, birthDate, sex, phone, place: [address, city].filter(Boolean).join(', ') || null, account }
}

export function decideCsvPair({ db, audit }: WriteContext, { id, decision }: { id: Id; decision: CsvPair['decision'] }): null {
  const pair = repository.pairById(db, id)
  if (!pair || repository.importById(db, pair.importId)?.stage !== 'staged') throw refuse('WRONG_STAGE')
  audit({ entityId: pair.importId })
  repository.decidePair(db, id, decision)
  return null
}
