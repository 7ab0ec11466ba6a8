import { act, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '#shared/access/roles.ts'
import { ticketText } from '#shared/domains/flow/rules.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import { allowDisplay } from '#main/core/display.ts'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import { setClock } from '#renderer/app/clock.ts'
import { schedulingContribution } from '#renderer/domains/scheduling/contribution.tsx'
import { DisplayPage } from '#renderer/domains/scheduling/flow/DisplayPage.tsx'
import { searchQueue } from '#renderer/domains/scheduling/flow/palette.ts'
import { queryClient, setTransport } from '#renderer/rpc/api.ts'
import { followChanges } from '#renderer/rpc/live.ts'
import { currentToasts, dismissToast } from '#renderer/ui/toast-store.ts'
import { expectAccessible, renderPart, renderShell, testActor } from '#tests/support/screen.tsx'
import { makeWorld, type World } from '#tests/support/world.ts'

const NOW = '2026-11-17T15:12:00.000Z' // 10:12 in New York, a Tuesday.

let world: World
let stop: (() => void) | undefined
beforeEach(async () => {
  world = await makeWorld({ start: NOW })
  setClock(() => Date.parse(NOW))
})
afterEach(() => {
  stop?.()
  queryClient.clear()
  for (const toast of currentToasts()) dismissToast(toast.id)
})

function openAt(path: string, role: Role = 'nurse') {
  const client = world.as(role)
  setTransport((parts, input, options) => callBy(client, parts, input, options))
  stop = followChanges(() => undefined)
  const { userId, staffId } = world.clinic.people[role]
  const actor = { ...testActor, userId, staffId, roles: [role], clinic: { ...testActor.clinic, timeZone: world.clinic.zone } }
  return { ...renderShell([schedulingContribution], { path, actor }), keys: userEvent.setup(), client }
}

function callBy(client: CairnClient, path: readonly string[], input: unknown, options: unknown): Promise<unknown> {
  const target = path.reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], client) // The client answers to the contract's paths.
  return (target as (input: unknown, options: unknown) => Promise<unknown>)(input, options)
}

const newId = () => world.core.platform.newId()
const patient = (familyName: string, givenName = 'Kenji') => world.clinic.addPatient(world.core, { familyName, givenName })
const visit = (patientId: string, at: string, more: object = {}) =>
  world.as('receptionist').scheduling.book({ id: newId(), patientId, providerId: world.clinic.providers[0], roomId: null, typeId: null, startsAt: at, durationMin: 15, reason: 'Rash', hasArrived: true, ...more })
/** The first one waits until the screen is read in. */
const column = (name: string) => screen.findByRole('region', { name }, { timeout: 10_000 })
const namesIn = (region: HTMLElement) => within(region).queryAllByRole('article').map((card) => card.textContent?.slice(0, 3))

