import { expect, test } from './launch.ts'
import { shot, signIn, takeOver } from './support/acts.ts'
import { people } from './support/clinic.ts'
import { Counter } from './support/counter.ts'

test('A8: two charts of one person become one in two acts, and two again from the patient’s page', async ({ launch, clinic }) => {
  const { page } = await launch({ data: clinic.copy() })
  await page.setViewportSize({ width: 1366, height: 768 })
  await signIn(page, people.administrator)
  const counter = new Counter(page)
  const row = page.getByRole('button', { name: /of charts that may be one person/ })
  await expect(row).toBeVisible()
  counter.restart()
  await counter.click(row)
  await expect(page.getByRole('heading', { name: 'One person?' })).toBeVisible()
  await shot(page, 'duplicates-administrator')
  const before = await page.getByRole('row').count()
  await counter.key('Ctrl+Enter')
  await expect(page.getByText('One chart now:')).toBeVisible()
  counter.done('A8 approve a merge', 2)
  await expect.poll(() => page.getByRole('row').count()).toBeLessThan(before)

  await takeOver(page, people.receptionist)
  await page.getByRole('link', { name: 'Patients' }).click()
  await page.getByRole('button', { name: /likely duplicate/ }).click()
  await expect(page.getByRole('heading', { name: 'One person?' })).toBeVisible()
  await shot(page, 'duplicates')
  await page.emulateMedia({ colorScheme: 'dark' })
  await shot(page, 'duplicates-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('One chart now:')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).first().click()
  await expect(page.getByRole('heading', { name: 'One person?' })).toBeVisible()
})
