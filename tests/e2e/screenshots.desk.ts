import type { Page } from '@playwright/test'
import { launchCairn } from './launch.ts'
import { signIn } from './support/acts.ts'
import { people, type SeededClinic } from './support/clinic.ts'

/** The pictures of the first day at the desk (docs/front-desk.md): calendar, check-in, check-out, drawer. */
export async function takeDesk(clinic: SeededClinic, picture: (page: Page, name: string) => Promise<void>): Promise<void> {
  const { page, close } = await launchCairn({ data: clinic.copy() })
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  await signIn(page, people.receptionist)
  await page.getByRole('grid').first().waitFor()
  await press('Shift+W')
  await picture(page, 'week')
  await press('Shift+M')
  await picture(page, 'month')
  await press('Shift+D')
  await page.getByRole('grid').first().waitFor()
  await page.getByRole('row', { name: /, booked$/ }).first().click()
  await press('Escape', 'a')
  await picture(page, 'check-in')
  await press('Escape', 'g', 'k')
  await picture(page, 'calls')
  await press('g', 'c')
  await picture(page, 'checkout')
  await press('Control+Shift+D')
  await page.getByRole('textbox', { name: 'Cash in the drawer' }).waitFor()
  await picture(page, 'drawer')
  await close()
}
