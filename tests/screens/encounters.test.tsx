import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '#shared/access/roles.ts'
import { ageOn } from '#shared/domains/encounters/rules.ranges.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { setClock } from '#renderer/app/clock.ts'
import { encountersContribution } from '#renderer/domains/encounters/contribution.tsx'
import { joined } from '#renderer/domains/encounters/note-keeper.ts'
import { nextPatient } from '#renderer/domains/encounters/today.ts'
import { unitText } from '#renderer/domains/encounters/view.ts'
import { visitTagText } from '#renderer/ui/chart-banner.ts'
import { factsText, vitalLines } from '#renderer/domains/encounters/view.vitals.ts'
import { queryClient, setTransport } from '#renderer/rpc/api.ts'
import { followChanges } from '#renderer/rpc/live.ts'
import { currentToasts, dismissToast } from '#renderer/ui/toast-store.ts'
import { expectAccessible, renderShell, testActor } from '#tests/support/screen.tsx'
import { makeWorld, type World } from '#tests/support/world.ts'

const NOW = '2026-11-17T15:12:00.000Z' // 10:12 in New York, a Tuesday.
const words = { subjective: '', objective: '', assessment: '', plan: '' }

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

type Call = (path: readonly string[], input: unknown, options: unknown) => Promise<unknown>

/** The whole window of somebody of that role, on a real core in this process; `through` stands in the line between them. */
function openAt(path: string, role: Role = 'doctor', through: (call: Call) => Call = (call) => call) {
  const client = world.as(role)
  setTransport(through((parts, input, options) => callBy(client, parts, input, options)))
  stop = followChanges(() => undefined)
  const { userId, staffId } = world.clinic.people[role]
  const actor = { ...testActor, userId, staffId, name: 'Dr. Amira Haddad', roles: [role], clinic: { ...testActor.clinic, timeZone: world.clinic.zone } }
  return { ...renderShell([encountersContribution], { path, actor }), keys: userEvent.setup(), client }
}

function callBy(client: CairnClient, path: readonly string[], input: unknown, options: unknown): Promise<unknown> {
  const target = path.reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], client) // The client answers to the contract's paths.
  return (target as (input: unknown, options: unknown) => Promise<unknown>)(input, options)
}

const id = () => world.core.platform.newId()
const lopez = () => world.clinic.addPatient(world.core, { familyName: 'Lopez', givenName: 'Maria Elena' })
const arrive = (patientId: string, startsAt = '2026-11-17T15:30:00.000Z') =>
  world.as('receptionist').scheduling.book({ id: id(), patientId, providerId: world.clinic.providers[0], roomId: null, typeId: null, startsAt, durationMin: 15, reason: 'Cough, fever', hasArrived: true })

/** Her visit, opened by the doctor, so that the note can be opened by its address. */
async function openVisit() {
  const patientId = lopez()
  const appointment = await arrive(patientId)
  const encounter = await world.as('doctor').encounters.open({ appointmentId: appointment.id })
  return { patientId, encounterId: encounter.id, path: `/encounters/${encounter.id}/note` }
}
const noteOf = async (encounterId: string) => (await world.as('doctor').encounters.encounter({ id: encounterId })).notes[0]
const field = (name: string) => screen.findByRole('textbox', { name })

