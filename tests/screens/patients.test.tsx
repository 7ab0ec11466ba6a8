import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '#shared/access/roles.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import { compareQueued } from '#main/domains/patients/service.watch.ts'
import { setClock } from '#renderer/app/clock.ts'
import { shellContribution } from '#renderer/app/shell-contribution.ts'
import { patientsContribution } from '#renderer/domains/patients/contribution.tsx'
import { schedulingContribution } from '#renderer/domains/scheduling/contribution.tsx'
import { queryClient, setTransport } from '#renderer/rpc/api.ts'
import { followChanges } from '#renderer/rpc/live.ts'
import { currentToasts, dismissToast } from '#renderer/ui/toast-store.ts'
import { expectAccessible, renderShell, testActor } from '#tests/support/screen.tsx'
import { makeWorld, type World } from '#tests/support/world.ts'

const NOW = '2026-11-17T15:12:00.000Z' // 10:12 in New York, a Tuesday.

let world: World
let stop: () => void
beforeEach(async () => {
  world = await makeWorld({ start: NOW })
  setClock(() => Date.parse(NOW))
})
afterEach(() => {
  stop()
  queryClient.clear()
  for (const toast of currentToasts()) dismissToast(toast.id)
})

/** The whole window of somebody of that role, on a real core in this process. */
function open(path: string, role: Role = 'receptionist') {
  const client = world.as(role)
  setTransport((parts, input, options) => callBy(client, parts, input, options))
  stop = followChanges(() => undefined)
  const { userId, staffId } = world.clinic.people[role]
  const actor = { ...testActor, userId, staffId, roles: [role], clinic: { ...testActor.clinic, timeZone: world.clinic.zone } }
  return { ...renderShell([shellContribution, patientsContribution, schedulingContribution], { path, actor }), keys: userEvent.setup(), client }
}

function callBy(client: CairnClient, path: readonly string[], input: unknown, options: unknown): Promise<unknown> {
  const target = path.reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], client) // The client answers to the contract's paths.
  return (target as (input: unknown, options: unknown) => Promise<unknown>)(input, options)
}

const maria = () => world.clinic.addPatient(world.core, { givenName: 'Maria Elena', phone: '+15550142216' })
const field = (name: string | RegExp) => screen.findByRole('textbox', { name })

