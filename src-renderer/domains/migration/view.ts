import type { ImportCounts } from '#shared/domains/migration/contract.ts'
import { inReadingOrder } from '#shared/domains/migration/rules.ts'
import { reasonWord, typeWord } from './words.ts'

export interface CountRow {
  id: string
  what: string
  taken: number
  unchanged: number
  skipped: number
  why: string
}

/** One row a type, in the order of a chart. */
export function countRows(counts: ImportCounts): CountRow[] {
  return inReadingOrder(counts).map(([type, { taken, unchanged, skipped, reasons }]) => ({
    id: type || '?', what: typeWord(type), taken, unchanged, skipped,
    why: Object.entries(reasons).map(([reason, amount]) => (amount === skipped ? reasonWord(reason) : `${amount.toLocaleString('en-US')} ${reasonWord(reason)}`)).join(', '),
  }))
}

/** Nought is drawn as a dash, so that the figures stand out. */
export const figure = (amount: number): string => (amount === 0 ? '–' : amount.toLocaleString('en-US'))

/** The last part of a path, of any system. */
export const fileNameOf = (path: string): string => path.split(/[/\\]/).at(-1) ?? path
