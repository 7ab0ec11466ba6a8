import { expect, test } from './launch.ts'
import { killCore, shot, signIn } from './support/acts.ts'
import { people } from './support/clinic.ts'
import { deskAt, fillFromWaitList, freeATime } from './support/desk-tasks.ts'

test('a free time is filled from the wait list in two acts, and taken back with one', async ({ launch, clinic }) => {
  const { app, page } = await launch({ data: clinic.copy() })
  await signIn(page, people.receptionist)
  await expect(page.getByRole('grid').first()).toBeVisible()
  const desk = deskAt(page, 'wait-list')
  await freeATime(desk)
  const who = await fillFromWaitList(desk)
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
