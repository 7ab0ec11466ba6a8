process.env['CAIRN_LOG'] ??= 'error'

import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import { createCore } from '#main/core/core.ts'
import { accountByUserName } from '#main/domains/session/repository.ts'
import { startSession } from '#main/domains/session/service.ts'
import type { CsvEvent, CsvImport } from '#shared/domains/migration/csv/contract.ts'
import { inRoot } from '#tools/lib/paths.ts'
import { makeOldClinic } from '../support/legacy-clinic.ts'
import { makeSmallClinic } from '../support/small-clinic.ts'

/**
 * A list of 2,000 patients from the look at the file to the verified records, then 6,000 appointments that are linked to
 * some 2,000 patients by name, birth date and phone, and how long either holds up everybody else.
 * `BENCH_CSV=FILE` takes a real list instead of a made one.
 */
const LIMITS = { stageSeconds: 10, commitSeconds: 20, undoSeconds: 20, loopMaxMs: 50 } as const
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-bench-'))
const core = await createCore({ dataFolder: folder, migrationsFolder: inRoot('drizzle/migrations'), resourcesFolder: inRoot('resources') })
await makeSmallClinic(core)
const door = core.openDoor('test')
const account = accountByUserName(core.vault.reader, 'administrator')
if (account) startSession(core, door, account)
const client = inProcessClient(core, door)
const file = process.env['BENCH_CSV'] ?? madeList()

const look = await client.migration.lookCsv({ path: file, kind: 'patients' })
const id = core.platform.newId()
await measured('looked through', LIMITS.stageSeconds, () => client.migration.stageCsv({ id, path: file, kind: 'patients', reading: { ...look.reading, source: 'old' } }))
const done = await measured('taken', LIMITS.commitSeconds, () => client.migration.commitCsv({ id, kind: 'patients', rowCount: look.rowCount }))
console.log(`${done?.report.taken?.patients} patients of ${look.rowCount} rows`)
await measured('taken back', LIMITS.undoSeconds, () => client.migration.undoCsv({ id }))
await appointments()
await core.close()
fs.rmSync(folder, { recursive: true, force: true })

async function appointments(): Promise<void> {
  const old = makeOldClinic(3, { households: 800, appointments: 6_000 })
  for (const [kind, text] of [['patients', old.patientsCsv], ['appointments', old.appointmentsCsv]] as const) {
    const list = path.join(folder, `${kind}-old.csv`)
    fs.writeFileSync(list, text)
    const { reading, rowCount } = await client.migration.lookCsv({ path: list, kind })
    const run = core.platform.newId()
    await measured(`${kind} read`, LIMITS.stageSeconds, () => client.migration.stageCsv({ id: run, path: list, kind, reading: { ...reading, source: 'old' } }))
    const taken = await measured(`${kind} taken`, LIMITS.commitSeconds, () => client.migration.commitCsv({ id: run, kind, rowCount }))
    console.log(`${kind}: ${taken?.report.taken?.patients} patients, ${taken?.report.taken?.visits} visits of ${rowCount} rows`)
  }
}

async function measured(what: string, limit: number, run: () => Promise<AsyncIterable<CsvEvent>>): Promise<CsvImport | undefined> {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const started = performance.now()
  let report: CsvImport | undefined
  for await (const event of await run()) if (event.kind === 'done') report = event.report
  const seconds = (performance.now() - started) / 1_000
  delay.disable()
  const longest = delay.max / 1e6
  console.log(`${what.padEnd(18)} ${seconds.toFixed(1)} s (≤ ${limit})${seconds <= limit ? '' : ' MISSED'}  loop p99 ${(delay.percentile(99) / 1e6).toFixed(1)} ms, max ${longest.toFixed(1)} ms (≤ ${LIMITS.loopMaxMs})${longest <= LIMITS.loopMaxMs ? '' : ' MISSED'}`)
  return report
}

function madeList(): string {
  const rows = Array.from({ length: 2_000 }, (_, n) => `${n + 1},Stone${n},Ada,0${(n % 9) + 1}/1${n % 9}/${1930 + (n % 80)},F,${n} Elm St,Dayton,45412,937-555-${String(n).padStart(4, '0')}`)
  const list = path.join(folder, 'patients.csv')
  fs.writeFileSync(list, ['Acct #,Last Name,First Name,DOB,Sex,Address,City,Zip,Phone', ...rows].join('\n'))
  return list
}
