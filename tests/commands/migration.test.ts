import { parse } from 'csv-parse/sync'
import fs from 'node:fs'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { FhirReport, ImportFhirEvent } from '#shared/domains/migration/contract.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import { accountByUserName } from '#main/domains/session/repository.ts'
import { startSession } from '#main/domains/session/service.ts'
import { chartLine, chartRows } from '#tests/support/charts.ts'
import { patient, type Json } from '#tests/support/fhir.ts'
import { presentFiles } from '#tests/support/shared-data.ts'
import { makeWorld, refusalOf, type World } from '#tests/support/world.ts'

const tables = Object.keys(chartRows) as (keyof typeof chartRows)[] // Its own keys.
const ndjson = (...lines: (Json | string)[]): string => lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')

function write(world: World, name: string, content: string | Buffer): string {
  const file = path.join(world.folder, name)
  fs.writeFileSync(file, content)
  return file
}

interface Options { dryRun?: boolean; source?: string; signal?: AbortSignal }
async function importFile(world: World, client: CairnClient, file: string, { signal, ...more }: Options = {}): Promise<{ report: FhirReport; events: ImportFhirEvent[] }> {
  const events: ImportFhirEvent[] = []
  for await (const event of await client.migration.importFhir({ id: world.core.platform.newId(), path: file, ...more }, signal ? { signal } : {})) events.push(event)
  const last = events.at(-1)
  if (last?.kind !== 'done') throw new Error('an import that is not stopped ends with its report')
  return { report: last.report, events }
}

const count = (world: World, table: string): number => world.core.vault.reader.$client.prepare(`select count(*) from ${table}`).pluck().get() as number // count(*) is an integer.
const counts = (world: World): Record<string, number> => Object.fromEntries(['patients', ...tables, 'report_results', 'patient_identifiers', 'patient_search'].map((table) => [table, count(world, table)]))
/** Every row of the chart as it is, to see whether anything at all has changed. */
const everything = (world: World): string => JSON.stringify(['patients', ...tables, 'report_results'].map((table) => world.core.vault.reader.$client.prepare(`select * from ${table} order by 1, 2`).all()))
const whole = (n: number): Record<string, number> => ({ patients: n, ...Object.fromEntries(tables.map((table) => [table, n * chartRows[table]])), report_results: n * 4, patient_identifiers: n, patient_search: n })

