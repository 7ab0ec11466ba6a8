import { expect, type Page } from '@playwright/test'

/** A chart of another care team that stands closed on the screen, opened with a reason. */
export async function breakGlass(page: Page, why: string): Promise<void> {
  await page.getByRole('button', { name: 'Open in an emergency' }).click()
  const dialog = page.getByRole('dialog', { name: 'Open in an emergency' })
  await expect(dialog.getByText('One chart, 60 minutes.')).toBeVisible()
  await dialog.getByRole('combobox', { name: 'Reason' }).click()
  await page.getByRole('option', { name: 'The patient is here with me' }).click()
  await dialog.getByLabel('What happened').fill(why)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('region', { name: 'Patient', exact: true })).toBeVisible()
}
