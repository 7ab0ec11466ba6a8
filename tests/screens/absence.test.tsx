import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '#shared/access/roles.ts'
import type { ProposedRow } from '#shared/domains/scheduling/model.absence.ts'
import { setClock } from '#renderer/app/clock.ts'
import { billingContribution } from '#renderer/domains/billing/contribution.tsx'
import { callsContribution } from '#renderer/domains/calls/contribution.tsx'
import { schedulingContribution } from '#renderer/domains/scheduling/contribution.tsx'
import { keyOf, LEFT, planRows, planSummary, WAIT_LIST } from '#renderer/domains/scheduling/view.absence.ts'
import { queryClient, setTransport } from '#renderer/rpc/api.ts'
import { followChanges } from '#renderer/rpc/live.ts'
import { currentToasts, dismissToast, undoLatest } from '#renderer/ui/toast-store.ts'
import { expectAccessible, renderShell, testActor } from '#tests/support/screen.tsx'
import { makeWorld, type World } from '#tests/support/world.ts'

const NOW = '2026-11-17T12:30:00.000Z' // 7:30 in New York, a Tuesday.
const at = (hour: number, minute = 0): string => new Date(Date.parse('2026-11-17T05:00:00.000Z') + (hour * 60 + minute) * 60_000).toISOString()
const SLOW = { timeout: 15_000 }

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

function open(path: string, role: Role = 'receptionist') {
  const client = world.as(role)
  setTransport((parts, input, options) => {
    const target = parts.reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], client) // The client answers to the contract's paths.
    return (target as (input: unknown, options: unknown) => Promise<unknown>)(input, options)
  })
  stop = followChanges(() => undefined)
  const { userId, staffId } = world.clinic.people[role]
  const actor = { ...testActor, userId, staffId, roles: [role], clinic: { ...testActor.clinic, id: world.clinic.id, timeZone: world.clinic.zone } }
  return { ...renderShell([schedulingContribution, callsContribution, billingContribution], { path, actor }), keys: userEvent.setup() }
}

const visit = (familyName: string, startsAt: string, more: object = {}) => world.as('receptionist').scheduling.book({
  id: world.core.platform.newId(), patientId: world.clinic.addPatient(world.core, { familyName, givenName: 'A', phone: '+14135550111' }), providerId: world.clinic.providers[0], roomId: null, typeId: world.clinic.types.short, startsAt, durationMin: 15, reason: null, ...more,
})
const today = '2026-11-17'
const address = () => `/absent/${world.clinic.providers[0]}/${today}/${today}`

describe('a doctor is absent', () => {
  it('places everybody with one press, calls them from one list, and takes it back with one', async () => {
    const [one, two] = [await visit('Bell', at(9)), await visit('Price', at(10))]
    const { keys, container } = open(address())
    expect(await screen.findAllByText('same time, colleague sees such visits', {}, SLOW)).toHaveLength(2)
    await expectAccessible(container)
    // W puts the chosen one on the wait list.
    await keys.keyboard('w')
    await screen.findByText('1 patient moved, 1 to the wait list')
    await keys.click(screen.getByRole('button', { name: /^Move 1 patient/ }))
    await screen.findByText('No time yet: wait list', {}, SLOW)
    const told = screen.getByRole('button', { name: /^Told/ })
    await expectAccessible(container)
    const desk = world.as('receptionist')
    expect((await desk.scheduling.details({ id: one.id })).appointment.status).toBe('cancelled')
    expect((await desk.scheduling.details({ id: two.id })).appointment.providerId).toBe(world.clinic.providers[1])

    await keys.type(screen.getByLabelText('Note about the call'), 'Wife took it')
    await keys.click(told)
    await screen.findByText('Wife took it')
    expect(undoLatest()).toBe(true)
    await waitFor(async () => expect((await desk.scheduling.details({ id: one.id })).appointment.status).toBe('booked'))
    expect((await desk.scheduling.details({ id: two.id })).appointment.providerId).toBe(world.clinic.providers[0])
  })

  it('moves nobody, and says at each visit what has changed meanwhile', async () => {
    await visit('Bell', at(9))
    const { keys } = open(address())
    const apply = await screen.findByRole('button', { name: /^Move 1 patient/ }, SLOW)
    stop?.() // The window has not heard of what happens now.
    await visit('Owens', at(9), { providerId: world.clinic.providers[1] })
    await keys.click(apply)
    await screen.findByText('Nobody was moved.', {}, SLOW)
    expect(await screen.findByText('Not done: the time was given away')).toBeTruthy()
  })

  it('says so where nobody is booked, and is no screen of those who do not keep the schedule', async () => {
    open(address())
    await screen.findByText('No patients to place', {}, SLOW)
  })
})

