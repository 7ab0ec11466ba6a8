import { setImmediate as nextTurn } from 'node:timers/promises'
import type { CommitCsvInput, CsvEvent } from '#shared/domains/migration/csv/contract.ts'
import type { CsvKind, LedgerDraft, PatientDraft } from '#shared/domains/migration/csv/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { refuse } from '#shared/rpc/errors.ts'
import type { StreamContext, WriteContext } from '#main/core/rpc/context.ts'
import * as repository from './repository.csv.ts'
import { countTaken, moneyTaken } from './repository.csv.proof.ts'
import { importOf } from './service.csv.ts'
import { takeAllBack } from './service.csv.undo.ts'
import { writeAppointment, writeEntry, writePerson, type StagedAppointment, type Taking } from './service.csv.write.ts'

/** A transaction takes not much longer than this, so that nobody at a desk waits for an import. */
const STEP_MS = 8
const STEP_ROWS = 20

/** What is written together or not at all: one person's rows, or one line. */
interface Portion { readonly lines: readonly number[]; readonly patientId: Id | null }

/**
 * Takes what was staged, in steps that hold nobody up, and tells the windows once, at its end. Stopped, it is taken back
 * whole; killed, it stands as "broke off" and goes on, or is taken back, when somebody says so: a row that was written
 * is marked in the same transaction.
 */
export async function* commitCsv(context: StreamContext, input: CommitCsvInput): AsyncGenerator<CsvEvent> {
  const { id } = input
  const staged = context.read(({ db }) => repository.importById(db, id))
  if (!staged || (staged.stage !== 'staged' && staged.stage !== 'committing')) throw refuse('WRONG_STAGE')
  if (staged.kind !== input.kind || staged.rowCount !== input.rowCount) throw refuse('ROWS_CHANGED')
  const taking = { id, source: staged.source }
  context.transact('migration.csv-started', ({ db, audit }) => {
    audit({ entityId: id, itemCount: staged.rowCount })
    repository.updateImport(db, id, { stage: 'committing' })
  }, { topics: [] })
  yield* writeAll(context, taking, staged.kind)
  if (context.signal.aborted) return void (await takeAllBack(context, id))
  prove(context, taking, staged.kind)
  yield { kind: 'done', report: importOf(context, id) }
}

async function* writeAll(context: StreamContext, taking: Taking, kind: CsvKind): AsyncGenerator<CsvEvent> {
  const portions = context.read(({ db }) => portionsOf(repository.groupsOf(db, taking.id), repository.decidedSame(db, taking.id), kind))
  const seen = new Map<string, number>()
  for (let from = 0; from < portions.length && !context.signal.aborted;) {
    const reached = from
    context.transact('migration.csv-imported', (write) => {
      const stopAt = performance.now() + STEP_MS
      const people: Id[] = []
      while (from < portions.length && from < reached + STEP_ROWS && (from === reached || performance.now() < stopAt)) {
        const portion = portions[from]
        if (portion) people.push(...writePortion(write, taking, kind, portion, seen))
        from += 1
      }
      write.audit({ entityId: taking.id, itemIds: people })
    }, { topics: [] })
    yield { kind: 'progress', doneBytes: from, totalBytes: portions.length }
    await nextTurn()
  }
}

type Group = { line: number; groupLine: number; patientId: Id | null }
type Same = { line: number; otherLine: number | null; patientId: Id | null }

/** The rows by the people they are, with what somebody has decided at the review. */
function portionsOf(rows: readonly Group[], decided: readonly Same[], kind: CsvKind): Portion[] {
  const patientOf = new Map(decided.flatMap(({ line, patientId }) => (patientId === null ? [] : [[line, patientId] as const])))
  if (kind !== 'patients') return rows.map(({ line, patientId }) => ({ lines: [line], patientId: patientId ?? patientOf.get(line) ?? null }))
  const headOf = new Map<number, number>()
  const head = (line: number): number => {
    const next = headOf.get(line)
    return next === undefined || next === line ? line : head(next)
  }
  for (const { line, groupLine } of rows) headOf.set(line, groupLine)
  for (const { line, otherLine } of decided) {
    if (otherLine === null || !headOf.has(line) || !headOf.has(otherLine)) continue
    const [a, b] = [head(line), head(otherLine)]
    headOf.set(Math.max(a, b), Math.min(a, b))
  }
  const groups = Map.groupBy(rows, ({ line }) => head(line))
  return [...groups.values()].map((group) => ({
    lines: group.map(({ line }) => line), patientId: group.find(({ patientId }) => patientId !== null)?.patientId ?? group.map(({ line }) => patientOf.get(line)).find((one) => one !== undefined) ?? null,
  }))
}

/** Writes one portion and marks its rows; answers whom it is about. */
function writePortion(write: WriteContext, taking: Taking, kind: CsvKind, { lines, patientId }: Portion, seen: Map<string, number>): Id[] {
  const { db } = write
  const drafts = lines.map((line) => JSON.parse(repository.rowAt(db, taking.id, line)?.draft ?? 'null') as unknown)
  const outcome = kind === 'patients' ? writePerson(write, taking, drafts as PatientDraft[], patientId) // Staged by this kind's own reader.
    : kind === 'appointments' ? writeAppointment(write, taking, drafts[0] as StagedAppointment, patientId)
      : writeEntry(write, taking, drafts[0] as LedgerDraft, patientId, nthOf(drafts[0] as LedgerDraft, seen))
  for (const line of lines) repository.closeRow(db, taking.id, line, outcome.state, outcome.madeId)
  if (outcome.problem) for (const line of lines) repository.insertProblem(db, taking.id, { line, field: null, code: outcome.problem, stops: true, value: '' })
  const about = kind === 'patients' ? outcome.madeId : patientId
  return about === null ? [] : [about]
}

/** How many lines before this one say the very same. */
function nthOf(draft: LedgerDraft, seen: Map<string, number>): number {
  const key = [draft.account, draft.date, draft.kind, draft.amountCents, draft.memo].join('\n')
  const nth = (seen.get(key) ?? 0) + 1
  seen.set(key, nth)
  return nth
}

/** The report is counted in the records; then the rows that waited are forgotten, because they stand there now. */
function prove(context: StreamContext, { id }: Taking, kind: CsvKind): void {
  context.transact('migration.csv-finished', ({ db, now, audit }) => {
    audit({ entityId: id })
    const found = repository.importById(db, id)
    const money = kind === 'ledger' ? moneyTaken(db, id) : { money: null, accountsEqual: 0, accountsDiffer: [] }
    if (found) repository.updateImport(db, id, { stage: 'done', committedAt: now, report: { ...found.report, taken: { ...countTaken(db, id), ...money } } })
    repository.forgetRows(db, id)
  }, { topics: ['migration', 'patients', 'scheduling', 'encounters', 'billing'] })
}
