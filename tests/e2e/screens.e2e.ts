import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './launch.ts'
import { findPatient, shot, signIn, takeOver } from './support/acts.ts'
import { people } from './support/clinic.ts'

type Stop = [screen: string, reach: (page: Page) => Promise<void>]

/** What the role begins with. */
const home: Stop[1] = async () => undefined
/** Another screen has another heading; until it stands there the one before is still on the glass. */
const leading = (act: Stop[1]): Stop[1] => async (page) => {
  await page.locator('h1').first().evaluate((heading) => heading.setAttribute('data-left', ''))
  await act(page)
  await expect(page.locator('h1:not([data-left])').first()).toBeVisible()
}
const at = (address: string): Stop[1] => leading(async (page) => {
  await page.evaluate((to) => (location.hash = to), `#${address}`)
})
const maria = leading((page) => findPatient(page, 'lopez 12 mar 1958', 'born 12 Mar 1958'))
const keys = (...pressed: string[]): Stop[1] => async (page) => {
  for (const key of pressed) await page.keyboard.press(key)
}

/** Every screen and panel, by the role that works with it. */
const tours: Record<string, Stop[]> = {
  [people.receptionist]: [
    ['day', home], ['day-booking', keys('b')], ['day-after-booking', keys('Escape')], ['find', keys('Control+k')], ['day-tomorrow', keys('Escape', 'ArrowRight')],
    ['register', at('/patients/register')], ['patients', at('/patients')], ['patient', maria],
    ['checkout', at('/billing/checkout')], ['payments', at('/billing/payments')], ['attention', at('/attention')], ['keys', keys('?')], ['hours', async (page) => { await keys('Escape')(page); await at('/hours')(page) }],
  ],
  [people.nurse]: [['flow', home], ['vitals', leading(keys('v'))], ['my-sign-in', at('/me')], ['my-activity', at('/my-activity')]],
  [people.doctor]: [
    ['doctor-home', home], ['chart', maria],
    ...['notes', 'results', 'medications', 'vitals', 'vaccines', 'visits'].map((tab, i): Stop => [`chart-${tab}`, keys(String(i + 2))]),
    ['chart-problem', keys('1', 'Shift+P')], ['chart-allergy', keys('Escape', 'Shift+A')], ['chart-medication', keys('Escape', 'Shift+M')], ['note', leading(keys('Escape', 's'))],
  ],
  [people.billing]: [['work-list', home], ['account', maria], ['fees', at('/billing/fees')]],
  [people.administrator]: [
    ['owner-home', home], ['staff', at('/staff')], ['approvals', at('/approvals')], ['devices', at('/devices')], ['host-gone', at('/devices/host-gone')], ['settings', at('/settings')], ['codes', at('/codes')], ['import', at('/import')], ['activity', at('/activity')],
    ['activity-verify', keys('v')], ['activity-export', keys('Escape', 'e')], ['disclosures', at('/activity/disclosures')], ['emergency-access', at('/emergency-access')],
    ['person', async (page) => { await at('/staff')(page); await page.getByRole('row', { name: /Okafor, Tom/ }).click() }],
  ],
}

test('every screen, light and dark: nothing that axe can find, and no scrolling sideways at 1366 by 768', async ({ launch, clinic }) => {
  test.setTimeout(240_000)
  const { page } = await launch({ data: clinic.copy() })
  const found: string[] = []
  await expect(page.getByLabel('Password', { exact: true })).toBeVisible()
  await look(page, 'sign-in', found)
  let isFirst = true
  for (const [userName, stops] of Object.entries(tours)) {
    await (isFirst ? signIn(page, userName) : takeOver(page, userName))
    isFirst = false
    for (const [screen, reach] of stops) {
      await test.step(screen, async () => {
        await reach(page)
        await settled(page)
        await look(page, screen, found)
      })
    }
    await page.keyboard.press('Escape')
  }
  await page.keyboard.press('Control+l')
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeAttached()
  await look(page, 'locked', found)
  expect(found).toEqual([])
})

/** The screen has its title and nothing on it is still being asked for. */
async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.locator('[data-skeleton], [aria-busy="true"]')).toHaveCount(0)
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
}

/** Pictures cost a third of a second each; in the dark these are enough to look at. */
const pictured: ReadonlySet<string> = new Set(['day', 'chart', 'note', 'work-list', 'flow', 'locked'])

async function look(page: Page, screen: string, found: string[]): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    if (scheme === 'light' || pictured.has(screen)) await shot(page, `screen-${screen}-${scheme}`)
    const axe = new AxeBuilder({ page }).setLegacyMode(true)
    // The dark theme is the same page in other colours.
    const { violations } = await (scheme === 'dark' ? axe.withRules(['color-contrast', 'link-in-text-block']) : axe).analyze()
    for (const { id, nodes } of violations) found.push(...nodes.map((node) => `${screen} ${scheme}: ${id}: ${node.target.join(' ')}: ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`))
  }
  const { width, inner } = await page.evaluate(() => ({ width: document.scrollingElement?.scrollWidth ?? 0, inner: innerWidth }))
  if (width > inner) found.push(`${screen}: ${width} wide in a window of ${inner}`)
}
