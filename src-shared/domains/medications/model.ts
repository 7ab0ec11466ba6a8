import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Instant } from '../../kernel/time.ts'

/** What a drug is measured in on its label. Spelled as they are printed: "units", never U; "mcg", never µg. */
export const strengthUnits = ['mg', 'mcg', 'g', '%', 'units', 'mEq', 'mL', 'mcg/hr'] as const
export type StrengthUnit = (typeof strengthUnits)[number]

export const drugForms = [
  'tablet', 'er-tablet', 'chewable-tablet', 'odt', 'capsule', 'er-capsule', 'suspension', 'solution', 'inhaler', 'nebule', 'nasal-spray', 'eye-drops', 'ear-drops', 'cream', 'ointment', 'gel',
  'patch', 'injection', 'suppository', 'packet',
] as const
export type DrugForm = (typeof drugForms)[number]

export const doseUnits = ['piece', 'mL', 'puff', 'spray', 'drop', 'layer', 'patch', 'units', 'vial', 'suppository', 'packet'] as const
export type DoseUnit = (typeof doseUnits)[number]

export const routes = [
  'oral', 'sublingual', 'inhaled', 'nasal', 'right-eye', 'left-eye', 'both-eyes', 'right-ear', 'left-ear', 'both-ears', 'skin', 'rectal', 'vaginal', 'subcutaneous', 'intramuscular',
] as const
export type Route = (typeof routes)[number]

export const frequencies = [
  'daily', 'each-morning', 'at-bedtime', 'twice-daily', 'three-times-daily', 'four-times-daily', 'every-4-hours', 'every-6-hours', 'every-8-hours', 'every-12-hours', 'every-other-day', 'weekly', 'once',
] as const
export type Frequency = (typeof frequencies)[number]

/** Of the same systems as every other concept of the chart; null for what somebody wrote in words. */
export const drugSystems = ['rxnorm', 'local'] as const

const line = z.string().trim().max(limits.line_chars)

export const Drug = z.strictObject({
  system: z.enum(drugSystems).nullable(),
  code: z.string().max(40).nullable(),
  generic: line.min(1),
  brand: line.min(1).nullable(),
  /** As it is printed, "250 mg/5 mL": one canonical spelling (rules.strength.ts). */
  strength: z.string().trim().min(1).max(60),
  form: z.enum(drugForms),
})
export type Drug = z.infer<typeof Drug>

export const Indication = z.strictObject({ code: z.string().max(40).nullable(), label: z.string().min(1).max(limits.line_chars * 2) })
export type Indication = z.infer<typeof Indication>

/** What is prescribed, complete enough to be printed. Whether it can be is judged by rules.order.ts, at the form and in the core. */
export const PrescriptionOrder = z.strictObject({
  drug: Drug,
  dose: z.number().min(0).max(100_000),
  doseUnit: z.enum(doseUnits),
  route: z.enum(routes),
  frequency: z.enum(frequencies),
  isAsNeeded: z.boolean(),
  asNeededFor: line.min(1).nullable(),
  /** Null: until further notice. */
  days: z.int().min(0).max(3_660).nullable(),
  quantity: z.number().min(0).max(100_000),
  refills: z.int().min(0).max(99),
  maySubstitute: z.boolean(),
  instructions: z.string().trim().min(1).max(limits.line_chars * 2).nullable(),
  indication: Indication.nullable(),
})
export type PrescriptionOrder = z.infer<typeof PrescriptionOrder>

export const alertKinds = ['allergy', 'duplicate'] as const
export const alertSeverities = ['severe', 'moderate'] as const
/** Why somebody prescribes against a severe warning; kept with the prescription for the override report. */
export const overrideReasons = ['tolerated-before', 'benefit-outweighs', 'stopped-other', 'specialist-advised', 'record-outdated'] as const
export type OverrideReason = (typeof overrideReasons)[number]

export const PrescriptionAlert = z.object({
  kind: z.enum(alertKinds),
  severity: z.enum(alertSeverities),
  /** The allergy, or the medication on the list, that it is about. */
  subjectId: Id,
  subjectLabel: z.string(),
  /** The class of drugs through which it concerns this drug; null where it is the drug itself. */
  drugClass: z.string().nullable(),
})
export type PrescriptionAlert = z.infer<typeof PrescriptionAlert>

export const KeptAlert = PrescriptionAlert.extend({ overrideReason: z.enum(overrideReasons).nullable() })
export type KeptAlert = z.infer<typeof KeptAlert>

export const cancelReasons = ['wrong-drug', 'wrong-dose', 'wrong-patient', 'not-needed', 'side-effect', 'replaced', 'lost-paper'] as const
export type CancelReason = (typeof cancelReasons)[number]

export const Cancellation = z.object({ reason: z.enum(cancelReasons), note: z.string().nullable(), cancelledAt: Instant })
export type Cancellation = z.infer<typeof Cancellation>

/** A signed prescription (FHIR MedicationRequest). It never changes; it can be cancelled and written anew. */
export const MedicationRequest = z.object({
  id: Id,
  patientId: Id,
  encounterId: Id.nullable(),
  order: PrescriptionOrder,
  /** The words that were on the screen when it was signed, and on the paper. */
  sentence: z.string(),
  renewsId: Id.nullable(),
  /** The row of the chart's current medications that it stands behind. */
  statementId: Id,
  signedAt: Instant,
  signedBy: Id,
})
export type MedicationRequest = z.infer<typeof MedicationRequest>

export const Prescriber = z.object({ title: z.string().nullable(), givenName: z.string(), familyName: z.string(), credentials: z.string().nullable(), npi: z.string().nullable() })
export type Prescriber = z.infer<typeof Prescriber>

export const PrescriptionRow = MedicationRequest.extend({
  prescriber: Prescriber,
  cancellation: Cancellation.nullable(),
  alerts: z.array(KeptAlert),
  prints: z.int(),
  /** A later prescription took its place. */
  isRenewed: z.boolean(),
})
export type PrescriptionRow = z.infer<typeof PrescriptionRow>

/** Made ready by a nurse; a provider signs it or takes it away. */
export const PrescriptionDraft = z.object({ id: Id, patientId: Id, encounterId: Id.nullable(), order: PrescriptionOrder, preparedAt: Instant, preparedBy: Prescriber.omit({ npi: true, credentials: true }) })
export type PrescriptionDraft = z.infer<typeof PrescriptionDraft>

export const Favourite = z.object({ id: Id, order: PrescriptionOrder })
export type Favourite = z.infer<typeof Favourite>

export const printMediums = ['paper', 'pdf'] as const
