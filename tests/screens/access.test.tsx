import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '#shared/access/roles.ts'
import { setClock } from '#renderer/app/clock.ts'
import { accessContribution } from '#renderer/domains/access/contribution.tsx'
import { approvalsContribution } from '#renderer/domains/approvals/contribution.tsx'
import { clinicContribution } from '#renderer/domains/clinic/contribution.tsx'
import { encountersContribution } from '#renderer/domains/encounters/contribution.tsx'
import { patientsContribution } from '#renderer/domains/patients/contribution.tsx'
import { queryClient, setTransport } from '#renderer/rpc/api.ts'
import { followChanges } from '#renderer/rpc/live.ts'
import { currentToasts, dismissToast } from '#renderer/ui/toast-store.ts'
import { expectAccessible, renderShell, testActor } from '#tests/support/screen.tsx'
import { givePassword, PASSWORD, windowOf } from '#tests/support/sign-in.ts'
import { ADMIN_PASSWORD } from '#tests/support/small-clinic.ts'
import { makeWorld, type World } from '#tests/support/world.ts'

const NOW = '2026-11-17T15:12:00.000Z'
/** A password is derived slowly on purpose, and slower beside others. */
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

function open(path: string, role: Role) {
  // A door that does not lock while the clock goes on.
  const { client } = windowOf(world, role, world.core.openDoor('test'))
  setTransport((parts, input, options) => {
    const target = parts.reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], client) // The client answers to the contract's paths.
    return (target as (input: unknown, options: unknown) => Promise<unknown>)(input, options)
  })
  stop = followChanges(() => undefined)
  const { userId, staffId } = world.clinic.people[role]
  const actor = { ...testActor, userId, staffId, roles: [role], isPrivacyOfficer: role === 'administrator', clinic: { ...testActor.clinic, id: world.clinic.id, timeZone: world.clinic.zone } }
  return { ...renderShell([accessContribution, approvalsContribution, clinicContribution, encountersContribution, patientsContribution], { path, actor }), keys: userEvent.setup(), client }
}

const addQuist = (team: boolean) => world.clinic.addPatient(world.core, { familyName: 'Quist', givenName: 'Edda' }, { team })

describe('who may know of a patient', () => {
  it('R15: a doctor restricts a patient with the administrator’s yes at the same window', async () => {
    const patientId = addQuist(true)
    const { keys } = open(`/patients/${patientId}/details`, 'doctor')
    await keys.click(await screen.findByRole('button', { name: 'Restrict …' }, SLOW))
    const dialog = await screen.findByRole('dialog', { name: 'Restrict this patient' })
    await keys.type(within(dialog).getByRole('textbox', { name: 'Why' }), 'Asked for by her family')
    await expectAccessible(dialog)
    await keys.keyboard('{Control>}{Enter}{/Control}')
    const theirs = await screen.findByLabelText('Their password', { selector: 'input' }, SLOW)
    expect(screen.getByRole('textbox', { name: 'What they should know' })).toHaveProperty('value', 'Asked for by her family')
    expect(await world.as('receptionist').patients.search({ text: 'quist' })).toHaveLength(1)
    await keys.type(theirs, `${ADMIN_PASSWORD}{Enter}`)
    expect(await screen.findByText('Restricted', {}, SLOW)).toBeTruthy()
    expect(await world.as('receptionist').patients.search({ text: 'quist' })).toEqual([])
  })

  it('the other doctor of the list reads who it is about, and the reason once', async () => {
    const patientId = addQuist(true)
    const input = { id: world.core.platform.newId(), patientId, reason: 'Known in town', allowedUserIds: [world.clinic.people.nurse.userId] }
    await world.as('administrator').approvals.request({ id: world.core.platform.newId(), procedure: 'access.restrictPatient', input, reason: 'Known in town' })
    const { container } = open('/approvals', 'doctor')
    expect(await screen.findByText('Tom Okafor', { selector: 'strong' }, SLOW)).toBeTruthy()
    expect(await screen.findByText(/Quist, Edda/)).toBeTruthy()
    expect(screen.getAllByText(/Known in town/, { selector: 'section p, dd, section span' }).length).toBeLessThan(2)
    await expectAccessible(container)
  })
})

describe('an emergency', () => {
  it('R31: with an old sign-in the password is asked for once, and reason and words are still there', async () => {
    const { password } = await givePassword(world, 'doctor')
    const patientId = addQuist(false)
    const { keys } = open(`/patients/${patientId}/chart`, 'doctor')
    await keys.click(await screen.findByRole('button', { name: 'Open in an emergency' }, SLOW))
    const dialog = await screen.findByRole('dialog', { name: 'Open in an emergency' })
    await keys.click(within(dialog).getByRole('combobox', { name: 'Reason' }))
    await keys.click(await screen.findByRole('option', { name: 'Emergency: treatment cannot wait' }))
    await keys.type(within(dialog).getByLabelText('What happened'), 'Collapsed in the waiting room')
    world.clock.advanceMinutes(6)
    await keys.keyboard('{Control>}{Enter}{/Control}')
    const own = within(await screen.findByRole('dialog', { name: 'Your password, once more' }, SLOW)).getByLabelText('Password', { selector: 'input' })
    await keys.type(own, 'not this one{Enter}')
    expect(await screen.findByText(/do not go together/, {}, SLOW)).toBeTruthy()
    expect(within(dialog).getByLabelText('What happened')).toHaveProperty('value', 'Collapsed in the waiting room')
    await keys.type(own, `${password}{Enter}`)
    const banner = await screen.findByRole('region', { name: 'Patient' }, SLOW)
    // Two identifiers stand there in an emergency as well.
    expect(banner.textContent).toMatch(/QUIST, Edda.*born 12 Mar 1958.*MRN.*Opened in an emergency/)
  }, 30_000)
})

describe('one’s own password and the reach of the care teams', () => {
  it('says what is wrong with the new password, refuses a wrong old one, then changes it', async () => {
    const { userName } = await givePassword(world, 'nurse')
    const { keys, container } = open('/me', 'nurse')
    const form = await screen.findByRole('form', { name: 'Password' }, SLOW)
    const [old, chosen] = [within(form).getByLabelText('Present password', { selector: 'input' }), within(form).getByLabelText('New password', { selector: 'input' })]
    await keys.type(old, 'not this one')
    await keys.type(chosen, 'password1234')
    expect((await within(form).findAllByText(/among the first that others would try/)).length).toBeGreaterThan(0)
    await keys.clear(chosen)
    await keys.type(chosen, 'nine geese over the marsh{Enter}')
    expect(await within(form).findByText('Not changed.', {}, SLOW)).toBeTruthy()
    await expectAccessible(container)
    await keys.type(old, `${PASSWORD}{Enter}`)
    await waitFor(() => expect(currentToasts().map((toast) => toast.text)).toContain('Your password is changed; your other windows have ended'), SLOW)
    expect(await world.stranger().client.session.signIn({ userName, password: 'nine geese over the marsh' })).toMatchObject({ phase: 'active' })
  }, 30_000)

  it('access.settings, access.saveSettings: says how far the teams reach and takes no empty number', async () => {
    const { keys, client } = open('/settings', 'administrator')
    const form = await screen.findByRole('form', { name: 'Care teams' }, SLOW)
    const back = within(form).getByLabelText('Provider, back')
    await keys.clear(back)
    expect(within(form).getByText('A number is missing.')).toBeTruthy()
    await keys.type(back, '36')
    await keys.click(within(form).getByRole('button', { name: 'Save the reach' }))
    await waitFor(async () => expect((await client.access.settings({})).monthsBack).toBe(36), SLOW)
  })
})
