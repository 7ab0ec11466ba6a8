import type { ElectronApplication, Locator, Page } from '@playwright/test'
import { expect, test } from './launch.ts'
import { findBox, killCore, shot, signIn } from './support/acts.ts'
import { people } from './support/clinic.ts'
import { Counter } from './support/counter.ts'
import { look, settled } from './support/look.ts'

const NAME = 'Thistlewood'
const column = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true })
const cardIn = (page: Page, stage: string, name = NAME): Locator => column(page, stage).getByRole('article').filter({ hasText: name })

async function openFlow(page: Page): Promise<void> {
  await page.keyboard.press('g')
  await page.keyboard.press('f')
  await expect(column(page, 'Waiting')).toBeVisible()
}

/** W, the name, why, Ctrl Enter: they are on the board with their number. */
async function walkIn(page: Page, name: string, reason: string): Promise<Counter> {
  const hand = new Counter(page)
  await hand.key('w')
  await expect(page.getByRole('combobox', { name: 'Patient' })).toBeFocused()
  await page.keyboard.type(name)
  await expect(page.getByRole('option').first()).toContainText(name)
  await page.getByRole('combobox', { name: 'Patient' }).fill('')
  await hand.typeIn(page.getByRole('combobox', { name: 'Patient' }), name, 'Enter')
  await hand.typeIn(page.getByLabel(/^Reason/), reason)
  await hand.key('Ctrl+Enter')
  await expect(page.getByText(/walked in/)).toBeVisible()
  return hand
}

async function openDisplay(app: ElectronApplication, page: Page): Promise<Page> {
  const opened = app.waitForEvent('window')
  await page.keyboard.press('Shift+D')
  const display = await opened
  await display.waitForLoadState('domcontentloaded')
  return display
}

