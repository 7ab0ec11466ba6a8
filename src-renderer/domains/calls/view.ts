import type { Confirmation, ConfirmationOutcome, ListedRecall } from '#shared/domains/calls/model.ts'
import type { AbsencePlan, CallLine } from '#shared/domains/scheduling/model.absence.ts'
import { callState, type CallState } from '#shared/domains/scheduling/rules.absence.ts'
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

export interface MovedRow extends CallLine { id: string; planId: string; state: CallState }

/** Who still has to be told first, the soonest visit before the others; a list that is worked off is not shown any more. */
export function inSheetOrder(sheets: readonly { plan: AbsencePlan; lines: readonly CallLine[] }[]): MovedRow[] {
  const rank = (row: MovedRow): number => (row.state !== 'to-call' ? 3 : row.outcome === null ? 0 : row.outcome === 'no-answer' ? 1 : 2)
  return sheets
    .map(({ plan, lines }) => lines.map((line): MovedRow => ({ ...line, id: line.line.id, planId: plan.id, state: callState(line) })))
    .filter((rows) => rows.some((row) => row.state === 'to-call'))
    .flat()
    .toSorted((a, b) => rank(a) - rank(b) || (a.appointment.startsAt < b.appointment.startsAt ? -1 : 1))
}
export const stillToTell = (rows: readonly MovedRow[]): number => rows.filter((row) => row.state === 'to-call').length

/** What the patient is told. */
export function nowAt({ line, appointment }: Pick<CallLine, 'line' | 'appointment'>, when: (instant: string) => string): string {
  if (line.kind === 'wait-list') return 'No time yet: wait list'
  return line.kind === 'left' ? 'Not placed yet' : when(appointment.startsAt)
}
