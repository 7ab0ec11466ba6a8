import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '#shared/access/roles.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import { setClock } from '#renderer/app/clock.ts'
import '#renderer/domains/clinic/words.ts'
import { billingContribution } from '#renderer/domains/billing/contribution.tsx'
import { paymentOutcome } from '#renderer/domains/billing/view.ts'
import { queryClient, setTransport } from '#renderer/rpc/api.ts'
import { followChanges } from '#renderer/rpc/live.ts'
import { currentToasts, dismissToast } from '#renderer/ui/toast-store.ts'
import { expectAccessible, renderShell, testActor } from '#tests/support/screen.tsx'
import { ADMIN_PASSWORD } from '#tests/support/small-clinic.ts'
import { seePatient, type SeenVisit } from '#tests/support/visits.ts'
import { makeWorld, type World } from '#tests/support/world.ts'

const NOW = '2026-11-17T19:12:00.000Z' // 2:12 pm in New York, a Tuesday.

/** A password is derived slowly on purpose, and slower beside others. */
const SLOW = { timeout: 10_000 }

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

/** The whole window of somebody of that role, on a real core in this process. */
function open(path: string, role: Role = 'billing') {
  const client = world.as(role)
  setTransport((parts, input, options) => callBy(client, parts, input, options))
  stop = followChanges(() => undefined)
  const { userId, staffId } = world.clinic.people[role]
  const actor = { ...testActor, userId, staffId, name: 'Priya Nair', roles: [role], clinic: { ...testActor.clinic, timeZone: world.clinic.zone } }
  return { ...renderShell([billingContribution], { path, actor }), keys: userEvent.setup(), client }
}

function callBy(client: CairnClient, path: readonly string[], input: unknown, options: unknown): Promise<unknown> {
  const target = path.reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], client) // The client answers to the contract's paths.
  return (target as (input: unknown, options: unknown) => Promise<unknown>)(input, options)
}

const patient = (familyName: string, givenName: string) => world.clinic.addPatient(world.core, { familyName, givenName })
const see = (patientId: string, hour: number, more: Parameters<typeof seePatient>[1] = {}): Promise<SeenVisit> =>
  seePatient(world, { patientId, startsAt: `2026-11-17T${String(hour).padStart(2, '0')}:00:00.000Z`, ...more })
const bill = (visit: SeenVisit) => world.as('billing').billing.createInvoice({ id: world.core.platform.newId(), encounterId: visit.encounterId })
const rowOf = async (name: RegExp): Promise<HTMLElement> => (await screen.findByText(name, { selector: 'tr span' })).closest('tr') ?? document.body

