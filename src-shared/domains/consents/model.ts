import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Instant } from '../../kernel/time.ts'

/** How long a signature holds: for good, for a year, or for the one visit. */
export const validities = ['once', 'yearly', 'each-visit'] as const
export type Validity = (typeof validities)[number]

/** Which visits a form is asked at. */
export const consentScopes = ['all', 'types', 'telehealth'] as const
export type ConsentScope = (typeof consentScopes)[number]

const formFields = {
  name: z.string().trim().min(1).max(limits.name_chars),
  text: z.string().trim().min(1).max(limits.consent_text_chars),
  validity: z.enum(validities),
  scope: z.enum(consentScopes),
  /** Visit types it is asked at; empty unless `scope` is 'types'. */
  typeIds: z.array(Id).max(limits.consent_types_max),
  /** Somebody who answers for it has read the text: the starter set comes without. */
  isReviewed: z.boolean(),
  isActive: z.boolean(),
}

/** One version of a form, as it was saved. A version never changes: what was signed can be read for ever. */
export const ConsentForm = z.object({
  /** Of this version. */
  id: Id,
  /** Of the form through all its versions. */
  formId: Id,
  version: z.int().min(1),
  ...formFields,
  /** Signatures of versions before this one do not hold any more. */
  validFromVersion: z.int().min(1),
  savedAt: Instant,
  savedBy: z.string(),
})
export type ConsentForm = z.infer<typeof ConsentForm>

/** What an administrator writes. */
export const ConsentFormFields = z.strictObject(formFields)
export type ConsentFormFields = z.infer<typeof ConsentFormFields>

export const consentDecisions = ['signed', 'refused', 'withdrawn'] as const
export type ConsentDecision = (typeof consentDecisions)[number]
export const signatureKinds = ['drawn', 'typed', 'paper'] as const
export type SignatureKind = (typeof signatureKinds)[number]

const who = z.string().trim().min(1).max(limits.name_chars)

/** The patient, or somebody who may sign for them. */
export const Signer = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('patient') }),
  z.strictObject({ by: z.literal('representative'), name: who, relation: who }),
])
export type Signer = z.infer<typeof Signer>

export const Signature = z.discriminatedUnion('how', [
  /** Strokes of a pen, a mouse or a finger (rules.signature.ts). */
  z.strictObject({ how: z.literal('drawn'), strokes: z.string().max(limits.signature_chars) }),
  /** The full name, typed by the signer in front of a witness. */
  z.strictObject({ how: z.literal('typed'), name: z.string().max(limits.line_chars) }),
  /** Signed on paper; the scan is one of the patient's documents, or comes later. */
  z.strictObject({ how: z.literal('paper'), documentId: Id.nullable() }),
])
export type Signature = z.infer<typeof Signature>

/** One decision about a form. Nothing of it changes: what is decided anew is a row of its own. */
export const PatientConsent = z.object({
  id: Id,
  patientId: Id,
  formId: Id,
  formVersionId: Id,
  formName: z.string(),
  formVersion: z.int(),
  decision: z.enum(consentDecisions),
  /** Of what was signed; null for a refusal and a withdrawal. */
  how: z.enum(signatureKinds).nullable(),
  signerName: z.string(),
  /** Of a representative to the patient; null: the patient. */
  relation: z.string().nullable(),
  /** Why it was refused or taken back. */
  reason: z.string().nullable(),
  documentId: Id.nullable(),
  /** The visit at which it was decided. */
  appointmentId: Id.nullable(),
  /** Of a withdrawal: the signature that it takes back. */
  withdrawsId: Id.nullable(),
  decidedAt: Instant,
  /** Who stood by. */
  witness: z.string(),
  /** SHA-256 of everything that was signed. */
  hash: z.string(),
})
export type PatientConsent = z.infer<typeof PatientConsent>

/** One decision with the exact text that it is about. */
export const ConsentDocument = z.object({
  consent: PatientConsent,
  text: z.string(),
  /** Strokes or the typed name. */
  signature: z.string().nullable(),
  /** The hash of what is on record is the one that was made when it was signed. */
  isIntact: z.boolean(),
})
export type ConsentDocument = z.infer<typeof ConsentDocument>
