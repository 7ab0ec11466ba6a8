import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AttentionItem } from '#shared/domains/network/model.ts'
import type { SlotTaken } from '#shared/domains/scheduling/contract.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { setClock } from '#renderer/app/clock.ts'
import { openInNetwork } from '#tests/support/network-window.tsx'
import { expectAccessible } from '#tests/support/screen.tsx'
import { makeWorld, refusalOf, type World } from '#tests/support/world.ts'

const NOW = '2026-11-17T15:05:00.000Z' // 10:05 am in New York, a Tuesday.
const DAY = '2026-11-17'
const AT_1130 = '2026-11-17T16:30:00.000Z'
const SLOW = { timeout: 10_000 }

let world: World
beforeEach(async () => {
  world = await makeWorld({ start: NOW })
  setClock(() => Date.parse(NOW))
})

const newId = () => world.core.platform.newId()
const patientNamed = (familyName: string, givenName: string) => ({ id: world.clinic.addPatient(world.core, { familyName, givenName }), name: `${familyName}, ${givenName}`, mrn: '104218' })
const bookInput = (patientId: string) => ({ id: newId(), patientId, providerId: world.clinic.providers[0], roomId: null, typeId: world.clinic.types.short, startsAt: AT_1130, durationMin: 15, reason: null })
const item = (more: Partial<AttentionItem>): AttentionItem => ({
  id: newId(), kind: 'refused', procedure: 'scheduling.arrive', code: 'STALE', data: null, input: {}, patient: null, byName: 'Rosa Delgado',
  doneAt: '2026-11-17T14:52:00.000Z', refusedAt: NOW, deviceName: null, ...more,
})

/** Reed has 11:30; Grant was booked into it off line, and the host said no with what is free. */
async function slotTaken(): Promise<AttentionItem> {
  const desk = world.as('receptionist')
  await desk.scheduling.book(bookInput(patientNamed('Reed', 'Colin').id))
  const grant = patientNamed('Grant', 'Olivia')
  const input = bookInput(grant.id)
  const { code, data } = await refusalOf(desk.scheduling.book(input))
  return item({ procedure: 'scheduling.book', code, data, input, patient: grant })
}
const bookedOf = async (patientId: string | undefined) => (await world.as('receptionist').scheduling.listDay({ date: DAY })).appointments.filter((one) => one.patientId === patientId)