describe('the work list', () => {
  it('says of each visit whether it is ready, and what it is worth', async () => {
    await see(patient('Moreau', 'Claire'), 14)
    await see(patient('Vargas', 'Nina'), 15, { sign: false })
    const { container } = open('/billing')
    expect((await rowOf(/^Moreau, Claire$/)).textContent).toContain('$190.00Ready')
    expect(screen.getByRole('radio', { name: 'Ready 1' })).toBeTruthy()
    await expectAccessible(container)
  })

  it('Space chooses, I bills what is chosen, and the list says so', async () => {
    await see(patient('Moreau', 'Claire'), 14)
    await see(patient('Bauer', 'Emil'), 15)
    const { keys, client, container } = open('/billing')
    await rowOf(/^Bauer, Emil$/)
    container.querySelector<HTMLElement>('tr[data-row]')?.focus()
    await keys.keyboard(' {ArrowDown} ')
    expect(await screen.findByRole('button', { name: /^Bill 2 chosen/ })).toBeTruthy()
    await keys.keyboard('i')
    await waitFor(async () => expect((await client.billing.workList({})).counts).toMatchObject({ ready: 0, billed: 2 }))
    expect(await screen.findAllByText(/^Billed/, { selector: 'tr span span' })).toHaveLength(2)
    expect(currentToasts().map((toast) => [toast.text, toast.strong])).toEqual([['Billed 2 visits,', '$380.00']])
  })

  it('takes part of what is due and says beforehand what stays', async () => {
    const visit = await see(patient('Nguyen', 'Linh'), 14)
    const invoice = await bill(visit)
    const { keys, client } = open('/billing')
    await screen.findByRole('heading', { name: 'Take payment' })
    await keys.keyboard('p50')
    expect(screen.getByText('Partial payment.', { exact: false }).textContent).toBe('Partial payment. $140.00 stays due on 17 Dec 2026.')
    await keys.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(async () => expect((await client.billing.invoice({ id: invoice.id })).totals.dueCents).toBe(14_000))
    expect(await screen.findByText('Partly paid')).toBeTruthy()
    expect(within(screen.getByRole('table', { name: 'Ledger' })).getByText('Card, receipt R-1001, Priya Nair')).toBeTruthy()
    expect((await client.billing.dayTotals({ date: '2026-11-17' })).payments).toHaveLength(1)
  })

  it('asks before it voids, keeps the safe answer in focus and wants a reason', async () => {
    const invoice = await bill(await see(patient('Nguyen', 'Linh'), 14))
    const { keys, client } = open('/billing')
    await screen.findByRole('heading', { name: 'Take payment' })
    await keys.keyboard('z')
    const dialog = await screen.findByRole('dialog', { name: 'Void invoice A-1001?' })
    await waitFor(() => expect(document.activeElement?.textContent).toContain('Keep invoice'))
    await keys.click(within(dialog).getByRole('button', { name: 'Void invoice' }))
    expect((await client.billing.invoice({ id: invoice.id })).invoice.status).toBe('issued')
    await keys.click(within(dialog).getByRole('radio', { name: 'Billed twice' }))
    await keys.click(within(dialog).getByRole('button', { name: 'Void invoice' }))
    // The administrator comes over and types their password; the window stays the clerk's.
    const theirs = await screen.findByLabelText('Their password', { selector: 'input' })
    await waitFor(() => expect(document.activeElement).toBe(theirs))
    expect(screen.getByRole('textbox', { name: 'What they should know' })).toHaveProperty('value', 'Billed twice')
    expect((await client.billing.invoice({ id: invoice.id })).invoice.status).toBe('issued')
    await keys.type(theirs, 'not this password{Enter}')
    expect(await screen.findByText(/Name and password do not go together/, {}, SLOW)).toBeTruthy()
    await keys.type(theirs, `${ADMIN_PASSWORD}{Enter}`)
    expect(await screen.findByText('This invoice is void.', { exact: false }, SLOW)).toBeTruthy()
    expect((await client.billing.invoice({ id: invoice.id })).invoice).toMatchObject({ status: 'void', number: 'A-1001', voidReason: 'duplicate' })
  })

  it('gives money back with a reason, and not more than there was', async () => {
    const visit = await see(patient('Nguyen', 'Linh'), 14)
    const invoice = await bill(visit)
    await world.as('billing').billing.takePayment({ id: world.core.platform.newId(), patientId: visit.patientId, invoiceId: invoice.id, amountCents: 10_000, method: 'cash' })
    const { keys, client } = open('/billing')
    await screen.findByRole('heading', { name: 'Take payment' })
    await keys.keyboard('u')
    await screen.findByRole('heading', { name: 'Refund' })
    await keys.keyboard('200{Control>}{Enter}{/Control}')
    expect(await screen.findByText('Give back between $0.01 and $100.00.')).toBeTruthy()
    await keys.clear(screen.getByLabelText('Amount'))
    await keys.type(screen.getByLabelText('Amount'), '40')
    await keys.type(screen.getByLabelText('Reason'), 'Counted wrong')
    await keys.keyboard('{Control>}{Enter}{/Control}')
    await expectAccessible((await screen.findByRole('form', { name: 'A second person approves' })))
    await keys.click(screen.getByRole('button', { name: 'Ask for approval' }))
    const [request] = await waitFor(async () => {
      const open = await world.as('administrator').approvals.listOpen({})
      expect(open).toHaveLength(1)
      return open
    })
    expect(request).toMatchObject({ procedure: 'billing.refund', reason: 'Counted wrong', requestedBy: { name: 'Priya Nair' } })
    await world.as('administrator').approvals.approve({ id: request?.id ?? '' })
    await waitFor(async () => expect((await client.billing.invoice({ id: invoice.id })).totals.dueCents).toBe(13_000))
    expect(await screen.findByText('Given back: Counted wrong', { exact: false })).toBeTruthy()
  })

  it('says why a visit cannot be billed and what to do', async () => {
    await see(patient('Vargas', 'Nina'), 14, { charges: [] })
    const { container } = open('/billing')
    expect(await screen.findByText('No charges', { selector: 'strong' })).toBeTruthy()
    const button = screen.getByRole('button', { name: /^Bill \$0\.00/ })
    expect(button.getAttribute('aria-disabled')).toBe('true')
    expect(document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent).toBe('No charges.')
    await expectAccessible(container)
  })

  it('shows a payment taken at another desk without being asked', async () => {
    const visit = await see(patient('Nguyen', 'Linh'), 14)
    const invoice = await bill(visit)
    open('/billing')
    await screen.findByRole('heading', { name: 'Take payment' })
    await world.as('receptionist').billing.takePayment({ id: world.core.platform.newId(), patientId: visit.patientId, invoiceId: invoice.id, amountCents: 19_000, method: 'cash' })
    expect(await screen.findByText('Paid', { selector: 'header span' })).toBeTruthy()
    await waitFor(() => expect(screen.queryByRole('heading', { name: 'Take payment' })).toBeNull())
  })
})

