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
import type { Page } from '@playwright/test'
import fs from 'node:fs'
import path from 'node:path'

const folder = inRoot('docs/images')
const clinic = new SeededClinic()

endAllOnSignal()
await runTool(async () => {
  const display = hasDisplay()
  const [runtime] = await Promise.all([resolveRuntime({ display }), build(), clinic.make()])
  process.env['CAIRN_ELECTRON'] = runtime.executable
  if (!display) process.env['DISPLAY'] = await startVirtualDisplay()
  fs.mkdirSync(folder, { recursive: true })
  await takeSetUp()
  await takeRoles()
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
  const { page, close } = await launchCairn({ data: clinic.copy() })
  await picture(page, 'sign-in')
  await signIn(page, people.receptionist)
  await picture(page, 'day')
  await press(page, 'b')
  await picture(page, 'booking')
  await press(page, 'Escape', 'Control+k')
  await page.keyboard.type('lop')
  await picture(page, 'palette')
  await press(page, 'Escape', 'Escape', 'Control+Shift+N')
  await picture(page, 'register')
  await press(page, 'Escape', 'Control+l')
  await picture(page, 'lock')
  await signIn(page, people.doctor)
  await picture(page, 'doctor-home')
  await findPatient(page, '12 mar 1958 lopez', 'born 12 Mar')
  await picture(page, 'chart')
  await press(page, 's')
  await picture(page, 'note')
  await takeOver(page, people.nurse)
  await picture(page, 'flow')
  await takeOver(page, people.billing)
  await picture(page, 'work-list')
  await takeOver(page, people.administrator)
  await picture(page, 'clinic')
  await page.emulateMedia({ colorScheme: 'dark' })
  await takeOver(page, people.receptionist)
  await picture(page, 'day-dark')
  await close()
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
