import { layCable, type Cable } from '#tests/support/cable.ts'
import type { Page } from '@playwright/test'
import { expect, test, type Cairn } from './launch.ts'
import { killCore, shot, signIn, takeOver } from './support/acts.ts'
import { beginBooking } from './support/booking.ts'
import { people } from './support/clinic.ts'
import { Counter } from './support/counter.ts'
import { look } from './support/look.ts'
import { askToJoin, chip, launchMachine, letIn, openMachines, showCode } from './support/machines.ts'
import { stampKey, stampOf, stampWhen } from './support/stamps.ts'
import { sightsOf } from './support/tour.ts'

const TIMES = 10
/** The design asks for 100 ms from the commit; what fails here is a change that does not come by itself, not a slow machine. */
const LIVE_LIMIT_MS = 1_000
/** From the code on the host's screen to the sign-in of the new machine (issue 4: two minutes). */
const JOIN_LIMIT_MS = 120_000
/** From the cable to everything confirmed. */
const HEAL_LIMIT_MS = 10_000

/** Axe finds nothing on it, light or dark; the picture is for people. */
async function see(page: Page, name: string): Promise<void> {
  expect(await look(page, name, { isDarkPictured: true })).toEqual([])
}

const mine = (page: Page) => page.getByRole('row', { name: 'Ruscombe, Ottoline' })
const theirs = (page: Page) => page.getByRole('row', { name: 'Thistlewood, Zenobia' })

test('two machines: one joins, both are live, the cable is cut, both go on, it heals, and one is taken out', async ({ launch, clinic }) => {
  test.setTimeout(300_000)
  const data = clinic.copy()
  const { patientId } = await sightsOf(data)
  const host = await launchMachine(launch, { data })
  const cable = await layCable(host.port)
  let room = await launchMachine(launch)
  await signIn(host.page, people.administrator)

  await test.step('the owner turns the host on and lets a machine in', () => join(host.page, room.page, cable))

  await test.step('people who have never been at the new machine sign in there', async () => {
    await signIn(room.page, people.doctor)
    await expect(chip(room.page)).toHaveText(/^In sync/)
    await takeOver(room.page, people.secondReceptionist)
    await takeOver(host.page, people.receptionist)
    for (const { page } of [host, room]) await expect(page.getByRole('grid').first()).toBeVisible()
  })

  await test.step('what one does is on the other’s screen', () => watchLive(host.page, room.page))

  await test.step('the cable is cut: both go on', async () => {
    cable.cut()
    await expect(chip(room.page)).toHaveText(/^Host not reachable/)
    await bookAtOnce(host.page, room.page)
    await takePayment(room.page, patientId)
    await signNote(room.page)
    await expect(chip(room.page)).toHaveText(/^Host not reachable · \d+ unsent/)
    await shot(room.page, 'network-8-chip')
  })

  await test.step('kill -9 of the core and of the whole app loses nothing', async () => {
    room = await killBoth(room, (same) => launchMachine(launch, same))
  })

  await test.step('the cable is back: everything is confirmed, and what was refused needs two keys', () => heal(host.page, room.page, cable))

  await test.step('the machine is taken out, and its window says so at once', () => revoke(host.page, room.page))
  await cable.close()
})

async function join(host: Page, machine: Page, cable: Cable): Promise<void> {
  const hand = new Counter(host)
  const there = new Counter(machine)
  await openMachines(hand, host)
  await hand.click(host.getByRole('button', { name: 'Be the host …' }))
  await shot(host, 'network-1-be-the-host')
  await hand.key('Enter')
  await expect(host.getByRole('heading', { name: 'This computer is the host' })).toBeVisible()
  hand.done('turn the host on', 4)
  const begun = Date.now()
  const code = await showCode(hand, host)
  await see(host, 'network-2-code')
  await askToJoin(there, machine, { address: cable.address, code, name: 'Room 2', profile: 'Clinical' })
  await expect(host.getByLabel('Six digits')).toBeVisible()
  await see(host, 'network-3-digits-here')
  await see(machine, 'network-3-digits-there')
  await letIn(hand, host, machine)
  hand.done('let a machine in', 3)
  there.done('join, with a typed address', 6)
  await expect(machine.getByLabel('Password', { exact: true })).toBeVisible({ timeout: JOIN_LIMIT_MS })
  const took = Date.now() - begun
  console.log(`  network  from the code to the sign-in of the new machine: ${(took / 1000).toFixed(1)} s (asked: under ${JOIN_LIMIT_MS / 1000} s)`)
  expect(took).toBeLessThan(JOIN_LIMIT_MS)
  await expect(host.getByText('Room 2 is one of the clinic’s machines now.')).toBeVisible()
  await host.keyboard.press('Escape')
  await expect(host.getByRole('row', { name: /Room 2/ })).toContainText('Connected')
  await see(host, 'network-4-machines')
}

