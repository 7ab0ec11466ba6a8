import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '#shared/access/roles.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import { endAskedConsent } from '#renderer/app/asked.ts'
import { setClock } from '#renderer/app/clock.ts'
import { consentsContribution } from '#renderer/domains/consents/contribution.tsx'
import { schedulingContribution } from '#renderer/domains/scheduling/contribution.tsx'
import { queryClient, setTransport } from '#renderer/rpc/api.ts'
import { followChanges } from '#renderer/rpc/live.ts'
import { currentToasts, dismissToast } from '#renderer/ui/toast-store.ts'
import { newestFields } from '#tests/support/consents.ts'
import { expectAccessible, renderShell, testActor } from '#tests/support/screen.tsx'
import { makeWorld, type World } from '#tests/support/world.ts'

const NOW = '2026-11-17T15:12:00.000Z' // 10:12 in New York, a Tuesday.

let world: World
let stop: () => void
let patientId: string
beforeEach(async () => {
  world = await makeWorld({ start: NOW })
  setClock(() => Date.parse(NOW))
  patientId = world.clinic.addPatient(world.core, { familyName: 'Price', givenName: 'Helen', birthDate: '1965-05-14', phone: '+14135550177' })
  const desk = world.as('receptionist')
  const newId = world.core.platform.newId
  await desk.patients.addCoverage({ id: newId(), patientId, payerName: 'Meridian Health', planName: 'PPO', memberNumber: 'MH 5520', groupNumber: null, relationship: 'self', subscriberName: null, rank: 1, validFrom: null, validTo: null, copayCents: 2_500 })
  await desk.scheduling.book({ id: newId(), patientId, providerId: world.clinic.providers[0], roomId: null, typeId: world.clinic.types.short, startsAt: '2026-11-17T15:15:00.000Z', durationMin: 30, reason: 'Cough' })
})
afterEach(() => {
  stop()
  endAskedConsent()
  queryClient.clear()
  for (const toast of currentToasts()) dismissToast(toast.id)
})

async function checkIn(role: Role = 'receptionist') {
  const client = world.as(role)
  setTransport((path, input, options) => callBy(client, path, input, options))
  stop = followChanges(() => undefined)
  const { userId, staffId } = world.clinic.people[role]
  const actor = { ...testActor, userId, staffId, roles: [role], clinic: { ...testActor.clinic, timeZone: world.clinic.zone } }
  const shown = { ...renderShell([schedulingContribution, consentsContribution], { path: '/day', actor }), keys: userEvent.setup(), client }
  ;(await screen.findByRole('row', { name: /Price/ }, { timeout: 10_000 })).focus()
  await shown.keys.keyboard('a')
  await screen.findByRole('region', { name: /^Identity, / })
  return shown
}

function callBy(client: CairnClient, path: readonly string[], input: unknown, options: unknown): Promise<unknown> {
  const target = path.reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], client) // The client answers to the contract's paths.
  return (target as (input: unknown, options: unknown) => Promise<unknown>)(input, options)
}

const stone = (name: RegExp) => screen.findByRole('region', { name })
const ready = (count: number) => screen.findByRole('group', { name: `${count} of 4 ready` })
const statusOf = async (client: CairnClient) => (await client.scheduling.listDay({ date: '2026-11-17' })).appointments[0]?.status

