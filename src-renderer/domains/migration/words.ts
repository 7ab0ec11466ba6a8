import type { SkipReason } from '#shared/domains/migration/model.ts'
import type { ImportRun } from '#shared/domains/migration/contract.ts'
import type { ErrorTexts } from '#renderer/rpc/error-text.ts'
import { fileErrorTexts } from '#renderer/ui/file-errors.ts'

export const errorTexts: ErrorTexts = {
  ...fileErrorTexts,
  NOT_A_TABLE: 'This is no table: it needs a first line with the columns’ names, and at least two columns.',
  MAPPING_INCOMPLETE: 'Some columns still have to be chosen, or one meaning is given twice.',
  WRONG_STAGE: 'This import has moved on meanwhile. Look at it again.',
  ROWS_CHANGED: 'Another dry run has taken its place. Look at it again, then take it.',
  ROWS_HANG_ON_IT: 'Something has been written since that hangs on rows of this import. Nothing was taken back.',
  FOLDER_NOT_WRITABLE: 'Nothing can be written in this folder. Choose another one.',
}

const typeWords: Readonly<Record<string, string>> = {
  '': 'Not readable', Patient: 'Patients', Encounter: 'Visits', Condition: 'Problems', AllergyIntolerance: 'Allergies', MedicationRequest: 'Medications',
  Observation: 'Measurements', Immunization: 'Vaccines', Procedure: 'Procedures', DiagnosticReport: 'Lab reports', Claim: 'Claims', ExplanationOfBenefit: 'Remittances',
  CarePlan: 'Care plans', Goal: 'Goals', ImagingStudy: 'Imaging', Organization: 'Organizations', Practitioner: 'Practitioners', Medication: 'Drug names', Coverage: 'Insurance',
}
/** The clinic's word for a FHIR type; a type without one keeps FHIR's. */
export const typeWord = (type: string): string => (Object.hasOwn(typeWords, type) ? (typeWords[type] ?? type) : type)

const reasons: Record<SkipReason, string> = {
  NOT_MAPPED_YET: 'no place for it yet', NAME_ONLY: 'name kept with the visit', INVALID: 'not as FHIR calls for', NO_ID: 'without an id', NO_NAME: 'without a name',
  NO_BIRTH_DATE: 'without a full birth date', NO_CODE: 'does not say what it is', NO_DATE: 'without a date', NO_VALUE: 'without a value', NO_PATIENT: 'its patient is not here',
  PATIENT_SKIPPED: 'its patient was left out', IDENTIFIER_TAKEN: 'another patient has this chart number', ENTERED_IN_ERROR: 'taken back by its source', NOT_DONE: 'never happened',
  NOT_ACTIVE: 'no longer active', NO_KNOWN_ALLERGY: '“none known” of one kind only', FAILED: 'refused by the records', REPEATED: 'twice in a line',
}
export const reasonWord = (reason: string): string => (Object.hasOwn(reasons, reason) ? reasons[reason as SkipReason] : reason) // Asked just before.

export const statusWords: Record<ImportRun['status'], string> = { running: 'Running', finished: 'Complete', cancelled: 'Stopped', failed: 'Broke off' }

