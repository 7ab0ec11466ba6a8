import { cleanup, configure, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { plainType } from '#shared/domains/scheduling/model.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import { setClock } from '#renderer/app/clock.ts'
import { setBookingDraft } from '#renderer/domains/scheduling/booking-draft.ts'
import { schedulingContribution } from '#renderer/domains/scheduling/contribution.tsx'
import { currentToasts, dismissToast } from '#renderer/ui/toast-store.ts'
import { queryClient, setTransport } from '#renderer/rpc/api.ts'
import { followChanges } from '#renderer/rpc/live.ts'
import { testBridge } from '#tests/support/bridge.ts'
import { expectAccessible, renderShell, testActor } from '#tests/support/screen.tsx'
import { makeWorld, type World } from '#tests/support/world.ts'

const NOW = '2026-11-17T12:12:00.000Z' // 7:12 in New York, a Tuesday.
// A whole window on a real core, on a machine that may be busy.
configure({ asyncUtilTimeout: 8_000 })
let world: World
let stop: () => void
beforeEach(async () => {
  world = await makeWorld({ start: NOW })
  setClock(() => Date.parse(NOW))
})
afterEach(() => {
  // First of all: a screen that is still there asks again, and the answer of this clinic would wait for the next one.
  cleanup()
  stop()
  queryClient.clear()
  setBookingDraft(world.clinic.people.receptionist.userId, undefined)
  for (const toast of currentToasts()) dismissToast(toast.id)
  delete window.cairn
})

function openPage(path = '/day') {
  const client = world.as('receptionist')
  setTransport((path, input, options) => callBy(client, path, input, options))
  stop = followChanges(() => undefined)
  const { userId, staffId } = world.clinic.people.receptionist
  const actor = { ...testActor, userId, staffId, roles: ['receptionist' as const], clinic: { ...testActor.clinic, timeZone: world.clinic.zone } }
  return { ...renderShell([schedulingContribution], { path, actor }), keys: userEvent.setup(), client }
}

function callBy(client: CairnClient, path: readonly string[], input: unknown, options: unknown): Promise<unknown> {
  const target = path.reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], client) // The client answers to the contract's paths.
  return (target as (input: unknown, options: unknown) => Promise<unknown>)(input, options)
}

const patient = (familyName: string, givenName: string, more: object = {}) => world.clinic.addPatient(world.core, { familyName, givenName, birthDate: '1968-06-02', ...more })
const visit = (patientId: string, startsAt: string, more: object = {}) => world.as('receptionist').scheduling.book({
  id: world.core.platform.newId(), patientId, providerId: world.clinic.providers[0], roomId: null, typeId: world.clinic.types.short, startsAt, durationMin: 15, reason: null, ...more,
})
const all = () => world.core.vault.reader.$client.prepare('select starts_at as at, status, series_place as place from appointments order by starts_at, id').all() as { at: string; status: string; place: number | null }[]

async function choosePatient(keys: ReturnType<typeof userEvent.setup>, name: string): Promise<void> {
  await screen.findByRole('grid', { name: /^Dr\. Haddad/ })
  await keys.keyboard('b')
  await keys.type(await screen.findByRole('combobox', { name: 'Patient' }), name)
  await screen.findByRole('option', { name: new RegExp(name) })
  await keys.keyboard('{Enter}')
  await screen.findByRole('group', { name: new RegExp(`^For ${name}`) })
}

describe('a series', () => {
  it('is looked at date by date, settled by keys, booked in one act and taken back with one', { timeout: 60_000 }, async () => {
    patient('Chen', 'Wei')
    const other = await visit(patient('Bell', 'Simon'), '2026-11-24T13:00:00.000Z')
    const { keys, container } = openPage()
    await choosePatient(keys, 'Chen')
    await keys.keyboard('r')
    const many = await screen.findByLabelText('Visits')
    await keys.clear(many)
    await keys.type(many, '3')
    expect(await screen.findByText(/Every week on Tuesday, 3 times/)).toBeTruthy()
    await within(screen.getByRole('region', { name: 'Next fitting slots' })).findAllByText(/8:00/)
    await keys.keyboard('{Control>}{Enter}{/Control}')
    const dates = await screen.findByRole('list', { name: 'Dates of the series' })
    expect(await within(dates).findByText(/Bell, Simon at 8:00/)).toBeTruthy()
    await expectAccessible(container)
    expect(screen.getByText('One date needs a decision.')).toBeTruthy()
    expect(all()).toHaveLength(1)
    await keys.keyboard('t')
    expect(await within(dates).findByText(/instead of/)).toBeTruthy()
    await keys.keyboard('{ArrowDown}x')
    await screen.findByRole('button', { name: /Book 2 visits/ })
    await keys.keyboard('x')
    await waitFor(() => expect(screen.getByRole('button', { name: /Book 3 visits/ }).getAttribute('aria-disabled')).toBeNull())
    await keys.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(() => expect(all().filter((one) => one.place !== null).map((one) => one.at)).toEqual(['2026-11-17T13:00:00.000Z', '2026-11-24T13:15:00.000Z', '2026-12-01T13:00:00.000Z']))
    expect(other.status).toBe('booked')
    await keys.keyboard('{Control>}z{/Control}')
    await waitFor(() => expect(all().filter((one) => one.place !== null && one.status === 'cancelled')).toHaveLength(3))
  })

  it('asks at a cancellation whether those that follow go as well, and at a move', { timeout: 60_000 }, async () => {
    const patientId = patient('Chen', 'Wei')
    const starts = ['2026-11-17T15:00:00.000Z', '2026-11-24T15:00:00.000Z', '2026-12-01T15:00:00.000Z']
    await world.as('receptionist').scheduling.bookSeries({
      id: world.core.platform.newId(), patientId, typeId: world.clinic.types.short, durationMin: 15, reason: null, pattern: { unit: 'week', every: 1, weekdays: [], isByWeekday: false, count: 3, until: null },
      visits: starts.map((startsAt) => ({ id: world.core.platform.newId(), providerId: world.clinic.providers[0], startsAt })),
    })
    const { keys } = openPage()
    await keys.click(await screen.findByRole('row', { name: /Chen, Wei/ }))
    await keys.keyboard('m{ArrowDown}{Enter}')
    await screen.findByText(/This and the 2 visits after it, by as much/)
    await keys.keyboard('2')
    await waitFor(() => expect(screen.getByRole('button', { name: /Move 3 visits/ }).getAttribute('aria-disabled')).toBeNull())
    await keys.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(() => expect(all().map((one) => one.at)).toEqual(['2026-11-17T15:15:00.000Z', '2026-11-24T15:15:00.000Z', '2026-12-01T15:15:00.000Z']))
    await keys.click(await screen.findByRole('row', { name: /Chen, Wei/ }))
    await keys.keyboard('{Delete}')
    await screen.findByText('This and the 2 visits after it')
    await keys.keyboard('f1')
    await waitFor(() => expect(all().map((one) => one.status)).toEqual(['cancelled', 'cancelled', 'cancelled']))
    await keys.keyboard('{Control>}z{/Control}')
    await waitFor(() => expect(all().map((one) => one.status)).toEqual(['booked', 'booked', 'booked']))
  })
})

