import { expect, test } from './launch.ts'
import { shot, signIn } from './support/acts.ts'
import { people } from './support/clinic.ts'
import { Counter } from './support/counter.ts'

// Receptionist's task 12: from any screen, counted and closed in four.
test('R12: the drawer is counted against the ledger and closed, and the next one begins with what stayed in it', async ({ launch, clinic }) => {
  const { page } = await launch({ data: clinic.copy() })
  const counter = new Counter(page)
  await signIn(page, people.receptionist)
  await expect(page.getByRole('heading', { name: 'Day', exact: true, level: 1 })).toBeVisible()

  await counter.key('Ctrl+Shift+D')
  const counted = page.getByRole('textbox', { name: 'Cash in the drawer' })
  await counter.typeIn(counted, '1')
  const should = page.getByText('Should be in it').locator('xpath=ancestor::*[dt]').locator('dd')
  const amount = (await should.innerText()).replace(/[$,]/g, '')
  await shot(page, 'drawer-differs')
  await page.keyboard.press('Control+a')
  await page.keyboard.type(amount)
  await expect(page.getByText('Equal to the ledger', { exact: true }).first()).toBeVisible()
  await shot(page, 'drawer-equal')
  await counter.key('Ctrl+Enter')
  await expect(page.getByText(/to the bank:/).first()).toBeVisible()
  counter.done('R12 close the drawer', 4)

  await page.keyboard.press('Control+p')
  await expect(page.getByRole('button', { name: /^Print/ }).first()).toBeVisible()
  await shot(page, 'drawer-print')
  await page.keyboard.press('Escape')
  await expect(counted).toHaveValue('')
  await page.emulateMedia({ colorScheme: 'dark' })
  await shot(page, 'drawer-dark')
})
