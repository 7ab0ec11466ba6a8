import type { Page } from '@playwright/test'
import { expect, test } from './launch.ts'
import { findPatient, signIn, takeOver } from './support/acts.ts'
import { people } from './support/clinic.ts'
import { look, settled } from './support/look.ts'

/** Pictures cost a third of a second each; in the dark these are enough to look at. */
const pictured: ReadonlySet<string> = new Set(['day', 'chart', 'note', 'work-list', 'flow', 'locked'])

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
    ['roster', at('/roster')], ['rooms', at('/rooms')], ['calls', at('/calls')], ['absent', at('/absent')],
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
  found.push(...(await look(page, 'screen-sign-in')))
  let isFirst = true
  for (const [userName, stops] of Object.entries(tours)) {
    await (isFirst ? signIn(page, userName) : takeOver(page, userName))
    isFirst = false
    for (const [screen, reach] of stops) {
      await test.step(screen, async () => {
        await reach(page)
        await settled(page)
        found.push(...(await look(page, `screen-${screen}`, { isDarkPictured: pictured.has(screen) })))
      })
    }
    await page.keyboard.press('Escape')
  }
  await page.keyboard.press('Control+l')
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeAttached()
  found.push(...(await look(page, 'screen-locked', { isDarkPictured: true })))
  expect(found).toEqual([])
})