/** The same appointment arrives and goes back, by the same keys as in two windows of one machine. */
async function watchLive(host: Page, room: Page): Promise<void> {
  await beginBooking(host, 'Thistlewood')
  await host.keyboard.press('1')
  await expect(theirs(room)).toHaveAttribute('aria-label', /booked/)
  await expect(theirs(host)).toBeFocused()
  const took: number[] = []
  for (let i = 0; i < TIMES; i += 1) {
    if (i % 2 === 0) {
      await host.keyboard.press('a')
      await expect(host.getByRole('heading', { name: 'Check in' })).toBeVisible()
    }
    await stampKey(host)
    await stampWhen(room, i % 2 === 0 ? 'arrived' : 'booked')
    await host.keyboard.press(i % 2 === 0 ? 'Control+Enter' : 'Control+z')
    took.push((await stampOf(room)) - (await stampOf(host)))
    await expect(theirs(host)).toHaveAttribute('aria-label', i % 2 === 0 ? /arrived/ : /booked/)
    await expect(theirs(host)).toBeFocused()
  }
  took.sort((a, b) => a - b)
  const p95 = took[Math.ceil(TIMES * 0.95) - 1] ?? Number.NaN
  console.log(`  network  from the key at one machine to the row at the other: median ${took[TIMES / 2]?.toFixed(0)} ms, slowest ${p95.toFixed(0)} ms of ${TIMES}`)
  expect(p95).toBeLessThan(LIVE_LIMIT_MS)
}

/** Both give the same time away, one of them without the host. */
async function bookAtOnce(host: Page, room: Page): Promise<void> {
  const [offersHere, offersThere] = [await beginBooking(host, 'Thistlewood'), await beginBooking(room, 'Ruscombe')]
  await expect(room.getByText('A request until the clinic confirms it.')).toBeVisible()
  expect(await offersThere.getByRole('button').first().innerText()).toBe(await offersHere.getByRole('button').first().innerText())
  await see(room, 'network-5-request')
  await host.keyboard.press('1')
  await room.keyboard.press('1')
  await expect(theirs(host)).toHaveCount(2)
  await expect(mine(room)).toHaveAttribute('aria-label', /waiting for the clinic/)
  await see(room, 'network-6-hatched')
}

async function takePayment(room: Page, patientId: string): Promise<void> {
  await room.evaluate((to) => (location.hash = to), `#/billing/patients/${patientId}`)
  await expect(room.getByRole('heading', { level: 1 })).toBeVisible()
  await room.keyboard.press('p')
  await room.keyboard.type('10')
  await room.keyboard.press('Control+Enter')
  await expect(room.getByText(/Took \$10\.00, not confirmed yet, receipt/)).toBeVisible()
  await expect(room.getByRole('row').filter({ hasText: 'receipt after sync' })).toContainText('not confirmed yet')
  await see(room, 'network-7-payment')
}

