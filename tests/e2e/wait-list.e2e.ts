import { expect, test } from './launch.ts'
import { killCore, shot, signIn } from './support/acts.ts'
import { people } from './support/clinic.ts'
import { Counter } from './support/counter.ts'

test('a free time is filled from the wait list in two acts, and taken back with one', async ({ launch, clinic }) => {
  const { app, page } = await launch({ data: clinic.copy() })
  await signIn(page, people.receptionist)
  await expect(page.getByRole('grid').first()).toBeVisible()
  // Today may be over: on the first day on which somebody on the list fits, the time that a cancellation gives back stands in the grid.
  const hole = page.getByText(/on the wait list fits?/)
  await expect(async () => {
    await page.keyboard.press('ArrowRight')
    await page.getByRole('row', { name: /, booked$/ }).nth(1).click({ timeout: 2_000 })
    await page.keyboard.press('Delete')
    await page.getByRole('button', { name: 'Patient asked' }).click({ timeout: 2_000 })
    await expect(hole.first()).toBeVisible({ timeout: 2_000 })
  }).toPass()
  await shot(page, 'wait-list-day')
  const hand = new Counter(page)
  await hand.key('f')
  const first = page.getByRole('list', { name: 'Waiting' }).getByRole('listitem').first()
  const who = await first.getByRole('strong').first().innerText()
  await shot(page, 'wait-list')
  await hand.key('1')
  hand.done('R7 fill from wait list', 2)
  await expect(page.getByRole('row', { name: who })).toBeAttached()
  await page.keyboard.press('v')
  await expect(page.getByRole('list', { name: 'Waiting' })).not.toContainText(who)
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('list', { name: 'Waiting' })).toContainText(who)
  await page.keyboard.press('n')
  await expect(page.getByRole('heading', { name: 'Put on the wait list' })).toBeVisible()
  await shot(page, 'wait-list-form')
  const reason = page.getByLabel(/^Reason/)
  await reason.focus()
  const typing = page.keyboard.type('Rash on both hands', { delay: 25 })
  await killCore(app)
  await typing
  await expect(reason).toHaveValue('Rash on both hands')
  await page.keyboard.press('Escape')
  await page.keyboard.press('n')
  await expect(reason).toHaveValue('Rash on both hands')
})
