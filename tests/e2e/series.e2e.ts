import fs from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './launch.ts'
import { killCore, shot, signIn } from './support/acts.ts'
import { beginBooking } from './support/booking.ts'
import { people } from './support/clinic.ts'
import { look } from './support/look.ts'

const DAY_MS = 86_400_000
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const words = (ms: number): string => `${new Date(ms).getUTCDate()} ${months[new Date(ms).getUTCMonth()]} ${new Date(ms).getUTCFullYear()}`
/** A Tuesday so many weeks ahead: the demo's own bookings end after four. */
const tuesday = (weeks: number): number => {
  const day = Date.now() + weeks * 7 * DAY_MS
  return day + (2 - new Date(day).getUTCDay()) * DAY_MS
}

async function onDay(page: Page, ms: number): Promise<void> {
  await page.getByRole('textbox', { name: 'Day', exact: true }).fill(words(ms))
  await expect(page.getByRole('region', { name: 'Next fitting slots' }).getByRole('listitem').first()).toContainText(words(ms).replace(/ \d{4}$/, ''))
}

test('a weekly series with one date in the way is booked by keys, those that follow are cancelled, and both are taken back', async ({ launch, clinic }) => {
  const { app, page } = await launch({ data: clinic.copy() })
  await signIn(page, people.receptionist)
  await expect(page.getByRole('grid').first()).toBeVisible()
  await beginBooking(page, 'Ruscombe, Ottoline')
  await onDay(page, tuesday(7))
  await page.keyboard.press('Control+1')
  await expect(page.getByText('Ruscombe, Ottoline booked')).toBeVisible()
  await expect(page.getByRole('row', { name: /Ruscombe, Ottoline/ })).toBeFocused()
  await beginBooking(page, 'Thistlewood, Zenobia')
  await page.keyboard.press('r')
  await expect(page.getByRole('textbox', { name: 'Visits' })).toHaveValue('6')
  await onDay(page, tuesday(6))
  await shot(page, 'series-repeat')
  await page.keyboard.press('Control+Enter')
  const dates = page.getByRole('list', { name: 'Dates of the series' })
  await expect(dates.getByRole('listitem')).toHaveCount(6)
  const second = dates.getByRole('listitem').nth(1)
  await expect(second).toContainText('Ruscombe, Ottoline')
  await expect(second).toBeFocused()
  const found = await look(page, 'series-dates', { isDarkPictured: true })
  // What was decided outlives a killed core: it is in the page until it is booked.
  await killCore(app)
  await expect(dates.getByRole('listitem')).toHaveCount(6)
  await page.keyboard.press('t')
  await expect(second).toContainText('instead of')
  await expect(page.getByText('needs a decision')).toHaveCount(0)
  await shot(page, 'series-resolved')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('Thistlewood, Zenobia booked')).toBeVisible()
  const visit = page.getByRole('row', { name: /Thistlewood, Zenobia/ })
  await expect(visit).toBeAttached()

  for (let day = 0; day < 14; day += 1) await page.keyboard.press('ArrowRight')
  await visit.click()
  await page.keyboard.press('Enter')
  await expect(page.getByText('3 of 6', { exact: true })).toBeVisible()
  await shot(page, 'series-appointment')
  await page.keyboard.press('Escape')
  await visit.click()
  await page.keyboard.press('Delete')
  await expect(page.getByText('This and the 3 visits after it')).toBeVisible()
  await page.keyboard.press('f')
  await shot(page, 'series-cancel')
  await page.keyboard.press('1')
  await expect(page.getByText('4 visits')).toBeVisible()
  await expect(page.getByRole('row', { name: /Thistlewood, Zenobia/ })).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('row', { name: /Thistlewood, Zenobia.*booked/ })).toBeAttached()
  expect(found).toEqual([])
})

