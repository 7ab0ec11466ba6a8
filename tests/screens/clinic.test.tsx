import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { userRoles } from '#drizzle/schema/clinic.ts'
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
import { ADMIN_PASSWORD } from '#tests/support/small-clinic.ts'
import { makeWorld, refusalOf, type World } from '#tests/support/world.ts'

const NOW = '2026-11-17T15:12:00.000Z'

/** A key slot is derived slowly on purpose, and slower beside others. */
const SLOW = { timeout: 10_000 }

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
  return { ...renderShell([auditContribution, clinicContribution], { path, actor: { ...testActor, userId, staffId, roles: role === 'doctor' ? ['doctor', 'administrator'] : [role], isPrivacyOfficer: role === 'administrator' || role === 'doctor', clinic } }), keys: userEvent.setup(), client }
}

function callBy(client: CairnClient, path: readonly string[], input: unknown, options: unknown): Promise<unknown> {
  const target = path.reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], client) // The client answers to the contract's paths.
  return (target as (input: unknown, options: unknown) => Promise<unknown>)(input, options)
}

describe('the staff', () => {
  it('R01, R22: invites a person by keyboard, refuses a shared name in words, and shows the code once, large and on paper', async () => {
    const { keys, client, container } = open('/staff')
    expect(await screen.findByRole('row', { name: /Okafor, Tom/ })).toBeTruthy()
    await keys.keyboard('n')
    await keys.type(await screen.findByRole('textbox', { name: 'First name' }), 'Beth')
    await keys.type(screen.getByRole('textbox', { name: 'Family name' }), 'Moreno')
    const userName = screen.getByRole('textbox', { name: 'User name' })
    expect(userName).toHaveProperty('value', 'moreno')
    expect(screen.getByText('Choose at least one role.')).toBeTruthy()
    await keys.click(screen.getByRole('checkbox', { name: 'Nurse' }))
    await keys.clear(userName)
    await keys.type(userName, 'nurse2')
    expect(screen.getAllByText(/stands for a job or a place and would be shared/).length).toBeGreaterThan(0)
    await keys.clear(userName)
    await keys.type(userName, 'moreno')
    expect(screen.queryByLabelText('Password')).toBeNull()
    await expectAccessible(container)
    await keys.keyboard('{Control>}{Enter}{/Control}')
    const code = (await screen.findByLabelText('One-time code', {}, SLOW)).textContent ?? ''
    expect(code).toMatch(/^(\w{4}-){3}\w{4}$/)
    await expectAccessible(container)
    expect((await client.clinic.listAccounts({})).find((one) => one.userName === 'moreno')).toMatchObject({ roles: ['nurse'] })
    await keys.click(screen.getByRole('button', { name: /Print half a page/ }))
    const sheets = await screen.findByRole('main', { name: 'Pages' })
    expect(within(sheets).getAllByText(code).length).toBeGreaterThan(0)
    expect(within(sheets).getAllByText('For Beth Moreno').length).toBeGreaterThan(0)
    await keys.keyboard('{Escape}')
    expect((await screen.findByLabelText('One-time code', {}, SLOW)).textContent).toBe(code)
    await keys.click(screen.getByRole('button', { name: 'Handed over' }))
    expect(screen.queryByText(code)).toBeNull()
    expect(await world.stranger().client.session.redeemInvite({ userName: 'moreno', code, newPassword: 'nine geese over the marsh' })).toMatchObject({ person: { userName: 'moreno' } })
  })

  it('switches an account off after asking and lets it in again with a new code, and never one’s own', async () => {
    const { keys, client } = open('/staff')
    await keys.click(await screen.findByRole('row', { name: /Okafor, Tom/ }))
    await keys.click(await screen.findByRole('button', { name: 'Switch the account off' }))
    const question = await screen.findByRole('dialog', { name: 'Switch off Tom Okafor?' })
    await keys.click(within(question).getByRole('button', { name: 'Switch off' }))
    expect(await screen.findByRole('row', { name: /Okafor, Tom.*Switched off/ }, SLOW)).toBeTruthy()
    expect((await client.clinic.listAccounts({})).find((one) => one.userName === 'nurse')?.disabledAt).not.toBeNull()
    await keys.click(await screen.findByRole('button', { name: 'Let in again' }))
    await keys.click(within(await screen.findByRole('dialog', { name: 'Let Tom Okafor in again?' })).getByRole('button', { name: 'Let in again' }))
    expect(await screen.findByLabelText('One-time code', {}, SLOW)).toBeTruthy()
    expect((await client.clinic.listAccounts({})).find((one) => one.userName === 'nurse')?.disabledAt).toBeNull()
    await keys.click(screen.getByRole('row', { name: /Brandt, Olive/ }))
    await keys.click(screen.getByRole('button', { name: 'Handed over' }))
    await keys.click(screen.getByRole('row', { name: /Brandt, Olive/ }))
    expect((await screen.findAllByText(/This is your own account/)).length).toBeGreaterThan(0)
  })

  it('changes roles with a second administrator on the spot, and shows and ends the person’s sessions', async () => {
    world.core.vault.writer.insert(userRoles).values({ userId: world.clinic.people.doctor.userId, role: 'administrator' }).run()
    const nurse = world.as('nurse')
    const { keys, client, container } = open('/staff', 'doctor')
    await keys.click(await screen.findByRole('row', { name: /Okafor, Tom/ }))
    await keys.click(await screen.findByRole('checkbox', { name: 'Front desk' }))
    await keys.click(screen.getByRole('button', { name: 'Change the roles' }))
    const theirs = await screen.findByLabelText('Their password', { selector: 'input' })
    await expectAccessible(container)
    expect(screen.getByRole('textbox', { name: 'What they should know' })).toHaveProperty('value', 'Roles: Nurse, Front desk')
    await keys.type(theirs, `${ADMIN_PASSWORD}{Enter}`)
    expect(await screen.findByRole('row', { name: /Okafor, Tom.*Nurse, Front desk/ }, SLOW)).toBeTruthy()
    expect((await client.clinic.listAccounts({})).find((one) => one.userName === 'nurse')).toMatchObject({ roles: ['nurse', 'receptionist'] })
    expect(await nurse.clinic.get({})).toMatchObject({ name: 'Harbor Family Clinic' })
    await keys.click(await screen.findByRole('button', { name: /^End the session of/ }))
    await waitFor(async () => expect(await refusalOf(nurse.clinic.get({}))).toMatchObject({ code: 'SIGNED_OUT' }))
    expect(await screen.findByText(/^until /)).toBeTruthy()
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
    expect(await screen.findByRole('row', { name: /Olive Brandt Administrator Signed in/ })).toBeTruthy()
    const [room] = await client.clinic.listRooms({})
    if (!room) throw new Error('the small clinic has rooms')
    await client.clinic.saveRoom({ ...room, name: 'Room 1a' })
    expect(await screen.findByRole('row', { name: /Olive Brandt Administrator Changed a room/ })).toBeTruthy()
    await expectAccessible(container)
  })
})