describe('what the clinic did not accept', () => {
  it('shows both sides and the rule, and J, 1 books the first alternative by the real command and settles', async () => {
    const taken = await slotTaken()
    const { keys, net, container } = openInNetwork(world, '/attention', 'receptionist', (script) => script.attention([taken]))
    expect(await screen.findByRole('heading', { name: 'Appointment not booked' }, SLOW)).toBeTruthy()
    expect(await screen.findByRole('button', { name: /Appointment not booked.*Refused.*Grant, Olivia · 11:30 am today, Dr\. Haddad/ })).toBeTruthy()
    expect(screen.getAllByText(/that booking stands/).length).toBeGreaterThan(0)
    expect(await screen.findByText('Reed, Colin')).toBeTruthy()
    const [first] = (taken.data as SlotTaken).alternatives
    expect((await screen.findAllByRole('button', { name: /Book Grant for .* today/ })).length).toBeGreaterThan(0)
    await expectAccessible(container)
    await keys.keyboard('j1')
    await waitFor(() => expect(net.asked).toEqual([{ name: 'settle', input: { id: taken.id, how: 'done-again' } }]))
    expect(await bookedOf(taken.patient?.id)).toMatchObject([{ startsAt: first?.startsAt, providerId: first?.providerId, status: 'booked' }])
    expect(await screen.findByText('Nothing needs you')).toBeTruthy()
    await expectAccessible(container)
  })

  it('an alternative that is gone meanwhile settles nothing, and the ones that are free now take its place', async () => {
    const taken = await slotTaken()
    const { keys, net } = openInNetwork(world, '/attention', 'receptionist', (script) => script.attention([taken]))
    const choices = (taken.data as SlotTaken).alternatives
    await screen.findAllByRole('button', { name: /Book Grant for/ }, SLOW)
    const [first] = choices
    await world.as('receptionist').scheduling.book({ ...bookInput(patientNamed('Moreau', 'Claire').id), startsAt: first?.startsAt ?? '', providerId: first?.providerId ?? '' })
    await keys.keyboard('1')
    expect((await screen.findByRole('alert')).textContent).toMatch(/that time has just been given to somebody else/)
    expect(net.asked).toEqual([])
    expect(await bookedOf(taken.patient?.id)).toEqual([])
    await keys.keyboard('1')
    await waitFor(async () => expect(await bookedOf(taken.patient?.id)).toHaveLength(1))
    expect((await bookedOf(taken.patient?.id))[0]?.startsAt).not.toBe(first?.startsAt)
  })

  it('two presses of the same key are one booking', async () => {
    const taken = await slotTaken()
    const { keys, net } = openInNetwork(world, '/attention', 'receptionist', (script) => script.attention([taken, item({})]))
    await screen.findAllByRole('button', { name: /Book Grant for/ }, SLOW)
    await keys.setup({ delay: null }).keyboard('11')
    await waitFor(() => expect(net.asked).toHaveLength(1))
    expect(await screen.findByText('1 of 1')).toBeTruthy()
    expect(await bookedOf(taken.patient?.id)).toHaveLength(1)
    expect(net.asked).toHaveLength(1)
  })

  it('moves an appointment to an alternative as it stands now', async () => {
    const desk = world.as('receptionist')
    await desk.scheduling.book(bookInput(patientNamed('Reed', 'Colin').id))
    const grant = patientNamed('Grant', 'Olivia')
    const { id, version } = await desk.scheduling.book({ ...bookInput(grant.id), startsAt: '2026-11-17T19:00:00.000Z' })
    const input = { id, version, providerId: world.clinic.providers[0], startsAt: AT_1130 }
    const { code, data } = await refusalOf(desk.scheduling.move(input))
    await desk.scheduling.move({ ...input, startsAt: '2026-11-17T20:00:00.000Z' })
    const { keys } = openInNetwork(world, '/attention', 'receptionist', (script) => script.attention([item({ procedure: 'scheduling.move', code, data, input, patient: grant })]))
    await screen.findAllByRole('button', { name: /Move Grant to/ }, SLOW)
    await keys.keyboard('1')
    expect(await screen.findByText('Nothing needs you', {}, SLOW)).toBeTruthy()
    expect(await bookedOf(grant.id)).toMatchObject([{ startsAt: (data as SlotTaken).alternatives[0]?.startsAt, version: version + 2 }])
  })

  it('moves with J and K, passes over nothing, and only what a person settles leaves', async () => {
    const items = [item({ code: 'STALE', patient: patientNamed('Feld', 'Aaron') }), item({ procedure: 'billing.takePayment', code: 'NOT_FOUND', input: { amountCents: 2_000 } }), item({ kind: 'quarantined', procedure: 'encounters.sign', code: 'FORBIDDEN', deviceName: 'Room 2' })]
    const { keys, net } = openInNetwork(world, '/attention', 'receptionist', (script) => script.attention(items))
    expect(await screen.findByText('1 of 3', {}, SLOW)).toBeTruthy()
    const list = screen.getByRole('list', { name: 'Needs you' })
    const rows = () => within(list).getAllByRole('button')
    expect(rows().map((row) => row.querySelector('strong')?.textContent)).toEqual(['Arrival not recorded', 'Payment not posted', 'Note not signed at the clinic'])
    await keys.keyboard('j')
    expect(rows()[0]).toBe(document.activeElement)
    await keys.keyboard('j')
    expect(await screen.findByText('2 of 3')).toBeTruthy()
    expect(rows()[1]?.textContent).toMatch(/\$20\.00/)
    await keys.keyboard('j')
    expect(screen.getAllByText(/an administrator decides what becomes of it/).length).toBeGreaterThan(0)
    expect(rows()[2]?.textContent).toMatch(/Room 2/)
    await keys.keyboard('k')
    await keys.click(screen.getByRole('button', { name: /Not needed any more/ }))
    await waitFor(() => expect(rows()).toHaveLength(2))
    expect(net.asked).toEqual([{ name: 'settle', input: { id: items[1]?.id, how: 'not-needed' } }])
    expect(await screen.findByText('2 of 2')).toBeTruthy()
  })

  it('says which fields were saved and which were changed meanwhile, and mine can be kept', async () => {
    const feld = patientNamed('Feld', 'Aaron')
    const desk = world.as('receptionist')
    const { patient } = await desk.patients.get({ id: feld.id })
    await desk.patients.update({ id: feld.id, was: { phone: patient.phone }, changes: { phone: '4135550199' } })
    const input = { id: feld.id, was: { phone: patient.phone, email: patient.email, city: patient.city }, changes: { phone: '4135550188', email: 'a@example.org', city: 'Salem' } }
    const merged = item({ kind: 'merged', procedure: 'patients.update', code: 'MERGED', input, patient: feld, data: { saved: ['email', 'city'], changed: [{ field: 'phone', mine: '4135550188', theirs: '+14135550199' }] } })
    const { keys, net, container } = openInNetwork(world, '/attention', 'receptionist', (script) => script.attention([merged]))
    expect((await screen.findAllByText('2 fields saved; phone changed meanwhile.', {}, SLOW)).length).toBeGreaterThan(0)
    expect(screen.getByRole('table', { name: 'Fields that two people changed' }).textContent).toMatch(/Phone\(413\) 555-0188\(413\) 555-0199/)
    await expectAccessible(container)
    await keys.keyboard('2')
    await waitFor(() => expect(net.asked).toEqual([{ name: 'settle', input: { id: merged.id, how: 'done-again' } }]))
    expect((await desk.patients.get({ id: feld.id })).patient).toMatchObject({ phone: '+14135550188', email: null })
  })

  it('a refusal of settling itself is said in place', async () => {
    const { keys } = openInNetwork(world, '/attention', 'receptionist', (script) => {
      script.attention([item({})])
      script.answer('settle', () => {
        throw refuse('SETTLED_ALREADY')
      })
    })
    await keys.click(await screen.findByRole('button', { name: /Not needed any more/ }, SLOW))
    expect((await screen.findByRole('alert')).textContent).toBe('Somebody has settled this already.')
  })
})