describe('the flow board', () => {
  it('has the longest wait first and under the keys, and takes them to a room with R, with a way back', async () => {
    await visit(patient('Ito'), '2026-11-17T15:30:00.000Z')
    world.clock.set('2026-11-17T15:05:00.000Z')
    await visit(patient('Lopez', 'Maria Elena'), '2026-11-17T15:30:00.000Z', { providerId: world.clinic.providers[1] })
    const { keys, container } = openAt('/flow')
    const waiting = await column('Waiting')
    expect(namesIn(waiting)).toEqual(['Lop', 'Ito'])
    await expectAccessible(container)
    await keys.keyboard('r')
    expect(await within(await column('Roomed')).findByText('Lopez, Maria Elena')).toBeTruthy()
    await keys.keyboard('{Control>}z{/Control}')
    await waitFor(() => expect(namesIn(waiting)).toEqual(['Lop', 'Ito']))
  })

  it('goes from stage to stage with one key, each with its count, until they have left', async () => {
    await visit(patient('Ito'), '2026-11-17T15:30:00.000Z', { hasArrived: false })
    const { keys } = openAt('/flow', 'receptionist')
    await column('Expected')
    for (const stage of ['Waiting', 'Roomed', 'With doctor', 'Check-out', 'Left']) {
      await keys.keyboard('n')
      const region = await column(stage)
      await waitFor(() => expect(namesIn(region)).toEqual(['Ito']))
      expect(region.querySelector('header')?.textContent).toBe(`${stage}1`)
    }
    // Arrived by the board, they have a number; the last step is taken back like each of the others.
    expect((await world.as('nurse').flow.board({ date: '2026-11-17' })).tickets).toMatchObject([{ letter: 'A', number: 1 }])
    await keys.keyboard('{Control>}z{/Control}')
    const checkout = await column('Check-out')
    await waitFor(() => expect(namesIn(checkout)).toEqual(['Ito']))
  })

  it('says on the card why a step is not taken, and leaves it where it was', async () => {
    const [one, two] = world.clinic.rooms
    for (const [i, roomId] of [one, two].entries()) {
      const { id } = await visit(patient('Busy'), '2026-11-17T15:30:00.000Z', { providerId: world.clinic.providers[i] })
      await world.as('nurse').scheduling.room({ id, version: 1, roomId })
    }
    await visit(patient('Ito'), '2026-11-17T16:30:00.000Z')
    const { keys } = openAt('/flow')
    const waiting = await column('Waiting')
    await keys.keyboard('n')
    const told = await within(waiting).findByRole('alert')
    expect(told.textContent).toContain('no room is free')
    expect(namesIn(waiting)).toEqual(['Ito'])
  })

  it('calls with C, again with C, and shows to which room', async () => {
    await visit(patient('Ito'), '2026-11-17T15:30:00.000Z')
    const { keys } = openAt('/flow')
    const waiting = await column('Waiting')
    await within(waiting).findByText('Ito, Kenji')
    await keys.keyboard('c')
    expect(await within(waiting).findByText(/^Called .* to Room 1$/)).toBeTruthy()
    expect(await within(waiting).findByText('A1')).toBeTruthy()
    await keys.click(within(waiting).getByRole('button', { name: /Call again/ }))
    await waitFor(() => expect(world.core.vault.reader.$client.prepare('select count(*) from queue_calls').pluck().get()).toBe(2))
  })

  it('says that a room is clean with X', async () => {
    const { id } = await visit(patient('Ito'), '2026-11-17T15:30:00.000Z')
    const nurse = world.as('nurse')
    const { version } = await nurse.scheduling.room({ id, version: 1, roomId: world.clinic.rooms[0] })
    await nurse.scheduling.complete({ id, version })
    world.clock.set('2026-11-17T15:13:00.000Z')
    const { keys } = openAt('/flow')
    const rooms = await screen.findByRole('region', { name: 'Rooms' })
    expect(await within(rooms).findByText('To be cleaned')).toBeTruthy()
    await keys.keyboard('x')
    await waitFor(() => expect(within(rooms).queryByText('To be cleaned')).toBeNull())
  })
})

describe('a walk-in', () => {
  it.each(['/flow', '/day'])('is W, the name, why, Ctrl Enter on %s, and says the number', async (path) => {
    patient('Thistlewood', 'Zenobia')
    const { keys } = openAt(path, 'receptionist')
    await screen.findByRole('heading', { level: 1 })
    await waitFor(() => expect(screen.getByRole('button', { name: /Walk-in/ })).toBeTruthy())
    await keys.keyboard('w')
    await screen.findByRole('combobox', { name: 'Patient' })
    await keys.keyboard('thistlewood')
    await screen.findByRole('option')
    await keys.keyboard('{Enter}')
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText(/^Reason/)))
    await keys.keyboard('Cut finger{Control>}{Enter}{/Control}')
    await waitFor(() => expect(currentToasts().at(-1)).toMatchObject({ text: 'Thistlewood, Zenobia walked in,', strong: 'number A1' }))
    const [one] = (await world.as('nurse').scheduling.listDay({ date: '2026-11-17' })).appointments
    expect(one).toMatchObject({ status: 'arrived', reason: 'Cut finger' })
  })

  it('is found in the palette by the number and by the code on the slip', async () => {
    const { client } = openAt('/flow', 'receptionist')
    const { id } = await visit(patient('Ito'), '2026-11-17T15:30:00.000Z')
    const ticket = await client.flow.giveTicket({ appointmentId: id, ticket: { id: newId(), ...(await client.flow.nextTicket({})) } })
    const { signal } = new AbortController()
    for (const text of ['a1', ticketText(ticket)]) expect(await searchQueue(text, signal)).toMatchObject([{ title: 'Ito, Kenji', titleNote: 'A1', path: `/flow/${id}` }])
    expect(await searchQueue('ito', signal)).toEqual([])
  })

  it('has a slip with the number, the clinic and a code, and nobody’s name', async () => {
    const desk = world.as('receptionist')
    const { id } = await visit(patient('Ito'), '2026-11-17T15:30:00.000Z')
    await desk.flow.giveTicket({ appointmentId: id, ticket: { id: newId(), ...(await desk.flow.nextTicket({})) } })
    openAt(`/print/slip/${id}`, 'receptionist')
    const pages = await screen.findByRole('main', { name: 'Pages' })
    expect((await within(pages).findAllByText('A1')).length).toBeGreaterThan(0)
    expect(within(pages).getAllByText('Alder Creek Family Clinic').length).toBeGreaterThan(0)
    expect(within(pages).getAllByRole('img', { name: 'Code of number A1', hidden: true }).length).toBeGreaterThan(0)
    expect(pages.textContent).not.toMatch(/Ito|Kenji|Rash|MRN/)
  })
})

