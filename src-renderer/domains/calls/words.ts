import type { CallOutcome, ConfirmationOutcome } from '#shared/domains/calls/model.ts'
import type { ErrorTexts } from '#renderer/rpc/error-text.ts'

export const errorTexts: ErrorTexts = {
  RECALL_SETTLED: 'Not done: this patient is booked by now, or the recall was closed. The list shows it as it is.',
  RULE_NOT_FOUND: 'The rule of this recall is not there any more. The list is shown as it is now.',
  TYPE_NOT_FOUND: 'This visit type is not there any more. Choose another one.',
  APPOINTMENT_MOVED: 'Not noted: the appointment was moved meanwhile. Ask about the time that it has now.',
}

export const outcomeWords: Record<CallOutcome, string> = { reached: 'Reached', 'left-message': 'Left message', 'no-answer': 'No answer', declined: 'Does not want to' }
export const outcomeKeys: Record<CallOutcome, string> = { reached: '1', 'left-message': '2', 'no-answer': '3', declined: '4' }
export const confirmationWords: Record<ConfirmationOutcome, string> = { confirmed: 'Confirmed', 'left-message': 'Left message', 'no-answer': 'No answer', 'wants-to-move': 'Wants to move' }
export const confirmationKeys: Record<ConfirmationOutcome, string> = { confirmed: '1', 'left-message': '2', 'no-answer': '3', 'wants-to-move': '4' }
export const movedWords: Record<ConfirmationOutcome, string> = { ...confirmationWords, confirmed: 'Told' }
