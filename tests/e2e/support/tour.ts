import { expect, type Page } from '@playwright/test'
import { people } from './clinic.ts'
import { codeOf, withCore } from './core.ts'
import { signIn, takeOver } from './acts.ts'

/** Rows of the clinic that the addresses of a tour name. */
export interface Sights {
  patientId: string
  encounterId: string
  invoiceId: string
}

/** A patient with a visit and a bill, whose chart the doctor of the tour may open; `isWanted` looks at the family name. */
export async function sightsOf(data: string, isWanted: (familyName: string) => boolean = () => true): Promise<Sights> {
  return withCore(data, async (as) => {
    const billing = await as(people.billing)
    const doctor = await as(people.doctor)
    const owing = (await billing.billing.workList({ filter: 'owing' })).items.filter(({ patient }) => isWanted(patient.familyName))
    const opens = await Promise.all(owing.map(async ({ patient }) => (await codeOf(doctor.encounters.openChart({ patientId: patient.id }))) === undefined))
    const open = owing[opens.indexOf(true)]
    if (!open) throw new Error('the seeded clinic has an unpaid bill')
    const { invoices } = await billing.billing.visit({ encounterId: open.encounterId })
    return { patientId: open.patient.id, encounterId: open.encounterId, invoiceId: invoices[0]?.id ?? '' }
  })
}

/** The addresses where each role sees words of or about patients. */
const stops = ({ patientId, encounterId, invoiceId }: Sights): Record<string, string[]> => ({
  [people.receptionist]: ['/day', '/patients', '/patients/register', `/patients/${patientId}/details`, `/patients/${patientId}/edit`, '/billing/checkout', '/billing/payments', '/billing/drawer', '/attention'],
  [people.nurse]: ['/flow'],
  [people.doctor]: ['/doctor', ...['', '/notes', '/results', '/medications', '/vitals', '/vaccines', '/visits'].map((tab) => `/patients/${patientId}${tab}`), `/encounters/${encounterId}/note`, `/encounters/${encounterId}/prescribe`, ...['prescribe', 'renew', 'prescriptions'].map((page) => `/patients/${patientId}/${page}`), '/prescribing-overrides'],
  [people.billing]: ['/billing', `/billing/patients/${patientId}`, `/billing/invoices/${invoiceId}`, `/print/invoice/${invoiceId}`, '/billing/fees'],
  [people.administrator]: ['/clinic', '/staff', '/settings', '/activity', '/codes', '/import'],
})

/** Goes to each in turn; `look` is called when the screen has settled. */
export async function tour(page: Page, sights: Sights, look: (address: string) => Promise<void>): Promise<void> {
  let isFirst = true
  for (const [userName, addresses] of Object.entries(stops(sights))) {
    await (isFirst ? signIn(page, userName) : takeOver(page, userName))
    isFirst = false
    for (const address of addresses) {
      await page.evaluate((to) => (location.hash = to), `#${address}`)
      await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
      await expect(page.locator('[data-skeleton], [aria-busy="true"]')).toHaveCount(0)
      await look(address)
    }
    await page.evaluate(() => (location.hash = '#/'))
    await expect(page.getByRole('navigation', { name: 'Places' })).toBeVisible()
  }
}
