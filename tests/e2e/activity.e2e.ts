import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { expect, temporaryFolder, test } from './launch.ts'
import { findPatient, shot, signIn, takeOver } from './support/acts.ts'
import { people } from './support/clinic.ts'

async function look(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await shot(page, `${name}-${colorScheme}`)
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
    found.push(...violations.flatMap(({ id, nodes }) => nodes.map((node) => `${name} ${colorScheme}: ${id}: ${node.target.join(' ')}`)))
  }
  await page.emulateMedia({ colorScheme: 'light' })
  expect(found).toEqual([])
}

test('the owner sees who opened a chart, verifies the log and exports it; the export checks itself', async ({ launch, clinic }) => {
  test.setTimeout(240_000)
  const { page, app } = await launch({ data: clinic.copy() })
  await signIn(page, people.doctor)
  await findPatient(page, 'lopez 12 mar 1958', 'born 12 Mar 1958')
  await expect(page.getByRole('region', { name: 'Patient', exact: true })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('my activity')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'My activity' })).toBeVisible()
  // The palette's preview shows clinical facts as well: whoever stood in it for a moment was looked at.
  await expect(page.getByRole('row').filter({ hasText: 'Opened the chart' }).first()).toBeVisible()
  await look(page, 'audit-mine')

  await takeOver(page, people.administrator)
  await page.keyboard.press('g')
  await page.keyboard.press('l')
  await expect(page.getByRole('heading', { level: 1, name: 'Activity' })).toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: 'Searched for a patient' }).first()).toBeVisible()
  await look(page, 'audit-activity')

  await page.keyboard.press('Control+k')
  await page.keyboard.type('lopez 12 mar 1958')
  await expect(page.locator('[role="option"][data-kind="hit"]').filter({ hasText: 'born 12 Mar 1958' })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Tab')
  await page.keyboard.press('w')
  await expect(page.getByRole('heading', { name: 'Who opened this chart' })).toBeVisible()
  await expect(page.getByRole('button', { name: /Haddad.*look/ })).toBeVisible()
  await look(page, 'audit-chart-access')

  await page.keyboard.press('v')
  await expect(page.getByRole('heading', { name: 'Verify the log' })).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('All as it was written.')).toBeVisible()
  await look(page, 'audit-verify')
  await page.keyboard.press('Escape')

  const folder = temporaryFolder()
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
  }, folder)
  await page.getByRole('button', { name: 'All patients' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Export/ }).click()
  await page.getByLabel('To whom').fill('Dana Reyes, auditor')
  await page.getByLabel('What for').fill('Yearly review')
  await page.getByRole('button', { name: 'Choose folder' }).click()
  await expect(page.getByText(folder)).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(/events? exported\./)).toBeVisible()
  await look(page, 'audit-export')
  const [name = ''] = fs.readdirSync(folder)
  const checked = spawnSync(process.execPath, [path.join(folder, name, 'verify-audit.mjs')], { encoding: 'utf8' })
  expect(checked.stdout).toContain('Everything fits')
  fs.rmSync(folder, { recursive: true, force: true })

  await page.keyboard.press('Escape')
  await page.keyboard.press('p')
  await expect(page.getByRole('heading', { level: 1, name: 'Printed and exported' })).toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: 'Dana Reyes, auditor' })).toHaveCount(1)
  await look(page, 'audit-disclosures')
})