test('a family of three is booked one after the other with one press, and taken back with one', async ({ launch, clinic }) => {
  const { page } = await launch({ data: clinic.copy() })
  await signIn(page, people.receptionist)
  await expect(page.getByRole('grid').first()).toBeVisible()
  await beginBooking(page, 'Thistlewood, Zenobia')
  await onDay(page, tuesday(6))
  await page.getByRole('group', { name: 'For Thistlewood, Zenobia' }).focus()
  await page.keyboard.press('o')
  for (const name of ['Ruscombe, Ottoline', 'Whitaker, James']) {
    await expect(page.getByRole('combobox', { name: 'Who else' })).toBeFocused()
    await page.keyboard.type(name)
    await expect(page.getByRole('option').first()).toContainText(name)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('list', { name: 'Others who come' })).toContainText(name)
  }
  const offers = page.getByRole('region', { name: 'Next times for all of them' })
  await expect(offers.getByRole('listitem')).toHaveCount(5)
  const found = await look(page, 'series-family')
  await page.keyboard.press('Control+1')
  await expect(page.getByText('booked together')).toBeVisible()
  for (const name of ['Thistlewood', 'Ruscombe', 'Whitaker']) await expect(page.getByRole('row', { name: new RegExp(name) })).toBeAttached()
  await shot(page, 'series-family-day')
  await page.keyboard.press('Control+z')
  for (const name of ['Thistlewood', 'Ruscombe', 'Whitaker']) await expect(page.getByRole('row', { name: new RegExp(name) })).toHaveCount(0)
  expect(found).toEqual([])
})

test('a visit type becomes one by video, its visit gets a room, and one key joins it in the browser', async ({ launch, clinic }) => {
  const data = clinic.copy()
  const opened = path.join(data, 'opened-links')
  const { page } = await launch({ data, env: { CAIRN_OPENED_LINKS: opened } })
  await signIn(page, people.receptionist)
  await page.evaluate(() => { window.location.hash = '#/hours' })
  await page.getByRole('button', { name: 'Change Follow-up' }).click()
  await page.getByLabel('By video').check()
  await page.getByLabel(/^Address of the video rooms/).fill('http://meet.example.org/')
  await expect(page.getByText(/A link begins with https/).first()).toBeVisible()
  await page.getByLabel(/^Address of the video rooms/).fill('https://meet.example.org/')
  await page.getByLabel(/^Instructions for the patient/).fill('Have your blood pressure readings at hand.')
  const found = await look(page, 'series-type', { isDarkPictured: true })
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('by video')).toBeVisible()
  await expect(page.getByLabel('By video')).toHaveCount(0)

  await page.keyboard.press('g')
  await page.keyboard.press('d')
  await expect(page.getByRole('grid').first()).toBeVisible()
  await beginBooking(page, 'Thistlewood, Zenobia')
  await page.getByRole('combobox', { name: 'Visit type' }).click()
  await page.getByRole('option', { name: 'Follow-up' }).click()
  await expect(page.getByText('Have your blood pressure readings at hand.')).toBeVisible()
  await onDay(page, tuesday(6))
  await shot(page, 'series-video-booking')
  await page.keyboard.press('Control+1')
  const visit = page.getByRole('row', { name: /Thistlewood, Zenobia/ })
  await visit.click()
  await page.keyboard.press('v')
  await expect.poll(() => (fs.existsSync(opened) ? fs.readFileSync(opened, 'utf8') : '')).toMatch(/^https:\/\/meet\.example\.org\/[0-9a-f]{16}\n$/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: /Join video/ })).toBeVisible()
  found.push(...await look(page, 'series-video'))
  // A page that names an address instead of an appointment, or nobody's appointment, gets nothing.
  const answers = await page.evaluate(async () => {
    const { cairn } = window as unknown as { cairn: { video: { join: (request: unknown) => Promise<string> } } } // The bridge's type lives in the app.
    const requests = [{ appointmentId: 'https://evil.example/', seat: '' }, { appointmentId: '019a0000-0000-7000-8000-000000000009', seat: '' }, { url: 'https://evil.example/' }, 'https://evil.example/']
    return Promise.all(requests.map((request) => cairn.video.join(request)))
  })
  expect(answers).toEqual(['failed', 'no-link', 'failed', 'failed'])
  expect(fs.readFileSync(opened, 'utf8').split('\n')).toHaveLength(2)

  await page.keyboard.press('Escape')
  await page.keyboard.press('g')
  await page.keyboard.press('k')
  await expect(page.getByRole('table', { name: 'To confirm' }).getByRole('row').nth(1)).toBeVisible()
  await page.keyboard.press('r')
  await expect(page.getByLabel(/^For /)).toHaveValue(/we expect you on/)
  found.push(...await look(page, 'series-reminder'))
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('Your appointment').first()).toBeAttached()
  await shot(page, 'series-reminder-letter')
  expect(found).toEqual([])
})
