import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '#shared/access/roles.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import { setClock } from '#renderer/app/clock.ts'
import { auditContribution } from '#renderer/domains/audit/contribution.tsx'
import { clinicContribution } from '#renderer/domains/clinic/contribution.tsx'
import { queryClient, setTransport } from '#renderer/rpc/api.ts'
import { followChanges } from '#renderer/rpc/live.ts'
import { currentToasts, dismissToast } from '#renderer/ui/toast-store.ts'
import { testBridge } from '#tests/support/bridge.ts'
import { expectAccessible, renderShell, testActor } from '#tests/support/screen.tsx'
import { makeWorld, type World } from '#tests/support/world.ts'

const NOW = '2026-11-17T15:12:00.000Z'

let world: World
let stop: () => void
beforeEach(async () => {
  world = await makeWorld({ start: NOW })
  setClock(() => Date.parse(NOW))
})
afterEach(() => {
  stop()
  Reflect.deleteProperty(window, 'cairn')
  queryClient.clear()
  for (const toast of currentToasts()) dismissToast(toast.id)
})

/** The administrator's window on a real core in this process. */
function open(path: string, role: Role = 'administrator') {
  const client = world.as(role)
  setTransport((parts, input, options) => callBy(client, parts, input, options))
  stop = followChanges(() => undefined)
  const { userId, staffId } = world.clinic.people[role]
  const clinic = { ...testActor.clinic, id: world.clinic.id, timeZone: world.clinic.zone }
  return { ...renderShell([auditContribution, clinicContribution], { path, actor: { ...testActor, userId, staffId, roles: [role], clinic } }), keys: userEvent.setup(), client }
}

function callBy(client: CairnClient, path: readonly string[], input: unknown, options: unknown): Promise<unknown> {
  const target = path.reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], client) // The client answers to the contract's paths.
  return (target as (input: unknown, options: unknown) => Promise<unknown>)(input, options)
}

describe('the staff', () => {
  it('adds a person by keyboard, with the reason beside the button until all is there', async () => {
    const { keys, client, container } = open('/staff')
    expect(await screen.findByRole('row', { name: /Okafor, Tom/ })).toBeTruthy()
    await keys.keyboard('n')
    await keys.type(await screen.findByRole('textbox', { name: 'First name' }), 'Beth')
    await keys.type(screen.getByRole('textbox', { name: 'Family name' }), 'Moreno')
    expect(screen.getByRole('textbox', { name: 'User name' })).toHaveProperty('value', 'moreno')
    expect(screen.getByText('Choose at least one role.')).toBeTruthy()
    await keys.click(screen.getByRole('checkbox', { name: 'Nurse' }))
    await expectAccessible(container)
    await keys.keyboard('{Control>}{Enter}{/Control}')
    const slip = await screen.findByRole('region', { name: 'Invitation' })
    const code = within(slip).getByText(/^[A-Z2-9]{4}(-[A-Z2-9]{4}){3}$/).textContent ?? ''
    await expectAccessible(container)
    await keys.click(within(slip).getByRole('button', { name: 'Done, it is handed over' }))
    expect(await screen.findByRole('row', { name: /Moreno, Beth/ })).toBeTruthy()
    expect(document.body.textContent).not.toContain(code)
    expect((await client.clinic.listAccounts({})).find((one) => one.userName === 'moreno')).toMatchObject({ roles: ['nurse'] })
  })

  it('switches an account off after asking, and never one’s own', async () => {
    const { keys, client } = open('/staff')
    await keys.click(await screen.findByRole('row', { name: /Okafor, Tom/ }))
    await keys.click(await screen.findByRole('button', { name: 'Switch the account off' }))
    const question = await screen.findByRole('dialog', { name: 'Switch off Tom Okafor?' })
    await keys.click(within(question).getByRole('button', { name: 'Switch off' }))
    expect(await screen.findByRole('row', { name: /Okafor, Tom.*Switched off/ })).toBeTruthy()
    expect((await client.clinic.listAccounts({})).find((one) => one.userName === 'nurse')?.disabledAt).not.toBeNull()
    await keys.click(screen.getByRole('row', { name: /Brandt, Olive/ }))
    expect(await screen.findByText(/This is your own account/)).toBeTruthy()
  })
})

describe('home, settings and activity', () => {
  it('say what is so, and what the clinic should look at', async () => {
    const { container } = open('/clinic')
    expect(await screen.findByText('Printed at set-up')).toBeTruthy()
    expect(await screen.findByText('Copy the records each evening')).toBeTruthy()
    expect(await screen.findByText('No visits yet')).toBeTruthy()
    expect(screen.getByText('Open · 1 thing to look at')).toBeTruthy()
    await expectAccessible(container)
  })

  it('changes the clinic and a room', async () => {
    const { keys, client, container } = open('/settings')
    const [name] = await screen.findAllByRole('textbox', { name: 'Name' })
    if (!name) throw new Error('the card has a name')
    await keys.clear(name)
    await keys.type(name, 'Quay Clinic')
    await expectAccessible(container)
    await keys.click(screen.getByRole('button', { name: /Save the clinic/ }))
    await waitFor(async () => expect(await client.clinic.get({})).toMatchObject({ name: 'Quay Clinic' }))
    await keys.click(screen.getByRole('button', { name: /^Room 1/ }))
    await keys.click(await screen.findByRole('checkbox', { name: /In use/ }))
    await keys.click(screen.getByRole('button', { name: /Save the room/ }))
    expect(await screen.findByRole('button', { name: /Room 1.*not in use/ })).toBeTruthy()
  })

  it('changes the data key and prints a new recovery key that has to be read back from paper', async () => {
    window.cairn = testBridge()
    const { keys, client, container } = open('/settings')
    await keys.click(await screen.findByRole('button', { name: 'Change the data key now' }, { timeout: 10_000 }))
    await keys.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Change it' }))
    await waitFor(() => expect(currentToasts().map((toast) => toast.strong)).toEqual(['the data key']), { timeout: 15_000 })
    await keys.click(screen.getByRole('button', { name: 'Print a new recovery key' }))
    await expectAccessible(container)
    const before = await client.clinic.keyState({})
    const { asked, groups } = await client.clinic.drawNextRecoveryKey({})
    expect((await screen.findAllByText('on paper')).length).toBe(3)
    expect(screen.getByText('The sheet has not been printed yet.')).toBeTruthy()
    await keys.click(screen.getByRole('button', { name: /Print 2 copies/ }))
    await keys.click(await screen.findByRole('button', { name: /^Print/ }))
    for (const number of asked) await keys.type(await screen.findByRole('textbox', { name: `Group ${number}` }), groups[number - 1] ?? '')
    world.clock.advanceMinutes(1)
    await keys.click(screen.getByRole('button', { name: /Make this the recovery key/ }))
    expect(await screen.findByRole('button', { name: 'Change the data key now' })).toBeTruthy()
    expect((await client.clinic.keyState({})).recoveryAt).not.toBe(before.recoveryAt)
  })

  it('lists what happened in words, live', async () => {
    const { client, container } = open('/activity')
    expect(await screen.findByRole('row', { name: /Olive Brandt Signed in/ })).toBeTruthy()
    const [room] = await client.clinic.listRooms({})
    if (!room) throw new Error('the small clinic has rooms')
    await client.clinic.saveRoom({ ...room, name: 'Room 1a' })
    expect(await screen.findByRole('row', { name: /Olive Brandt Room saved/ })).toBeTruthy()
    await expectAccessible(container)
  })
})
