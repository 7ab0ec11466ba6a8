import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Instant, PlainDate } from '../../kernel/time.ts'

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
  language: line,
  version: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
})
export type Patient = z.infer<typeof Patient>

/** What lists, pickers and the day need to name a patient safely. */
export const PatientSummary = Patient.pick({ id: true, mrn: true, familyName: true, givenName: true, sex: true, birthDate: true, phone: true })
export type PatientSummary = z.infer<typeof PatientSummary>
