import type { Page } from '@playwright/test'
import { expect, test } from './launch.ts'
import { findBox, findPatient, shot, signIn, takeOver } from './support/acts.ts'
import { people } from './support/clinic.ts'
import { codeOf, withCore } from './support/core.ts'

type Role = 'receptionist' | 'nurse' | 'doctor' | 'billing' | 'administrator'

/** The rail of each role, home first. */
const rails: Record<Role, string[]> = {
  receptionist: ['Day', 'Flow', 'Patients', 'Checkout', 'Calls', 'Tasks'],
  nurse: ['Flow', 'Day', 'Patients', 'Tasks'],
  doctor: ['Home', 'Day', 'Flow', 'Patients', 'Tasks'],
  billing: ['Work list', 'Payments', 'Patients', 'Fees'],
  administrator: ['Home', 'Staff'],
}

/** Addresses that a role may not open, asked for by hand. */
const addresses: Record<Role, string[]> = {
  receptionist: ['/doctor', '/patients/ID', '/billing', '/staff', '/activity'],
  nurse: ['/doctor', '/billing', '/billing/payments', '/staff', '/import'],
  doctor: ['/staff', '/activity', '/codes'],
  billing: ['/doctor', '/patients/ID', '/flow', '/staff'],
  administrator: ['/doctor', '/billing', '/flow'],
}

/** Two namesakes were born in the same year; the day tells them apart. */
const MARIA = ['lopez 12 mar 1958', 'born 12 Mar 1958'] as const

test('each role sees its own places, and neither an address nor the core lets it into another’s', async ({ launch, clinic }) => {
  const data = clinic.copy()
  const { page, close } = await launch({ data })
  const patientId = await idOfSomebody(page)
  for (const role of Object.keys(rails) as Role[]) { // Its own keys.
    await test.step(role, async () => {
      await takeOver(page, people[role])
      const rail = page.getByRole('navigation', { name: 'Places' }).getByRole('link')
      for (const place of rails[role]) await expect(rail.filter({ hasText: place })).toHaveCount(1)
      await shot(page, `home-${role}`)
      for (const address of addresses[role]) {
        await page.evaluate((to) => (location.hash = to), `#${address.replace('ID', patientId)}`)
        await expect(page.getByText('not part of your work')).toBeVisible()
        await page.keyboard.press('g')
        await page.keyboard.press('h')
        await expect(page.getByText('not part of your work')).toHaveCount(0)
      }
    })
  }
  await close()

  await withCore(data, async (as) => {
    const chart = async (role: Role) => codeOf((await as(people[role])).encounters.openChart({ patientId }))
    for (const role of ['receptionist', 'billing'] as const) expect([role, await chart(role)]).toEqual([role, 'FORBIDDEN'])
    // The administrator may ask, and only a broken glass answers.
    expect(await chart('administrator')).toBe('NOT_ON_CARE_TEAM')
    expect(await chart('doctor')).toBeUndefined()
    for (const role of ['nurse', 'doctor', 'receptionist', 'billing'] as const) {
      const client = await as(people[role])
      expect([role, await codeOf(client.audit.list({})), await codeOf(client.clinic.listAccounts({}))]).toEqual([role, 'FORBIDDEN', 'FORBIDDEN'])
    }
    expect(await codeOf((await as(people.nurse)).billing.workList({}))).toBe('FORBIDDEN')
  })
})

test('the desk and billing find a patient without a clinical fact', async ({ launch, clinic }) => {
  const { page } = await launch({ data: clinic.copy() })
  const facts = /Penicillin|anaphylaxis|Sulfonamides|fibrillation|warfarin|metformin/i
  await signIn(page, people.doctor)
  await findPatient(page, ...MARIA)
  await expect(page.getByRole('region', { name: 'Patient', exact: true })).toContainText('Penicillin')
  for (const role of ['receptionist', 'billing', 'administrator'] as const) {
    await takeOver(page, people[role])
    await page.keyboard.press('Control+k')
    await expect(findBox(page)).toBeFocused()
    await page.keyboard.type('lopez 1958')
    await expect(page.locator('[role="option"][data-kind="hit"]').first()).toContainText('Lopez')
    expect(await page.locator('body').innerText()).not.toMatch(facts)
    await shot(page, `find-${role}`)
    await page.keyboard.press('Escape')
    if (role === 'administrator') continue
    await findPatient(page, ...MARIA)
    await expect(page.getByText(/LOPEZ, Maria|Lopez, Maria/).first()).toBeVisible()
    expect(await page.locator('body').innerText()).not.toMatch(facts)
    await shot(page, `patient-${role}`)
  }
})

/** From the address of a chart that the doctor may open. */
async function idOfSomebody(page: Page): Promise<string> {
  await signIn(page, people.doctor)
  await findPatient(page, ...MARIA)
  await expect(page.getByRole('region', { name: 'Patient', exact: true })).toBeVisible()
  return /patients\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? ''
}
