import type { LeaveKind, LeaveStatus } from '#shared/domains/staff/model.ts'
import type { ErrorTexts } from '#renderer/rpc/error-text.ts'

export const errorTexts: ErrorTexts = {
  STAFF_NOT_FOUND: 'This person does not work here any more. Pick somebody else.',
  SHIFTS_OVERLAP: 'Not done: this person has another shift at that time. Move that one first.',
  SHIFT_TIMES: 'A shift ends after it begins, within 24 hours, and its break lies inside.',
  SHIFT_NOT_YOURS: 'Only your own shifts can be given away, to somebody else.',
  SHIFT_GONE: 'Not done: the shift was changed since they agreed. They have to agree again.',
  WEEK_EMPTY: 'This week has no shifts to keep.',
  LEAVE_LENGTH: 'Leave ends on or after the day it begins, within a year.',
  ALREADY_DECIDED: 'This was decided or taken back in the meantime. It is shown as it is now.',
  COVERAGE_TIMES: 'The time has to end after it begins.',
}

export const leaveWords: Record<LeaveKind, string> = { vacation: 'Vacation', sick: 'Sick', training: 'Training', family: 'Family', other: 'Other' }
export const leaveStatusWords: Record<LeaveStatus, string> = { requested: 'Asked for', approved: 'Approved', declined: 'Declined', withdrawn: 'Taken back' }
