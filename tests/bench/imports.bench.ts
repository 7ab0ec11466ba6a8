process.env['CAIRN_LOG'] ??= 'error'

import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import { createCore } from '#main/core/core.ts'
import { accountByUserName } from '#main/domains/session/repository.ts'
import { startSession } from '#main/domains/session/service.ts'
import { inRoot } from '#tools/lib/paths.ts'
import { chartLine } from '../support/charts.ts'
import { makeSmallClinic } from '../support/small-clinic.ts'
import { ms, sampleOf, timesOfAsync } from './support/measure.ts'

/**
 * Code sets and charts in the core: how long an import takes and how long it holds up everybody else (the longest and
 * the 99th percentile wait of the event loop), and the first page of a search among all codes.
 * `BENCH_CODES=FILE` and `BENCH_FHIR=FILE` take real files instead of made ones.
 */
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-bench-'))
const core = await createCore({ dataFolder: folder, migrationsFolder: inRoot('drizzle/migrations'), resourcesFolder: inRoot('resources') })
await makeSmallClinic(core)
const door = core.openDoor('test')
const account = accountByUserName(core.vault.reader, 'administrator')
if (account) startSession(core, door, account)
const client = inProcessClient(core, door)

console.log(`\nimports\n${['what'.padEnd(26), 'seconds', 'rows a second', 'loop p99 ms', 'loop max ms', 'asked'].join('  ')}`)
await measured('codes', async () => {
  for await (const event of await client.codes.importFile({ path: process.env['BENCH_CODES'] ?? codeFile() })) if (event.kind === 'done') return event.report.taken
  return 0
})
const charts = process.env['BENCH_FHIR'] ?? chartFile()
for (const what of ['charts, the first time', 'charts, a second time']) {
  await measured(what, async () => {
    for await (const event of await client.migration.importFhir({ id: core.platform.newId(), path: charts })) {
      if (event.kind === 'done') return Object.values(event.report.counts).reduce((sum, one) => sum + one.taken + one.unchanged, 0)
    }
    return 0
  })
}

const typed = ['a', 'fr', 'diab', 'fracture', 'left femur fr', 'type 2 diab', 'htn', 'initial encounter', 'E11', 'e11.65', 's52', 'zzzz']
console.log(`\nfirst page of a code search, in the core\n${['typed'.padEnd(20), 'median', 'p95', 'asked'].join('  ')}`)
for (const text of typed) {
  await timesOfAsync(5, () => client.codes.search({ system: 'icd10cm', text }))
  const { medianMs, p95Ms } = sampleOf(await timesOfAsync(200, () => client.codes.search({ system: 'icd10cm', text })))
  console.log([text.padEnd(20), ms(medianMs), ms(p95Ms), '≤ 5', p95Ms <= 5 ? '' : 'MISSED'].join('  '))
}
await core.close()
fs.rmSync(folder, { recursive: true, force: true })

async function measured(what: string, run: () => Promise<number>): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const started = performance.now()
  const rows = await run()
  const seconds = (performance.now() - started) / 1_000
  delay.disable()
  const [p99, max] = [delay.percentile(99) / 1e6, delay.max / 1e6]
  console.log([what.padEnd(26), seconds.toFixed(1).padStart(7), Math.round(rows / seconds).toLocaleString('en-US').padStart(13), p99.toFixed(1).padStart(11), max.toFixed(1).padStart(11), 'max ≤ 50', max <= 50 ? '' : 'MISSED'].join('  '))
}

/** 75,000 codes whose titles share their words as the real ones do. */
function codeFile(): string {
  const what = ['Fracture', 'Sprain', 'Laceration', 'Contusion', 'Burn', 'Type 2 diabetes mellitus with complication', 'Hypertension', 'Dislocation', 'Infection', 'Neoplasm']
  const where = ['femur', 'tibia', 'hand', 'foot', 'eye', 'ear', 'skull', 'lumbar spine', 'thigh', 'ankle', 'wrist', 'forearm', 'radius', 'ulna', 'toe']
  const how = ['initial encounter', 'subsequent encounter', 'sequela', 'unspecified', 'displaced']
  const lines = Array.from({ length: 75_000 }, (_, n) => {
    const code = `${String.fromCharCode(65 + (n % 26))}${String(Math.floor(n / 26)).padStart(4, '0')}`
    const title = `${what[n % what.length]} of ${n % 2 === 0 ? 'left' : 'right'} ${where[n % where.length]}, number ${n % 997}, ${how[n % how.length]}`
    return `${String(n + 1).padStart(5, '0')} ${code.padEnd(7)} 1 ${title.slice(0, 60).padEnd(60)} ${title}`
  })
  return written('icd10cm_order_2027.txt', lines.join('\n'))
}

/** 200 charts of 200 rows each. */
function chartFile(): string {
  return written('charts.ndjson', Array.from({ length: 200 }, (_, n) => JSON.stringify(chartLine(n + 1, { measurements: 190 }))).join('\n'))
}

function written(name: string, text: string): string {
  const file = path.join(folder, name)
  fs.writeFileSync(file, text)
  return file
}
