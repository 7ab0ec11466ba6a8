import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { shot } from './acts.ts'

/** The screen has its title and nothing on it is still being asked for. */
export async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.locator('[data-skeleton], [aria-busy="true"]')).toHaveCount(0)
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
}

/** Pictures for people, and a line for each thing that axe finds, light or dark, and for a page that is wider than its window. */
export async function look(page: Page, screen: string, { isDarkPictured = false } = {}): Promise<string[]> {
  const found: string[] = []
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    if (scheme === 'light' || isDarkPictured) await shot(page, `${screen}-${scheme}`)
    const axe = new AxeBuilder({ page }).setLegacyMode(true)
    // The dark theme is the same page in other colours.
    const { violations } = await (scheme === 'dark' ? axe.withRules(['color-contrast', 'link-in-text-block']) : axe).analyze()
    for (const { id, nodes } of violations) found.push(...nodes.map((node) => `${screen} ${scheme}: ${id}: ${node.target.join(' ')}: ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`))
  }
  await page.emulateMedia({ colorScheme: 'light' })
  const { width, inner } = await page.evaluate(() => ({ width: document.scrollingElement?.scrollWidth ?? 0, inner: innerWidth }))
  if (width > inner) found.push(`${screen}: ${width} wide in a window of ${inner}`)
  return found
}
