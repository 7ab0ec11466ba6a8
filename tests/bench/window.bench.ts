import type { ElectronApplication, Page } from '@playwright/test'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { build } from 'vite'
import { uuidv7At } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import { inRoot } from '#tools/lib/paths.ts'
import { ADMIN_PASSWORD } from '#tests/support/small-clinic.ts'
import { givePasswords } from './support/passwords.ts'
import { copyOf, dataset, type Dataset } from './support/dataset.ts'
import { printRatios, sampleOf, seeded, type Row } from './support/measure.ts'
import { launch, untilQuiet } from './window/start.ts'

/**
 * Rows 1, 3, 5 and 6 of the performance table: the product's client in its own window against the thinnest program of the
 * same build (thin/), on copies of the same encrypted database, taking turns in one run. A window's clock has steps of
 * 0.1 ms, so a time is that of 20 calls divided by 20.
 */
const PATIENTS = Number(process.env['BENCH_PATIENTS'] ?? 100_000)
const ROUNDS = 15
const CALLS = 20

const data = await dataset(PATIENTS)
const random = seeded(7)
const thin = await startThin(copyOf(data, 'thin'))
const product = await startProduct(copyOf(data, 'product'))

const rows: Row[] = [
  await compare('search, one word', 1.5, (i) => ['find', `"${words(i).family.slice(0, 3).toLowerCase()}"*`], (i) => ['patients.search', { text: words(i).family.slice(0, 3), limit: 20 }]),
  await compare('open full chart', 2, (i) => ['chart', patientId(i)], (i) => ['encounters.openChart', { patientId: patientId(i) }]),
  await compare('book', 2, (i) => ['book', slot(i)], (i) => ['scheduling.book', booking(i)]),
  await compare('payment', 2.5, (i) => ['pay', { id: id(), patientId: patientId(i), amountCents: 2_500 }], (i) => ['billing.takePayment', { id: id(), patientId: patientId(i), invoiceId: null, amountCents: 2_500, method: 'cash', reference: null }]),
]
printRatios(`through the window, ${PATIENTS} patients, ${ROUNDS} rounds of ${CALLS} calls each, in turns (ms a call)`, rows)
await thin.app.close()
await product.app.close()

type Call = [name: string, input: unknown]

async function compare(what: string, ratioMax: number, thinCall: (i: number) => Call, productCall: (i: number) => Call): Promise<Row> {
  const times: { thin: number[]; product: number[] } = { thin: [], product: [] }
  for (let round = -2; round < ROUNDS; round += 1) {
    const at = (round + 2) * CALLS
    const thinMs = await thin.page.evaluate(runThin, Array.from({ length: CALLS }, (_, i) => thinCall(at + i)))
    await pause((CALLS / limits.window_calls_per_second) * 1_000) // A window may not ask faster than this for long.
    const productMs = await product.page.evaluate(runProduct, Array.from({ length: CALLS }, (_, i) => productCall(at + i)))
    if (round < 0) continue // Two rounds to warm up.
    times.thin.push(thinMs)
    times.product.push(productMs)
  }
  return { what, ratioMax, limit: sampleOf(times.thin), product: sampleOf(times.product) }
}

/** In the page: milliseconds a call. */
async function runThin(calls: Call[]): Promise<number> {
  const { call } = globalThis as unknown as { call: (name: string, input: unknown) => Promise<unknown> } // Set by thin/index.html.
  const before = performance.now()
  for (const [name, input] of calls) await call(name, input)
  return (performance.now() - before) / calls.length
}

async function runProduct(calls: Call[]): Promise<number> {
  type Api = Record<string, Record<string, (input: unknown) => Promise<unknown>>>
  const { benchApi } = globalThis as unknown as { benchApi: Api } // Set by window/client.ts.
  const ready = calls.map(([name, input]) => ({ path: name.split('.') as [string, string], input }))
  const before = performance.now()
  for (const { path: [domain, procedure], input } of ready) await benchApi[domain]![procedure]!(input)
  return (performance.now() - before) / calls.length
}

async function startThin(own: Dataset): Promise<{ app: ElectronApplication; page: Page }> {
  const app = await launch([inRoot('tests/bench/thin')], { BENCH_FILE: path.join(own.folder, 'cairn.db'), BENCH_KEY: own.key })
  const page = await app.firstWindow()
  await page.evaluate(() => (globalThis as unknown as { connected: Promise<boolean> }).connected) // As above.
  return { app, page }
}

async function startProduct(own: Dataset): Promise<{ app: ElectronApplication; page: Page }> {
  await givePasswords(own, { bench: ['doctor', 'receptionist', 'billing'] }, ADMIN_PASSWORD)
  const app = await launch([inRoot(), `--data=${own.folder}`], {})
  const page = await app.firstWindow()
  await page.addInitScript({ content: await bundledClient() })
  await page.reload()
  await page.evaluate(async (password) => {
    const { benchApi } = globalThis as unknown as { benchApi: { session: { signIn: (input: object) => Promise<unknown> } } } // As above.
    await benchApi.session.signIn({ userName: 'bench', password })
  }, ADMIN_PASSWORD)
  await untilQuiet(app)
  return { app, page }
}

async function bundledClient(): Promise<string> {
  const built = await build({
    configFile: false, logLevel: 'error', root: inRoot(), define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, minify: true, lib: { entry: inRoot('tests/bench/window/client.ts'), formats: ['iife'], name: 'benchClient' } },
  })
  const [output] = Array.isArray(built) ? built : [built]
  if (!output || !('output' in output)) throw new Error('the client was not built')
  return output.output[0].code
}

function words(i: number): { family: string; given: string } {
  return data.names[Math.floor(random() * data.names.length + i) % data.names.length] ?? { family: 'Lopez', given: 'Maria' }
}
function patientId(i: number): string {
  return data.patientIds[(i * 7_919) % data.patientIds.length] ?? ''
}
function id(): string {
  return uuidv7At(Date.now(), crypto.getRandomValues(new Uint8Array(10)))
}
/** Every call its own free quarter hour, after all that the data set holds. */
function slotStart(i: number): string {
  return new Date(Date.UTC(2300, 0, 1) + i * 900_000).toISOString()
}
function booking(i: number) {
  return { id: id(), patientId: patientId(i), providerId: data.providers[0], roomId: null, typeId: null, startsAt: slotStart(i), durationMin: 15, reason: null }
}
function slot(i: number) {
  return { id: id(), patientId: patientId(i), providerId: data.providers[0], startsAt: slotStart(i), endsAt: slotStart(i + 1) }
}
