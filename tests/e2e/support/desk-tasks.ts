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
  const names = (await waiting.locator('td:nth-child(2) > :first-child').allTextContents()).slice(0, howMany)
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

/** R5. Somebody who was never here: registered with what is needed, and booked in the next slot. */
export async function registerWhileBooking({ page, hand, picture }: Desk, { family, given, birth }: { family: string; given: string; birth: string }): Promise<Locator> {
  hand.restart()
  await hand.key('Ctrl+Shift+N')
  await hand.typeIn(page.getByLabel('Family name'), `${family}, ${given}`, 'Tab')
  await hand.typeIn(page.getByLabel('Birth date'), birth, 'Tab')
  await hand.type('m', 'Tab')
  await expect(page.getByLabel('Given names')).toHaveValue(given)
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

/** R8. Who and insurance confirmed in a word, and the copay as proposed; what is open besides never stops care. */
export async function checkIn({ page, hand, picture }: Desk, row: Locator): Promise<void> {
  await row.click()
  await page.keyboard.press('Escape')
  hand.restart()
  await hand.key('a')
  await expect(page.getByRole('heading', { name: /^Check in/ })).toBeVisible()
  await picture('check-in')
  await hand.key('Space')
  await hand.key('Ctrl+Enter')
  await expect(row).toHaveAttribute('aria-label', /arrived/)
  hand.done('R8 check in', 5)
}

/** R9. From the flow: they are on the board with their number. */
export async function walkIn({ page, hand, picture }: Desk, name: string, reason: string): Promise<void> {
  for (const key of ['g', 'f']) await page.keyboard.press(key)
  await expect(page.getByRole('region', { name: 'Waiting', exact: true })).toBeVisible()
  hand.restart()
  await hand.key('w')
  await hand.typeIn(page.getByRole('combobox', { name: 'Patient' }), name)
  await expect(page.getByRole('option').first()).toContainText(name)
  await page.keyboard.press('Enter')
  await hand.typeIn(page.getByLabel(/^Reason/), reason)
  await picture('walk-in')
  await hand.key('Ctrl+Enter')
  await expect(page.getByText(/walked in/)).toBeVisible()
  hand.done('R9 walk-in to the queue', 4)
}

/** R11. The first who has something open is chosen already: money, receipt, and the next visit; answers what was taken. */
export async function checkOut({ page, hand, picture }: Desk): Promise<string> {
  for (const key of ['g', 'c']) await page.keyboard.press(key)
  await expect(page.getByRole('heading', { name: 'Next visit' })).toBeVisible()
  hand.restart()
  await hand.key('p')
  await expect(page.getByLabel('Amount')).toBeFocused()
  await picture('check-out')
  await hand.key('Ctrl+Enter')
  const taken = page.getByText(/^Took \$/).last()
  await expect(taken).toBeVisible()
  const said = await taken.innerText()
  await hand.key('n')
  await expect(page.getByRole('list', { name: 'Free times' }).getByRole('button').first()).toBeVisible()
  await hand.key('1')
  await expect(page.getByText(/^Next visit booked/)).toBeVisible()
  hand.done('R11 check out', 5)
  return said
}

/** R12. The cash is what the ledger says. */
export async function closeDrawer({ page, hand, picture }: Desk): Promise<void> {
  hand.restart()
  await hand.key('Ctrl+Shift+D')
  const counted = page.getByRole('textbox', { name: 'Cash in the drawer' })
  await hand.typeIn(counted, '1')
  // Whoever counts knows the sum; here it is read from the screen, and typed over the first figure.
  const should = page.getByText('Should be in it').locator('xpath=ancestor::*[dt]').locator('dd')
  const amount = (await should.innerText()).replace(/[$,]/g, '')
  await picture('drawer-differs')
  await page.keyboard.press('Control+a')
  await page.keyboard.type(amount)
  await expect(page.getByText('Equal to the ledger', { exact: true }).first()).toBeVisible()
  await picture('drawer')
  await hand.key('Ctrl+Enter')
  await expect(page.getByText(/to the bank:/).first()).toBeVisible()
  hand.done('R12 close the drawer', 4)
}
