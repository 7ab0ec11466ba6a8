import * as z from 'zod'
import type { CsvImport } from '#shared/domains/migration/csv/contract.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import type { Taking } from './useCsv.ts'

export const takingOf = ({ id, kind, rowCount }: CsvImport): Taking => ({ id, kind, rowCount })

const Hanging = z.object({ rows: z.array(z.object({ table: z.string(), hangs: z.string() })) })
const tableWords: Readonly<Record<string, string>> = { appointments: 'appointments', encounters: 'visits', ledger_entries: 'lines of a ledger', patient_changes: 'changes to a patient', charges: 'charges', invoices: 'invoices', payments: 'payments', clinical_notes: 'notes' }

/** Which kinds of rows stand in the way of taking an import back. */
export function hangingWords(error: unknown): string {
  if (!(error instanceof Refusal) || error.code !== 'ROWS_HANG_ON_IT') return ''
  const rows = Hanging.safeParse(error.data).data?.rows ?? []
  return [...Map.groupBy(rows, (row) => row.hangs)].map(([hangs, all]) => `${all.length.toLocaleString('en-US')} × ${tableWords[hangs] ?? hangs.replaceAll('_', ' ')}`).join(', ')
}