describe('the doctor', () => {
  it('presses N and has the next patient’s chart before them, with nothing else to press', async () => {
    const patientId = lopez()
    await arrive(patientId)
    await world.as('nurse').encounters.addAllergy({ id: id(), patientId, concept: { system: null, code: null, label: 'Penicillin' }, reaction: 'anaphylaxis', severity: 'severe' })
    await world.as('doctor').encounters.addProblem({ id: id(), patientId, concept: { system: 'icd10cm', code: 'I10', label: 'Essential (primary) hypertension' }, onsetOn: '2009-05-01' })
    const { keys, container } = openAt('/doctor')
    expect(await screen.findByText('Good morning, Dr. Haddad')).toBeTruthy()
    const next = await screen.findByRole('region', { name: 'Next patient' })
    expect(await within(next).findByText(/Penicillin anaphylaxis, severe/)).toBeTruthy()
    await expectAccessible(container)
    await keys.keyboard('n')
    expect(await screen.findByText('LOPEZ, Maria Elena')).toBeTruthy()
    expect(within(screen.getByRole('group', { name: 'Allergies' })).getByText('Penicillin')).toBeTruthy()
    expect(screen.getByText('Essential (primary) hypertension')).toBeTruthy()
    expect(screen.getByText('I10 · since 2009')).toBeTruthy()
    await expectAccessible(container)
  })

  it('moves between the tabs by number, each of them accessible and each saying what is not there', async () => {
    const { keys, container } = openAt(`/patients/${lopez()}`)
    await screen.findByText('No vital signs yet.')
    for (const [key, text] of [['2', /No notes yet/], ['3', /Nothing of this kind/], ['4', /Nobody has asked yet/], ['5', /No vital signs yet/], ['6', /No vaccines/], ['7', /No visits on record/]] as const) {
      await keys.keyboard(key)
      expect(await screen.findByText(text)).toBeTruthy()
      await expectAccessible(container)
    }
    expect(screen.getByText('No visit today. Book one or take a walk-in first.')).toBeTruthy()
  })
})

describe('vitals', () => {
  it('take one entry each and Ctrl Enter, in the units that were typed, with flags as they are typed', async () => {
    const patientId = lopez()
    await arrive(patientId)
    const { keys, container } = openAt(`/patients/${patientId}`, 'nurse')
    await screen.findByText('No vital signs yet.')
    await keys.keyboard('v')
    expect(document.activeElement?.id).toBe('vital-pressure')
    await keys.keyboard('142/84{Enter}98{Enter}101.1{Enter}22{Enter}93{Enter}157 lb{Enter}5\'7{Enter}')
    expect(screen.getByText(/38\.4 °C · 101\.1 °F/).textContent).toMatch(/high$/)
    expect(screen.getByText(/22 \/min/).textContent).toMatch(/very high$/)
    expect(screen.getByText('24.6').parentElement?.textContent).toBe('BMI 24.6 kg/m², healthy weight')
    await expectAccessible(container)
    await keys.keyboard('{Control>}{Enter}{/Control}')
    expect((await screen.findAllByText('142/84')).length).toBeGreaterThan(0)
    const { vitals } = await world.as('nurse').encounters.openChart({ patientId })
    expect(vitals.map(({ kind, points }) => [kind, points[0]?.value])).toEqual([['systolic', 142], ['diastolic', 84], ['pulse', 98], ['temperature', 38.39], ['breathing', 22], ['oxygen', 93], ['weight', 71.21], ['height', 170.18]])
  })

  it('refuse at the field what no living person has, say what right looks like, and keep what was typed', async () => {
    const patientId = lopez()
    await arrive(patientId)
    const { keys } = openAt(`/patients/${patientId}`, 'nurse')
    await screen.findByText('No vital signs yet.')
    await keys.keyboard('v120/80{Enter}{Enter}{Enter}{Enter}101{Enter}')
    expect(screen.getByText('Cannot be: oxygen lies between 40 and 100 %. Write a number up to 100, like 98.')).toBeTruthy()
    await keys.keyboard('{Control>}{Enter}{/Control}')
    expect(document.activeElement?.id).toBe('vital-oxygen')
    await keys.keyboard('{Escape}')
    await waitFor(() => expect(document.getElementById('vital-oxygen')).toBeNull())
    await keys.keyboard('v')
    expect((document.getElementById('vital-oxygen') as HTMLInputElement).value).toBe('101')
    expect((await world.as('nurse').encounters.openChart({ patientId })).vitals).toEqual([])
  })
})

