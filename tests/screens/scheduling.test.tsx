import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '#shared/access/roles.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import { setClock } from '#renderer/app/clock.ts'
import { currentToasts, dismissToast } from '#renderer/ui/toast-store.ts'
import { schedulingContribution } from '#renderer/domains/scheduling/contribution.tsx'
import { queryClient, setTransport } from '#renderer/rpc/api.ts'
import { followChanges } from '#renderer/rpc/live.ts'
import { expectAccessible, renderShell, testActor } from '#tests/support/screen.tsx'
import { makeWorld, type World } from '#tests/support/world.ts'

const NOW = '2026-11-17T15:12:00.000Z' // 10:12 in New York, a Tuesday.
const at = (hour: number, minute = 0): string => new Date(Date.parse('2026-11-17T05:00:00.000Z') + (hour * 60 + minute) * 60_000).toISOString()

let world: World
let stop: () => void
beforeEach(async () => {
  world = await makeWorld({ start: NOW })
  setClock(() => Date.parse(NOW))
})
afterEach(() => {
  stop()
  queryClient.clear()
  for (const toast of currentToasts()) dismissToast(toast.id)
})

/** The whole window of somebody of that role, on a real core in this process. */
function openDay(role: Role = 'receptionist', path = '/day') {
  const client = world.as(role)
  setTransport((path, input, options) => callBy(client, path, input, options))
  stop = followChanges(() => undefined)
  const { userId, staffId } = world.clinic.people[role]
  const actor = { ...testActor, userId, staffId, roles: [role], clinic: { ...testActor.clinic, timeZone: world.clinic.zone } }
  return { ...renderShell([schedulingContribution], { path, actor }), keys: userEvent.setup(), client }
}

function callBy(client: CairnClient, path: readonly string[], input: unknown, options: unknown): Promise<unknown> {
  const target = path.reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], client) // The client answers to the contract's paths.
  return (target as (input: unknown, options: unknown) => Promise<unknown>)(input, options)
}

const patient = (familyName: string, givenName: string, birthDate = '1968-06-02') =>
  world.clinic.addPatient(world.core, { familyName, givenName, birthDate })

const visit = async (patientId: string, startsAt: string, more: { providerId?: string; hasArrived?: boolean } = {}) =>
  world.as('receptionist').scheduling.book({
    id: world.core.platform.newId(), patientId, providerId: world.clinic.providers[0], roomId: null, typeId: world.clinic.types.short, startsAt, durationMin: 30, reason: 'Cough', ...more,
  })

const row = (name: RegExp) => screen.findByRole('row', { name })

describe('the day', () => {
  it('names each visit in full, counts the flow and tells the longest wait', async () => {
    world.clock.set('2026-11-17T14:54:00.000Z')
    await visit(patient('Ito', 'Kenji'), at(10, 30), { hasArrived: true })
    world.clock.set(NOW)
    await visit(patient('Chen', 'Wei'), at(11))
    const { container } = openDay()
    expect(await row(/^10:30, Ito, Kenji, 58 F, arrived 18 minutes$/)).toBeTruthy()
    expect(within(screen.getByRole('grid', { name: /^Dr\. Haddad/ })).getAllByRole('row')).toHaveLength(2)
    const counts = screen.getByRole('list', { name: 'The day in numbers' })
    expect(counts.textContent).toBe('Booked 1Waiting 1longest wait 18 minRoomed 0With doctor 0Checkout 0Done 0')
    await expectAccessible(container)
  })

  it('shows what another window books, without being asked again', async () => {
    const { findByRole } = openDay()
    await findByRole('grid', { name: /^Dr\. Haddad/ })
    await visit(patient('Reed', 'Colin'), at(11))
    expect(await row(/^11:00, Reed, Colin/)).toBeTruthy()
  })

  it('shows those who may only look no act', async () => {
    await visit(patient('Chen', 'Wei'), at(11))
    const { keys } = openDay('billing')
    await row(/Chen/)
    expect(screen.queryByRole('button', { name: /Book/ })).toBeNull()
    await keys.keyboard('{ArrowDown}b')
    expect(screen.queryByRole('heading', { name: 'Book appointment' })).toBeNull()
  })
})

