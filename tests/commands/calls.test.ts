import { describe, expect, it } from 'vitest'
import { reads } from '#main/domains/calls/repository.ts'
import { planOf } from '#tests/support/plan.ts'
import { makeWorld, refusalOf, type World } from '#tests/support/world.ts'

const DAY_MIN = 1_440

const wanted = (world: World, patientId: string, more: object = {}) =>
  ({ id: world.core.platform.newId(), patientId, typeId: world.clinic.types.long, reason: 'Yearly look', providerId: null, dueOn: '2026-11-20', ...more })
const booking = (world: World, patientId: string, startsAt: string, more: object = {}) => ({
  id: world.core.platform.newId(), patientId, providerId: world.clinic.providers[0], roomId: null, typeId: world.clinic.types.long, startsAt, durationMin: 30, reason: null, ...more,
})
const listed = async (world: World) => (await world.as('receptionist').calls.listRecalls({})).recalls

/** A visit of the long type that took place on the clock's day at 10. */
async function kept(world: World, patientId: string, hour = '15'): Promise<string> {
  const desk = world.as('receptionist').scheduling
  const day = world.core.platform.now().slice(0, 10)
  const { id } = await desk.book(booking(world, patientId, `${day}T${hour}:00:00.000Z`, { hasArrived: true }))
  await desk.start({ id, version: 1 })
  await desk.complete({ id, version: 2 })
  return id
}

async function withRule(months = 12) {
  const world = await makeWorld()
  await world.as('receptionist').calls.saveRule({ id: world.core.platform.newId(), typeId: world.clinic.types.long, months, isActive: true })
  return world
}

describe('a written recall', () => {
  it('stands on the list with the phone until a fitting appointment is booked, and again when that is called off', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const patientId = world.clinic.addPatient(world.core, { phone: '+14135550177' })
    const recall = await desk.calls.addRecall(wanted(world, patientId))
    expect(await listed(world)).toMatchObject([{ id: recall.id, typeName: 'New patient', patient: { phone: '+14135550177' }, workOn: '2026-11-20' }])
    const { id } = await desk.scheduling.book(booking(world, patientId, '2026-11-24T15:00:00.000Z'))
    expect(await listed(world)).toEqual([])
    await desk.scheduling.cancel({ id, version: 1, reason: 'patient-asked' })
    expect(await listed(world)).toMatchObject([{ id: recall.id }])
  })

  it('is found by its patient at check-out while it is open, the one due first at the front', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const patientId = world.clinic.addPatient(world.core)
    const later = await desk.calls.addRecall(wanted(world, patientId, { dueOn: '2027-03-01' }))
    const sooner = await desk.calls.addRecall(wanted(world, patientId, { dueOn: '2026-12-01', reason: 'Blood pressure' }))
    await desk.calls.addRecall(wanted(world, world.clinic.addPatient(world.core, { familyName: 'Tamm' })))
    expect((await desk.calls.openRecalls({ patientId })).map((one) => one.id)).toEqual([sooner.id, later.id])
    await desk.calls.closeRecall({ id: sooner.id })
    expect((await desk.calls.openRecalls({ patientId })).map((one) => one.id)).toEqual([later.id])
    expect(planOf(world.core.vault.reader, reads(world.core.vault.reader).openOfPatient)).toMatch(/SEARCH recalls USING INDEX recalls_by_patient/)
  })

  it('takes each attempt with its outcome and comes back when it is time', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist').calls
    const { id } = await desk.addRecall(wanted(world, world.clinic.addPatient(world.core)))
    const call = { id, callId: world.core.platform.newId(), outcome: 'no-answer' as const }
    expect(await desk.recordCall(call)).toMatchObject({ lastOutcome: 'no-answer', contacts: 1, workOn: '2026-11-18' })
    expect(await desk.recordCall(call)).toMatchObject({ contacts: 1 })
    expect(await desk.recordCall({ ...call, callId: world.core.platform.newId(), outcome: 'declined' })).toMatchObject({ contacts: 2, workOn: '2027-05-18' })
    expect(await listed(world)).toEqual([])
  })

  it('is closed by hand (calls.closeRecall) and opened again (calls.reopenRecall)', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist').calls
    const { id } = await desk.addRecall(wanted(world, world.clinic.addPatient(world.core)))
    expect(await desk.closeRecall({ id })).toMatchObject({ status: 'closed' })
    expect(await refusalOf(desk.recordCall({ id, callId: world.core.platform.newId(), outcome: 'reached' }))).toEqual({ code: 'RECALL_SETTLED', data: { status: 'closed' } })
    expect(await desk.reopenRecall({ id })).toMatchObject({ status: 'open' })
    expect(await listed(world)).toMatchObject([{ id }])
  })

  it('refuses what is not there and changes nothing', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist').calls
    const nobody = world.core.platform.newId()
    const patientId = world.clinic.addPatient(world.core)
    expect((await refusalOf(desk.addRecall(wanted(world, nobody)))).code).toBe('PATIENT_NOT_FOUND')
    expect((await refusalOf(desk.addRecall(wanted(world, patientId, { typeId: nobody })))).code).toBe('TYPE_NOT_FOUND')
    expect((await refusalOf(desk.addRecall(wanted(world, patientId, { providerId: nobody })))).code).toBe('PROVIDER_NOT_FOUND')
    expect((await refusalOf(desk.recordCall({ id: nobody, callId: nobody, outcome: 'reached' }))).code).toBe('NOT_FOUND')
    expect((await refusalOf(desk.recordCall({ id: nobody, origin: { ruleId: nobody, sourceId: nobody }, callId: nobody, outcome: 'reached' }))).code).toBe('RULE_NOT_FOUND')
    expect(await listed(world)).toEqual([])
  })
})

