import { SlotTaken } from '#shared/domains/scheduling/contract.ts'
import { cancelReasons, type AppointmentChange, type CancelReason, type MissedReason } from '#shared/domains/scheduling/model.ts'
import type { ErrorTexts } from '#renderer/rpc/error-text.ts'

export const cancelReasonWords: Record<CancelReason, string> = {
  'patient-asked': 'Patient asked', 'provider-away': 'Provider away', 'booked-in-error': 'Booked in error', weather: 'Weather', other: 'Another reason',
}
export const cancelChoices = cancelReasons.map((reason, i) => ({ reason, words: cancelReasonWords[reason], key: String(i + 1) }))

const takenTexts: Record<SlotTaken['cause'], string> = {
  provider: 'Not done: that time has just been given to somebody else. Pick another one.',
  room: 'Not done: the room is taken at that time. Pick another time, or another room.',
  equipment: 'Not done: the equipment is taken at that time. Pick another one.',
}
export const missedReasonWords: Record<MissedReason, string> = {
  patient: 'Did not come, no word', illness: 'Was ill', transport: 'Could not get here', other: 'Another reason', weather: 'Weather', clinic: 'Our mistake', 'telehealth-failed': 'The video line failed',
}

/** What happened, why, what next. The codes are the contract's. */
export const errorTexts: ErrorTexts = {
  SLOT_TAKEN: (data) => takenTexts[SlotTaken.safeParse(data).data?.cause ?? 'provider'],
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
  TICKET_TAKEN: 'Not done: another window of this machine has just given that number. Try again.',
  TICKET_RENUMBERED: 'Another machine had given that number. The board shows the new one: tell the patient, and print the slip again.',
  THRESHOLDS_MIXED: 'Red comes after amber: give it more minutes.',
  TIMES_REFUSED: 'Nothing was booked: some of these times were given to somebody else meanwhile. They are marked.',
  STEPS_REFUSED: 'Nothing was changed: at least one of these visits has gone on in the meantime, or its time is somebody else’s by now.',
  GROUP_TOO_SMALL: 'This visit type has not places enough for all of them. Pick another type, or fewer people.',
  GROUP_HOLDS_NO_EQUIPMENT: 'A group visit cannot hold equipment: one piece would have to serve all of them. Take the equipment off, or set the places to 1.',
  LINK_CHANGED: 'Somebody else has changed this link meanwhile. It is shown as it is now; look, and set it again if yours is right.',
  NO_VIDEO_LINK: 'This visit has no video link yet. Set one in the appointment.',
  SPAN_TOO_LONG: 'That is too long a time to look at once. Choose fewer days.',
  PLAN_OUTDATED: 'Not done, and nobody was moved: something has changed since the plan was made. It is shown beside each visit.',
}

/** History, one line a step. The first one is the booking; a step that changes only the time is a move, one that changes only its end another length. */
export function changeWords(change: AppointmentChange, before: AppointmentChange | undefined): string {
  if (!before) return change.status === 'arrived' ? 'Walked in' : 'Booked'
  if (change.status === before.status) {
    if (change.leftAt !== before.leftAt) return change.leftAt === null ? 'Has not left after all' : 'Left'
    const isMoved = change.startsAt !== before.startsAt || change.providerId !== before.providerId
    if (isMoved) return 'Moved'
    return change.endsAt === before.endsAt ? 'Room changed' : 'Length changed'
  }
  const words: Record<AppointmentChange['status'], string> = {
    proposed: 'Proposed', booked: 'Back to booked', arrived: 'Arrived', roomed: 'Roomed', 'in-progress': 'With doctor',
    fulfilled: 'Done', cancelled: 'Cancelled', 'no-show': 'Did not come',
  }
  const isBack = before.version + 1 === change.version && order.indexOf(change.status) < order.indexOf(before.status)
  return isBack && change.status !== 'booked' ? `Back to ${words[change.status].toLowerCase()}` : words[change.status]
}

const order: AppointmentChange['status'][] = ['proposed', 'booked', 'arrived', 'roomed', 'in-progress', 'fulfilled', 'cancelled', 'no-show']
