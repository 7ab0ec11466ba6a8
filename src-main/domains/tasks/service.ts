import type { AddClinicalInput, AddInput, HandInput, ListInput, SayInput, TaskCounts, TaskPage } from '#shared/domains/tasks/contract.ts'
import { TaskStatus, type Addressee, type DeclineReason, type ListedTask, type Task, type TaskPerson, type TaskStep } from '#shared/domains/tasks/model.ts'
import { canStepTask, firstHolder, isNews, mayStep, readsCharts, standingOf, type Standing, type TaskStepName } from '#shared/domains/tasks/rules.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import { openChart, openFile } from '#main/core/access/opened.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import { patientOfVisit } from '#main/domains/encounters/service.ts'
import { patientOfAppointment } from '#main/domains/scheduling/service.ts'
import * as lists from './repository.lists.ts'
import * as repository from './repository.ts'

export function listTasks({ db, scope }: ReadContext, { list, after, filter }: ListInput): TaskPage {
  const from = after ? { afterKey: after.key, afterId: after.id } : lists.firstPage[list]
  const found = lists.tasksOf(db, scope, list, { ...from, filter: filter.toLowerCase() })
  const page = found.slice(0, limits.task_page_rows)
  const last = found.length > page.length ? page.at(-1) : undefined
  return { tasks: page, next: last ? { key: (list === 'settled' ? last.settledAt : last.dueOn) ?? '', id: last.id } : null }
}

export const counts = ({ db, scope }: ReadContext): TaskCounts => lists.countsFor(db, scope)
export const people = ({ db }: ReadContext): TaskPerson[] => repository.listPeople(db)

export function details({ db, scope, audit }: ReadContext, id: Id): { task: ListedTask; steps: TaskStep[] } {
  const task = lists.listedTask(db, scope, id)
  if (!task) throw refuse(CommonError.NOT_FOUND)
  audit({ entityId: id, ...(task.patientId ? { patientId: task.patientId } : {}) })
  return { task, steps: lists.stepsOf(db, scope, id) }
}

/** The id comes with the input, so a task that is sent twice is one task. */
export function addTask(context: WriteContext, input: AddInput): Task {
  const { patientId, appointmentId } = input
  if (patientId !== null) openFile(context, patientId, { absent: 'PATIENT_NOT_FOUND' })
  if (appointmentId !== null && (patientId === null || patientOfAppointment(context, appointmentId) !== patientId)) throw refuse('APPOINTMENT_OF_ANOTHER')
  return insert(context, { ...input, encounterId: null, isClinical: false })
}

export function addClinicalTask(context: WriteContext, input: AddClinicalInput): Task {
  const { patientId, encounterId } = input
  openChart(context, patientId, { absent: 'PATIENT_NOT_FOUND' })
  if (encounterId !== null && patientOfVisit(context.db, encounterId) !== patientId) throw refuse('ENCOUNTER_OF_ANOTHER')
  requireChartReader(context, input.to)
  return insert(context, { ...input, appointmentId: null, isClinical: true })
}

type NewTask = Pick<Task, 'id' | 'to' | 'dueOn' | 'urgency' | 'patientId' | 'appointmentId' | 'encounterId' | 'isClinical'> & { text: string }

function insert(context: WriteContext, { text, ...wanted }: NewTask): Task {
  const { db, actor, now } = context
  context.audit({ entityId: wanted.id, ...(wanted.patientId ? { patientId: wanted.patientId } : {}) })
  if (repository.taskExists(db, wanted.id)) {
    const known = find(context, wanted.id)
    if (known.authorId !== actor.userId || known.patientId !== wanted.patientId) throw refuse(CommonError.ID_USED)
    return known
  }
  requireAddressee(context, wanted.to)
  const task: Task = { ...wanted, status: TaskStatus.open, holderId: firstHolder(wanted.to), authorId: actor.userId, createdAt: now, settledAt: null, hasNews: false, version: 1 }
  repository.insertTask(db, task, { id: task.id, kind: 'added', at: now, by: actor.userId, to: task.to, text })
  return task
}

export const say = (context: WriteContext, input: SayInput): Task => addWords(context, input, false)
export const sayClinical = (context: WriteContext, input: SayInput): Task => addWords(context, input, true)

/** Words are only ever added, also to what is settled: an answer that comes late is an answer. */
function addWords(context: WriteContext, { id, taskId, text }: SayInput, isClinical: boolean): Task {
  const before = repository.taskOfStep(context.db, id)
  const task = find(context, taskId)
  if (before !== undefined && before !== taskId) throw refuse(CommonError.ID_USED)
  if (before !== undefined) return task
  // The other command of the two: whose words belong to a chart is what the task was written as.
  if (task.isClinical !== isClinical) throw refuse(CommonError.NOT_FOUND)
  if (isClinical) openChart(context, task.patientId ?? undefined)
  return save(context, { ...task, hasNews: task.hasNews || isNews('said', standing(context, task)) }, { kind: 'said', text, id })
}

