import type { StaffRole } from '#shared/access/roles.ts'
import { roles } from '#shared/access/roles.ts'
import type { TaskCounts } from '#shared/domains/tasks/contract.ts'
import { TaskStatus, type Addressee, type ListedTask, type TaskPerson } from '#shared/domains/tasks/model.ts'
import { isOverdue } from '#shared/domains/tasks/rules.ts'
import { daysBetween, type PlainDate } from '#shared/kernel/time.ts'
import { count, nearDate } from '#renderer/ui/format.ts'
import { roleGroups, statusWords } from './words.ts'

/** An addressee as the value of a choice. */
export const keyOf = (to: Addressee): string => (to.kind === 'role' ? `role:${to.role}` : to.staffId)
export function addresseeOf(key: string): Addressee {
  return key.startsWith('role:') ? { kind: 'role', role: key.slice('role:'.length) as StaffRole } : { kind: 'person', staffId: key } // The keys are made above.
}

/** Roles that somebody holds first, then people by name. */
export function addresseeChoices(people: readonly TaskPerson[], me: string): { group: string; items: { value: string; label: string }[] }[] {
  const held = roles.filter((role) => people.some((one) => one.roles.includes(role)))
  return [
    { group: 'Everybody of a role', items: held.map((role) => ({ value: keyOf({ kind: 'role', role }), label: roleGroups[role] })) },
    { group: 'One person', items: people.map((one) => ({ value: one.staffId, label: one.staffId === me ? `${one.name} (me)` : one.name })) },
  ]
}

export const rolesOf = (to: Addressee, people: readonly TaskPerson[]): readonly StaffRole[] => (to.kind === 'role' ? [to.role] : (people.find((one) => one.staffId === to.staffId)?.roles ?? []))

export const nameOf = (to: Addressee, people: readonly TaskPerson[]): string => (to.kind === 'role' ? roleGroups[to.role] : (people.find((one) => one.staffId === to.staffId)?.name ?? ''))
export const toWords = ({ to, toName }: Pick<ListedTask, 'to' | 'toName'>): string => (to.kind === 'role' ? roleGroups[to.role] : (toName ?? ''))

/** Who has it, and for a role's task that nobody has, whose turn it is. */
export function withWords(task: Pick<ListedTask, 'to' | 'toName' | 'holderName' | 'isMine' | 'status'>): string {
  if (task.status === TaskStatus.declined) return 'Whoever asked'
  if (task.isMine) return 'You'
  return task.holderName ?? `${toWords(task)}, nobody yet`
}

export function dueWords(task: Pick<ListedTask, 'dueOn' | 'status'>, today: PlainDate): string {
  if (!isOverdue(task, today)) return nearDate(task.dueOn, today)
  return `${count(daysBetween(task.dueOn, today), 'day')} late`
}

export type TaskTone = 'plain' | 'ok' | 'warn' | 'bad'
export function stateOf(task: Pick<ListedTask, 'status' | 'urgency' | 'dueOn' | 'hasNews' | 'isOwn'>, today: PlainDate): { words: string; tone: TaskTone } {
  if (isOverdue(task, today)) return { words: 'Overdue', tone: 'bad' }
  if (task.status === TaskStatus.declined) return { words: statusWords.declined, tone: 'warn' }
  if (task.isOwn && task.hasNews && task.status !== TaskStatus.done) return { words: 'Answered', tone: 'ok' }
  if (task.urgency === 'urgent' && (task.status === TaskStatus.open || task.status === TaskStatus.taken)) return { words: 'Urgent', tone: 'warn' }
  return { words: statusWords[task.status], tone: task.status === TaskStatus.done ? 'ok' : 'plain' }
}

/** One line for the home of a role; null while nothing is late. */
export function lateWords({ mineOverdue, roleOverdue, untaken }: TaskCounts): string | null {
  const parts = [
    mineOverdue > 0 && `${count(mineOverdue, 'task')} of yours ${mineOverdue === 1 ? 'is' : 'are'} overdue`,
    roleOverdue > 0 && `${count(roleOverdue, 'task')} for your role ${roleOverdue === 1 ? 'is' : 'are'} overdue and nobody has taken ${roleOverdue === 1 ? 'it' : 'them'}`,
    untaken > roleOverdue && `${count(untaken, 'overdue task')} of the clinic ${untaken === 1 ? 'is' : 'are'} with nobody`,
  ].filter((part) => part !== false)
  return parts.length === 0 ? null : `${parts.join('; ')}.`
}

export const noWords = (task: Pick<ListedTask, 'isClinical'>): string => (task.isClinical ? 'Of a chart that is not open to you here' : '')
/** The first line: what a list has room for. */
export const titleOf = (task: Pick<ListedTask, 'text' | 'isClinical'>): string => task.text?.split('\n')[0] ?? noWords(task)
