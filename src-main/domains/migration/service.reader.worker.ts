import { createHash } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import { mapBundle } from '#shared/domains/migration/fhir/bundle.ts'
import { countRows, unitsOf } from '#shared/domains/migration/rules.units.ts'
import { assert } from '#shared/kernel/assert.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import { openImportFile } from '#main/core/files/import-file.ts'
import { jsonItems, type JsonItem } from '#main/core/files/json-items.ts'
import type { FromReader, Piece, ReaderTask } from './service.reader.ts'

/**
 * Unpacks, parses and maps a file in a thread of its own: a long line takes 80 ms, and the core must not stand still
 * for 50. It reads a little ahead of the core and waits until the core has written what it was given.
 */
const port = parentPort
assert(port, 'the reader runs as a worker thread')

/** Rows in one message; a patient with more than this is a message of its own. */
const MESSAGE_ROWS = 400
/** Pieces without rows are small, but not nothing. */
const MESSAGE_PIECES = 200
const MESSAGES_AHEAD = 3

let credit = MESSAGES_AHEAD
let wake = (): void => {}
port.on('message', () => {
  credit += 1
  wake()
})

const send = (message: FromReader): void => port.postMessage(message)
const task = workerData as ReaderTask // Our own `startWorker` gave it.

try {
  await readAll(task)
  send({ type: 'end' })
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  send({ type: 'refused', code: error.code })
}
port.close()

async function readAll({ path, source }: ReaderTask): Promise<void> {
  const file = await openImportFile(path)
  const context = { source, sha256: (text: string) => createHash('sha256').update(text).digest('hex') }
  let pieces: Piece[] = []
  let rows = 0
  const flush = async (): Promise<void> => {
    while (credit === 0) await new Promise<void>((resume) => (wake = resume))
    credit -= 1
    send({ type: 'pieces', pieces, doneBytes: file.doneBytes(), totalBytes: file.totalBytes })
    pieces = []
    rows = 0
  }
  for await (const item of jsonItems(file.chunks(new AbortController().signal))) {
    for (const piece of piecesOf(item, context)) {
      pieces.push(piece)
      rows += piece.unit ? countRows(piece.unit.rows) : 0
      if (rows >= MESSAGE_ROWS || pieces.length >= MESSAGE_PIECES) await flush()
    }
  }
  if (pieces.length > 0) await flush()
}

function piecesOf(item: JsonItem, context: Parameters<typeof mapBundle>[1]): Piece[] {
  if ('problem' in item) return [{ line: item.line, unit: null, skipped: [{ resourceType: '', id: '', reason: 'INVALID', path: item.problem }], endsLine: true }]
  const { rows, skipped } = mapBundle(item.json, context)
  const pieces: Piece[] = unitsOf(rows).map((unit) => ({ line: item.line, unit, skipped: [], endsLine: false }))
  return [...pieces, { line: item.line, unit: null, skipped, endsLine: true }]
}