describe('registering', () => {
  it('Ctrl Shift N, three fields, Ctrl Enter: and the booking is open for the new patient', async () => {
    const { keys, client, container } = open('/patients')
    await screen.findByText('No patients yet')
    await keys.keyboard('{Control>}{Shift>}N{/Shift}{/Control}')
    await keys.type(await field('Family name'), 'Okafor')
    await keys.type(await field('Given names'), 'Tolu')
    await keys.type(await field('Birth date'), '7 jul 91')
    await screen.findByText('7 Jul 1991 · 35 y')
    await keys.click(screen.getByRole('radio', { name: 'Male' }))
    await expectAccessible(container)
    await keys.keyboard('{Control>}{Enter}{/Control}')
    await screen.findByRole('region', { name: 'Book appointment' })
    expect(await client.patients.search({ text: 'okafor 1991' })).toMatchObject([{ givenName: 'Tolu', sex: 'male', mrn: 100_001 }])
    expect(currentToasts().map((toast) => toast.strong)).toEqual(['Okafor, Tolu · MRN 100 001'])
    expect(await client.patients.unfinishedForms({})).toEqual([])
  })

  it('takes both names in the first field, and goes on at the birth date', async () => {
    const { keys } = open('/patients/register')
    await keys.type(await field('Family name'), 'okafor, tolu{Tab}')
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Birth date' }))
    expect(['Family name', 'Given names'].map((name) => screen.getByRole<HTMLInputElement>('textbox', { name }).value)).toEqual(['Okafor', 'Tolu'])
  })

  it('marks what is missing and goes to the first of it', async () => {
    const { keys } = open('/patients/register')
    await keys.type(await field('Family name'), 'Okafor')
    await keys.keyboard('{Control>}{Enter}{/Control}')
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Given names' }))
    expect(screen.getByRole('alert').textContent).toMatch(/3 fields need another look/)
  })

  it('shows who it may be with each keystroke, and makes using that patient the main act', async () => {
    const id = maria()
    const { keys, container } = open('/patients/register')
    await keys.type(await field('Family name'), 'Lopes')
    await keys.type(await field('Given names'), 'Maria')
    expect(await screen.findByText('Possible')).toBeTruthy()
    await keys.type(await field('Birth date'), '12 mar 58')
    await keys.type(await field(/Mobile phone/), '555 014 22')
    const card = await screen.findByRole('group', { name: 'Lopez, Maria Elena, MRN 100 001' })
    await within(card).findByText('Very likely the same person')
    expect(within(card).getByText('Lopez sounds like Lopes')).toBeTruthy()
    expect(await within(card).findByText('(555) 014-2216, first 8 digits')).toBeTruthy()
    expect(screen.getByRole('button', { name: /Register as a new person/ })).toBeTruthy()
    await expectAccessible(container)
    await keys.type(await field('E-mail'), 'maria@example.org')
    await keys.keyboard('{Control>}1{/Control}')
    // What was typed stands as a proposal in that patient's form and is not saved by itself.
    expect(await screen.findByText('Not saved yet.')).toBeTruthy()
    expect((await field('E-mail')).getAttribute('value')).toBe('maria@example.org')
    expect((await world.as('nurse').patients.get({ id })).patient.email).toBeNull()
  })

  it('registers a namesake with a coded reason only', async () => {
    maria()
    const { keys, client } = open('/patients/register')
    await keys.type(await field('Family name'), 'Lopez')
    await keys.type(await field('Given names'), 'Maria')
    await keys.type(await field('Birth date'), '12 mar 58')
    await keys.click(screen.getByRole('radio', { name: 'Female' }))
    await screen.findByText('Very likely the same person')
    await keys.keyboard('{Control>}{Enter}{/Control}')
    const dialog = await screen.findByRole('dialog', { name: 'Why is this another person?' })
    await expectAccessible(dialog)
    await keys.keyboard('1')
    await screen.findByRole('region', { name: 'Book appointment' })
    const [one] = (await client.patients.search({ text: 'lopez' })).filter((row) => row.givenName === 'Maria')
    expect(await client.patients.history({ id: one!.id })).toMatchObject([{ field: 'notDuplicateOf', fromValue: 'other-person' }])
  })

  it('asks for the reason too when somebody was quicker at another desk', async () => {
    const { keys } = open('/patients/register')
    await keys.type(await field('Family name'), 'Doe')
    await keys.type(await field('Given names'), 'John')
    await keys.type(await field('Birth date'), '5 jan 1980')
    await keys.click(screen.getByRole('radio', { name: 'Male' }))
    stop() // Nothing tells this window that the other desk has registered him.
    await world.as('nurse').patients.register({ id: world.core.platform.newId(), familyName: 'Doe', givenName: 'John', birthDate: '1980-01-05', sex: 'male' })
    await keys.keyboard('{Control>}{Enter}{/Control}')
    await screen.findByRole('dialog', { name: 'Why is this another person?' })
    await keys.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    // Esc closed the question and not the form behind it.
    expect((await field('Given names')).getAttribute('value')).toBe('John')
    expect(await world.as('nurse').patients.search({ text: 'doe' })).toHaveLength(1)
  })

  it('gives an unfinished form back', async () => {
    const first = open('/patients/register')
    await first.keys.type(await field('Family name'), 'Okafor')
    await screen.findByText(/Draft saved/)
    await first.keys.keyboard('{Escape}')
    await screen.findByText('No patients yet')
    first.unmount()
    stop()
    const { keys } = open('/patients/register')
    await keys.click(await screen.findByRole('button', { name: 'Continue it' }))
    await waitFor(async () => expect((await field('Family name')).getAttribute('value')).toBe('Okafor'))
  })

  it('takes the name from the search and goes back to the booking that waits', async () => {
    const { keys } = open('/day/2026-11-17')
    await screen.findByRole('heading', { name: 'Day' })
    await keys.keyboard('b')
    await keys.type(await screen.findByRole('combobox', { name: 'Patient' }), 'tolu okafor')
    await keys.click(await screen.findByRole('button', { name: 'Register a new patient' }))
    await waitFor(async () => expect((await field('Family name')).getAttribute('value')).toBe('Okafor'))
    await keys.type(await field('Birth date'), '7 jul 91')
    await keys.click(screen.getByRole('radio', { name: 'Male' }))
    await keys.keyboard('{Control>}{Enter}{/Control}')
    await screen.findByRole('region', { name: 'Book appointment' })
    await screen.findByRole('group', { name: 'For Okafor, Tolu' })
  })
})

