import type { Locator, Page } from '@playwright/test'
import { expect, test } from './launch.ts'
import { shot, signIn } from './support/acts.ts'
import { people } from './support/clinic.ts'
import { Counter } from './support/counter.ts'
import { look, settled } from './support/look.ts'

const group = (page: Page) => page.getByRole('group', { name: 'View' })
const shown = (page: Page, view: string) => expect(group(page).getByRole('button', { name: view })).toHaveAttribute('aria-pressed', 'true')
const grids = (page: Page) => page.getByRole('grid')

/** The first working day after today on which somebody with half an hour of free time behind them is booked. */
async function freeBehind(page: Page): Promise<{ row: Locator; id: string }> {
  for (let day = 0; day < 15; day += 1) {
    await page.keyboard.press('ArrowRight')
    await settled(page)
    const id = await page.evaluate(() => {
      for (const grid of document.querySelectorAll('[data-column]')) {
        const rows = [...grid.querySelectorAll<HTMLElement>('[data-item]')].map((row) => ({ row, box: row.getBoundingClientRect() }))
        const found = rows.find(({ row, box }) => row.getAttribute('aria-label')?.endsWith(', booked') && box.top > 200 && box.bottom < 640
          && rows.every((other) => other.row === row || other.box.top >= box.bottom + 50 || other.box.bottom <= box.top))
        if (found) return found.row.dataset['item']
      }
      return undefined
    })
    if (id !== undefined) return { id, row: page.locator(`[data-item="${id}"]`) }
  }
  throw new Error('three weeks without a free half hour behind a visit')
}

const heightOf = async (row: Locator): Promise<number> => Math.round((await row.boundingBox())?.height ?? 0)

async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(from.x + (to.x - from.x) / 2, from.y + (to.y - from.y) / 2, { steps: 4 })
  await page.mouse.move(to.x, to.y, { steps: 4 })
  await page.mouse.up()
}

