import { and, asc, eq, sql, type Placeholder, type SQL } from 'drizzle-orm'
import { staffMembers, userAccounts, userRoles } from '#drizzle/schema/clinic.ts'
import { clinicalTaskWords, tasks, taskSteps, taskWords } from '#drizzle/schema/tasks.ts'
import type { StaffRole } from '#shared/access/roles.ts'
import type { Addressee, Task, TaskPerson, TaskStepKind } from '#shared/domains/tasks/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { mayKnow } from '#main/core/access/predicates.ts'
import type { Scope } from '#main/core/access/scope.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'

export const value = (name: string): Placeholder => sql.placeholder(name)

const myRoles = sql`(select ${userRoles.role} from ${userRoles} where ${userRoles.userId} = ${value('me')})`

/**
 * Which tasks somebody sees: those of patients they may know that they have, have done something about, or were ever given,
 * themselves or by a role of theirs: what was handed on while they worked on it off line is still theirs to report. Whoever
 * runs the clinic sees all. What a clinical one says is asked for beside this.
 */
export const maySeeTask: SQL = sql`(${value('isPatient')} = 0 and (${tasks.patientId} is null or ${mayKnow(tasks.patientId)}) and (
  ${tasks.holderId} = ${value('myStaff')} or 'administrator' in ${myRoles}
  or exists (select 1 from task_steps s where s.task_id = ${tasks.id} and (s.by = ${value('me')} or s.to_staff_id = ${value('myStaff')} or s.to_role in ${myRoles}))))`

const reads = prepared((db: ReadDb) => ({
  byId: db.select().from(tasks).where(and(eq(tasks.id, value('id')), maySeeTask)).prepare(),
  exists: db.select({ id: tasks.id }).from(tasks).where(eq(tasks.id, value('id'))).prepare(),
  stepExists: db.select({ taskId: taskSteps.taskId }).from(taskSteps).where(eq(taskSteps.id, value('id'))).prepare(),
  people: db.select({ staffId: staffMembers.id, title: staffMembers.title, familyName: staffMembers.familyName, givenName: staffMembers.givenName, role: userRoles.role }).from(userAccounts)
    .innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId)).innerJoin(userRoles, eq(userRoles.userId, userAccounts.id))
    .where(and(sql`${userAccounts.disabledAt} is null`, eq(staffMembers.isActive, true))).orderBy(asc(staffMembers.sortOrder), asc(staffMembers.familyName)).prepare(),
}))

export function taskById(db: ReadDb, { values }: Scope, id: Id): Task | undefined {
  const row = reads(db).byId.get({ ...values, id })
  return row && toTask(row)
}
/** Whether an id is used: nothing of the task leaves. */
export const taskExists = (db: ReadDb, id: Id): boolean => reads(db).exists.get({ id }) !== undefined
export const taskOfStep = (db: ReadDb, id: Id): Id | undefined => reads(db).stepExists.get({ id })?.taskId

/** Everybody with an account, with the roles that make them an addressee. */
export function listPeople(db: ReadDb): TaskPerson[] {
  const people = new Map<Id, TaskPerson>()
  for (const { role, title, ...row } of reads(db).people.all()) {
    const known = people.get(row.staffId) ?? { ...row, name: [title, row.givenName, row.familyName].filter(Boolean).join(' '), roles: [] }
    if (role !== 'patient') known.roles.push(role as StaffRole) // The CHECK on role holds the model's constants.
    people.set(row.staffId, known)
  }
  return [...people.values()].filter((one) => one.roles.length > 0)
}

export interface Step { id: Id; kind: TaskStepKind; at: Instant; by: Id; to?: Addressee; reason?: string; text?: string }

export function insertTask(db: WriteDb, task: Task, step: Step): void {
  db.insert(tasks).values(toRow(task)).run()
  insertStep(db, task, step)
}

export function updateTask(db: WriteDb, task: Task, step?: Step): void {
  const { status, holderId, toRole, toStaffId, settledAt, hasNews, version } = toRow(task)
  db.update(tasks).set({ status, holderId, toRole, toStaffId, settledAt, hasNews, version }).where(eq(tasks.id, task.id)).run()
  if (step) insertStep(db, task, step)
}

function insertStep(db: WriteDb, task: Pick<Task, 'id' | 'isClinical' | 'version'>, { text, to, ...step }: Step): void {
  db.insert(taskSteps).values({ ...step, reason: step.reason ?? null, taskId: task.id, version: task.version, ...columnsOf(to) }).run()
  if (text !== undefined) db.insert(task.isClinical ? clinicalTaskWords : taskWords).values({ id: step.id, text }).run()
}

const columnsOf = (to: Addressee | undefined) => ({ toRole: to?.kind === 'role' ? to.role : null, toStaffId: to?.kind === 'person' ? to.staffId : null })
const toRow = ({ to, ...task }: Task) => ({ ...task, ...columnsOf(to) })

export type TaskRow = typeof tasks.$inferSelect
export function toTask({ toRole, toStaffId, ...row }: TaskRow): Task {
  const to = toStaffId === null ? { kind: 'role', role: toRole } : { kind: 'person', staffId: toStaffId }
  return { ...row, to } as Task // The CHECKs of the table hold the same constants as the model, and one of the two addressees.
}
