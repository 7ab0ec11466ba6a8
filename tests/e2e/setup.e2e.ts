import { expect, test } from './launch.ts'
import { enrolSecondFactor, giveNameAndPassword, shot } from './support/acts.ts'

const OWN_PASSWORD = 'lantern over the long pier'

test('a new clinic: four steps, the recovery key printed and typed back, then the work', async ({ launch }, info) => {
  const { page, close, data } = await launch({ env: { CAIRN_PDF_DIR: info.outputPath() } })
  await expect(page.getByRole('button', { name: 'Set up your clinic' })).toBeVisible()
  await page.keyboard.press('1')
  await expect(page.getByLabel('Name of the clinic')).toBeFocused()
  await page.keyboard.type('Riverbend Clinic')
  await shot(page, 'setup-1-clinic')
  await page.keyboard.press('Enter')

  await page.getByLabel('First name').fill('Eleanor')
  await page.getByLabel('Family name').fill('Voss')
  await expect(page.getByLabel('User name')).toHaveValue('voss')
  await page.getByLabel('Password', { exact: true }).fill(OWN_PASSWORD)
  await page.getByLabel('Password again').fill(OWN_PASSWORD)
  await shot(page, 'setup-2-you')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Exam rooms')).toBeVisible()
  await shot(page, 'setup-3-hours')
  await page.getByLabel('Exam rooms').press('Enter')

  await page.keyboard.press('Control+p')
  const sheet = page.getByRole('main', { name: 'Pages' })
  await expect(sheet).toBeVisible()
  const groups = await sheet.first().innerText()
  await shot(page, 'setup-4-sheet')
  await page.keyboard.press('s')
  const typed = page.getByRole('textbox', { name: /^Group \d+$/ })
  await expect(typed).toHaveCount(3)
  const open = page.getByRole('button', { name: 'Open Riverbend Clinic' })
  await expect(open).toHaveAttribute('aria-disabled', 'true')
  for (const field of await typed.all()) {
    const number = /\d+/.exec((await field.evaluate((one) => (one as HTMLInputElement).labels?.[0]?.textContent)) ?? '')?.[0] // A field by its label.
    await field.fill(groupOf(groups, Number(number)))
  }
  await shot(page, 'setup-5-key')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('navigation', { name: 'Places' })).toBeVisible()
  await shot(page, 'setup-6-home')
  await close()

  const again = await launch({ data })
  await giveNameAndPassword(again.page, 'voss', OWN_PASSWORD)
  // R10: the printed key was the second factor of set-up; from now on it is a phone.
  await enrolSecondFactor(again.page)
})

test('the demo clinic is made on the screen and opens at the desk', async ({ launch }) => {
  const { page } = await launch()
  await expect(page.getByRole('button', { name: 'Explore the demo clinic' })).toBeVisible()
  await page.keyboard.press('2')
  await expect(page.getByLabel('Password for everyone in the demo')).toBeFocused()
  await page.keyboard.type(OWN_PASSWORD)
  const began = Date.now()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Making 1,200 patients')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Day', level: 1 })).toBeVisible({ timeout: 40_000 })
  console.log(`  demo     1,200 patients on the screen after ${((Date.now() - began) / 1000).toFixed(1)} s`)
  await expect(page.getByRole('grid').first()).toBeVisible()
  await shot(page, 'demo-day')
})

/** The sheet numbers its groups: "7 KMPX". */
function groupOf(sheet: string, number: number): string {
  return new RegExp(`(?:^|\\s)${number}\\s+([A-Z2-9]{4})(?=\\s|$)`).exec(sheet)?.[1] ?? ''
}
