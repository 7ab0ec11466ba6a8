import AxeBuilder from '@axe-core/playwright'
import fs from 'node:fs'
import path from 'node:path'
import { codeAt } from '#tests/support/sign-in.ts'
import { expect, test } from './launch.ts'
import { giveNameAndPassword, shot, signIn } from './support/acts.ts'
import { PASSWORD, people } from './support/clinic.ts'

const places = { name: 'Places' }

test('R04: an idle window locks by itself after this machine’s time, and says how long that is', async ({ launch, clinic }) => {
  const data = clinic.copy()
  fs.writeFileSync(path.join(data, 'desk.json'), JSON.stringify({ idleSeconds: 6 }))
  const { page } = await launch({ data })
  await expect(page.getByText('Locks after 6 s without a key press')).toBeVisible()
  await signIn(page, people.receptionist)
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeAttached({ timeout: 20_000 })
  await expect(page.getByRole('navigation', places)).toHaveCount(0)
  await giveNameAndPassword(page, people.receptionist, PASSWORD)
  await expect(page.getByRole('navigation', places)).toBeVisible()
})

test('R19: five wrong passwords make everyone wait, also after a start of the program', async ({ launch, clinic }) => {
  const data = clinic.copy()
  const first = await launch({ data })
  await giveNameAndPassword(first.page, people.receptionist, 'the wrong one altogether')
  for (let i = 0; i < 4; i += 1) {
    await expect(first.page.getByText('Name and password do not go together.')).toBeVisible()
    await first.page.keyboard.type('the wrong one altogether')
    await first.page.keyboard.press('Enter')
    await expect(first.page.getByLabel('Password', { exact: true })).toHaveValue('')
  }
  await first.page.keyboard.type(PASSWORD)
  await first.page.keyboard.press('Enter')
  await expect(first.page.getByText(/Too many attempts\. Nothing is looked at for another \d+:\d\d\./)).toBeVisible()
  await shot(first.page, 'door-wait')
  await first.close()
  const second = await launch({ data })
  await giveNameAndPassword(second.page, people.receptionist, PASSWORD)
  await expect(second.page.getByText(/Too many attempts/)).toBeVisible()
})

test('R09: somebody sets up a second factor with the keyboard, and from then on the password stops at the code', async ({ launch, clinic }) => {
  const { page } = await launch({ data: clinic.copy() })
  await page.setViewportSize({ width: 1366, height: 768 })
  await signIn(page, people.nurse)
  await page.getByTitle('My sign-in: password, PIN, second factor, open windows').click()
  await page.getByRole('button', { name: 'Set up the second factor' }).click()
  await expect(page.getByRole('img', { name: 'Code for your authenticator app' })).toBeVisible()
  const secret = (await page.locator('strong.unmistakable').innerText()).replaceAll(' ', '')
  await shot(page, 'door-scan')
  await page.getByLabel('What the app shows now').fill(codeAt(secret, Date.now()))
  await page.keyboard.press('Enter')
  await expect(page.locator('ol li.unmistakable')).toHaveCount(10)
  const [code = ''] = await page.locator('ol li.unmistakable').allInnerTexts()
  await shot(page, 'door-codes')
  await page.getByRole('button', { name: 'I have them on paper' }).click()
  await expect(page.getByText('10 of 10 printed codes are left', { exact: false })).toBeVisible()
  await shot(page, 'door-my-sign-in')
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])

  await page.reload()
  await expect(page.getByRole('heading', { name: 'My sign-in' }), 'a page that was loaded again comes back to its place').toBeVisible()
  await page.keyboard.press('Control+l')
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeAttached()
  await giveNameAndPassword(page, people.receptionist, PASSWORD)
  await expect(page.getByRole('navigation', places)).toBeVisible()
  await page.keyboard.press('Control+l')
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeAttached()
  await giveNameAndPassword(page, people.nurse, PASSWORD)
  await expect(page.getByRole('navigation', places), 'coming back to a seat opened today').toBeVisible()
  expect(code).toMatch(/^[A-Z2-9]{5}-[A-Z2-9]{5}$/)
})

test('R10: an administrator asks everyone for two factors; the next start stops at setting one up', async ({ launch, clinic }) => {
  const data = clinic.copy()
  const first = await launch({ data })
  await signIn(first.page, people.administrator)
  await first.page.evaluate(() => (location.hash = '#/settings'))
  await first.page.getByText('Asked of everyone').click()
  await shot(first.page, 'door-settings')
  await first.close()

  const { page } = await launch({ data })
  await page.setViewportSize({ width: 1366, height: 768 })
  await giveNameAndPassword(page, people.nurse, PASSWORD)
  await expect(page.getByRole('heading', { name: 'Set up your second factor' })).toBeVisible()
  await expect(page.getByRole('img', { name: 'Code for your authenticator app' })).toBeVisible()
  await expect(page.getByRole('navigation', places)).toHaveCount(0)
  await shot(page, 'door-enrol')
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  const secret = (await page.locator('strong.unmistakable').innerText()).replaceAll(' ', '')
  await page.keyboard.type(codeAt(secret, Date.now()))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Your one-time codes' })).toBeVisible()
  const [code = ''] = await page.locator('ol li.unmistakable').allInnerTexts()
  await page.getByRole('button', { name: 'I have them on paper' }).click()
  await expect(page.getByRole('navigation', places)).toBeVisible()
  await page.close()

  const third = await launch({ data })
  await giveNameAndPassword(third.page, people.nurse, PASSWORD)
  await expect(third.page.getByLabel('Code')).toBeFocused()
  await shot(third.page, 'door-code')
  await third.page.keyboard.type(code)
  await third.page.keyboard.press('Enter')
  await expect(third.page.getByRole('navigation', places)).toBeVisible()
})
