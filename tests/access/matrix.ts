import fs from 'node:fs'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import * as z from 'zod'

// The permission matrix as people write and review it. It is the oracle: the tests hold the program against it, never the reverse.

export const roleColumns = ['administrator', 'doctor', 'nurse', 'receptionist', 'billing', 'pharmacist', 'patient'] as const
/** Whoever has no usable session. Each of them but `anonymous` would hold every role there is. */
export const outsideColumns = ['anonymous', 'locked', 'disabled', 'expired', 'enrolling'] as const
export const callers = [...roleColumns, ...outsideColumns] as const
export type Caller = (typeof callers)[number]

/**
 * What the caller has to do with the row that is asked for.
 * - any: it is of no person and no patient, or a list.
 * - own: the caller's own chart, account, session or request.
 * - team, other: a patient of whose care team the caller is, or is not.
 * - restricted: a patient who is kept from the caller.
 * - colleague: somebody else's account, session, request, or note about a patient of the team.
 * - sensitive, psychotherapy: a colleague's note of that kind about a patient of the team.
 * For the patient of the portal everybody but `own` is somebody else.
 */
export const rowClasses = ['any', 'own', 'team', 'other', 'restricted', 'colleague', 'sensitive', 'psychotherapy'] as const
export type RowClass = (typeof rowClasses)[number]

/**
 * Y allowed, M minimum fields, - denied, G refused (or hidden, in a list) until the glass is broken, 2 a second person approves,
 * O answered without the rows that are not the caller's to see.
 */
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
