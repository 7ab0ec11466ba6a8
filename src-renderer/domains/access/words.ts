import type { BreakGlassReason, ReviewOutcome } from '#shared/domains/access/model.ts'
import { registerErrorTexts, type ErrorTexts } from '#renderer/rpc/error-text.ts'

export const reviewWords: Record<ReviewOutcome, string> = { justified: 'Justified', 'not-justified': 'Not justified' }

export const reasonWords: Record<BreakGlassReason, string> = {
  emergency: 'Emergency: treatment cannot wait',
  'covering-unplanned': 'Covering for a colleague, not planned',
  'patient-present': 'The patient is here with me',
  'legal-request': 'Legal or official request',
  other: 'Something else',
}

/** What happened, why, what next. The codes are the contract's. */
export const errorTexts: ErrorTexts = {
  STAFF_NOT_FOUND: 'This person does not work here any more. Choose another.',
  SPAN_BACKWARDS: 'The last day is before the first. Look at the dates.',
  NOT_YOUR_PATIENTS: 'You plan cover for your own patients only. An administrator plans for others.',
  ALREADY_RESTRICTED: 'This patient is restricted already. Lift the restriction before setting another.',
  NOT_RESTRICTED: 'This patient is not restricted. It may have been lifted at another machine.',
  LINKED_ALREADY: 'This record is somebody else’s own chart already. Take that away first.',
  OWN_BREAK_GLASS: 'Nobody reviews their own emergency access. Another privacy officer has to.',
  REVIEWED_ALREADY: 'Somebody has reviewed this already. The list shows what they found.',
  REVIEW_NEEDS_NOTE: 'Say in a few words why it was not justified.',
  LAST_PRIVACY_OFFICER: 'Somebody has to answer for privacy. Name another privacy officer first.',
}

registerErrorTexts(errorTexts)
