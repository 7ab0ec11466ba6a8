import type { Page } from '@playwright/test'
import fs from 'node:fs'
import path from 'node:path'
import zlib from 'node:zlib'
import { expect, temporaryFolder, test, type Cairn } from './launch.ts'
import { findBox, killCore, signIn, takeOver } from './support/acts.ts'
import { PASSWORD, people } from './support/clinic.ts'
import { processesOf, read } from './support/processes.ts'
import { plant } from './support/plant.ts'
import { filesWith, isIn } from './support/secrets.ts'
import { sightsOf, tour } from './support/tour.ts'

/** Nothing else is called so. The first stands in the records, the second is typed into the windows. */
const PLANTED = 'Zqplantedx'
const TYPED = 'Zqtypedx'
const PHONE = '5557309184'
const secrets = [PLANTED, TYPED, PHONE, PASSWORD]

/** Everything the app can write to that is not a device: records and profile, the system's temporary folder, a home. */
function box(data: string): { root: string; pdf: string; options: { data: string; env: Record<string, string> } } {
  const root = temporaryFolder()
  const [tmp, home, pdf] = ['tmp', 'home', 'pdf'].map((name) => path.join(root, name)) as [string, string, string] // Three in, three out.
  for (const folder of [tmp, home, pdf]) fs.mkdirSync(folder, { mode: 0o700 })
  fs.renameSync(data, path.join(root, 'data'))
  const env = {
    TMPDIR: tmp, HOME: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home, XDG_DATA_HOME: home, CAIRN_PDF_DIR: pdf, CAIRN_LOG: 'trace', CAIRN_TRACE: '1', ELECTRON_ENABLE_LOGGING: '1',
  }
  return { root, pdf, options: { data: path.join(root, 'data'), env } }
}

/** What a person saved where they chose is theirs; it is looked at, and then no part of the search. */
function leaksIn(root: string, pdf: string): string[] {
  fs.rmSync(pdf, { recursive: true, force: true })
  fs.mkdirSync(pdf)
  return filesWith(root, secrets)
}

test('R05: the search finds a secret in every form it is meant to find', () => {
  const folder = temporaryFolder()
  const text = `before ${PLANTED} after`
  const forms: Record<string, Buffer> = {
    utf8: Buffer.from(text), utf16le: Buffer.from(text, 'utf16le'), utf16be: Buffer.from(text, 'utf16le').swap16(), lower: Buffer.from(text.toLowerCase()), hex: Buffer.from(Buffer.from(text).toString('hex')),
    ...Object.fromEntries([0, 1, 2].flatMap((at) => [[`base64-${at}`, Buffer.from(Buffer.from('x'.repeat(at) + text).toString('base64'))], [`base64-utf16-${at}`, Buffer.from(Buffer.concat([Buffer.alloc(at), Buffer.from(text, 'utf16le')]).toString('base64'))]])),
    zlib: Buffer.concat([Buffer.from('head'), zlib.deflateSync(text.repeat(50))]), gzip: zlib.gzipSync(text.repeat(50)), 'gzip-cut': zlib.gzipSync(text.repeat(50)).subarray(0, -6),
  }
  for (const [name, bytes] of Object.entries(forms)) fs.writeFileSync(path.join(folder, name), bytes)
  fs.writeFileSync(path.join(folder, 'innocent'), 'nothing of the kind')
  fs.writeFileSync(path.join(folder, `named-${PLANTED}`), '')
  const found = filesWith(folder, [PLANTED]).map((line) => line.split(':')[0])
  expect(found.toSorted()).toEqual([...Object.keys(forms), `named-${PLANTED}`].toSorted())
  fs.rmSync(folder, { recursive: true })
})

