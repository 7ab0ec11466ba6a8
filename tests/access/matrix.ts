import fs from 'node:fs'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import * as z from 'zod'

// The permission matrix as people write and review it. It is the oracle: the tests hold the program against it, never the reverse.

export const roleColumns = ['administrator', 'doctor', 'nurse', 'receptionist', 'billing', 'pharmacist', 'patient'] as const
/** Whoever has no usable session. Each of them but `anonymous` would hold every role there is. */
export const outsideColumns = ['anonymous', 'locked', 'disabled', 'expired'] as const
export const callers = [...roleColumns, ...outsideColumns] as const
export type Caller = (typeof callers)[number]

export const rowClasses = ['any', 'own', 'team', 'other', 'restricted', 'sensitive', 'psychotherapy'] as const
export type RowClass = (typeof rowClasses)[number]

/** Y allowed, M minimum fields, - denied, G only by break-glass, 2 a second person approves, O own rows only. */
const Cell = z.enum(['Y', 'M', '-', 'G', '2', 'O'])
export type Cell = z.infer<typeof Cell>

const Row = z.strictObject({
  procedure: z.string(),
  'row class': z.enum(rowClasses),
  /** R31: how fresh the proof of identity must be. */
  proof: z.enum(['', 'full', 'recent']),
  ...Object.fromEntries(callers.map((caller) => [caller, Cell])) as Record<Caller, typeof Cell>, // One column for each caller.
})
export type Row = z.infer<typeof Row>

export const matrix: readonly Row[] = Row.array().parse(parse(fs.readFileSync(path.join(import.meta.dirname, 'matrix.csv'), 'utf8'), { columns: true, trim: true }))

export const rowsOf = (procedure: string): readonly Row[] => matrix.filter((row) => row.procedure === procedure)

/** Whether the role passes the door at all, whatever row it asks for. */
export const hasRight = (procedure: string, caller: Caller): boolean => rowsOf(procedure).some((row) => row[caller] !== '-')