describe('booking by keys', () => {
  it('B, the name, Enter, 1 takes the next fitting slot, and Ctrl Z gives it back', async () => {
    patient('Marsh', 'Desmond')
    await visit(patient('Dunn', 'Rebecca'), at(10, 15))
    const { keys, client } = openDay()
    await row(/Dunn/)
    await keys.keyboard('b')
    await keys.type(await screen.findByRole('combobox', { name: 'Patient' }), 'marsh des{Enter}')
    await screen.findByRole('group', { name: 'For Marsh, Desmond' })
    await keys.keyboard('1')
    expect(await row(/^10:15, Marsh, Desmond/)).toBeTruthy()
    await keys.keyboard('{Control>}z{/Control}')
    await waitFor(() => expect(screen.queryByRole('row', { name: /Marsh/ })).toBeNull())
    const { appointments } = await client.scheduling.listDay({ date: '2026-11-17' })
    expect(appointments.map((one) => [one.patient.familyName, one.status, one.cancelReason])).toContainEqual(['Marsh', 'cancelled', 'booked-in-error'])
  })

  it('says what a typed time runs into, keeps Book off with the reason, and leaves the slots', async () => {
    await visit(patient('Chen', 'Wei'), at(11))
    patient('Marsh', 'Desmond')
    const { keys, container } = openDay()
    await row(/Chen/)
    await keys.keyboard('b')
    await keys.type(await screen.findByRole('combobox', { name: 'Patient' }), 'marsh')
    await screen.findByRole('option', { name: /Marsh/ })
    await keys.keyboard('{Enter}')
    await keys.click(screen.getByRole('button', { name: 'Haddad' }))
    await keys.type(screen.getByRole('textbox', { name: /^Time/ }), '11:15')
    expect(await screen.findByText(/Dr\. Haddad has Chen, Wei 11:00 to 11:30\./)).toBeTruthy()
    const book = screen.getAllByRole('button', { name: /^Book/ }).at(-1)
    expect(book?.getAttribute('aria-disabled')).toBe('true')
    expect(screen.getByText('That time is taken. Pick a slot to book.')).toBeTruthy()
    expect(container.querySelector('[data-look="conflict"]')?.getAttribute('aria-label')).toMatch(/Chen/)
    await expectAccessible(container)
  })

  it('offers the alternatives of the core when somebody else was faster', async () => {
    patient('Marsh', 'Desmond')
    const { keys, client } = openDay()
    await screen.findByRole('grid', { name: /^Dr\. Haddad/ })
    await keys.keyboard('b')
    await keys.type(await screen.findByRole('combobox', { name: 'Patient' }), 'marsh')
    await screen.findByRole('option', { name: /Marsh/ })
    await keys.keyboard('{Enter}')
    await keys.click(screen.getByRole('button', { name: 'Haddad' }))
    await screen.findAllByText('Dr. Haddad')
    stop() // This window has not heard of it yet.
    await visit(patient('Reed', 'Colin'), at(10, 15))
    await keys.click(screen.getByRole('group', { name: 'For Marsh, Desmond' }))
    await keys.keyboard('1')
    expect(await screen.findByText('Free instead')).toBeTruthy()
    await keys.keyboard('1')
    const marshAt = async () => (await client.scheduling.listDay({ date: '2026-11-17' })).appointments.find((one) => one.patient.familyName === 'Marsh')?.startsAt
    await waitFor(async () => expect(await marshAt()).toBe(at(10, 45)))
  })
})

