import { describe, expect, it } from 'vitest'
import { deathReads } from '#main/domains/scheduling/repository.death.ts'
import { planOf } from '#tests/support/plan.ts'
import { withSecondPerson } from '#tests/support/two-people.ts'
import { makeWorld, refusalOf } from '#tests/support/world.ts'

/** Maria with two appointments ahead, one behind her, and a wish for an earlier time. */
async function booked() {
  const world = await makeWorld()
  const desk = world.as('receptionist')
  const newId = world.core.platform.newId
  const patientId = world.clinic.addPatient(world.core)
  const book = (startsAt: string, of = patientId) => desk.scheduling.book({ id: newId(), patientId: of, providerId: world.clinic.providers[0], roomId: null, typeId: null, startsAt, durationMin: 15, reason: null })
  const [first, second] = [await book('2026-11-18T14:00:00.000Z'), await book('2026-11-19T14:00:00.000Z')]
  const { id: entryId } = await desk.scheduling.addToWaitList({ id: newId(), patientId, typeId: null, durationMin: 15, providerId: null })
  const die = (id = newId(), deceasedOn = '2026-11-16') => withSecondPerson(world, desk, 'scheduling.recordDeath', { id, patientId, deceasedOn }, 'doctor')
  const reverse = () => withSecondPerson(world, desk, 'scheduling.reverseDeath', { patientId, reason: 'Another Maria Lopez' }, 'doctor')
  const statuses = async () => (await desk.scheduling.listForPatient({ patientId })).map((one) => one.status).toSorted()
  return { world, desk, newId, patientId, book, first, second, entryId, die, reverse, statuses }
}

describe('a death', () => {
  it('calls off what stands ahead in the same act, ends every list, and leaves the record', async () => {
    const { world, desk, newId, patientId, book, die, statuses } = await booked()
    await desk.calls.addRecall({ id: newId(), patientId, typeId: null, reason: null, providerId: null, dueOn: '2026-11-20' })
    expect(await desk.scheduling.deathOutlook({ patientId })).toMatchObject({ appointments: [{ startsAt: '2026-11-18T14:00:00.000Z' }, { startsAt: '2026-11-19T14:00:00.000Z' }], waitListEntries: 1, death: null })
    expect(await refusalOf(desk.scheduling.recordDeath({ id: newId(), patientId, deceasedOn: '2026-11-16' }))).toMatchObject({ code: 'NEEDS_SECOND_PERSON' })
    expect(await die()).toMatchObject({ appointments: [], waitListEntries: 0, death: { deceasedOn: '2026-11-16', calledOff: 2 } })
    expect(await statuses()).toEqual(['cancelled', 'cancelled'])
    expect(await desk.scheduling.listWaitList({})).toEqual([])
    expect((await desk.calls.listRecalls({})).recalls).toEqual([])
    expect((await desk.calls.listConfirmations({ date: '2026-11-18' })).appointments).toEqual([])
    expect((await desk.patients.get({ id: patientId })).patient.deceasedOn).toBe('2026-11-16')
    expect((await refusalOf(book('2026-11-20T14:00:00.000Z'))).code).toBe('PATIENT_DECEASED')
    expect((await refusalOf(desk.scheduling.addToWaitList({ id: newId(), patientId, typeId: null, durationMin: 15, providerId: null }))).code).toBe('PATIENT_DECEASED')
    expect((await refusalOf(die())).code).toBe('ALREADY_DECEASED')
    expect(world.core.vault.reader.$client.prepare(`select count(*) from audit_events where action = 'patient.death-recorded' and outcome = 'done' and patient_id = ?`).pluck().get(patientId)).toBe(1)
  })

  it('is refused for a day that cannot be, and then nothing is called off', async () => {
    const { die, newId, statuses } = await booked()
    expect((await refusalOf(die(newId(), '2027-01-01'))).code).toBe('DECEASED_DATE_NOT_POSSIBLE')
    expect(await statuses()).toEqual(['booked', 'booked'])
  })

  it('is taken back with a reason: what it called off stands again where the time is free', async () => {
    const { world, desk, book, first, die, reverse, patientId, statuses, entryId } = await booked()
    expect((await refusalOf(reverse())).code).toBe('NOT_DECEASED')
    await die()
    const other = world.clinic.addPatient(world.core, { familyName: 'Doe' })
    await book('2026-11-18T14:00:00.000Z', other)
    expect(await reverse()).toEqual({ restored: 1, lostIds: [first.id] })
    expect(await statuses()).toEqual(['booked', 'cancelled'])
    expect((await desk.scheduling.listWaitList({})).map((one) => one.id)).toEqual([entryId])
    expect((await desk.patients.get({ id: patientId })).patient.deceasedOn).toBeNull()
    expect(world.core.vault.reader.$client.prepare('select reversal_reason from patient_deaths').pluck().all()).toEqual(['Another Maria Lopez'])
    expect((await desk.scheduling.deathOutlook({ patientId })).death).toBeNull()
  })

  it('leaves alone what somebody has called off before', async () => {
    const { desk, second, die, reverse, statuses } = await booked()
    await desk.scheduling.cancel({ id: second.id, version: second.version, reason: 'patient-asked' })
    await die()
    expect(await reverse()).toEqual({ restored: 1, lostIds: [] })
    expect(await statuses()).toEqual(['booked', 'cancelled'])
  })

  it('is read by index', async () => {
    const { core: { vault: { reader: db } } } = await makeWorld()
    const { ahead, waiting, standing } = deathReads(db)
    expect(planOf(db, ahead)).toContain('appointments_by_patient')
    expect(planOf(db, waiting)).toContain('wait_list_entries_by_patient')
    expect(planOf(db, standing)).toContain('patient_deaths_by_patient')
  })
})