describe('the note', () => {
  it('is begun, diagnosed, signed and charged from the keyboard alone', async () => {
    await world.as('billing').billing.addStarterFees({})
    const patientId = lopez()
    await arrive(patientId)
    const { keys, container } = openAt(`/patients/${patientId}`)
    await screen.findByText('No vital signs yet.')
    await keys.keyboard('s')
    expect(await field('Subjective')).toBe(document.activeElement)
    await keys.keyboard('Cough for 7 days.')
    expect(screen.getByText(/A diagnosis is missing\. Go to Assessment/)).toBeTruthy()
    await keys.keyboard('{Alt>}3{/Alt}')
    await keys.keyboard('pneum')
    expect(await screen.findByRole('option', { name: /J18\.9/ })).toBeTruthy()
    await expectAccessible(container)
    await keys.keyboard('{Shift>}{Enter}{/Shift}')
    expect(await within(await screen.findByRole('list', { name: 'Diagnoses' })).findByText('on the problem list')).toBeTruthy()
    const sign = await screen.findByRole('button', { name: /^Sign and charge \$/ })
    await waitFor(() => expect(sign.getAttribute('aria-disabled')).toBeNull())
    await keys.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(async () => expect((await world.as('doctor').encounters.openChart({ patientId })).notes).toHaveLength(1))
    const chart = await world.as('doctor').encounters.openChart({ patientId })
    expect(chart.problems.map((one) => one.concept.code)).toEqual(['J18.9'])
    expect(chart.visit?.status).toBe('fulfilled')
    const encounterId = chart.notes[0]?.encounterId ?? ''
    expect((await world.as('doctor').billing.chargesOfEncounter({ encounterId })).length).toBeGreaterThan(0)
    expect((await noteOf(encounterId))?.subjective).toBe('Cough for 7 days.')
  })

  it('is saved within a second of the last key', async () => {
    const { encounterId, path } = await openVisit()
    const { keys } = openAt(path)
    await keys.type(await field('Plan'), 'Rest.')
    await waitFor(async () => expect((await noteOf(encounterId))?.plan).toBe('Rest.'), { timeout: 1_000 })
    expect(await screen.findByText(/Draft saved/)).toBeTruthy()
  })

  it('keeps what is typed while the core is away and saves it when it is back, once', async () => {
    const { encounterId, path } = await openVisit()
    let isAway = false
    const { keys } = openAt(path, 'doctor', (call) => async (parts, input, options) => {
      if (isAway) throw refuse('CONNECTION_LOST')
      return call(parts, input, options)
    })
    const plan = await field('Plan')
    await keys.type(plan, 'Before. ')
    await waitFor(async () => expect((await noteOf(encounterId))?.plan).toBe('Before. '))
    isAway = true
    await keys.type(plan, 'While it was away.')
    expect(await screen.findByText('Draft not saved yet, trying again', {}, { timeout: 3_000 })).toBeTruthy()
    expect((plan as HTMLTextAreaElement).value).toBe('Before. While it was away.')
    isAway = false
    await waitFor(async () => expect((await noteOf(encounterId))?.plan).toBe('Before. While it was away.'), { timeout: 6_000 })
    expect((await noteOf(encounterId))?.copies).toEqual([])
  })

  it('knows its own text again when only the answer was lost', async () => {
    const { encounterId, path } = await openVisit()
    let loseAnswer = false
    const { keys } = openAt(path, 'doctor', (call) => async (parts, input, options) => {
      const answer = await call(parts, input, options)
      if (loseAnswer && parts[1] === 'saveDraft') {
        loseAnswer = false
        throw refuse('CONNECTION_LOST')
      }
      return answer
    })
    const plan = await field('Plan')
    await keys.type(plan, 'One. ')
    await waitFor(async () => expect((await noteOf(encounterId))?.revision).toBe(1))
    loseAnswer = true
    await keys.type(plan, 'Two.')
    await waitFor(() => expect(loseAnswer).toBe(false))
    await keys.type(plan, ' Three.')
    await waitFor(async () => expect((await noteOf(encounterId))?.plan).toBe('One. Two. Three.'), { timeout: 6_000 })
    expect((await noteOf(encounterId))?.copies).toEqual([])
  })

  it('offers the other window’s text, stops nobody’s typing and loses neither', async () => {
    const { encounterId, path } = await openVisit()
    const elsewhere = world.as('doctor')
    const { keys, container } = openAt(path)
    const plan = await field('Plan')
    await keys.type(plan, 'Office.')
    await waitFor(async () => expect((await noteOf(encounterId))?.revision).toBe(1))
    const stands = await noteOf(encounterId)
    // Typed in the same moment: the other window's save arrives while this one holds unsaved letters.
    fireEvent.change(plan, { target: { value: 'Office. And more.' } })
    await elsewhere.encounters.saveDraft({ id: stands?.id ?? '', encounterId, revision: 1, ...words, plan: 'Room.' })
    expect(await screen.findByText(/also written in another window/)).toBeTruthy()
    expect((plan as HTMLTextAreaElement).value).toBe('Office. And more.')
    await waitFor(async () => expect((await noteOf(encounterId))?.plan).toBe('Office. And more.'))
    expect((await noteOf(encounterId))?.copies.map((copy) => copy.plan)).toEqual(['Room.'])
    await expectAccessible(container)
    await keys.click(screen.getByRole('button', { name: 'Add its text to mine' }))
    await waitFor(async () => expect((await noteOf(encounterId))?.plan).toBe('Office. And more.\n\nRoom.'))
    await waitFor(() => expect(screen.queryByText(/also written in another window/)).toBeNull())
  })

  it('follows another window while nothing is unsaved here, and opens with the cursor where it was', async () => {
    const { encounterId, path } = await openVisit()
    const elsewhere = world.as('doctor')
    const noteId = id()
    await elsewhere.encounters.saveDraft({ id: noteId, encounterId, revision: 0, ...words, plan: 'See again.', cursor: { section: 'plan', offset: 3 } })
    openAt(path)
    const plan = (await field('Plan')) as HTMLTextAreaElement
    expect([document.activeElement === plan, plan.selectionStart]).toEqual([true, 3])
    await elsewhere.encounters.saveDraft({ id: noteId, encounterId, revision: 1, ...words, plan: 'See again in 3 days.' })
    await waitFor(() => expect(plan.value).toBe('See again in 3 days.'))
    expect((await noteOf(encounterId))?.revision).toBe(2)
  })

  it('reads as it was signed, and takes an addendum', async () => {
    const { encounterId, path } = await openVisit()
    const doctor = world.as('doctor')
    const note = await doctor.encounters.saveDraft({ id: id(), encounterId, revision: 0, ...words, plan: 'Rest.' })
    await doctor.encounters.addDiagnosis({ id: id(), encounterId, concept: { system: 'icd10cm', code: 'R05.1', label: 'Acute cough' } })
    const [pulse] = await doctor.encounters.recordVitals({ encounterId, values: [{ kind: 'pulse', value: 98 }] })
    await doctor.encounters.sign({ noteId: note.id, revision: 1 })
    world.clock.advanceMinutes(5)
    await doctor.encounters.correctVital({ id: id(), observationId: pulse?.id ?? '', value: 89 })
    await doctor.encounters.recordVitals({ encounterId, values: [{ kind: 'oxygen', value: 97 }] })
    const { keys, container } = openAt(path)
    expect(await screen.findByText('Rest.')).toBeTruthy()
    expect(screen.getByTitle('From the vital signs of this visit').textContent).toBe('pulse 98')
    expect(screen.queryByRole('textbox', { name: 'Plan' })).toBeNull()
    await expectAccessible(container)
    await keys.keyboard('a')
    await keys.type(await field('Text'), 'Called back.{Control>}{Enter}{/Control}')
    await waitFor(async () => expect((await noteOf(encounterId))?.addenda.map((one) => one.text)).toEqual(['Called back.']))
  })

  it('lets a nurse write and leaves the signature to the doctor', async () => {
    const { path } = await openVisit()
    const { keys } = openAt(path, 'nurse')
    await keys.type(await field('Subjective'), 'Says he is better.')
    expect(screen.getByText('A doctor signs this note. It is saved as you write.')).toBeTruthy()
    expect(screen.queryByRole('button', { name: /^Sign/ })).toBeNull()
    expect(screen.queryByRole('combobox', { name: 'Add diagnosis' })).toBeNull()
  })

  it('shows the doctor what the nurse wrote, and lets it be signed as it stands', async () => {
    const { encounterId, path } = await openVisit()
    await world.as('nurse').encounters.saveDraft({ id: id(), encounterId, revision: 0, ...words, subjective: 'B12 given, left arm.' })
    const { keys } = openAt(path)
    expect(await screen.findByText('B12 given, left arm.')).toBeTruthy()
    const sign = screen.getByRole('button', { name: 'Sign this note' })
    expect(sign.getAttribute('aria-disabled')).toBe('true')
    await world.as('doctor').encounters.addDiagnosis({ id: id(), encounterId, concept: { system: 'icd10cm', code: 'D51.0', label: 'Vitamin B12 deficiency anemia' } })
    await waitFor(() => expect(screen.getByRole('button', { name: 'Sign this note' }).getAttribute('aria-disabled')).toBeNull())
    await keys.click(screen.getByRole('button', { name: 'Sign this note' }))
    await waitFor(async () => expect((await noteOf(encounterId))?.status).toBe('signed'))
    expect((await noteOf(encounterId))?.author.familyName).toBe('Okafor')
  })
})