describe('rows of a plan', () => {
  const place = (startsAt: string, providerId = 'haddad') => ({ reason: 'same-day' as const, providerId, roomId: null, startsAt, endsAt: new Date(Date.parse(startsAt) + 900_000).toISOString() })
  const row = (id: string, proposals: ProposedRow['proposals'], more: object = {}) => ({ appointment: { id, patientId: id, bufferBeforeMin: 0, bufferAfterMin: 0, isRestricted: false, ...more }, reason: 'away', isUrgent: false, proposals }) as unknown as ProposedRow // Only what the rows are made of.
  it('take the best place, what was chosen, or what is left; two that meet are named', () => {
    const [nine, ten] = [place(at(9)), place(at(10))]
    const rows = [row('a', [nine, ten]), row('b', [ten]), row('c', []), row('hidden', [], { isRestricted: true })]
    expect(planRows(rows, {}).map((one) => [one.chosen, one.isClashing])).toEqual([[keyOf(nine), false], [keyOf(ten), false], [WAIT_LIST, false], [LEFT, false]])
    expect(planRows(rows, { a: keyOf(ten) }).map((one) => one.isClashing)).toEqual([true, true, false, false])
    expect(planRows(rows, { a: LEFT, b: 'gone 2026' }).map((one) => one.chosen)).toEqual([LEFT, keyOf(ten), WAIT_LIST, LEFT])
    expect(planSummary(planRows(rows, {}))).toBe('2 patients moved, 1 to the wait list, 1 left as they are')
  })
})

describe('missed visits', () => {
  it('have their rules among the hours, and are counted and waived on the account', async () => {
    const { keys, unmount } = open('/hours', 'administrator')
    const fee = await screen.findByLabelText('Fee for a no-show', {}, SLOW)
    await keys.clear(fee)
    await keys.type(fee, '25')
    const free = screen.getByLabelText('Free of each')
    await keys.clear(free)
    await keys.type(free, '0')
    await keys.click(screen.getByRole('button', { name: /^Save rules/ }))
    await waitFor(async () => expect(await world.as('receptionist').scheduling.missedRules({})).toMatchObject({ noShowCents: 2_500, freeCount: 0 }))
    unmount()
    stop?.()
    queryClient.clear()

    const { id, version, patientId } = await visit('Bell', at(9))
    await world.as('receptionist').scheduling.markNoShow({ id, version, reason: 'patient' })
    const account = open(`/billing/patients/${patientId}`, 'billing')
    const fees = await screen.findByRole('table', { name: 'Fees for missed visits' }, SLOW)
    await account.keys.click(within(fees).getByRole('button', { name: /^Waive the fee/ }))
    await account.keys.type(await screen.findByLabelText('Why it is waived'), 'Bus strike')
    await account.keys.click(screen.getByRole('button', { name: 'Waive the fee' }))
    await within(fees).findByText('Waived', {}, SLOW)
    await expectAccessible(account.container)
  })
})

describe('whom a change strands', () => {
  it('is said before the hours are saved, and afterwards with the way to the plan', async () => {
    await visit('Bell', at(9))
    const { keys } = open('/hours')
    const tuesday = await screen.findByLabelText('Tuesday', {}, SLOW)
    await keys.clear(tuesday)
    await keys.type(tuesday, '1-5')
    await screen.findByText('1 appointment would be stranded', {}, SLOW)
    await keys.click(screen.getByRole('button', { name: /^Save hours/ }))
    await keys.click(await screen.findByRole('button', { name: 'Place them all' }, SLOW))
    await screen.findByText('Visits to move')
    await screen.findByText('same time, colleague sees such visits', {}, SLOW)
  })
})