describe('a recall by rule', () => {
  it('is there a month before it is due without anybody having written it, once, and not when the patient is booked', async () => {
    const world = await withRule(6)
    const patientId = world.clinic.addPatient(world.core)
    await kept(world, patientId)
    expect(await listed(world)).toEqual([])
    world.clock.advanceMinutes(160 * DAY_MIN)
    const [one, ...others] = await listed(world)
    expect([one, others]).toMatchObject([{ dueOn: '2027-05-17', patientId, origin: { sourceId: one?.id } }, []])
    const { id } = await world.as('receptionist').scheduling.book(booking(world, patientId, '2027-05-18T15:00:00.000Z'))
    expect(await listed(world)).toEqual([])
    await world.as('receptionist').scheduling.cancel({ id, version: 1, reason: 'patient-asked' })
    expect(await listed(world)).toHaveLength(1)
  })

  it('has a row from the first call on and is one line, whoever calls', async () => {
    const world = await withRule(6)
    await kept(world, world.clinic.addPatient(world.core))
    world.clock.advanceMinutes(180 * DAY_MIN)
    const [one] = await listed(world)
    const call = () => ({ id: world.core.platform.newId(), origin: one?.origin ?? null, callId: world.core.platform.newId(), outcome: 'no-answer' as const })
    await world.as('receptionist').calls.recordCall(call())
    await world.as('nurse').calls.recordCall(call())
    expect(await listed(world)).toMatchObject([{ contacts: 2, lastOutcome: 'no-answer', dueOn: '2027-05-17', origin: one?.origin }])
    await world.as('receptionist').calls.closeRecall({ id: (await listed(world))[0]?.id ?? '' })
    expect(await listed(world)).toEqual([])
  })

  it('is the last visit’s, and nobody’s who is on the list for it already', async () => {
    const world = await withRule(6)
    const [twice, written] = [world.clinic.addPatient(world.core), world.clinic.addPatient(world.core, { familyName: 'Chen' })]
    await kept(world, twice)
    await kept(world, written, '16')
    world.clock.advanceMinutes(30 * DAY_MIN)
    const last = await kept(world, twice, '15')
    const { id } = await world.as('receptionist').calls.addRecall(wanted(world, written, { dueOn: '2027-04-01' }))
    world.clock.advanceMinutes(160 * DAY_MIN)
    expect((await listed(world)).map((row) => row.id).toSorted()).toEqual([last, id].toSorted())
  })

  it('comes in pages with the written ones, sorted, without a gap or a double', async () => {
    const world = await withRule(1)
    const expected = new Set<string>()
    for (let i = 0; i < 30; i += 1) {
      const patientId = world.clinic.addPatient(world.core, { familyName: `Kept${i}` })
      expected.add(await kept(world, patientId))
      world.clock.advanceMinutes(DAY_MIN)
    }
    world.clock.advanceMinutes(2 * DAY_MIN)
    for (let i = 0; i < 30; i += 1) {
      const id = world.core.platform.newId()
      expected.add(id)
      await world.as('receptionist').calls.addRecall(wanted(world, world.clinic.addPatient(world.core, { familyName: `Written${i}` }), { id, dueOn: `2026-12-${String(30 - i).padStart(2, '0')}` }))
    }
    const desk = world.as('receptionist').calls
    const first = await desk.listRecalls({})
    const second = await desk.listRecalls({ after: first.next })
    const all = [...first.recalls, ...second.recalls]
    expect([first.recalls.length, second.next]).toEqual([50, null])
    expect(all.map((one) => one.id).toSorted()).toEqual([...expected].toSorted())
    expect(all.map((one) => one.workOn)).toEqual(all.map((one) => one.workOn).toSorted())
  })

  it('is of a rule that may be changed and switched off', async () => {
    const world = await withRule(6)
    await kept(world, world.clinic.addPatient(world.core))
    world.clock.advanceMinutes(180 * DAY_MIN)
    const desk = world.as('receptionist').calls
    const [rule] = await desk.listRules({})
    if (!rule) throw new Error('saved above')
    expect(await listed(world)).toHaveLength(1)
    await desk.saveRule({ ...rule, isActive: false })
    expect(await listed(world)).toEqual([])
    expect((await refusalOf(desk.saveRule({ ...rule, typeId: rule.id }))).code).toBe('TYPE_NOT_FOUND')
  })
})

