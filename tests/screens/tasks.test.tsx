import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '#shared/access/roles.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import { endAskedTask } from '#renderer/app/asked.ts'
import { setClock } from '#renderer/app/clock.ts'
import { callsContribution } from '#renderer/domains/calls/contribution.tsx'
import { schedulingContribution } from '#renderer/domains/scheduling/contribution.tsx'
import { tasksContribution } from '#renderer/domains/tasks/contribution.tsx'
import { currentToasts, dismissToast } from '#renderer/ui/toast-store.ts'
import { queryClient, setTransport } from '#renderer/rpc/api.ts'
import { followChanges } from '#renderer/rpc/live.ts'
import { expectAccessible, renderShell, testActor } from '#tests/support/screen.tsx'
import { makeWorld, type World } from '#tests/support/world.ts'

const NOW = '2026-11-17T15:12:00.000Z' // 10:12 in New York, a Tuesday.
const NURSES = { kind: 'role', role: 'nurse' } as const

let world: World
let stop: () => void
beforeEach(async () => {
  world = await makeWorld({ start: NOW })
  setClock(() => Date.parse(NOW))
})
afterEach(() => {
  stop()
  endAskedTask()
  queryClient.clear()
  for (const toast of currentToasts()) dismissToast(toast.id)
})

function open(role: Role, path: string) {
  const client = world.as(role)
  setTransport((callPath, input, options) => callBy(client, callPath, input, options))
  stop = followChanges(() => undefined)
  const { userId, staffId } = world.clinic.people[role]
  const actor = { ...testActor, userId, staffId, roles: [role], clinic: { ...testActor.clinic, timeZone: world.clinic.zone } }
  return { ...renderShell([schedulingContribution, tasksContribution, callsContribution], { path, actor }), keys: userEvent.setup(), client }
}

function callBy(client: CairnClient, path: readonly string[], input: unknown, options: unknown): Promise<unknown> {
  const target = path.reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], client) // The client answers to the contract's paths.
  return (target as (input: unknown, options: unknown) => Promise<unknown>)(input, options)
}

const ask = (role: Role, text: string, more: object = {}) =>
  world.as(role).tasks.add({ id: world.core.platform.newId(), text, to: NURSES, dueOn: '2026-11-17', patientId: null, ...more })
const row = (name: RegExp) => screen.findByRole('row', { name })

describe('a new task', () => {
  it('takes Ctrl Shift M, the text and Ctrl Enter, and @ says for whom', async () => {
    const { keys, client, container } = open('receptionist', '/day')
    await screen.findByRole('heading', { name: 'Day' })
    await keys.keyboard('{Control>}{Shift>}m{/Shift}{/Control}')
    const text = await screen.findByRole('textbox', { name: 'What is to be done' })
    expect(document.activeElement).toBe(text)
    await screen.findByRole('group', { name: 'Until, by one press' })
    await expectAccessible(container)
    await keys.keyboard('@okafor call the lab{Control>}{Enter}{/Control}')
    await waitFor(async () => expect((await client.tasks.list({ list: 'asked' })).tasks).toMatchObject([{ text: 'call the lab', toName: 'Tom Okafor', dueOn: '2026-11-17' }]))
    await waitFor(() => expect(screen.queryByRole('heading', { name: 'New task' })).toBeNull())
  })

  it('is about the appointment that is chosen on the day, and says who reads it', async () => {
    const patientId = world.clinic.addPatient(world.core)
    const booked = await world.as('receptionist').scheduling.book({ id: world.core.platform.newId(), patientId, providerId: world.clinic.providers[0], roomId: null, typeId: null, startsAt: '2026-11-17T16:00:00.000Z', durationMin: 30, reason: null })
    const { keys, client } = open('receptionist', '/day')
    await keys.click(await row(/^11:00, Lopez/))
    await keys.keyboard('{Control>}{Shift>}m{/Shift}{/Control}')
    await screen.findByText('About')
    expect(screen.getByText(/write no clinical fact/)).toBeTruthy()
    await keys.type(screen.getByRole('textbox', { name: 'What is to be done' }), 'Needs a wheelchair{Control>}{Enter}{/Control}')
    await waitFor(async () => expect((await client.tasks.list({ list: 'asked' })).tasks).toMatchObject([{ patientId, appointmentId: booked.id }]))
  })

  it('keeps what was typed when it is closed, and says what is missing', async () => {
    const { keys } = open('nurse', '/tasks')
    await screen.findByText('Nothing waits for you')
    await keys.keyboard('n')
    expect(await screen.findByText('Say what is to be done')).toBeTruthy()
    await keys.type(screen.getByRole('textbox', { name: 'What is to be done' }), 'Order gloves')
    await keys.clear(screen.getByRole('textbox', { name: 'Until' }))
    await keys.type(screen.getByRole('textbox', { name: 'Until' }), 'sometime')
    expect(await screen.findByText(/No such day/)).toBeTruthy()
    await keys.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('heading', { name: 'New task' })).toBeNull())
    await keys.keyboard('n')
    expect((await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'What is to be done' })).value).toBe('Order gloves')
  })
})

