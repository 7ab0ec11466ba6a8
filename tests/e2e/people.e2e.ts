import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './launch.ts'
import { findBox, openSecondWindow, shot, signIn, takeOver } from './support/acts.ts'
import { people } from './support/clinic.ts'
import { acceptInvite } from './support/invites.ts'

/** R15 asks for 5 s from the switch to the window that shows nothing any more. */
const LIMIT_MS = 5_000

test('R15, R22: an administrator invites a second one, who approves a change of roles on the spot; a signed-in person is switched off and their window closes', async ({ launch, clinic }) => {
  const { app, page } = await launch({ data: clinic.copy() })
  await signIn(page, people.administrator)
  const other = await openSecondWindow(app, page, people.nurse)
  let code = ''

  await test.step('the invitation, with keys only', async () => {
    await page.keyboard.press('g')
    await page.keyboard.press('s')
    await expect(page.getByRole('row', { name: /Okafor/ })).toBeVisible()
    await page.keyboard.press('n')
    await expect(page.getByLabel('First name')).toBeFocused()
    await page.keyboard.type('Mara')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Quell')
    await tabTo(page, page.getByRole('checkbox', { name: 'Administrator' }))
    await page.keyboard.press('Space')
    await expectClean(page, 'invite')
    await page.keyboard.press('Control+Enter')
    code = await page.getByLabel('One-time code').innerText()
    expect(code).toMatch(/^(\w{4}-){3}\w{4}$/)
    await expectClean(page, 'invited')
    await page.keyboard.press('Control+p')
    await expect(page.getByRole('article').getByText(code)).toBeVisible()
    await shot(page, 'people-invite-printed')
    await page.keyboard.press('Escape')
    await expect(page.getByLabel('One-time code')).toHaveText(code)
    await page.keyboard.press('Escape')
    await expect(page.getByLabel('One-time code')).toHaveCount(0)
  })

  const secret = await acceptInvite(other, 'quell', code)
  await takeOver(other, people.nurse)

  await test.step('a change of roles is refused to one, and approved by the second person at the first one’s window', async () => {
    await openPerson(page, /Okafor, Tom/)
    await tabTo(page, page.getByRole('checkbox', { name: 'Front desk' }))
    await page.keyboard.press('Space')
    await tabTo(page, page.getByRole('button', { name: 'Change the roles' }))
    await page.keyboard.press('Enter')
    await expect(page.getByLabel('Their password', { exact: true })).toBeFocused()
    await expectClean(page, 'second-person')
    await page.keyboard.type(secret)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('row', { name: /Okafor, Tom.*Nurse, Front desk/ })).toBeVisible()
    // The nurse's open window has the new place without a new sign-in.
    await expect(other.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Checkout' })).toBeVisible()
    await expectClean(page, 'person')
  })

  await test.step('the devices screen names the computer and who is in', async () => {
    await byPalette(page, 'devices and sess')
    await expect(page.getByRole('table', { name: 'Signed in now' }).getByRole('row', { name: /Tom Okafor/ })).toBeVisible()
    await expectClean(page, 'devices')
  })

  await test.step('switched off: the window of that person shows the sign-in', async () => {
    await page.keyboard.press('g')
    await page.keyboard.press('s')
    await openPerson(page, /Okafor, Tom/)
    await tabTo(page, page.getByRole('button', { name: 'Switch the account off' }))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: /Keep the account/ })).toBeFocused()
    await page.keyboard.press('Shift+Tab')
    const began = performance.now()
    await page.keyboard.press('Enter')
    await expect(other.getByLabel('Password', { exact: true })).toBeVisible()
    const tookMs = performance.now() - began
    console.log(`  R15      from Enter to the sign-in screen in the other window: ${tookMs.toFixed(0)} ms (limit ${LIMIT_MS} ms)`)
    expect(tookMs).toBeLessThan(LIMIT_MS)
    await expect(other.getByRole('navigation', { name: 'Places' })).toHaveCount(0)
    await shot(other, 'people-switched-off')
  })

  await test.step('the list of approvals and the owner’s home', async () => {
    await page.keyboard.press('Escape')
    await page.keyboard.press('g')
    await page.keyboard.press('v')
    await expect(page.getByRole('row', { name: /Change roles.*Done/ })).toBeVisible()
    await expectClean(page, 'approvals')
  })
})

test('a clerk asks for a void and goes on; the administrator approves it from the list by key', async ({ launch, clinic }) => {
  const { app, page } = await launch({ data: clinic.copy() })
  await signIn(page, people.billing)
  const owner = await openSecondWindow(app, page, people.administrator)
  await expect(page.getByRole('row').filter({ hasText: /A-\d+/ }).first()).toBeVisible()
  const number = await reachInvoice(page)
  await page.keyboard.press('z')
  await expect(page.getByRole('dialog', { name: `Void invoice ${number}?` })).toBeVisible()
  await tabTo(page, page.getByRole('dialog').getByRole('radio').first())
  await page.keyboard.press('Space')
  await tabTo(page, page.getByRole('button', { name: 'Void invoice' }))
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Their password', { exact: true })).toBeFocused()
  await expectClean(page, 'void-second-person')
  await tabTo(page, page.getByRole('button', { name: 'Ask for approval' }))
  await page.keyboard.press('Enter')
  await expect(page.getByText('Asked for approval:')).toBeVisible()
  await expect(owner.getByRole('link', { name: 'Approvals, 1 to do' })).toBeVisible()
  await expect(owner.getByText('1 request for your approval')).toBeVisible()
  await shot(owner, 'people-owner-home')
  await owner.keyboard.press('g')
  await owner.keyboard.press('v')
  await expect(owner.getByText(number)).toBeVisible()
  await expectClean(owner, 'approvals-open')
  await owner.keyboard.press('Control+Enter')
  await expect(owner.getByText('Approved and done for')).toBeVisible()
  await expect(page.getByText('This invoice is void.')).toBeVisible()
})

/** An invoice of the work list that can be voided, reached with J; answers with its number. */
async function reachInvoice(page: Page): Promise<string> {
  const void_ = page.getByRole('button', { name: /void, number is kept/ })
  for (let i = 0; i < 40 && (await void_.count()) === 0; i += 1) {
    await page.keyboard.press('j')
    await expect(page.getByRole('heading', { name: /Ledger|Charges|Visit/ }).first()).toBeVisible()
  }
  await expect(void_).toBeVisible()
  return page.getByText(/^Invoice/).locator('.code').first().innerText()
}

/** Chooses the row with J and opens it with Enter. */
async function openPerson(page: Page, name: RegExp): Promise<void> {
  const row = page.getByRole('row', { name })
  await expect(row).toBeVisible()
  for (let i = 0; i < 40 && !(await row.evaluate((one) => one === document.activeElement)); i += 1) await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Save' })).toBeVisible()
}

async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let i = 0; i < 60 && !(await target.evaluate((one) => one === document.activeElement)); i += 1) await page.keyboard.press('Tab')
  await expect(target).toBeFocused()
}

async function byPalette(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await expect(findBox(page)).toBeFocused()
  await page.keyboard.type(words)
  await expect(page.getByRole('option', { name: /Devices and sessions/ })).toBeVisible()
  await page.keyboard.press('Enter')
}

/** A picture to look at, and nothing that axe can find. */
async function expectClean(page: Page, name: string): Promise<void> {
  await shot(page, `people-${name}`)
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  expect(violations.flatMap(({ id, nodes }) => nodes.map((node) => `${name}: ${id}: ${node.target.join(' ')}`))).toEqual([])
}
