import type { Recall } from '#shared/domains/calls/model.ts'
import { addDays, type PlainDate } from '#shared/kernel/time.ts'
import { listDate } from '#renderer/ui/format.ts'

export interface FollowUpChoice { id: string; label: string; from: PlainDate }

const usual: readonly [days: number, label: string][] = [[7, '1 week'], [14, '2 weeks'], [28, '4 weeks'], [91, '3 months']]
/** So many days from the wished one on are looked through. */
export const FOLLOW_UP_SEARCH_DAYS = 21

/** When the next visit could be: first as somebody has asked for it, then the usual spans. */
export function followUpChoices(asked: Pick<Recall, 'id' | 'dueOn' | 'reason'> | undefined, today: PlainDate): FollowUpChoice[] {
  const tomorrow = addDays(today, 1)
  const wished = asked && { id: asked.id, label: [`As asked: ${listDate(asked.dueOn, today)}`, asked.reason].filter(Boolean).join(', '), from: asked.dueOn > tomorrow ? asked.dueOn : tomorrow }
  return [...(wished ? [wished] : []), ...usual.map(([days, label]) => ({ id: label, label, from: addDays(today, days) }))]
}
