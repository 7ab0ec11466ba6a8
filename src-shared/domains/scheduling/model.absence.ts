import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { Instant, PlainDate } from '../../kernel/time.ts'
import { appointmentStatuses, DayAppointment, strandedReasons } from './model.ts'

/** What became of a visit: moved, onto the wait list, or left for somebody to decide. */
export const absenceKinds = ['moved', 'wait-list', 'left'] as const
export type AbsenceKind = (typeof absenceKinds)[number]

/** Why a place is proposed, the nearest to what was agreed with the patient first. */
export const proposalReasons = ['other-room', 'same-time', 'same-day', 'own-provider-later', 'other-provider-later'] as const
export type ProposalReason = (typeof proposalReasons)[number]

/** A place that is free and stays free when everything else of the plan is done. */
export const Proposal = z.strictObject({ reason: z.enum(proposalReasons), providerId: Id, roomId: Id.nullable(), startsAt: Instant, endsAt: Instant })
export type Proposal = z.infer<typeof Proposal>

/** One visit of the plan with what can be done about it, the best first; none: the wait list. */
export const ProposedRow = z.object({ appointment: DayAppointment, reason: z.enum(strandedReasons), isUrgent: z.boolean(), proposals: z.array(Proposal) })
export type ProposedRow = z.infer<typeof ProposedRow>

/** What was chosen for a visit. */
export const AbsenceChoice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('moved'), providerId: Id, roomId: Id.nullable(), startsAt: Instant }),
  z.strictObject({ kind: z.literal('wait-list'), isUrgent: z.boolean().default(false) }),
  z.strictObject({ kind: z.literal('left') }),
])
export type AbsenceChoice = z.output<typeof AbsenceChoice>

export const AbsencePlan = z.object({ id: Id, providerId: Id.nullable(), fromOn: PlainDate, toOn: PlainDate, blockId: Id.nullable(), appliedAt: Instant, undoneAt: Instant.nullable() })
export type AbsencePlan = z.infer<typeof AbsencePlan>

/** What was done with one visit, as it was then. */
export const AbsenceLine = z.object({
  id: Id, planId: Id, appointmentId: Id, patientId: Id, kind: z.enum(absenceKinds), wasProviderId: Id, wasRoomId: Id.nullable(), wasStartsAt: Instant, wasEndsAt: Instant,
  wasStatus: z.enum(appointmentStatuses), doneVersion: z.int(), startsAt: Instant, waitListEntryId: Id.nullable(),
})
export type AbsenceLine = z.infer<typeof AbsenceLine>

/** A line of the list of calls, with whom it is about and how the visit stands now. */
export const CallLine = z.object({
  line: AbsenceLine,
  appointment: DayAppointment,
  /** What came of the last call about this place, if anybody has called. */
  outcome: z.string().nullable(), note: z.string().nullable(), calledAt: Instant.nullable(), calls: z.int(),
})
export type CallLine = z.infer<typeof CallLine>
