import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { PlainDate } from '../../kernel/time.ts'
import { command, query } from '../../rpc/define.ts'
import { AccessPerson, AccessSettings, BreakGlassEvent, BreakGlassReason, CareTeam, CareTeamMember, Cover, OpenedGlass, PatientAccess, ReviewOutcome } from './model.ts'

const none = z.strictObject({})
/** Whoever gains or loses a row asks for everything again that it stands in. */
const rows = ['access', 'patients', 'scheduling', 'encounters', 'notes', 'billing'] as const
const why = z.string().trim().min(1).max(limits.line_chars)
const explained = z.string().trim().min(limits.explanation_chars_min).max(limits.text_chars)
const staffErrors = { STAFF_NOT_FOUND: z.undefined() }
const spanErrors = { SPAN_BACKWARDS: z.undefined() }

export const AddCareTeamMemberInput = z.strictObject({ id: Id, patientId: Id, staffId: Id, fromOn: PlainDate, untilOn: PlainDate.nullable().default(null), reason: why })
export type AddCareTeamMemberInput = z.infer<typeof AddCareTeamMemberInput>

export const AddCoverInput = z.strictObject({ id: Id, providerId: Id, byStaffId: Id, fromOn: PlainDate, untilOn: PlainDate })
export type AddCoverInput = z.infer<typeof AddCoverInput>

export const RestrictPatientInput = z.strictObject({ id: Id, patientId: Id, reason: why, allowedUserIds: z.array(Id).min(1).max(limits.restricted_people_max) })
export type RestrictPatientInput = z.infer<typeof RestrictPatientInput>

/** The patient is named by the chart that was refused or, where no name may be shown, by the number on the card. */
export const BreakGlassInput = z.strictObject({
  id: Id, patient: z.union([z.strictObject({ id: Id }), z.strictObject({ mrn: z.int().min(1) })]), reason: BreakGlassReason, explanation: explained,
})
export type BreakGlassInput = z.infer<typeof BreakGlassInput>

export const ReviewBreakGlassInput = z.strictObject({ id: Id, outcome: ReviewOutcome, note: z.string().trim().max(limits.text_chars).default('') })
export type ReviewBreakGlassInput = z.infer<typeof ReviewBreakGlassInput>

export const access = {
  careTeam: query({ can: 'chart.read', audit: 'chart.opened', scope: 'clinical', topics: ['access', 'scheduling', 'encounters'], input: z.strictObject({ patientId: Id }), output: CareTeam }),
  addCareTeamMember: command({
    conflict: 'insert', can: 'care-team.write', audit: 'care-team.added', topics: rows, input: AddCareTeamMemberInput, output: CareTeamMember, errors: { ...staffErrors, ...spanErrors },
  }),
  endCareTeamMember: command({ conflict: 'from-state', can: 'care-team.write', audit: 'care-team.ended', topics: rows, input: z.strictObject({ id: Id }), output: z.null() }),

  listCover: query({ can: 'cover.write', topics: ['access', 'staff'], input: none, output: z.array(Cover).max(limits.page_rows) }),
  /** A doctor gives away their own patients; the administrator anybody's. */
  addCover: command({
    conflict: 'host-only', offline: false, can: 'cover.write', audit: 'cover.added', topics: rows, input: AddCoverInput, output: Cover, errors: { ...staffErrors, ...spanErrors, NOT_YOUR_PATIENTS: z.undefined() },
  }),
  removeCover: command({ conflict: 'host-only', offline: false, can: 'cover.write', audit: 'cover.removed', topics: rows, input: z.strictObject({ id: Id }), output: z.null(), errors: { NOT_YOUR_PATIENTS: z.undefined() } }),

  patientAccess: query({ can: 'patient.restrict', topics: ['access', 'staff'], input: z.strictObject({ patientId: Id }), output: PatientAccess }),
  /** The matrix's "2": hiding somebody from the clinic, or showing them again, is never one person's word. */
  restrictPatient: command({
    conflict: 'host-only', offline: false, can: 'patient.restrict', audit: 'patient.restricted', topics: rows, secondPerson: { approve: 'restriction.approve' }, input: RestrictPatientInput, output: z.null(),
    errors: { ALREADY_RESTRICTED: z.undefined(), ...staffErrors },
  }),
  unrestrictPatient: command({
    conflict: 'host-only', offline: false, can: 'patient.restrict', audit: 'patient.restriction-lifted', topics: rows, secondPerson: { approve: 'restriction.approve' }, input: z.strictObject({ patientId: Id }), output: z.null(),
    errors: { NOT_RESTRICTED: z.undefined() },
  }),
  /** Says that a colleague is this patient, or (null) that none is. */
  linkOwnChart: command({
    conflict: 'host-only', offline: false, can: 'clinic.manage', audit: 'staff.own-chart-linked', topics: rows, fresh: 'recent', input: z.strictObject({ userId: Id, patientId: Id.nullable() }), output: z.null(),
    errors: { ...staffErrors, LINKED_ALREADY: z.undefined() },
  }),

  /** Opens one chart for an hour, whoever's it is; somebody else looks at the reason within a week. */
  breakGlass: command({ conflict: 'insert', can: 'break-glass.use', scope: 'clinical', audit: 'break-glass.used', topics: rows, fresh: 'recent', input: BreakGlassInput, output: OpenedGlass }),
  /** What waits for review first, then what was reviewed, newest first. For privacy officers. */
  listBreakGlass: query({ can: 'signed-in', topics: ['access', 'staff', 'patients'], audit: 'break-glass.listed', input: none, output: z.array(BreakGlassEvent).max(limits.page_rows * 2) }),
  /** How many wait and how many have waited too long; nothing about whom. Administrators see it on their home. */
  countBreakGlass: query({ can: 'signed-in', topics: ['access'], input: none, output: z.object({ waiting: z.int(), overdue: z.int(), isOfficer: z.boolean() }) }),
  reviewBreakGlass: command({
    conflict: 'host-only', offline: false, can: 'signed-in', audit: 'break-glass.reviewed', topics: ['access'], fresh: 'full', input: ReviewBreakGlassInput, output: z.null(),
    errors: { OWN_BREAK_GLASS: z.undefined(), REVIEWED_ALREADY: z.undefined(), REVIEW_NEEDS_NOTE: z.undefined() },
  }),

  listPeople: query({ can: 'patient.restrict', topics: ['access', 'staff'], input: none, output: z.array(AccessPerson) }),
  settings: query({ can: 'clinic.manage', topics: ['access'], input: none, output: AccessSettings }),
  saveSettings: command({ conflict: 'host-only', offline: false, can: 'clinic.manage', audit: 'access.settings-saved', topics: rows, input: AccessSettings.strict(), output: AccessSettings }),
}