describe('confirming the next working day', () => {
  it('lists its appointments with the phone, and what was said last of the time that stands', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const patientId = world.clinic.addPatient(world.core, { phone: '+14135550177' })
    const one = await desk.scheduling.book(booking(world, patientId, '2026-11-18T15:00:00.000Z'))
    const ask = (outcome: 'no-answer' | 'confirmed', startsAt = one.startsAt) => desk.calls.confirm({ id: world.core.platform.newId(), appointmentId: one.id, startsAt, outcome })
    expect(await desk.calls.listConfirmations({})).toMatchObject({ date: '2026-11-18', appointments: [{ id: one.id, patient: { phone: '+14135550177' }, outcome: null }] })
    await ask('no-answer')
    world.clock.advanceMinutes(1)
    await ask('confirmed')
    expect((await desk.calls.listConfirmations({})).appointments).toMatchObject([{ outcome: 'confirmed' }])
    await desk.scheduling.move({ id: one.id, version: 1, providerId: one.providerId, startsAt: '2026-11-18T16:00:00.000Z' })
    expect((await desk.calls.listConfirmations({})).appointments).toMatchObject([{ outcome: null }])
    expect((await refusalOf(ask('confirmed'))).code).toBe('APPOINTMENT_MOVED')
  })

  it('goes over the weekend to the day on which somebody has hours', async () => {
    const world = await makeWorld({ start: '2026-11-20T15:00:00.000Z' })
    expect((await world.as('receptionist').calls.listConfirmations({})).date).toBe('2026-11-23')
  })
})

describe('lists of calls', () => {
  it('use their index', async () => {
    const { core } = await makeWorld()
    const plan = (name: 'written' | 'byRule' | 'toConfirm' | 'nextLive'): string => planOf(core.vault.reader, reads(core.vault.reader)[name])
    expect(plan('written')).toContain('recalls_open_by_work')
    expect(plan('byRule')).toContain('appointments_kept_by_type (type_id=? AND starts_at>? AND starts_at<?)')
    expect(plan('byRule')).toContain('recalls_of_rule (rule_id=? AND source_id=?)')
    expect(plan('toConfirm')).toContain('appointments_by_start (starts_at>? AND starts_at<?)')
    expect(plan('toConfirm')).toContain('appointment_confirmations_by_appointment (appointment_id=? AND starts_at=?)')
    expect(plan('nextLive')).toContain('appointments_by_patient (patient_id=?')
  })
})