describe('checkout at the desk', () => {
  it('bills the visit and takes the money: P, amount, Ctrl Enter; no diagnosis is shown', async () => {
    const visit = await see(patient('Ito', 'Kenji'), 14)
    const { keys, client, container } = open('/billing/checkout', 'receptionist')
    await screen.findByRole('button', { name: /^Bill \$190\.00/ })
    expect(container.textContent).not.toContain('gout')
    await keys.keyboard('p')
    await screen.findByRole('heading', { name: 'Take payment' })
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Amount')))
    await keys.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(async () => expect((await client.billing.account({ patientId: visit.patientId })).balanceCents).toBe(0))
    expect((await client.billing.account({ patientId: visit.patientId })).payments).toHaveLength(1)
    expect(screen.queryByText('void, number is kept')).toBeNull()
    await expectAccessible(container)
    // With the payment they leave, and that is taken back like any step.
    const leftAt = async () => (await client.scheduling.listForPatient({ patientId: visit.patientId }))[0]?.leftAt
    await waitFor(async () => expect(await leftAt()).toBeTruthy())
    await waitFor(() => expect(currentToasts().at(-1)).toMatchObject({ text: 'Ito, Kenji', strong: 'has left' }))
    await keys.keyboard('{Control>}z{/Control}')
    await waitFor(async () => expect(await leftAt()).toBeNull())
  })

  it('lets somebody leave who pays later, with L, and says why where the visit is not over', async () => {
    const done = await see(patient('Ito', 'Kenji'), 14)
    const { keys, client } = open('/billing/checkout', 'receptionist')
    await screen.findByRole('button', { name: /^Bill \$/ })
    const leftAt = async () => (await client.scheduling.listForPatient({ patientId: done.patientId }))[0]?.leftAt
    await keys.keyboard('l')
    await waitFor(async () => expect(await leftAt()).toBeTruthy())
    await keys.keyboard('l')
    expect(await screen.findByText('Ito, Kenji has left already.')).toBeTruthy()
  })
})

