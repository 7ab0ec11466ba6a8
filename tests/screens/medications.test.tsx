import { screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '#shared/access/roles.ts'
import { formulary, newOrder } from '#shared/domains/medications/rules.formulary.ts'
import { setClock } from '#renderer/app/clock.ts'
import { encountersContribution } from '#renderer/domains/encounters/contribution.tsx'
import { medicationsContribution } from '#renderer/domains/medications/contribution.tsx'
import { drugsFound, numberIn } from '#renderer/domains/medications/view.ts'
import { queryClient, setTransport } from '#renderer/rpc/api.ts'
import { followChanges } from '#renderer/rpc/live.ts'
import { currentToasts, dismissToast } from '#renderer/ui/toast-store.ts'
import { expectAccessible, renderShell, testActor } from '#tests/support/screen.tsx'
import { makeWorld, type World } from '#tests/support/world.ts'

const NOW = '2026-11-17T15:12:00.000Z'
const [amoxicillin, lisinopril] = ['500 mg', '20 mg'].map((strength) => {
  const found = formulary.find(({ drug }) => drug.strength === strength && (drug.generic === 'amoxicillin' || drug.generic === 'lisinopril'))
  if (!found) throw new Error('the formulary has both')
  return newOrder(found.drug, found.usual)
})
if (!amoxicillin || !lisinopril) throw new Error('the formulary has both')

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

const id = () => world.core.platform.newId()

/** The whole window of somebody of that role, on a real core in this process. */
function openAt(path: string, role: Role = 'doctor') {
  const client = world.as(role)
  setTransport((parts, input, options) => {
    const target = parts.reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], client) // The client answers to the contract's paths.
    return (target as (input: unknown, options: unknown) => Promise<unknown>)(input, options)
  })
  stop = followChanges(() => undefined)
  const { userId, staffId } = world.clinic.people[role]
  const actor = { ...testActor, userId, staffId, name: 'Dr. Amira Haddad', roles: [role], clinic: { ...testActor.clinic, timeZone: world.clinic.zone } }
  return { ...renderShell([encountersContribution, medicationsContribution], { path, actor }), keys: userEvent.setup(), client }
}

const printed = () => screen.findByRole('status', { name: 'Will be printed' })

describe('prescribing', () => {
  it('takes a favourite with one key and signs it with another; the sentence is on the screen before', async () => {
    const patientId = world.clinic.addPatient(world.core)
    await world.as('doctor').medications.saveFavourite({ id: id(), order: amoxicillin })
    const { keys, container, client } = openAt(`/patients/${patientId}/prescribe`)
    await screen.findByRole('list', { name: 'Your favourites' }, { timeout: 10_000 }) // The first to load these screens.
    await expectAccessible(container)
    await keys.keyboard('{Control>}1{/Control}')
    expect((await printed()).textContent).toBe('amoxicillin 500 mg cap, 1 by mouth three times daily for 7 days, #21, 0 refills')
    await expectAccessible(container)
    await keys.keyboard('{Control>}{Enter}{/Control}')
    expect(await screen.findByRole('heading', { name: 'Signed now' })).toBeTruthy()
    expect((await client.medications.list({ patientId })).map(({ sentence }) => sentence)).toEqual(['amoxicillin 500 mg cap, 1 by mouth three times daily for 7 days, #21, 0 refills'])
  })

  it('lets the quantity follow the days until somebody types one, and says how long that lasts', async () => {
    const { keys } = openAt(`/patients/${world.clinic.addPatient(world.core)}/prescribe`)
    await keys.type(await screen.findByRole('textbox', { name: 'Medication' }), 'amoxicillin 500')
    await screen.findByRole('list', { name: 'Found' })
    await keys.keyboard('{Control>}1{/Control}')
    const days = await screen.findByRole('textbox', { name: 'Days' })
    await keys.clear(days)
    await keys.type(days, '10')
    expect((await printed()).textContent).toContain('for 10 days, #30')
    const quantity = screen.getByRole('textbox', { name: 'Quantity' })
    await keys.clear(quantity)
    await keys.type(quantity, '15')
    expect(await screen.findByText('15 last 5 days, not 10.')).toBeTruthy()
  })

  it('names what is left out for allergy, and signs past a severe warning with a reason only', async () => {
    const patientId = world.clinic.addPatient(world.core)
    await world.as('doctor').encounters.addAllergy({ id: id(), patientId, concept: { system: null, code: null, label: 'Penicillin' }, reaction: 'anaphylaxis', severity: 'severe' })
    const { keys, container, client } = openAt(`/patients/${patientId}/prescribe`)
    await keys.type(await screen.findByRole('textbox', { name: 'Medication' }), 'amoxicillin')
    expect(await screen.findByText('Left out because of allergy:')).toBeTruthy()
    await keys.click(screen.getByRole('button', { name: 'Show with reasons' }))
    await keys.click(within(await screen.findByRole('list', { name: 'Found' })).getAllByRole('button')[0] ?? container)
    expect(await screen.findByText('Severe: allergic to Penicillin', { selector: '[role="alert"] *' })).toBeTruthy()
    await keys.keyboard('{Control>}{Enter}{/Control}')
    expect(await client.medications.list({ patientId })).toEqual([])
    await expectAccessible(container)
    await keys.click(screen.getByRole('radio', { name: 'Taken before, tolerated' }))
    await keys.keyboard('{Control>}{Enter}{/Control}')
    await screen.findByRole('heading', { name: 'Signed now' })
    expect((await client.medications.overrides({}))[0]?.alert.overrideReason).toBe('tolerated-before')
  })

  it('is made ready by a nurse and waits for a doctor', async () => {
    const patientId = world.clinic.addPatient(world.core)
    const { keys, client } = openAt(`/patients/${patientId}/prescribe`, 'nurse')
    await keys.type(await screen.findByRole('textbox', { name: 'Medication' }), 'lisinopril 20')
    await screen.findByRole('list', { name: 'Found' })
    await keys.keyboard('{Control>}1{/Control}')
    await keys.click(await screen.findByRole('button', { name: /Make ready to sign/ }))
    expect(await within(await screen.findByRole('list', { name: 'Ready to sign' })).findByText('lisinopril 20 mg tab')).toBeTruthy()
    expect(await client.medications.drafts({ patientId })).toHaveLength(1)
  })
})

