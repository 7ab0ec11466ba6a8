import { Role, type StaffRole } from '#shared/access/roles.ts'
import type { TaskList } from '#shared/domains/tasks/contract.ts'
import type { DeclineReason, TaskStatus, TaskStepKind } from '#shared/domains/tasks/model.ts'
import type { ErrorTexts } from '#renderer/rpc/error-text.ts'

export const errorTexts: ErrorTexts = {
  TASK_TAKEN: 'Not taken: somebody else has it already. The list shows who.',
  TASK_SETTLED: 'Not done: this task has gone on in the meantime. It is shown as it is now.',
  TASK_NOT_YOURS: 'Not done: this task is with somebody else. Whoever asked for it can hand it to you.',
  ADDRESSEE_NOT_FOUND: 'This person does not work here any more. Choose somebody else.',
  ADDRESSEE_READS_NO_CHARTS: 'What is of the chart can be for doctors and nurses only. Choose one of them, or write it without a clinical fact.',
  APPOINTMENT_OF_ANOTHER: 'That appointment is another patient’s. Open it again and ask from there.',
  ENCOUNTER_OF_ANOTHER: 'That visit is another patient’s. Open it again and ask from there.',
}

/** A whole role as an addressee. */
export const roleGroups: Record<StaffRole, string> = {
  [Role.administrator]: 'Administrators', [Role.doctor]: 'Doctors', [Role.nurse]: 'Nurses', [Role.receptionist]: 'Front desk', [Role.billing]: 'Billing', [Role.pharmacist]: 'Pharmacy',
}

export const listWords: Record<TaskList, string> = { mine: 'Mine', role: 'For my role', asked: 'I asked', overdue: 'Overdue', settled: 'Settled' }
export const statusWords: Record<TaskStatus, string> = { open: 'Open', taken: 'Taken', done: 'Done', declined: 'Given back', cancelled: 'Called off' }
export const stepWords: Record<TaskStepKind, string> = {
  added: 'Asked', taken: 'Taken', handed: 'Handed on', said: 'Said', done: 'Done', declined: 'Given back', cancelled: 'Called off', reopened: 'Opened again',
}
export const declineWords: Record<DeclineReason, string> = { 'not-mine': 'Not for me', 'more-needed': 'I need to know more', 'not-possible': 'It cannot be done', other: 'Another reason' }

export const emptyWords: Record<TaskList, { title: string; text: string }> = {
  mine: { title: 'Nothing waits for you', text: 'What is asked of you, and what you take over, appears here.' },
  role: { title: 'Nothing waits to be taken', text: 'What is asked of everybody in your role appears here until somebody takes it.' },
  asked: { title: 'Nothing of yours is open', text: 'What you asked of others stays here until it is done and you have seen it.' },
  overdue: { title: 'Nothing is overdue', text: 'A task stays here from the day after it was due until somebody settles it.' },
  settled: { title: 'Nothing was settled yet', text: 'What is done or called off appears here.' },
}
