import { codeAt } from '#tests/support/sign-in.ts'
import { inRoot } from '#tools/lib/paths.ts'
import { expect, type ElectronApplication, type Locator, type Page } from '@playwright/test'
import fs from 'node:fs'
import path from 'node:path'
import { PASSWORD } from './clinic.ts'

/** Types name and password where the window asks for them, locked or fresh, and waits until the work is there. */
export async function signIn(page: Page, userName: string, password = PASSWORD): Promise<void> {
  await giveNameAndPassword(page, userName, password)
  await expect(page.getByRole('navigation', { name: 'Places' })).toBeVisible()
}

export async function giveNameAndPassword(page: Page, userName: string, password: string): Promise<void> {
  const byName = page.getByRole('button', { name: 'Another user name' })
  await expect(page.getByLabel('Password', { exact: true })).toBeVisible()
  if (await byName.isVisible()) await byName.click()
  await page.getByLabel('User name').fill(userName)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
}

/** Where the clinic asks for two factors and this person has one: scans, types what the app shows, keeps the codes. */
export async function enrolSecondFactor(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Set up your second factor' })).toBeVisible()
  const secret = (await page.locator('strong.unmistakable').innerText()).replaceAll(' ', '')
  await page.getByLabel('What the app shows now').fill(codeAt(secret, Date.now()))
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'I have them on paper' }).click()
  await expect(page.getByRole('navigation', { name: 'Places' })).toBeVisible()
}

/** The next person takes over the window: lock, own name, own password. */
export async function takeOver(page: Page, userName: string, password = PASSWORD): Promise<void> {
  await page.keyboard.press('Control+l')
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeAttached()
  await signIn(page, userName, password)
}

/** A second window of the same app, signed in as another person. */
export async function openSecondWindow(app: ElectronApplication, opener: Page, userName: string): Promise<Page> {
  const opened = app.waitForEvent('window')
  await opener.evaluate(() => (window as unknown as { cairn: { window: { open: (path: string) => void } } }).cairn.window.open('/day')) // The bridge's type lives in the app.
  const page = await opened
  await page.waitForLoadState('domcontentloaded')
  await expect(page.getByRole('navigation', { name: 'Places' })).toBeVisible()
  await takeOver(page, userName)
  return page
}

export const findBox = (page: Page): Locator => page.getByRole('combobox', { name: 'Name, birth date, phone, MRN or command' })

/** Ctrl K, the name, Enter: what the role works with opens. `shown` stands in the line that is meant. */
export async function findPatient(page: Page, name: string, shown = name): Promise<void> {
  await page.keyboard.press('Control+k')
  await expect(findBox(page)).toBeFocused()
  await page.keyboard.type(name)
  await expect(page.locator('[role="option"][data-kind="hit"]').filter({ hasText: shown })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
}

/** The process of the core, as Electron names it. */
export async function corePid(app: ElectronApplication): Promise<number | undefined> {
  return app.evaluate(({ app: electron }) => electron.getAppMetrics().find((one) => one.name === 'Cairn core')?.pid)
}

/** Ends the core as a crash does and waits until another one answers. */
export async function killCore(app: ElectronApplication): Promise<void> {
  const pid = await corePid(app)
  if (pid === undefined) throw new Error('the core is not running')
  process.kill(pid, 'SIGKILL')
  await expect.poll(async () => {
    const now = await corePid(app)
    return now !== undefined && now !== pid
  }, { message: 'the core comes back' }).toBe(true)
}

/** A picture for people to look at; never compared. */
export async function shot(page: Page, name: string): Promise<void> {
  const folder = inRoot('tests/.artifacts/shots')
  fs.mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: path.join(folder, `${name}.png`) })
}
