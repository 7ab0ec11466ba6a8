import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Cents } from '../../kernel/money.ts'
import { Instant, PlainDate } from '../../kernel/time.ts'
import { channels, inactiveReasons } from './model.contact.ts'

/** Administrative sex as FHIR's AdministrativeGender has it. */
export const sexes = ['female', 'male', 'other', 'unknown'] as const
export const Sex = z.enum(sexes)
export type Sex = (typeof sexes)[number]

export const relationshipsToSubscriber = ['self', 'spouse', 'child', 'other'] as const

const name = z.string().trim().min(1).max(limits.name_chars)
const line = z.string().trim().max(limits.line_chars).nullable()

export const Patient = z.object({
  id: Id,
  mrn: z.int(),
  familyName: name,
  givenName: name,
  middleName: line,
  preferredName: line,
  suffix: line,
  sex: Sex,
  birthDate: PlainDate,
  deceasedOn: PlainDate.nullable(),
  phone: line,
  email: line,
  addressLine1: line,
  addressLine2: line,
  city: line,
  state: line,
  postalCode: line,
  country: line,
  /** ISO 639 code, or what another system said (rules.languages.ts). */
  language: line,
  interpreter: z.enum(['needed']).nullable(),
  preferredChannel: z.enum(channels).nullable(),
  /** In the patient's words: "after 4 pm". */
  bestTimes: line,
  messages: z.enum(['never']).nullable(),
  workCalls: z.enum(['never']).nullable(),
  contactBan: z.enum(['asked']).nullable(),
  /** Where everything goes instead, on the patient's wish (45 CFR 164.522(b)). */
  confidentialAddress: line,
  /** Why nobody expects this patient any more; null: active. */
  inactiveReason: z.enum(inactiveReasons).nullable(),
  version: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
})
export type Patient = z.infer<typeof Patient>

/** What lists, pickers and the day need to name a patient safely. */
export const PatientSummary = Patient.pick({ id: true, mrn: true, sex: true, birthDate: true, phone: true })
  .extend({ familyName: z.string(), givenName: z.string() })
export type PatientSummary = z.infer<typeof PatientSummary>

/** Stands for a patient who is not to be known where a row cannot be left out: the day shows that the time is taken. */
export const hiddenPatient: PatientSummary = { id: '00000000-0000-0000-0000-000000000000', mrn: 0, familyName: '', givenName: '', sex: 'unknown', birthDate: '1900-01-01', phone: null }

/** A row of the patient list, the search and the palette. */
export const PatientRow = PatientSummary.extend({ deceasedOn: PlainDate.nullable(), inactiveReason: z.enum(inactiveReasons).nullable() })
export type PatientRow = z.infer<typeof PatientRow>

export const matchedBy = ['mrn', 'name', 'birth-date', 'phone'] as const
export type MatchedBy = (typeof matchedBy)[number]
export const PatientMatch = PatientRow.extend({ matchedBy: z.array(z.enum(matchedBy)) })
export type PatientMatch = z.infer<typeof PatientMatch>

export const contactRelationships = ['spouse', 'partner', 'parent', 'child', 'sibling', 'guardian', 'friend', 'other'] as const
export const Contact = z.object({
  id: Id,
  patientId: Id,
  name,
  /** One of `contactRelationships`, or what another system said. */
  relationship: z.string().trim().min(1).max(limits.name_chars),
  phone: line,
  isEmergency: z.boolean(),
  isGuardian: z.boolean(),
})
export type Contact = z.infer<typeof Contact>

export const Coverage = z.object({
  id: Id,
  patientId: Id,
  payerName: name,
  planName: line,
  memberNumber: line,
  groupNumber: line,
  relationship: z.enum(relationshipsToSubscriber),
  subscriberName: line,
  /** 1 is asked first. */
  rank: z.int().min(1),
  validFrom: PlainDate.nullable(),
  validTo: PlainDate.nullable(),
  /** What the patient pays at each visit. */
  copayCents: Cents.min(0).nullable(),
  /** When somebody last asked the insurer, and who; not known any more after another insurer or number. */
  verifiedOn: PlainDate.nullable(),
  verifiedBy: z.string().nullable(),
})
export type Coverage = z.infer<typeof Coverage>

/** When name, birth date, address and phone were last read back to the patient, and by whom. */
export const IdentityCheck = z.object({ at: Instant, by: z.string() })
export type IdentityCheck = z.infer<typeof IdentityCheck>

export const photoTypes = ['image/jpeg', 'image/png'] as const
export const Photo = z.object({ mime: z.enum(photoTypes), /** Base64. */ data: z.string(), takenAt: Instant })
export type Photo = z.infer<typeof Photo>

/** Why somebody is registered although the same person seems to be here already. Kept with the patient. */
export const DuplicateReason = {
  /** Asked or seen on the card: somebody else. */
  otherPerson: 'other-person',
  twinOrRelative: 'twin-or-relative',
  /** It is one person, but the old chart cannot be used now; the two are merged later. */
  mergeLater: 'merge-later',
} as const
export type DuplicateReason = (typeof DuplicateReason)[keyof typeof DuplicateReason]
export const duplicateReasons = Object.values(DuplicateReason)

const comparedFields = ['name', 'birth-date', 'sex', 'phone', 'insurance'] as const
const verdicts = ['equal', 'similar', 'different'] as const
/** What makes two values similar; the screen has the words. */
const similarities = ['sounds-alike', 'typing-slip', 'nickname', 'part-of', 'swapped', 'one-digit', 'day-and-month', 'near', 'begins'] as const
export const Comparison = z.object({ field: z.enum(comparedFields), verdict: z.enum(verdicts), because: z.enum(similarities).nullable() })
export type Comparison = z.infer<typeof Comparison>

/** Somebody who may be the person that is being registered. */
export const Candidate = z.object({
  patient: PatientRow,
  score: z.number(),
  /** Likely: registering again is refused until a reason is given. */
  likelihood: z.enum(['likely', 'possible']),
  comparisons: z.array(Comparison),
  insurance: z.string().nullable(),
  lastSeenOn: PlainDate.nullable(),
})
export type Candidate = z.infer<typeof Candidate>

/** One replaced value: who, when, from what to what. */
export const PatientChange = z.object({
  id: Id,
  version: z.int(),
  changedAt: Instant,
  changedBy: z.string(),
  field: z.string(),
  fromValue: z.string().nullable(),
  toValue: z.string().nullable(),
})
export type PatientChange = z.infer<typeof PatientChange>

/** Everything the front desk keeps about a patient; nothing clinical. */
export const PatientFile = z.object({ patient: Patient, contacts: z.array(Contact), coverages: z.array(Coverage), photoTakenAt: Instant.nullable() })
export type PatientFile = z.infer<typeof PatientFile>

/** A form that is not finished, as it was typed. */
export const RegistrationForm = z.object({
  id: Id,
  fields: z.record(z.string().max(limits.name_chars), z.string().max(limits.line_chars)),
  savedAt: Instant,
})
export type RegistrationForm = z.infer<typeof RegistrationForm>

/** What helps to tell that it is the right person, beside the search. Without `patient.details` it is empty. */
export const Glance = z.object({
  id: Id,
  insurance: z.string().nullable(),
  lastSeenOn: PlainDate.nullable(),
  /** The next visit of this day: minutes since midnight on the clinic's clock. */
  today: z.object({ minute: z.int(), roomName: z.string().nullable() }).nullable(),
})
export type Glance = z.infer<typeof Glance>
