import { expect, type Locator, type Page } from '@playwright/test'

/** Opens the booking panel for a patient of the demo clinic; the next key is the number of a slot. */
export async function beginBooking(page: Page, name: string): Promise<Locator> {
  await page.keyboard.press('b')
  await expect(page.getByRole('combobox', { name: 'Patient' })).toBeFocused()
  await page.keyboard.type(name)
  await expect(page.getByRole('option').first()).toContainText(new RegExp(name, 'i'))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('group', { name: `For ${name}` })).toBeFocused()
  return page.getByRole('region', { name: /Next fitting slots|Free instead/ })
}
