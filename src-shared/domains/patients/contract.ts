import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { PlainDate } from '../../kernel/time.ts'
import { action, command, query } from '../../rpc/define.ts'
import {
  Candidate, Contact, Coverage, duplicateReasons, Glance, IdentityCheck, Patient, PatientChange, PatientFile, PatientMatch, PatientRow, Photo, RegistrationForm, Sex,
} from './model.ts'
import { documents } from './contract.documents.ts'
import { families } from './contract.family.ts'
import { merging } from './contract.merge.ts'
import { editableFields } from './rules.ts'

const topics = ['patients'] as const
const shape = Patient.shape

/** Everything about a person that the desk may write; what can wait may be left out. */
const details = {
  middleName: shape.middleName, preferredName: shape.preferredName, suffix: shape.suffix,
  phone: shape.phone, email: shape.email,
  addressLine1: shape.addressLine1, addressLine2: shape.addressLine2, city: shape.city, state: shape.state, postalCode: shape.postalCode, country: shape.country,
  language: shape.language, deceasedOn: shape.deceasedOn,
  interpreter: shape.interpreter, preferredChannel: shape.preferredChannel, bestTimes: shape.bestTimes, messages: shape.messages, workCalls: shape.workCalls, contactBan: shape.contactBan,
  confidentialAddress: shape.confidentialAddress, inactiveReason: shape.inactiveReason,
}
const needed = { familyName: shape.familyName, givenName: shape.givenName, birthDate: shape.birthDate, sex: shape.sex }

const contactFields = { name: Contact.shape.name, relationship: Contact.shape.relationship, phone: Contact.shape.phone, isEmergency: z.boolean(), isGuardian: z.boolean() }
const coverageFields = {
  payerName: Coverage.shape.payerName, planName: Coverage.shape.planName, memberNumber: Coverage.shape.memberNumber, groupNumber: Coverage.shape.groupNumber,
  relationship: Coverage.shape.relationship, subscriberName: Coverage.shape.subscriberName, rank: Coverage.shape.rank,
  validFrom: Coverage.shape.validFrom, validTo: Coverage.shape.validTo, copayCents: Coverage.shape.copayCents.default(null),
}
const duplicateReason = z.enum(duplicateReasons).nullable().default(null)

const dateErrors = {
  /** Ahead of today, or longer ago than anybody has lived. */
  BIRTH_DATE_NOT_POSSIBLE: z.undefined(),
  /** Ahead of today, or before the birth. */
  DECEASED_DATE_NOT_POSSIBLE: z.undefined(),
}
/** The same person seems to be here already. Ids only; the same call with a `duplicateReason` passes. */
const likelyDuplicate = z.object({ candidateIds: z.array(Id).min(1) })

export const RegisterInput = z.strictObject({
  id: Id, ...needed, ...z.object(details).partial().shape,
  contact: z.strictObject({ id: Id, ...contactFields }).optional(),
  coverage: z.strictObject({ id: Id, ...coverageFields, rank: Coverage.shape.rank.default(1) }).optional(),
  duplicateReason,
})
export type RegisterInput = z.infer<typeof RegisterInput>

const edits = z.strictObject({ ...needed, ...details }).partial()
/** `was`: what stood in the changed fields when the form was opened. Fields that somebody else has changed since are merged one by one. */
export const UpdateInput = z.strictObject({ id: Id, was: edits, changes: edits, duplicateReason })
export type UpdateInput = z.infer<typeof UpdateInput>

/** Fields that somebody else has changed meanwhile; the screen says it where they are. Names of fields only. */
export const ChangedMeanwhile = z.object({ notSaved: z.array(z.enum(editableFields)), replaced: z.array(z.enum(editableFields)) })
export type ChangedMeanwhile = z.infer<typeof ChangedMeanwhile>
export const UpdatedPatient = Patient.extend(ChangedMeanwhile.shape)
export type UpdatedPatient = z.infer<typeof UpdatedPatient>

/** A form that is being filled in: gaps are welcome. */
export const FindDuplicatesInput = z.strictObject({
  familyName: z.string().max(limits.line_chars), givenName: z.string().max(limits.line_chars),
  middleName: z.string().max(limits.line_chars).nullable().default(null), suffix: z.string().max(limits.line_chars).nullable().default(null),
  birthDate: PlainDate.nullable(), sex: Sex.nullable(), phone: z.string().max(limits.line_chars).nullable(),
  insurance: z.string().max(limits.line_chars).nullable().default(null),
  /** The patient who is being edited is not a duplicate of himself. */
  exceptId: Id.nullable().default(null),
})
export type FindDuplicatesInput = z.infer<typeof FindDuplicatesInput>

/** The last row of the page before. */
export const ListCursor = z.strictObject({ sortName: z.string().max(limits.text_chars), id: z.union([Id, z.literal('')]) })
export type ListCursor = z.infer<typeof ListCursor>

