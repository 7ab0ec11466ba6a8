import type { ResourceType } from '@medplum/fhirtypes'
import type { allergySeverities, Concept, observationCategories, problemStatuses } from '../encounters/model.ts'
import type { Sex } from '../patients/model.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/time.ts'

export const importKinds = ['fhir', 'codes'] as const
export const importStatuses = ['running', 'finished', 'cancelled', 'failed'] as const

/** FHIR R4 resources that become rows; of everything else the report says why it did not. */
export const mappedTypes = [
  'Patient', 'Encounter', 'Condition', 'AllergyIntolerance', 'MedicationRequest',
  'Observation', 'Immunization', 'Procedure', 'DiagnosticReport',
] as const satisfies readonly ResourceType[]
export type MappedType = (typeof mappedTypes)[number]

export const SkipReason = {
  /** Cairn has no place for this kind yet (claims, remittances, care plans, goals, imaging). */
  notMappedYet: 'NOT_MAPPED_YET',
  /** Practitioners, organisations, medications: their names stand on the rows that point to them. */
  nameOnly: 'NAME_ONLY',
  /** The line or the resource is not what FHIR calls for; `path` says where. */
  invalid: 'INVALID',
  noId: 'NO_ID',
  noName: 'NO_NAME',
  noBirthDate: 'NO_BIRTH_DATE',
  noCode: 'NO_CODE',
  noDate: 'NO_DATE',
  noValue: 'NO_VALUE',
  /** It names no patient, or one that this database does not have. */
  noPatient: 'NO_PATIENT',
  /** Its patient is in the same line and was not taken. */
  patientSkipped: 'PATIENT_SKIPPED',
  /** Another patient here already has this chart number of the same source. Two charts are never merged by a machine. */
  identifierTaken: 'IDENTIFIER_TAKEN',
  /** The source itself took it back. */
  enteredInError: 'ENTERED_IN_ERROR',
  /** Planned, refused or cancelled: it never happened to the patient. */
  notDone: 'NOT_DONE',
  /** An allergy that the source calls inactive or resolved: as a row here it would warn for ever. */
  notActive: 'NOT_ACTIVE',
  /** "No known drug allergy" is half an answer and no allergy; somebody asks and records it. */
  noKnownAllergy: 'NO_KNOWN_ALLERGY',
  /** The database would not take it: nothing of this patient's part of the line was written. */
  failed: 'FAILED',
  /** The same resource stands twice in one line; the first one counts. */
  repeated: 'REPEATED',
} as const
export type SkipReason = (typeof SkipReason)[keyof typeof SkipReason]

/** Expected by their kind: counted in the report, not listed one by one. */
export const countedOnly: readonly string[] = [SkipReason.notMappedYet, SkipReason.nameOnly]

export interface Skipped {
  readonly resourceType: string
  /** The source's own id, never ours; empty when it has none. */
  readonly id: string
  readonly reason: SkipReason
  readonly path?: string
}

interface OfPatient {
  readonly id: Id
  readonly patientId: Id
}
interface OfVisit extends OfPatient {
  readonly encounterId: Id | null
}

export interface ImportedPatient {
  readonly id: Id
  readonly familyName: string
  readonly givenName: string
  readonly middleName: string | null
  readonly preferredName: string | null
  readonly suffix: string | null
  readonly sex: Sex
  readonly birthDate: PlainDate
  readonly deceasedOn: PlainDate | null
  readonly phone: string | null
  readonly email: string | null
  readonly addressLine1: string | null
  readonly addressLine2: string | null
  readonly city: string | null
  readonly state: string | null
  readonly postalCode: string | null
  readonly country: string | null
  readonly language: string | null
  readonly identifiers: readonly { readonly system: string; readonly value: string }[]
  readonly contacts: readonly ImportedContact[]
}

export interface ImportedContact {
  readonly id: Id
  readonly name: string
  readonly relationship: string
  readonly phone: string | null
  readonly isEmergency: boolean
  readonly isGuardian: boolean
}

export interface ImportedEncounter extends OfPatient {
  readonly startedAt: Instant
  readonly finishedAt: Instant
  readonly reason: string | null
  readonly place: string | null
}

export interface ImportedProblem extends OfPatient {
  readonly concept: Concept
  readonly status: (typeof problemStatuses)[number]
  readonly onsetOn: PlainDate | null
  readonly resolvedOn: PlainDate | null
}

export interface ImportedAllergy extends OfPatient {
  readonly concept: Concept
  readonly reaction: string | null
  readonly severity: (typeof allergySeverities)[number]
}

export interface ImportedMedication extends OfPatient {
  readonly concept: Concept
  readonly sig: string | null
  readonly startedOn: PlainDate | null
  readonly endedOn: PlainDate | null
}

export interface ImportedObservation extends OfVisit {
  readonly category: (typeof observationCategories)[number]
  readonly code: string
  readonly label: string
  readonly value: number | null
  readonly unit: string | null
  readonly valueText: string | null
  readonly observedAt: Instant
}

export interface ImportedImmunization extends OfPatient {
  readonly concept: Concept
  readonly givenAt: Instant
  readonly lot: string | null
  readonly site: string | null
}

export interface ImportedProcedure extends OfVisit {
  readonly concept: Concept
  readonly performedAt: Instant
}

export interface ImportedReport extends OfVisit {
  readonly concept: Concept
  readonly issuedAt: Instant
  readonly conclusion: string | null
  readonly resultIds: readonly Id[]
}

/** What each kind of resource becomes; somebody who was asked and has no allergy becomes a review. */
export interface ImportRows {
  readonly Patient: readonly ImportedPatient[]
  readonly Encounter: readonly ImportedEncounter[]
  readonly Condition: readonly ImportedProblem[]
  readonly AllergyIntolerance: readonly (ImportedAllergy | ImportedNoAllergies)[]
  readonly MedicationRequest: readonly ImportedMedication[]
  readonly Observation: readonly ImportedObservation[]
  readonly Immunization: readonly ImportedImmunization[]
  readonly Procedure: readonly ImportedProcedure[]
  readonly DiagnosticReport: readonly ImportedReport[]
}
export interface ImportedNoAllergies extends OfPatient {
  readonly noneKnown: true
}

export interface Mapped {
  readonly rows: ImportRows
  readonly skipped: readonly Skipped[]
}

/**
 * What is written in one step or not at all: all that one line says of one patient. A file of ten thousand patients
 * in one bundle is ten thousand units, so that no step holds up the clinic.
 */
export interface Unit {
  readonly patientId: Id
  readonly rows: ImportRows
}