describe('an import', () => {
  it.each([
    ['lines', 'export.ndjson', (lines: Json[]) => ndjson(...lines)],
    ['packed lines', 'export.ndjson.gz', (lines: Json[]) => gzipSync(ndjson(...lines))],
    ['a list', 'list.json', (lines: Json[]) => JSON.stringify(lines, null, 2)],
    ['a list on one line', 'list.json', (lines: Json[]) => JSON.stringify(lines)],
    ['one bundle over many lines', 'bundle.json', (lines: Json[]) => JSON.stringify({ resourceType: 'Bundle', entry: lines.flatMap((line) => line['entry']) }, null, 2)],
    ['one resource a line', 'bulk.ndjson', (lines: Json[]) => ndjson(...lines.flatMap((line) => (line['entry'] as { resource: Json }[]).map((entry) => entry.resource)))], // chartLine made them.
  ])('takes %s: every row of every chart', async (_what, name, content) => {
    const world = await makeWorld()
    const { report, events } = await importFile(world, world.as('administrator'), write(world, name, content([1, 2, 3].map((n) => chartLine(n)))))
    expect(counts(world)).toEqual(whole(3))
    expect(report.counts).toMatchObject({
      Patient: { taken: 3, unchanged: 0, skipped: 0 }, Observation: { taken: 12 }, DiagnosticReport: { taken: 3 }, Claim: { taken: 0, skipped: 3, reasons: { NOT_MAPPED_YET: 3 } },
    })
    expect(report.skips).toEqual([])
    const progress = events.filter((event) => event.kind === 'progress')
    expect(progress.at(-1)).toMatchObject({ taken: 36, skipped: 3 })
    expect(progress.every((event) => event.doneBytes > 0 && event.doneBytes <= event.totalBytes)).toBe(true)
  })

  it('makes patients that are found and opened as charts', async () => {
    const world = await makeWorld()
    await importFile(world, world.as('administrator'), write(world, 'a.ndjson', ndjson(chartLine(1))))
    const doctor = world.as('doctor')
    const [found] = await doctor.patients.search({ text: 'stone1 ada' })
    expect(found).toMatchObject({ familyName: 'Stone1', birthDate: '1980-02-29' })
    // Nobody has seen her here yet: a chart that comes from elsewhere has no care team before somebody takes her on.
    expect((await refusalOf(doctor.encounters.openChart({ patientId: found?.id ?? '' }))).code).toBe('NOT_ON_CARE_TEAM')
    world.clinic.joinTeam(world.core, found?.id ?? '', world.clinic.people.doctor.staffId)
    const chart = await doctor.encounters.openChart({ patientId: found?.id ?? '' })
    expect(JSON.stringify(chart)).toContain('Hypertension')
    expect(JSON.stringify(chart)).toContain('Lisinopril 10 MG')
  })

  it('again changes nothing at all, under whatever name', async () => {
    const world = await makeWorld()
    const admin = world.as('administrator')
    const content = ndjson(chartLine(1), chartLine(2))
    await importFile(world, admin, write(world, 'a.ndjson', content))
    const before = everything(world)
    world.clock.advanceMinutes(60)
    // Alone, an import asks for a fresh proof.
    const later = world.as('administrator')
    const { report } = await importFile(world, later, write(world, 'b.ndjson.gz', gzipSync(content)))
    expect(everything(world)).toBe(before)
    expect(Object.values(report.counts).map(({ taken }) => taken).every((taken) => taken === 0)).toBe(true)
    expect([report.counts['Observation']?.unchanged, report.importedBefore]).toEqual([8, null])
    const third = await importFile(world, later, write(world, 'c.ndjson', content))
    expect(third.report.importedBefore).not.toBeNull()
  })

  it('brings only what is new when the source has grown', async () => {
    const world = await makeWorld()
    const admin = world.as('administrator')
    await importFile(world, admin, write(world, 'a.ndjson', ndjson(chartLine(1, { measurements: 2 }))))
    const { report } = await importFile(world, admin, write(world, 'a.ndjson', ndjson(chartLine(1), chartLine(2))))
    expect(report.counts).toMatchObject({ Patient: { taken: 1, unchanged: 1 }, Observation: { taken: 6, unchanged: 2 } })
  })

  it('that is only tried out says the same and writes nothing', async () => {
    const world = await makeWorld()
    const admin = world.as('administrator')
    const lines = (chartLine(1)['entry'] as { resource: Json }[]).map((entry) => entry.resource) // chartLine made them.
    const file = write(world, 'a.ndjson', ndjson(...lines, 'broken', chartLine(2)))
    const before = everything(world)
    const tried = await importFile(world, admin, file, { dryRun: true })
    expect([everything(world), count(world, 'import_runs'), tried.report.isDryRun]).toEqual([before, 0, true])
    const done = await importFile(world, admin, file)
    expect(tried.report.counts).toEqual(done.report.counts)
    const mrns = world.core.vault.reader.$client.prepare('select mrn from patients order by mrn').pluck().all()
    expect(mrns).toEqual([100_001, 100_002])
  })

  it('names broken lines, takes the others whole, and keeps the list', async () => {
    const world = await makeWorld()
    const admin = world.as('administrator')
    const cut = JSON.stringify(chartLine(9)).slice(0, 900)
    const bytes = Buffer.concat([Buffer.from(`${ndjson(chartLine(1), cut, 'null', '{"resourceType":"Bundle","entry":[{"resource":7}]}')}\n{"a":"`), Buffer.from([0xff, 0xfe]), Buffer.from(`"}\n\n${ndjson(patient({ birthDate: '1980' }), chartLine(2))}`)])
    const { report } = await importFile(world, admin, write(world, 'a.ndjson', bytes))
    expect(counts(world)).toEqual(whole(2))
    expect(report.skips.map(({ line, resourceType, reason, path: at }) => [line, resourceType, reason, at].join(' '))).toEqual([
      '2  INVALID NOT_JSON', '3  INVALID resourceType', '4  INVALID entry.0', '5  INVALID NOT_UTF8', '7 Patient NO_BIRTH_DATE birthDate',
    ])
    const [run] = await admin.migration.listRuns({})
    expect(run).toMatchObject({ kind: 'fhir', status: 'finished', linesDone: 7, startedBy: 'Olive Brandt', counts: report.counts })
    expect(await admin.migration.listSkips({ runId: report.runId })).toEqual(report.skips)
  })

  it('of a single broken document is one broken line', async () => {
    const world = await makeWorld()
    const { report } = await importFile(world, world.as('administrator'), write(world, 'a.json', JSON.stringify(chartLine(1), null, 2).slice(0, -40)))
    expect([report.lines, report.skips, count(world, 'patients')]).toEqual([1, [{ line: 1, resourceType: '', resourceId: '', reason: 'INVALID', path: 'NOT_JSON' }], 0])
  })

  it('writes nothing of a unit that the database refuses', async () => {
    const world = await makeWorld()
    const admin = world.as('administrator')
    const writer = world.core.vault.writer.$client
    writer.exec(`create trigger test_refusal before insert on procedures when new.label = 'Spirometry' and (select family_name from patients where id = new.patient_id) = 'Stone2' begin select raise(abort, 'NO'); end`)
    const { report } = await importFile(world, admin, write(world, 'a.ndjson', ndjson(chartLine(1), chartLine(2), chartLine(3))))
    expect(counts(world)).toEqual(whole(2))
    expect([report.counts['Patient'], report.counts['Observation']?.reasons]).toEqual([{ taken: 2, unchanged: 0, skipped: 1, reasons: { FAILED: 1 } }, { FAILED: 4 }])
  })

  it('never merges: a chart number that somebody else has stops the line', async () => {
    const world = await makeWorld()
    const admin = world.as('administrator')
    await importFile(world, admin, write(world, 'a.ndjson', ndjson(chartLine(1))))
    const other = JSON.stringify(chartLine(2)).replace('"M2"', '"M1"')
    const { report } = await importFile(world, admin, write(world, 'b.ndjson', other))
    expect([counts(world), report.counts['Patient']?.reasons]).toEqual([whole(1), { IDENTIFIER_TAKEN: 1 }])
  })

  it('of facts without their patient takes none, and joins those of an earlier import', async () => {
    const world = await makeWorld()
    const admin = world.as('administrator')
    const condition = (id: string, who: string): Json => ({ resourceType: 'Condition', id, subject: { reference: who }, code: { text: 'Asthma' } })
    await importFile(world, admin, write(world, 'a.ndjson', ndjson(patient({ id: '7' }))), { source: 'old' })
    const facts = write(world, 'b.ndjson', ndjson(condition('1', 'Patient/7'), condition('2', 'Patient/8')))
    expect((await importFile(world, admin, facts, { source: 'old' })).report.counts['Condition']).toEqual({ taken: 1, unchanged: 0, skipped: 1, reasons: { NO_PATIENT: 1 } })
    expect((await importFile(world, admin, facts, { source: 'another' })).report.counts['Condition']).toMatchObject({ taken: 0, skipped: 2 })
  })

  it('that is stopped leaves whole charts and is completed by running it again', async () => {
    const world = await makeWorld()
    const admin = world.as('administrator')
    const file = write(world, 'a.ndjson', ndjson(...Array.from({ length: 150 }, (_, n) => chartLine(n + 1))))
    const stop = new AbortController()
    for await (const event of await admin.migration.importFhir({ id: world.core.platform.newId(), path: file }, { signal: stop.signal })) if (event.kind === 'progress' && event.taken > 200) stop.abort()
    const taken = count(world, 'patients')
    expect([taken > 0 && taken < 150, counts(world), (await admin.migration.listRuns({}))[0]?.status]).toEqual([true, whole(taken), 'cancelled'])
    const { report } = await importFile(world, admin, file)
    expect([counts(world), report.counts['Patient']]).toEqual([whole(150), { taken: 150 - taken, unchanged: taken, skipped: 0, reasons: {} }])
  })

  it.each([
    ['FILE_NOT_FOUND', undefined],
    ['FILE_EMPTY', ''],
    ['FILE_IS_ZIP', 'PK\u0003\u0004'],
    ['FILE_DAMAGED', gzipSync(ndjson(chartLine(1))).subarray(0, 200)],
  ])('is refused with %s', async (code, content) => {
    const world = await makeWorld()
    const file = content === undefined ? path.join(world.folder, 'nowhere') : write(world, 'a.ndjson', content)
    expect(await refusalOf(importFile(world, world.as('administrator'), file))).toMatchObject({ code })
    expect(count(world, 'patients')).toBe(0)
  })

  it('runs one at a time, and only for the administrator', async () => {
    const world = await makeWorld()
    const file = write(world, 'a.ndjson', ndjson(...Array.from({ length: 50 }, (_, n) => chartLine(n + 1))))
    for (const role of ['doctor', 'nurse', 'receptionist', 'billing', 'pharmacist'] as const) {
      const client = world.as(role)
      expect(await refusalOf(importFile(world, client, file))).toMatchObject({ code: 'FORBIDDEN' })
      expect(await refusalOf(client.migration.listRuns({}))).toMatchObject({ code: 'FORBIDDEN' })
    }
    const [first, second] = await Promise.allSettled([importFile(world, world.as('administrator'), file), importFile(world, world.as('administrator'), file)])
    expect([first.status, second.status === 'rejected' && (second.reason as { code?: string }).code]).toEqual(['fulfilled', 'IMPORT_RUNNING']) // A Refusal carries a code.
    expect(count(world, 'patients')).toBe(50)
  })

  it('stays in the name of who started it when somebody else takes over the window', async () => {
    const world = await makeWorld()
    const { core, clinic } = world
    const file = write(world, 'a.ndjson', ndjson(...Array.from({ length: 60 }, (_, n) => chartLine(n + 1))))
    const door = core.openDoor('test')
    const enter = (role: 'administrator' | 'nurse'): void => {
      const account = accountByUserName(core.vault.reader, clinic.people[role].userName)
      if (account) startSession(core, door, account)
    }
    enter('administrator')
    for await (const _ of await inProcessClient(core, door).migration.importFhir({ id: core.platform.newId(), path: file })) if (door.session?.userId !== clinic.people.nurse.userId) enter('nurse')
    const names = core.vault.reader.$client.prepare(`select distinct recorded_by from problems union select distinct actor_id from audit_events where action like 'migration.%'`).pluck().all()
    expect([count(world, 'patients'), names]).toEqual([60, [clinic.people.administrator.userId]])
  })

  it('is told to windows once, at its end, and puts each patient on the activity log', async () => {
    const world = await makeWorld()
    const topics: string[] = []
    const stop = new AbortController()
    const changes = world.core.changes.subscribe(stop.signal)
    await importFile(world, world.as('administrator'), write(world, 'a.ndjson', ndjson(chartLine(1), chartLine(2))))
    stop.abort()
    for await (const change of changes) topics.push(...change.topics)
    expect(topics.filter((topic) => topic === 'patients').length).toBeLessThanOrEqual(1)
    const logged = world.core.vault.reader.$client.prepare(`select action, count(distinct patient_id) patients from audit_events where action like 'migration.%' group by action order by action`).all()
    expect(logged).toEqual([{ action: 'migration.finished', patients: 0 }, { action: 'migration.imported', patients: 2 }, { action: 'migration.started', patients: 0 }])
  })
})

