import fs from 'node:fs'
import { inRoot } from '#tools/lib/paths.ts'
import { expect, test } from './launch.ts'
import { findPatient, shot, signIn, takeOver } from './support/acts.ts'
import { people } from './support/clinic.ts'
import { Counter } from './support/counter.ts'

test('A8: two charts of one person become one in two acts, and two again from the patient’s page', async ({ launch, clinic }) => {
  const { page } = await launch({ data: clinic.copy() })
  await page.setViewportSize({ width: 1366, height: 768 })
  await signIn(page, people.administrator)
  const counter = new Counter(page)
  const row = page.getByRole('button', { name: /of charts that may be one person/ })
  await expect(row).toBeVisible()
  counter.restart()
  await counter.click(row)
  await expect(page.getByRole('heading', { name: 'One person?' })).toBeVisible()
  await shot(page, 'duplicates-administrator')
  const before = await page.getByRole('row').count()
  await counter.key('Ctrl+Enter')
  await expect(page.getByText('One chart now:')).toBeVisible()
  counter.done('A8 approve a merge', 2)
  await expect.poll(() => page.getByRole('row').count()).toBeLessThan(before)

  await takeOver(page, people.receptionist)
  await page.getByRole('link', { name: 'Patients' }).click()
  await page.getByRole('button', { name: /likely duplicate/ }).click()
  await expect(page.getByRole('heading', { name: 'One person?' })).toBeVisible()
  await shot(page, 'duplicates')
  await page.emulateMedia({ colorScheme: 'dark' })
  await shot(page, 'duplicates-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('One chart now:')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).first().click()
  await expect(page.getByRole('heading', { name: 'One person?' })).toBeVisible()
})

test('a card that is dropped on the patient’s page is kept and shown, and a program that calls itself a picture is not', async ({ launch, clinic }) => {
  const { page } = await launch({ data: clinic.copy() })
  await page.setViewportSize({ width: 1366, height: 768 })
  await signIn(page, people.receptionist)
  await findPatient(page, 'lopez 12 mar 1958', 'born 12 Mar 1958')
  const place = page.getByText('or drop it here')
  await place.scrollIntoViewIfNeeded()
  const drop = async (name: string, bytes: Buffer) => {
    const dropped = await page.evaluateHandle(({ text, called }) => {
      const data = new DataTransfer()
      data.items.add(new File([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], called, { type: 'image/png' }))
      return data
    }, { text: bytes.toString('base64'), called: name })
    await place.dispatchEvent('drop', { dataTransfer: dropped })
  }
  await drop('card.png', Buffer.from('MZ a program'))
  await expect(page.getByText('This file is no PDF, JPEG, PNG or TIFF that Cairn can read')).toBeVisible()
  await drop('card.png', fs.readFileSync(inRoot('resources/package/icon.png')))
  await page.getByRole('button', { name: /^Identity paper/ }).click()
  await expect.poll(() => page.getByRole('dialog').locator('img').evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(100) // Located by its tag.
  await shot(page, 'document')
  await page.keyboard.press('Escape')
  const chosen = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Add card, front' }).click()
  await (await chosen).setFiles({ name: 'card.png', mimeType: 'image/png', buffer: fs.readFileSync(inRoot('resources/package/icon.png')) })
  await expect(page.getByRole('button', { name: 'Card, front', exact: true })).toBeVisible()
  await shot(page, 'documents-card')
})
