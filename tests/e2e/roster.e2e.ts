import type { Locator, Page } from '@playwright/test'
import { expect, test } from './launch.ts'
import { shot, signIn } from './support/acts.ts'
import { people } from './support/clinic.ts'
import { Counter } from './support/counter.ts'
import { look, settled } from './support/look.ts'

const go = (page: Page, address: string): Promise<string> => page.evaluate((to) => (location.hash = to), `#${address}`)
const free = (page: Page): Locator => page.locator('button[data-cell][aria-label$=": no shift"]')
const taken = (page: Page): Locator => page.locator('button[data-cell][draggable="true"]')
const cellAt = (page: Page, cell: string): Locator => page.locator(`button[data-cell="${cell}"]`)
const labelOf = async (cell: Locator): Promise<string> => (await cell.getAttribute('aria-label')) ?? ''

/** As a hand does it: press, move in steps, let go. */
async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  const [a, b] = [await from.boundingBox(), await to.boundingBox()]
  if (!a || !b) throw new Error('both cells are on the screen')
  await page.mouse.move(a.x + a.width / 2, a.y + a.height / 2)
  await page.mouse.down()
  await page.mouse.move(a.x + a.width / 2 + 6, a.y + a.height / 2 + 3, { steps: 3 })
  await page.mouse.move(b.x + b.width / 2, b.y + b.height / 2, { steps: 12 })
  await page.mouse.up()
}

test('a shift is changed by drag and by keys in three acts at most, and a week is read, covered and added up', async ({ launch, clinic }) => {
  const { page } = await launch({ data: clinic.copy() })
  await signIn(page, people.administrator)
  await go(page, '/roster')
  await expect(page.getByRole('table', { name: 'Roster' })).toBeVisible()
  await settled(page)
  if ((await taken(page).count()) === 0) {
    await free(page).first().click()
    await page.getByRole('button', { name: /^Save shift/ }).click()
    await expect(taken(page)).not.toHaveCount(0)
  }
  expect(await look(page, 'roster', { isDarkPictured: true })).toEqual([])

  const hand = new Counter(page)
  const pair = await page.evaluate(() => {
    const cells = [...document.querySelectorAll<HTMLElement>('button[data-cell]')]
    const label = (cell: string) => cells.find((one) => one.dataset['cell'] === cell)?.getAttribute('aria-label') ?? ''
    for (const one of cells) {
      const [row = 0, column = 0] = (one.dataset['cell'] ?? '').split(' ').map(Number)
      if (one.draggable && label(`${row} ${column + 1}`).endsWith(': no shift')) return { from: `${row} ${column}`, to: `${row} ${column + 1}` }
    }
    return undefined
  })
  if (!pair) throw new Error('somebody has a free day after a shift')
  const { from, to } = pair
  const times = (await labelOf(cellAt(page, from))).split(': ').slice(1).join(': ')
  await cellAt(page, to).scrollIntoViewIfNeeded()
  await drag(page, cellAt(page, from), cellAt(page, to))
  await expect(cellAt(page, to)).toHaveAttribute('aria-label', new RegExp(`${times}$`))
  await expect(cellAt(page, from)).toHaveAttribute('aria-label', /no shift$/)
  await shot(page, 'roster-dragged')
  await page.keyboard.press('Control+z')
  await expect(cellAt(page, from)).toHaveAttribute('aria-label', new RegExp(`${times}$`))

  await cellAt(page, pair.from).focus()
  hand.restart()
  await hand.key('c')
  await hand.key('ArrowRight')
  await hand.key('v')
  await expect(cellAt(page, pair.to)).not.toHaveAttribute('aria-label', /no shift$/)
  hand.done('A2 a change of the roster', 3)
  await page.keyboard.press('Control+z')
  await expect(cellAt(page, pair.to)).toHaveAttribute('aria-label', /no shift$/)

  await page.getByLabel('At least').fill('9')
  await page.getByRole('button', { name: 'Add rule' }).click()
  await expect(page.getByText('Too few people')).toBeVisible()
  await page.getByRole('button', { name: 'Hours report' }).click()
  await expect(page.getByRole('table', { name: 'Hours' }).or(page.getByText('No shifts in this time'))).toBeVisible()
  expect(await look(page, 'roster-hours')).toEqual([])
  await page.getByRole('button', { name: 'Print or save as PDF' }).click()
  await expect(page.getByRole('heading', { name: 'Hours by the roster' }).last()).toBeVisible()
  await shot(page, 'roster-hours-print')
})

test('a room goes out of service and comes back in two acts, and an outage is planned', async ({ launch, clinic }) => {
  const { page } = await launch({ data: clinic.copy() })
  await signIn(page, people.administrator)
  await go(page, '/rooms')
  await expect(page.getByRole('list', { name: 'Rooms' })).toBeVisible()
  await settled(page)
  expect(await look(page, 'rooms', { isDarkPictured: true })).toEqual([])
  const hand = new Counter(page)
  const out = page.getByRole('button', { name: /^Take .* out of service$/ }).first()
  const name = ((await out.getAttribute('aria-label')) ?? '').replace(/^Take | out of service$/g, '')
  await hand.click(out)
  await expect(page.getByRole('listitem', { name: `${name}: Out of service` })).toBeVisible()
  await hand.click(page.getByRole('button', { name: `Put ${name} back into service` }))
  await expect(page.getByRole('listitem', { name: `${name}: Out of service` })).toHaveCount(0)
  hand.done('A4 a room out of service and back', 2)

  const plan = page.getByRole('form', { name: 'Plan an outage' })
  await plan.getByLabel('Why').fill('Painter')
  await plan.getByLabel(/^From/).fill('23:00')
  await plan.getByRole('button', { name: 'Plan it' }).click()
  await expect(page.getByRole('button', { name: /^Take back: / })).toBeVisible()
  await page.getByRole('button', { name: /^Change / }).first().click()
  await expect(page.getByRole('heading', { name: 'Equipment' }).last()).toBeVisible()
  expect(await look(page, 'rooms-planned')).toEqual([])
})
