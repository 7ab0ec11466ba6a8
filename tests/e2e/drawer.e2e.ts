import { expect, test } from './launch.ts'
import { shot, signIn } from './support/acts.ts'
import { people } from './support/clinic.ts'
import { closeDrawer, deskAt } from './support/desk-tasks.ts'

// Receptionist's task 12: from any screen, counted and closed in four.
test('R12: the drawer is counted against the ledger and closed, and the next one begins with what stayed in it', async ({ launch, clinic }) => {
  const { page } = await launch({ data: clinic.copy() })
  await signIn(page, people.receptionist)
  await expect(page.getByRole('heading', { name: 'Day', exact: true, level: 1 })).toBeVisible()
  await closeDrawer(deskAt(page, 'drawer'))

  await page.keyboard.press('Control+p')
  await expect(page.getByRole('button', { name: /^Print/ }).first()).toBeVisible()
  await shot(page, 'drawer-print')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('textbox', { name: 'Cash in the drawer' })).toHaveValue('')
  await page.emulateMedia({ colorScheme: 'dark' })
  await shot(page, 'drawer-dark')
})
