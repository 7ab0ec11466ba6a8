import fs from 'node:fs'
import path from 'node:path'
import { chartLine } from '../support/charts.ts'
import { messyPatients } from '../support/legacy.ts'
import { expect, test } from './launch.ts'
import { shot, signIn, takeOver } from './support/acts.ts'
import { people } from './support/clinic.ts'
import { breakGlass } from './support/glass.ts'

test('an administrator looks through a file of charts, imports it, and the doctor opens a chart', async ({ launch, clinic }) => {
  const { page, data } = await launch({ data: clinic.copy() })
  const file = path.join(data, 'export.ndjson')
  fs.writeFileSync(file, [1, 2, 3].map((n) => JSON.stringify(chartLine(n))).concat('{"cut').join('\n'))
  await signIn(page, people.administrator)
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Import' }).click()
  await page.getByLabel('Choose FHIR file').setInputFiles(file)
  await expect(page.getByText('not as FHIR calls for (NOT_JSON)')).toBeVisible()
  await shot(page, 'import-looked-through')
  await page.getByRole('button', { name: /Import 3 patients/ }).click()
  await expect(page.getByRole('table', { name: 'What was taken' })).toBeVisible()
  await expect(page.getByRole('table', { name: 'Earlier imports' }).getByText('Complete')).toBeVisible()
  await shot(page, 'import-done')

  await takeOver(page, people.doctor)
  // The doctor's own home has taken the place of the lock: only then are its keys the window's.
  await expect(page.getByRole('heading', { name: 'Next patient' }).or(page.getByRole('region', { name: 'Next patient' })).first()).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('stone2')
  await expect(page.getByRole('option', { name: /Stone2/ }).first()).toBeVisible()
  await page.keyboard.press('Enter')
  // Whoever comes in by an import is on nobody's care team yet.
  await breakGlass(page, 'Walked in, no appointment yet')
  await expect(page.getByText('Hypertension').first()).toBeVisible()
  await shot(page, 'import-chart')
})

test('an administrator replaces the starter set by an order file and sees the year', async ({ launch, clinic }) => {
  const { page, data } = await launch({ data: clinic.copy() })
  const file = path.join(data, 'icd10cm_order_2027.txt')
  const title = 'Illness of the stone kind'
  fs.writeFileSync(file, Array.from({ length: 2_000 }, (_, n) => `${String(n + 1).padStart(5, '0')} J${String(n).padStart(4, '0')}   1 ${title.padEnd(60)} ${title}`).join('\n'))
  await signIn(page, people.administrator)
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Codes' }).click()
  await expect(page.getByRole('table', { name: 'Code sets' }).getByText(/FY\d{4} is in force/)).toBeVisible()
  await shot(page, 'codes')
  await page.getByRole('button', { name: /Import code file/ }).click()
  await page.getByLabel('Choose code file').setInputFiles(file)
  await expect(page.getByRole('button', { name: 'Replace by 2,000 codes' })).toBeVisible()
  await shot(page, 'codes-import')
  await page.getByRole('button', { name: 'Replace by 2,000 codes' }).click()
  await expect(page.getByText('Imported.')).toBeVisible()
  await expect(page.getByRole('table', { name: 'Code sets' }).getByText('FY2027')).toBeVisible()
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByLabel('Words or the beginning of a code').fill('stone kind')
  await expect(page.getByRole('table', { name: /Codes found/ }).getByText('J00.00')).toBeVisible()
  await shot(page, 'codes-after')
})

test('an administrator brings a messy list of patients: looks through, decides, takes, sees it verified, and takes it back', async ({ launch, clinic }) => {
  const { page, data } = await launch({ data: clinic.copy() })
  const file = path.join(data, 'patients.csv')
  fs.writeFileSync(file, messyPatients)
  await signIn(page, people.administrator)
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Import' }).click()
  await page.getByRole('button', { name: 'Import a table (CSV)' }).click()
  await page.getByLabel('Choose table').setInputFiles(file)
  await expect(page.getByText('Written in two encodings')).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'What DOB means' })).toHaveValue('Birth date')
  await shot(page, 'import-table-columns')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('table', { name: 'Problems by kind' }).getByText('a letter was lost in the file')).toBeVisible()
  await shot(page, 'import-table-dry-run')
  await expect(page.getByRole('list', { name: 'The same person?' }).getByText('Hale, Marta')).toBeVisible()
  await page.getByRole('button', { name: 'Two people' }).click()
  await expect(page.getByRole('button', { name: 'Two people' })).toHaveAttribute('aria-pressed', 'true')
  await shot(page, 'import-table-review')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('Verified in the records')).toBeVisible()
  await shot(page, 'import-table-verified')
  await page.getByRole('button', { name: 'Print', exact: true }).click()
  await expect(page.getByText('Verification of an import').last()).toBeVisible()
  await shot(page, 'import-table-print')
  await page.keyboard.press('Escape')
  await page.getByRole('table', { name: 'Earlier tables' }).getByRole('button', { name: 'Take back' }).click()
  await page.getByRole('alertdialog').or(page.getByRole('dialog')).getByRole('button', { name: 'Take back' }).click()
  await expect(page.getByText('Taken back. Every row that this import had made is gone.')).toBeVisible()
})
