import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '#shared/access/roles.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import { setClock } from '#renderer/app/clock.ts'
import { approvalsContribution } from '#renderer/domains/approvals/contribution.tsx'
import { billingContribution } from '#renderer/domains/billing/contribution.tsx'
import { clinicContribution } from '#renderer/domains/clinic/contribution.tsx'
import { networkContribution } from '#renderer/domains/network/contribution.tsx'
import { queryClient, setTransport } from '#renderer/rpc/api.ts'
import { followChanges } from '#renderer/rpc/live.ts'
import { currentToasts, dismissToast } from '#renderer/ui/toast-store.ts'
import { expectAccessible, renderShell, testActor } from '#tests/support/screen.tsx'
import { ADMIN_PASSWORD } from '#tests/support/small-clinic.ts'
import { bill, pay, seePatient } from '#tests/support/visits.ts'
import { makeWorld, refusalOf, type World } from '#tests/support/world.ts'

const NOW = '2026-11-17T19:12:00.000Z'

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
  const client = world.as(role)
  setTransport((parts, input, options) => {
    const target = parts.reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], client) // The client answers to the contract's paths.
    return (target as (input: unknown, options: unknown) => Promise<unknown>)(input, options)
  })
  stop = followChanges(() => undefined)
  const { userId, staffId } = world.clinic.people[role]
  const actor = { ...testActor, userId, staffId, roles: [role], clinic: { ...testActor.clinic, id: world.clinic.id, timeZone: world.clinic.zone } }
  return { ...renderShell([approvalsContribution, billingContribution, clinicContribution, networkContribution], { path, actor }), keys: userEvent.setup(), client }
}

/** A void and a refund that wait for somebody. */
async function twoRequests() {
  const visit = await seePatient(world)
  const invoice = await bill(world, visit)
  const payment = await pay(world, visit.patientId, invoice.id, 5_000)
  const clerk: CairnClient = world.as('billing')
  const ask = (procedure: string, input: object, reason: string) => clerk.approvals.request({ id: world.core.platform.newId(), procedure, input, reason })
  await ask('billing.voidInvoice', { id: invoice.id, reason: 'duplicate' }, 'Billed twice by me')
  await ask('billing.refund', { id: world.core.platform.newId(), paymentId: payment.id, amountCents: 2_000, method: 'card', reason: 'Too much' }, 'Terminal charged twice')
  return { invoice, payment, clerk }
}

describe('the approvals page', () => {
  it('shows the facts as the records have them, approves by key, and asks for the password when it is old', async () => {
    const { invoice, clerk } = await twoRequests()
    const { keys, container, client } = open('/approvals', 'administrator')
    expect(await screen.findByText('2 requests for you')).toBeTruthy()
    expect(await screen.findByRole('link', { name: 'Approvals, 2 to do' })).toBeTruthy()
    expect(await screen.findByText(invoice.number)).toBeTruthy()
    expect(screen.getByText('“Billed twice by me”')).toBeTruthy()
    await expectAccessible(container)
    world.clock.advanceMinutes(6)
    await keys.keyboard('{Control>}{Enter}{/Control}')
    const own = await within(await screen.findByRole('dialog', { name: 'Your password, once more' })).findByLabelText('Password', { selector: 'input' })
    expect((await clerk.billing.invoice({ id: invoice.id })).invoice.status).toBe('issued')
    await keys.type(own, `${ADMIN_PASSWORD}{Enter}`)
    await waitFor(async () => expect((await client.billing.invoice({ id: invoice.id })).invoice.status).toBe('void'), { timeout: 10_000 })
    expect(await screen.findByText('1 request for you')).toBeTruthy()
  })

  it('declines with a reason that the one who asked reads, who can take the other one back', async () => {
    const { clerk, payment } = await twoRequests()
    const admin = open('/approvals', 'administrator')
    await admin.keys.click(await screen.findByRole('row', { name: /Give money back/ }))
    expect(await screen.findByText(payment.receiptNumber)).toBeTruthy()
    await admin.keys.click(screen.getByRole('button', { name: /^Decline/ }))
    await admin.keys.type(await screen.findByRole('textbox', { name: 'Why not' }), 'The terminal shows one{Enter}')
    await waitFor(async () => expect((await clerk.approvals.listMine({})).map((one) => one.status).toSorted()).toEqual(['declined', 'open']))
    admin.unmount()
    stop?.()
    queryClient.clear()
    const { keys } = open('/approvals', 'billing')
    await keys.click(await screen.findByRole('row', { name: /Give money back.*Declined/ }))
    expect(await screen.findByText('The terminal shows one')).toBeTruthy()
    await keys.click(screen.getByRole('row', { name: /Void an invoice.*Waits/ }))
    await keys.click(await screen.findByRole('button', { name: 'Take the request back' }))
    expect(await screen.findByRole('row', { name: /Void an invoice.*Taken back/ })).toBeTruthy()
  })

  it('keeps what was done alone on the owner’s home until it was looked at', async () => {
    await world.as('administrator').clinic.changeRoles({ userId: world.clinic.people.nurse.userId, roles: ['nurse', 'receptionist'] })
    const { keys, container } = open('/clinic', 'administrator')
    await keys.click(await screen.findByRole('button', { name: /1 act of two done alone/ }))
    const row = await screen.findByRole('row', { name: /Change roles.*Done alone/ })
    expect(within(row).getByText('You')).toBeTruthy()
    expect(await screen.findByText('Nurse, Front desk', { selector: 'strong' })).toBeTruthy()
    await expectAccessible(container)
    await keys.click(screen.getByRole('button', { name: 'I have looked at it' }))
    expect(await screen.findByText('Nothing waits for a second person')).toBeTruthy()
  })
})

describe('devices and sessions', () => {
  it('R12: names this computer, lists who is signed in, and ends one or all others', async () => {
    const [nurse, doctor] = [world.as('nurse'), world.as('doctor')]
    const { keys, container, client } = open('/devices', 'administrator')
    const name = await screen.findByRole('textbox', { name: 'Name of the computer' })
    await keys.clear(name)
    await keys.type(name, 'Front desk 1{Enter}')
    expect(await screen.findByRole('heading', { name: 'Front desk 1' })).toBeTruthy()
    expect(screen.getByText('This computer')).toBeTruthy()
    expect(await client.devices.list({})).toMatchObject([{ name: 'Front desk 1', isThis: true }])
    await expectAccessible(container)
    const live = screen.getByRole('table', { name: 'Signed in now' })
    expect(within(live).getByRole('row', { name: /Olive Brandt \(you\)/ })).toBeTruthy()
    await keys.click(within(live).getByRole('button', { name: 'End the session of Tom Okafor' }))
    await waitFor(async () => expect(await refusalOf(nurse.clinic.get({}))).toMatchObject({ code: 'SIGNED_OUT' }))
    expect(await within(await screen.findByRole('table', { name: 'Past sessions' })).findByRole('row', { name: /Tom Okafor Ended/ })).toBeTruthy()
    await keys.click(screen.getByRole('button', { name: 'End all but mine' }))
    await keys.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'End them' }))
    await waitFor(async () => expect(await refusalOf(doctor.clinic.get({}))).toMatchObject({ code: 'SIGNED_OUT' }))
    expect(await client.clinic.get({})).toMatchObject({ name: 'Harbor Family Clinic' })
  })
})
