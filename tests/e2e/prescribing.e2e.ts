import fs from 'node:fs'
import path from 'node:path'
import { dateInZone } from '#shared/kernel/time.ts'
import { expect, test } from './launch.ts'
import { shot, signIn } from './support/acts.ts'
import { people, zoneWhereItIsTen } from './support/clinic.ts'
import { withCore } from './support/core.ts'
import { Counter } from './support/counter.ts'
import { look, settled } from './support/look.ts'

interface Wanted { patientId: string; encounterId: string }

/** A patient of the doctor's, with something that goes on and no reason against amoxicillin; their visit is open. */
async function patientToTreat(data: string): Promise<Wanted> {
  return withCore(data, async (as) => {
    const doctor = await as(people.doctor)
    const { appointments } = await doctor.scheduling.listDay({ date: dateInZone(new Date().toISOString(), zoneWhereItIsTen()) })
    for (const { id, patient, status } of appointments) {
      if (status === 'cancelled' || status === 'no-show' || status === 'fulfilled') continue
      const chart = await doctor.encounters.openChart({ patientId: patient.id }).catch(() => undefined)
      const goesOn = chart ? await doctor.medications.renewable({ patientId: patient.id }) : []
      if (goesOn.length === 0 || chart?.allergies.allergies.some(({ concept }) => /cillin|cef|sulf/i.test(concept.label))) continue
      return { patientId: patient.id, encounterId: (await doctor.encounters.open({ appointmentId: id })).id }
    }
    throw new Error('the seeded clinic has nobody today who takes something on and on')
  })
}

test('prescribing with keys only: a favourite in three, everything that goes on in two, and the paper', async ({ launch, clinic }) => {
  const data = clinic.copy()
  const paper = path.join(data, 'pdf')
  fs.mkdirSync(paper)
  const { patientId, encounterId } = await patientToTreat(data)
  const { page } = await launch({ data, env: { CAIRN_PDF_DIR: paper } })
  const hand = new Counter(page)
  const goTo = (address: string) => page.evaluate((to) => (location.hash = to), `#${address}`)
  const sentence = page.getByRole('status', { name: 'Will be printed' })
  await signIn(page, people.doctor)

  await test.step('a favourite at the visit', async () => {
    await goTo(`/encounters/${encounterId}/note`)
    await expect(page.getByLabel('Subjective')).toBeVisible()
    hand.restart()
    await hand.key('Alt+r')
    await expect(page.getByRole('list', { name: 'Your favourites' })).toBeVisible()
    await hand.key('Ctrl+1')
    await expect(sentence).toContainText('amoxicillin 500 mg cap, 1 by mouth three times daily for 7 days, #21, 0 refills')
    await settled(page)
    expect(await look(page, 'rx-form', { isDarkPictured: true })).toEqual([])
    await hand.key('Ctrl+Enter')
    await expect(page.getByRole('heading', { name: 'Signed now' })).toBeVisible()
    hand.done('D7 prescribe a favourite', 3)
  })

  await test.step('found by its name, with everything that belongs to it', async () => {
    await page.getByLabel('Medication').fill('amox')
    await expect(page.getByRole('list', { name: 'Found' })).toBeVisible()
    await shot(page, 'rx-found')
    await page.keyboard.press('Control+1')
    await expect(page.getByRole('alert').filter({ hasText: 'already takes amoxicillin' })).toBeVisible()
    expect(await look(page, 'rx-warning', { isDarkPictured: true })).toEqual([])
    await expect(page.getByRole('button', { name: 'Sign prescription' })).toHaveAttribute('aria-disabled', 'true')
    await page.keyboard.press('Control+Enter')
    await expect(page.getByRole('alert').filter({ hasText: 'already takes amoxicillin' })).toBeVisible()
    await page.getByRole('button', { name: 'Choose another drug' }).click()
    await page.getByLabel('Medication').fill('oxycodone')
    await page.keyboard.press('Enter')
    await page.locator('#rx-refills').fill('1')
    await expect(page.getByText('Schedule II: no refills. Write 0.')).toBeVisible()
    await page.locator('#rx-refills').fill('0')
    await page.keyboard.press('Control+Enter')
    await expect(page.getByRole('button', { name: 'Print 2 prescriptions' })).toBeVisible()
    await shot(page, 'rx-signed')
  })

  await test.step('the paper', async () => {
    await page.keyboard.press('Control+p')
    await expect(page.getByRole('button', { name: 'Save as PDF' })).toBeVisible()
    await expect(page.getByRole('article').first()).toContainText('Dispense #21')
    await expect(page.getByText('Dispense #12 (twelve)').filter({ visible: true })).toBeVisible()
    await shot(page, 'rx-print')
    await page.keyboard.press('s')
    await expect(page.getByRole('status').filter({ hasText: 'Done.' })).toBeVisible()
    expect(fs.readdirSync(paper)).toHaveLength(1)
    await page.keyboard.press('Escape')
  })

  await test.step('what was printed once is a copy the next time; what is wrong is cancelled with its reason', async () => {
    await goTo(`/patients/${patientId}/prescriptions`)
    await expect(page.getByText('printed once').first()).toBeVisible()
    expect(await look(page, 'rx-list')).toEqual([])
    await page.getByRole('button', { name: /^Print amoxicillin/ }).first().click()
    await expect(page.getByText('Copy', { exact: true }).filter({ visible: true })).toBeVisible()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^Cancel oxyCODONE/ }).first().click()
    await expect(page.getByRole('dialog', { name: 'Why is this prescription cancelled?' })).toBeVisible()
    await page.keyboard.press('2')
    await expect(page.getByText('Cancelled', { exact: true })).toBeVisible()
  })

  await test.step('everything that goes on', async () => {
    await goTo(`/patients/${patientId}/medications`)
    await expect(page.getByRole('heading', { name: 'Prescriptions' })).toBeVisible()
    expect(await look(page, 'rx-chart')).toEqual([])
    hand.restart()
    await hand.key('Shift+R')
    await expect(page.getByRole('heading', { name: 'Goes on' })).toBeVisible()
    expect(await look(page, 'rx-renew')).toEqual([])
    await hand.key('Ctrl+Enter')
    await expect(page.getByText(/prescriptions? renewed/)).toBeVisible()
    hand.done('D7 renew all', 2)
    await goTo('/prescribing-overrides')
    await expect(page.getByRole('heading', { name: 'Prescribed against a warning', level: 1 })).toBeVisible()
    expect(await look(page, 'rx-overrides')).toEqual([])
  })
})
