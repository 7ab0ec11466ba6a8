import { describe, expect, it } from 'vitest'
import { attentionAt, codesAt, rowsAt, settle, twoMachines, type TwoMachines } from '#tests/support/two-machines.ts'

// One task and one recall, gone on with on two machines that do not know of each other (docs/sync.conflicts.md).
type Machine = TwoMachines['one'] | TwoMachines['host']
const NURSES = { kind: 'role', role: 'nurse' } as const
const DUE = '2026-11-17'

async function withTask() {
  let patientId = ''
  const machines = await twoMachines((host) => {
    patientId = host.clinic.addPatient(host.core)
  })
  const { host, newId, one, two } = machines
  const task = await host.as('receptionist').tasks.add({ id: newId(), text: 'Call her back', to: NURSES, dueOn: DUE, patientId })
  await settle(one, two)
  for (const machine of [one, two]) machine.unplug()
  return { ...machines, patientId, task }
}
const stands = (machine: Machine, id: string) => rowsAt(machine.core, `select status, holder_id as holderId from tasks where id = '${id}'`)

describe('a task', () => {
  it('that two people take is the first one’s; the other is told whose it is', async () => {
    const { one, two, host, task } = await withTask()
    await one.as('nurse').tasks.take({ id: task.id })
    await host.as('administrator').tasks.hand({ id: task.id, version: 1, to: { kind: 'role', role: 'doctor' } })
    await two.as('nurse').tasks.take({ id: task.id })
    await host.as('doctor').tasks.take({ id: task.id })
    await settle(one, two)
    const doctor = host.clinic.people.doctor.staffId
    for (const machine of [one, two]) expect(attentionAt(machine.core)).toMatchObject([{ kind: 'refused', name: 'tasks.take', code: 'TASK_TAKEN', data: { byId: doctor } }])
    for (const machine of [one, two, host]) expect(stands(machine, task.id)).toEqual([{ status: 'taken', holderId: doctor }])
  })

  it('that is done on two machines is done once, and every word stays', async () => {
    const { one, two, host, newId, task } = await withTask()
    for (const machine of [one, two]) {
      await machine.as('nurse').tasks.say({ id: newId(), taskId: task.id, text: machine === one ? 'She is fine' : 'Nobody answers' })
      await machine.as('nurse').tasks.finish({ id: task.id })
    }
    await settle(one, two)
    expect([codesAt(one.core), codesAt(two.core)]).toEqual([[], []])
    expect((await host.as('receptionist').tasks.details({ id: task.id })).steps.map((step) => step.text ?? step.kind)).toEqual(['Call her back', 'She is fine', 'done', 'Nobody answers'])
  })

  it('that was handed on meanwhile is still done by whoever did it', async () => {
    const { one, host, task } = await withTask()
    await one.as('nurse').tasks.finish({ id: task.id })
    await host.as('receptionist').tasks.hand({ id: task.id, version: 1, to: { kind: 'role', role: 'billing' } })
    await settle(one)
    expect(codesAt(one.core)).toEqual([])
    expect(stands(host, task.id)).toEqual([{ status: 'done', holderId: host.clinic.people.nurse.staffId }])
  })

  it('that was called off meanwhile comes back with what it found', async () => {
    const { two, host, task } = await withTask()
    await two.as('nurse').tasks.decline({ id: task.id, reason: 'not-mine' })
    await host.as('receptionist').tasks.cancel({ id: task.id })
    await settle(two)
    expect(attentionAt(two.core)).toMatchObject([{ name: 'tasks.decline', code: 'TASK_SETTLED', data: { status: 'cancelled' } }])
  })

  it('of a chart reaches a front desk without a word of it', async () => {
    let patientId = ''
    const { host, one, two, newId } = await twoMachines((at) => {
      patientId = at.clinic.addPatient(at.core)
    }, ['clinical', 'front-desk'])
    await host.as('doctor').tasks.addClinical({ id: newId(), text: 'Potassium again', to: NURSES, dueOn: DUE, patientId })
    await settle(one, two)
    expect(rowsAt(one.core, 'select text from clinical_task_words')).toEqual([{ text: 'Potassium again' }])
    expect([rowsAt(two.core, 'select text from clinical_task_words'), rowsAt(two.core, 'select is_clinical as isClinical from tasks')]).toEqual([[], [{ isClinical: 1 }]])
    expect((await two.as('nurse').tasks.list({ list: 'role' })).tasks).toMatchObject([{ text: null }])
  })
})