describe('check-in', () => {
  it('confirms with Space, takes the copay and arrives with Ctrl Enter', async () => {
    const { keys, client, container } = await checkIn()
    await ready(1)
    await waitFor(() => expect(document.activeElement?.id).toBe('stone-identity'))
    await keys.keyboard(' ')
    await ready(3)
    await expectAccessible(container)
    await keys.keyboard('{Control>}{Enter}{/Control}')
    await screen.findByRole('row', { name: /Price, Helen, 61 F, arrived/ })
    const { payments, creditCents } = await client.billing.account({ patientId })
    expect([payments.map((one) => [one.amountCents, one.method]), creditCents]).toEqual([[[2_500, 'card']], 2_500])
    expect((await client.patients.get({ id: patientId })).coverages[0]).toMatchObject({ verifiedOn: '2026-11-17', verifiedBy: 'Rosa Delgado' })
    expect(await client.patients.identityCheck({ patientId })).toEqual({ at: NOW, by: 'Rosa Delgado' })
  })

  it('a number chooses one stone, and Space is about that one alone', async () => {
    const { keys, client } = await checkIn()
    await ready(1)
    await keys.keyboard('2 ')
    await stone(/^Insurance, done/)
    expect(await client.patients.identityCheck({ patientId })).toBeNull()
  })

  it('arrives without money with Ctrl Shift Enter', async () => {
    const { keys, client } = await checkIn()
    await ready(1)
    await keys.keyboard('{Control>}{Shift>}{Enter}{/Shift}{/Control}')
    await waitFor(async () => expect(await statusOf(client)).toBe('arrived'))
    expect((await client.billing.account({ patientId })).payments).toEqual([])
  })

  it('takes another amount by another way, and says when there is none', async () => {
    const { keys, client } = await checkIn()
    await ready(1)
    await keys.keyboard('4')
    const amount = screen.getByRole('textbox', { name: 'Amount' })
    expect(document.activeElement).toBe(amount)
    await keys.clear(amount)
    await keys.keyboard('{Control>}{Enter}{/Control}')
    expect((await screen.findByRole('alert')).textContent).toMatch(/Write the amount/)
    expect(await statusOf(client)).toBe('booked')
    await keys.type(amount, '10')
    await keys.click(screen.getByRole('radio', { name: 'Cash' }))
    await keys.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(async () => expect(await statusOf(client)).toBe('arrived'))
    expect((await client.billing.account({ patientId })).payments).toMatchObject([{ amountCents: 1_000, method: 'cash' }])
  })

  it('corrects the details in place, says what cannot be at the field, and keeps what was typed when it is closed', async () => {
    const { keys, client } = await checkIn()
    await ready(1)
    await keys.keyboard('e')
    const family = await screen.findByRole('textbox', { name: 'Family name' })
    await keys.clear(family)
    await keys.type(screen.getByRole('textbox', { name: 'City' }), 'Salem')
    await keys.click(screen.getByRole('button', { name: /^Save and confirm/ }))
    expect(await screen.findByText('The family name is missing.')).toBeTruthy()
    expect((await client.patients.get({ id: patientId })).patient.city).toBeNull()
    await keys.click(screen.getByRole('button', { name: 'Close Check in' }))
    ;(await screen.findByRole('row', { name: /Price/ })).focus()
    await keys.keyboard('a')
    expect(await screen.findByDisplayValue('Salem')).toBeTruthy()
    await keys.type(screen.getByRole('textbox', { name: 'Family name' }), 'Pryce')
    await keys.click(screen.getByRole('button', { name: /^Save and confirm/ }))
    await stone(/^Identity, done/)
    expect((await client.patients.get({ id: patientId })).patient).toMatchObject({ familyName: 'Pryce', city: 'Salem', birthDate: '1965-05-14' })
  })

  it('a nurse sees the copay and has no money to take', async () => {
    const { keys, client } = await checkIn('nurse')
    expect(within(await stone(/^Copay, open/)).getByText('Taken at the front desk.')).toBeTruthy()
    expect(screen.queryByRole('textbox', { name: 'Amount' })).toBeNull()
    await keys.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(async () => expect(await statusOf(client)).toBe('arrived'))
  })
})

describe('a consent at the desk', () => {
  beforeEach(async () => {
    const newId = world.core.platform.newId
    await world.as('administrator').consents.saveForm({ id: newId(), formId: newId(), basedOn: null, fields: { ...newestFields, isReviewed: false }, asksAgain: true })
  })

  it('is signed by keys alone: the full name, and no other', async () => {
    const { keys, client, container } = await checkIn()
    await ready(0)
    await keys.keyboard('3 ')
    const dialog = await screen.findByRole('dialog', {}, { timeout: 10_000 })
    expect(within(dialog).getByText('This text has not been reviewed for the clinic yet.')).toBeTruthy()
    await keys.click(within(dialog).getByRole('radio', { name: 'Type the name' }))
    const name = within(dialog).getByRole('textbox', { name: /^Full name/ })
    await keys.type(name, 'Helen')
    await keys.keyboard('{Control>}{Enter}{/Control}')
    expect(await within(dialog).findByText('Type the full name: Helen Price.')).toBeTruthy()
    await expectAccessible(container)
    await keys.type(name, ' Price{Control>}{Enter}{/Control}')
    await stone(/^Consent, done/)
    expect(await client.consents.listForPatient({ patientId })).toMatchObject([{ how: 'typed', signerName: 'Helen Price', witness: 'Rosa Delgado' }])
  })

  it('is drawn, cleared and drawn again; what was drawn outlives a mistaken Esc', async () => {
    const { keys, client } = await checkIn()
    await ready(0)
    await keys.keyboard('3 ')
    const open = () => screen.findByRole('dialog', {}, { timeout: 10_000 })
    const stroke = (field: Element) => {
      fireEvent.pointerDown(field, { pointerId: 1, button: 0, clientX: 0.1, clientY: 0.5 })
      for (let at = 0; at < 5; at += 1) fireEvent.pointerMove(field, { pointerId: 1, clientX: 0.1 + at * 0.1, clientY: at % 2 })
      fireEvent.pointerUp(field, { pointerId: 1 })
    }
    await keys.keyboard('{Control>}{Enter}{/Control}')
    expect(await within(await open()).findByText(/The signature is missing/)).toBeTruthy()
    stroke(within(await open()).getByRole('img', { name: /empty/ }))
    await keys.click(within(await open()).getByRole('button', { name: 'Clear' }))
    stroke(within(await open()).getByRole('img', { name: /empty/ }))
    await keys.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await keys.click(await screen.findByRole('button', { name: 'Sign it now' }))
    expect(within(await open()).getByRole('img', { name: 'Signature of Helen Price' })).toBeTruthy()
    await keys.keyboard('{Control>}{Enter}{/Control}')
    await stone(/^Consent, done/)
    const [consent] = await client.consents.listForPatient({ patientId })
    expect((await client.consents.get({ id: consent?.id ?? '' })).signature).toMatch(/^\d+,\d+( -?\d+,-?\d+)+$/)
  })
})
