import type { ConsentScope, SignatureKind, Validity } from '#shared/domains/consents/model.ts'
import type { ErrorTexts } from '#renderer/rpc/error-text.ts'

export const validityWords: Record<Validity, string> = { once: 'Once', yearly: 'Each year', 'each-visit': 'At each visit' }
export const scopeWords: Record<ConsentScope, string> = { all: 'All visits', types: 'Some visit types', telehealth: 'Visits by video' }
export const signatureWords: Record<SignatureKind, string> = { drawn: 'on the screen', typed: 'by typing the name', paper: 'on paper' }
/** What somebody is to the patient for whom they sign. */
export const relationChoices = ['Mother', 'Father', 'Legal guardian', 'Health care proxy', 'Power of attorney', 'Spouse', 'Adult child', 'Other']
export const refusalReasons = ['Wants to read it first', 'Does not agree', 'Was not able to sign', 'Emergency, asked later']

/** What happened, why, what next. The codes are the contract's. */
export const errorTexts: ErrorTexts = {
  FORM_NOT_FOUND: 'This form is not here any more. Close this and open it again.',
  FORM_CHANGED: 'Not saved: the text has just been changed. Close this, open it again and read the new text to the patient.',
  FORMS_EXIST: 'The clinic has forms already.',
  TOO_MANY_FORMS: 'The clinic has sixty forms. Change one that is not asked any more.',
  SIGNATURE_TOO_SMALL: 'That is too short for a signature. Sign in the field once more.',
  SIGNATURE_NOT_THE_NAME: 'The typed name has to be the full name of whoever signs.',
  DOCUMENT_NOT_FOUND: 'That scan is not one of this patient’s signed forms any more. Choose another one.',
  NOT_SIGNED: 'Not done: this consent has been taken back already, or was never signed.',
}