describe('a family', () => {
  it('is found by its phone and booked one after the other with one number', { timeout: 60_000 }, async () => {
    const phone = { phone: '+14135550177', phoneDigits: '4135550177' }
    patient('Chen', 'Wei', phone)
    patient('Chen', 'Ana', phone)
    const { keys, container } = openPage()
    await choosePatient(keys, 'Chen, Wei')
    await keys.keyboard('o')
    await keys.click(await screen.findByRole('button', { name: 'Chen, Ana' }))
    const offers = await screen.findByRole('region', { name: 'Next times for all of them' })
    await waitFor(() => expect(offers.textContent).toContain('8:00 am, 8:15 am'))
    await expectAccessible(container)
    await keys.keyboard('{Control>}1{/Control}')
    await waitFor(() => expect(all().map((one) => one.at)).toEqual(['2026-11-17T13:00:00.000Z', '2026-11-17T13:15:00.000Z']))
    await keys.keyboard('{Control>}z{/Control}')
    await waitFor(() => expect(all().every((one) => one.status === 'cancelled')).toBe(true))
  })
})

describe('a visit by video', () => {
  it('is joined by its appointment, never by an address, and its link is changed in place', { timeout: 60_000 }, async () => {
    const join = vi.fn(async () => 'opened' as const)
    window.cairn = { ...testBridge(), video: { join } }
    const type = { ...plainType, id: world.core.platform.newId(), name: 'Video talk', durationMin: 15, isActive: true, sortOrder: 3, isTelehealth: true, telehealthBase: 'https://meet.example.org/', instructions: 'Be somewhere quiet.' }
    await world.as('receptionist').scheduling.saveType(type)
    const one = await visit(patient('Chen', 'Wei'), '2026-11-17T15:00:00.000Z', { typeId: type.id })
    const { keys, container } = openPage()
    await keys.click(await screen.findByRole('row', { name: /Chen, Wei/ }))
    await keys.keyboard('v')
    await waitFor(() => expect(join).toHaveBeenCalledWith({ appointmentId: one.id, seat: expect.any(String) }))
    await keys.keyboard('{Enter}')
    await screen.findByText('Be somewhere quiet.')
    await keys.click(screen.getByRole('button', { name: 'Change link' }))
    const field = await screen.findByLabelText('Video link')
    await keys.clear(field)
    await keys.type(field, 'meet.example.org/x')
    expect((await screen.findAllByText(/A link begins with https/)).length).toBeGreaterThan(0)
    await keys.clear(field)
    await keys.type(field, 'https://Meet.example.org/x{Enter}')
    await screen.findByText('https://meet.example.org/x')
    await expectAccessible(container)
  })

  it('and everything else a visit type asks for is set in its form', { timeout: 60_000 }, async () => {
    const { keys, client, container } = openPage('/hours')
    await keys.click(await screen.findByRole('button', { name: 'Change Follow-up' }))
    await keys.clear(await screen.findByLabelText('After'))
    await keys.type(screen.getByLabelText('After'), '200')
    expect((await screen.findAllByText('0 to 120 minutes.')).length).toBeGreaterThan(0)
    await keys.clear(screen.getByLabelText('After'))
    await keys.type(screen.getByLabelText('After'), '10')
    await keys.clear(screen.getByLabelText('Patients at once'))
    await keys.type(screen.getByLabelText('Patients at once'), '4')
    await keys.click(screen.getByRole('radio', { name: 'moss' }))
    await keys.type(screen.getByLabelText(/^Instructions for the patient/), 'Wear loose sleeves.')
    await keys.click(screen.getByLabelText('By video'))
    await expectAccessible(container)
    await keys.keyboard('{Control>}{Enter}{/Control}')
    await screen.findByText(/10 min after · by video · group of 4/)
    expect((await client.scheduling.listTypes({})).find((type) => type.name === 'Follow-up')).toMatchObject({ bufferAfterMin: 10, capacity: 4, colour: 'moss', instructions: 'Wear loose sleeves.', isTelehealth: true, telehealthBase: null })
  })
})
