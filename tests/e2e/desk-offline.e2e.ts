import { layCable } from '#tests/support/cable.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import { addDays } from '#shared/kernel/time.ts'
import { expect, test, type Cairn } from './launch.ts'
import { shot, signIn, takeOver } from './support/acts.ts'
import { people } from './support/clinic.ts'
import { withCore } from './support/core.ts'
import { askForTask, bookKnown, checkIn, checkOut, closeDrawer, confirmByPhone, deskAt, fillFromWaitList, findCaller, freeATime, moveLater, registerWhileBooking, tasksOf, unlock, walkIn, type Desk } from './support/desk-tasks.ts'
import { look } from './support/look.ts'
import { chip, cutPower, launchMachine, makeTwo } from './support/machines.ts'

const KNOWN = 'Ruscombe, Ottoline'
/** Booked before; calls off at the host while the desk is cut off from it. */
const CALLS_OFF = 'Thistlewood, Zenobia'
const NEW = { family: 'Quillfeather', given: 'Jonas', birth: '4 May 1984' }
/** Comes without an appointment. */
const WALKS_IN = 'Fennimore'
const ASKED = 'Ruscombe: who calls her back about the result?'
/** As many as there are days to look at for what was booked. */
const DAYS = 8

/** What the day without a host brought about, for the comparison with the clinic's records. */
interface Done {
  confirmed: string[]
  filled: string
}

test('the host is off: the receptionist’s day goes on with the same few actions, and comes to the host whole, once', async ({ launch, clinic }) => {
  test.setTimeout(180_000)
  const data = clinic.copy()
  const tasks = (await tasksOf(data, people.receptionist)) + 1
  let host = await launchMachine(launch, { data })
  const cable = await layCable(host.port)
  const front = await launchMachine(launch)
  const desk = deskAt(front.page, 'desk-offline')
  await signIn(host.page, people.administrator)
  await makeTwo(host.page, front.page, { address: cable.address, name: 'Front desk 2', profile: 'Front desk' })

  await test.step('with the host: an appointment, a message, and the window is locked for the night', async () => {
    await signIn(front.page, people.receptionist)
    await expect(chip(front.page)).toHaveText(/^In sync/)
    await takeOver(host.page, people.secondReceptionist)
    await bookKnown(desk, 'zenobia thistlewood', CALLS_OFF)
    await askForTask(deskAt(host.page, 'desk-offline-host'), '@delgado The lab called about the fax, who calls them back?')
    await expect(front.page.getByRole('link', { name: `Tasks, ${tasks} to do` })).toBeVisible()
    await expect(chip(front.page)).toHaveText(/^In sync/)
    await front.page.keyboard.press('Control+l')
  })

  await test.step('somebody calls off at the host, which then loses its power', async () => {
    cable.cut()
    await host.page.getByRole('row', { name: CALLS_OFF }).click()
    await host.page.keyboard.press('Delete')
    await host.page.getByRole('button', { name: 'Patient asked' }).click()
    await expect(host.page.getByRole('row', { name: CALLS_OFF })).toHaveCount(0)
    await cutPower(host)
  })

  const done = await test.step('the day at the desk, without the host', () => workAlone(desk, tasks))

  await test.step('the host is back: everything goes there by itself, and what was refused says why', async () => {
    host = await launchMachine(launch, { data, port: host.port })
    await signIn(host.page, people.secondReceptionist)
    cable.plug()
    await chip(front.page).click()
    await front.page.getByRole('button', { name: 'Try now' }).click()
    await comesBack(desk, host, tasks)
  })

  await test.step('the host’s records and the desk’s are the same, and nothing is there twice', async () => {
    await Promise.all([host.close(), front.close()])
    await cable.close()
    const [here, there] = [await withCore(data, recordsOf), await withCore(front.data, recordsOf)]
    expect(there).toEqual(here)
    holdsOnce(here, done)
  })
})

/** All twelve tasks; each keeps its budget or fails. */
async function workAlone(desk: Desk, tasks: number): Promise<Done> {
  const { page } = desk
  await unlock(desk, { tasks, toSettle: 0 })
  await expect(chip(page)).toHaveText(/^Host not reachable/)
  const confirmed = await confirmByPhone(desk, 3)
  for (const key of ['g', 'd']) await page.keyboard.press(key)
  await expect(page.getByRole('row', { name: CALLS_OFF })).toHaveAttribute('aria-label', /booked/)
  await findCaller(desk, 'ruscombe 1961', KNOWN)
  const known = await bookKnown(desk, 'ottoline ruscombe', KNOWN)
  await expect(known).toHaveAttribute('aria-label', /waiting for the clinic/)
  await askForTask(desk, ASKED)
  const fresh = await registerWhileBooking(desk, NEW)
  await expect(fresh).toHaveAttribute('aria-label', /waiting for the clinic/)
  const moved = page.getByRole('row', { name: CALLS_OFF })
  await moved.click()
  await moveLater(desk, moved)
  await expect(moved).toHaveAttribute('aria-label', /waiting for the clinic/)
  expect(await look(page, 'desk-offline-day', { isDarkPictured: true })).toEqual([])
  await checkIn(desk, known)
  await walkIn(desk, WALKS_IN, 'Cut on the left hand')
  await checkOut(desk)
  await closeDrawer(desk)
  for (const key of ['g', 'd']) await page.keyboard.press(key)
  await freeATime(desk)
  const filled = await fillFromWaitList(desk)
  await expect(chip(page)).toHaveText(/^Host not reachable · \d+ unsent/)
  await chip(page).click()
  await expect(page.getByRole('list', { name: 'Waiting for the host' })).toBeVisible()
  expect(await look(page, 'desk-offline-waiting')).toEqual([])
  await page.keyboard.press('Escape')
  return { confirmed, filled }
}