describe('the waiting-room display', () => {
  it('shows the newest call large and the ones before, without a name, as soon as somebody is called', async () => {
    const nurse = world.as('nurse')
    const beside = [...world.core.doors.values()].at(-1)
    const door = world.core.openDoor('display')
    if (beside) allowDisplay(world.core, door, beside)
    setTransport((parts, input, options) => callBy(inProcessClient(world.core, door), parts, input, options))
    const { container } = renderPart(<DisplayPage />)
    expect(await screen.findByRole('heading', { name: 'Nobody has been called yet' })).toBeTruthy()
    const call = async (familyName: string, at: string) => {
      const { id } = await visit(patient(familyName), at)
      const ticket = { id: newId(), ...(await nurse.flow.nextTicket({})) }
      await act(async () => void (await nurse.flow.call({ id: newId(), appointmentId: id, roomId: world.clinic.rooms[0], ticket })))
    }
    await call('Ito', '2026-11-17T15:30:00.000Z')
    expect(await screen.findByRole('heading', { name: 'A1' })).toBeTruthy()
    world.clock.set('2026-11-17T15:14:00.000Z')
    await call('Lopez', '2026-11-17T16:00:00.000Z')
    expect(await screen.findByRole('heading', { name: 'A2' })).toBeTruthy()
    expect(within(screen.getByRole('list', { name: 'Called before' })).getByText('A1')).toBeTruthy()
    expect(container.textContent).not.toMatch(/Ito|Lopez|Kenji|Rash/)
    expect(container.querySelectorAll('button, a, input')).toHaveLength(0)
    await expectAccessible(container)
  })

  it('says how it begins when nobody may be shown', async () => {
    const door = world.core.openDoor('display')
    setTransport((parts, input, options) => callBy(inProcessClient(world.core, door), parts, input, options))
    renderPart(<DisplayPage />)
    expect(await screen.findByRole('heading', { name: 'Calls appear here' })).toBeTruthy()
  })
})

describe('the settings', () => {
  it('say at the field that red comes after amber, and save what is sound', async () => {
    const { keys } = openAt('/hours', 'administrator')
    const form = await screen.findByRole('form', { name: 'Flow and waiting room' }).catch(() => undefined)
    // Hours need a provider's column; an administrator alone sees the card with the others.
    if (!form) throw new Error('no settings of the flow')
    const amber = within(form).getByLabelText('A wait is amber after')
    await keys.clear(amber)
    await keys.type(amber, '40')
    expect(within(form).getByText('Red comes after amber.')).toBeTruthy()
    await keys.clear(amber)
    await keys.type(amber, '10')
    await keys.click(within(form).getByRole('radio', { name: 'Initials' }))
    await keys.click(within(form).getByRole('button', { name: 'Save' }))
    await waitFor(async () => expect(await world.as('nurse').flow.settings({})).toEqual({ amberMin: 10, redMin: 30, displayShows: 'initials', hasChime: false }))
  })
})
