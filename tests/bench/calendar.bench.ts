import type { Page } from '@playwright/test'
import { createCore } from '#main/core/core.ts'
import { insertStaffMember } from '#main/domains/clinic/repository.ts'
import { uuidv7At } from '#shared/kernel/ids.ts'
import { addMinutes, instantInZone } from '#shared/kernel/time.ts'
import { inRoot } from '#tools/lib/paths.ts'
import { ADMIN_PASSWORD } from '#tests/support/small-clinic.ts'
import { copyOf, dataset, type Dataset } from './support/dataset.ts'
import { printRatios, sampleOf } from './support/measure.ts'
import { givePasswords } from './support/passwords.ts'
import { launch, untilQuiet } from './window/start.ts'

/**
 * The day of twelve providers and four hundred visits in a real window, from the key to the paint, and a visit from the
 * release of the pointer to where it then stands, committed to the disk and drawn. The limit is measured in the same page:
 * as many plain boxes at fixed places, with a name and a line in each, from nothing to the paint.
 */
const VISITS = 400
const PROVIDERS = 12
const ZONE = 'America/New_York'
const [BEFORE, DAY] = ['2031-03-03', '2031-03-04']
const ROUNDS = 12

const own = copyOf(await dataset(1_000), 'calendar')
await givePasswords(own, { bench: ['receptionist'] }, ADMIN_PASSWORD)
await fill(own)
const app = await launch([inRoot(), `--data=${own.folder}`], {})
const page = await app.firstWindow()
await page.setViewportSize({ width: 1920, height: 1080 })
const byName = page.getByRole('button', { name: 'Another user name' })
await page.getByLabel('Password', { exact: true }).waitFor()
if (await byName.isVisible()) await byName.click()
await page.getByLabel('User name').fill('bench')
await page.getByLabel('Password', { exact: true }).fill(ADMIN_PASSWORD)
await page.keyboard.press('Enter')
await page.getByRole('navigation', { name: 'Places' }).waitFor()
await untilQuiet(app)
await page.evaluate((address) => (location.hash = address), `#/day/${BEFORE}`)
await page.getByText('Mon 3 Mar 2031').waitFor()
await page.getByRole('grid').first().waitFor()

