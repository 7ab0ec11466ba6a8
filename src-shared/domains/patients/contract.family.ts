import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { command, query } from '../../rpc/define.ts'
import { ContactFacts } from './model.contact.ts'
import { Family, guarantorObstacles, GuarantorPerson, relationKinds } from './model.family.ts'

const topics = ['patients'] as const

export const LinkRelativeInput = z.strictObject({ id: Id, patientId: Id, relativeId: Id, kind: z.enum(relationKinds) })
export type LinkRelativeInput = z.infer<typeof LinkRelativeInput>

/** Neither: the patient answers for their own bills. `alsoPatientIds`: the others whose account goes along. */
export const SetGuarantorInput = z.strictObject({
  id: Id, patientId: Id, alsoPatientIds: z.array(Id).max(limits.family_members).default([]),
  guarantorPatientId: Id.nullable().default(null), person: GuarantorPerson.nullable().default(null),
})
export type SetGuarantorInput = z.infer<typeof SetGuarantorInput>

/** Whose family somebody is, who pays for them, and how they may be reached. */
export const families = {
  family: query({ can: 'patient.details', topics: ['patients', 'scheduling', 'access'], input: z.strictObject({ patientId: Id }), output: Family }),
  /** For lists of people to call: of whom the caller may not know there is no line. Not an event: it goes with the list. */
  contactFacts: query({ can: 'patient.details', topics, input: z.strictObject({ ids: z.array(Id).max(limits.page_rows) }), output: z.array(ContactFacts) }),

  linkRelative: command({
    conflict: 'insert', can: 'patient.write', audit: 'patient.relative-linked', topics, input: LinkRelativeInput, output: Family,
    errors: { SAME_PATIENT: z.undefined() },
  }),
  unlinkRelative: command({ conflict: 'from-state', can: 'patient.write', audit: 'patient.relative-unlinked', topics, input: z.strictObject({ id: Id, patientId: Id }), output: Family }),
  /** The later word stands, for each patient by itself. */
  setGuarantor: command({
    conflict: 'field-merge', can: 'patient.write', audit: 'patient.guarantor-set', topics: ['patients', 'billing'], input: SetGuarantorInput, output: Family,
    errors: { GUARANTOR_NOT_POSSIBLE: z.object({ why: z.enum(guarantorObstacles) }) },
  }),
}