describe('the tasks', () => {
  it('are taken, answered and done by keys, live, and counted in the rail', async () => {
    await ask('receptionist', 'Call her back')
    const { keys, client, container } = open('nurse', '/tasks')
    await screen.findByText('Nothing waits for you')
    await keys.click(await screen.findByRole('radio', { name: /For my role/ }))
    await row(/Call her back/)
    await expectAccessible(container)
    await keys.keyboard('t')
    expect(await screen.findByText('Nothing waits to be taken')).toBeTruthy()
    expect(await screen.findByRole('link', { name: 'Tasks, 1 to do' })).toBeTruthy()
    await keys.click(screen.getByRole('radio', { name: /Mine/ }))
    await row(/Call her back/)
    await keys.type(screen.getByRole('textbox', { name: 'Answer' }), 'She is fine{Control>}{Enter}{/Control}')
    expect(await screen.findByText('She is fine')).toBeTruthy()
    await keys.click(await row(/Call her back/))
    await keys.keyboard('x')
    expect(await screen.findByText('Nothing waits for you')).toBeTruthy()
    expect((await client.tasks.list({ list: 'settled' })).tasks).toMatchObject([{ text: 'Call her back', status: 'done' }])
    await keys.keyboard('{Control>}z{/Control}')
    expect(await row(/Call her back/)).toBeTruthy()
  })

  it('that are overdue stand at home, with the way to them', async () => {
    await ask('receptionist', 'Call her back', { dueOn: '2026-11-15' })
    const { keys } = open('nurse', '/flow')
    expect(await screen.findByText('1 task for your role is overdue and nobody has taken it.')).toBeTruthy()
    await keys.click(screen.getByRole('button', { name: 'Open overdue tasks' }))
    expect(await row(/Call her back.*2 days late/)).toBeTruthy()
  })

  it('come back with a reason', async () => {
    await ask('receptionist', 'Call her back', { to: { kind: 'person', staffId: world.clinic.people.nurse.staffId } })
    const { keys, client } = open('nurse', '/tasks')
    await keys.click(await screen.findByRole('radio', { name: /Mine/ }))
    await row(/Call her back/)
    await keys.keyboard('r')
    await keys.click(within(await screen.findByRole('group', { name: 'Reasons' })).getByRole('button', { name: /I need to know more/ }))
    await screen.findByText('Nothing waits for you')
    expect((await world.as('receptionist').tasks.counts({})).news).toBe(1)
    expect((await client.tasks.list({ list: 'mine' })).tasks).toEqual([])
  })
})

describe('the calls', () => {
  const visit = (patientId: string, hour: number) => world.as('receptionist').scheduling.book({
    id: world.core.platform.newId(), patientId, providerId: world.clinic.providers[0], roomId: null, typeId: world.clinic.types.short, startsAt: `2026-11-18T${hour}:00:00.000Z`, durationMin: 30, reason: null,
  })

  it('confirm tomorrow with one press a patient', async () => {
    const names = ['Alder', 'Brook', 'Cole']
    for (const [i, familyName] of names.entries()) await visit(world.clinic.addPatient(world.core, { familyName, phone: '+14135550177' }), 14 + i)
    const { keys, client, container } = open('receptionist', '/calls')
    await row(/Alder.*\(413\) 555-0177/)
    expect(await screen.findByText('3 patients to call')).toBeTruthy()
    await expectAccessible(container)
    await keys.keyboard('1')
    await row(/Alder.*Confirmed/)
    await keys.keyboard('3')
    await row(/Brook.*No answer/)
    await keys.keyboard('2')
    await row(/Cole.*Left message/)
    const { appointments } = await client.calls.listConfirmations({})
    expect(appointments.map((one) => [one.patient.familyName, one.outcome])).toEqual([['Alder', 'confirmed'], ['Brook', 'no-answer'], ['Cole', 'left-message']])
  })

  it('who wants to move is chosen on that day, and M moves at once', async () => {
    await visit(world.clinic.addPatient(world.core, { familyName: 'Alder' }), 14)
    const { id } = await visit(world.clinic.addPatient(world.core, { familyName: 'Brook' }), 15)
    const { keys, client } = open('receptionist', '/calls')
    await keys.click(await row(/Brook/))
    await keys.keyboard('4')
    const chosen = await row(/Brook, .*booked/)
    await waitFor(() => expect(document.activeElement).toBe(chosen))
    await keys.keyboard('m{ArrowDown}{Enter}')
    await waitFor(async () => expect((await client.scheduling.details({ id })).appointment.startsAt).toBe('2026-11-18T15:15:00.000Z'))
  })

  it('recall by one press for the outcome, and book with patient and type', async () => {
    const patientId = world.clinic.addPatient(world.core, { familyName: 'Alder', phone: '+14135550177' })
    await world.as('receptionist').calls.addRecall({ id: world.core.platform.newId(), patientId, typeId: world.clinic.types.long, reason: null, providerId: null, dueOn: '2026-11-20' })
    const { keys, container } = open('receptionist', '/calls')
    await keys.click(await screen.findByRole('radio', { name: 'Recall' }))
    await row(/Alder.*New patient.*Not called yet/)
    await expectAccessible(container)
    await keys.keyboard('3')
    await row(/Alder.*No answer/)
    await keys.keyboard('b')
    expect(await screen.findByRole('group', { name: 'For Alder, Maria' }).catch(() => screen.findByText(/Alder/))).toBeTruthy()
    expect((await screen.findByRole<HTMLInputElement>('combobox', { name: 'Visit type' })).value).toBe('New patient')
  })

  it('follow rules that somebody who plans may add', async () => {
    const { keys, client } = open('receptionist', '/calls')
    await keys.click(await screen.findByRole('radio', { name: 'Recall rules' }))
    await keys.click(await screen.findByRole('combobox', { name: 'Visit type' }))
    await keys.click(await screen.findByRole('option', { name: 'New patient' }))
    await keys.click(screen.getByRole('button', { name: 'Add rule' }))
    expect(await screen.findByRole('checkbox', { name: 'New patient: every 12 months' })).toBeTruthy()
    expect(await client.calls.listRules({})).toMatchObject([{ months: 12, isActive: true }])
  })
})