describe('the chosen visit', () => {
  it('arrives with A and Ctrl Enter, goes to the free room with R, is with the doctor with S', async () => {
    await visit(patient('Price', 'Helen'), at(10, 15))
    const { keys, container } = openDay()
    await row(/Price/)
    await keys.keyboard('{ArrowDown}a')
    expect(await screen.findByRole('heading', { name: 'Check in' })).toBeTruthy()
    expect(await screen.findByText('None on file: the patient pays')).toBeTruthy()
    await expectAccessible(container)
    await keys.keyboard('{Control>}{Enter}{/Control}')
    await row(/^10:15, Price, Helen, 58 F, arrived 0 minutes$/)
    await keys.keyboard('r')
    await row(/roomed/)
    await keys.keyboard('s')
    await row(/with doctor/)
  })

  it('moves with M, arrows and Enter, past what is taken', async () => {
    await visit(patient('Price', 'Helen'), at(10, 30))
    await visit(patient('Bell', 'Simon'), at(11))
    const { keys } = openDay()
    ;(await row(/Price/)).focus()
    await keys.keyboard('m{ArrowDown}')
    expect(await screen.findByText(/10:45 is taken: Bell, Simon\./)).toBeTruthy()
    await keys.keyboard('{Enter}')
    expect(screen.getByText(/10:45 is taken: Bell, Simon\./)).toBeTruthy()
    await keys.keyboard('{ArrowDown>3/}{Enter}')
    await row(/^11:30, Price, Helen/)
  })

  it('asks why with Del and takes a number for an answer, and so does Shift N, a no-show', async () => {
    await visit(patient('Price', 'Helen'), at(10, 30))
    await visit(patient('Bell', 'Simon'), at(11))
    const { keys } = openDay()
    ;(await row(/Price/)).focus()
    await keys.keyboard('{Delete}')
    await screen.findByRole('heading', { name: 'Cancel visit' })
    await keys.keyboard('1')
    await waitFor(() => expect(screen.queryByRole('row', { name: /Price/ })).toBeNull())
    ;(await row(/Bell/)).focus()
    await keys.keyboard('{Shift>}N{/Shift}')
    await screen.findByRole('heading', { name: 'No-show' })
    await keys.keyboard('2')
    await screen.findByText(/did not come: was ill/)
    await screen.findByRole('button', { name: 'Book again' })
    await row(/Bell, Simon, 58 F, did not come/)
  })

  it('opens with Enter: details, acts and the history of who did what', async () => {
    await visit(patient('Price', 'Helen'), at(10, 30))
    const { keys, container } = openDay()
    ;(await row(/Price/)).focus()
    await keys.keyboard('{Enter}')
    const panel = (await screen.findByRole('heading', { name: 'Appointment' })).closest('section')
    expect(await within(panel as HTMLElement).findByText(/Rosa Delgado/)).toBeTruthy()
    await expectAccessible(container)
  })
})

describe('hours', () => {
  it('are written as people write them, hold from a day on, and say what cannot be read', async () => {
    const { keys, client, container } = openDay('receptionist', '/hours')
    const monday = await screen.findByRole('textbox', { name: 'Monday' })
    expect((monday as HTMLInputElement).value).toBe('8:00 am to 12:00 pm, 1:00 pm to 5:00 pm')
    await keys.clear(monday)
    await keys.type(monday, '9-11 or so')
    expect(await screen.findByText('Write it like 8-12, 1-5.')).toBeTruthy()
    await keys.clear(monday)
    await keys.type(monday, '9-11')
    await expectAccessible(container)
    await keys.keyboard('{Control>}{Enter}{/Control}')
    const held = async () => (await client.scheduling.listHours({})).filter((rule) => rule.weekday === 1 && rule.validTo === null && rule.providerId === world.clinic.providers[0])
    await waitFor(async () => expect(await held()).toMatchObject([{ startMin: 540, endMin: 660, validFrom: '2026-11-17' }]))
  })

  it('take time off and give it back', async () => {
    const { keys, client } = openDay('administrator', '/hours')
    await keys.type(await screen.findByRole('textbox', { name: 'What for' }), 'Hospital round{Enter}')
    await keys.click(await screen.findByRole('button', { name: 'Remove Hospital round' }))
    await waitFor(async () => expect((await client.scheduling.listDay({ date: '2026-11-17' })).blocks).toEqual([]))
  })

  it('hold the visit types (scheduling.listAllTypes): a new one is on offer at once, and one that was taken off comes back', async () => {
    const { keys, client } = openDay('administrator', '/hours')
    await screen.findByRole('button', { name: 'Change Follow-up' })
    await keys.click(screen.getByRole('button', { name: 'Add a type' }))
    const form = within(await screen.findByRole('region', { name: 'New visit type' }))
    await keys.type(form.getByRole('textbox', { name: 'Name' }), 'Wound dressing')
    await keys.clear(form.getByRole('textbox', { name: 'Minutes' }))
    await keys.type(form.getByRole('textbox', { name: 'Minutes' }), '20{Enter}')
    await screen.findByRole('button', { name: 'Change Wound dressing' })
    expect((await client.scheduling.listTypes({})).at(-1)).toMatchObject({ name: 'Wound dressing', durationMin: 20 })
    await keys.click(screen.getByRole('button', { name: 'Take Wound dressing off the list' }))
    await keys.click(await screen.findByRole('button', { name: 'Put Wound dressing back on the list' }))
    await screen.findByRole('button', { name: 'Change Wound dressing' })
    expect((await client.scheduling.listAllTypes({})).filter((type) => !type.isActive)).toEqual([])
  })
})

