import { describe, expect, it } from 'vitest'
import type { Addressee } from '#shared/domains/tasks/model.ts'
import type { Role } from '#shared/access/roles.ts'
import { lists } from '#main/domains/tasks/repository.lists.ts'
import { withSecondPerson } from '#tests/support/two-people.ts'
import { planOf } from '#tests/support/plan.ts'
import { makeWorld, refusalOf, type World } from '#tests/support/world.ts'

const NURSES: Addressee = { kind: 'role', role: 'nurse' }
const to = (world: World, role: Role): Addressee => ({ kind: 'person', staffId: world.clinic.people[role].staffId })

function wanted<T extends object = object>(world: World, more: T = {} as T) {
  return { id: world.core.platform.newId(), text: 'Call her back', to: NURSES, dueOn: '2026-11-17', patientId: null, ...more }
}
const texts = async (world: World, role: Role, list: 'mine' | 'role' | 'asked' | 'overdue' | 'settled') => (await world.as(role).tasks.list({ list })).tasks.map((one) => one.text)

describe('tasks.add', () => {
  it('reaches those of the role, and nobody else but who asked and who runs the clinic', async () => {
    const world = await makeWorld()
    await world.as('receptionist').tasks.add(wanted(world))
    expect(await texts(world, 'nurse', 'role')).toEqual(['Call her back'])
    expect(await texts(world, 'receptionist', 'asked')).toEqual(['Call her back'])
    for (const role of ['doctor', 'billing', 'pharmacist', 'administrator'] as const) expect([role, await texts(world, role, 'role')]).toEqual([role, []])
    world.clock.advanceMinutes(2 * 1_440)
    expect(await texts(world, 'administrator', 'overdue')).toEqual(['Call her back'])
    expect(await texts(world, 'billing', 'overdue')).toEqual([])
  })

  it('makes one task of one that is sent twice, and takes no id of somebody else’s', async () => {
    const world = await makeWorld()
    const input = wanted(world)
    expect(await world.as('receptionist').tasks.add(input)).toEqual(await world.as('receptionist').tasks.add(input))
    expect((await refusalOf(world.as('nurse').tasks.add(input))).code).toBe('ID_USED')
  })

  it('refuses people and visits that are not there', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist').tasks
    const nobody = world.core.platform.newId()
    expect((await refusalOf(desk.add(wanted(world, { to: { kind: 'person', staffId: nobody } })))).code).toBe('ADDRESSEE_NOT_FOUND')
    expect((await refusalOf(desk.add(wanted(world, { patientId: nobody })))).code).toBe('PATIENT_NOT_FOUND')
    expect((await refusalOf(desk.add(wanted(world, { patientId: world.clinic.addPatient(world.core), appointmentId: nobody })))).code).toBe('APPOINTMENT_OF_ANOTHER')
    expect((await refusalOf(desk.add(wanted(world, { text: '  ' })))).code).toBe('INVALID_INPUT')
    expect(await texts(world, 'receptionist', 'asked')).toEqual([])
  })
})

