import type { NoteSection, NoteSensitivity } from '#shared/domains/encounters/model.ts'
import { SignProblem } from '#shared/domains/encounters/rules.ts'
import type { ErrorTexts } from '#renderer/rpc/error-text.ts'

export const sectionNames: Record<NoteSection, string> = { subjective: 'Subjective', objective: 'Objective', assessment: 'Assessment', plan: 'Plan' }

export const sensitivityNames: Record<NoteSensitivity, string> = { normal: 'Care team', sensitive: 'Sensitive', psychotherapy: 'Psychotherapy' }

export const sensitivityHints: Record<NoteSensitivity, string> = {
  normal: '',
  sensitive: 'only you read it',
  psychotherapy: 'encrypted to you',
}

/** Next to the button, with the way out. */
export const signProblemTexts: Record<SignProblem, string> = {
  [SignProblem.noteEmpty]: 'Nothing is written yet.',
  [SignProblem.diagnosisMissing]: 'A diagnosis is missing. Go to Assessment (Alt 3).',
  [SignProblem.copyOpen]: 'Text from another window waits. Add it or leave it out.',
}

/** What happened, why, what next. The codes are the contract's. */
export const errorTexts: ErrorTexts = {
  VISIT_NOT_OPEN: 'This visit was cancelled or missed, so there is nothing to record in it. Book a new one.',
  VISIT_FINISHED: 'The visit is signed. Add what is missing as an addendum.',
  VALUE_NOT_PLAUSIBLE: 'One of the values cannot be right. Look at the marked field.',
  ALREADY_IN_ERROR: 'This was marked as entered in error before. The list shows it as it is now.',
  ALREADY_RESOLVED: 'Somebody has marked this problem as resolved with another date. Look at the list; if yours is right, reopen it and resolve it again.',
  ALREADY_STOPPED: 'Somebody has stopped this medication with another date. Look at the list; if yours is right, resume it and stop it again.',
  NOTE_TWO_VERSIONS: 'This note was written on two machines. Both texts are kept: open the note, put them together, then sign.',
  NOTE_SIGNED_MEANWHILE: 'The note was signed on another machine meanwhile. What you wrote is kept beside it: open the note and add it as an addendum.',
  ALREADY_LISTED: 'This is on the list already.',
  ALLERGIES_LISTED: 'There are allergies on the list. Mark them as entered in error before saying there are none.',
  NOT_A_VITAL: 'Only a measured vital sign can be corrected here.',
  NOTE_NOT_FOUND: 'This note is not here any more. Open the visit again.',
  NOT_THE_AUTHOR: 'Only the person who began this note can write in it. Begin one of your own.',
  NOTE_IS_SIGNED: 'The note is signed and does not change. Add an addendum.',
  NOTE_NOT_SIGNED: 'The note is still a draft. An addendum comes after the signature.',
  NO_NOTE_KEY: 'This window holds no key for psychotherapy notes. Sign out and in again with your password.',
  CANNOT_SIGN: 'Something is missing before it can be signed. The reasons stand beside the button.',
}
