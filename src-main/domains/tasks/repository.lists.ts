import { and, asc, desc, eq, getTableColumns, sql, type SQL } from 'drizzle-orm'
import { alias, type SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { staffMembers, userAccounts } from '#drizzle/schema/clinic.ts'
import { patients } from '#drizzle/schema/patients.ts'
import { clinicalTaskWords, tasks, taskSteps, taskWords } from '#drizzle/schema/tasks.ts'
import type { TaskCounts, TaskList } from '#shared/domains/tasks/contract.ts'
import type { ListedTask, TaskStep } from '#shared/domains/tasks/model.ts'
import type { Sex } from '#shared/domains/patients/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import type { PlainDate } from '#shared/kernel/time.ts'
import { mayKnow, mayReadChart } from '#main/core/access/predicates.ts'
import type { Scope } from '#main/core/access/scope.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb } from '#main/core/db/types.ts'
import { maySeeTask, toTask, value, type TaskRow } from './repository.ts'

const [holder, addressee, author, authorAccount] = [alias(staffMembers, 'holder'), alias(staffMembers, 'addressee'), alias(staffMembers, 'author'), alias(userAccounts, 'author_account')]
const nameOf = (staff: typeof holder | typeof addressee | typeof author): SQL<string | null> =>
  sql<string | null>`iif(${staff.id} is null, null, trim(coalesce(${staff.title}, '') || ' ' || ${staff.givenName} || ' ' || ${staff.familyName}))`

/** The words of a clinical task come by the same row rule as the chart; where the machine does not hold them they are not there. */
const words = sql<string | null>`iif(${tasks.isClinical} = 0, ${taskWords.text}, iif(${mayReadChart(tasks.patientId)}, ${clinicalTaskWords.text}, null))`

const columns = {
  task: getTableColumns(tasks), text: words, toName: nameOf(addressee), holderName: nameOf(holder), authorName: nameOf(author),
  patient: { id: patients.id, mrn: patients.mrn, familyName: patients.familyName, givenName: patients.givenName, sex: patients.sex, birthDate: patients.birthDate, phone: patients.phone },
}

const isLive = sql`${tasks.status} in ('open', 'taken')`
const myRoles = sql`(select r.role from user_roles r where r.user_id = ${value('me')})`
const after = (key: SQLiteColumn): SQL => sql`(${key}, ${tasks.id}) > (${value('afterKey')}, ${value('afterId')})`
const before = (key: SQLiteColumn): SQL => sql`(${key}, ${tasks.id}) < (${value('afterKey')}, ${value('afterId')})`
const matchesFilter = sql`(${value('filter')} = '' or instr(lower(coalesce(${words}, '') || ' ' || coalesce(${patients.familyName}, '') || ' ' || coalesce(${patients.givenName}, '')), ${value('filter')}) > 0)`

/** Exported so that a test asks the plan of each. The conditions are those of the partial indexes, to the letter. */
export const lists = prepared((db: ReadDb) => {
  const withNames = () => db.select(columns).from(tasks)
    .innerJoin(authorAccount, eq(authorAccount.id, tasks.authorId)).innerJoin(author, eq(author.id, authorAccount.staffId))
    .leftJoin(holder, eq(holder.id, tasks.holderId)).leftJoin(addressee, eq(addressee.id, tasks.toStaffId))
    .leftJoin(patients, and(eq(patients.id, tasks.patientId), mayKnow(tasks.patientId)))
    .leftJoin(taskWords, eq(taskWords.id, tasks.id)).leftJoin(clinicalTaskWords, eq(clinicalTaskWords.id, tasks.id))
  const byDue = (...which: SQL[]) => withNames().where(and(...which, after(tasks.dueOn), maySeeTask, matchesFilter)).orderBy(asc(tasks.dueOn), asc(tasks.id)).limit(limits.task_page_rows + 1).prepare()
  return {
    mine: byDue(isLive, eq(tasks.holderId, value('myStaff')) as SQL),
    role: byDue(sql`${tasks.status} = 'open' and ${tasks.holderId} is null and ${tasks.toRole} in ${myRoles}`),
    asked: byDue(sql`(${tasks.settledAt} is null or ${tasks.hasNews} = 1)`, eq(tasks.authorId, value('me')) as SQL),
    overdue: byDue(isLive, sql`${tasks.dueOn} < ${value('scopeToday')}`),
    settled: withNames().where(and(sql`${tasks.settledAt} is not null`, before(tasks.settledAt), maySeeTask, matchesFilter)).orderBy(desc(tasks.settledAt), desc(tasks.id)).limit(limits.task_page_rows + 1).prepare(),
    one: withNames().where(and(eq(tasks.id, value('id')), maySeeTask)).prepare(),
    steps: db.select({
      id: taskSteps.id, kind: taskSteps.kind, at: taskSteps.at, by: sql<string>`${nameOf(author)}`, toRole: taskSteps.toRole, toName: nameOf(addressee), reason: taskSteps.reason, text: words,
    }).from(taskSteps).innerJoin(tasks, eq(tasks.id, taskSteps.taskId))
      .innerJoin(authorAccount, eq(authorAccount.id, taskSteps.by)).innerJoin(author, eq(author.id, authorAccount.staffId)).leftJoin(addressee, eq(addressee.id, taskSteps.toStaffId))
      .leftJoin(taskWords, eq(taskWords.id, taskSteps.id)).leftJoin(clinicalTaskWords, eq(clinicalTaskWords.id, taskSteps.id))
      .where(and(eq(taskSteps.taskId, value('id')), maySeeTask)).orderBy(asc(taskSteps.version)).limit(limits.page_rows).prepare(),
    counts: db.select(countColumns(db)).from(sql`(select 1)`).prepare(),
  }
})

const isBehind = sql`${tasks.dueOn} < ${value('scopeToday')}`

function countColumns(db: ReadDb) {
  const number = (...which: (SQL | undefined)[]): SQL<number> => sql<number>`(${db.select({ amount: sql`count(*)` }).from(tasks).where(and(...which, maySeeTask))})`
  const mine = [isLive, eq(tasks.holderId, value('myStaff'))]
  const roles = [sql`${tasks.status} = 'open' and ${tasks.holderId} is null and ${tasks.toRole} in ${myRoles}`]
  const asked = [sql`(${tasks.settledAt} is null or ${tasks.hasNews} = 1)`, eq(tasks.authorId, value('me'))]
  return {
    mine: number(...mine), mineOverdue: number(...mine, isBehind), role: number(...roles), roleOverdue: number(...roles, isBehind),
    news: number(...asked, sql`(${tasks.hasNews} = 1 or ${tasks.status} = 'declined')`),
    untaken: number(isLive, isBehind, sql`${tasks.holderId} is null and 'administrator' in ${myRoles}`),
  }
}

export interface Page { afterKey: string; afterId: Id; filter: string }

export const tasksOf = (db: ReadDb, { values }: Scope, list: TaskList, page: Page): ListedTask[] => lists(db)[list].all({ ...values, ...page }).map((row) => toListed(row, values))
export function listedTask(db: ReadDb, { values }: Scope, id: Id): ListedTask | undefined {
  const row = lists(db).one.get({ ...values, id })
  return row && toListed(row, values)
}
export const stepsOf = (db: ReadDb, { values }: Scope, id: Id): TaskStep[] => lists(db).steps.all({ ...values, id }) as TaskStep[] // The CHECKs hold the model's constants.
export const countsFor = (db: ReadDb, { values }: Scope): TaskCounts => lists(db).counts.get({ ...values }) ?? { mine: 0, mineOverdue: 0, role: 0, roleOverdue: 0, news: 0, untaken: 0 }

type Row = Omit<ReturnType<ReturnType<typeof lists>['mine']['all']>[number], 'task'> & { task: TaskRow }

function toListed({ task: row, patient, authorName, ...names }: Row, { me, myStaff }: Scope['values']): ListedTask {
  const task = toTask(row)
  return {
    ...task, ...names, authorName: authorName ?? '', patient: patient && { ...patient, sex: patient.sex as Sex }, // The CHECK on sex holds the model's constants.
    isOwn: task.authorId === me, isMine: task.holderId === myStaff,
  }
}

/** Before the first row of a list sorted upwards, and behind the last of one sorted downwards. */
export const firstPage: Readonly<Record<TaskList, { afterKey: PlainDate; afterId: Id }>> = {
  mine: { afterKey: '', afterId: '' }, role: { afterKey: '', afterId: '' }, asked: { afterKey: '', afterId: '' }, overdue: { afterKey: '', afterId: '' }, settled: { afterKey: '9999', afterId: '' },
}
