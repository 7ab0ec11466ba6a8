import type { AvailabilityRule } from '../scheduling/model.ts'
import { addDays, addMonths, weekdayOf, type Instant, type PlainDate } from '../../kernel/time.ts'
import type { CallOutcome, Recall, RecallRule } from './model.ts'

export const recallDue = (lastVisitOn: PlainDate, rule: Pick<RecallRule, 'months'>): PlainDate => addMonths(lastVisitOn, rule.months)

/** How long before it is due a recall comes onto the work list. */
export const RECALL_AHEAD_DAYS = 30
/** A visit whose recall nobody has worked on for so long after it was due makes no new one: the patient is elsewhere by now. */
export const RECALL_BEHIND_MONTHS = 12
/** The span of last visits whose recall by this rule is on the list today. */
export const visitsInQuestion = (rule: Pick<RecallRule, 'months'>, today: PlainDate): { from: PlainDate; to: PlainDate } => ({
  from: addMonths(today, -rule.months - RECALL_BEHIND_MONTHS), to: addDays(addMonths(addDays(today, RECALL_AHEAD_DAYS), -rule.months), 3),
})

/** When to try again. Nothing is dropped: whoever said no is asked in half a year, unless somebody closes the recall. */
const waitDays: Readonly<Record<CallOutcome, number>> = { reached: 7, 'left-message': 3, 'no-answer': 1, declined: 182 }
export const nextAttempt = (outcome: CallOutcome, today: PlainDate): PlainDate => addDays(today, waitDays[outcome])

/** An appointment that closes a recall: of its visit type, or any where it names none, and still ahead when it was made. */
export const isFitting = (recall: Pick<Recall, 'patientId' | 'typeId'> & { createdAt: Instant }, appointment: { patientId: string; typeId: string | null; endsAt: Instant; status: string }): boolean =>
  recall.patientId === appointment.patientId && (recall.typeId === null || recall.typeId === appointment.typeId)
  && appointment.endsAt > recall.createdAt && !['cancelled', 'no-show'].includes(appointment.status)

const SEARCH_DAYS = 21

/** The next day on which somebody has hours; tomorrow where the clinic has none on record. */
export function nextWorkingDay(hours: readonly AvailabilityRule[], today: PlainDate): PlainDate {
  for (let ahead = 1; ahead <= SEARCH_DAYS; ahead += 1) {
    const day = addDays(today, ahead)
    const isOpen = hours.some((rule) => rule.weekday === weekdayOf(day) && (rule.validFrom === null || rule.validFrom <= day) && (rule.validTo === null || rule.validTo >= day))
    if (isOpen) return day
  }
  return addDays(today, 1)
}