async function comesBack({ page, ...desk }: Desk, host: Cairn, tasks: number): Promise<void> {
  await expect(chip(page)).toHaveText(/^Attention 1/)
  await page.keyboard.press('Escape')
  await expect(page.getByText('1 thing the clinic did not accept')).toHaveCount(0)
  for (const key of ['g', 'd', 't']) await page.keyboard.press(key)
  await expect(page.getByRole('row', { name: KNOWN })).toHaveAttribute('aria-label', /arrived/)
  await expect(page.getByText('waiting for the clinic')).toHaveCount(0)
  await expect(page.getByRole('row', { name: CALLS_OFF })).toHaveCount(0)
  await expect(host.page.getByRole('row', { name: KNOWN })).toHaveAttribute('aria-label', /arrived/)
  await expect(host.page.getByRole('row', { name: NEW.family })).toHaveAttribute('aria-label', /booked$/)
  await page.keyboard.press('Control+l')
  await unlock({ page, ...desk }, { tasks, toSettle: 1 })
  for (const key of ['g', 'a']) await page.keyboard.press(key)
  await expect(page.getByRole('heading', { name: 'Appointment not moved' })).toBeVisible()
  await expect(page.getByText('It had been called off before this reached the host.').first()).toBeVisible()
  expect(await look(page, 'desk-offline-attention')).toEqual([])
  await shot(host.page, 'desk-offline-host-after')
}

/** What the front desk reads of the clinic, without what only says when and where it was written. */
async function recordsOf(as: (userName: string) => Promise<CairnClient>) {
  const desk = await as(people.receptionist)
  const { date: tomorrow, appointments: calls } = await desk.calls.listConfirmations({})
  const today = addDays(tomorrow, -DAYS)
  const days = await Promise.all(Array.from({ length: 2 * DAYS }, (_, i) => desk.scheduling.listDay({ date: addDays(today, i) })))
  return {
    appointments: days.flatMap((day) => day.appointments).map(({ patient, ...one }) => ({ ...one, patient: `${patient.familyName}, ${patient.givenName}` })),
    calls: calls.map(({ patient, outcome }) => ({ patient: `${patient.familyName}, ${patient.givenName}`, outcome })),
    registered: (await desk.patients.search({ text: `${NEW.given} ${NEW.family}`, limit: 10 })).filter((one) => one.familyName === NEW.family),
    tasks: (await desk.tasks.list({ list: 'asked' })).tasks,
    closes: (await desk.billing.listDrawerCloses({})).closes.slice(0, 2),
    drawer: await desk.billing.openDrawer({}),
    waiting: (await desk.scheduling.listWaitList({})).map(({ id, status, patient }) => ({ id, status, patient: `${patient.familyName}, ${patient.givenName}` })),
  }
}

function holdsOnce({ appointments, calls, registered, tasks, waiting, closes, drawer }: Awaited<ReturnType<typeof recordsOf>>, { confirmed, filled }: Done): void {
  const of = (name: string) => appointments.filter((one) => one.patient.startsWith(name))
  expect(of(KNOWN).map((one) => one.status)).toEqual(['arrived'])
  expect(of(WALKS_IN).map((one) => one.status)).toContain('arrived')
  expect(closes[0]?.closedByName).toBe('Rosa Delgado')
  expect([drawer.number, drawer.paymentIds]).toEqual([(closes[0]?.number ?? 0) + 1, []])
  expect(of(NEW.family).map((one) => one.status)).toEqual(['booked'])
  expect(of(CALLS_OFF).map((one) => one.status)).not.toContain('booked')
  expect(registered.map((one) => one.mrn > 0)).toEqual([true])
  expect(tasks.filter((one) => one.text === ASKED)).toHaveLength(1)
  expect(calls.filter((one) => one.outcome === 'confirmed').map((one) => one.patient)).toEqual(expect.arrayContaining(confirmed))
  expect(waiting.map((one) => one.patient)).not.toContain(filled)
  expect(of(filled).filter((one) => one.status === 'booked').length).toBeGreaterThan(0)
}
