import { readKeyring } from '#main/core/keys/keyring.ts'
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from './launch.ts'
import { killCore, shot, signIn } from './support/acts.ts'
import { people } from './support/clinic.ts'

const places = { name: 'Places' }
const OWN_PASSWORD = 'nine geese over the marsh'

test('an invitation lets a new person choose a password, once, at the sign-in screen', async ({ launch, clinic }) => {
  const { page } = await launch({ data: clinic.copy() })
  await signIn(page, people.administrator)
  await page.getByRole('link', { name: 'Staff' }).click()
  await expect(page.getByRole('row', { name: /Okafor, Tom/ })).toBeVisible()
  await page.keyboard.press('n')
  await page.getByLabel('First name').fill('Beth')
  await page.getByLabel('Family name').fill('Quillfeather')
  await page.getByRole('checkbox', { name: 'Nurse' }).check()
  await page.keyboard.press('Control+Enter')
  const slip = page.getByRole('region', { name: 'Way in for Beth Quillfeather' })
  const code = await slip.getByLabel('One-time code').innerText()
  expect(code).toMatch(/^[A-Z2-9]{4}(-[A-Z2-9]{4}){3}$/)
  await shot(page, 'keys-invitation')
  await slip.getByRole('button', { name: 'Handed over' }).click()
  await expect(page.getByText(code)).toHaveCount(0)

  for (const isFirst of [true, false]) {
    await page.keyboard.press('Control+l')
    await page.getByRole('button', { name: 'I have an invitation' }).click()
    await page.getByLabel('User name').fill('quillfeather')
    await page.getByRole('textbox', { name: 'Code' }).fill(code.toLowerCase().replaceAll('-', ' '))
    await page.getByLabel('New password', { exact: true }).fill(OWN_PASSWORD)
    if (isFirst) await shot(page, 'keys-redeem')
    await page.keyboard.press('Enter')
    if (isFirst) await expect(page.getByRole('navigation', places)).toBeVisible()
    else await expect(page.getByText('This code does not let this user name in.')).toBeVisible()
  }
  await page.getByRole('button', { name: 'Back to the password' }).click()
  await signIn(page, 'quillfeather', OWN_PASSWORD)
})

test('the data key changes while the window stays open, and a core killed right after goes on with the new one', async ({ launch, clinic }) => {
  const data = clinic.copy()
  const { app, page } = await launch({ data })
  await signIn(page, people.administrator)
  await page.getByRole('link', { name: 'Settings' }).click()
  const before = readKeyring(data)
  const button = page.getByRole('button', { name: 'Change the data key now' })
  await button.scrollIntoViewIfNeeded()
  await shot(page, 'keys-settings')
  await button.click()
  await page.getByRole('dialog').getByRole('button', { name: 'Change it' }).click()
  await expect(page.getByText('the data key', { exact: true })).toBeVisible({ timeout: 60_000 })
  const after = readKeyring(data)
  expect([after.generation, after.slots.length]).toEqual([before.generation + 1, before.slots.length])
  expect(fs.readdirSync(data).filter((name) => name.includes('next'))).toEqual([])
  await shot(page, 'keys-changed')

  await killCore(app)
  await page.getByRole('link', { name: 'Staff' }).click()
  await expect(page.getByRole('row', { name: /Okafor, Tom/ })).toBeVisible()
})

test('R26: where the system keeps no secret safely nothing is locked with it: no machine slot, a locked start', async ({ launch, clinic }) => {
  const data = clinic.copy()
  const first = await launch({ data, args: ['--password-store=basic'] })
  await signIn(first.page, people.administrator)
  expect(readKeyring(data).slots.filter((slot) => slot.kind === 'device' || slot.device !== null)).toEqual([])
  expect(fs.existsSync(path.join(data, 'chromium', 'device-key'))).toBe(false)
  await first.close()
  const second = await launch({ data, args: ['--password-store=basic'] })
  await expect(second.page.getByLabel('Password', { exact: true })).toBeVisible()
  await expect(second.page.getByRole('navigation', places)).toHaveCount(0)
})