describe('an inactive patient', () => {
  it('is found last, is not called about coming again, and is booked only once active again', async () => {
    const { world, desk, newId, patientId, book } = await booked()
    const other = world.clinic.addPatient(world.core, { givenName: 'Zoe' })
    await desk.calls.addRecall({ id: newId(), patientId, typeId: null, reason: null, providerId: null, dueOn: '2026-11-20' }).catch(() => undefined)
    await desk.patients.update({ id: patientId, was: { inactiveReason: null }, changes: { inactiveReason: 'moved' } })
    expect((await desk.patients.search({ text: 'lopez' })).map((one) => [one.id, one.inactiveReason])).toEqual([[other, null], [patientId, 'moved']])
    expect((await desk.calls.listRecalls({})).recalls.map((one) => one.patientId)).not.toContain(patientId)
    expect((await refusalOf(book('2026-11-20T15:00:00.000Z'))).code).toBe('PATIENT_INACTIVE')
    await desk.patients.update({ id: patientId, was: { inactiveReason: 'moved' }, changes: { inactiveReason: null } })
    expect((await book('2026-11-20T15:00:00.000Z')).status).toBe('booked')
    expect((await desk.patients.history({ id: patientId })).filter((one) => one.field === 'inactiveReason').map((one) => one.toValue).toSorted()).toEqual(['moved', null])
  })
})

describe('how somebody may be reached', () => {
  it('is said field by field, kept in the history, and shown where people are called', async () => {
    const { desk, patientId } = await booked()
    await desk.patients.update({ id: patientId, was: { language: null, interpreter: null, messages: null }, changes: { language: 'es', interpreter: 'needed', messages: 'never', confidentialAddress: 'Box 7' } })
    expect(await desk.patients.contactFacts({ ids: [patientId] })).toEqual([{
      id: patientId, language: 'es', interpreter: 'needed', preferredChannel: null, bestTimes: null, messages: 'never', workCalls: null, contactBan: null, isConfidential: true, deceasedOn: null, inactiveReason: null,
    }])
    expect((await desk.patients.history({ id: patientId })).map((one) => one.field)).toEqual(expect.arrayContaining(['language', 'interpreter', 'messages', 'confidentialAddress']))
  })
})
