import { screen, waitFor, within } from '@testing-library/react'
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
const at = (hour: number, minute = 0, day = 17): string => new Date(Date.parse(`2026-11-${day}T05:00:00.000Z`) + (hour * 60 + minute) * 60_000).toISOString()

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
function open(role: Role = 'receptionist', path = '/day') {
  const client = world.as(role)
  setTransport((called, input, options) => callBy(client, called, input, options))
  stop = followChanges(() => undefined)
  const { userId, staffId } = world.clinic.people[role]
  const actor = { ...testActor, userId, staffId, roles: [role], clinic: { ...testActor.clinic, timeZone: world.clinic.zone } }
  return { ...renderShell([schedulingContribution], { path, actor }), keys: userEvent.setup(), client }
}

function callBy(client: CairnClient, path: readonly string[], input: unknown, options: unknown): Promise<unknown> {
  const target = path.reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], client) // The client answers to the contract's paths.
  return (target as (input: unknown, options: unknown) => Promise<unknown>)(input, options)
}

const visit = (familyName: string, startsAt: string, more: { providerId?: string; roomId?: string | null } = {}) =>
  world.as('receptionist').scheduling.book({
    id: world.core.platform.newId(), patientId: world.clinic.addPatient(world.core, { familyName, givenName: 'Ida' }), providerId: world.clinic.providers[0], roomId: null, typeId: world.clinic.types.short,
    startsAt, durationMin: 30, reason: 'Cough', ...more,
  })
/** The page itself is read with the first of them, which takes a busy machine a while. */
const row = (name: RegExp) => screen.findByRole('row', { name }, { timeout: 8_000 })
const pressedView = (name: string) => waitFor(() => expect(within(screen.getByRole('group', { name: 'View' })).getByRole('button', { name }).getAttribute('aria-pressed')).toBe('true'))
const lengthOf = async (client: CairnClient, id: string) => {
  const { appointment } = await client.scheduling.details({ id })
  return (Date.parse(appointment.endsAt) - Date.parse(appointment.startsAt)) / 60_000
}

describe('another length', () => {
  it('by Shift and arrows, Enter keeps it and Ctrl Z gives it back', async () => {
    const { id } = await visit('Chen', at(11))
    const { keys, client } = open()
    await row(/Chen/)
    await keys.keyboard('{ArrowDown}{Shift>}{ArrowDown}{ArrowDown}{ArrowUp}{/Shift}')
    expect((await screen.findAllByText(/45 min, until 11:45 fits/)).length).toBeGreaterThan(0)
    await keys.keyboard('{Enter}')
    await waitFor(async () => expect(await lengthOf(client, id)).toBe(45))
    await keys.keyboard('{Control>}z{/Control}')
    await waitFor(async () => expect(await lengthOf(client, id)).toBe(30))
  })
  it('names who has the time, does nothing on Enter then, and Esc leaves it as it was', async () => {
    const { id } = await visit('Chen', at(11))
    await visit('Reed', at(11, 30))
    const { keys, client } = open()
    await row(/Chen/)
    await keys.keyboard('{ArrowDown}{Shift>}{ArrowDown}{/Shift}')
    expect((await screen.findAllByText(/45 min, until 11:45 is taken: Reed, Ida/)).length).toBeGreaterThan(0)
    await keys.keyboard('{Enter}{Escape}')
    await waitFor(() => expect(screen.queryByText(/is taken/)).toBeNull())
    expect(await lengthOf(client, id)).toBe(30)
    expect((await client.scheduling.details({ id })).changes).toHaveLength(1)
  })
  it('is written in the history as what it was', async () => {
    const { id, version, providerId, startsAt } = await visit('Chen', at(11))
    await world.as('receptionist').scheduling.move({ id, version, providerId, startsAt, durationMin: 45 })
    const { keys } = open()
    await row(/Chen/)
    await keys.keyboard('{ArrowDown}{Enter}')
    expect(await screen.findByText('Length changed')).toBeTruthy()
    expect(screen.getByText(/to 45 min/)).toBeTruthy()
  })
})

