import { expect, type Locator, type Page } from '@playwright/test'
import { findBox, shot } from './acts.ts'
import { PASSWORD } from './clinic.ts'
import { withCore } from './core.ts'
import { Counter } from './counter.ts'

/**
 * The receptionist's day, a function a task, each with the design's budget of actions. The same hands do them in one
 * window of one machine, and at a machine whose host is switched off.
 */
export interface Desk {
  page: Page
  hand: Counter
  /** A picture for people, on the way through a task. */
  picture: (name: string) => Promise<void>
}

/** `prefix` stands before the names of its pictures. */
export const deskAt = (page: Page, prefix: string): Desk => ({ page, hand: new Counter(page), picture: (name) => shot(page, `${prefix}-${name}`) })

/** What waits for this person and what others have answered, before the clinic's day begins. */
export const tasksOf = (data: string, userName: string): Promise<number> => withCore(data, async (as) => {
  const { mine, news } = await (await as(userName)).tasks.counts({})
  return mine + news
})

/** R1. The window is locked: the password, and the day stands there with what came in the night and what failed. */
export async function unlock({ page, hand, picture }: Desk, { tasks, toSettle }: { tasks: number; toSettle: number }): Promise<void> {
  const password = page.getByLabel('Password', { exact: true })
  await expect(password).toBeFocused()
  hand.restart()
  await hand.typeIn(password, PASSWORD, 'Enter')
  await expect(page.getByRole('grid').first()).toBeVisible()
  const places = page.getByRole('navigation', { name: 'Places' })
  await expect(places.getByRole('link', { name: `Tasks, ${tasks} to do`, exact: true })).toBeVisible()
  await expect(places.getByRole('link', { name: toSettle ? `Attention, ${toSettle} to settle` : 'Attention', exact: true })).toBeVisible()
  hand.done('R1 unlock, the day, messages and failures', 1)
  await picture('unlocked')
}

/** R2. Down the list of tomorrow's patients, as it stands; answers who has said yes. */
export async function confirmByPhone({ page, hand, picture }: Desk, howMany: number): Promise<string[]> {
  for (const key of ['g', 'k']) await page.keyboard.press(key)
  await expect(page.getByRole('heading', { name: 'Calls', level: 1 })).toBeVisible()
  const table = page.getByRole('table', { name: 'To confirm' })
  const waiting = table.getByRole('row').filter({ hasText: 'Not asked yet' })
  await expect(waiting.first()).toBeVisible()
  const names = (await waiting.locator('td:nth-child(2)').allTextContents()).map((name) => name.trim()).slice(0, howMany)
  expect(names).toHaveLength(howMany)
  await picture('calls')
  for (const name of names) {
    hand.restart()
    await hand.key('1')
    await expect(table.getByRole('row').filter({ hasText: name }).filter({ hasText: 'Confirmed' }).first()).toBeVisible()
    hand.done('R2 a patient confirmed', 1)
  }
  return names
}

/** R3. By a part of the name and the year of birth. */
export async function findCaller({ page, hand, picture }: Desk, typed: string, found: string): Promise<void> {
  hand.restart()
  await hand.key('Ctrl+k')
  await hand.typeIn(findBox(page), typed)
  await expect(page.locator('[role="option"][data-kind="hit"]').first()).toContainText(found)
  hand.done('R3 find caller', 2)
  await picture('find-caller')
  await page.keyboard.press('Escape')
}

/** R4. In the next slot that fits, today; answers the appointment as it stands on the day. */
export async function bookKnown({ page, hand, picture }: Desk, typed: string, name: string): Promise<Locator> {
  hand.restart()
  await hand.key('b')
  await hand.typeIn(page.getByRole('combobox', { name: 'Patient' }), typed)
  await expect(page.getByRole('option').first()).toContainText(name)
  await hand.key('Enter')
  await expect(page.getByRole('group', { name: `For ${name}` })).toBeFocused()
  await expect(page.getByRole('region', { name: 'Next fitting slots' }).getByRole('button').first()).toContainText('Today')
  await picture('book')
  await hand.key('1')
  hand.done('R4 book known patient', 4)
  const row = page.getByRole('row', { name })
  await expect(row).toBeVisible()
  return row
}

