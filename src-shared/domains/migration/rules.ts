import { countedOnly, mappedTypes } from './model.ts'
import type { ImportCounts, TypeCount } from './contract.ts'
import type { MappedType, Skipped } from './model.ts'

/** What one line came to: written, or already here, by type; and what was left and why. */
export interface LineResult {
  readonly taken: Readonly<Partial<Record<MappedType, number>>>
  readonly unchanged: Readonly<Partial<Record<MappedType, number>>>
  readonly skipped: readonly Skipped[]
}

export function addLine(counts: ImportCounts, line: LineResult): ImportCounts {
  const next = new Map<string, TypeCount>(Object.entries(counts))
  const of = (type: string): TypeCount => next.get(type) ?? { taken: 0, unchanged: 0, skipped: 0, reasons: {} }
  for (const type of mappedTypes) {
    const taken = line.taken[type] ?? 0
    const unchanged = line.unchanged[type] ?? 0
    const before = of(type)
    if (taken + unchanged > 0) next.set(type, { ...before, taken: before.taken + taken, unchanged: before.unchanged + unchanged })
  }
  for (const { resourceType, reason } of line.skipped) {
    const before = of(resourceType)
    next.set(resourceType, { ...before, skipped: before.skipped + 1, reasons: { ...before.reasons, [reason]: (before.reasons[reason] ?? 0) + 1 } })
  }
  return Object.fromEntries(next)
}

export interface Totals {
  readonly taken: number
  readonly unchanged: number
  readonly skipped: number
}

export function totalsOf(counts: ImportCounts): Totals {
  const all = Object.values(counts)
  const sum = (pick: (count: TypeCount) => number): number => all.reduce((total, count) => total + pick(count), 0)
  return { taken: sum((c) => c.taken), unchanged: sum((c) => c.unchanged), skipped: sum((c) => c.skipped) }
}

/** The types in the order a person reads a chart, then what was left, by name; the unreadable last. */
export function inReadingOrder(counts: ImportCounts): (readonly [type: string, count: TypeCount])[] {
  const place = (type: string): number => {
    const at = mappedTypes.findIndex((one) => one === type)
    return at >= 0 ? at : type === '' ? 99 : 50
  }
  return Object.entries(counts).toSorted(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1))
}

/** A skip worth a line of its own in the report: not what was left because of its kind. */
export function isListed(skipped: Skipped): boolean {
  return !countedOnly.includes(skipped.reason)
}
