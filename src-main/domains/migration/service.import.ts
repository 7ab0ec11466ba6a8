import { setImmediate as nextTurn } from 'node:timers/promises'
import type { FhirReport, ImportFhirEvent, ImportFhirInput, ImportSkip } from '#shared/domains/migration/contract.ts'
import type { importStatuses, Unit } from '#shared/domains/migration/model.ts'
import { addLine, isListed, totalsOf, type LineResult } from '#shared/domains/migration/rules.ts'
import { countRows } from '#shared/domains/migration/rules.units.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { hashOfFile, openImportFile } from '#main/core/files/import-file.ts'
import type { StreamContext, WriteContext } from '#main/core/rpc/context.ts'
import { readPieces, type Piece, type Pieces } from './service.reader.ts'
import * as repository from './repository.ts'
import { hasPatient } from './repository.rows.ts'
import { wouldWrite, writeUnit } from './service.write.ts'

/** One import at a time in this core: their progress and their numbers must not mix. */
const running = new WeakSet<object>()

/**
 * Takes patients and their charts over from a FHIR file. All that a line says of one patient is written in one
 * transaction or not at all; what is here already stays as it is, so an import that was stopped, or killed, is
 * completed by running it again. A dry run does the same and takes each transaction back.
 */
export async function* importFhir(context: StreamContext, input: ImportFhirInput): AsyncGenerator<ImportFhirEvent> {
  if (running.has(context.core)) throw refuse('IMPORT_RUNNING')
  running.add(context.core)
  try {
    await openImportFile(input.path)
    const fileHash = await hashOfFile(input.path, context.signal)
    const run = newRun(input, context.read(({ db }) => repository.finishedBefore(db, fileHash)))
    yield* input.dryRun ? readThrough(context, input, run) : recorded(context, input, run, fileHash)
    if (!context.signal.aborted) yield { kind: 'done', report: reportOf(run) }
  } catch (error) {
    // Stopped by the person who asked for it: what was taken by then is whole and stays.
    if (!context.signal.aborted) throw error
  } finally {
    running.delete(context.core)
  }
}

interface Run {
  readonly id: Id
  readonly isDryRun: boolean
  readonly importedBefore: Instant | null
  lines: number
  counts: FhirReport['counts']
  readonly skips: ImportSkip[]
  /** How many skips are on record; past the limit they are counted and not kept. */
  kept: number
  /** Patients that a dry run has met and not written. */
  readonly met: Set<Id>
}

function newRun({ id, dryRun }: ImportFhirInput, importedBefore: Instant | null): Run {
  return { id, isDryRun: dryRun, importedBefore, lines: 0, counts: {}, skips: [], kept: 0, met: new Set() }
}

/** The run is on record from its first moment to its end, whatever the end is. */
async function* recorded(context: StreamContext, input: ImportFhirInput, run: Run, fileHash: string): AsyncGenerator<ImportFhirEvent> {
  context.transact('migration.started', ({ db, now, actor, audit }) => {
    audit({ entityId: run.id })
    repository.closeOrphanedRuns(db, now)
    repository.insertRun(db, { id: run.id, kind: 'fhir', fileHash, startedAt: now, startedBy: actor.userId })
  }, by(context))
  let status: (typeof importStatuses)[number] = 'cancelled'
  try {
    yield* readThrough(context, input, run)
    status = context.signal.aborted ? 'cancelled' : 'finished'
  } catch (error) {
    status = context.signal.aborted ? 'cancelled' : 'failed'
    throw error
  } finally {
    const end = { status, linesDone: run.lines, counts: run.counts }
    context.transact(`migration.${status}`, ({ db, now, audit }) => {
      audit({ entityId: run.id })
      repository.finishRun(db, run.id, { ...end, finishedAt: now })
    }, { ...by(context), topics: ['migration', 'patients', 'encounters'] })
  }
}

/** Whoever started it, also when somebody else has taken over the window meanwhile. */
const by = ({ actor }: StreamContext) => (actor ? { actor } : {})