async function signNote(room: Page): Promise<void> {
  await takeOver(room, people.doctor)
  await expect(room.getByRole('region', { name: 'Next patient' })).toBeVisible()
  await room.keyboard.press('n')
  await expect(room.getByRole('region', { name: 'Patient', exact: true })).toBeVisible()
  await room.keyboard.press('s')
  await expect(room.getByLabel('Subjective')).toBeFocused()
  await room.keyboard.type('Hoarse since Monday, no fever at home.')
  await expect(room.getByText(/^Draft saved/)).toBeVisible()
  await room.keyboard.press('Alt+3')
  await room.keyboard.type('migraine')
  await expect(room.getByRole('option').first()).toContainText(/migraine/i)
  await room.keyboard.press('Enter')
  await expect(room.getByRole('button', { name: /Sign and charge/ })).toBeEnabled()
  await room.keyboard.press('Control+Enter')
  await expect(room.getByText('Signed here, not yet at the clinic.')).toBeVisible()
  await expect(room.getByText('signed here, not yet at the clinic').first()).toBeVisible()
  await shot(room, 'network-7-note')
}

async function killBoth(room: Cairn & { port: number }, again: (same: { data: string; port: number }) => Promise<Cairn & { port: number }>): Promise<Cairn & { port: number }> {
  await killCore(room.app)
  const ended = new Promise((resolve) => room.process.once('exit', resolve))
  room.process.kill('SIGKILL')
  await ended
  const next = await again({ data: room.data, port: room.port })
  await signIn(next.page, people.secondReceptionist)
  await expect(mine(next.page)).toHaveAttribute('aria-label', /waiting for the clinic/)
  return next
}

/** What the host refused stands with its reason and the next free times; the rest has gone through by itself. */
async function heal(host: Page, room: Page, cable: Cable): Promise<void> {
  await expect(chip(room)).toHaveText(/^Host not reachable/)
  const begun = Date.now()
  cable.plug()
  await expect(chip(room)).toHaveText(/^Attention 1/, { timeout: HEAL_LIMIT_MS })
  console.log(`  network  from the cable to everything settled: ${((Date.now() - begun) / 1000).toFixed(1)} s`)
  await expect(mine(room)).toHaveCount(0)
  await expect(room.getByText(/waiting for the clinic|not confirmed yet/)).toHaveCount(0)
  await room.keyboard.press('g')
  await room.keyboard.press('a')
  await expect(room.getByRole('heading', { name: 'Appointment not booked' })).toBeVisible()
  await expect(room.getByText('The host had given that time to somebody else first.').first()).toBeVisible()
  await expect(room.getByRole('button', { name: /Book .* for/ }).first()).toBeVisible()
  await see(room, 'network-9-attention')
  const hand = new Counter(room)
  await hand.key('j')
  await hand.key('1')
  await expect(room.getByText('Nothing needs you')).toBeVisible()
  hand.done('A8 settle a refused booking', 2)
  await shot(room, 'network-10-settled')
  await expect(chip(room)).toHaveText(/^In sync/)
  await expect(mine(host)).toHaveAttribute('aria-label', /booked$/)
}

async function revoke(host: Page, room: Page): Promise<void> {
  await takeOver(host, people.administrator)
  const hand = new Counter(host)
  await openMachines(hand, host)
  await expect(host.getByRole('row', { name: /Room 2/ }), 'what it has sent is said without delay').not.toContainText('unsent', { timeout: 3_000 })
  await shot(host, 'network-11-machines')
  await hand.click(host.getByRole('row', { name: /Room 2/ }))
  await see(host, 'network-12-machine')
  await hand.click(host.getByRole('button', { name: 'Take it out …' }))
  const dialog = host.getByRole('dialog', { name: 'Take Room 2 out of the clinic?' })
  await hand.click(dialog.getByText('Stolen'))
  await see(host, 'network-13-take-out')
  const begun = Date.now()
  await hand.click(dialog.getByRole('button', { name: 'Take it out' }))
  await expect(room.getByText('This computer was taken out of the clinic')).toBeVisible()
  console.log(`  network  from the click to the other machine's closed door: ${Date.now() - begun} ms`)
  hand.done('take a stolen machine out', 6)
  await expect(room.getByRole('navigation', { name: 'Places' })).toBeHidden()
  await see(room, 'network-14-taken-out')
  await expect(host.getByRole('main', { name: 'Pages' })).toContainText('Lost machine')
  await see(host, 'network-15-worksheet')
}