describe('what is of a chart', () => {
  it('is read by those who may read that chart, and its words stand apart', async () => {
    const world = await makeWorld()
    const patientId = world.clinic.addPatient(world.core)
    await world.as('doctor').tasks.addClinical(wanted(world, { patientId, text: 'Potassium again' }))
    expect(await texts(world, 'nurse', 'role')).toEqual(['Potassium again'])
    const db = world.core.vault.reader.$client
    expect([db.prepare('select count(*) from task_words').pluck().get(), db.prepare('select text from clinical_task_words').all()]).toEqual([0, [{ text: 'Potassium again' }]])
    world.clock.advanceMinutes(2 * 1_440)
    // That something is late they see, and of whom; not what it says.
    expect((await world.as('administrator').tasks.list({ list: 'overdue' })).tasks).toMatchObject([{ isClinical: true, text: null, patient: { id: patientId } }])
  })

  it('is for nobody who reads no charts, and takes no words from the other command', async () => {
    const world = await makeWorld()
    const patientId = world.clinic.addPatient(world.core)
    const doctor = world.as('doctor').tasks
    for (const addressee of [{ kind: 'role', role: 'receptionist' } as const, to(world, 'billing')]) {
      expect((await refusalOf(doctor.addClinical(wanted(world, { patientId, to: addressee })))).code).toBe('ADDRESSEE_READS_NO_CHARTS')
    }
    const task = await doctor.addClinical(wanted(world, { patientId }))
    expect((await refusalOf(doctor.hand({ id: task.id, version: 1, to: to(world, 'receptionist') }))).code).toBe('ADDRESSEE_READS_NO_CHARTS')
    expect((await refusalOf(doctor.say({ id: world.core.platform.newId(), taskId: task.id, text: 'x' }))).code).toBe('NOT_FOUND')
    const said = { id: world.core.platform.newId(), taskId: task.id, text: 'Drawn at ten' }
    await world.as('nurse').tasks.sayClinical(said)
    await world.as('nurse').tasks.sayClinical(said)
    // tasks.sayClinical: in the chart's feed, once, and told to whoever asked.
    expect([(await doctor.details({ id: task.id })).steps.map((step) => step.text), (await doctor.counts({})).news]).toEqual([['Call her back', 'Drawn at ten'], 1])
    expect((await refusalOf(world.as('receptionist').tasks.addClinical(wanted(world, { patientId })))).code).toBe('FORBIDDEN')
    const stranger = world.clinic.addPatient(world.core, {}, { team: false })
    expect((await refusalOf(doctor.addClinical(wanted(world, { patientId: stranger })))).code).toBe('NOT_ON_CARE_TEAM')
  })

  it('of somebody restricted leaves every list of those who are kept out', async () => {
    const world = await makeWorld()
    const patientId = world.clinic.addPatient(world.core)
    const task = await world.as('receptionist').tasks.add(wanted(world, { patientId, to: to(world, 'nurse') }))
    await withSecondPerson(world, world.as('administrator'), 'access.restrictPatient', { id: world.core.platform.newId(), patientId, reason: 'Known to everybody in town', allowedUserIds: [world.clinic.people.doctor.userId] }, 'doctor')
    expect([await texts(world, 'nurse', 'mine'), await texts(world, 'receptionist', 'asked')]).toEqual([[], []])
    expect(await world.as('nurse').tasks.counts({})).toMatchObject({ mine: 0 })
    expect((await refusalOf(world.as('nurse').tasks.details({ id: task.id }))).code).toBe('NOT_FOUND')
    expect((await refusalOf(world.as('nurse').tasks.finish({ id: task.id }))).code).toBe('NOT_FOUND')
  })
})

describe('going on with a task', () => {
  it('is taken by one of the role, done, told to whoever asked until they have looked (tasks.markSeen), and opened again (tasks.reopen)', async () => {
    const world = await makeWorld()
    const [desk, nurse] = [world.as('receptionist').tasks, world.as('nurse').tasks]
    const { id } = await desk.add(wanted(world))
    expect(await nurse.take({ id })).toMatchObject({ status: 'taken', holderId: world.clinic.people.nurse.staffId })
    expect([await texts(world, 'nurse', 'role'), await texts(world, 'nurse', 'mine')]).toEqual([[], ['Call her back']])
    await nurse.say({ id: world.core.platform.newId(), taskId: id, text: 'She is fine' })
    await nurse.finish({ id })
    expect(await desk.counts({})).toMatchObject({ news: 1 })
    expect((await desk.details({ id })).steps.map((step) => [step.kind, step.by, step.text])).toEqual([
      ['added', 'Rosa Delgado', 'Call her back'], ['taken', 'Tom Okafor', null], ['said', 'Tom Okafor', 'She is fine'], ['done', 'Tom Okafor', null],
    ])
    await desk.markSeen({ id })
    expect([await desk.counts({}), await texts(world, 'receptionist', 'asked'), await texts(world, 'receptionist', 'settled')]).toMatchObject([{ news: 0 }, [], ['Call her back']])
    expect(await nurse.reopen({ id })).toMatchObject({ status: 'taken', settledAt: null })
  })

  it('comes back with the reason when it is declined, and stays with its author until they decide', async () => {
    const world = await makeWorld()
    const [desk, nurse] = [world.as('receptionist').tasks, world.as('nurse').tasks]
    const { id } = await desk.add(wanted(world, { to: to(world, 'nurse') }))
    await nurse.decline({ id, reason: 'more-needed' })
    expect(await desk.counts({})).toMatchObject({ news: 1 })
    await desk.markSeen({ id })
    // Looked at, and still theirs to settle.
    expect(await desk.counts({})).toMatchObject({ news: 1 })
    expect((await desk.details({ id })).steps.at(-1)).toMatchObject({ kind: 'declined', reason: 'more-needed' })
    const handed = await desk.hand({ id, version: 3 - 1, to: to(world, 'doctor') })
    expect(handed).toMatchObject({ status: 'open', holderId: world.clinic.people.doctor.staffId })
    expect(await texts(world, 'doctor', 'mine')).toEqual(['Call her back'])
    expect(await desk.cancel({ id })).toMatchObject({ status: 'cancelled' })
  })

  it('is refused to those it is not with, and when it is settled', async () => {
    const world = await makeWorld()
    const [desk, nurse, admin] = [world.as('receptionist').tasks, world.as('nurse').tasks, world.as('administrator').tasks]
    const { id } = await desk.add(wanted(world))
    expect((await refusalOf(desk.take({ id }))).code).toBe('TASK_NOT_YOURS')
    expect((await refusalOf(admin.finish({ id }))).code).toBe('TASK_NOT_YOURS')
    expect((await refusalOf(nurse.cancel({ id }))).code).toBe('TASK_NOT_YOURS')
    await nurse.finish({ id })
    expect(await refusalOf(nurse.decline({ id, reason: 'other' }))).toEqual({ code: 'TASK_SETTLED', data: { status: 'done' } })
    expect((await refusalOf(desk.hand({ id, version: 1, to: NURSES }))).code).toBe('STALE')
  })
})

