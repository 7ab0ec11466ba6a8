import type { Page } from '@playwright/test'
import { expect, test } from './launch.ts'
import { findBox, shot, signIn } from './support/acts.ts'
import { people } from './support/clinic.ts'
import { codeOf, withCore } from './support/core.ts'

const ID = '01a20000-0000-7000-8000-00000000d0e1'

async function fillJohnDoe(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await expect(findBox(page)).toBeFocused()
  await page.keyboard.type('John Doe')
  await expect(page.getByRole('option', { name: /Register new patient/ })).toBeVisible()
  await page.keyboard.press('Control+Shift+N')
  await expect(page.getByLabel('Family name')).toHaveValue('Doe')
  await expect(page.getByLabel('Birth date')).toBeFocused()
  await page.keyboard.type('1 Feb 1980')
  await page.keyboard.press('Tab')
  await page.keyboard.press('m')
}

test('a second John Doe is warned of and not registered without a reason', async ({ launch, clinic }) => {
  const data = clinic.copy()
  const { page, close } = await launch({ data })
  await signIn(page, people.receptionist)
  await fillJohnDoe(page)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('Registered')).toBeVisible()
  await page.keyboard.press('Escape') // The booking that registering leads to.

  await fillJohnDoe(page)
  await expect(page.getByText('Very likely the same person')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Register as a new person…' })).toBeVisible()
  await shot(page, 'second-john-doe')
  await page.keyboard.press('Control+Enter')
  const why = page.getByRole('dialog', { name: 'Why is this another person?' })
  await expect(why).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(why).toBeHidden()
  await expect(page.getByRole('heading', { name: 'Register patient' })).toBeVisible()
  await page.keyboard.press('Control+1') // Use this patient.
  await expect(page.getByRole('heading', { name: 'Register patient' })).toHaveCount(0)
  await close()

  await withCore(data, async (as) => {
    const desk = await as(people.receptionist)
    const found = await desk.patients.search({ text: 'john doe', limit: 10 })
    expect(found.filter((one) => one.familyName === 'Doe')).toHaveLength(1)
    const again = { id: ID, familyName: 'Doe', givenName: 'John', birthDate: '1980-02-01', sex: 'male' as const }
    expect(await codeOf(desk.patients.register({ ...again, duplicateReason: null }))).toBe('LIKELY_DUPLICATE')
  })
})

test('a visit is billed once, however often and wherever the key is pressed', async ({ launch, clinic }) => {
  const data = clinic.copy()
  const encounterId = await withCore(data, async (as) => (await (await as(people.billing)).billing.workList({ filter: 'ready' })).items[0]?.encounterId ?? '')
  const { app, page, close } = await launch({ data })
  await signIn(page, people.billing)
  await expect(page.getByRole('row').nth(1)).toBeVisible()
  const opened = app.waitForEvent('window')
  await page.evaluate(() => (window as unknown as { cairn: { window: { open: (path: string) => void } } }).cairn.window.open('/billing')) // The bridge's type lives in the app.
  const other = await opened
  await expect(other.getByRole('row').nth(1)).toBeVisible()
  // The list of all may begin with a visit that cannot be billed yet, which depends on the hour.
  for (const one of [page, other]) {
    await one.getByText(/^Ready \d/).click()
    await one.getByRole('row').nth(1).click()
    await expect(one.getByRole('button', { name: /^Bill this visit/ })).toBeEnabled()
  }

  await Promise.all([page, other].flatMap((one) => [one.keyboard.press('i'), one.keyboard.press('i')]))
  await expect(page.getByText(/^Invoice/).first()).toBeVisible()
  await expect(other.getByRole('row').nth(1)).toBeVisible()
  await shot(other, 'billed-once')
  await close()

  await withCore(data, async (as) => {
    const billing = await as(people.billing)
    expect((await billing.billing.visit({ encounterId })).invoices).toHaveLength(1)
    const again = { id: ID, encounterId, splitReason: null }
    expect(['INVOICE_EXISTS', 'NO_CHARGES', 'CHARGE_BILLED', 'SPLIT_NEEDS_REASON']).toContain(await codeOf(billing.billing.createInvoice(again)))
  })
})
