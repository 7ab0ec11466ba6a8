import { expect, test } from './launch.ts'
import { shot, signIn, takeOver } from './support/acts.ts'
import { people } from './support/clinic.ts'
import { askForTask, confirmByPhone, deskAt, tasksOf, unlock } from './support/desk-tasks.ts'

// Receptionist's tasks 1, 2 and 10: one action to begin the day, three for a task from any screen, one for each patient of tomorrow.
test('one action unlocks the day with its messages; a task from any screen takes three and comes back answered; tomorrow is confirmed with one a patient', async ({ launch, clinic }) => {
  const data = clinic.copy()
  const before = await tasksOf(data, people.receptionist)
  const { page } = await launch({ data })
  const desk = deskAt(page, 'tasks')
  const heading = (name: string) => page.getByRole('heading', { name, exact: true, level: 1 })
  await signIn(page, people.secondReceptionist)
  await expect(heading('Day')).toBeVisible()
  await askForTask(desk, '@delgado The lab called about the fax, who calls them back?')
  await takeOver(page, people.receptionist)
  await page.keyboard.press('Control+l')
  await unlock(desk, { tasks: before + 1, toSettle: 0 })
  await expect(heading('Day')).toBeVisible()

  for (const [go, place] of [['g p', 'Patients'], ['g d', 'Day']] as const) {
    for (const key of go.split(' ')) await page.keyboard.press(key)
    await expect(heading(place)).toBeVisible()
    await askForTask(desk, `From ${place}: who calls her back?`)
  }

  await confirmByPhone(desk, 3)
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