describe('lists of tasks', () => {
  it('come in pages without a gap or a double, by the day they are due, and by what was typed', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist').tasks
    const patientId = world.clinic.addPatient(world.core, { familyName: 'Zimmer' })
    for (let i = 0; i < 53; i += 1) await desk.add(wanted(world, { text: `No. ${i}`, dueOn: `2026-12-${String(28 - (i % 28)).padStart(2, '0')}`, patientId: i === 7 ? patientId : null }))
    const first = await world.as('nurse').tasks.list({ list: 'role' })
    const second = await world.as('nurse').tasks.list({ list: 'role', after: first.next })
    expect([first.tasks.length, second.tasks.length, second.next]).toEqual([50, 3, null])
    const all = [...first.tasks, ...second.tasks]
    expect(new Set(all.map((one) => one.id)).size).toBe(53)
    expect(all.map((one) => one.dueOn)).toEqual(all.map((one) => one.dueOn).toSorted())
    expect((await world.as('nurse').tasks.list({ list: 'role', filter: 'ZIMM' })).tasks.map((one) => one.text)).toEqual(['No. 7'])
    expect(await world.as('nurse').tasks.counts({})).toMatchObject({ role: 53, roleOverdue: 0 })
    expect((await world.as('nurse').tasks.people({})).find((one) => one.familyName === 'Haddad')).toMatchObject({ roles: ['doctor'] })
  })

  it('use their index', async () => {
    const { core } = await makeWorld()
    const plan = (name: Parameters<typeof statementOf>[1]): string => planOf(core.vault.reader, statementOf(core, name))
    expect(plan('mine')).toContain('tasks_live_by_holder (holder_id=?')
    expect(plan('role')).toContain('tasks_untaken_by_role (to_role=?')
    expect(plan('asked')).toContain('tasks_asked (author_id=?')
    expect(plan('overdue')).toContain('tasks_live_by_due ((due_on,id)>(?,?) AND due_on<?')
    expect(plan('settled')).toContain('tasks_settled (settled_at>? AND (settled_at,id)<(?,?)')
    expect(plan('steps')).toContain('task_steps_by_task (task_id=?')
    for (const name of ['mine', 'role', 'asked', 'overdue', 'settled', 'counts'] as const) expect([name, plan(name).split('\n').filter((line) => /SCAN (tasks|task_steps|appointments|patients)\b(?!.* USING)/.test(line))]).toEqual([name, []])
  })
})

const statementOf = (core: World['core'], name: keyof ReturnType<typeof lists>) => lists(core.vault.reader)[name]
