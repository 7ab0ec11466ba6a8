import { can } from '../../access/permissions.ts'
import { Role, type StaffRole } from '../../access/roles.ts'
import { addDays, type PlainDate } from '../../kernel/time.ts'
import { parseDate } from '../../kernel/parse-date.ts'
import { TaskStatus, type Addressee, type Task, type TaskPerson } from './model.ts'

export const taskSteps = {
  take: { from: [TaskStatus.open], to: TaskStatus.taken },
  hand: { from: [TaskStatus.open, TaskStatus.taken, TaskStatus.declined], to: TaskStatus.open },
  finish: { from: [TaskStatus.open, TaskStatus.taken], to: TaskStatus.done },
  decline: { from: [TaskStatus.open, TaskStatus.taken], to: TaskStatus.declined },
  cancel: { from: [TaskStatus.open, TaskStatus.taken, TaskStatus.declined], to: TaskStatus.cancelled },
  reopen: { from: [TaskStatus.done, TaskStatus.declined, TaskStatus.cancelled], to: TaskStatus.open },
} as const satisfies Record<string, { from: readonly TaskStatus[]; to: TaskStatus }>
export type TaskStepName = keyof typeof taskSteps

export const isLive = (status: TaskStatus): boolean => status === TaskStatus.open || status === TaskStatus.taken
export const canStepTask = (status: TaskStatus, step: TaskStepName): boolean => (taskSteps[step].from as readonly TaskStatus[]).includes(status)

/** What a person has to do with a task. */
export interface Standing {
  isAuthor: boolean
  isHolder: boolean
  /** They, or a role of theirs. */
  isAddressed: boolean
  isAdministrator: boolean
}

export function standingOf(task: Pick<Task, 'authorId' | 'holderId' | 'to'>, who: { userId: string; staffId: string; roles: readonly Role[] }): Standing {
  const { to } = task
  return {
    isAuthor: task.authorId === who.userId,
    isHolder: task.holderId === who.staffId,
    isAddressed: to.kind === 'person' ? to.staffId === who.staffId : who.roles.includes(to.role),
    isAdministrator: who.roles.includes(Role.administrator),
  }
}

/** Taking and giving back is for those it was given to; only whoever asked, or an administrator, calls it off. */
export function mayStep(step: TaskStepName, { isAuthor, isHolder, isAddressed, isAdministrator }: Standing): boolean {
  const isWithThem = isHolder || isAddressed
  if (step === 'take' || step === 'decline') return isWithThem
  if (step === 'cancel') return isAuthor || isAdministrator
  if (step === 'finish') return isWithThem || isAuthor
  return isWithThem || isAuthor || isAdministrator
}

/** What the author is told of: what others answered, did or gave back. */
export const isNews = (kind: 'said' | 'done' | 'declined', { isAuthor }: Pick<Standing, 'isAuthor'>): boolean => !isAuthor && ['said', 'done', 'declined'].includes(kind)

/** With whom it is when it is given to somebody: a role's task is nobody's until it is taken. */
export const firstHolder = (to: Addressee): string | null => (to.kind === 'person' ? to.staffId : null)

export const isOverdue = (task: Pick<Task, 'status' | 'dueOn'>, today: PlainDate): boolean => isLive(task.status) && task.dueOn < today
/** A role's task that nobody took in time: an administrator sees to it. */
export const isUntaken = (task: Pick<Task, 'status' | 'dueOn' | 'holderId'>, today: PlainDate): boolean => isOverdue(task, today) && task.holderId === null

/** Whoever is not among these never reads a chart, so what is of a chart cannot be for them. */
export const readsCharts = (roles: readonly Role[]): boolean => can({ roles }, 'chart.read')

const WEEK_DAYS = 7
export const quickDues = ['today', 'tomorrow', 'week'] as const
export type QuickDue = (typeof quickDues)[number]
export const quickDue = (which: QuickDue, today: PlainDate): PlainDate => addDays(today, { today: 0, tomorrow: 1, week: WEEK_DAYS }[which])

/** "tomorrow", "in a week", "in 10 days", or a date in any style. */
export function readDue(text: string, today: PlainDate): PlainDate | undefined {
  const words = text.trim().toLowerCase()
  if (words === '' || words === 'today') return today
  if (words === 'tomorrow') return addDays(today, 1)
  const ahead = /^(?:in )?(a|an|one|two|three|four|\d{1,3}) (day|week|month)s?$/.exec(words)
  if (!ahead) return parseDate(text, { today, years: 'near' })
  const amount = { a: 1, an: 1, one: 1, two: 2, three: 3, four: 4 }[ahead[1] ?? ''] ?? Number(ahead[1])
  return addDays(today, amount * ({ day: 1, week: WEEK_DAYS, month: 30 }[ahead[2] ?? ''] ?? 1))
}

const roleWords: Readonly<Record<StaffRole, readonly string[]>> = {
  administrator: ['administrator', 'admin', 'owner'], doctor: ['doctor', 'doctors', 'dr'], nurse: ['nurse', 'nurses'], receptionist: ['receptionist', 'reception', 'desk', 'frontdesk'],
  billing: ['billing', 'biller'], pharmacist: ['pharmacist', 'pharmacy'],
}

/**
 * "@okafor call her" → Tom Okafor and "call her". A name is the beginning of somebody's family or given name, or of a role;
 * what fits several people, or nobody, stays in the text.
 */
export function readAddressee(text: string, people: readonly TaskPerson[]): { to: Addressee; text: string } | undefined {
  const found = /(^|\s)@([\p{L}'’-]+)(?=\s|$)/u.exec(text)
  const wanted = found?.[2]?.toLowerCase()
  if (!found || !wanted) return undefined
  const to = addresseeNamed(wanted, people)
  return to && { to, text: `${text.slice(0, found.index)}${found[1] ?? ''}${text.slice(found.index + found[0].length).trimStart()}`.trim() }
}

export function addresseeNamed(wanted: string, people: readonly TaskPerson[]): Addressee | undefined {
  const role = (Object.keys(roleWords) as StaffRole[]).find((one) => roleWords[one].includes(wanted)) // The record's own keys.
  if (role) return { kind: 'role', role }
  const startsSo = (name: string): boolean => name.toLowerCase().startsWith(wanted)
  const named = people.filter((one) => startsSo(one.familyName) || startsSo(one.givenName))
  const [first] = named
  return first && named.length === 1 ? { kind: 'person', staffId: first.staffId } : undefined
}

/** Whom the first task of a person is proposed for: clinicians ask the desk, everybody else asks the nurses. */
export const proposedAddressee = (roles: readonly Role[]): Addressee => ({ kind: 'role', role: readsCharts(roles) ? Role.receptionist : Role.nurse })
