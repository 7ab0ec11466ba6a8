import { expect, test } from './launch.ts'
import { shot, signIn, takeOver } from './support/acts.ts'
import { people } from './support/clinic.ts'
import { Counter } from './support/counter.ts'

const ITEM = 'Tdap vaccine'

/** A box from the delivery to the patient to the count, by the pharmacist and a doctor, with keys only. */
test('stock from the delivery to a visit and back to the shelf', async ({ launch, clinic }) => {
  const { page } = await launch({ data: clinic.copy() })
  const hand = new Counter(page)

  await test.step('the pharmacist sees at once what there is to do', async () => {
    await signIn(page, people.pharmacist)
    await expect(page.getByRole('heading', { name: 'Stock', level: 1 })).toBeVisible()
    const expired = page.getByRole('group', { name: 'Which items' }).getByRole('button', { name: /Expired/ })
    await expect(expired).toBeVisible()
    await shot(page, 'stock-1-list')
    hand.done('P1 alerts', 1)
  })

  await test.step('… and receives a delivery', async () => {
    await hand.key('r')
    await expect(page.getByRole('heading', { name: 'Receive', level: 1 })).toBeVisible()
    const pick = page.getByRole('combobox', { name: 'What came' })
    await expect(pick).toBeFocused()
    hand.restart()
    await hand.type('tdap', 'Enter')
    await expect(page.getByRole('group', { name: ITEM })).toBeVisible()
    // Without a scanner lot and date are typed; each is one act more.
    await hand.type('TD777', 'Tab')
    await hand.type('31 Jan 2029', 'Tab')
    await hand.type('10', 'Enter')
    hand.done('P6 a line without a scanner', 4)
    await expect(pick).toBeFocused()
    await shot(page, 'stock-2-receive')
    await hand.key('Ctrl+Enter')
    await expect(page.getByRole('heading', { name: 'Stock', level: 1 })).toBeVisible()
    hand.restart()
  })

  await test.step('a doctor uses one in a visit', async () => {
    await takeOver(page, people.doctor)
    await expect(page.getByRole('region', { name: 'Next patient' })).toBeVisible()
    await page.keyboard.press('n')
    await expect(page.getByRole('region', { name: 'Patient', exact: true })).toBeVisible()
    await expect(page.getByRole('button', { name: /Use stock/ })).toBeVisible()
    hand.restart()
    await hand.key('u')
    await expect(page.getByRole('combobox', { name: 'What was used' })).toBeFocused()
    await hand.type('tdap', 'Enter')
    await expect(page.getByLabel('How many doses')).toBeFocused()
    await shot(page, 'stock-3-use')
    await hand.key('Ctrl+Enter')
    await expect(page.getByRole('listitem').filter({ hasText: ITEM })).toBeVisible()
    hand.done('use for a visit', 3)
    await shot(page, 'stock-4-used')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('heading', { name: 'Chart', level: 1 })).toBeVisible()
  })

  await test.step('the pharmacist counts the fridge without being told', async () => {
    await takeOver(page, people.pharmacist)
    await page.keyboard.press('g')
    await page.keyboard.press('s')
    await expect(page.getByRole('heading', { name: 'Stock', level: 1 })).toBeVisible()
    await page.emulateMedia({ colorScheme: 'dark' })
    await shot(page, 'stock-8-dark')
    await page.emulateMedia({ colorScheme: 'light' })
    await page.keyboard.press('c')
    await expect(page.getByRole('heading', { name: 'Count', level: 1 })).toBeVisible()
    await page.getByRole('combobox', { name: 'Which place' }).click()
    await page.getByRole('option', { name: 'Fridge' }).click()
    const sheet = page.getByRole('list', { name: 'Count of Fridge' })
    await expect(sheet.getByRole('textbox').first()).toBeFocused()
    await expect(page.getByText('has not been counted yet')).toBeVisible()
    await shot(page, 'stock-5-count')
    hand.restart()
    await hand.type('11', 'Enter')
    await hand.type('34', 'Enter')
    await hand.key('Ctrl+Enter')
    await expect(page.getByRole('status').filter({ hasText: '2 lots counted, 1 different' })).toBeVisible()
    hand.done('P9 count: one a line and two', 4)
    await shot(page, 'stock-6-counted')
    await page.keyboard.press('Control+p')
    await expect(page.getByRole('heading', { name: 'Print' })).toBeVisible()
    await shot(page, 'stock-7-sheet')
    await page.keyboard.press('Escape')
  })
})