const [boxes, painted, dropped]: number[][] = [[], [], []]
for (let round = -2; round < ROUNDS; round += 1) {
  const [boxesMs, dayMs] = [await page.evaluate(paintBoxes, VISITS), await page.evaluate(paintDay, VISITS)]
  if (round >= 0) {
    boxes?.push(boxesMs)
    painted?.push(dayMs)
  }
  await page.evaluate(() => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', code: 'ArrowLeft', bubbles: true })))
  await page.waitForFunction(() => document.querySelectorAll('[data-item]').length === 0)
}
printRatios(`the calendar in a window, ${PROVIDERS} providers, ${VISITS} visits (ms)`, [{ what: 'the day, from key to paint', ratioMax: 8, limit: sampleOf(boxes ?? []), product: sampleOf(painted ?? []) }])
await page.evaluate(paintDay, VISITS)
const id = await page.evaluate(() => [...document.querySelectorAll<HTMLElement>('[data-item]')].filter((row) => row.getAttribute('aria-label')?.startsWith('4:15')).at(-1)?.dataset['item'] ?? '')
for (let round = -2; round < ROUNDS; round += 1) {
  const ms = await drop(page, id, round % 2 === 0 ? 48 : -48)
  if (round >= 0) dropped?.push(ms)
}
printRatios('a visit that is dropped (ms)', [
  { what: 'from drop to committed and drawn', ratioMax: 8, limit: sampleOf(boxes ?? []), product: sampleOf(dropped ?? []) },
])
await app.close()

/** In the page. */
async function paintBoxes(count: number): Promise<number> {
  const before = performance.now()
  const host = document.createElement('div')
  Object.assign(host.style, { position: 'fixed', inset: '0', overflow: 'auto', background: 'white', zIndex: '99' })
  for (let i = 0; i < count; i += 1) {
    const box = document.createElement('div')
    Object.assign(box.style, { position: 'absolute', top: `${Math.floor(i / 12) * 24}px`, left: `${(i % 12) * 150}px`, width: '146px', height: '22px', background: '#eef', borderRadius: '5px', overflow: 'hidden' })
    for (const text of [`Lopez${i}, Maria`, '68 F, Follow-up']) {
      const line = document.createElement('div')
      line.textContent = text
      box.append(line)
    }
    host.append(box)
  }
  document.body.append(host)
  await new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
  const ms = performance.now() - before
  host.remove()
  return ms
}

/** In the page. */
async function paintDay(count: number): Promise<number> {
  const before = performance.now()
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', code: 'ArrowRight', bubbles: true }))
  await new Promise<void>((resolve, reject) => {
    const look = (): void => {
      if (document.querySelectorAll('[data-item]').length >= count) resolve()
      else if (performance.now() - before > 10_000) reject(new Error(`after ten seconds there are ${document.querySelectorAll('[data-item]').length} visits at ${location.hash}`))
      else requestAnimationFrame(look)
    }
    look()
  })
  await new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
  return performance.now() - before
}

/** From the release of the pointer, in the page's own time. */
async function drop(on: Page, item: string, byPx: number): Promise<number> {
  const row = on.locator(`[data-item="${item}"]`)
  await row.scrollIntoViewIfNeeded()
  const box = await row.boundingBox()
  if (!box) throw new Error('the visit is not drawn')
  await on.mouse.move(box.x + 40, box.y + 6)
  await on.mouse.down()
  await on.mouse.move(box.x + 40, box.y + 6 + byPx / 2, { steps: 3 })
  await on.mouse.move(box.x + 40, box.y + 6 + byPx, { steps: 3 })
  // Waits in the page before anything is let go.
  await on.evaluate((wanted) => void Object.assign(globalThis, { dropped: new Promise<number>((resolve, reject) => {
    const begun = performance.now()
    const placeOf = (): string | undefined => document.querySelector<HTMLElement>(`[data-item="${wanted}"]`)?.style.gridRow
    const before = placeOf()
    let from = 0
    window.addEventListener('pointerup', () => (from = performance.now()), { capture: true, once: true })
    const look = (): void => {
      if (from > 0 && placeOf() !== before) setTimeout(() => resolve(performance.now() - from))
      else if (performance.now() - begun > 10_000) reject(new Error(`after ten seconds the visit stands where it stood${from > 0 ? '' : ', and nothing was let go'}`))
      else requestAnimationFrame(look)
    }
    look()
  }) }), item)
  await on.mouse.up()
  return on.evaluate(() => (globalThis as unknown as { dropped: Promise<number> }).dropped) // Set above.
}

/** On a day of its own, long after all that the data set holds. */
async function fill(target: Dataset): Promise<void> {
  const core = await createCore({ dataFolder: target.folder, migrationsFolder: inRoot('drizzle/migrations'), resourcesFolder: inRoot('resources') })
  core.vault.open(Buffer.from(target.key, 'hex'))
  const db = core.vault.writer
  const client = db.$client
  const newId = (): string => uuidv7At(Date.now(), crypto.getRandomValues(new Uint8Array(10)))
  const { id: userId } = client.prepare('select id from user_accounts limit 1').get() as { id: string } // There is somebody.
  const { id: typeId } = client.prepare('select id from appointment_types limit 1').get() as { id: string } // And a visit type.
  client.exec(`update staff_members set is_provider = 0`)
  const row = client.prepare(`insert into appointments (id, patient_id, provider_id, type_id, starts_at, ends_at, status, reason, version, booked_at, booked_by) values (?, ?, ?, ?, ?, ?, 'booked', 'Cough', 1, ?, ?)`)
  const hour = client.prepare('insert into availability_rules (id, provider_id, weekday, start_min, end_min) values (?, ?, ?, 480, 1020)')
  client.transaction(() => {
    const ids = Array.from({ length: PROVIDERS }, newId)
    for (const [i, id] of ids.entries()) {
      insertStaffMember(db, { id, familyName: `Provider${i}`, givenName: 'Ada', credentials: null, title: 'Dr.', npi: null, isProvider: true, isActive: true, sortOrder: i }, core.platform.now())
      for (const weekday of [1, 2, 3, 4, 5]) hour.run(newId(), id, weekday)
    }
    for (let i = 0; i < VISITS; i += 1) {
      const startsAt = instantInZone(DAY ?? '', 480 + Math.floor(i / PROVIDERS) * 15, ZONE)
      row.run(newId(), target.patientIds[i % target.patientIds.length], ids[i % PROVIDERS], typeId, startsAt, addMinutes(startsAt, 15), core.platform.now(), userId)
    }
  })()
  await core.close()
}
