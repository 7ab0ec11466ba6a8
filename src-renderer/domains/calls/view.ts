import type { Confirmation, ConfirmationOutcome, ListedRecall } from '#shared/domains/calls/model.ts'
import { daysBetween, type PlainDate } from '#shared/kernel/time.ts'
import { count, dateTime, nearDate } from '#renderer/ui/format.ts'
import { outcomeWords } from './words.ts'

/** Whom nobody has reached comes first; what is settled stays in sight below. */
const order: readonly (ConfirmationOutcome | null)[] = [null, 'no-answer', 'left-message', 'wants-to-move', 'confirmed']
export const inCallOrder = (all: readonly Confirmation[]): Confirmation[] => all.toSorted((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome) || (a.startsAt < b.startsAt ? -1 : 1))
export const stillToCall = (all: readonly Confirmation[]): number => all.filter((one) => one.outcome === null || one.outcome === 'no-answer').length

export const outcomeTone = (outcome: ConfirmationOutcome): 'ok' | 'warn' | 'plain' => (outcome === 'confirmed' ? 'ok' : outcome === 'wants-to-move' ? 'warn' : 'plain')

/** After one call the next one is chosen: its number is one press for each patient. */
export const nextAfter = <T extends { id: string }>(rows: readonly T[], id: string): T | undefined => rows[rows.findIndex((one) => one.id === id) + 1]

export const reasonOf = ({ reason, typeName }: Pick<ListedRecall, 'reason' | 'typeName'>): string => [typeName, reason].filter(Boolean).join(' · ') || 'Any visit'

export function dueOf({ workOn }: Pick<ListedRecall, 'workOn'>, today: PlainDate): string {
  const late = daysBetween(workOn, today)
  return late > 0 ? `${count(late, 'day')} ago` : nearDate(workOn, today)
}

export function lastCallOf({ lastOutcome, lastContactAt, contacts }: Pick<ListedRecall, 'lastOutcome' | 'lastContactAt' | 'contacts'>, zone: string, today: PlainDate): string {
  if (lastOutcome === null || lastContactAt === null) return 'Not called yet'
  return `${outcomeWords[lastOutcome]}, ${dateTime(lastContactAt, zone, today)}${contacts > 1 ? ` (${contacts} calls)` : ''}`
}
