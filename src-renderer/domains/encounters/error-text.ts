import type { ErrorTexts } from '#renderer/rpc/error-text.ts'

export const errorTexts: ErrorTexts = {
  PATIENT_NOT_FOUND: 'This patient is not here any more. The record may have been changed at another machine.',
  VISIT_NOT_OPEN: 'This visit was cancelled or missed, so there is nothing to record in it. Book a new one.',
  VISIT_FINISHED: 'The visit is signed. Add what is missing as an addendum.',
  VALUE_NOT_PLAUSIBLE: 'One of the values cannot be right. Look at the marked field.',
  ALREADY_IN_ERROR: 'This was marked as entered in error before. The list shows it as it is now.',
  ALREADY_LISTED: 'This is on the list already.',
  ALLERGIES_LISTED: 'There are allergies on the list. Mark them as entered in error before saying there are none.',
  NOT_A_VITAL: 'Only a measured vital sign can be corrected here.',
  NOTE_NOT_FOUND: 'This note is not here any more. Open the visit again.',
  NOT_THE_AUTHOR: 'Only the person who began this note can write in it. Begin one of your own.',
  NOTE_IS_SIGNED: 'The note is signed and does not change. Add an addendum.',
  NOTE_NOT_SIGNED: 'The note is still a draft. An addendum comes after the signature.',
  CANNOT_SIGN: 'Something is missing before it can be signed. The reasons stand beside the button.',
}