describe('the account, the payments of a day and the fees', () => {
  it('takes one payment for a family, and more than is owed only when it is said for whom', async () => {
    const [mother, child] = [patient('Moreau', 'Claire'), patient('Moreau', 'Zoe')]
    await world.as('receptionist').patients.setGuarantor({ id: world.core.platform.newId(), patientId: child, guarantorPatientId: mother })
    await bill(await see(child, 14))
    await bill(await see(mother, 15))
    const { container, keys, client } = open(`/billing/patients/${child}`)
    const owed = (await client.billing.familyAccount({ patientId: child })).dueCents
    await keys.click(await screen.findByRole('button', { name: 'Take one payment' }, SLOW))
    const amount = await screen.findByLabelText('Amount for the family')
    await keys.clear(amount)
    await keys.type(amount, String(owed / 100 + 5))
    expect(await screen.findByText('$5.00 more than is owed.')).toBeTruthy()
    await keys.click(screen.getByRole('combobox', { name: 'Keep the rest for' }))
    await keys.click(await screen.findByRole('option', { name: 'Moreau, Zoe' }))
    await expectAccessible(container)
    expect(screen.queryByRole('button', { name: /^Pay all/ })).toBeNull()
    await keys.click(amount)
    await keys.keyboard('{Control>}{Enter}{/Control}')
    await screen.findByText(/each part with its own receipt/, {}, SLOW)
    expect((await client.billing.familyAccount({ patientId: child }))).toMatchObject({ dueCents: 0, balanceCents: -500 })
    expect((await client.billing.account({ patientId: child })).creditCents).toBe(500)
  })

  it('shows the statement with its balance and takes money ahead', async () => {
    const visit = await see(patient('Ito', 'Kenji'), 14)
    await bill(visit)
    const { keys, client, container } = open(`/billing/patients/${visit.patientId}`)
    const statement = await screen.findByRole('table', { name: 'Statement' })
    expect(within(statement).getAllByRole('row').map((row) => row.lastElementChild?.textContent)).toEqual(['Balance', '$190.00', '$168.00'])
    await keys.keyboard('p200')
    expect(screen.getByText('Pays the invoice in full.', { exact: false }).textContent).toContain('$10.00 more stays as the patient’s credit.')
    await keys.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(async () => expect((await client.billing.account({ patientId: visit.patientId })).creditCents).toBe(1_000))
    await expectAccessible(container)
  })

  it('adds up the day by method', async () => {
    const visit = await see(patient('Ito', 'Kenji'), 14)
    const invoice = await bill(visit)
    await world.as('billing').billing.takePayment({ id: world.core.platform.newId(), patientId: visit.patientId, invoiceId: invoice.id, amountCents: 6_000, method: 'check', reference: '1042' })
    const { container } = open('/billing/payments')
    expect((await screen.findByText('Check, ref. 1042')).closest('tr')?.textContent).toContain('$60.00')
    expect(screen.getByText('Check, 1').parentElement?.textContent).toContain('$60.00')
    await expectAccessible(container)
  })

  it('starts the fee schedule and changes a fee', async () => {
    const { keys, client, container } = open('/billing/fees', 'administrator')
    await keys.click(await screen.findByRole('button', { name: 'Start with a small list' }))
    const row = await screen.findByText('Established visit, moderate')
    await keys.click(row)
    const price = await screen.findByLabelText('Price')
    await keys.clear(price)
    await keys.type(price, '175')
    await keys.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(async () => expect((await client.billing.listFees({})).find((fee) => fee.code === 'V-204')?.priceCents).toBe(17_500))
    await expectAccessible(container)
  })
})

describe('on paper', () => {
  it('prints the invoice with what was paid and what is due, and says Copy the second time', async () => {
    const visit = await see(patient('Nguyen', 'Linh'), 14)
    const invoice = await bill(visit)
    await world.as('billing').billing.takePayment({ id: world.core.platform.newId(), patientId: visit.patientId, invoiceId: invoice.id, amountCents: 5_000, method: 'card', reference: '774 019' })
    const { container } = open(`/print/invoice/${invoice.id}`)
    await waitFor(() => expect(container.textContent).toContain('Still due by 17 Dec 2026$140.00'))
    for (const words of ['Invoice and receipt', 'NGUYEN, Linh', 'V-204', 'M10.061 Idiopathic gout, right knee', 'R-1001', 'Card, ref. 774 019', 'Page 1 of 1', 'Nguyen, Linh · MRN 100 001 · A-1001']) {
      expect(container.textContent).toContain(words)
    }
    expect(container.textContent).not.toContain('Copy')
    expect(document.title).not.toContain('Nguyen')
    await world.as('billing').billing.recordPrint({ id: world.core.platform.newId(), document: 'invoice', documentId: invoice.id, medium: 'paper' })
    await waitFor(() => expect(container.textContent).toContain('Copy'))
  })

  it('prints the receipt with where the money stands', async () => {
    const visit = await see(patient('Nguyen', 'Linh'), 14)
    const invoice = await bill(visit)
    const payment = await world.as('billing').billing.takePayment({ id: world.core.platform.newId(), patientId: visit.patientId, invoiceId: invoice.id, amountCents: 20_000, method: 'cash' })
    const { container } = open(`/print/receipt/${payment.id}`, 'receptionist')
    await waitFor(() => expect(container.textContent).toContain('Received$200.00'))
    expect(container.textContent).toContain('Invoice A-1001, paid in full$190.00')
    expect(container.textContent).toContain('Paid ahead, stands as credit$10.00')
  })
})

