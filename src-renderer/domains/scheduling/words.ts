import { cancelReasons, type AppointmentChange, type CancelReason } from '#shared/domains/scheduling/model.ts'
import type { ErrorTexts } from '#renderer/rpc/error-text.ts'

export const cancelReasonWords: Record<CancelReason, string> = {
  'patient-asked': 'Patient asked', 'provider-away': 'Provider away', 'booked-in-error': 'Booked in error', weather: 'Weather', other: 'Another reason',
}
export const cancelChoices = cancelReasons.map((reason, i) => ({ reason, words: cancelReasonWords[reason], key: String(i + 1) }))

/** What happened, why, what next. The codes are the contract's. */
export const errorTexts: ErrorTexts = {
  SLOT_TAKEN: 'Not done: that time has just been given to somebody else. Pick another one.',
  NOTHING_FITS: 'Not done: what this visit type needs is not free at that time. Pick another one.',
  OUT_OF_SERVICE: 'Not done: that room is out of service then. Pick another room or another time.',
  TYPE_NOT_FOUND: 'This visit type is not here any more. Pick another one.',
  HOLIDAY_EXISTS: 'This day is a holiday already.',
  RESOURCE_NOT_FOUND: 'This room or piece of equipment is not here any more.',
  OUTAGE_ENDS_FIRST: 'It has to end after it begins.',
  PATIENT_DECEASED: 'Not booked: this patient has died. If that is a mistake, take it back on the patient’s page first.',
  PATIENT_INACTIVE: 'Not booked: this patient is inactive. Make them active again first.',
  ALREADY_DECEASED: 'Not recorded: the date of death is on record already.',
  NOT_DECEASED: 'Not done: no death is on record.',
  ROOM_IN_USE: 'Not done: somebody is still in that room. Pick another one.',
  ROOM_NOT_FOUND: 'That room is not in use any more. Pick another one.',
  STEP_NOT_ALLOWED: 'Not done: this visit has gone on in the meantime. It is shown as it is now.',
  VISIT_SIGNED: 'This visit is signed, so it stays done. What has to be said after it goes into an addendum.',
  PROVIDER_NOT_FOUND: 'This provider does not see patients any more. Pick another one.',
  HOURS_OVERLAP: 'Two of these times overlap, or one ends before it begins.',
  BLOCK_LENGTH: 'The time must end after it begins, and within three months. Write longer leave as several.',
  TIMES_TOO_SHORT: 'The visit takes longer than the time between the two times of day. Widen them, or shorten the visit.',
  NOT_WAITING: 'Not done: somebody else has given them a time or taken them off the list. The list is shown as it is now.',
  SPAN_TOO_LONG: 'That is too long a time to count at once. Ask for two months at most.',
}

/** History, one line a step. The first one is the booking; a step that changes only the time is a move. */
export function changeWords(change: AppointmentChange, before: AppointmentChange | undefined): string {
  if (!before) return change.status === 'arrived' ? 'Walked in' : 'Booked'
  if (change.status === before.status) {
    const isMoved = change.startsAt !== before.startsAt || change.providerId !== before.providerId
    return isMoved ? 'Moved' : 'Room changed'
  }
  const words: Record<AppointmentChange['status'], string> = {
    proposed: 'Proposed', booked: 'Back to booked', arrived: 'Arrived', roomed: 'Roomed', 'in-progress': 'With doctor',
    fulfilled: 'Done', cancelled: 'Cancelled', 'no-show': 'Did not come',
  }
  const isBack = before.version + 1 === change.version && order.indexOf(change.status) < order.indexOf(before.status)
  return isBack && change.status !== 'booked' ? `Back to ${words[change.status].toLowerCase()}` : words[change.status]
}

const order: AppointmentChange['status'][] = ['proposed', 'booked', 'arrived', 'roomed', 'in-progress', 'fulfilled', 'cancelled', 'no-show']