// The synthetic patients of the Synthea project against the tables that were derived from them by somebody else.

const derived: Record<string, { csv: string; sql: string }> = {
  patients: { csv: 'patients', sql: 'select count(*) from patients' },
  encounters: { csv: 'encounters', sql: 'select count(*) from encounters' },
  conditions: { csv: 'conditions', sql: 'select count(*) from problems' },
  medications: { csv: 'medications', sql: 'select count(*) from medication_statements' },
  immunizations: { csv: 'immunizations', sql: 'select count(*) from immunizations' },
  procedures: { csv: 'procedures', sql: 'select count(*) from procedures' },
  observations: { csv: 'observations', sql: 'select count(*) from observations' },
  reports: { csv: 'reports', sql: 'select count(*) from diagnostic_reports' },
}

const answer = (world: World, sql: string): number => world.core.vault.reader.$client.prepare(sql).pluck().get() as number // Each asks for one number.
const rowsOf = (folder: string, name: string): Record<string, string>[] => parse(gunzipSync(fs.readFileSync(path.join(folder, 'csv', `${name}.csv.gz`))), { columns: true })

// The suite stands inside the loop: one without a test would fail where the file is not.
for (const { file } of presentFiles(['synthea_dev/bundles.ndjson.gz'])) {
  describe('200 synthetic patients', () => {
    it('are taken whole, table by table, and the second time change nothing', { timeout: 120_000 }, async () => {
      const world = await makeWorld()
      const folder = path.dirname(file)
      const admin = world.as('administrator')
      const { report } = await importFile(world, admin, file)
      for (const [name, { csv, sql }] of Object.entries(derived)) expect([name, answer(world, sql)]).toEqual([name, rowsOf(folder, csv).length])
      const allergies = rowsOf(folder, 'allergies')
      expect(answer(world, 'select count(*) from allergies')).toBe(allergies.filter((row) => row['STATUS'] === 'active').length)
      const results = rowsOf(folder, 'reports').reduce((sum, row) => sum + (row['RESULTS'] ?? '').split('|').filter(Boolean).length, 0)
      expect(answer(world, 'select count(*) from report_results')).toBe(results)
      expect(report.counts['Claim']?.reasons).toEqual({ NOT_MAPPED_YET: rowsOf(folder, 'claims').length })
      expect(report.counts['ExplanationOfBenefit']?.reasons).toEqual({ NOT_MAPPED_YET: rowsOf(folder, 'claim_payments').length })
      expect(new Set(report.skips.map((skip) => skip.reason))).toEqual(new Set(['NOT_ACTIVE']))

      const before = answer(world, 'select total_changes()')
      const again = (await importFile(world, admin, file)).report
      expect(Object.values(again.counts).reduce((sum, one) => sum + one.taken, 0)).toBe(0)
      expect([again.counts['Observation']?.unchanged, again.importedBefore === null, before]).toEqual([rowsOf(folder, 'observations').length, false, before])
      const sample = rowsOf(folder, 'patients')[0]
      expect(world.core.vault.reader.$client.prepare('select family_name, given_name, birth_date from patients order by mrn limit 1').get()).toEqual({ family_name: sample?.['LAST'], given_name: sample?.['FIRST'], birth_date: sample?.['BIRTHDATE'] })
    })
  })
}
