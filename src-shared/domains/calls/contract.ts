import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Instant, PlainDate } from '../../kernel/time.ts'
import { command, query } from '../../rpc/define.ts'
import { callOutcomes, Confirmation, confirmationOutcomes, ListedRecall, Recall, RecallOrigin, RecallRule, recallStatuses } from './model.ts'

const topics = ['calls'] as const
const readTopics = ['calls', 'scheduling', 'patients', 'access'] as const

/** Where the page before ended. */
export const RecallCursor = z.strictObject({ workOn: PlainDate, id: Id })
export type RecallCursor = z.infer<typeof RecallCursor>
export const RecallPage = z.object({ recalls: z.array(ListedRecall).max(limits.recall_page_rows), next: RecallCursor.nullable() })
export type RecallPage = z.infer<typeof RecallPage>

const reason = z.string().trim().max(limits.line_chars).nullable()
export const AddRecallInput = z.strictObject({ id: Id, patientId: Id, typeId: Id.nullable(), reason, providerId: Id.nullable(), dueOn: PlainDate })
export type AddRecallInput = z.infer<typeof AddRecallInput>

/** `origin` where the recall follows from a rule: then `id` is the one it gets with this first attempt. */
const which = { id: Id, origin: RecallOrigin.nullable().default(null) }
export const RecordCallInput = z.strictObject({ ...which, callId: Id, outcome: z.enum(callOutcomes) })
export type RecordCallInput = z.output<typeof RecordCallInput>
export const CloseRecallInput = z.strictObject(which)
export type CloseRecallInput = z.output<typeof CloseRecallInput>

export const ConfirmInput = z.strictObject({ id: Id, appointmentId: Id, startsAt: Instant, outcome: z.enum(confirmationOutcomes), note: reason.default(null) })
export type ConfirmInput = z.output<typeof ConfirmInput>
export const ConfirmationDay = z.object({ date: PlainDate, appointments: z.array(Confirmation).max(limits.day_appointments_rows) })
export type ConfirmationDay = z.infer<typeof ConfirmationDay>

const recallErrors = {
  /** What became of it meanwhile. */
  RECALL_SETTLED: z.object({ status: z.enum(recallStatuses) }),
  RULE_NOT_FOUND: z.undefined(),
}

export const calls = {
  listRecalls: query({ can: 'appointment.write', topics: readTopics, input: z.strictObject({ after: RecallCursor.nullable().default(null) }), output: RecallPage }),
  /** Of one patient, the one that is due first at the front: what a doctor has asked for, at check-out. */
  openRecalls: query({ can: 'appointment.write', topics: readTopics, input: z.strictObject({ patientId: Id }), output: z.array(Recall).max(limits.recall_page_rows) }),
  listRules: query({ can: 'appointment.write', topics: readTopics, input: z.strictObject({}), output: z.array(RecallRule) }),
  listConfirmations: query({ can: 'appointment.write', topics: [...readTopics, 'staff'], input: z.strictObject({ date: PlainDate.nullable().default(null) }), output: ConfirmationDay }),

  addRecall: command({
    conflict: 'insert', can: 'appointment.write', audit: 'recall.added', topics, input: AddRecallInput, output: Recall,
    errors: { PATIENT_NOT_FOUND: z.undefined(), PROVIDER_NOT_FOUND: z.undefined(), TYPE_NOT_FOUND: z.undefined() },
  }),
  recordCall: command({ conflict: 'append-only', can: 'appointment.write', audit: 'recall.called', topics, input: RecordCallInput, output: Recall, errors: recallErrors }),
  closeRecall: command({ conflict: 'from-state', can: 'appointment.write', audit: 'recall.closed', topics, input: CloseRecallInput, output: Recall, errors: recallErrors }),
  /** Opens again what was closed (Ctrl Z). */
  reopenRecall: command({ conflict: 'from-state', can: 'appointment.write', audit: 'recall.reopened', topics, input: z.strictObject({ id: Id }), output: Recall, errors: recallErrors }),
  saveRule: command({ conflict: 'host-only', offline: false, can: 'schedule.manage', audit: 'recall.rule-saved', topics, input: RecallRule.strict(), output: RecallRule, errors: { TYPE_NOT_FOUND: z.undefined() } }),
  confirm: command({
    conflict: 'append-only', can: 'appointment.write', audit: 'appointment.confirmation', topics, input: ConfirmInput, output: z.strictObject({ id: Id }),
    errors: { APPOINTMENT_MOVED: z.undefined() },
  }),
}