describe('other cuts of the calendar', () => {
  it('by room: M and arrows give another room, which undo takes back', async () => {
    const { id } = await visit('Chen', at(11), { roomId: world.clinic.rooms[0] })
    const { keys, client, container } = open('receptionist', '/day/2026-11-17/rooms')
    await row(/Chen/)
    expect(within(screen.getByRole('grid', { name: /^Room 1/ })).getByRole('row', { name: /Chen/ })).toBeTruthy()
    await expectAccessible(container)
    await keys.keyboard('2{ArrowDown}m{ArrowRight}{Enter}')
    const roomOf = async () => (await client.scheduling.details({ id })).appointment.roomName
    await waitFor(async () => expect(await roomOf()).toBe('Room 2'))
    await keys.keyboard('{Control>}z{/Control}')
    await waitFor(async () => expect(await roomOf()).toBe('Room 1'))
  })
  it('the week: its provider by number, another day with M, and what cannot be booked by name', async () => {
    const { id } = await visit('Chen', at(11), { providerId: world.clinic.providers[1] })
    await world.as('administrator').scheduling.saveHoliday({ id: world.core.platform.newId(), date: '2026-11-18', name: 'Founders’ day' })
    const { keys, client, container } = open()
    await row(/Chen/)
    await keys.keyboard('{Shift>}w{/Shift}')
    await pressedView('Week')
    const provider = within(await screen.findByRole('group', { name: 'Provider' })).getByRole('button', { name: /Lindqvist/ })
    await keys.keyboard(provider.textContent.match(/\d/)?.[0] ?? '')
    expect(await row(/Chen/)).toBeTruthy()
    expect(screen.getByRole('grid', { name: /^Wed 18 Nov, Founders’ day/ })).toBeTruthy()
    expect(screen.queryByRole('grid', { name: /^Sat/ })).toBeNull()
    await expectAccessible(container)
    await keys.keyboard('{ArrowDown}m{ArrowLeft}{Enter}')
    const startsAt = async () => (await client.scheduling.details({ id })).appointment.startsAt
    await waitFor(async () => expect(await startsAt()).toBe(at(11, 0, 16)))
    await keys.keyboard('{ArrowRight}')
    expect(await screen.findByText('23 to 29 Nov 2026')).toBeTruthy()
  })
  it('the month: how full each day is, and Enter opens the chosen one', async () => {
    await visit('Chen', at(11))
    await world.as('administrator').scheduling.saveHoliday({ id: world.core.platform.newId(), date: '2026-11-26', name: 'Thanksgiving' })
    const { keys, container } = open()
    await row(/Chen/)
    await keys.keyboard('{Shift>}m{/Shift}')
    await pressedView('Month')
    expect(await screen.findByRole('button', { name: 'Tue 17 Nov 2026, 3 percent booked, 1 visit, 15 h free' })).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Thu 26 Nov 2026, Thanksgiving, nobody is in' })).toBeTruthy()
    await expectAccessible(container)
    await keys.keyboard('{ArrowDown}{ArrowRight}')
    await waitFor(() => expect(document.activeElement?.getAttribute('data-date')).toBe('2026-11-25'))
    await keys.keyboard('{Shift>}{ArrowRight}{/Shift}')
    expect(await screen.findByText('December 2026')).toBeTruthy()
    await waitFor(() => expect(document.activeElement?.getAttribute('data-date')).toBe('2026-12-25'))
    await keys.keyboard('{Enter}')
    await pressedView('Day')
    expect(await screen.findByText('Fri 25 Dec 2026')).toBeTruthy()
    await keys.keyboard('t')
    expect(await row(/Chen/)).toBeTruthy()
  })
  it('follow a link: G D is today by provider, wherever one was', async () => {
    await visit('Chen', at(11))
    const { keys } = open('receptionist', '/day/2026-11-24/week')
    await pressedView('Week')
    expect(await screen.findByText('23 to 29 Nov 2026')).toBeTruthy()
    await keys.keyboard('gd')
    await pressedView('Day')
    expect(await row(/Chen/)).toBeTruthy()
    await keys.keyboard('{ArrowRight}{ArrowRight}{ArrowLeft}')
    expect(await screen.findByText('Wed 18 Nov 2026')).toBeTruthy()
    await keys.keyboard('gd')
    expect(await row(/Chen/)).toBeTruthy()
  })
  it('those who may only look can look at all of them, and change nothing', async () => {
    const { id } = await visit('Chen', at(11))
    const { keys, client } = open('billing')
    await row(/Chen/)
    await keys.keyboard('{ArrowDown}{Shift>}{ArrowDown}{/Shift}{Enter}')
    expect(screen.queryByText(/until 11:45/)).toBeNull()
    await keys.keyboard('{Escape}{Shift>}w{/Shift}')
    await pressedView('Week')
    expect(await lengthOf(client, id)).toBe(30)
  })
})

describe('the day sheet', () => {
  it('is on paper with P: a sheet for each provider, who comes and who could; Esc leads back', async () => {
    await visit('Chen', at(11))
    await visit('Reed', at(13), { providerId: world.clinic.providers[1] })
    const { keys } = open()
    await row(/Chen/)
    await keys.keyboard('p')
    expect((await screen.findAllByRole('heading', { name: 'Day sheet' })).length).toBeGreaterThan(1)
    expect(screen.getByText('2 documents')).toBeTruthy()
    expect(screen.getAllByText('Chen, Ida').length).toBeGreaterThan(0)
    expect(screen.getAllByText(/shred after use/).length).toBeGreaterThan(0)
    await keys.keyboard('{Escape}')
    await pressedView('Day')
  })
  it('of one provider is of that one alone', async () => {
    await visit('Chen', at(11))
    await visit('Reed', at(13), { providerId: world.clinic.providers[1] })
    open('receptionist', `/print/day-sheet/2026-11-17/${world.clinic.providers[1]}`)
    expect((await screen.findAllByText('Reed, Ida')).length).toBeGreaterThan(0)
    expect(screen.queryByText('Chen, Ida')).toBeNull()
    expect(screen.getByText('1 document')).toBeTruthy()
  })
})
