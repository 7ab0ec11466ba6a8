import * as z from 'zod'
import { StaffRoleSchema } from '../../access/roles.ts'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Instant, PlainDate } from '../../kernel/time.ts'
import { PatientSummary } from '../patients/model.ts'

/** FHIR R4 Task.status, as far as a clinic says it: open waits, taken is somebody's, declined is back with whoever asked. */
export const TaskStatus = { open: 'open', taken: 'taken', done: 'done', declined: 'declined', cancelled: 'cancelled' } as const
export type TaskStatus = (typeof TaskStatus)[keyof typeof TaskStatus]
export const taskStatuses = Object.values(TaskStatus)

export const taskUrgencies = ['normal', 'urgent'] as const
export type TaskUrgency = (typeof taskUrgencies)[number]

/** Why somebody gave it back. Coded: what has to be said beyond it is a comment, which keeps to whoever may read it. */
export const declineReasons = ['not-mine', 'more-needed', 'not-possible', 'other'] as const
export type DeclineReason = (typeof declineReasons)[number]

export const taskStepKinds = ['added', 'taken', 'handed', 'said', 'done', 'declined', 'cancelled', 'reopened'] as const
export type TaskStepKind = (typeof taskStepKinds)[number]

/** A person of the clinic, or everybody of one role: whoever of them comes first takes it. */
export const Addressee = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person'), staffId: Id }),
  z.strictObject({ kind: z.literal('role'), role: StaffRoleSchema }),
])
export type Addressee = z.infer<typeof Addressee>

export const TaskText = z.string().trim().min(1).max(limits.task_chars)

export const Task = z.object({
  id: Id,
  status: z.enum(taskStatuses),
  urgency: z.enum(taskUrgencies),
  /** What it says is of the chart: only those who may read that chart read it. */
  isClinical: z.boolean(),
  to: Addressee,
  /** Whoever it is with now; null while a role's task waits to be taken, and after it was given back. */
  holderId: Id.nullable(),
  patientId: Id.nullable(),
  appointmentId: Id.nullable(),
  encounterId: Id.nullable(),
  dueOn: PlainDate,
  authorId: Id,
  createdAt: Instant,
  settledAt: Instant.nullable(),
  /** Something was answered, done or given back since the author last looked. */
  hasNews: z.boolean(),
  version: z.int(),
})
export type Task = z.infer<typeof Task>

/** A task as lists show it, with the names it needs. */
export const ListedTask = Task.extend({
  /** Null: of a chart that this person may not read, or that this machine does not hold. */
  text: z.string().nullable(),
  patient: PatientSummary.nullable(),
  toName: z.string().nullable(),
  holderName: z.string().nullable(),
  authorName: z.string(),
  isOwn: z.boolean(),
  isMine: z.boolean(),
})
export type ListedTask = z.infer<typeof ListedTask>

export const TaskStep = z.object({
  id: Id,
  kind: z.enum(taskStepKinds),
  at: Instant,
  by: z.string(),
  toRole: StaffRoleSchema.nullable(),
  toName: z.string().nullable(),
  reason: z.enum(declineReasons).nullable(),
  text: z.string().nullable(),
})
export type TaskStep = z.infer<typeof TaskStep>

/** Somebody who works here, as a task can be for them. */
export const TaskPerson = z.object({ staffId: Id, name: z.string(), familyName: z.string(), givenName: z.string(), roles: z.array(StaffRoleSchema) })
export type TaskPerson = z.infer<typeof TaskPerson>
