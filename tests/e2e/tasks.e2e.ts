import { expect, test } from './launch.ts'
import { shot, signIn, takeOver } from './support/acts.ts'
import { people } from './support/clinic.ts'
import { Counter } from './support/counter.ts'

// Receptionist's tasks 2 and 10: one action for each patient of tomorrow, three for a task from any screen.
test('a task from any screen takes three actions and comes back answered; tomorrow is confirmed with one a patient', async ({ launch, clinic }) => {
  const { page } = await launch({ data: clinic.copy() })
  const counter = new Counter(page)
  await signIn(page, people.receptionist)
  const heading = (name: string) => page.getByRole('heading', { name, exact: true, level: 1 })
  await expect(heading('Day')).toBeVisible()

  for (const [go, place] of [['g p', 'Patients'], ['g d', 'Day']] as const) {
    for (const key of go.split(' ')) await page.keyboard.press(key)
    await expect(heading(place)).toBeVisible()
    counter.restart()
    await counter.key('Ctrl+Shift+M')
    await counter.typeIn(page.getByRole('textbox', { name: 'What is to be done' }), `From ${place}: who calls her back?`)
    await shot(page, `task-new-${place.toLowerCase()}`)
    await counter.key('Ctrl+Enter')
    await expect(page.getByRole('heading', { name: 'New task' })).toHaveCount(0)
    counter.done('R10 a task to the nurses', 3)
  }

  for (const key of ['g', 'k']) await page.keyboard.press(key)
  await expect(heading('Calls')).toBeVisible()
  const table = page.getByRole('table', { name: 'To confirm' })
  const names = await table.getByRole('row').locator('td:nth-child(2)').allTextContents()
  await shot(page, 'calls-confirm')
  for (const name of names.slice(0, 3)) {
    counter.restart()
    await counter.key('1')
    await expect(table.getByRole('row').filter({ hasText: name }).filter({ hasText: 'Confirmed' }).first()).toBeVisible()
    counter.done('R2 a patient confirmed', 1)
  }
  await page.getByText('Recall', { exact: true }).click()
  await expect(page.getByRole('table', { name: 'To recall' })).toBeVisible()
  await shot(page, 'calls-recall')

  await takeOver(page, people.nurse)
  for (const key of ['g', 't']) await page.keyboard.press(key)
  await page.getByText(/^For my role/).click()
  await expect(page.getByRole('row', { name: /From Day: who calls her back/ })).toBeVisible()
  await shot(page, 'tasks-role')
  await page.emulateMedia({ colorScheme: 'dark' })
  await shot(page, 'tasks-role-dark')
})
