import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { command, query } from '../../rpc/define.ts'
import { ConsentDocument, ConsentForm, ConsentFormFields, PatientConsent, Signature, Signer } from './model.ts'

const topics = ['consents'] as const
const reason = z.string().trim().min(1).max(limits.line_chars)

/** `id`: of the new version; `formId`: of a form that is there, or of a new one. `basedOn`: the version that stood in the editor. */
export const SaveFormInput = z.strictObject({ id: Id, formId: Id, basedOn: z.int().min(1).nullable(), fields: ConsentFormFields, asksAgain: z.boolean() })
export type SaveFormInput = z.infer<typeof SaveFormInput>

const about = { id: Id, patientId: Id, formVersionId: Id, appointmentId: Id.nullable().default(null) }
export const SignConsentInput = z.strictObject({ ...about, signer: Signer, signature: Signature })
export type SignConsentInput = z.output<typeof SignConsentInput>
export const RefuseConsentInput = z.strictObject({ ...about, signer: Signer, reason })
export type RefuseConsentInput = z.output<typeof RefuseConsentInput>
export const WithdrawConsentInput = z.strictObject({ id: Id, consentId: Id, reason })
export type WithdrawConsentInput = z.infer<typeof WithdrawConsentInput>

const decisionErrors = {
  PATIENT_NOT_FOUND: z.undefined(),
  FORM_NOT_FOUND: z.undefined(),
  /** A newer version has been saved since the text was opened. */
  FORM_CHANGED: z.object({ version: z.int() }),
}

/** What patients agree to, in writing. */
export const consents = {
  /** The newest version of each form, those that are not asked any more at the end. */
  listForms: query({ can: 'clinic.read', topics, input: z.strictObject({}), output: z.array(ConsentForm).max(limits.consent_forms_max) }),
  saveForm: command({
    conflict: 'host-only', offline: false, can: 'clinic.manage', audit: 'consent.form-saved', topics, input: SaveFormInput, output: ConsentForm,
    errors: { FORM_CHANGED: decisionErrors.FORM_CHANGED, TOO_MANY_FORMS: z.undefined() },
  }),
  /** Texts to begin with, where there is none yet. They are marked until somebody has read them. */
  addStarterForms: command({
    conflict: 'host-only', offline: false, can: 'clinic.manage', audit: 'consent.starter-added', topics, input: z.strictObject({}), output: z.array(ConsentForm), errors: { FORMS_EXIST: z.undefined() },
  }),

  listForPatient: query({ can: 'patient.details', topics: ['consents', 'patients'], input: z.strictObject({ patientId: Id }), output: z.array(PatientConsent).max(limits.page_rows * 2) }),
  get: query({ can: 'patient.details', audit: 'consent.opened', topics, input: z.strictObject({ id: Id }), output: ConsentDocument }),
  sign: command({
    conflict: 'insert', can: 'patient.write', audit: 'consent.signed', topics, input: SignConsentInput, output: PatientConsent,
    errors: { ...decisionErrors, SIGNATURE_TOO_SMALL: z.undefined(), SIGNATURE_NOT_THE_NAME: z.undefined(), DOCUMENT_NOT_FOUND: z.undefined() },
  }),
  refuse: command({ conflict: 'insert', can: 'patient.write', audit: 'consent.refused', topics, input: RefuseConsentInput, output: PatientConsent, errors: decisionErrors }),
  /** Of what holds: it holds no more from now on, and what was done under it stands. */
  withdraw: command({
    conflict: 'from-state', can: 'patient.write', audit: 'consent.withdrawn', topics, input: WithdrawConsentInput, output: PatientConsent, errors: { NOT_SIGNED: z.undefined() },
  }),
}