describe('the list of patients', () => {
  it('finds, offers the closest, and opens by key', async () => {
    maria()
    world.clinic.addPatient(world.core, { familyName: 'Ångström', givenName: 'Bo' })
    const { keys, container } = open('/patients')
    const rows = async () => (await screen.findAllByRole('row')).slice(1).map((row) => row.textContent)
    await waitFor(async () => expect(await rows()).toEqual([expect.stringContaining('Ångström, Bo'), expect.stringContaining('Lopez, Maria Elena')]))
    await expectAccessible(container)
    await keys.keyboard('/')
    await keys.type(screen.getByRole('textbox', { name: 'Filter the list' }), 'lopezz 1958')
    await screen.findByText('No patient matches “lopezz 1958”')
    await keys.click(await screen.findByRole('button', { name: 'Lopez, Maria Elena, born 12 Mar 1958' }))
    await screen.findByRole('heading', { name: 'Patient' })
    await screen.findByText('LOPEZ, Maria Elena')
  })
})

describe('the palette', () => {
  it('finds by name and year, previews without clinical facts, and opens the file at the desk', async () => {
    maria()
    const { keys } = open('/patients')
    await screen.findByRole('table', { name: 'Patients' })
    await keys.keyboard('{Control>}k{/Control}')
    await keys.type(await screen.findByRole('combobox'), 'lop 1958')
    const option = await screen.findByRole('option', { name: /Lopez, Maria Elena/ })
    expect([...option.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual(['Lop', '1958'])
    await screen.findByText('Clinical facts are not shown to this role.')
    await keys.keyboard('{Enter}')
    await screen.findByRole('heading', { name: 'Patient' })
  })

  it('registers whom it did not find, under the name that was typed', async () => {
    const { keys } = open('/patients')
    await screen.findByText('No patients yet')
    await keys.keyboard('{Control>}k{/Control}')
    await keys.type(await screen.findByRole('combobox'), 'tolu okafor')
    await keys.keyboard('{Control>}{Shift>}N{/Shift}{/Control}')
    await waitFor(async () => expect((await field('Given names')).getAttribute('value')).toBe('Tolu'))
    expect(screen.getByText('names taken from what you searched for')).toBeTruthy()
    expect(document.activeElement).toBe(await field('Birth date'))
    // Asked again over the open form: a new one begins.
    await keys.keyboard('{Control>}k{/Control}')
    await keys.type(await screen.findByRole('combobox', { name: /^Name, birth date/ }), 'nguyen')
    await keys.keyboard('{Control>}{Shift>}N{/Shift}{/Control}')
    await waitFor(async () => expect((await field('Family name')).getAttribute('value')).toBe('Nguyen'))
    expect((await field('Given names')).getAttribute('value')).toBe('')
  })
})

describe('the patient’s file', () => {
  it('is edited in place, with history and without losing a namesake', async () => {
    const id = maria()
    const { keys, container, client } = open(`/patients/${id}/details`)
    await screen.findByText('As registered; nothing was changed since.')
    await expectAccessible(container)
    await keys.keyboard('e')
    const city = await field('City')
    await keys.type(city, 'Alder Creek')
    await expectAccessible(container)
    await keys.keyboard('{Control>}{Enter}{/Control}')
    await screen.findByText('City: nothing → Alder Creek')
    expect((await client.patients.get({ id })).patient).toMatchObject({ city: 'Alder Creek', version: 2 })
    expect(await client.patients.unfinishedForms({})).toEqual([])
  })

  it('lets a second person confirm a death before it is on record', async () => {
    const id = maria()
    const { keys, client } = open(`/patients/${id}/details`)
    await screen.findByText('As registered; nothing was changed since.')
    await keys.click(await screen.findByRole('button', { name: 'Has died…' }))
    await keys.type(await field('Died'), '1 nov 2026')
    await keys.keyboard('{Control>}{Enter}{/Control}')
    const second = await screen.findByRole('form', { name: 'A second person approves' })
    await expectAccessible(second)
    await keys.type(within(second).getByLabelText('What they should know'), 'The daughter called')
    await keys.click(within(second).getByRole('button', { name: 'Ask for approval' }))
    const [request] = await waitFor(async () => {
      const waits = await world.as('doctor').approvals.listOpen({})
      expect(waits).toHaveLength(1)
      return waits
    })
    expect((await client.patients.get({ id })).patient.deceasedOn).toBeNull()
    await world.as('doctor').approvals.approve({ id: request?.id ?? '' })
    expect((await client.patients.get({ id })).patient.deceasedOn).toBe('2026-11-01')
  })

  it('takes contacts and insurance in a panel beside it', async () => {
    const id = maria()
    const { keys, container } = open(`/patients/${id}/details`)
    await keys.click(await screen.findByRole('button', { name: 'Add contact' }))
    await keys.type(await field('Name'), 'Ana Lop')
    await keys.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Name' })).toBeNull())
    await keys.click(screen.getByRole('button', { name: 'Add contact' }))
    expect((await field('Name')).getAttribute('value')).toBe('Ana Lop')
    await keys.type(await field('Name'), 'ez')
    await expectAccessible(container)
    await keys.keyboard('{Control>}{Enter}{/Control}')
    await screen.findByText('Ana Lopez')
    await keys.click(screen.getByRole('button', { name: 'Add insurance' }))
    await keys.type(await field('Insurer'), 'Northwall HMO')
    await keys.keyboard('{Control>}{Enter}{/Control}')
    await screen.findByText('Northwall HMO')
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Add insurance' })).toBeNull())
    expect((await world.as('nurse').patients.get({ id })).coverages).toMatchObject([{ payerName: 'Northwall HMO', rank: 1 }])
  })

  it('shows a pharmacist who it is and nothing else', async () => {
    const id = world.clinic.addPatient(world.core, { city: 'Springfield' })
    open(`/patients/${id}/details`, 'pharmacist')
    await screen.findByText('LOPEZ, Maria')
    expect(screen.queryByText('Springfield')).toBeNull()
    expect(screen.queryByRole('heading', { name: 'Insurance' })).toBeNull()
    expect(screen.queryByRole('button', { name: /Edit/ })).toBeNull()
  })
})

describe('likely duplicates', () => {
  const twins = async () => {
    const phone = { phone: '+15550142216', phoneDigits: '5550142216' }
    // The older chart is the one that goes on.
    const [one, two] = [world.clinic.addPatient(world.core, { createdAt: '2020-01-02T09:00:00.000Z', ...phone }), world.clinic.addPatient(world.core, { familyName: 'Lopes', city: 'Salem', ...phone })]
    await compareQueued(world.core)
    return { one, two }
  }

  it('shows the two side by side, merges with one key, and takes it back from the toast and from the page', async () => {
    const { one, two } = await twins()
    const { keys, client, container } = open('/patients/duplicates')
    await screen.findByRole('heading', { name: 'One person?' })
    expect(await screen.findByText('Name (sounds alike), birth date, phone')).toBeTruthy()
    await expectAccessible(container)
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'City: Salem' }).checked).toBe(true)
    await keys.keyboard('{Control>}{Enter}{/Control}')
    expect(await screen.findByText('Nobody stands here twice')).toBeTruthy()
    expect(await client.patients.get({ id: two })).toMatchObject({ patient: { id: one, city: 'Salem', familyName: 'Lopez' } })
    expect(currentToasts().map((toast) => toast.strong)).toEqual(['Lopez, Maria'])
    await currentToasts()[0]?.undo?.()
    await waitFor(async () => expect((await client.patients.get({ id: two })).patient.id).toBe(two))
  })

  it('keeps two apart for ever, and lets a merged chart become its own again from the patient’s page', async () => {
    const { one, two } = await twins()
    const id = world.core.platform.newId()
    await world.as('receptionist').patients.merge({ id, survivorId: one, absorbedId: two })
    const { keys, client } = open(`/patients/${one}/details`)
    await keys.click(await screen.findByRole('button', { name: 'Make two again' }))
    await keys.click(await screen.findByRole('button', { name: 'They are two people' }))
    await waitFor(async () => expect(await client.patients.merges({ patientId: one })).toMatchObject([{ unmergedBy: 'Rosa Delgado' }]))
    await compareQueued(world.core)
    expect(await client.patients.countDuplicates({})).toBe(0)
  })
})
