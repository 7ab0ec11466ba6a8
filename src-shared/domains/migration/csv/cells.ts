import type { PlainDate } from '../../../kernel/time.ts'
import { lostLetterIn } from './names.ts'
import type { CsvField, CsvRecord, DayOrder, Mapping, Problem, ProblemCode } from './model.ts'
import { isNothing, readDate } from './values.ts'

/** How the cells of one file are to be read; a person may have changed it. */
export interface Reading {
  readonly mapping: Mapping
  readonly order: DayOrder
  readonly today: PlainDate
  /** For numbers that were written without one; empty when the clinic has none to give. */
  readonly areaCode: string
}

/** The cells of one record by what they mean, and a list of what is wrong with them. */
export interface Cells {
  readonly line: number
  readonly problems: Problem[]
  /** The cell with its blanks at both ends gone; '' where there is none. */
  get(field: CsvField): string
  /** As `get`, and null where something stands for nothing. */
  known(field: CsvField): string | null
  note(code: ProblemCode, field: CsvField | null, how?: { stops?: boolean; value?: string }): void
}

/** Texts of people: a letter that is lost in one of them must not pass unseen. */
const texts: ReadonlySet<CsvField> = new Set(['family-name', 'given-name', 'full-name', 'address', 'city', 'payer', 'notes', 'comment'])

export function cellsOf({ line, cells }: CsvRecord, { mapping }: Reading): Cells {
  const problems: Problem[] = []
  const get = (field: CsvField): string => cells[mapping.indexOf(field)]?.trim() ?? ''
  const note: Cells['note'] = (code, field, { stops = false, value } = {}) => {
    problems.push({ line, field, code, stops, value: (value ?? (field === null ? '' : get(field))).slice(0, VALUE_CHARS) })
  }
  if (cells.length < mapping.length) note('CELLS_MISSING', null, { stops: true, value: `${cells.length} / ${mapping.length}` })
  if (cells.length > mapping.length) note('CELLS_TOO_MANY', null, { stops: true, value: `${cells.length} / ${mapping.length}` })
  for (const field of texts) {
    const lost = lostLetterIn(get(field))
    if (lost !== undefined) note('CHARACTER_LOST', field, { value: lost })
  }
  return { line, problems, get, note, known: (field) => (isNothing(get(field)) ? null : get(field)) }
}
const VALUE_CHARS = 120

export const isStopped = ({ problems }: Pick<Cells, 'problems'>): boolean => problems.some((problem) => problem.stops)

/** A date of a cell with what has to be said of it; null where there is none or it cannot be read. */
export function dateOf(cells: Cells, field: CsvField, { order, today }: Reading, years: 'past' | 'near'): PlainDate | null {
  const text = cells.known(field)
  if (text === null) return null
  const read = readDate(text, { today, order, years })
  if (!read) {
    cells.note('NOT_A_DATE', field)
    return null
  }
  if (years === 'past' && read.date > today) {
    cells.note('DATE_IN_FUTURE', field)
    return null
  }
  if (read.isYearGuessed) cells.note('YEAR_GUESSED', field)
  return read.date
}
