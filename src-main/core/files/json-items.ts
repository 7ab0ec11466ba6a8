import { limits } from '#shared/kernel/limits.ts'
import { linesOf, type Line } from '#main/core/files/lines.ts'

/** What stands in one line of a source, or why it cannot be read. */
export type JsonItem =
  | { readonly line: number; readonly json: unknown }
  | { readonly line: number; readonly problem: 'NOT_JSON' | 'NOT_UTF8' | 'TOO_LONG' }

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads bulk exports (one JSON a line) and single JSON files (a Bundle printed over many lines, or a list of them).
 * A broken line of an export is named and the next one read; a broken single file is one broken line.
 */
export async function* jsonItems(chunks: AsyncIterable<Buffer>): AsyncGenerator<JsonItem> {
  const lines = linesOf(chunks, (line) => (line === 1 ? limits.import_document_bytes : limits.import_line_bytes))
  const first = await lines.next()
  if (first.done) return
  const item = parsed(first.value)
  if ('json' in item) {
    yield* 'json' in item && Array.isArray(item.json) ? listed(item.json) : [item]
  } else {
    const second = await lines.next()
    if (second.done || !looksLikeExport(first.value, second.value)) {
      yield* document(first.value, second.done ? undefined : second.value, lines)
      return
    }
    yield item
    yield parsed(second.value)
  }
  for await (const line of lines) yield parsed(line)
}

/** Every line of an export begins a JSON object of its own; the second line of a printed one goes on with the first. */
function looksLikeExport(first: Line, second: Line): boolean {
  const begins = (line: Line): boolean => 'bytes' in line && line.bytes.subarray(0, 2).toString('latin1') === '{"'
  return 'tooLong' in first || 'tooLong' in second || (begins(first) && begins(second))
}

async function* document(first: Line, second: Line | undefined, rest: AsyncIterable<Line>): AsyncGenerator<JsonItem> {
  const parts: Buffer[] = []
  let bytes = 0
  const add = (line: Line): void => {
    bytes += 'bytes' in line ? line.bytes.length + 1 : limits.import_document_bytes
    if ('bytes' in line && bytes <= limits.import_document_bytes) parts.push(line.bytes, NEW_LINE)
  }
  add(first)
  if (second) add(second)
  for await (const line of rest) add(line)
  if (bytes > limits.import_document_bytes) {
    yield { line: 1, problem: 'TOO_LONG' }
    return
  }
  const item = parsed({ line: 1, bytes: Buffer.concat(parts) })
  yield* 'json' in item && Array.isArray(item.json) ? listed(item.json) : [item]
}

const NEW_LINE = Buffer.from('\n')

/** The place in a list stands for the line. */
function listed(list: readonly unknown[]): JsonItem[] {
  return list.map((json, index) => ({ line: index + 1, json }))
}

function parsed(line: Line): JsonItem {
  if ('tooLong' in line) return { line: line.line, problem: 'TOO_LONG' }
  let text: string
  try {
    text = utf8.decode(line.bytes)
  } catch {
    return { line: line.line, problem: 'NOT_UTF8' }
  }
  try {
    const json: unknown = JSON.parse(text)
    return { line: line.line, json }
  } catch {
    return { line: line.line, problem: 'NOT_JSON' }
  }
}
