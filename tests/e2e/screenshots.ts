// `npm run screenshots`: the pictures of docs/images, taken from the real app on a demo clinic with a fixed seed.
import { resolveRuntime } from '#tools/electron/resolve.ts'
import { build } from '#tools/lib/build.ts'
import { hasDisplay, startVirtualDisplay } from '#tools/lib/display.ts'
import { inRoot } from '#tools/lib/paths.ts'
import { endAll, endAllOnSignal } from '#tools/lib/process.ts'
import { runTool, say } from '#tools/lib/terminal.ts'
import { launchCairn } from '#tests/e2e/launch.ts'
import { people, SeededClinic } from '#tests/e2e/support/clinic.ts'
import { findPatient, signIn, takeOver } from '#tests/e2e/support/acts.ts'
import { breakGlass } from '#tests/e2e/support/glass.ts'
import { withCore } from '#tests/e2e/support/core.ts'
import { takeDesk } from '#tests/e2e/screenshots.desk.ts'
import { takeNetwork } from '#tests/e2e/screenshots.network.ts'
import type { Page } from '@playwright/test'
import fs from 'node:fs'
import path from 'node:path'

const folder = inRoot('docs/images')
const clinic = new SeededClinic()
const PIN = '271828'

endAllOnSignal()
await runTool(async () => {
  const display = hasDisplay()
  const [runtime] = await Promise.all([resolveRuntime({ display }), build(), clinic.make()])
  process.env['CAIRN_ELECTRON'] = runtime.executable
  if (!display) process.env['DISPLAY'] = await startVirtualDisplay()
  fs.mkdirSync(folder, { recursive: true })
  await takeSetUp()
  await takeRoles()
  await takeDesk(clinic, picture)
  await takeNetwork(clinic, picture)
  clinic.remove()
  await endAll()
  return 0
})

async function takeSetUp(): Promise<void> {
  const { page, close } = await launchCairn()
  await picture(page, 'first-run')
  await close()
}

async function takeRoles(): Promise<void> {
  const data = clinic.copy()
  await askForApproval(data)
  const { page, close } = await launchCairn({ data })
  await picture(page, 'sign-in')
  await signIn(page, people.receptionist)
  await setPin(page)
  await picture(page, 'day')
  await press(page, 'b')
  await picture(page, 'booking')
  await press(page, 'Escape', 'Control+k')
  await page.keyboard.type('lop')
  await picture(page, 'palette')
  await press(page, 'Escape', 'Escape', 'Control+Shift+N')
  await picture(page, 'register')
  await press(page, 'Escape', 'Control+l')
  await page.getByLabel('PIN', { exact: true }).waitFor()
  await page.keyboard.type(PIN.slice(0, 3))
  await picture(page, 'lock')
  await press(page, 'Escape', '0')
  await signIn(page, people.doctor)
  await picture(page, 'doctor-home')
  await findPatient(page, '12 mar 1958 lopez', 'born 12 Mar')
  await picture(page, 'chart')
  await press(page, 's')
  await picture(page, 'note')
  await press(page, 'Escape')
  await findPatient(page, 'Ruscombe')
  await breakGlass(page, 'Collapsed in the waiting room')
  await picture(page, 'emergency')
  await takeOver(page, people.nurse)
  await picture(page, 'flow')
  await takeOver(page, people.billing)
  await picture(page, 'work-list')
  await takeOver(page, people.administrator)
  await picture(page, 'clinic')
  await press(page, 'g', 'v')
  await picture(page, 'approvals')
  await press(page, 'g', 'l')
  await picture(page, 'activity')
  await page.emulateMedia({ colorScheme: 'dark' })
  await takeOver(page, people.receptionist)
  await picture(page, 'day-dark')
  await close()
}

/** Through My sign-in, as people do it; back at the day afterwards. */
async function setPin(page: Page): Promise<void> {
  await page.getByTitle(/^My sign-in/).click()
  await page.getByLabel('PIN', { exact: true }).fill(PIN)
  await page.getByLabel('The same again').fill(PIN)
  await page.keyboard.press('Enter')
  await page.getByText('Your PIN is set').waitFor()
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Day' }).click()
}

/** What waits for the owner: a bill to void and a patient to restrict. */
async function askForApproval(data: string): Promise<void> {
  await withCore(data, async (as) => {
    const [clerk, doctor] = [await as(people.billing), await as(people.doctor)]
    const { items } = await clerk.billing.workList({ filter: 'billed' })
    const invoiceId = items.find((item) => item.invoice)?.invoice?.id ?? ''
    await clerk.approvals.request({ id: '019a0000-0000-7000-8000-0000000000a1', procedure: 'billing.voidInvoice', input: { id: invoiceId, reason: 'duplicate' }, reason: 'Billed twice by me' })
    const [patient] = await doctor.patients.search({ text: 'lopez 12 mar 1958' })
    const [colleague] = await doctor.access.listPeople({})
    const input = { id: '019a0000-0000-7000-8000-0000000000a2', patientId: patient?.id ?? '', reason: 'Asked for by the family', allowedUserIds: [colleague?.userId ?? ''] }
    await doctor.approvals.request({ id: '019a0000-0000-7000-8000-0000000000a3', procedure: 'access.restrictPatient', input, reason: 'A neighbour of two of us' })
  })
}

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

/** The screen once nothing has changed on it for a while: no skeleton, no panel on its way. */
async function picture(page: Page, name: string): Promise<void> {
  await page.evaluate(standsStill)
  await page.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled' })
  say(`docs/images/${name}.png`)
}

/** Runs in the page. */
function standsStill(): Promise<void> {
  return new Promise((resolve) => {
    const quietMs = 700
    let timer = setTimeout(done, quietMs)
    const observer = new MutationObserver(() => {
      clearTimeout(timer)
      timer = setTimeout(done, quietMs)
    })
    observer.observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true })
    function done(): void {
      observer.disconnect()
      resolve()
    }
  })
}
