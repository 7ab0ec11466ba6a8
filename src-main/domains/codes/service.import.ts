import { parse } from 'csv-parse'
import { pipeline } from 'node:stream/promises'
import type { z } from 'zod'
import type { CodesReport, ImportCodesEvent, ImportCodesInput } from '#shared/domains/codes/contract.ts'
import { CodeSkipReason, codeSystemNames, CodeSystem, type ImportedCode, type ParsedCode } from '#shared/domains/codes/model.ts'
import { looksLikeOrderFile, parseOrderLine, releaseFromFileName } from '#shared/domains/codes/rules.ts'
import { codeOfRecord, recogniseTable, type CodeTable } from '#shared/domains/codes/rules.tables.ts'
import { limits } from '#shared/kernel/limits.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { openImportFile, type ImportFile } from '#main/core/files/import-file.ts'
import { linesOf } from '#main/core/files/lines.ts'
import type { StreamContext } from '#main/core/rpc/context.ts'
import { writeEdition } from './service.edition.ts'

type Parsed = { readonly line: number; readonly parsed: ParsedCode }
export interface CodeSource { readonly system: CodeSystem; readonly title: string; readonly rows: AsyncIterable<Parsed> }

const PROGRESS_ROWS = 1_000

/** One import at a time in this core: two editions of one set must not overtake each other. */
const running = new WeakSet<object>()

/**
 * Reads a CMS order file or a table of codes and replaces its code set by it. Progress comes every thousand lines; a
 * cancelled, failed or killed import leaves the set that was in use as it was.
 */
export async function* importCodes(context: StreamContext, input: z.output<typeof ImportCodesInput>): AsyncGenerator<ImportCodesEvent> {
  if (running.has(context.core)) throw refuse('IMPORT_RUNNING')
  running.add(context.core)
  try {
    const file = await openImportFile(input.path)
    const source = await recogniseSource(file, context.signal)
    const edition = input.edition || releaseFromFileName(source.system, file.name) || ''
    const tally = newTally()
    const codes = counted(source, tally)
    if (input.dryRun) {
      for await (const _ of codes) if (tally.seen % PROGRESS_ROWS === 0) yield progress(file, tally)
      yield { kind: 'done', report: reportOf(source, edition, true, tally, context.read(({ db }) => writeEdition.inUse(db, source.system))) }
      return
    }
    const replaces = yield* writeEdition.replace(context, source, edition, codes, () => progress(file, tally))
    yield { kind: 'done', report: reportOf(source, edition, false, tally, replaces) }
  } catch (error) {
    // Stopped by the person who asked for it: no failure, and nothing has changed.
    if (!context.signal.aborted) throw error
  } finally {
    running.delete(context.core)
  }
}

interface Tally { seen: number; taken: number; billable: number; skipped: number; reasons: Map<string, number>; examples: { line: number; reason: string }[] }
const newTally = (): Tally => ({ seen: 0, taken: 0, billable: 0, skipped: 0, reasons: new Map(), examples: [] })

/** The codes of a source, each once; what is skipped is counted by its reason and the first ones named by line. */
async function* counted({ rows }: CodeSource, tally: Tally): AsyncGenerator<ImportedCode> {
  const known = new Set<string>()
  for await (const { line, parsed } of rows) {
    tally.seen += 1
    const reason = !parsed.ok ? parsed.reason : known.has(parsed.code.code) ? CodeSkipReason.repeated : undefined
    if (reason !== undefined) {
      tally.skipped += 1
      tally.reasons.set(reason, (tally.reasons.get(reason) ?? 0) + 1)
      if (tally.examples.length < limits.import_examples) tally.examples.push({ line, reason })
    } else if (parsed.ok) {
      known.add(parsed.code.code)
      tally.taken += 1
      if (parsed.code.billable) tally.billable += 1
      yield parsed.code
    }
  }
}

function progress(file: ImportFile, tally: Tally): ImportCodesEvent {
  return { kind: 'progress', doneBytes: file.doneBytes(), totalBytes: file.totalBytes, taken: tally.taken, skipped: tally.skipped }
}

function reportOf(source: CodeSource, edition: string, isDryRun: boolean, tally: Tally, replaces: string | null): CodesReport {
  const { taken, billable, skipped, examples } = tally
  return { system: source.system, title: codeSystemNames[source.system], edition, source: source.title, isDryRun, taken, billable, skipped, reasons: Object.fromEntries(tally.reasons), examples, replaces }
}

/** Refuses with NOT_A_CODE_FILE when the first line is neither an order line nor the header of a known table. */
async function recogniseSource(file: ImportFile, signal: AbortSignal): Promise<CodeSource> {
  const first = await firstLine(file, signal)
  if (looksLikeOrderFile(first)) return { system: CodeSystem.icd10cm, title: 'CMS order file', rows: orderRows(file, signal) }
  const table = recogniseTable(first.split(',').map((name) => name.replace(/^"|"$/g, '')))
  if (!table) throw refuse('NOT_A_CODE_FILE')
  return { system: table.system, title: table.name, rows: tableRows(table, file, signal) }
}

async function firstLine(file: ImportFile, signal: AbortSignal): Promise<string> {
  for await (const line of linesOf(file.chunks(signal), () => limits.text_chars)) return 'bytes' in line ? line.bytes.toString() : ''
  throw refuse('FILE_EMPTY')
}

async function* orderRows(file: ImportFile, signal: AbortSignal): AsyncGenerator<Parsed> {
  for await (const one of linesOf(bounded(file.chunks(signal)), () => limits.text_chars)) {
    const parsed: ParsedCode = 'bytes' in one ? parseOrderLine(one.bytes.toString().replace(/^\uFEFF/, '')) : { ok: false, reason: CodeSkipReason.badLine }
    yield { line: one.line, parsed }
  }
}

async function* tableRows(table: CodeTable, file: ImportFile, signal: AbortSignal): AsyncGenerator<Parsed> {
  const columns = (header: string[]): string[] => header.map((name) => name.trim().toLowerCase())
  const parser = parse({ bom: true, columns, relaxColumnCount: true, relaxQuotes: true, skipEmptyLines: true, info: true, maxRecordSize: limits.text_chars * 10 })
  const feed = pipeline(bounded(file.chunks(signal)), parser).catch((error: unknown) => {
    parser.destroy(error instanceof Error ? error : undefined)
  })
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: Record<string, string>; info: { lines: number; error?: unknown } }>) { // What `info: true` gives.
      yield { line: info.lines, parsed: info.error === undefined ? codeOfRecord(table, record) : { ok: false, reason: CodeSkipReason.badLine } }
    }
  } catch (error) {
    throw error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_') ? refuse('FILE_DAMAGED') : error
  } finally {
    parser.destroy()
    await feed
  }
}

/** A packed file may unpack to anything; no code set is larger than this. */
async function* bounded(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.length
    if (bytes > limits.import_code_file_bytes) throw refuse('FILE_TOO_LARGE')
    yield chunk
  }
}
