import type { Page } from '@playwright/test'
import { expect, test } from './launch.ts'
import { openSecondWindow, shot, signIn } from './support/acts.ts'
import { beginBooking } from './support/booking.ts'
import { people } from './support/clinic.ts'
import { bookKnown, deskAt, findCaller } from './support/desk-tasks.ts'
import { stampKey, stampOf, stampWhen } from './support/stamps.ts'

const TIMES = 20
/** The design asks for 100 ms; what fails here is a refresh that does not come by itself, not a slow machine. */
const LIMIT_MS = 1_000

test('a known caller is found in two acts, booked in four, and seen at once in the other window', async ({ launch, clinic }) => {
  const { app, page } = await launch({ data: clinic.copy() })
  await signIn(page, people.receptionist)
  const other = await openSecondWindow(app, page, people.secondReceptionist)
  await expect(other.getByRole('grid').first()).toBeVisible()
  const desk = deskAt(page, 'known')
  await findCaller(desk, 'thistlewood 1985', 'Thistlewood')
  await bookKnown(desk, 'zenobia thistlewood', 'Thistlewood, Zenobia')
  await expect(other.getByRole('row', { name: 'Thistlewood, Zenobia' })).toBeAttached()
  await shot(other, 'seen-in-the-other-window')
})

test('a change in one window is on the screen of the other within a second, twenty times', async ({ launch, clinic }) => {
  const { app, page } = await launch({ data: clinic.copy() })
  await signIn(page, people.receptionist)
  const other = await openSecondWindow(app, page, people.secondReceptionist)
  await beginBooking(page, 'Thistlewood')
  await page.keyboard.press('1')
  const here = page.getByRole('row', { name: 'Thistlewood, Zenobia' })
  const there = other.getByRole('row', { name: 'Thistlewood, Zenobia' })
  await expect(here).toBeFocused()
  await expect(there).toHaveAttribute('aria-label', /booked/)

  const steps: [key: string, state: RegExp][] = [['a Control+Enter', /arrived/], ['Control+z', /booked/]]
  const took: number[] = []
  for (let i = 0; i < TIMES; i += 1) {
    const [keys, state] = steps[i % 2] ?? ['', /./]
    const pressed = keys.split(' ')
    for (const key of pressed.slice(0, -1)) await page.keyboard.press(key)
    if (pressed.length > 1) await expect(page.getByRole('heading', { name: 'Check in' })).toBeVisible()
    // Both windows listen before the key is pressed: a stamp that is armed too late would never come.
    await stampKey(page)
    await stampWhen(other, state.source)
    await page.keyboard.press(pressed.at(-1) ?? '')
    took.push((await stampOf(other)) - (await stampOf(page)))
    await expect(here).toHaveAttribute('aria-label', state)
    await expect(here).toBeFocused()
  }
  took.sort((a, b) => a - b)
  const p95 = took[Math.ceil(TIMES * 0.95) - 1] ?? Number.NaN
  console.log(`  live     from the key in one window to the row in the other: median ${took[TIMES / 2]?.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms of ${TIMES} (asked: 100 ms from the commit, a part of this)`)
  expect(p95).toBeLessThan(LIMIT_MS)
})

test('two windows take the same slot at the same moment: one gets it, the other is told and offered the next', async ({ launch, clinic }) => {
  const { app, page } = await launch({ data: clinic.copy() })
  await signIn(page, people.receptionist)
  const other = await openSecondWindow(app, page, people.secondReceptionist)
  const [offersHere, offersThere] = [await beginBooking(page, 'Thistlewood'), await beginBooking(other, 'Ruscombe')]
  const wanted = await offersHere.getByRole('button').first().innerText()
  expect(await offersThere.getByRole('button').first().innerText()).toBe(wanted)

  await Promise.all([page.keyboard.press('1'), other.keyboard.press('1')])
  const booked = (window: Page): Promise<boolean> => window.getByText(/booked,/).isVisible()
  const refused = (window: Page): Promise<boolean> => window.getByText('Not booked.').isVisible()
  await expect.poll(async () => [await booked(page), await booked(other)].filter(Boolean).length).toBe(1)
  await expect.poll(async () => [await refused(page), await refused(other)].filter(Boolean).length).toBe(1)
  const loser = (await refused(page)) ? page : other
  await shot(loser, 'slot-was-taken')
  await expect(loser.getByRole('region', { name: 'Free instead' }).getByRole('button')).toHaveCount(3)
  await loser.keyboard.press('1')
  await expect(loser.getByText(/booked,/)).toBeVisible()
  await expect(page.getByRole('row', { name: /Thistlewood, Zenobia.*booked/ })).toHaveCount(1)
})
