import { expect, test } from './launch.ts'
import { findBox, findPatient, shot, signIn, takeOver } from './support/acts.ts'
import { people } from './support/clinic.ts'
import { withCore } from './support/core.ts'

const OTTOLINE = 'Ruscombe'

test('R03: a doctor outside the care team breaks the glass, reads, and the privacy officer reviews it', async ({ launch, clinic }) => {
  const { page } = await launch({ data: clinic.copy() })
  await signIn(page, people.doctor)
  await findPatient(page, OTTOLINE)
  await expect(page.getByText('This chart belongs to another care team')).toBeVisible()
  expect(await page.locator('main').innerText()).not.toContain('Ottoline')
  await shot(page, 'access-closed-chart')

  await page.getByRole('button', { name: 'Open in an emergency' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('One chart, 60 minutes.')).toBeVisible()
  await dialog.getByRole('combobox', { name: 'Reason' }).click()
  await page.getByRole('option', { name: 'Emergency: treatment cannot wait' }).click()
  await dialog.getByLabel('What happened').fill('Collapsed in the waiting room')
  await shot(page, 'access-break-glass')
  await page.keyboard.press('Control+Enter')

  const banner = page.getByRole('region', { name: 'Patient', exact: true })
  await expect(banner).toContainText('RUSCOMBE')
  await expect(banner).toContainText('Opened in an emergency')
  await shot(page, 'access-banner')
  await page.keyboard.press('7')
  await expect(page.getByRole('heading', { name: 'Care team' })).toBeVisible()
  await shot(page, 'access-care-team')

  await takeOver(page, people.administrator)
  await expect(page.getByText('1 emergency access waits for review')).toBeVisible()
  await page.getByRole('button', { name: /emergency access waits/ }).click()
  const event = page.getByRole('article')
  await expect(event).toContainText('Collapsed in the waiting room')
  await shot(page, 'access-review')
  await event.getByLabel('What you found').fill('Right thing to do')
  await event.getByRole('button', { name: 'Justified', exact: true }).click()
  await expect(page.getByText('Every emergency access was reviewed')).toBeVisible()
  await expect(page.getByRole('article')).toContainText('Right thing to do')
  await shot(page, 'access-reviewed')
})

test('a restricted patient is a taken time on the day and nobody in the search', async ({ launch, clinic }) => {
  const data = clinic.copy()
  const restricted = await withCore(data, async (as) => {
    const desk = await as(people.receptionist)
    const today = (await desk.patients.glance({ ids: [] })).on
    const [one] = (await desk.scheduling.listDay({ date: today })).appointments.filter((each) => each.status === 'booked')
    if (!one) throw new Error('the demo has somebody booked today')
    const admin = await as(people.administrator)
    const doctor = (await admin.access.listPeople({})).find((each) => each.staff.familyName === 'Haddad')
    const input = { id: '019a0000-0000-7000-8000-0000000000aa', patientId: one.patientId, reason: 'Well known in town', allowedUserIds: [doctor?.userId ?? ''] }
    const asked = await admin.approvals.request({ id: '019a0000-0000-7000-8000-0000000000ab', procedure: 'access.restrictPatient', input, reason: 'Asked for by the family' })
    const approver = await as(people.doctor)
    expect((await approver.approvals.approve({ id: asked.id })).outcome).toBe('done')
    return one.patient
  })
  const { page } = await launch({ data })
  await signIn(page, people.receptionist)
  await expect(page.getByText('Restricted').first()).toBeVisible()
  expect(await page.locator('body').innerText()).not.toContain(`${restricted.familyName}, ${restricted.givenName}`)
  await shot(page, 'access-day-restricted')
  await page.keyboard.press('Control+k')
  await expect(findBox(page)).toBeFocused()
  await page.keyboard.type(String(restricted.mrn))
  await expect(page.locator('[role="option"]').first()).toBeVisible()
  await expect(page.locator('[role="option"][data-kind="hit"]')).toHaveCount(0)
  await shot(page, 'access-search-restricted')
})

test('a sensitive note says that it is there and no word of itself', async ({ launch, clinic }) => {
  const { page } = await launch({ data: clinic.copy() })
  await signIn(page, people.doctor)
  await findPatient(page, 'lopez 12 mar 1958', 'born 12 Mar 1958')
  await expect(page.getByRole('region', { name: 'Patient', exact: true })).toBeVisible()
  await page.keyboard.press('s')
  await page.getByLabel('Subjective').fill('Told in confidence')
  await page.getByText('Sensitive', { exact: true }).click()
  await expect(page.getByText('only you read it')).toBeVisible()
  await shot(page, 'access-note-sensitive')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('navigation', { name: 'Chart' })).toBeVisible()

  await takeOver(page, people.nurse)
  await findPatient(page, 'lopez 12 mar 1958', 'born 12 Mar 1958')
  await expect(page.getByRole('navigation', { name: 'Chart' })).toBeVisible()
  await page.keyboard.press('2')
  await expect(page.getByText('Only the author reads it.').first()).toBeVisible()
  expect(await page.locator('body').innerText()).not.toContain('Told in confidence')
  await shot(page, 'access-notes-hidden')
  await page.getByText('Only the author reads it.').first().click()
  await expect(page.getByText(/keeps these words to themselves/).first()).toBeVisible()
  await shot(page, 'access-note-hidden')
})
