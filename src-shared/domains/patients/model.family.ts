import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Instant } from '../../kernel/time.ts'
import { PatientRow } from './model.ts'

/** What a relative is to the patient. `ward`: the patient is that one's guardian. */
export const relationKinds = ['parent', 'spouse', 'child', 'sibling', 'guardian', 'ward', 'other'] as const
export type RelationKind = (typeof relationKinds)[number]

const line = z.string().trim().max(limits.line_chars).nullable()

/** Somebody who pays and is no patient here. */
export const GuarantorPerson = z.strictObject({
  name: z.string().trim().min(1).max(limits.name_chars), phone: line, addressLine1: line, addressLine2: line, city: line, state: line, postalCode: line,
})
export type GuarantorPerson = z.infer<typeof GuarantorPerson>

/** Who answers for a patient's bills (FHIR R4 Account.guarantor); a patient, or a person who is none. */
export const Guarantor = z.object({ id: Id, patient: PatientRow.nullable(), person: GuarantorPerson.nullable(), since: Instant })
export type Guarantor = z.infer<typeof Guarantor>

export const FamilyMember = z.object({
  patient: PatientRow,
  /** What this one is to the patient whose family it is; null: only the same one pays for both. */
  kind: z.enum(relationKinds).nullable(),
  relationId: Id.nullable(),
  /** The same one pays. */
  isSharingGuarantor: z.boolean(),
  isGuarantor: z.boolean(),
  nextVisitAt: Instant.nullable(),
})
export type FamilyMember = z.infer<typeof FamilyMember>

/** Those with one guarantor, and those who are linked as relatives. Whoever may not be known is left out without a word. */
export const Family = z.object({
  guarantor: Guarantor.nullable(),
  /** Two charts that became one each had somebody who pays: it has to be said again. */
  isUnclear: z.boolean(),
  members: z.array(FamilyMember).max(limits.family_members),
})
export type Family = z.infer<typeof Family>

/** Why somebody cannot answer for another's bills. */
export const guarantorObstacles = ['two-named', 'minor', 'deceased', 'paid-for'] as const
export type GuarantorObstacle = (typeof guarantorObstacles)[number]
