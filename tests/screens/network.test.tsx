import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { setClock } from '#renderer/app/clock.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { openInNetwork } from '#tests/support/network-window.tsx'
import { expectAccessible } from '#tests/support/screen.tsx'
import { seePatient } from '#tests/support/visits.ts'
import { makeWorld, type World } from '#tests/support/world.ts'

const NOW = '2026-11-17T15:04:00.000Z' // 10:04 am in New York, a Tuesday.
const SLOW = { timeout: 10_000 }

let world: World
beforeEach(async () => {
  world = await makeWorld({ start: NOW })
  setClock(() => Date.parse(NOW))
})

const lopez = () => world.clinic.addPatient(world.core)
async function book(patientId: string, startsAt: string): Promise<string> {
  const id = world.core.platform.newId()
  await world.as('receptionist').scheduling.book({ id, patientId, providerId: world.clinic.providers[0], roomId: null, typeId: world.clinic.types.short, startsAt, durationMin: 30, reason: null })
  return id
}
const billButton = () => screen.findByRole('button', { name: /^Bill \$/ }, SLOW)
const away = { link: 'offline', offlineSince: '2026-11-17T14:41:00.000Z' } as const

describe('the chip on every screen', () => {
  it('says what waits and since when, that it is safe, and tries at once', async () => {
    const { keys, net, container } = openInNetwork(world, '/patients', 'receptionist')
    // A screen takes the focus when it comes: before that nobody presses anything.
    await screen.findByRole('heading', { name: 'Patients', level: 1 }, SLOW)
    const chip = await screen.findByRole('button', { name: /^In sync/ })
    const row = (table: string, id: string) => ({ table, id })
    net.state({ ...away, unsent: 4, unsentSince: '2026-11-17T14:52:00.000Z', pending: [row('appointments', 'a1'), row('appointments', 'a2'), row('payments', 'p1'), row('patients', 'n1')] })
    expect(await screen.findByRole('button', { name: /^Host not reachable · 4 unsent · 23 min/ })).toBe(chip)
    expect(within(chip).getByRole('status').textContent).toBe('Host not reachable, work goes on')
    await keys.click(chip)
    expect(await screen.findByText('Host not reachable since 9:41 am')).toBeTruthy()
    expect(screen.getByText(/Your 4 changes are safe on this computer/)).toBeTruthy()
    const waiting = screen.getByRole('list', { name: 'Waiting for the host' })
    expect(within(waiting).getAllByRole('listitem').map((one) => one.textContent)).toEqual(['2 appointmentsshown hatched until confirmed', '1 paymentreceipts print as not confirmed yet', '1 patientnew or changed here', 'The oldest is from 9:52 am.'])
    expect(screen.getByText(/An administrator can let another machine take over/)).toBeTruthy()
    await expectAccessible(container)
    await keys.click(screen.getByRole('button', { name: 'Try now' }))
    expect(net.asked).toEqual([{ name: 'tryNow', input: {} }])
    net.state({ link: 'connected', offlineSince: null, unsent: 0, unsentSince: null, pending: [] })
    expect(await screen.findByRole('button', { name: /^In sync/ })).toBe(chip)
    expect(within(chip).getByRole('status').textContent).toBe('')
    await keys.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByText('reachable')).toBeNull())
    await waitFor(() => expect(document.activeElement).toBe(chip))
  })

  it('is silent while something is sent, and says it after three seconds', async () => {
    const { net } = openInNetwork(world, '/patients', 'receptionist')
    await screen.findByRole('button', { name: /^In sync/ })
    net.state({ unsent: 3, unsentSince: NOW })
    expect(await screen.findByRole('button', { name: 'Sending 3' }, SLOW)).toBeTruthy()
  })

  it('says what to do when the machine was taken out', async () => {
    const { keys } = openInNetwork(world, '/patients', 'receptionist', (net) => net.state({ link: 'stopped', stoppedBy: 'REVOKED', unsent: 2 }))
    await keys.click(await screen.findByRole('button', { name: /^Stopped · 2 unsent/ }))
    expect(await screen.findByText('This computer was taken out of the clinic')).toBeTruthy()
    expect(screen.getByText(/2 changes of this computer are kept/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Try now' })).toBeNull()
  })

  it('leads to Attention when something waits there', async () => {
    const { keys } = openInNetwork(world, '/patients', 'receptionist', (net) => net.state({ attention: 2 }))
    await keys.click(await screen.findByRole('button', { name: /^Attention 2/ }))
    await keys.click(await screen.findByRole('button', { name: 'Open Attention' }))
    expect(await screen.findByRole('heading', { level: 1, name: 'Attention' })).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Attention, 2 to settle' })).toBeTruthy()
  })

  it('counts the machines at the host', async () => {
    const member = { profile: 'clinical', os: 'linux 6.8.0', appVersion: '0.1.0', pairedAt: NOW, lastSeenAt: NOW, behind: 0, unsent: 0, unsentSince: null, attention: 0, revokedAt: null, leaseEndsAt: null } as const
    openInNetwork(world, '/settings', 'administrator', (net) => {
      net.state({ role: 'host', link: 'none', profile: null })
      net.answer('members', () => ['Host', 'Room 1', 'Room 2'].map((name, i) => ({ ...member, id: world.core.platform.newId(), name, isThis: i === 0, isHost: i === 0, isConnected: i === 1 })))
    })
    expect(await screen.findByRole('button', { name: 'Host · 2 machines' }, SLOW)).toBeTruthy()
  })
})