export const patients = {
  /** Any text is a question and never an error; what is longer than a person would type is cut. */
  search: query({
    can: 'patient.read', audit: 'patient.searched', auditGrouped: true, topics, output: z.array(PatientMatch),
    input: z.strictObject({ text: z.string().max(limits.text_chars), limit: z.int().min(1).max(limits.search_rows).default(limits.search_rows) }),
  }),
  /** For a search that found nobody: who was probably meant. */
  closest: query({ can: 'patient.read', audit: 'patient.searched', auditGrouped: true, topics, input: z.strictObject({ text: z.string().max(limits.text_chars) }), output: z.array(PatientRow).max(3) }),
  list: query({
    can: 'patient.read', audit: 'patient.listed', auditGrouped: true, topics, output: z.object({ rows: z.array(PatientRow), next: ListCursor.nullable() }),
    input: z.strictObject({ after: ListCursor.nullable().default(null), limit: z.int().min(1).max(limits.page_rows).default(limits.page_rows) }),
  }),
  /** Administrator and pharmacist get the identity alone; the rest of the file comes empty (45 CFR 164.502(b)). */
  get: query({ can: 'patient.read', audit: 'patient.opened', topics, input: z.strictObject({ id: Id }), output: PatientFile }),
  /** Not an event: it goes with the search, where people are looked over until the right one is found. */
  glance: query({
    can: 'patient.read', topics: ['patients', 'scheduling'], input: z.strictObject({ ids: z.array(Id).max(limits.search_rows) }),
    /** `on`: the clinic's date of today, for ages and near dates. */
    output: z.object({ on: PlainDate, patients: z.array(Glance) }),
  }),
  findDuplicates: query({ can: 'patient.write', audit: 'patient.compared', auditGrouped: true, topics, input: FindDuplicatesInput, output: z.array(Candidate) }),
  history: query({ can: 'patient.history', audit: 'patient.opened', topics, input: z.strictObject({ id: Id }), output: z.array(PatientChange).max(limits.page_rows) }),
  photo: query({ can: 'patient.history', topics, input: z.strictObject({ patientId: Id }), output: Photo.nullable() }),
  identityCheck: query({ can: 'patient.details', topics, input: z.strictObject({ patientId: Id }), output: IdentityCheck.nullable() }),

  register: command({
    conflict: 'insert', can: 'patient.write', audit: 'patient.registered', topics, input: RegisterInput, output: Patient,
    errors: { LIKELY_DUPLICATE: likelyDuplicate, ...dateErrors },
  }),
  /** That somebody has died, or has not, is said by two: it ends reminders, visits and trust in the record. */
  update: command({
    conflict: 'field-merge', can: 'patient.write', audit: 'patient.changed', topics, input: UpdateInput, output: UpdatedPatient, secondPerson: { approve: 'restriction.approve', onlyWith: ['changes', 'deceasedOn'] },
    errors: { CHANGED_MEANWHILE: ChangedMeanwhile, LIKELY_DUPLICATE: likelyDuplicate, ...dateErrors },
  }),
  addContact: command({ conflict: 'insert', can: 'patient.write', audit: 'patient.contact-added', topics, input: z.strictObject({ id: Id, patientId: Id, ...contactFields }), output: Contact }),
  updateContact: command({ conflict: 'field-merge', can: 'patient.write', audit: 'patient.contact-changed', topics, input: z.strictObject({ id: Id, ...contactFields, was: z.strictObject(contactFields).optional() }), output: Contact }),
  removeContact: command({ conflict: 'from-state', can: 'patient.write', audit: 'patient.contact-removed', topics, input: z.strictObject({ id: Id }), output: z.null() }),
  addCoverage: command({ conflict: 'insert', can: 'insurance.write', audit: 'insurance.added', topics, input: z.strictObject({ id: Id, patientId: Id, ...coverageFields }), output: Coverage }),
  updateCoverage: command({ conflict: 'field-merge', can: 'insurance.write', audit: 'insurance.changed', topics, input: z.strictObject({ id: Id, ...coverageFields, was: z.strictObject(coverageFields).optional() }), output: Coverage }),
  /** The insurer was asked today, and it holds. */
  verifyCoverage: command({ conflict: 'field-merge', can: 'insurance.write', audit: 'insurance.verified', topics, input: z.strictObject({ id: Id }), output: Coverage }),
  endCoverage: command({ conflict: 'from-state', can: 'insurance.write', audit: 'insurance.ended', topics, input: z.strictObject({ id: Id }), output: z.null() }),
  setPhoto: command({
    conflict: 'field-merge', can: 'patient.write', audit: 'patient.photo-taken', topics, output: z.null(),
    /** Base64; the bytes are counted by the service. */
    input: z.strictObject({ patientId: Id, data: z.base64().max(limits.photo_bytes * 2) }),
    errors: { PHOTO_NOT_READABLE: z.undefined(), PHOTO_TOO_LARGE: z.object({ bytesMax: z.int() }) },
  }),
  removePhoto: command({ conflict: 'field-merge', can: 'patient.write', audit: 'patient.photo-removed', topics, input: z.strictObject({ patientId: Id }), output: z.null() }),
  /** Read back to the patient, and right. What is not is corrected first. */
  confirmIdentity: command({ conflict: 'insert', can: 'patient.write', audit: 'patient.identity-confirmed', topics, input: z.strictObject({ id: Id, patientId: Id }), output: IdentityCheck }),

  /** The signed-in person's own unfinished forms, newest first. They stay on this machine and touch nobody's record. */
  unfinishedForms: query({ can: 'patient.write', input: z.strictObject({}), output: z.array(RegistrationForm).max(5) }),
  keepForm: action({ can: 'patient.write', input: z.strictObject({ id: Id, fields: RegistrationForm.shape.fields }), output: z.null() }),
  dropForm: action({ can: 'patient.write', input: z.strictObject({ id: Id }), output: z.null() }),

  ...merging,
  ...families,
  ...documents,
}
