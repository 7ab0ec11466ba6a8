import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Instant, PlainDate } from '../../kernel/time.ts'
import { PatientSummary } from '../patients/model.ts'
import { TelehealthUrl } from '../scheduling/model.ts'

/** What came of an attempt to reach a patient who should come again. */
export const callOutcomes = ['reached', 'left-message', 'no-answer', 'declined'] as const
export type CallOutcome = (typeof callOutcomes)[number]

/** What came of asking whether somebody comes tomorrow. */
export const confirmationOutcomes = ['confirmed', 'left-message', 'no-answer', 'wants-to-move'] as const
export type ConfirmationOutcome = (typeof confirmationOutcomes)[number]

/** booked: a fitting appointment stands; kept: the patient came; closed: nobody is to be called any more. */
export const recallStatuses = ['open', 'booked', 'kept', 'closed'] as const
export type RecallStatus = (typeof recallStatuses)[number]

/** "Every `months` months after a visit of this type." */
export const RecallRule = z.object({ id: Id, typeId: Id, months: z.int().min(1).max(limits.recall_months_max), isActive: z.boolean() })
export type RecallRule = z.infer<typeof RecallRule>

/** Where a recall comes from that nobody has written: the last visit of the rule's type. */
export const RecallOrigin = z.strictObject({ ruleId: Id, sourceId: Id })
export type RecallOrigin = z.infer<typeof RecallOrigin>

export const Recall = z.object({
  id: Id,
  patientId: Id,
  typeId: Id.nullable(),
  reason: z.string().trim().max(limits.line_chars).nullable(),
  providerId: Id.nullable(),
  dueOn: PlainDate,
  /** When to try again; the due date until somebody has tried. */
  workOn: PlainDate,
  status: z.enum(recallStatuses),
  origin: RecallOrigin.nullable(),
  lastOutcome: z.enum(callOutcomes).nullable(),
  lastContactAt: Instant.nullable(),
  contacts: z.int(),
})
export type Recall = z.infer<typeof Recall>

/** A line of the work list. One by rule has no row of its own until somebody has called: its id is the visit's it follows from. */
export const ListedRecall = Recall.extend({ patient: PatientSummary, typeName: z.string().nullable() })
export type ListedRecall = z.infer<typeof ListedRecall>

/** An appointment of the next working day, and what the patient said of it. */
export const Confirmation = z.object({
  id: Id,
  startsAt: Instant,
  endsAt: Instant,
  providerId: Id,
  typeName: z.string().nullable(),
  patient: PatientSummary,
  /** What the patient has to know beforehand, as the visit type says. */
  instructions: z.string().nullable(),
  telehealthUrl: TelehealthUrl.nullable(),
  outcome: z.enum(confirmationOutcomes).nullable(),
  askedAt: Instant.nullable(),
})
export type Confirmation = z.infer<typeof Confirmation>