/** R5. Nobody of that name is here: registered with what is needed, and booked in the next slot. */
export async function registerWhileBooking({ page, hand, picture }: Desk, { family, given, birth }: { family: string; given: string; birth: string }): Promise<Locator> {
  hand.restart()
  await hand.key('b')
  await hand.typeIn(page.getByRole('combobox', { name: 'Patient' }), `${given} ${family}`)
  hand.done('nobody of that name is found', 2)
  await hand.key('Ctrl+Shift+N')
  await expect(page.getByLabel('Family name')).toHaveValue(family)
  await expect(page.getByLabel('Given names')).toHaveValue(given)
  await hand.typeIn(page.getByLabel('Birth date'), birth, 'Tab')
  await hand.type('m', 'Tab')
  await picture('register')
  await hand.key('Ctrl+Enter')
  const offers = page.getByRole('region', { name: 'Next fitting slots' })
  await expect(page.getByRole('group', { name: `For ${family}, ${given}` })).toBeFocused()
  await expect(offers.getByRole('button').first()).toBeEnabled()
  await picture('slots')
  await hand.key('1')
  const row = page.getByRole('row', { name: family })
  await expect(row).toBeVisible()
  hand.done('R5 register while booking', 6)
  return row
}

/** R6. The chosen appointment goes later, to the first time that is free; answers what was said of it before. */
export async function moveLater({ page, hand, picture }: Desk, row: Locator): Promise<string> {
  await expect(row).toBeFocused()
  const before = (await row.getAttribute('aria-label')) ?? ''
  hand.restart()
  await hand.key('m')
  await hand.key('ArrowDown')
  // Held down until it is past what is taken: one act of the hand.
  const live = page.getByText('Enter puts it there').locator('..')
  for (let i = 0; i < 60 && /taken/.test(await live.innerText()); i += 1) await page.keyboard.press('ArrowDown')
  await picture('move')
  await hand.key('Enter')
  hand.done('R6 move', 3)
  await expect(row).not.toHaveAttribute('aria-label', before)
  return before
}

/**
 * Somebody calls off: on the first day on which somebody on the list fits, the time that is given back stands in the grid.
 * Today may be over.
 */
export async function freeATime({ page }: Desk): Promise<void> {
  const hole = page.getByText(/on the wait list fits?/)
  await expect(async () => {
    await page.keyboard.press('ArrowRight')
    await page.getByRole('row', { name: /, booked$/ }).nth(1).click({ timeout: 2_000 })
    await page.keyboard.press('Delete')
    await page.getByRole('button', { name: 'Patient asked' }).click({ timeout: 2_000 })
    await expect(hole.first()).toBeVisible({ timeout: 2_000 })
  }).toPass()
}

/** R7. The time is given to the first of those who fit; answers who that is. */
export async function fillFromWaitList({ page, hand, picture }: Desk): Promise<string> {
  await picture('free-time')
  hand.restart()
  await hand.key('f')
  const first = page.getByRole('list', { name: 'Waiting' }).getByRole('listitem').first()
  const who = await first.getByRole('strong').first().innerText()
  await picture('wait-list')
  await hand.key('1')
  hand.done('R7 fill from wait list', 2)
  await expect(page.getByRole('row', { name: who })).toBeAttached()
  return who
}

/** R10. From whatever screen is open. */
export async function askForTask({ page, hand, picture }: Desk, text: string): Promise<void> {
  hand.restart()
  await hand.key('Ctrl+Shift+M')
  await hand.typeIn(page.getByRole('textbox', { name: 'What is to be done' }), text)
  await picture('task')
  await hand.key('Ctrl+Enter')
  await expect(page.getByRole('heading', { name: 'New task' })).toHaveCount(0)
  hand.done('R10 a task from any screen', 3)
}
