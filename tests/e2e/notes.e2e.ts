import type { Locator, Page } from '@playwright/test'
import { expect, test, type Cairn } from './launch.ts'
import { findPatient, killCore, shot, signIn } from './support/acts.ts'
import { PASSWORD, people } from './support/clinic.ts'

const FIRST = 'Hoarse since Monday, no fever at home.'
const SECOND = ' Two children in the house are ill as well.'

/** Opens the first patient who is with this doctor and the note of that visit. */
async function openNote(page: Page): Promise<Locator> {
  await signIn(page, people.doctor)
  await expect(page.getByRole('region', { name: 'Next patient' })).toBeVisible()
  await page.keyboard.press('n')
  await expect(page.getByRole('region', { name: 'Patient', exact: true })).toBeVisible()
  await page.keyboard.press('s')
  const subjective = page.getByLabel('Subjective')
  await expect(subjective).toBeFocused()
  return subjective
}

const saved = (page: Page): Locator => page.getByText(/^Draft saved/)

test('locked over a half-typed note: nothing of it shows, only its writer comes back, to the same place', async ({ launch, clinic }) => {
  const { page } = await launch({ data: clinic.copy() })
  const subjective = await openNote(page)
  await page.keyboard.type(FIRST)
  for (let i = 0; i < 6; i += 1) await page.keyboard.press('ArrowLeft')
  const place = FIRST.length - 6

  await page.keyboard.press('Control+l')
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeAttached()
  await shot(page, 'lock-over-note')
  await expect(subjective).toBeHidden()
  await expect(page.getByText(/Hoarse since/).filter({ visible: true })).toHaveCount(0)
  expect(await page.locator('body').innerText()).not.toContain('Hoarse since')
  expect(await page.locator('body').ariaSnapshot()).not.toMatch(/Hoarse since|Subjective/)
  await expect(page).toHaveTitle('Locked · Cairn')

  await test.step('another person’s password does not open it', async () => {
    await page.getByLabel('Password', { exact: true }).fill('not the doctor at all')
    await page.keyboard.press('Enter')
    await expect(page.getByText('Name and password do not go together.')).toBeVisible()
    await expect(subjective).toBeHidden()
  })

  await test.step('what the core is asked while locked is refused', async () => {
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await page.getByLabel('Password', { exact: true }).focus()
  })

  await page.keyboard.type(PASSWORD)
  await page.keyboard.press('Enter')
  await expect(subjective).toHaveValue(FIRST)
  await expect(subjective).toBeFocused()
  expect(await caret(subjective)).toBe(place)
})

test('another person at the locked window begins at their own home and finds nothing of the one before', async ({ launch, clinic }) => {
  const { page } = await launch({ data: clinic.copy() })
  await openNote(page)
  await page.keyboard.type(FIRST)
  await expect(saved(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('navigation', { name: 'Chart' })).toBeVisible()
  await page.keyboard.press('v')
  await expect(page.getByRole('textbox', { name: /Blood pressure/ })).toBeFocused()
  await page.keyboard.type('151/93')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('Vitals saved: 151/93')).toBeVisible()
  await page.keyboard.press('Control+l')
  await expect(page.getByText('151/93').filter({ visible: true })).toHaveCount(0)
  await signIn(page, people.receptionist)
  await expect(page.getByRole('heading', { name: 'Day', level: 1 })).toBeVisible()
  const all = await page.content()
  for (const word of ['Hoarse since', '151/93', 'Undo']) expect(all).not.toContain(word)
})

test('the core is killed while a note is typed: the window stays, the words stay, and they are saved', async ({ launch, clinic }) => {
  const { app, page } = await launch({ data: clinic.copy() })
  const subjective = await openNote(page)
  await page.keyboard.type(FIRST)
  const typing = page.keyboard.type(SECOND, { delay: 25 })
  await killCore(app)
  await typing
  await expect(subjective).toHaveValue(FIRST + SECOND)
  await expect(saved(page)).toBeVisible()
  await shot(page, 'core-came-back')

  await test.step('… by the new core', async () => {
    await page.keyboard.press('Escape') // Save, finish later: back to the chart.
    await expect(page.getByRole('navigation', { name: 'Chart' })).toBeVisible()
    await killCore(app)
    await page.keyboard.press('s')
    await expect(subjective).toHaveValue(FIRST + SECOND)
  })
})

test('the whole app is killed: what was typed a second before is in the draft after the restart', async ({ launch, clinic }) => {
  const data = clinic.copy()
  const first = await launch({ data })
  await openNote(first.page)
  const mrn = await mrnOf(first.page)
  await first.page.keyboard.type(FIRST)
  const typedAt = Date.now()
  // The promise is a time, so the test waits for that time and not for what the screen says.
  await expect.poll(() => Date.now() - typedAt, { intervals: [50] }).toBeGreaterThan(1_200)
  const ended = new Promise((resolve) => first.process.once('exit', resolve))
  killTree(first)
  await ended

  const { page } = await launch({ data })
  await signIn(page, people.doctor)
  await findPatient(page, mrn)
  await expect(page.getByRole('region', { name: 'Patient', exact: true })).toBeVisible()
  await page.keyboard.press('s')
  await expect(page.getByLabel('Subjective')).toHaveValue(FIRST)
})

async function mrnOf(page: Page): Promise<string> {
  const text = await page.getByRole('region', { name: 'Patient', exact: true }).innerText()
  return /MRN ([\d ]+)/.exec(text)?.[1]?.trim() ?? ''
}

const caret = (field: Locator): Promise<number> => field.evaluate((element) => (element as HTMLTextAreaElement).selectionStart) // A text area by its label.

/** SIGKILL for the shell; its children find their pipe closed, as after a crash. */
function killTree({ process: shell }: Cairn): void {
  shell.kill('SIGKILL')
}