test('R05 F18: no word of a patient is outside the encrypted database, while the app runs, after it is closed and after it is killed', async ({ launch, clinic }) => {
  test.setTimeout(240_000)
  const { root, pdf, options } = box(clinic.copy())
  const { filled } = await plant(options.data, (_column, row) => `${PLANTED} ${row}`)
  console.log(`  canaries in ${filled.length} columns of the records`)
  expect(filled).toEqual(expect.arrayContaining(['patients.family_name', 'clinical_notes.subjective', 'note_copies.plan', 'payments.reference', 'allergies.label', 'patient_contacts.phone']))
  const sights = await sightsOf(options.data)
  const cairn = await launch(options)

  await test.step('it is on the screens, and in no title, address, process or environment', async () => {
    let seen = 0
    await tour(cairn.page, sights, async (address) => {
      if ((await cairn.page.locator('body').innerText()).includes(PLANTED)) seen += 1
      expect(await namesOf(cairn), address).toEqual([])
    })
    expect(seen).toBeGreaterThan(10)
  })
  await typeEverywhere(cairn.page)
  expect(await namesOf(cairn)).toEqual([])
  await saveAsPdf(cairn.page, sights.invoiceId)
  expect(fs.readdirSync(pdf)).toHaveLength(1)
  expect(fs.readdirSync(path.join(options.data, 'chromium/spool'))).toEqual([])
  expect(fs.statSync(path.join(options.data, 'chromium/spool')).mode & 0o777).toBe(0o700)
  expect(leaksIn(root, pdf), 'while it runs').toEqual([])

  await killCore(cairn.app)
  await expect(cairn.page.getByRole('button', { name: 'Save as PDF' })).toBeVisible()
  expect(leaksIn(root, pdf), 'after its core was killed').toEqual([])
  await cairn.close()
  expect(leaksIn(root, pdf), 'after it was closed').toEqual([])
  expect(spoken(cairn)).toEqual([])

  await test.step('killed while a page is on its way to a file', async () => {
    const again = await launch(options)
    await signIn(again.page, people.billing)
    await openPrint(again.page, sights.invoiceId)
    const ended = new Promise((resolve) => again.process.once('exit', resolve))
    await again.page.keyboard.press('s')
    again.process.kill('SIGKILL')
    await ended
    expect(leaksIn(root, pdf), 'after it was killed').toEqual([])
    fs.writeFileSync(path.join(options.data, 'chromium/spool/left-behind'), PLANTED)
    const after = await launch(options)
    await expect(after.page.getByLabel('Password', { exact: true })).toBeVisible()
    await after.close()
    expect(leaksIn(root, pdf), 'what lay in the spool is gone with the next start').toEqual([])
    expect(spoken(again)).toEqual([])
  })
  fs.rmSync(root, { recursive: true, force: true })
})

/** A secret that is in a window's title or address, or in the arguments or the environment of one of the app's processes. */
async function namesOf({ app, page, process: shell }: Cairn): Promise<string[]> {
  const titles = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().flatMap((window) => [window.getTitle(), window.webContents.getURL(), window.webContents.getTitle()]))
  const texts = [...titles, await page.title(), page.url(), ...processesOf(shell.pid ?? 0).flatMap((pid) => [`/proc/${pid}/cmdline`, `/proc/${pid}/environ`].map(read))]
  return texts.filter((text) => secrets.some((secret) => text.toLowerCase().includes(secret.toLowerCase())))
}

/** What it said on its way: nothing, at the most talkative level. */
const spoken = (cairn: Cairn): string[] => secrets.filter((secret) => isIn(Buffer.from(cairn.said()), secret))

/** Every field of the registration, the palette, a booking, a note and a payment's reference; some saved, some left half-typed. */
async function typeEverywhere(page: Page): Promise<void> {
  await takeOver(page, people.receptionist)
  await expect(page.getByRole('grid').first()).toBeVisible()
  await page.keyboard.press('Control+k')
  await expect(findBox(page)).toBeFocused()
  await page.keyboard.type(`${TYPED} ${PHONE}`)
  await page.keyboard.press('Control+Shift+N')
  await expect(page.getByRole('heading', { name: 'Register patient' })).toBeVisible()
  for (const field of await page.getByRole('main').getByRole('textbox').all()) if (await field.isEditable()) await field.fill((await field.getAttribute('type')) === 'tel' ? PHONE : TYPED)
  await page.getByLabel('Birth date').fill('4 May 1984')
  await page.keyboard.press('Control+Enter')
  await page.keyboard.press('Escape')
  await takeOver(page, people.doctor)
  await expect(page.getByRole('region', { name: 'Next patient' })).toBeVisible()
  await page.keyboard.press('n')
  await expect(page.getByRole('region', { name: 'Patient', exact: true })).toBeVisible()
  await page.keyboard.press('s')
  await expect(page.getByLabel('Subjective')).toBeFocused()
  await page.keyboard.type(`${TYPED} since Monday`)
  await expect(page.getByText(/^Draft saved/)).toBeVisible()
  await page.keyboard.type(` and ${TYPED} again`)
}

async function openPrint(page: Page, invoiceId: string): Promise<void> {
  await page.evaluate((to) => (location.hash = to), `#/print/invoice/${invoiceId}`)
  await expect(page.getByRole('main', { name: 'Pages' })).toBeVisible()
}

async function saveAsPdf(page: Page, invoiceId: string): Promise<void> {
  await page.keyboard.press('Control+l')
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeAttached()
  await signIn(page, people.billing)
  await openPrint(page, invoiceId)
  await page.keyboard.press('s')
  await expect(page.getByRole('status').filter({ hasText: 'Done.' })).toBeVisible()
}