describe('what goes on', () => {
  it('is renewed from the chart with two keys, and the list says what became of each', async () => {
    const patientId = world.clinic.addPatient(world.core)
    await world.as('doctor').medications.sign({ patientId, prescriptions: [{ id: id(), order: lisinopril }, { id: id(), order: amoxicillin }] })
    const { keys, container, client } = openAt(`/patients/${patientId}/medications`)
    await screen.findByText(/lisinopril 20 mg tab, 1 by mouth/, undefined, { timeout: 10_000 }) // The first to load the chart.
    await expectAccessible(container)
    await keys.keyboard('{Shift>}R{/Shift}')
    await screen.findByRole('heading', { name: 'Goes on' })
    await expectAccessible(container)
    await keys.keyboard('{Control>}{Enter}{/Control}')
    expect(await screen.findByText('1 prescription renewed')).toBeTruthy()
    expect((await client.medications.list({ patientId })).map(({ order, isRenewed }) => [order.drug.generic, isRenewed]).toSorted()).toEqual([['amoxicillin', false], ['lisinopril', false], ['lisinopril', true]])
  })

  it('is cancelled with its reason from the list', async () => {
    const patientId = world.clinic.addPatient(world.core)
    await world.as('doctor').medications.sign({ patientId, prescriptions: [{ id: id(), order: amoxicillin }] })
    const { keys, container } = openAt(`/patients/${patientId}/prescriptions`)
    await keys.click(await screen.findByRole('button', { name: /^Cancel amoxicillin/ }))
    await keys.keyboard('1')
    expect(await screen.findByText('Cancelled')).toBeTruthy()
    expect(screen.queryByRole('button', { name: /^Print/ })).toBeNull()
    await expectAccessible(container)
  })
})

describe('what was typed', () => {
  it('is a number, nothing where that means “until further notice”, and 0 where it is none', () => {
    expect([numberIn('days', ''), numberIn('quantity', ''), numberIn('quantity', '1,000'), numberIn('dose', 'x'), numberIn('refills', '2.5'), numberIn('dose', '-1')]).toEqual([null, 0, 1_000, 0, 2, 0])
  })

  it('finds each drug once, whether a table has it or the formulary', () => {
    const codes = ['Amoxicillin 500 MG Oral Capsule', 'Amoxicillin 250 MG Oral Capsule', 'Amoxicillin'].map((label, i) => ({ system: 'rxnorm' as const, code: String(i), label, billable: true }))
    expect(drugsFound('amoxicillin cap', codes, 10).map(({ strength, code }) => [strength, code])).toEqual([['500 mg', null], ['250 mg', '1']])
  })
})
