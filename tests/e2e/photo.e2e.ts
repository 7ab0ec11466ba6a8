import fs from 'node:fs'
import { inRoot } from '#tools/lib/paths.ts'
import { expect, test } from './launch.ts'
import { findPatient, shot, signIn, takeOver } from './support/acts.ts'
import { people } from './support/clinic.ts'

test('a photo chosen at the desk is on the file and in the chart, though the page may load no picture from anywhere', async ({ launch, clinic }) => {
  const { page } = await launch({ data: clinic.copy() })
  await signIn(page, people.receptionist)
  await findPatient(page, 'lopez 12 mar 1958', 'born 12 Mar 1958')
  const chosen = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose a picture' }).click()
  await (await chosen).setFiles({ name: 'face.png', mimeType: 'image/png', buffer: fs.readFileSync(inRoot('resources/package/icon.png')) })
  const drawn = (): Promise<number> => page.getByRole('main').or(page.getByRole('region', { name: 'Patient', exact: true })).locator('img').first().evaluate((image) => (image as HTMLImageElement).naturalWidth) // Located by its tag.
  await expect.poll(drawn).toBeGreaterThan(100)
  await shot(page, 'photo-at-the-desk')

  await takeOver(page, people.doctor)
  await findPatient(page, 'lopez 12 mar 1958', 'born 12 Mar 1958')
  await expect(page.getByRole('region', { name: 'Patient', exact: true })).toBeVisible()
  await expect.poll(() => page.getByRole('region', { name: 'Patient', exact: true }).locator('img').evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(100) // Located by its tag.
  await shot(page, 'photo-in-the-chart')
})
