import type { Locator, Page } from '@playwright/test'
import { expect, test } from './launch.ts'
import { findPatient, shot, signIn } from './support/acts.ts'
import { people } from './support/clinic.ts'
import { withCore } from './support/core.ts'
import { Counter } from './support/counter.ts'
import { look } from './support/look.ts'

const ADULT = { id: '019b0000-0000-7000-8000-000000000001', familyName: 'Brackenbury', givenName: 'Isolde', birthDate: '1965-05-14', sex: 'female' as const, phone: '(555) 013-8812', addressLine1: '18 Mill Race Lane', city: 'Alder Creek', state: 'OR', postalCode: '97331' }
const CHILD = { id: '019b0000-0000-7000-8000-000000000002', familyName: 'Brackenbury', givenName: 'Perpetua', birthDate: '2019-02-03', sex: 'female' as const }
const coverage = { payerName: 'Meridian Health', planName: 'PPO', memberNumber: 'MH 5520 1834 07', groupNumber: null, relationship: 'self' as const, subscriberName: null, rank: 1, validFrom: null, validTo: null, copayCents: 2_500 }

/** Two patients who come today: one with everything signed but today's word, and a child who has signed nothing. */
async function prepare(data: string): Promise<void> {
  await withCore(data, async (as) => {
    const desk = await as(people.receptionist)
    const id = (n: number) => `019b0000-0000-7000-8000-0000000001${String(n).padStart(2, '0')}`
    await desk.patients.register({ ...ADULT, coverage: { id: id(1), ...coverage } })
    await desk.patients.register({ ...CHILD, contact: { id: id(2), name: 'Isolde Brackenbury', relationship: 'parent', phone: '(555) 013-8812', isEmergency: true, isGuardian: true }, duplicateReason: 'twin-or-relative' })
    const forms = await desk.consents.listForms({})
    for (const [at, form] of forms.entries()) {
      await desk.consents.sign({ id: id(10 + at), patientId: ADULT.id, formVersionId: form.id, signer: { by: 'patient' }, signature: { how: 'typed', name: 'Isolde Brackenbury' } })
    }
    const [slot, other] = await desk.scheduling.freeSlots({ providerId: null, from: new Date().toISOString(), durationMin: 15, limit: 2 })
    for (const [at, [patientId, free]] of [[ADULT.id, slot], [CHILD.id, other ?? slot]].entries()) {
      if (typeof free !== 'object') throw new Error('nothing is free today')
      await desk.scheduling.book({ id: id(20 + at), patientId: String(patientId), providerId: free.providerId, roomId: null, typeId: null, startsAt: free.startsAt, durationMin: 15, reason: 'Cough' })
    }
  })
}

const stone = (page: Page, name: string): Locator => page.getByRole('region', { name: new RegExp(`^${name}, `) })

