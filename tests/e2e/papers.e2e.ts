import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import fs from 'node:fs'
import { hostilePdf, pdfOf, tiffOf } from '#tests/support/papers.ts'
import { expect, temporaryFolder, test } from './launch.ts'
import { findPatient, shot, signIn } from './support/acts.ts'
import { people } from './support/clinic.ts'

async function drop(page: Page, name: string, bytes: Buffer): Promise<void> {
  const dropped = await page.evaluateHandle(({ text, called }) => {
    const data = new DataTransfer()
    data.items.add(new File([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], called))
    return data
  }, { text: bytes.toString('base64'), called: name })
  await page.getByText('or drop it here').dispatchEvent('drop', { dataTransfer: dropped })
}

/** How many dots of the drawn page are not white. */
const inkOn = (page: Page): Promise<number> => page.locator('canvas[data-drawn]').evaluate((node) => {
  const canvas = node as HTMLCanvasElement // Located by its tag.
  const dots = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray()
  let ink = 0
  for (let at = 0; at < dots.length; at += 4) if ((dots[at] ?? 255) < 128) ink += 1
  return ink
})

test('a PDF is drawn page by page, saved and printed; a hostile one runs nothing, and a broken one says so', async ({ launch, clinic }) => {
  const { app, page, refused } = await launch({ data: clinic.copy() })
  await page.setViewportSize({ width: 1366, height: 768 })
  await signIn(page, people.receptionist)
  await findPatient(page, 'lopez 12 mar 1958', 'born 12 Mar 1958')
  await page.getByText('or drop it here').scrollIntoViewIfNeeded()
  await drop(page, 'letter.pdf', pdfOf({ pages: 3 }))
  await page.getByRole('button', { name: /^Identity paper/ }).click()
  await expect(page.getByText('Page 1 of 3')).toBeVisible()
  await expect.poll(() => inkOn(page)).toBeGreaterThan(10_000)
  await shot(page, 'pdf')
  await page.getByRole('button', { name: 'Next', exact: true }).click()
  await expect(page.getByText('Page 2 of 3')).toBeVisible()
  await expect.poll(() => inkOn(page)).toBeGreaterThan(10_000)
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations.map((one) => one.id)).toEqual([])

  const folder = temporaryFolder()
  await app.evaluate(({ dialog }, chosen) => void (dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] })), folder)
  await page.getByRole('button', { name: 'Save to a folder…' }).click()
  await expect(page.getByText('Saved as')).toBeVisible()
  await expect.poll(() => fs.readdirSync(folder).length).toBe(1)
  const [name = ''] = fs.readdirSync(folder)
  expect(name).toMatch(/^cairn-document-[\d-]+\.pdf$/)
  expect(fs.readFileSync(`${folder}/${name}`).equals(pdfOf({ pages: 3 }))).toBe(true)
  await page.getByRole('button', { name: 'Print', exact: true }).click()
  await expect(page.getByRole('main', { name: 'Pages' }).getByRole('img', { name: 'Page 3' })).toBeVisible()
  await shot(page, 'pdf-print')
  await page.keyboard.press('Escape')

  await page.getByText('or drop it here').scrollIntoViewIfNeeded()
  await page.getByRole('combobox', { name: 'Kind of paper' }).click()
  await page.getByRole('option', { name: 'Consent', exact: true }).click()
  await drop(page, 'hostile.pdf', hostilePdf())
  await page.getByRole('button', { name: /^Consent/ }).click()
  await expect.poll(() => inkOn(page)).toBeGreaterThan(10_000)
  expect(await page.evaluate(() => 'owned' in window)).toBe(false)
  await page.keyboard.press('Escape')
  await page.getByRole('combobox', { name: 'Kind of paper' }).click()
  await page.getByRole('option', { name: 'Insurance card, front', exact: true }).click()
  await drop(page, 'broken.pdf', Buffer.from('%PDF-1.7 and then nothing of the kind'))
  await page.getByRole('button', { name: /^Insurance card, front/ }).click()
  await expect(page.getByText('This PDF cannot be shown.')).toBeVisible()
  await shot(page, 'pdf-broken')
  expect(refused).toEqual([])
})

test('a TIFF becomes a picture of each page', async ({ launch, clinic }) => {
  const { page } = await launch({ data: clinic.copy() })
  await signIn(page, people.receptionist)
  await findPatient(page, 'lopez 12 mar 1958', 'born 12 Mar 1958')
  await page.getByText('or drop it here').scrollIntoViewIfNeeded()
  await drop(page, 'fax.tif', tiffOf([40, 200]))
  await page.getByRole('button', { name: /^Identity paper, page 2/ }).click()
  const shade = () => page.getByRole('dialog').locator('img').evaluate((node) => {
    const image = node as HTMLImageElement // Located by its tag.
    const canvas = document.createElement('canvas')
    canvas.getContext('2d')?.drawImage(image, 0, 0)
    return canvas.getContext('2d')?.getImageData(5, 5, 1, 1).data[0] ?? -1
  })
  await expect.poll(shade).toBeGreaterThan(190)
  await page.keyboard.press('Escape')
  await drop(page, 'broken.tif', tiffOf([40]).subarray(0, 60))
  await expect(page.getByText('This file is no PDF, JPEG, PNG or TIFF')).toBeVisible()
})

test('the camera is there for its dialog alone, and takes a photo', async ({ launch, clinic }) => {
  const { page } = await launch({ data: clinic.copy(), args: ['--use-fake-device-for-media-stream'] })
  await page.setViewportSize({ width: 1366, height: 768 })
  await signIn(page, people.receptionist)
  await findPatient(page, 'lopez 12 mar 1958', 'born 12 Mar 1958')
  const ask = (wish: MediaStreamConstraints) => page.evaluate((constraints) => navigator.mediaDevices.getUserMedia(constraints).then((stream) => {
    stream.getTracks().forEach((track) => track.stop())
    return 'given'
  }, (error: unknown) => (error instanceof Error ? error.name : 'refused')), wish)
  expect(await ask({ video: true })).toBe('NotAllowedError')
  await page.getByRole('button', { name: 'Take a photo' }).click()
  await expect(page.locator('video[data-on]')).toBeVisible()
  await shot(page, 'camera')
  expect(await ask({ video: true })).toBe('given')
  expect(await ask({ video: true, audio: true })).toBe('NotAllowedError')
  await page.keyboard.press('Enter')
  await expect(page.locator('video')).toHaveCount(0)
  await expect.poll(() => page.getByAltText('The patient').evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(100) // Located by its text.
  expect(await ask({ video: true })).toBe('NotAllowedError')
})
