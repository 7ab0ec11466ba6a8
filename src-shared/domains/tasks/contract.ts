import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { PlainDate } from '../../kernel/time.ts'
import { command, query } from '../../rpc/define.ts'
import { Addressee, declineReasons, ListedTask, TaskPerson, TaskStep, Task, taskStatuses, TaskText, taskUrgencies } from './model.ts'

const topics = ['tasks'] as const
/** Names of patients and people stand in each row. */
const readTopics = ['tasks', 'patients', 'staff', 'access'] as const

export const taskLists = ['mine', 'role', 'asked', 'overdue', 'settled'] as const
export type TaskList = (typeof taskLists)[number]

/** Where the page before ended: the date or time it is sorted by, and the id. */
export const TaskCursor = z.strictObject({ key: z.string().max(30), id: Id })
export type TaskCursor = z.infer<typeof TaskCursor>

export const ListInput = z.strictObject({ list: z.enum(taskLists), after: TaskCursor.nullable().default(null), filter: z.string().trim().max(limits.search_chars).default('') })
export type ListInput = z.output<typeof ListInput>
export const TaskPage = z.object({ tasks: z.array(ListedTask).max(limits.task_page_rows), next: TaskCursor.nullable() })
export type TaskPage = z.infer<typeof TaskPage>

/** Numbers of this person's work: no patient in them. */
export const TaskCounts = z.object({ mine: z.int(), mineOverdue: z.int(), role: z.int(), roleOverdue: z.int(), news: z.int(), untaken: z.int() })
export type TaskCounts = z.infer<typeof TaskCounts>

const about = { id: Id, text: TaskText, to: Addressee, dueOn: PlainDate, urgency: z.enum(taskUrgencies).default('normal') }
export const AddInput = z.strictObject({ ...about, patientId: Id.nullable(), appointmentId: Id.nullable().default(null) })
export type AddInput = z.output<typeof AddInput>
export const AddClinicalInput = z.strictObject({ ...about, patientId: Id, encounterId: Id.nullable().default(null) })
export type AddClinicalInput = z.output<typeof AddClinicalInput>
export const SayInput = z.strictObject({ id: Id, taskId: Id, text: TaskText })
export type SayInput = z.infer<typeof SayInput>
export const HandInput = z.strictObject({ id: Id, version: z.int(), to: Addressee })
export type HandInput = z.infer<typeof HandInput>

const one = z.strictObject({ id: Id })
const none = z.strictObject({})
const addErrors = { PATIENT_NOT_FOUND: z.undefined(), ADDRESSEE_NOT_FOUND: z.undefined(), APPOINTMENT_OF_ANOTHER: z.undefined() }
const stepErrors = {
  /** Where it stands, so that nothing more can be done with it. */
  TASK_SETTLED: z.object({ status: z.enum(taskStatuses) }),
  /** It is with somebody else: only those it was given to, and whoever asked, go on with it. */
  TASK_NOT_YOURS: z.undefined(),
}

export const tasks = {
  list: query({ can: 'task.read', topics: readTopics, input: ListInput, output: TaskPage }),
  counts: query({ can: 'task.read', topics: readTopics, input: none, output: TaskCounts }),
  details: query({ can: 'task.read', topics: readTopics, input: one, output: z.object({ task: ListedTask, steps: z.array(TaskStep).max(limits.page_rows) }) }),
  people: query({ can: 'task.read', topics: ['staff'], input: none, output: z.array(TaskPerson) }),

  add: command({ conflict: 'insert', can: 'task.write', audit: 'task.added', topics, input: AddInput, output: Task, errors: addErrors }),
  /** What is of the chart: its words are in the clinical feed and never reach a front desk's disk. */
  addClinical: command({
    conflict: 'insert', scope: 'clinical', can: 'chart.read', audit: 'task.added', topics, input: AddClinicalInput, output: Task,
    errors: { ...addErrors, ADDRESSEE_READS_NO_CHARTS: z.undefined(), ENCOUNTER_OF_ANOTHER: z.undefined() },
  }),
  say: command({ conflict: 'append-only', can: 'task.write', audit: 'task.said', topics, input: SayInput, output: Task }),
  sayClinical: command({ conflict: 'append-only', scope: 'clinical', can: 'chart.read', audit: 'task.said', topics, input: SayInput, output: Task }),
  take: command({
    conflict: 'from-state', can: 'task.write', audit: 'task.taken', topics, input: one, output: Task,
    /** Who has it already: ids only. */
    errors: { ...stepErrors, TASK_TAKEN: z.object({ byId: Id }) },
  }),
  hand: command({
    conflict: 'from-state', can: 'task.write', audit: 'task.handed', topics, input: HandInput, output: Task,
    errors: { ...stepErrors, STALE: z.object({ version: z.int() }), ADDRESSEE_NOT_FOUND: z.undefined(), ADDRESSEE_READS_NO_CHARTS: z.undefined() },
  }),
  finish: command({ conflict: 'from-state', can: 'task.write', audit: 'task.done', topics, input: one, output: Task, errors: stepErrors }),
  decline: command({
    conflict: 'from-state', can: 'task.write', audit: 'task.declined', topics, input: z.strictObject({ id: Id, reason: z.enum(declineReasons) }), output: Task, errors: stepErrors,
  }),
  cancel: command({ conflict: 'from-state', can: 'task.write', audit: 'task.cancelled', topics, input: one, output: Task, errors: stepErrors }),
  /** Takes back that it was done, given back or cancelled (Ctrl Z). */
  reopen: command({ conflict: 'from-state', can: 'task.write', audit: 'task.reopened', topics, input: one, output: Task, errors: stepErrors }),
  /** The author has looked at what became of it. */
  markSeen: command({ conflict: 'from-state', can: 'task.write', audit: 'task.seen', topics, input: one, output: Task }),
}