test('checks in with three actions and the copay, a child with a parent’s signature, and prints the label', async ({ launch, clinic }) => {
  const data = clinic.copy()
  await prepare(data)
  const { page, refused } = await launch({ data })
  const hand = new Counter(page)
  const found: string[] = []
  await signIn(page, people.receptionist)
  await expect(page.getByRole('grid').first()).toBeVisible()
  const row = (given: string) => page.getByRole('row', { name: new RegExp(`Brackenbury, ${given}`) })

  await test.step('R8: one who needs nothing but a word and a copay', async () => {
    await row('Isolde').click()
    hand.restart()
    await hand.key('a')
    await expect(stone(page, 'Copay')).toContainText('$25.00 due')
    await expect(stone(page, 'Identity')).toBeFocused()
    await shot(page, 'check-in-open')
    await hand.key('Space')
    await expect(page.getByText('3 of 4 ready')).toBeVisible()
    await shot(page, 'check-in-3-of-4')
    found.push(...await look(page, 'check-in', { isDarkPictured: true }))
    await hand.key('Ctrl+Enter')
    await expect(row('Isolde')).toHaveAttribute('aria-label', /arrived/)
    hand.done('R8 check in', 3)
    await expect(page.getByText(/Took \$25\.00, receipt/)).toBeVisible()
  })

  await test.step('a minor: a guardian signs with the mouse, then by keys', async () => {
    await row('Perpetua').click()
    await page.keyboard.press('a')
    await expect(stone(page, 'Consent')).toContainText('3 of 3 to sign')
    await page.keyboard.press('3')
    await page.keyboard.press('Space')
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByLabel('Name of whoever signs')).toHaveValue('Isolde Brackenbury')
    await dialog.getByLabel('What they are to the patient').click()
    await page.getByRole('option', { name: 'Mother' }).click()
    await draw(page, dialog.locator('[data-signature]'))
    await shot(page, 'consent-drawn')
    found.push(...await look(page, 'consent', { isDarkPictured: true }))
    await page.keyboard.press('Control+Enter')
    await expect(dialog.getByText('Form 2 of 3')).toBeVisible()
    await dialog.getByText('Type the name').click()
    const typed = dialog.getByLabel('Full name, typed by whoever signs')
    await typed.fill('Perpetua Brackenbury')
    await page.keyboard.press('Control+Enter')
    await expect(dialog.getByText('Type the full name: Isolde Brackenbury.')).toBeVisible()
    await typed.fill('Isolde Brackenbury')
    await shot(page, 'consent-typed')
    await page.keyboard.press('Control+Enter')
    await expect(dialog.getByText('Form 3 of 3')).toBeVisible()
    await dialog.getByText('Not signed', { exact: true }).click()
    await dialog.getByRole('button', { name: 'Wants to read it first' }).click()
    await page.keyboard.press('Control+Enter')
    await expect(dialog).toHaveCount(0)
    await expect(stone(page, 'Consent')).toContainText('1 of 3 to sign')
    await shot(page, 'check-in-minor')
    await page.keyboard.press('Control+Enter')
    await expect(row('Perpetua')).toHaveAttribute('aria-label', /arrived/)
  })

  await test.step('the page has what was signed, on paper too, and the label', async () => {
    await findPatient(page, 'Brackenbury Perpetua', 'Brackenbury, Perpetua')
    await expect(page.getByRole('heading', { name: 'Consents' })).toBeVisible()
    await page.getByRole('button', { name: /^History/ }).click()
    await expect(page.getByText('Signed on the screen by Isolde Brackenbury (Mother)')).toBeVisible()
    await page.getByRole('heading', { name: 'Consents' }).scrollIntoViewIfNeeded()
    found.push(...await look(page, 'consents-card'))
    await page.getByRole('button', { name: /^Open and print: Consent to treatment/ }).first().click()
    await expect(page.getByText('Unchanged since it was signed.').first()).toBeAttached()
    await shot(page, 'consent-print')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('heading', { name: 'Consents' })).toBeVisible()
    await page.keyboard.press('l')
    await expect(page.getByRole('img', { name: /^Barcode \d+$/ })).toBeVisible()
    found.push(...await look(page, 'label'))
  })
  expect(found).toEqual([])
  expect(refused).toEqual([])
})

/** By hand: a few waves across the field. */
async function draw(page: Page, field: Locator): Promise<void> {
  const box = await field.boundingBox()
  if (!box) throw new Error('the field is not on the screen')
  await page.mouse.move(box.x + 80, box.y + box.height / 2)
  await page.mouse.down()
  for (let at = 0; at < 40; at += 1) await page.mouse.move(box.x + 80 + at * 9, box.y + box.height / 2 + Math.sin(at / 2) * 34)
  await page.mouse.up()
}

test('R11: pays, gets the receipt, and has the next visit, in one panel', async ({ launch, clinic }) => {
  const data = clinic.copy()
  const { page } = await launch({ data })
  const hand = new Counter(page)
  await signIn(page, people.receptionist)
  for (const key of ['g', 'c']) await page.keyboard.press(key)
  const table = page.getByRole('table', { name: 'Checkout' })
  await expect(table).toBeVisible()
  // The first who has something open is chosen by itself.
  await expect(page.getByRole('heading', { name: 'Next visit' })).toBeVisible()
  await shot(page, 'check-out')
  hand.restart()
  await hand.key('p')
  await expect(page.getByLabel('Amount')).toBeFocused()
  await hand.key('Ctrl+Enter')
  await expect(page.getByText(/^Took \$/)).toBeVisible()
  await hand.key('n')
  await expect(page.getByRole('list', { name: 'Free times' }).getByRole('button').first()).toBeVisible()
  await shot(page, 'check-out-next-visit')
  await hand.key('1')
  await expect(page.getByText(/^Next visit booked/)).toBeVisible()
  hand.done('R11 check out', 5)
  expect(await look(page, 'check-out-done', { isDarkPictured: true })).toEqual([])
})

test('an administrator starts with four texts and changes one: its next version asks everybody again', async ({ launch, clinic }) => {
  const { page } = await launch({ data: clinic.copy() })
  await signIn(page, people.administrator)
  for (const key of ['Control+k']) await page.keyboard.press(key)
  await page.keyboard.type('consent forms')
  await page.keyboard.press('Enter')
  await page.getByRole('row', { name: /Consent to treatment/ }).dblclick()
  await page.getByLabel('Everybody signs again').check()
  await shot(page, 'consent-form')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('Saved as version 2:')).toBeVisible()
  expect(await look(page, 'consent-forms')).toEqual([])
})