it.each([
  [undefined, 8_500, 'Enter what the patient pays.'],
  [5_000, 8_500, 'Partial payment. $35.00 stays due on 17 Dec 2026.'],
  [8_500, 8_500, 'Pays the invoice in full.'],
  [10_000, 8_500, 'Pays the invoice in full. $15.00 more stays as the patient’s credit.'],
  [2_500, 0, 'Paid ahead. $25.00 stays as the patient’s credit.'],
])('a payment of %s on %s due is said beforehand', (amount, due, words) => {
  const { lead, strong, rest } = paymentOutcome(amount, due, '2026-12-17')
  expect([lead, strong, rest].filter(Boolean).join(' ')).toBe(words)
})

describe('the drawer', () => {
  const pay = (amountCents: number, method: 'cash' | 'card' = 'cash') =>
    world.as('receptionist').billing.takePayment({ id: world.core.platform.newId(), patientId: patient('Moreau', 'Claire'), invoiceId: null, amountCents, method })

  it('is counted before the ledger is shown, closed by key, and listed as it was counted', async () => {
    await pay(4_000)
    await pay(9_900, 'card')
    const { keys, client, container } = open('/billing/drawer', 'receptionist')
    const amount = await screen.findByRole('textbox', { name: 'Cash in the drawer' })
    await waitFor(() => expect(document.activeElement).toBe(amount))
    expect(screen.queryByText('Should be in it')).toBeNull()
    expect(screen.getByText('$99.00')).toBeTruthy()
    await keys.keyboard('40')
    expect(await screen.findByText('Equal to the ledger')).toBeTruthy()
    await expectAccessible(container)
    await keys.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(async () => expect((await client.billing.listDrawerCloses({})).closes).toMatchObject([{ number: 1, countedCents: 4_000 }]))
    expect(currentToasts().map((toast) => [toast.text, toast.strong])).toEqual([['Closed, $40.00 to the bank:', 'close 1']])
    expect(await screen.findByText('Rosa Delgado')).toBeTruthy()
  })

  it('wants a reason for a difference, keeps what was typed, and changes nothing without', async () => {
    await pay(4_000)
    const { keys, client } = open('/billing/drawer', 'receptionist')
    await screen.findByRole('textbox', { name: 'Cash in the drawer' })
    await keys.keyboard('35{Control>}{Enter}{/Control}')
    expect(await screen.findByText('$5.00 too little')).toBeTruthy()
    expect(await screen.findByText('Say why, or what was done to find it.')).toBeTruthy()
    expect((await client.billing.listDrawerCloses({})).closes).toEqual([])
    await keys.type(screen.getByRole('textbox', { name: 'Why it differs' }), 'Stamps')
    await keys.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(async () => expect((await client.billing.listDrawerCloses({})).closes).toMatchObject([{ countedCents: 3_500, reason: 'Stamps' }]))
  })

  it('shows an administrator the closes and no count', async () => {
    await pay(4_000)
    const { number, paymentIds } = await world.as('receptionist').billing.openDrawer({})
    await world.as('receptionist').billing.closeDrawer({ id: world.core.platform.newId(), number, paymentIds, countedCents: 3_900, leftCents: 0, reason: 'Stamps' })
    open('/billing/drawer', 'administrator')
    expect(await screen.findByText('$1.00 too little')).toBeTruthy()
    expect(screen.getByText('Stamps')).toBeTruthy()
    expect(screen.queryByRole('textbox')).toBeNull()
  })
})