/** Two who take the same task without knowing of each other: the first one has it, the second one hears whose it is. */
export function takeTask(context: WriteContext, id: Id): Task {
  const task = find(context, id)
  const { staffId } = context.actor
  if (task.status === TaskStatus.taken && task.holderId === staffId) return task
  if (task.status === TaskStatus.taken && task.holderId !== null) throw refuse('TASK_TAKEN', { byId: task.holderId })
  requireStep(context, task, 'take')
  return save(context, { ...task, status: TaskStatus.taken, holderId: staffId }, { kind: 'taken' })
}

export function handTask(context: WriteContext, { id, version, to }: HandInput): Task {
  const task = find(context, id)
  if (task.version !== version) throw refuse('STALE', { version: task.version })
  requireStep(context, task, 'hand')
  requireAddressee(context, to)
  if (task.isClinical) requireChartReader(context, to)
  return save(context, { ...task, to, status: TaskStatus.open, holderId: firstHolder(to), hasNews: false }, { kind: 'handed', to })
}

/** That it is done holds although somebody has handed it on meanwhile: whoever had it in hand has done it. */
export function finishTask(context: WriteContext, id: Id): Task {
  const task = find(context, id)
  if (context.isCarried && task.status === TaskStatus.done) return task
  if (!canStepTask(task.status, 'finish')) throw refuse('TASK_SETTLED', { status: task.status })
  const who = standing(context, task)
  if (!context.isCarried && !mayStep('finish', who)) throw refuse('TASK_NOT_YOURS')
  const holderId = task.holderId ?? (who.isHolder || who.isAddressed || context.isCarried ? context.actor.staffId : null)
  return save(context, { ...task, status: TaskStatus.done, holderId, settledAt: context.now, hasNews: isNews('done', who) }, { kind: 'done' })
}

/** Back to whoever asked, with the reason: it stays on their list until they have given it to somebody else or called it off. */
export function declineTask(context: WriteContext, { id, reason }: { id: Id; reason: DeclineReason }): Task {
  const task = find(context, id)
  requireStep(context, task, 'decline')
  return save(context, { ...task, status: TaskStatus.declined, holderId: null, hasNews: isNews('declined', standing(context, task)) }, { kind: 'declined', reason })
}

export function cancelTask(context: WriteContext, id: Id): Task {
  const task = find(context, id)
  if (context.isCarried && task.status === TaskStatus.cancelled) return task
  requireStep(context, task, 'cancel')
  return save(context, { ...task, status: TaskStatus.cancelled, settledAt: context.now, hasNews: false }, { kind: 'cancelled' })
}

export function reopenTask(context: WriteContext, id: Id): Task {
  const task = find(context, id)
  if (context.isCarried && canStepTask(task.status, 'finish')) return task
  requireStep(context, task, 'reopen')
  const holderId = task.holderId ?? firstHolder(task.to)
  const status = task.to.kind === 'role' && holderId !== null ? TaskStatus.taken : TaskStatus.open
  return save(context, { ...task, status, holderId, settledAt: null, hasNews: false }, { kind: 'reopened' })
}

/** No step of the task: only its author's list is shorter by it. */
export function markSeen(context: WriteContext, id: Id): Task {
  const task = find(context, id)
  if (!task.hasNews || task.authorId !== context.actor.userId) return task
  const seen = { ...task, hasNews: false }
  repository.updateTask(context.db, seen)
  return seen
}

function save(context: WriteContext, changed: Task, step: Omit<repository.Step, 'id' | 'at' | 'by'> & { id?: Id }): Task {
  const next = { ...changed, version: changed.version + 1 }
  repository.updateTask(context.db, next, { id: context.newId(), at: context.now, by: context.actor.userId, ...step })
  return next
}

function find(context: WriteContext, id: Id): Task {
  const task = repository.taskById(context.db, context.scope, id)
  if (!task) throw refuse(CommonError.NOT_FOUND)
  context.audit({ entityId: id, ...(task.patientId ? { patientId: task.patientId } : {}) })
  return task
}

const standing = ({ actor }: WriteContext, task: Task): Standing => standingOf(task, actor)

function requireStep(context: WriteContext, task: Task, step: TaskStepName): void {
  if (!canStepTask(task.status, step)) throw refuse('TASK_SETTLED', { status: task.status })
  if (!mayStep(step, standing(context, task))) throw refuse('TASK_NOT_YOURS')
}

/** A role is always somebody; a person has to work here still. */
function requireAddressee({ db }: WriteContext, to: Addressee): void {
  if (to.kind === 'person' && !repository.listPeople(db).some((one) => one.staffId === to.staffId)) throw refuse('ADDRESSEE_NOT_FOUND')
}

function requireChartReader({ db }: WriteContext, to: Addressee): void {
  const roles = to.kind === 'role' ? [to.role] : (repository.listPeople(db).find((one) => one.staffId === to.staffId)?.roles ?? [])
  if (!readsCharts(roles)) throw refuse('ADDRESSEE_READS_NO_CHARTS')
}