describe('a recall', () => {
  it('by rule that two people call about is one recall with two calls', async () => {
    let patientId = ''
    const { host, one, two, newId } = await twoMachines((at) => {
      patientId = at.clinic.addPatient(at.core)
    })
    const desk = host.as('receptionist')
    const typeId = host.clinic.types.long
    await desk.calls.saveRule({ id: newId(), typeId, months: 1, isActive: true })
    const { id } = await desk.scheduling.book({ id: newId(), patientId, providerId: host.clinic.providers[0], roomId: null, typeId, startsAt: '2026-11-17T15:00:00.000Z', durationMin: 30, reason: null, hasArrived: true })
    await desk.scheduling.start({ id, version: 1 })
    await desk.scheduling.complete({ id, version: 2 })
    host.clock.advanceMinutes(20 * 1_440)
    const [recall] = (await desk.calls.listRecalls({})).recalls
    await settle(one, two)
    for (const machine of [one, two]) {
      machine.unplug()
      await machine.as('receptionist').calls.recordCall({ id: newId(), origin: recall?.origin ?? null, callId: newId(), outcome: 'no-answer' })
    }
    await settle(one, two)
    expect([codesAt(one.core), codesAt(two.core)]).toEqual([[], []])
    for (const machine of [one, two, host]) expect(rowsAt(machine.core, 'select r.contacts, count(*) as calls from recalls r join recall_contacts c on c.recall_id = r.id group by r.id')).toEqual([{ contacts: 2, calls: 2 }])
  })

  it('is booked wherever the patient is booked, and open everywhere when the host gives the time to somebody else', async () => {
    let patientIds: string[] = []
    const { host, one, two, newId } = await twoMachines((at) => {
      patientIds = [at.clinic.addPatient(at.core), at.clinic.addPatient(at.core, { familyName: 'Chen' })]
    })
    const typeId = host.clinic.types.long
    for (const patientId of patientIds) await host.as('receptionist').calls.addRecall({ id: newId(), patientId, typeId, reason: null, providerId: null, dueOn: DUE })
    await settle(one, two)
    for (const machine of [one, two]) machine.unplug()
    for (const [i, machine] of [one, two].entries()) {
      await machine.as('receptionist').scheduling.book({ id: newId(), patientId: patientIds[i] ?? '', providerId: host.clinic.providers[0], roomId: null, typeId, startsAt: '2026-11-18T15:00:00.000Z', durationMin: 30, reason: null })
      expect(rowsAt(machine.core, `select status from recalls where patient_id = '${patientIds[i]}'`)).toEqual([{ status: 'booked' }])
    }
    await settle(one, two)
    await settle(one)
    const states = (machine: Machine) => rowsAt(machine.core, `select status from recalls order by patient_id <> '${patientIds[0]}'`)
    for (const machine of [host, one, two]) expect(states(machine)).toEqual([{ status: 'booked' }, { status: 'open' }])
  })

  it('takes what two people heard of one appointment', async () => {
    let patientId = ''
    const { host, one, two, newId } = await twoMachines((at) => {
      patientId = at.clinic.addPatient(at.core)
    })
    const booked = await host.as('receptionist').scheduling.book({ id: newId(), patientId, providerId: host.clinic.providers[0], roomId: null, typeId: null, startsAt: '2026-11-18T15:00:00.000Z', durationMin: 30, reason: null })
    await settle(one, two)
    for (const machine of [one, two]) {
      machine.unplug()
      await machine.as('receptionist').calls.confirm({ id: newId(), appointmentId: booked.id, startsAt: booked.startsAt, outcome: machine === one ? 'no-answer' : 'confirmed' })
    }
    await settle(one, two)
    expect([codesAt(one.core), codesAt(two.core)]).toEqual([[], []])
    expect(rowsAt(host.core, 'select outcome from appointment_confirmations order by rowid')).toEqual([{ outcome: 'no-answer' }, { outcome: 'confirmed' }])
  })
})
