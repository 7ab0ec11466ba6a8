import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { roles } from '#shared/access/roles.ts'
import { taskStatuses, type TaskPerson, type TaskStatus } from '#shared/domains/tasks/model.ts'
import {
  canStepTask, isOverdue, isUntaken, mayStep, proposedAddressee, quickDue, readAddressee, readDue, standingOf, taskSteps, type Standing, type TaskStepName,
} from '#shared/domains/tasks/rules.ts'

const TODAY = '2026-11-17'
const nobody: Standing = { isAuthor: false, isHolder: false, isAddressed: false, isAdministrator: false }
const steps = Object.keys(taskSteps) as TaskStepName[] // The record's own keys.

describe('steps of a task', () => {
  it.each<[TaskStatus, TaskStepName[]]>([
    ['open', ['take', 'hand', 'finish', 'decline', 'cancel']],
    ['taken', ['hand', 'finish', 'decline', 'cancel']],
    ['declined', ['hand', 'cancel', 'reopen']],
    ['done', ['reopen']],
    ['cancelled', ['reopen']],
  ])('from %s: %j', (status, allowed) => {
    expect(steps.filter((step) => canStepTask(status, step))).toEqual(allowed)
  })

  it.each<[keyof Standing, TaskStepName[]]>([
    ['isHolder', ['take', 'hand', 'finish', 'decline', 'reopen']],
    ['isAddressed', ['take', 'hand', 'finish', 'decline', 'reopen']],
    ['isAuthor', ['hand', 'finish', 'cancel', 'reopen']],
    ['isAdministrator', ['hand', 'cancel', 'reopen']],
  ])('are open to %s: %j', (who, allowed) => {
    expect(steps.filter((step) => mayStep(step, { ...nobody, [who]: true }))).toEqual(allowed)
  })

  it('are closed to whoever has nothing to do with it', () => {
    expect(steps.filter((step) => mayStep(step, nobody))).toEqual([])
  })

  it('never leave a task that cannot go on: everything that is settled can be opened again', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...steps), { maxLength: 20 }), (wanted) => {
      const end = wanted.reduce<TaskStatus>((status, step) => (canStepTask(status, step) ? taskSteps[step].to : status), 'open')
      return taskStatuses.includes(end) && steps.some((step) => canStepTask(end, step))
    }))
  })
})

describe('whose a task is', () => {
  const task = { authorId: 'u-author', holderId: 's-tom', to: { kind: 'role', role: 'nurse' } as const }
  it.each([
    ['the author', { userId: 'u-author', staffId: 's-rosa', roles: ['receptionist' as const] }, { isAuthor: true }],
    ['whoever has it', { userId: 'u-tom', staffId: 's-tom', roles: ['nurse' as const] }, { isHolder: true, isAddressed: true }],
    ['a colleague of the role', { userId: 'u-ann', staffId: 's-ann', roles: ['nurse' as const] }, { isAddressed: true }],
    ['an administrator', { userId: 'u-olive', staffId: 's-olive', roles: ['administrator' as const] }, { isAdministrator: true }],
  ])('%s', (_who, person, standing) => {
    expect(standingOf(task, person)).toEqual({ ...nobody, ...standing })
  })
})

describe('due dates', () => {
  it.each([
    ['', '2026-11-17'], ['today', '2026-11-17'], ['Tomorrow', '2026-11-18'], ['in a week', '2026-11-24'], ['2 weeks', '2026-12-01'], ['in 10 days', '2026-11-27'], ['a month', '2026-12-17'],
    ['24 nov', '2026-11-24'], ['11/30', '2026-11-30'], ['2 Jan', '2027-01-02'], ['soon', undefined], ['31 feb', undefined],
  ])('%j is %s', (text, expected) => {
    expect(readDue(text, TODAY)).toBe(expected)
  })

  it('are late the day after, until it is settled; a role’s that nobody took is the administrator’s', () => {
    const late = { status: 'open' as const, dueOn: '2026-11-16', holderId: null }
    expect([isOverdue(late, TODAY), isOverdue({ ...late, dueOn: TODAY }, TODAY), isOverdue({ ...late, status: 'done' }, TODAY)]).toEqual([true, false, false])
    expect([isUntaken(late, TODAY), isUntaken({ ...late, holderId: 's-tom' }, TODAY)]).toEqual([true, false])
    expect([quickDue('today', TODAY), quickDue('tomorrow', TODAY), quickDue('week', TODAY)]).toEqual([TODAY, '2026-11-18', '2026-11-24'])
  })
})

describe('an addressee in the text', () => {
  const person = (staffId: string, givenName: string, familyName: string): TaskPerson => ({ staffId, givenName, familyName, name: `${givenName} ${familyName}`, roles: ['nurse'] })
  const people = [person('tom', 'Tom', 'Okafor'), person('amira', 'Amira', 'Haddad'), person('ann', 'Ann', 'Harding')]
  it.each([
    ['@okafor call her back', { kind: 'person', staffId: 'tom' }, 'call her back'],
    ['Call her back @Tom', { kind: 'person', staffId: 'tom' }, 'Call her back'],
    ['@nurses room 2 needs gloves', { kind: 'role', role: 'nurse' }, 'room 2 needs gloves'],
    ['@desk form is signed', { kind: 'role', role: 'receptionist' }, 'form is signed'],
  ])('%j', (text, to, rest) => {
    expect(readAddressee(text, people)).toEqual({ to, text: rest })
  })

  it.each(['call her', '@ha which of the two', '@nobody', 'mail a@b.example'])('%j names nobody', (text) => {
    expect(readAddressee(text, people)).toBeUndefined()
  })

  it('is proposed by role, and never oneself alone', () => {
    for (const role of roles) expect(proposedAddressee([role])).toEqual({ kind: 'role', role: role === 'doctor' || role === 'nurse' ? 'receptionist' : 'nurse' })
  })
})