describe('after coming back', () => {
  it('says how many went through', async () => {
    const { net, container } = openInNetwork(world, '/attention', 'receptionist', (script) => script.state({ link: 'offline', offlineSince: '2026-11-17T14:41:00.000Z', unsent: 12 }))
    expect(await screen.findByText('Nothing needs you', {}, SLOW)).toBeTruthy()
    net.attention([item({}), item({ procedure: 'billing.takePayment' }), item({ code: 'NOT_FOUND' }), item({ code: 'FORBIDDEN' })])
    net.state({ link: 'connected', offlineSince: null, unsent: 0 })
    expect(await screen.findByText('8 of 12 changes went through. 4 need you.')).toBeTruthy()
    expect(screen.getByText('Back with the host since 10:05 am.')).toBeTruthy()
    expect(screen.getByText('from 24 min without the host, 9:41 am to 10:05 am')).toBeTruthy()
    await expectAccessible(container)
  })
})

describe('when the list cannot be read', () => {
  it('says so and tries again', async () => {
    const { keys, net } = openInNetwork(world, '/attention', 'receptionist', (script) => script.answer('attention', () => {
      throw refuse('INTERNAL')
    }))
    expect(await screen.findByText('What needs you could not be opened.', {}, SLOW)).toBeTruthy()
    expect(screen.queryByText('Nothing needs you')).toBeNull()
    net.answer('attention', () => [])
    await keys.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('Nothing needs you')).toBeTruthy()
  })
})
