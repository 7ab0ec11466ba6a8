import type { Page } from '@playwright/test'
import { expect, test } from './launch.ts'
import { findBox, shot, takeOver } from './support/acts.ts'
import { people } from './support/clinic.ts'
import { plant } from './support/plant.ts'
import { sightsOf, tour } from './support/tour.ts'
import { xssTexts } from './support/xss.ts'

/** A family name is in capitals on a banner. */
const isHostile = (words: string): boolean => xssTexts.some((text) => words.toLowerCase().includes(text.slice(0, 8).toLowerCase()))
const wasHit = (page: Page): Promise<boolean> => page.evaluate(() => 'hit' in globalThis)

test('R32: fifty hostile texts in every field of the records are words on every screen, and run nowhere', async ({ launch, clinic }) => {
  test.setTimeout(240_000)
  expect(new Set(xssTexts).size).toBe(50)
  const data = clinic.copy()
  let next = 0
  // The row keeps apart what must be unique; it stands behind, so that the text begins as an attacker would begin it.
  const { filled } = await plant(data, (_column, row) => `${xssTexts[(next += 1) % xssTexts.length] ?? ''}${row}`)
  const sights = await sightsOf(data, isHostile)
  const { page, refused } = await launch({ data })
  const dialogs: string[] = []
  page.on('dialog', (dialog) => void dialog.dismiss().then(() => dialogs.push(dialog.message())))
  const seen: string[] = []
  await tour(page, sights, async (address) => {
    const words = await page.locator('body').innerText()
    if (isHostile(words)) seen.push(address)
    if (address === `/patients/${sights.patientId}`) await shot(page, 'hostile-texts')
    expect([address, await wasHit(page), page.frames().length]).toEqual([address, false, 1])
  })
  console.log(`  hostile texts in ${filled.length} columns, read on ${seen.length} screens`)
  // What the day and the flow show depends on the hour; these do not.
  const { patientId, invoiceId } = sights
  expect(seen).toEqual(expect.arrayContaining([`/patients/${patientId}`, `/patients/${patientId}/details`, `/billing/patients/${patientId}`, `/print/invoice/${invoiceId}`]))
  await typeThem(page)
  expect([await wasHit(page), dialogs, refused.splice(0)]).toEqual([false, [], []])

  await test.step('… and would be seen if one ran: the page’s own words turned into markup are refused and reported', async () => {
    const outcome = await page.evaluate((texts) => texts.map((text) => {
      try {
        document.body.insertAdjacentHTML('beforeend', text)
        return 'markup'
      } catch (error) {
        return (error as Error).name // insertAdjacentHTML throws errors.
      }
    }), [...xssTexts])
    expect(new Set(outcome)).toEqual(new Set(['TypeError']))
    expect([await wasHit(page), refused.splice(0).length > 0]).toEqual([false, true])
  })
})

/** Into the palette and the fields of a registration, by the keyboard. */
async function typeThem(page: Page): Promise<void> {
  await takeOver(page, people.receptionist)
  await expect(page.getByRole('grid').first()).toBeVisible()
  for (const text of xssTexts.slice(0, 12)) {
    await page.keyboard.press('Control+k')
    await expect(findBox(page)).toBeFocused()
    await findBox(page).fill(text)
    await expect(page.getByRole('dialog')).toBeVisible()
    await page.keyboard.press('Escape')
    if (await findBox(page).isVisible()) await page.keyboard.press('Escape')
    expect(await wasHit(page), text).toBe(false)
  }
  await page.keyboard.press('Control+Shift+N')
  await expect(page.getByRole('heading', { name: 'Register patient' })).toBeVisible()
  const fields = await page.getByRole('main').getByRole('textbox').all()
  for (const [i, field] of fields.entries()) if (await field.isEditable()) await field.fill(xssTexts[i % xssTexts.length] ?? '')
  await page.keyboard.press('Tab')
  expect(await wasHit(page)).toBe(false)
}
