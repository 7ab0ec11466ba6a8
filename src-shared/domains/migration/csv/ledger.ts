import { limits } from '../../../kernel/limits.ts'
import type { Cents } from '../../../kernel/money.ts'
import { cellsOf, dateOf, isStopped, type Cells, type Reading } from './cells.ts'
import type { CsvRecord, LedgerDraft, Understood } from './model.ts'
import { splitFullName } from './names.ts'
import { readAmount } from './values.ts'

const kinds: readonly (readonly [RegExp, LedgerDraft['kind']])[] = [
  [/refund/i, 'refund'], [/adj|write.?off|discount|courtesy/i, 'adjustment'], [/pmt|paym|paid|receipt|copay/i, 'payment'], [/charge|fee|invoice|service/i, 'charge'],
]

/** What a file says of itself, so that it can be held against what was taken. */
export interface Standing {
  /** By account: the last running balance that the file shows. */
  readonly balances: Map<string, Cents>
  /** The sum at the file's end, where it has one. */
  total: Cents | null
}

export const newStanding = (): Standing => ({ balances: new Map(), total: null })

/**
 * One line of a ledger, in the file's order: the running balance of the line before says which sign an amount has that
 * is written as a negative credit. Nothing is added that is not in the file: a balance is the sum of its lines.
 */
export function readEntry(record: CsvRecord, reading: Reading, standing: Standing): Understood<LedgerDraft> {
  const total = totalOf(record, reading)
  if (total !== undefined) {
    standing.total = total
    return { problems: [] }
  }
  const cells = cellsOf(record, reading)
  if (isStopped(cells)) return { problems: cells.problems }
  const account = cells.known('account')
  if (account === null) cells.note('NO_ACCOUNT', 'account', { stops: true })
  const date = dateOf(cells, 'date', reading, 'near')
  if (date === null) cells.note('NO_DATE', 'date', { stops: true })
  const kind = kinds.find(([words]) => words.test(cells.get('entry-type')))?.[1]
  if (kind === undefined) cells.note('NOT_AN_ENTRY_TYPE', 'entry-type', { stops: true })
  if (account === null || date === null || kind === undefined) return { problems: cells.problems }
  const before = standing.balances.get(account) ?? 0
  const amountCents = amountOf(cells, kind, before)
  if (amountCents === undefined) return { problems: cells.problems }
  follow(cells, account, before + amountCents, standing)
  const { familyName, givenName } = splitFullName(cells.get('full-name'))
  const memo = [cells.get('code'), cells.get('invoice')].filter(Boolean).join(' ').slice(0, limits.line_chars)
  return { draft: { line: record.line, account, familyName, givenName, date, kind, amountCents, memo }, problems: cells.problems }
}

/** The line under the last one: no account, no date, the word and a sum. */
function totalOf(record: CsvRecord, reading: Reading): Cents | undefined {
  if (!record.cells.some((cell) => /^(grand )?totals?:?$/i.test(cell.trim()))) return undefined
  const cells = cellsOf(record, reading)
  return readAmount(cells.get('balance')) ?? readAmount(cells.get('amount'))
}

function amountOf(cells: Cells, kind: LedgerDraft['kind'], before: Cents): Cents | undefined {
  const written = (['charge', 'credit', 'amount'] as const).filter((field) => cells.get(field) !== '')
  const [field] = written
  if (field === undefined || written.length > 1) {
    cells.note('NO_AMOUNT', 'charge', { stops: true, value: written.map((one) => cells.get(one)).join(' / ') })
    return undefined
  }
  const amount = readAmount(cells.get(field))
  if (amount === undefined) {
    cells.note('NOT_AN_AMOUNT', field, { stops: true })
    return undefined
  }
  if (field === 'charge') return amount
  if (field === 'amount') return kind === 'charge' || kind === 'refund' ? Math.abs(amount) : kind === 'payment' ? -Math.abs(amount) : amount
  return amount > 0 ? -amount : signByBalance(cells, amount, before)
}

/** "(12.00)" in a column of credits: mostly a credit written twice negative, sometimes one that is taken back. */
function signByBalance(cells: Cells, amount: Cents, before: Cents): Cents {
  if (amount === 0) return 0
  const after = readAmount(cells.get('balance'))
  if (after === undefined) cells.note('SIGN_BY_BALANCE', 'credit')
  return after === before - amount ? -amount : amount
}

/** The balance goes on from the sum of the lines; where the file's own differs, it is named once and not followed. */
function follow(cells: Cells, account: string, after: Cents, standing: Standing): void {
  const shown = readAmount(cells.get('balance'))
  if (shown !== undefined && shown !== after) cells.note('BALANCE_DIFFERS', 'balance')
  standing.balances.set(account, after)
}