test('a walk-in is in the queue in four acts, is called, roomed and handed over with one key each, and leaves', async ({ launch, clinic }) => {
  const { app, page } = await launch({ data: clinic.copy() })
  await signIn(page, people.receptionist)
  await openFlow(page)
  const hand = await walkIn(page, NAME, 'Cut on the left hand')
  hand.done('R9 walk-in to the queue', 4)
  const card = cardIn(page, 'Waiting')
  await expect(card).toContainText('A1')
  await shot(page, 'flow-walk-in')

  // The keys are at whoever waits longest; the walk-in is chosen by its number.
  await page.keyboard.press('Control+k')
  await findBox(page).fill('a1')
  await expect(page.locator('[role="option"][data-kind="hit"]').first()).toContainText(NAME)
  await shot(page, 'flow-palette')
  await page.keyboard.press('Enter')
  await expect(card.getByRole('button', { pressed: true })).toBeVisible()

  const display = await openDisplay(app, page)
  await expect(display.getByRole('heading', { name: 'Nobody has been called yet' })).toBeVisible()
  await page.bringToFront()
  hand.restart()
  await hand.key('c')
  await expect(display.getByRole('heading', { name: 'A1' })).toBeVisible({ timeout: 1_000 })
  hand.done('N2 call the next one', 1)
  await expect(card).toContainText('Called')
  await shot(page, 'flow-called')

  await hand.key('r')
  await expect(cardIn(page, 'Roomed')).toBeVisible()
  hand.done('N3 room', 1)
  await hand.key('h')
  await expect(cardIn(page, 'With doctor')).toBeVisible()
  hand.done('N7 hand over', 1)
  await page.keyboard.press('o')
  await expect(cardIn(page, 'Check-out')).toBeVisible()
  await shot(page, 'flow-check-out')
  await page.keyboard.press('l')
  await expect(cardIn(page, 'Left')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(cardIn(page, 'Check-out')).toBeVisible()
})

test('a card goes with the pointer from expected to left; where no step leads it says why and stays', async ({ launch, clinic }) => {
  const { page } = await launch({ data: clinic.copy() })
  await signIn(page, people.nurse)
  await expect(column(page, 'Expected')).toBeVisible()
  const first = column(page, 'Expected').getByRole('article').first()
  const name = (await first.locator('b').first().innerText()).trim()
  const drag = async (from: string, to: string, letGo = true): Promise<void> => {
    const card = cardIn(page, from, name).first()
    await card.scrollIntoViewIfNeeded()
    const [a, b] = [await card.boundingBox(), await column(page, to).boundingBox()]
    if (!a || !b) throw new Error('nothing to drag')
    await page.mouse.move(a.x + a.width / 2, a.y + 12)
    await page.mouse.down()
    await page.mouse.move(a.x + a.width / 2 + 20, a.y + 30, { steps: 4 })
    await page.mouse.move(b.x + b.width / 2, b.y + 80, { steps: 8 })
    if (letGo) await page.mouse.up()
  }
  await drag('Expected', 'With doctor')
  await expect(cardIn(page, 'Expected', name).getByRole('alert')).toContainText('say first that they are here')
  await shot(page, 'flow-refused')
  await drag('Expected', 'Waiting', false)
  await shot(page, 'flow-dragging')
  await page.mouse.up()
  await expect(cardIn(page, 'Waiting', name)).toBeVisible()
  for (const [from, to] of [['Waiting', 'Roomed'], ['Roomed', 'With doctor'], ['With doctor', 'Check-out'], ['Check-out', 'Left']] as const) {
    await drag(from, to)
    await expect(cardIn(page, to, name)).toBeVisible()
  }
  await drag('Left', 'Waiting')
  await expect(cardIn(page, 'Left', name).getByRole('alert')).toContainText('they have left')
  // Let go with Esc, it stays where it was.
  const waiting = await column(page, 'Waiting').getByRole('article').first().locator('b').first().innerText()
  const box = await cardIn(page, 'Waiting', waiting).first().boundingBox()
  if (!box) throw new Error('nobody waits')
  await page.mouse.move(box.x + 40, box.y + 12)
  await page.mouse.down()
  await page.mouse.move(box.x + 400, box.y + 60, { steps: 6 })
  await page.keyboard.press('Escape')
  await page.mouse.up()
  await expect(cardIn(page, 'Waiting', waiting).first()).toBeVisible()
})

test('the waiting-room display shows numbers and never a name, goes on while the desk is locked and the core comes back, and can do nothing else', async ({ launch, clinic }) => {
  const { app, page } = await launch({ data: clinic.copy() })
  await signIn(page, people.receptionist)
  await openFlow(page)
  await walkIn(page, NAME, 'Cough')
  const display = await openDisplay(app, page)
  await expect(display.getByRole('heading', { name: 'Nobody has been called yet' })).toBeVisible()
  // Asked for again it comes to the front: there is one.
  await page.keyboard.press('Shift+D')
  await page.bringToFront()
  const names = (await page.getByRole('article').locator('b:first-child').allInnerTexts()).map((name) => name.split(',')[0] ?? '').filter((name) => /^[A-Z]/.test(name))
  expect(names.length).toBeGreaterThan(3)
  await cardIn(page, 'Waiting').getByRole('button').first().click()
  await page.keyboard.press('c')
  await expect(display.getByRole('heading', { name: 'A1' })).toBeVisible({ timeout: 1_000 })
  // As many as there are rooms for; of whoever is left it says that none is free.
  for (const other of await column(page, 'Waiting').getByRole('article').all()) {
    await other.getByRole('button').first().click()
    await page.keyboard.press('c')
    await expect(other).toContainText(/Called|no room is free/)
  }
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(2)
  const text = async (): Promise<string> => display.evaluate(() => `${document.documentElement.outerHTML} ${document.title} ${location.href}`)
  for (const name of [...names, NAME]) expect(await text()).not.toContain(name)
  expect(await display.title()).toBe('Cairn')

  await app.evaluate(({ BrowserWindow }) => {
    const shown = BrowserWindow.getAllWindows().find((window) => !window.isResizable() || window.getMinimumSize()[0] === 640)
    shown?.setContentSize(1920, 1080)
  })
  await settled(display)
  expect(await look(display, 'display', { isDarkPictured: true })).toEqual([])

  // The desk is locked, the core dies: what was called stays, and what is called next comes.
  await page.keyboard.press('Control+l')
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeAttached()
  await killCore(app)
  await expect(display.getByRole('list', { name: 'Called before' })).toContainText('A')
  await signIn(page, people.nurse)
  const before = await display.getByRole('heading', { level: 1 }).innerText()
  await expect(column(page, 'Waiting')).toBeVisible()
  const last = column(page, 'Waiting').getByRole('article').filter({ hasNotText: before }).filter({ hasText: 'Called' }).first()
  await last.getByRole('button').first().click()
  await page.keyboard.press('c')
  await expect(display.getByRole('heading', { level: 1 })).not.toHaveText(before)
  expect(await text()).not.toContain(NAME)

  // Its page is not heard: neither the shell opens a window for it, nor does a key lead anywhere.
  await display.evaluate(() => {
    const { cairn } = window as unknown as { cairn: { window: { open: (path: string) => void; openDisplay: () => void } } } // The bridge's type lives in the app.
    cairn.window.open('/day')
    cairn.window.openDisplay()
    location.hash = '#/day'
  })
  await display.keyboard.press('Control+k')
  await display.keyboard.press('g')
  await display.keyboard.press('d')
  await expect(display.getByRole('list', { name: 'Called before' })).toBeVisible()
  await expect(display.getByRole('navigation')).toHaveCount(0)
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(2)
})

test('the board looks right at its designed size, in light and dark', async ({ launch, clinic }) => {
  const { app, page } = await launch({ data: clinic.copy() })
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1366, 768))
  await signIn(page, people.nurse)
  await expect(column(page, 'Waiting')).toBeVisible()
  await settled(page)
  expect(await look(page, 'flow-board', { isDarkPictured: true })).toEqual([])
  const slip = page.getByRole('button', { name: /^Slip/ })
  await slip.click()
  await expect(page.getByRole('main', { name: 'Pages' })).toBeVisible()
  expect(await look(page, 'flow-slip')).toEqual([])
  await page.keyboard.press('Escape')
  await expect(column(page, 'Waiting')).toBeVisible()
})
