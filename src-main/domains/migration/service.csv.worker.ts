import { parentPort, workerData } from 'node:worker_threads'
import type { Problem } from '#shared/domains/migration/csv/model.ts'
import type { KnownPerson, PairPlan } from '#shared/domains/migration/csv/plan.ts'
import { lookAt, stageAll } from '#shared/domains/migration/csv/understand.ts'
import { assert } from '#shared/kernel/assert.ts'
import { limits } from '#shared/kernel/limits.ts'
import { refuse, Refusal } from '#shared/rpc/errors.ts'
import { decodeLines, recordsOf, type CsvText } from '#main/core/files/csv-text.ts'
import { openImportFile } from '#main/core/files/import-file.ts'
import type { CsvRecord } from '#shared/domains/migration/csv/model.ts'
import type { CsvTask, FromCsvReader, ToCsvReader } from './service.csv.reader.ts'

/** Reads a whole table in a thread of its own: comparing everybody with everybody takes longer than the core may stand still. */
const port = parentPort
assert(port, 'the reader runs as a worker thread')
const MESSAGE_ROWS = 200
const MESSAGES_AHEAD = 3

const known: KnownPerson[] = []
let isKnown = false
let credit = MESSAGES_AHEAD
let wake = (): void => {}
port.on('message', (message: ToCsvReader) => {
  if (message === 'next') credit += 1
  else if (message === 'known') isKnown = true
  else known.push(...message.known)
  wake()
})
const send = (message: FromCsvReader): void => port.postMessage(message)
const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise<void>((resume) => (wake = resume))
}

const task = workerData as CsvTask // Our own `startWorker` gave it.
try {
  const { records, lines } = await recordsIn(task.path)
  if (task.do === 'look') send({ type: 'look', look: lookAt(records, lines, task.kind) })
  else await stage(records, task)
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  send({ type: 'refused', code: error.code, data: error.data })
}
port.close()

async function recordsIn(path: string): Promise<{ records: CsvRecord[]; lines: CsvText['lines'] }> {
  const file = await openImportFile(path)
  if (file.totalBytes > limits.csv_file_bytes) throw refuse('FILE_TOO_LARGE')
  const chunks: Buffer[] = []
  for await (const chunk of file.chunks(new AbortController().signal)) chunks.push(chunk)
  const { text, lines } = decodeLines(Buffer.concat(chunks))
  const records = recordsOf(text)
  if ((records[0]?.cells.length ?? 0) < 2 || text.includes('\0')) throw refuse('NOT_A_TABLE')
  return { records, lines }
}

async function stage(records: readonly CsvRecord[], { kind, reading, today }: Extract<CsvTask, { do: 'stage' }>): Promise<void> {
  await until(() => isKnown)
  const { rows, problems, pairs, file } = stageAll(records, kind, { ...reading, today }, known)
  const total = Math.max(rows.length, problems.length, 1)
  for (let from = 0; from < total; from += MESSAGE_ROWS) {
    await until(() => credit > 0)
    credit -= 1
    const part = <T>(all: readonly T[]): readonly T[] => all.slice(from, from + MESSAGE_ROWS)
    send({ type: 'rows', rows: part(rows), problems: part<Problem>(problems), pairs: from === 0 ? pairs : ([] as PairPlan[]), done: Math.min(total, from + MESSAGE_ROWS), total })
  }
  send({ type: 'end', staged: { rowCount: records.length - 1, file } })
}
