import { parse } from 'csv-parse/sync'
import type { CsvRecord } from '#shared/domains/migration/csv/model.ts'
import { refuse } from '#shared/rpc/errors.ts'

/** What Windows-1252 has where ISO 8859-1 has nothing to print; the five places it leaves empty stay what they are, and are seen. */
const WINDOWS = [...'€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ']
const utf8 = new TextDecoder('utf-8', { fatal: true })

export interface CsvText {
  readonly text: string
  /** Lines with letters beyond ASCII, by how they were written. */
  readonly lines: { utf8: number; windows: number }
}

/**
 * The text of a table that several programs have written to: each line by itself is UTF-8 where it can be, else
 * Windows-1252. A whole file is never judged by one line, so no letter is lost because of another one.
 */
export function decodeLines(bytes: Buffer): CsvText {
  const lines = { utf8: 0, windows: 0 }
  const parts: string[] = []
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(0x0a, from)
    const to = end === -1 ? bytes.length : end + 1
    parts.push(decodeLine(bytes.subarray(from, to), lines))
    from = to
  }
  return { text: parts.join('').replace(/^\uFEFF/, ''), lines }
}

function decodeLine(line: Buffer, lines: CsvText['lines']): string {
  if (line.every((byte) => byte < 0x80)) return line.toString('latin1')
  try {
    const text = utf8.decode(line)
    lines.utf8 += 1
    return text
  } catch {
    lines.windows += 1
    return line.toString('latin1').replace(/[\u0080-\u009F]/g, (letter) => WINDOWS[letter.charCodeAt(0) - 0x80] ?? letter)
  }
}

/** The records with the lines on which they begin: a cell in quotes may run over several. Refuses with NOT_A_TABLE. */
export function recordsOf(text: string): CsvRecord[] {
  const head = text.slice(0, text.indexOf('\n') + 1 || undefined)
  const delimiter = [',', ';', '\t', '|'].toSorted((a, b) => head.split(b).length - head.split(a).length)[0] ?? ','
  try {
    const found = parse(text, { delimiter, relax_column_count: true, relax_quotes: true, info: true, skip_records_with_empty_values: true, record_delimiter: ['\r\n', '\n', '\r'] }) as unknown as { record: string[]; info: { lines: number } }[] // `info` makes it so.
    return found.map(({ record, info }) => ({ line: info.lines - lineBreaksIn(record), cells: record }))
  } catch {
    throw refuse('NOT_A_TABLE')
  }
}

const lineBreaksIn = (cells: readonly string[]): number => cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0)
