import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Instant, PlainDate } from '../../kernel/time.ts'

/** Why somebody opens a chart that is not theirs; the words behind it are typed beside. */
export const breakGlassReasons = ['emergency', 'covering-unplanned', 'patient-present', 'legal-request', 'other'] as const
export const BreakGlassReason = z.enum(breakGlassReasons)
export type BreakGlassReason = z.infer<typeof BreakGlassReason>

export const reviewOutcomes = ['justified', 'not-justified'] as const
export const ReviewOutcome = z.enum(reviewOutcomes)
export type ReviewOutcome = z.infer<typeof ReviewOutcome>

/** How far the care team reaches around today. */
export const AccessSettings = z.object({
  /** A provider keeps the charts of those seen this long ago, and of those booked this far ahead. */
  monthsBack: z.int().min(1).max(120),
  monthsAhead: z.int().min(0).max(24),
  /** A nurse serves the whole clinic's flow: everyone with a visit in these days. */
  flowDaysBack: z.int().min(0).max(90),
  flowDaysAhead: z.int().min(0).max(90),
})
export type AccessSettings = z.infer<typeof AccessSettings>

export const PersonName = z.object({ id: Id, title: z.string().nullable(), givenName: z.string(), familyName: z.string() })
export type PersonName = z.infer<typeof PersonName>

/** Somebody whom a colleague has put on the team of a patient. */
export const CareTeamMember = z.object({
  id: Id, patientId: Id, staff: PersonName, fromOn: PlainDate, untilOn: PlainDate.nullable(), reason: z.string().min(1).max(limits.line_chars), addedAt: Instant,
})
export type CareTeamMember = z.infer<typeof CareTeamMember>

/** Why somebody is on the team without having been put there. */
export const teamReasons = ['appointment', 'note'] as const
export const CareTeam = z.object({
  members: z.array(CareTeamMember),
  byWork: z.array(z.object({ staff: PersonName, because: z.enum(teamReasons) })),
})
export type CareTeam = z.infer<typeof CareTeam>

export const Cover = z.object({ id: Id, provider: PersonName, by: PersonName, fromOn: PlainDate, untilOn: PlainDate })
export type Cover = z.infer<typeof Cover>

/** `restriction` is told to those whom it lets in; for everybody else the patient is not there. */
export const PatientAccess = z.object({
  restriction: z.object({ reason: z.string(), since: Instant, allowed: z.array(PersonName) }).nullable(),
  /** The account of the colleague who is this patient. */
  isStaff: PersonName.nullable(),
})
export type PatientAccess = z.infer<typeof PatientAccess>

/** A live break-glass of the person who asks. */
export const OpenedGlass = z.object({ id: Id, patientId: Id, endsAt: Instant })
export type OpenedGlass = z.infer<typeof OpenedGlass>

export const BreakGlassEvent = z.object({
  id: Id, openedAt: Instant, endsAt: Instant, dueOn: PlainDate, isOverdue: z.boolean(),
  by: PersonName, userId: Id, patientId: Id, patientName: z.string(), mrn: z.int(),
  reason: BreakGlassReason, explanation: z.string(),
  review: z.object({ at: Instant, by: PersonName, outcome: ReviewOutcome, note: z.string() }).nullable(),
})
export type BreakGlassEvent = z.infer<typeof BreakGlassEvent>

export const AccessPerson = z.object({ userId: Id, staff: PersonName, isPrivacyOfficer: z.boolean(), selfPatientId: Id.nullable() })
export type AccessPerson = z.infer<typeof AccessPerson>