describe('who has no part in a chart', () => {
  it.each(['receptionist', 'billing', 'administrator', 'pharmacist'] as const)('%s finds neither place nor page', async (role) => {
    const patientId = lopez()
    openAt(`/patients/${patientId}`, role)
    await waitFor(() => expect(document.querySelector('main')?.textContent).toBeTruthy())
    expect(screen.queryByText('LOPEZ, Maria Elena')).toBeNull()
    expect(screen.queryByRole('button', { name: 'Home' })).toBeNull()
    cleanup()
  })
})

describe('words', () => {
  const age = ageOn('1958-03-12', '2026-11-17')
  const point = (value: number) => ({ id: '01890a5d-0000-7000-8000-000000000009', value, at: NOW, encounterId: null })

  it('put the facts of a visit in one line', () => {
    expect(factsText([{ kind: 'pulse', value: 98 }, { kind: 'systolic', value: 142 }, { kind: 'diastolic', value: 84 }, { kind: 'temperature', value: 38.39 }, { kind: 'oxygen', value: 93 }])).toBe('38.4 °C, pulse 98, 142/84, SpO₂ 93 %')
  })

  it('join blood pressure, flag the worse half and add BMI', () => {
    const lines = vitalLines([{ kind: 'systolic', points: [point(132)] }, { kind: 'diastolic', points: [point(95)] }, { kind: 'weight', points: [point(71.3)] }, { kind: 'height', points: [point(168)] }], age)
    expect(lines.map((line) => [line.name, line.text, line.flag?.direction])).toEqual([['Blood pressure', '132/95', 'high'], ['Weight', '71.3', undefined], ['Height', '168', undefined], ['BMI', '25.3', undefined]])
  })

  it('write units as people read them, and waits in minutes', () => {
    expect(['mm[Hg]', 'Cel', 'mL/min/{1.73_m2}', '{score}', null].map(unitText)).toEqual(['mmHg', '°C', 'mL/min/1.73 m²', '', ''])
    const visit = { status: 'roomed' as const, roomName: 'Room 2', arrivedAt: null, roomedAt: '2026-11-17T15:07:00.000Z', startedAt: null }
    expect(visitTagText(visit, NOW)).toBe('Room 2 · 5 min')
  })

  it('take both texts of a note, and nothing twice', () => {
    expect(joined({ ...words, plan: 'Rest.' }, { ...words, plan: 'Call.', subjective: 'Cough.' })).toEqual({ ...words, plan: 'Rest.\n\nCall.', subjective: 'Cough.' })
    expect(joined({ ...words, plan: 'Rest. Call.' }, { ...words, plan: 'Rest.' }).plan).toBe('Rest. Call.')
  })

  it('name nobody next when everyone has been seen', () => {
    expect(nextPatient([])).toBeUndefined()
  })
})