test('the calendar by keys and by mouse: views, another length, a day of the week, the month, and paper', async ({ launch, clinic }) => {
  test.setTimeout(180_000)
  const { page } = await launch({ data: clinic.copy() })
  const found: string[] = []
  await signIn(page, people.receptionist)
  await expect(grids(page).first()).toBeVisible()
  await page.keyboard.press('t')
  await shown(page, 'Day')
  found.push(...(await look(page, 'calendar-day', { isDarkPictured: true })))

  const { row, id } = await freeBehind(page)
  await test.step('longer by keys, and back with one', async () => {
    const before = await heightOf(row)
    await row.click()
    await page.keyboard.press('Shift+ArrowDown')
    await expect(page.getByText(/ fits\.|outside hours\./)).toBeVisible()
    await shot(page, 'calendar-resize')
    await page.keyboard.press('Escape')
    expect(await heightOf(row)).toBe(before)
    const hand = new Counter(page)
    await hand.key('Shift+ArrowDown')
    await hand.key('Enter')
    hand.done('longer by a step', 2)
    await expect.poll(() => heightOf(row)).toBe(before + 24)
    await page.keyboard.press('Control+z')
    await expect.poll(() => heightOf(row)).toBe(before)
  })
  await test.step('longer by the lower edge', async () => {
    const before = await heightOf(row)
    const box = await row.boundingBox()
    if (!box) throw new Error('it is on the screen')
    const edge = { x: box.x + box.width / 2, y: box.y + box.height - 2 }
    await drag(page, edge, { x: edge.x, y: edge.y + 24 })
    await expect.poll(() => heightOf(row)).toBe(before + 24)
    await page.keyboard.press('Control+z')
    await expect.poll(() => heightOf(row)).toBe(before)
  })
  await test.step('a finer grid, which this machine keeps', async () => {
    const before = await heightOf(row)
    await page.keyboard.press('Shift+G')
    await page.keyboard.press('Shift+G')
    await expect(page.getByRole('button', { name: 'Grid of 5 minutes' })).toBeVisible()
    expect(await heightOf(row)).toBeGreaterThan(before)
    await shot(page, 'calendar-day-5-minutes')
    await page.keyboard.press('Shift+G')
    await expect(page.getByRole('button', { name: 'Grid of 15 minutes' })).toBeVisible()
  })
  await test.step('by room: another column is another room', async () => {
    await page.keyboard.press('Shift+R')
    await shown(page, 'Rooms')
    await settled(page)
    await expect(page.getByRole('grid', { name: /^No room/ })).toBeVisible()
    found.push(...(await look(page, 'calendar-rooms', { isDarkPictured: true })))
    await row.click()
    const columnOf = () => row.evaluate((element) => element.closest('[data-column]')?.getAttribute('data-column'))
    const column = await columnOf()
    await page.keyboard.press('m')
    await page.keyboard.press(column === 'no-room' ? 'ArrowRight' : 'ArrowLeft')
    await page.keyboard.press('Enter')
    await expect.poll(columnOf).not.toBe(column)
    await page.keyboard.press('Control+z')
    await expect.poll(columnOf).toBe(column)
  })
  await test.step('the week of the provider: to another day by mouse, and back', async () => {
    await page.keyboard.press('Shift+W')
    await shown(page, 'Week')
    await settled(page)
    await expect(row).toBeVisible()
    found.push(...(await look(page, 'calendar-week', { isDarkPictured: true })))
    const columnOf = () => row.evaluate((element) => element.closest('[data-column]')?.getAttribute('data-column'))
    const [own, height] = [await columnOf(), await heightOf(row)]
    await row.scrollIntoViewIfNeeded()
    const target = await page.evaluate(({ item, high }) => {
      const from = document.querySelector<HTMLElement>(`[data-item="${item}"]`)?.getBoundingClientRect()
      if (!from) return undefined
      // A place in another day's column with nothing in it and open.
      for (const column of document.querySelectorAll<HTMLElement>('[data-column]')) {
        const box = column.getBoundingClientRect()
        if (from.left >= box.left && from.left < box.right) continue
        const taken = [...column.querySelectorAll('[data-item], [data-kind]')].map((one) => one.getBoundingClientRect())
        for (let top = 260; top + high < 700; top += 12) {
          if (taken.every((one) => one.top >= top + high + 26 || one.bottom <= top - 26)) return { from: { x: from.left + 30, y: from.top + 8 }, to: { x: box.left + 30, y: top + 8 }, column: column.dataset['column'] }
        }
      }
      return undefined
    }, { item: id, high: height })
    if (!target) throw new Error('a week without an hour')
    await drag(page, target.from, target.to)
    await expect.poll(columnOf).toBe(target.column)
    await page.keyboard.press('Control+z')
    await expect.poll(columnOf).toBe(own)
    await page.reload()
    await shown(page, 'Week')
    await expect(row).toBeVisible()
  })
  await test.step('the month, and a day of it', async () => {
    await page.keyboard.press('Shift+M')
    await shown(page, 'Month')
    await settled(page)
    found.push(...(await look(page, 'calendar-month', { isDarkPictured: true })))
    await page.keyboard.press('1')
    await expect(page.getByRole('group', { name: 'Provider' }).getByRole('button', { pressed: true })).not.toHaveText(/Whole clinic/)
    await page.keyboard.press('0')
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('ArrowDown')
    const date = await page.locator('[data-chosen]').getAttribute('data-date')
    await expect(page.locator(':focus')).toHaveAttribute('data-date', date ?? '')
    await page.keyboard.press('Enter')
    await shown(page, 'Day')
    expect(page.url()).toContain(`/day/${date}`)
    await page.keyboard.press('t')
  })
  await test.step('the day on paper', async () => {
    await page.keyboard.press('p')
    await expect(page.getByText('Contains patient data: shred after use').filter({ visible: true }).first()).toBeVisible()
    await page.evaluate(() => document.fonts.ready.then(() => undefined))
    await shot(page, 'calendar-day-sheet')
    await page.keyboard.press('Escape')
    await shown(page, 'Day')
  })
  await page.setViewportSize({ width: 1920, height: 1080 })
  for (const [key, name] of [['Shift+D', 'day'], ['Shift+R', 'rooms'], ['Shift+W', 'week'], ['Shift+M', 'month']] as const) {
    await page.keyboard.press(key)
    await settled(page)
    await shot(page, `calendar-${name}-1920`)
  }
  expect(found).toEqual([])
})