describe('the wait list', () => {
  const wish = (patientId: string, more: object = {}) => world.as('receptionist').scheduling.addToWaitList({ id: world.core.platform.newId(), patientId, typeId: world.clinic.types.short, durationMin: 15, providerId: null, ...more })

  it('shows who fits a free time and gives it with F and a number, with undo', async () => {
    await visit(patient('Chen', 'Wei'), at(11))
    await wish(patient('Baker', 'Noah'), { providerId: world.clinic.providers[1], weekdays: 0b10_0000 })
    await wish(patient('Owens', 'Darnell'), { isUrgent: true, note: 'Foot' })
    const { keys, client } = openDay()
    const freed = await visit(patient('Kowalski', 'Adam'), at(14))
    await client.scheduling.cancel({ id: freed.id, version: freed.version, reason: 'patient-asked' })
    // Only what became free is drawn by itself.
    await screen.findByText('Free 1:00 to 5:00')
    expect(screen.queryByText('Free 10:15 to 11:00')).toBeNull()
    await keys.keyboard('l')
    await screen.findByText('Free 10:15 to 11:00')
    await keys.keyboard('{Escape}')
    await keys.keyboard('f')
    const list = await screen.findByRole('list', { name: 'Waiting' })
    expect(within(list).getAllByRole('listitem').map((one) => one.querySelector('strong')?.textContent)).toEqual(['Owens, Darnell'])
    await expectAccessible(document.body)
    await keys.keyboard('v')
    await within(list).findByText('Dr. Lindqvist only · any Friday')
    await keys.keyboard('1')
    await row(/^1:00, Owens, Darnell/)
    expect((await client.scheduling.listWaitList({})).map((one) => one.patient.familyName)).toEqual(['Baker'])
    await waitFor(() => expect(currentToasts().at(-1)?.undo).toBeDefined())
    void currentToasts().at(-1)?.undo?.()
    await waitFor(async () => expect(await client.scheduling.listWaitList({})).toHaveLength(2))
  })

  it('puts somebody who has an appointment on it, and does not offer them a later time', async () => {
    await visit(patient('Lee', 'Ann'), at(10, 30))
    await visit(patient('Ferrara', 'Gino'), at(15))
    const { keys, client } = openDay()
    const appointment = await row(/^3:00, Ferrara, Gino/)
    await keys.click(appointment)
    await keys.keyboard('{Shift>}l{/Shift}')
    await screen.findByRole('group', { name: 'For Ferrara, Gino' })
    await keys.type(screen.getByLabelText(/^Not before/), '13:00')
    for (let press = 0; press < 2; press += 1) fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Enter', code: 'Enter', ctrlKey: true })
    const list = await screen.findByRole('list', { name: 'Waiting' })
    await waitFor(async () => expect(await client.scheduling.listWaitList({})).toHaveLength(1))
    expect(await within(list).findByText(/^Has 3:00 pm today$/)).toBeTruthy()
    expect(within(list).getByText('Fits 1:00 pm Dr. Haddad')).toBeTruthy()
    await keys.click(within(list).getByRole('button', { name: 'Ferrara, Gino said no' }))
    await within(list).findByText('Said no last time')
    await keys.click(within(list).getByRole('button', { name: 'Take Ferrara, Gino off the list' }))
    await waitFor(async () => expect(await client.scheduling.listWaitList({})).toEqual([]))
    await screen.findByText('Nobody is waiting for an earlier time')
  })

  it('says what cannot be, keeps what was typed, and changes nothing', async () => {
    const { keys, client } = openDay()
    await screen.findByRole('grid', { name: /^Dr\. Haddad/ })
    await keys.keyboard('l')
    await keys.keyboard('n')
    await screen.findByRole('heading', { name: 'Put on the wait list' })
    await keys.type(screen.getByLabelText(/^Over by/), 'soon')
    expect(screen.getByText('Choose the patient first.')).toBeTruthy()
    await keys.keyboard('{Control>}{Enter}{/Control}{Escape}')
    await keys.keyboard('n')
    expect((await screen.findByLabelText<HTMLInputElement>(/^Over by/)).value).toBe('soon')
    expect(await client.scheduling.listWaitList({})).toEqual([])
  })
})
