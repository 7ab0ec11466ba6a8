import type { Page } from '@playwright/test'
import { expect, test } from './launch.ts'
import { killCore, shot, signIn, takeOver } from './support/acts.ts'
import { people } from './support/clinic.ts'
import { Counter } from './support/counter.ts'
import { look } from './support/look.ts'

const go = (page: Page, address: string): Promise<string> => page.evaluate((to) => (location.hash = to), `#${address}`)

/** Today may be over, or a Sunday: on to the first day on which somebody is booked with most providers. */
async function toBusyDay(page: Page): Promise<void> {
  await expect(page.getByRole('grid').first()).toBeVisible()
  await expect(async () => {
    await page.keyboard.press('ArrowRight')
    await expect(page.getByRole('row', { name: /, booked$/ }).nth(9)).toBeVisible({ timeout: 2_000 })
  }).toPass()
}

test('everybody of an absent doctor has a place in three acts, is called from one list, and is back with one', async ({ launch, clinic }) => {
  const { app, page } = await launch({ data: clinic.copy() })
  await signIn(page, people.receptionist)
  await toBusyDay(page)
  const hand = new Counter(page)
  await hand.key('Shift+A')
  await expect(page.getByRole('heading', { name: 'Doctor absent' })).toBeVisible()
  await hand.key('2')
  const plan = page.getByRole('grid', { name: 'Patients to place' }).or(page.getByRole('table', { name: 'Patients to place' }))
  await expect(plan).toBeVisible()
  const apply = page.getByRole('button', { name: /^Move \d+ patients?/ })
  await expect(apply).toBeVisible()
  expect(await look(page, 'absent-plan', { isDarkPictured: true })).toEqual([])
  await hand.key('Ctrl+Enter')
  await expect(page.getByText(/patients? moved/).first()).toBeVisible()
  hand.done('A3 doctor absent today', 3)

  const calls = page.getByRole('grid', { name: 'Moved patients' }).or(page.getByRole('table', { name: 'Moved patients' }))
  await expect(calls.getByText('Not called yet').first()).toBeVisible()
  expect(await look(page, 'absent-calls', { isDarkPictured: true })).toEqual([])
  await page.keyboard.press('3')
  await expect(calls.getByText('No answer')).toHaveCount(1)
  await page.keyboard.press('1')
  await expect(calls.getByText('Told', { exact: true })).not.toHaveCount(0)
  await page.getByRole('button', { name: 'Print the list of calls' }).click()
  await expect(page.getByRole('heading', { name: 'Patients to call' }).last()).toBeVisible()
  await shot(page, 'absent-calls-print')
  await page.keyboard.press('Escape')
  await expect(calls).toBeVisible()

  await page.keyboard.press('Control+z')
  await expect(page.getByText('where they were')).toBeVisible()
  await expect(calls).toHaveCount(0)

  // Another choice for one of them is still there after the core has died.
  await go(page, '/absent')
  await page.keyboard.press('2')
  await page.keyboard.press('Escape')
  await go(page, '/day')
  await toBusyDay(page)
  await page.keyboard.press('Shift+A')
  await expect(plan.or(page.getByText('No patients to place'))).toBeVisible()
  if (await plan.isVisible()) {
    await page.keyboard.press('w')
    await expect(plan.getByText('Wait list', { exact: true })).not.toHaveCount(0)
    await killCore(app)
    await expect(plan.getByText('Wait list', { exact: true })).not.toHaveCount(0)
  }
})

test('a no-show has its reason, its fee and a way on, and its undoing takes the fee back', async ({ launch, clinic }) => {
  const { page } = await launch({ data: clinic.copy() })
  await signIn(page, people.administrator)
  await go(page, '/hours')
  const fee = page.getByLabel('Fee for a no-show')
  await fee.fill('25')
  await page.getByLabel('Free of each').fill('0')
  await page.getByRole('button', { name: 'Save rules' }).click()
  await expect(page.getByText('Fees for missed visits').first()).toBeVisible()
  await expect(page.getByText('no fees')).toHaveCount(0)
  await page.getByRole('button', { name: 'Save rules' }).scrollIntoViewIfNeeded()
  expect(await look(page, 'missed-rules')).toEqual([])

  await takeOver(page, people.receptionist)
  await toBusyDay(page)
  await page.getByRole('row', { name: /, booked$/ }).nth(2).click()
  await page.keyboard.press('Shift+N')
  await expect(page.getByRole('heading', { name: 'No-show' })).toBeVisible()
  await shot(page, 'no-show-reasons')
  await page.keyboard.press('1')
  const charged = page.getByText('$25.00 is on their account')
  await expect(charged.or(page.getByText('did not come').last())).toBeVisible()
  expect(await look(page, 'no-show-done')).toEqual([])
  const isCharged = await charged.isVisible()
  await page.keyboard.press('Control+z')
  await expect(charged).toHaveCount(0)
  test.info().annotations.push({ type: 'fee', description: isCharged ? 'charged' : 'none: insured by Medicaid' })
})
