import AxeBuilder from '@axe-core/playwright'
import type { ElectronApplication, Page } from '@playwright/test'
import path from 'node:path'
import { expect, test } from './launch.ts'
import { shot, signIn } from './support/acts.ts'
import { PASSWORD as DEMO_PASSWORD, people } from './support/clinic.ts'

const PASSWORD = 'three quiet stones'
const FIVE_MINUTES_AND_A_BIT = 5 * 60_000 + 2_000

test('a clinic is set up from the keyboard, and the printed sheet opens it when the password is lost', async ({ launch }) => {
  const { app, page, data } = await launch()
  await expect(page.getByRole('button', { name: 'Set up your clinic' })).toBeVisible()
  await page.keyboard.press('1')
  await page.getByLabel('Name of the clinic').fill('Riverside Clinic')
  await expectAccessible(page)
  await page.keyboard.press('Enter')

  await page.getByLabel('First name').fill('Eleanor')
  await page.getByLabel('Family name').fill('Voss')
  await expect(page.getByLabel('User name')).toHaveValue('voss')
  await page.getByLabel('Password', { exact: true }).fill('Password2026!')
  await expect(page.getByText('This is among the first that others would try.')).toBeVisible()
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByLabel('Password again').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Go on to Recovery key' }).press('Enter')

  const finish = page.getByRole('button', { name: 'Open Riverside Clinic' })
  await expect(page.getByText('The sheet has not been printed yet.')).toBeVisible()
  await page.keyboard.press('Control+p')
  const groups = await printedGroups(page)
  expect(groups).toHaveLength(14)
  await printToFile(app, page, path.join(data, 'recovery-key.pdf'))
  const fields = page.locator('#typed-groups').getByRole('textbox')
  await expect(fields).toHaveCount(3)
  for (const field of await fields.all()) {
    const number = Number(/\d+/.exec(await field.evaluate((input) => input.closest('div')?.parentElement?.textContent ?? ''))?.[0])
    await field.fill((groups[number - 1] ?? '').toLowerCase())
  }
  await expectAccessible(page)
  await shot(page, 'setup-recovery-key')
  await expect(finish).toBeEnabled()
  await page.keyboard.press('Enter')

  await expect(page.getByRole('navigation', { name: 'Places' })).toBeVisible()
  await page.keyboard.press('Control+l')
  await page.getByRole('button', { name: 'Password lost' }).click()
  await page.getByLabel('Recovery key').fill(groups.join(' ').toLowerCase())
  await page.getByLabel('User name of an administrator').fill('voss')
  await page.getByLabel('New password').fill('seven boats at anchor')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Locked' })).toHaveCount(0)
  await expect(page.getByRole('navigation', { name: 'Places' })).toBeVisible()
})

test('the demo clinic is there in seconds, under the password that was chosen', async ({ launch }) => {
  const { page } = await launch()
  await expect(page.getByRole('button', { name: 'Explore the demo clinic' })).toBeVisible()
  await page.keyboard.press('2')
  await page.getByLabel('Password for everyone in the demo').fill(PASSWORD)
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('progressbar')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Day', exact: true })).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText('Lopez, Maria').first()).toBeVisible()
})

test('a lock lies over the work: half-typed words, the field and the cursor are there afterwards', async ({ launch, clinic }) => {
  const { page } = await launch({ data: clinic.copy() })
  await signIn(page, people.administrator)
  await page.getByRole('navigation', { name: 'Places' }).getByText('Staff', { exact: true }).click()
  await expect(page.getByRole('button', { name: 'Add a person' })).toBeVisible()
  await page.keyboard.press('n')
  await page.getByLabel('First name').fill('Half a na')
  await page.keyboard.press('Control+l')
  await expect(page.getByText('You come back to')).toContainText('Staff')
  await expect(page.getByText('Half a na')).toHaveCount(0)
  await expectAccessible(page)

  await page.keyboard.press('Escape')
  await page.keyboard.press('t')
  await expect(page.getByRole('heading', { name: 'Tom Okafor' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('e')
  await page.keyboard.type(DEMO_PASSWORD)
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('First name')).toHaveValue('Half a na')
  await expect(page.getByLabel('First name')).toBeFocused()
  await page.keyboard.type('me')
  await expect(page.getByLabel('First name')).toHaveValue('Half a name')
})

test('a window that nobody touches locks by itself after five minutes', async ({ launch, clinic }) => {
  const { page } = await launch({ data: clinic.copy() })
  await page.clock.install()
  await signIn(page, people.receptionist)
  await page.clock.fastForward(FIVE_MINUTES_AND_A_BIT / 2)
  await page.keyboard.press('Shift')
  await page.clock.fastForward(FIVE_MINUTES_AND_A_BIT / 2)
  await expect(page.getByRole('heading', { name: 'Locked' })).toHaveCount(0)
  await page.clock.fastForward(FIVE_MINUTES_AND_A_BIT)
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeAttached()
})

const printedGroups = async (page: Page): Promise<string[]> => {
  const sheet = page.getByRole('main', { name: 'Pages' })
  await expect(sheet.locator('ol').last()).toBeVisible()
  // The page is laid out twice: measured, then on its sheet. The first fourteen are one whole key.
  return (await sheet.locator('ol li strong').allTextContents()).slice(0, 14)
}

async function printToFile(app: ElectronApplication, page: Page, file: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, file)
  await page.keyboard.press('s')
  await expect(page.getByText('2 copies printed')).toBeVisible()
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual([])
}
