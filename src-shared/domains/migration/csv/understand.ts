import { limits } from '../../../kernel/limits.ts'
import { readAppointment } from './appointments.ts'
import type { Reading } from './cells.ts'
import { proposeKind, proposeMapping } from './columns.ts'
import type { CsvLook, CsvReading, CsvReport } from './contract.ts'
import { newStanding, readEntry } from './ledger.ts'
import { linkerOf } from './link.ts'
import type { CsvKind, CsvRecord, LedgerDraft, PatientDraft, Problem } from './model.ts'
import { readPatient } from './patients.ts'
import { pairPlan, planPatients, type KnownPerson, type PairPlan, type RowPlan } from './plan.ts'
import { dayOrderOf } from './values.ts'

const SAMPLE_ROWS = 200

/** What a file holds before anything of it is decided. */
export function lookAt(records: readonly CsvRecord[], lines: CsvLook['lines'], wanted: CsvKind | null): CsvLook {
  const [head, ...rows] = records
  const header = (head?.cells ?? []).slice(0, limits.csv_columns_max).map((cell) => cell.trim())
  const kind = wanted ?? proposeKind(header)
  const mapping = proposeMapping(kind, header, rows.slice(0, SAMPLE_ROWS).map(({ cells }) => cells))
  const dates = mapping.flatMap((field, at) => (field === 'birth-date' || field === 'date' ? [at] : []))
  const orderFound = dayOrderOf(rows.flatMap(({ cells }) => dates.map((at) => cells[at] ?? ''))) ?? null
  return {
    kind, header, rows: rows.slice(0, limits.csv_preview_rows).map(({ line, cells }) => ({ line, cells: [...cells] })), rowCount: rows.length,
    reading: { mapping: [...mapping], order: orderFound ?? 'mdy', areaCode: areaCodeIn(rows, mapping.indexOf('phone')), source: 'file', providers: [] },
    isRemembered: false, orderFound, lines, providerWords: wordsIn(rows, mapping.indexOf('provider')),
  }
}

/** The area that most numbers of the file have: it is the one that was left out of the others. */
function areaCodeIn(rows: readonly CsvRecord[], at: number): string {
  const counts = countedIn(rows.flatMap(({ cells }) => /^(?:\+?1[-. ]?)?\(?([2-9]\d{2})\)?[-./ ]?\d{3}[-. ]?\d{4}/.exec(cells[at]?.trim() ?? '')?.[1] ?? []))
  const [code, count] = counts[0] ?? ['', 0]
  return count * 2 > counts.reduce((sum, [, one]) => sum + one, 0) ? code : ''
}

function wordsIn(rows: readonly CsvRecord[], at: number): CsvLook['providerWords'] {
  if (at < 0) return []
  return countedIn(rows.map(({ cells }) => (cells[at] ?? '').trim().slice(0, limits.name_chars)).filter(Boolean)).slice(0, limits.csv_providers_max).map(([word, count]) => ({ word, count }))
}

function countedIn(words: readonly string[]): [string, number][] {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].toSorted((a, b) => b[1] - a[1])
}

export interface Staged {
  readonly rows: readonly (RowPlan & { readonly draft: unknown })[]
  readonly problems: readonly Problem[]
  readonly pairs: readonly PairPlan[]
  readonly file: CsvReport['file']
}

/** Everything that a file says, what becomes of each row, and every problem by row and field. */
export function stageAll(records: readonly CsvRecord[], kind: CsvKind, reading: Reading & Pick<CsvReading, 'providers'>, known: readonly KnownPerson[]): Staged {
  const rows = records.slice(1)
  if (kind === 'patients') return stagePatients(rows, reading, known)
  return kind === 'appointments' ? stageAppointments(rows, reading, known) : stageLedger(rows, reading, known)
}

type StagedRow = Staged['rows'][number]
const stoppedRow = (line: number): StagedRow => ({ line, state: 'stopped', groupLine: line, patientId: null, draft: null })

function stagePatients(records: readonly CsvRecord[], reading: Reading, known: readonly KnownPerson[]): Staged {
  const read = records.map((record) => ({ line: record.line, ...readPatient(record, reading) }))
  const drafts = read.flatMap(({ draft }) => draft ?? [])
  const plan = planPatients(drafts, known, reading.today)
  const datedGroups = new Set(plan.rows.flatMap(({ line, groupLine, patientId }) => (patientId !== null || byLine(drafts, line)?.birthDate ? [groupLine] : [])))
  const isDateless = new Set(plan.rows.filter(({ groupLine }) => !datedGroups.has(groupLine)).map(({ line }) => line))
  const twice = repeatedAccounts(drafts, plan.rows)
  const problems = [
    ...read.flatMap((one) => one.problems.map((problem) => (problem.code === 'NO_BIRTH_DATE' ? { ...problem, stops: isDateless.has(problem.line) } : problem))),
    ...drafts.filter(({ line }) => twice.has(line)).map(({ line, account }): Problem => ({ line, field: 'account', code: 'ACCOUNT_TWICE', stops: true, value: account ?? '' })),
  ]
  // Who has no birth date yet may still be joined by a person: the row waits, and is left out at the commit if nobody does.
  const rows = plan.rows.map((row) => ({ ...row, state: twice.has(row.line) ? ('stopped' as const) : row.state, draft: keptOf(byLine(drafts, row.line)) }))
  const missing = read.filter(({ draft }) => !draft).map(({ line }) => stoppedRow(line))
  return { rows: [...rows, ...missing].toSorted((a, b) => a.line - b.line), problems: inOrder(problems), pairs: plan.pairs, file: null }
}