async function* readThrough(context: StreamContext, { path, source }: ImportFhirInput, run: Run): AsyncGenerator<ImportFhirEvent> {
  for await (const message of readPieces({ path, source }, context.signal)) {
    for (const step of stepsOf(message.pieces)) {
      context.signal.throwIfAborted()
      takeStep(context, run, step)
      await nextTurn()
    }
    if (run.lines >= HOPELESS_LINES && holdsNothing(run)) throw refuse('FILE_DAMAGED')
    yield progressOf(run, message)
  }
}

/** So many lines without a single record: whatever this is, it is no export, and reading on would only take time. */
const HOPELESS_LINES = 20_000
const holdsNothing = ({ counts }: Run): boolean => Object.keys(counts).every((resourceType) => resourceType === '')

/** Small pieces share a transaction; a patient's own arrival is one by itself, and is an event in the activity log. */
const STEP_ROWS = 100

function* stepsOf(pieces: readonly Piece[]): Generator<readonly Piece[]> {
  let step: Piece[] = []
  let rows = 0
  for (const piece of pieces) {
    const size = piece.unit ? countRows(piece.unit.rows) : 0
    if (step.length > 0 && (rows + size > STEP_ROWS || piece.unit?.rows.Patient.length)) {
      yield step
      step = []
      rows = 0
    }
    step.push(piece)
    rows += size
  }
  if (step.length > 0) yield step
}

/** Takes a dry run's transaction back after it has shown what it would do. */
class TakenBack extends Error {}

function takeStep(context: StreamContext, run: Run, step: readonly Piece[]): void {
  let results: LineResult[] = []
  const work = (write: WriteContext): void => {
    write.audit({ entityId: run.id })
    results = step.map((piece) => takePiece(write, run, piece))
    if (run.isDryRun) throw new TakenBack()
    keepSkips(write, run, step, results)
    repository.saveProgress(write.db, run.id, step.at(-1)?.line ?? run.lines)
  }
  try {
    context.transact('migration.imported', work, { ...by(context), topics: [] })
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error
  }
  for (const [at, piece] of step.entries()) {
    const result = results[at]
    if (result) run.counts = addLine(run.counts, result)
    if (piece.endsLine) run.lines += 1
    run.skips.push(...skipsOf(piece, result).slice(0, limits.import_examples - run.skips.length))
  }
}

function takePiece(write: WriteContext, run: Run, { unit, skipped }: Piece): LineResult {
  if (!unit) return { taken: {}, unchanged: {}, skipped }
  const [patient] = unit.rows.Patient
  if (patient) write.audit({ patientId: patient.id })
  if (!run.isDryRun) return writeUnit(write, unit)
  return dryRunUnit(write, run, unit)
}

function dryRunUnit(write: WriteContext, { met }: Run, unit: Unit): LineResult {
  if (unit.rows.Patient.length === 0 && met.has(unit.patientId) && !hasPatient(write.db, unit.patientId)) return wouldWrite(unit)
  const result = writeUnit(write, unit)
  if (result.taken.Patient) met.add(unit.patientId)
  return result
}

function keepSkips(write: WriteContext, run: Run, step: readonly Piece[], results: readonly LineResult[]): void {
  for (const [at, piece] of step.entries()) {
    for (const skip of skipsOf(piece, results[at])) {
      if (run.kept >= limits.import_skips_kept) return
      repository.insertSkip(write.db, run.id, skip)
      run.kept += 1
    }
  }
}

function skipsOf({ line }: Piece, result: LineResult | undefined): ImportSkip[] {
  return (result?.skipped ?? []).filter(isListed).map(({ resourceType, id, reason, path }) => ({ line, resourceType, resourceId: id, reason, ...(path === undefined ? {} : { path }) }))
}

function progressOf({ lines, counts }: Run, { doneBytes, totalBytes }: Pieces): ImportFhirEvent {
  return { kind: 'progress', doneBytes, totalBytes, lines, ...totalsOf(counts) }
}

function reportOf({ id, isDryRun, lines, counts, skips, importedBefore }: Run): FhirReport {
  return { runId: id, isDryRun, lines, counts, skips, importedBefore }
}