describe('what the host has not confirmed', () => {
  it('a payment says so in the ledger of its bill and on paper', async () => {
    const visit = await seePatient(world, { patientId: lopez(), startsAt: '2026-11-17T14:00:00.000Z' })
    const clerk = world.as('billing')
    const invoice = await clerk.billing.createInvoice({ id: world.core.platform.newId(), encounterId: visit.encounterId })
    const payment = await clerk.billing.takePayment({ id: world.core.platform.newId(), patientId: invoice.patientId, invoiceId: invoice.id, amountCents: 1_000, method: 'cash', reference: null })
    const { keys } = openInNetwork(world, `/billing/invoices/${invoice.id}`, 'billing', (script) => script.state({ ...away, pending: [{ table: 'payments', id: payment.id }] }))
    expect(within(await screen.findByRole('table', { name: 'Ledger' }, SLOW)).getAllByText('not confirmed yet')).toHaveLength(1)
    await keys.keyboard('{Control>}p{/Control}')
    expect((await screen.findAllByText('Cash, not confirmed yet', {}, SLOW)).length).toBeGreaterThan(0)
  })

  it('stands hatched on the day, and says so to those who hear it', async () => {
    const patientId = lopez()
    const [waits] = [await book(patientId, '2026-11-17T16:00:00.000Z'), await book(world.clinic.addPatient(world.core, { familyName: 'Grant', givenName: 'Olivia' }), '2026-11-17T17:00:00.000Z')]
    const { container, net } = openInNetwork(world, '/day', 'receptionist', (script) => script.state({ ...away, pending: [{ table: 'appointments', id: waits }] }))
    const row = await screen.findByRole('row', { name: /Lopez, Maria.*waiting for the clinic$/ }, SLOW)
    expect(row.hasAttribute('data-unsent')).toBe(true)
    expect((await screen.findByRole('row', { name: /Grant, Olivia.*booked$/ })).hasAttribute('data-unsent')).toBe(false)
    await expectAccessible(container)
    net.state({ link: 'connected', offlineSince: null, pending: [] })
    await waitFor(() => expect(row.hasAttribute('data-unsent')).toBe(false))
  })

  it('is said in the appointment’s panel and in the patient’s list', async () => {
    const patientId = lopez()
    const id = await book(patientId, '2026-11-17T16:00:00.000Z')
    const { keys } = openInNetwork(world, '/day', 'receptionist', (script) => script.state({ ...away, pending: [{ table: 'appointments', id }] }))
    const row = await screen.findByRole('row', { name: /Lopez, Maria/ }, SLOW)
    await keys.dblClick(row)
    expect(await screen.findByText('waiting for the clinic, not confirmed yet')).toBeTruthy()
    await keys.click(screen.getByRole('button', { name: 'Open patient' }))
    expect(await screen.findByRole('button', { name: /Today 11:00 am.*waiting for the clinic/ }, SLOW)).toBeTruthy()
  })

  it('a booking is a request while the host is away, before it and after it', async () => {
    lopez()
    const { keys } = openInNetwork(world, '/day', 'receptionist', (script) => script.state(away))
    await keys.click(await screen.findByRole('button', { name: /^Book/ }, SLOW))
    expect(await screen.findByText('A request until the clinic confirms it.')).toBeTruthy()
    await keys.keyboard('lopez')
    await keys.click(await screen.findByRole('option', { name: /Lopez, Maria/ }))
    await keys.keyboard('1')
    expect(await screen.findByText(/Lopez, Maria booked, not confirmed yet,/)).toBeTruthy()
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toMatch(/Lopez, Maria/))
    await keys.keyboard('m{ArrowDown}{Enter}')
    expect(await screen.findByText(/Lopez, Maria moved, not confirmed yet:/)).toBeTruthy()
  })

  it('a payment is not confirmed yet, on the account and on its receipt', async () => {
    const patientId = lopez()
    const payment = await world.as('billing').billing.takePayment({ id: world.core.platform.newId(), patientId, invoiceId: null, amountCents: 2_500, method: 'cash', reference: null })
    const { keys } = openInNetwork(world, `/billing/patients/${patientId}`, 'billing', (script) => script.state({ ...away, pending: [{ table: 'payments', id: payment.id }] }))
    const row = (await screen.findByText(payment.receiptNumber, {}, SLOW)).closest('tr') ?? document.body
    expect(within(row).getByText('not confirmed yet')).toBeTruthy()
    await keys.click(within(row).getByRole('button', { name: /^Print receipt/ }))
    expect((await screen.findAllByText('Not confirmed yet', {}, SLOW)).length).toBeGreaterThan(0)
  })

  it('no bill is numbered without the host: it stays a draft, and says so', async () => {
    await seePatient(world, { patientId: lopez(), startsAt: '2026-11-17T14:00:00.000Z' })
    const { net, container } = openInNetwork(world, '/billing', 'billing', (script) => script.state(away))
    expect((await screen.findAllByText(/^Draft, number after sync/, {}, SLOW)).length).toBeGreaterThan(0)
    expect((await billButton()).getAttribute('aria-disabled')).toBe('true')
    await expectAccessible(container)
    net.state({ link: 'connected', offlineSince: null })
    await waitFor(async () => expect((await billButton()).getAttribute('aria-disabled')).toBeNull())
  })

  it('a note that was signed here is not yet at the clinic', async () => {
    const visit = await seePatient(world, { patientId: lopez(), startsAt: '2026-11-17T14:00:00.000Z' })
    const note = (await world.as('doctor').encounters.encounter({ id: visit.encounterId })).notes[0]
    openInNetwork(world, `/encounters/${visit.encounterId}/note`, 'doctor', (script) => script.state({ ...away, pending: [{ table: 'clinical_notes', id: note?.id ?? '' }] }))
    expect(await screen.findByText('signed here, not yet at the clinic', {}, SLOW)).toBeTruthy()
  })

  it('a chart that this machine does not hold is no failure: the words say where it is', async () => {
    const patientId = lopez()
    openInNetwork(world, `/patients/${patientId}`, 'doctor', (script) => script.refuses('encounters.openChart', 'NOT_ON_THIS_MACHINE'))
    expect(await screen.findByText('The chart cannot be shown at this machine now.', {}, SLOW)).toBeTruthy()
    expect(screen.getByText('This machine holds no charts. Open it at a machine for clinical work.')).toBeTruthy()
    expect(screen.queryByText(/Tell the owner/)).toBeNull()
  })

  it('what only the host does is refused in words that say that nothing is lost', async () => {
    const patientId = lopez()
    const { keys } = openInNetwork(world, `/billing/patients/${patientId}`, 'billing', (script) => {
      script.answer('tryNow', () => {
        throw refuse('HOST_NEEDED')
      })
      script.state(away)
    })
    await keys.click(await screen.findByRole('button', { name: /^Host not reachable/ }))
    await keys.click(await screen.findByRole('button', { name: 'Try now' }))
    expect(await screen.findByText(/Nothing is lost; do it again once the chip says In sync/)).toBeTruthy()
  })
})
