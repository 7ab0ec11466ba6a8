import { expect, type Page } from '@playwright/test'

const CHOSEN = 'nine geese over the marsh'

/** The invited person comes to a window with the code they were handed and chooses a password; answers with it. */
export async function acceptInvite(page: Page, userName: string, code: string): Promise<string> {
  await page.keyboard.press('Control+l')
  await page.getByRole('button', { name: 'I have an invitation' }).click()
  await page.getByLabel('User name').fill(userName)
  await page.getByRole('textbox', { name: 'Code' }).fill(code)
  await page.getByLabel('New password', { exact: true }).fill(CHOSEN)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('navigation', { name: 'Places' })).toBeVisible()
  return CHOSEN
}
