import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import readline from 'node:readline'
import { expect, it } from 'vitest'
import type { Core } from '#main/core/core.ts'
import { checkDatabase } from '#main/core/db/damage.ts'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import { accountByUserName } from '#main/domains/session/repository.ts'
import { startSession } from '#main/domains/session/service.ts'
import { chartLine, chartRows } from '#tests/support/charts.ts'
import { staged, undone, written } from '#tests/support/legacy.ts'
import { makeWorld, openCore } from '#tests/support/world.ts'

const root = path.resolve(import.meta.dirname, '../..')

/** Starts an import in a process of its own and kills it at its first sign of progress past `taken`. */
async function killedImport(folder: string, key: Uint8Array, kind: 'fhir' | 'codes' | 'csv', file: string, taken: number): Promise<void> {
  const child = spawn(process.execPath, [path.join(root, 'tests/crash/importer.ts'), folder, Buffer.from(key).toString('hex'), kind, file], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of readline.createInterface({ input: child.stdout })) if (Number(line) > taken) child.kill('SIGKILL')
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  expect(child.signalCode).toBe('SIGKILL')
}

function adminOf(core: Core) {
  const door = core.openDoor('test')
  const account = accountByUserName(core.vault.reader, 'administrator')
  if (account) startSession(core, door, account)
  return inProcessClient(core, door)
}

const number = (core: Core, sql: string): number => core.vault.reader.$client.prepare(sql).pluck().get() as number // Each asks for one number.

it('leaves whole charts only through three kill -9 of an import, and the next run completes it', { timeout: 60_000 }, async () => {
  const world = await makeWorld()
  const key = world.core.vault.dataKey ?? new Uint8Array(32)
  await world.core.close()
  const file = path.join(world.folder, 'a.ndjson')
  const people = 600
  fs.writeFileSync(file, Array.from({ length: people }, (_, n) => JSON.stringify(chartLine(n + 1))).join('\n'))
  for (let round = 0; round < 3; round += 1) {
    await killedImport(world.folder, key, 'fhir', file, 50)
    const core = await openCore(world.folder)
    core.vault.open(key)
    const halves = Object.entries(chartRows).map(([table, rows]) => [table, number(core, `select count(*) from (select p.id from patients p left join ${table} t on t.patient_id = p.id group by p.id having count(t.id) <> ${rows})`)])
    expect(halves).toEqual(Object.keys(chartRows).map((table) => [table, 0]))
    expect(number(core, 'select count(*) from patients')).toBeGreaterThan(0)
    await core.close()
  }
  const core = await openCore(world.folder)
  core.vault.open(key)
  const admin = adminOf(core)
  for await (const event of await admin.migration.importFhir({ id: core.platform.newId(), path: file })) if (event.kind === 'done') expect(event.report.counts['Patient']).toMatchObject({ skipped: 0 })
  expect([number(core, 'select count(*) from patients'), number(core, 'select count(*) from observations'), number(core, 'select count(*) from report_results')]).toEqual([people, people * 4, people * 4])
  expect((await admin.migration.listRuns({})).map((run) => run.status).toSorted()).toEqual(['failed', 'failed', 'failed', 'finished'])
  expect(await checkDatabase(core.vault.file, key)).toEqual([])
  await core.close()
})

it('keeps the code set in use through a kill -9 of its replacement, and the next run takes over', { timeout: 60_000 }, async () => {
  const world = await makeWorld()
  const key = world.core.vault.dataKey ?? new Uint8Array(32)
  await world.core.close()
  const file = path.join(world.folder, 'icd10cm_order_2027.txt')
  const title = 'Illness of the stone kind'
  const lines = Array.from({ length: 9_000 }, (_, n) => `${String(n + 1).padStart(5, '0')} J${String(n).padStart(4, '0')}   1 ${title.padEnd(60)} ${title}`)
  fs.writeFileSync(file, lines.join('\n'))
  await killedImport(world.folder, key, 'codes', file, 1_000)
  const core = await openCore(world.folder)
  core.vault.open(key)
  const admin = adminOf(core)
  const found = async (text: string): Promise<number> => (await admin.codes.search({ system: 'icd10cm', text })).length
  expect([await found('stone'), await found('hypertension') > 0, (await admin.codes.listSets({}))[0]?.edition]).toEqual([0, true, 'starter'])
  for await (const event of await admin.codes.importFile({ path: file })) if (event.kind === 'done') expect(event.report.taken).toBe(9_000)
  expect([await found('stone'), await found('hypertension'), number(core, 'select count(*) from codes')]).toEqual([20, 0, 9_000])
  await core.close()
})

it('goes on after a kill -9 of a table where it was, and can be taken back whole', { timeout: 60_000 }, async () => {
  const world = await makeWorld()
  const key = world.core.vault.dataKey ?? new Uint8Array(32)
  const before = number(world.core, 'select count(*) from patients')
  const rows = Array.from({ length: 800 }, (_, n) => `${n + 1},Stone${n},Ada,1980-01-${String((n % 28) + 1).padStart(2, '0')},${n} Elm St`)
  await staged(world, world.as('administrator'), written(world, 'a.csv', ['Acct #,Last Name,First Name,DOB,Address', ...rows].join('\n')), 'patients')
  await world.core.close()
  await killedImport(world.folder, key, 'csv', '', 100)
  const core = await openCore(world.folder)
  core.vault.open(key)
  const admin = adminOf(core)
  const [run] = await admin.migration.listCsv({})
  const halfWay = number(core, 'select count(*) from patients') - before
  expect([run?.stage, halfWay > 0 && halfWay < 800, number(core, `select count(*) from csv_made where table_name = 'patients'`)]).toEqual(['committing', true, halfWay])
  if (!run) return
  for await (const event of await admin.migration.commitCsv({ id: run.id, kind: run.kind, rowCount: run.rowCount })) if (event.kind === 'done') expect(event.report.report.taken).toMatchObject({ patients: 800, accounts: 800 })
  expect(number(core, 'select count(*) from patients') - before).toBe(800)
  await undone(admin, run.id)
  expect([number(core, 'select count(*) from patients'), await checkDatabase(core.vault.file, key)]).toEqual([before, []])
  await core.close()
})