/** Drafts stand in the order of their lines. */
function byLine<D extends { readonly line: number }>(drafts: readonly D[], line: number): D | undefined {
  let [low, high] = [0, drafts.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = drafts[middle]
    if (found?.line === line) return found
    if ((found?.line ?? 0) < line) low = middle + 1
    else high = middle - 1
  }
  return undefined
}

/** What is compared only does not stay. */
const keptOf = (draft: PatientDraft | undefined): unknown => (draft ? { ...draft, ssn: null } : null)
const inOrder = (problems: readonly Problem[]): Problem[] => problems.toSorted((a, b) => a.line - b.line)

/** One number for two people: the second one has to get another first. */
function repeatedAccounts(drafts: readonly PatientDraft[], rows: readonly RowPlan[]): ReadonlySet<number> {
  const groupOf = new Map(rows.map(({ line, groupLine }) => [line, groupLine]))
  const first = new Map<string, number | undefined>()
  return new Set(drafts.flatMap(({ line, account }) => {
    if (account === null) return []
    if (!first.has(account)) first.set(account, groupOf.get(line))
    return first.get(account) === groupOf.get(line) ? [] : [line]
  }))
}

function stageAppointments(records: readonly CsvRecord[], reading: Reading & Pick<CsvReading, 'providers'>, known: readonly KnownPerson[]): Staged {
  const link = linkerOf(known, reading.today)
  const staff = new Map(reading.providers.map(({ word, staffId }) => [word, staffId]))
  const problems: Problem[] = []
  const pairs: PairPlan[] = []
  const rows = records.map((record): StagedRow => {
    const { draft, problems: own } = readAppointment(record, reading)
    problems.push(...own)
    if (!draft) return stoppedRow(record.line)
    const staffId = staff.get(draft.provider) ?? null
    const isVisit = draft.outcome === 'fulfilled' && draft.date <= reading.today
    if (staffId === null && !isVisit) problems.push({ line: draft.line, field: 'provider', code: 'PROVIDER_UNKNOWN', stops: true, value: draft.provider })
    const { patientId, candidates } = link(draft)
    if (patientId === null) {
      problems.push({ line: draft.line, field: 'full-name', code: candidates.length > 0 ? 'PATIENT_UNSURE' : 'NO_PATIENT', stops: true, value: `${draft.familyName}, ${draft.givenName}` })
      pairs.push(...candidates.map((one) => pairPlan(draft.line, one.patientId, one.evidence)))
    }
    return { line: draft.line, state: staffId === null && !isVisit ? ('stopped' as const) : ('new' as const), groupLine: draft.line, patientId, draft: { ...draft, staffId, isVisit } }
  })
  return { rows, problems: inOrder(problems), pairs, file: null }
}

function stageLedger(records: readonly CsvRecord[], reading: Reading, known: readonly KnownPerson[]): Staged {
  const byAccount = new Map(known.flatMap((person) => person.accounts.map((account) => [account, person.key] as const)))
  const standing = newStanding()
  const money = { charges: 0, payments: 0, adjustments: 0, refunds: 0, balance: 0 }
  const problems: Problem[] = []
  const accounts = new Set<string>()
  const rows = records.flatMap((record): StagedRow[] => {
    const { draft, problems: own } = readEntry(record, reading, standing)
    problems.push(...own)
    if (!draft) return own.length > 0 ? [stoppedRow(record.line)] : []
    money[sums[draft.kind]] += draft.amountCents
    money.balance += draft.amountCents
    accounts.add(draft.account)
    const patientId = byAccount.get(draft.account) ?? null
    if (patientId === null) problems.push({ line: draft.line, field: 'account', code: 'ACCOUNT_UNKNOWN', stops: true, value: draft.account })
    return [{ line: draft.line, state: patientId === null ? ('stopped' as const) : ('new' as const), groupLine: draft.line, patientId, draft }]
  })
  return { rows, problems: inOrder(problems), pairs: [], file: { money, total: standing.total, accounts: accounts.size } }
}
const sums = { charge: 'charges', payment: 'payments', adjustment: 'adjustments', refund: 'refunds' } as const satisfies Record<LedgerDraft['kind'], string>
