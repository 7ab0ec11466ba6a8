import fs from 'node:fs'
import path from 'node:path'
import { messyAppointments, messyPatients } from '#tests/support/legacy.ts'
import type { Page } from '@playwright/test'
import { expect, test } from './launch.ts'
import { findPatient, signIn, takeOver } from './support/acts.ts'
import { people } from './support/clinic.ts'
import { look, settled } from './support/look.ts'

/** Pictures cost a third of a second each; in the dark these are enough to look at. */
const pictured: ReadonlySet<string> = new Set(['day', 'chart', 'note', 'work-list', 'flow', 'locked', 'calls', 'table-columns', 'table-dry-run'])

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

/** The steps of a table's import, with a list of patients and then one of appointments that finds nobody for some. */
const tableSteps = (folder: string): Stop[] => {
  const choose = (name: string, content: string | Buffer): Stop[1] => async (page) => {
    fs.writeFileSync(path.join(folder, name), content)
    await page.getByLabel('Choose table').setInputFiles(path.join(folder, name))
    await expect(page.getByRole('button', { name: /^Look through \d+ rows/ })).toBeEnabled()
  }
  const next = (what: string): Stop[1] => async (page) => {
    await page.keyboard.press('Control+Enter')
    await expect(page.getByText(what).first()).toBeVisible()
  }
  return [
    ['table', at('/import/table')], ['table-columns', choose('patients.csv', messyPatients)], ['table-dry-run', next('a letter was lost in the file')],
    ['table-decided', async (page) => page.getByRole('button', { name: 'Two people' }).click()], ['table-verified', next('Verified in the records')],
    ['table-take-back', async (page) => page.getByRole('table', { name: 'Earlier tables' }).getByRole('button', { name: 'Take back' }).click()],
    ['table-appointments', async (page) => { await page.keyboard.press('Escape'); await choose('appointments.csv', messyAppointments)(page) }], ['table-appointments-dry-run', next('nobody here fits')],
  ]
}

/** Every screen and panel, by the role that works with it. */
const toursOf = (folder: string): Record<string, Stop[]> => ({
  [people.receptionist]: [
    ['day', home], ['day-booking', keys('b')], ['day-after-booking', keys('Escape')], ['find', keys('Control+k')], ['day-tomorrow', keys('Escape', 'ArrowRight')],
    ['register', at('/patients/register')], ['patients', at('/patients')], ['patient', maria],
    ['checkout', at('/billing/checkout')], ['payments', at('/billing/payments')], ['drawer', at('/billing/drawer')], ['attention', at('/attention')], ['calls', at('/calls')], ['calls-recall', async (page) => page.getByText('Recall', { exact: true }).click()], ['tasks', at('/tasks')], ['task-new', keys('Control+Shift+M')], ['keys', keys('Escape', '?')], ['hours', async (page) => { await keys('Escape')(page); await at('/hours')(page) }],
    ['roster', at('/roster')], ['rooms', at('/rooms')], ['absent', at('/absent')],
  ],
  [people.nurse]: [['flow', home], ['vitals', leading(keys('v'))], ['my-sign-in', at('/me')], ['my-activity', at('/my-activity')]],
  [people.doctor]: [
    ['doctor-home', home], ['chart', maria],
    ...['notes', 'results', 'medications', 'vitals', 'vaccines', 'visits'].map((tab, i): Stop => [`chart-${tab}`, keys(String(i + 2))]),
    ['chart-problem', keys('1', 'Shift+P')], ['chart-allergy', keys('Escape', 'Shift+A')], ['chart-medication', keys('Escape', 'Shift+M')], ['note', leading(keys('Escape', 's'))],
  ],
  [people.billing]: [['work-list', home], ['account', maria], ['fees', at('/billing/fees')]],
  [people.administrator]: [
    ['owner-home', home], ['staff', at('/staff')], ['approvals', at('/approvals')], ['devices', at('/devices')], ['host-gone', at('/devices/host-gone')], ['settings', at('/settings')], ['codes', at('/codes')], ['import', at('/import')], ...tableSteps(folder), ['activity', at('/activity')],
    ['activity-verify', keys('v')], ['activity-export', keys('Escape', 'e')], ['disclosures', at('/activity/disclosures')], ['emergency-access', at('/emergency-access')],
    ['person', async (page) => { await at('/staff')(page); await page.getByRole('row', { name: /Okafor, Tom/ }).click() }],
  ],
})

test('every screen, light and dark: nothing that axe can find, and no scrolling sideways at 1366 by 768', async ({ launch, clinic }) => {
  test.setTimeout(240_000)
  const data = clinic.copy()
  const { page } = await launch({ data })
  const found: string[] = []
  await expect(page.getByLabel('Password', { exact: true })).toBeVisible()
  found.push(...(await look(page, 'screen-sign-in')))
  let isFirst = true
  for (const [userName, stops] of Object.entries(toursOf(data))) {
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
