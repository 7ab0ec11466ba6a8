import fs from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { CodesReport, ImportCodesEvent } from '#shared/domains/codes/contract.ts'
import type { CodeSystem } from '#shared/domains/codes/model.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import { findCode, noteCodeUse } from '#main/domains/codes/service.ts'
import { presentFiles } from '#tests/support/shared-data.ts'
import { makeWorld, refusalOf, type World } from '#tests/support/world.ts'

/** A line as CMS lays it out; the titles are ours. */
const orderLine = (order: number, code: string, billable: 0 | 1, title: string): string =>
  `${String(order).padStart(5, '0')} ${code.padEnd(7)} ${billable} ${title.slice(0, 60).padEnd(60)} ${title}`

/** Chapters J00 to J09 with all their children: 10 headings and 1,000 billable codes. */
function orderFile(word = 'stone'): string {
  const lines: string[] = []
  for (let chapter = 0; chapter < 10; chapter += 1) {
    lines.push(orderLine(lines.length + 1, `J0${chapter}`, 0, `Heading ${chapter}`))
    for (let leaf = 0; leaf < 100; leaf += 1) lines.push(orderLine(lines.length + 1, `J0${chapter}${String(leaf).padStart(2, '0')}`, 1, `Illness ${word} of kind ${chapter}-${leaf}`))
  }
  return lines.join('\r\n')
}

function write(world: World, name: string, content: string | Buffer): string {
  const file = path.join(world.folder, name)
  fs.writeFileSync(file, content)
  return file
}

async function importFile(client: CairnClient, input: { path: string; edition?: string; dryRun?: boolean }, signal?: AbortSignal): Promise<{ report: CodesReport; events: ImportCodesEvent[] }> {
  const events: ImportCodesEvent[] = []
  for await (const event of await client.codes.importFile(input, signal ? { signal } : {})) events.push(event)
  const last = events.at(-1)
  if (last?.kind !== 'done') throw new Error('an import ends with its report')
  return { report: last.report, events }
}

const search = async (client: CairnClient, text: string, more: { system?: CodeSystem; billableOnly?: boolean } = {}): Promise<string[]> =>
  (await client.codes.search({ system: 'icd10cm', text, ...more })).map((code) => code.code)

describe('a new clinic', () => {
  it('finds the commonest diagnoses by words and by code, and is told that its set is only a start', async () => {
    const world = await makeWorld()
    const doctor = world.as('doctor')
    expect(await search(doctor, 'diabetes 2')).toContain('E11.9')
    expect(await search(doctor, 'e119')).toEqual(['E11.9'])
    expect((await search(doctor, 'I1'))[0]).toBe('I10')
    expect(await search(doctor, 'zzz')).toEqual([])
    expect(await doctor.codes.listSets({})).toMatchObject([{ system: 'icd10cm', edition: 'starter', outdatedBy: 'FY2027' }])
  })

  it('puts what a person uses first, and only for that person', async () => {
    const world = await makeWorld()
    const [doctor, nurse] = [world.as('doctor'), world.as('nurse')]
    const [, second] = await search(doctor, 'pain')
    const account = world.clinic.people.doctor
    const db = world.core.vault.writer
    const context = { db, actor: { userId: account.userId }, now: world.clock.now() }
    noteCodeUse(context as never, 'icd10cm', second ?? '') // Only these members are read.
    expect([(await search(doctor, 'pain'))[0], (await search(doctor, ''))[0]]).toEqual([second, second])
    expect([(await search(nurse, 'pain'))[0] === second, await search(nurse, '')]).toEqual([false, []])
  })
})

describe('a code file', () => {
  it.each([
    ['plain', 'icd10cm_order_2027.txt', (text: string) => text],
    ['packed', 'icd10cm_order_2027.txt.gz', (text: string) => gzipSync(text)],
    ['packed and named as if it were not', 'icd10cm_order_2027.txt', (text: string) => gzipSync(text)],
    ['with a byte-order mark', 'icd10cm_order_2027.txt', (text: string) => `\uFEFF${text}`],
  ])('%s replaces the set in use', async (_how, name, pack) => {
    const world = await makeWorld()
    const admin = world.as('administrator')
    const { report, events } = await importFile(admin, { path: write(world, name, pack(orderFile())) })
    expect(report).toEqual({
      system: 'icd10cm', title: 'ICD-10-CM', edition: 'FY2027', source: 'CMS order file', isDryRun: false,
      taken: 1010, billable: 1000, skipped: 0, reasons: {}, examples: [], replaces: 'starter',
    })
    expect(events.some((event) => event.kind === 'progress' && event.doneBytes > 0 && event.doneBytes <= event.totalBytes)).toBe(true)
    expect(await admin.codes.listSets({})).toMatchObject([{ edition: 'FY2027', codeCount: 1010, outdatedBy: null }])
    // J01.00 is in the list of common diagnoses, so it comes before the others.
    expect([await search(admin, 'i10'), (await search(admin, 'stone'))[0], await search(admin, 'J0342')]).toEqual([[], 'J01.00', ['J03.42']])
  })

  it('keeps headings out unless they are asked for', async () => {
    const world = await makeWorld()
    const admin = world.as('administrator')
    await importFile(admin, { path: write(world, 'icd10cm_order_2027.txt', orderFile()) })
    expect([(await search(admin, 'J03'))[0], (await search(admin, 'J03', { billableOnly: false }))[0], await search(admin, 'heading')]).toEqual(['J03.00', 'J03', []])
  })

  it('that is only tried out changes nothing', async () => {
    const world = await makeWorld()
    const admin = world.as('administrator')
    const { report } = await importFile(admin, { path: write(world, 'icd10cm_order_2027.txt', orderFile()), dryRun: true })
    expect(report).toMatchObject({ isDryRun: true, taken: 1010, replaces: 'starter' })
    expect([await search(admin, 'stone'), (await admin.codes.listSets({}))[0]?.edition]).toEqual([[], 'starter'])
  })

  it('imported again is the same set again, not a second one', async () => {
    const world = await makeWorld()
    const admin = world.as('administrator')
    const file = write(world, 'icd10cm_order_2027.txt', orderFile())
    await importFile(admin, { path: file })
    const before = await search(admin, 'stone')
    const { report } = await importFile(admin, { path: file })
    expect([report.taken, report.replaces, await search(admin, 'stone')]).toEqual([1010, 'FY2027', before])
    const rows = world.core.vault.reader.$client.prepare('select count(*) n, count(distinct code) codes from codes').get()
    expect(rows).toEqual({ n: 1010, codes: 1010 })
  })

  it('names broken and repeated lines and takes the rest', async () => {
    const world = await makeWorld()
    const lines = orderFile().split('\r\n').slice(0, 5)
    lines.splice(2, 0, 'nonsense', lines[1] ?? '')
    const { report } = await importFile(world.as('administrator'), { path: write(world, 'codes.txt', lines.join('\n')), edition: 'FY2028' })
    expect(report).toMatchObject({ edition: 'FY2028', taken: 5, skipped: 2, reasons: { BAD_LINE: 1, REPEATED: 1 }, examples: [{ line: 3, reason: 'BAD_LINE' }, { line: 4, reason: 'REPEATED' }] })
  })

  it('that is a table is recognised by its header and has a set of its own', async () => {
    const world = await makeWorld()
    const admin = world.as('administrator')
    const table = 'cvx,short,full,status,notes\n03,MMR,"measles, mumps and rubella",Active,"a ""note"",\nover two lines"\n01,DTP,three in one,Inactive,\n,none,nothing,Active,\n140,Flu'
    const { report } = await importFile(admin, { path: write(world, 'vaccines.csv', table) })
    expect(report).toMatchObject({ system: 'cvx', source: 'CVX vaccines', edition: '', taken: 2, skipped: 2, reasons: { NO_CODE: 1, BAD_LINE: 1 }, replaces: null })
    expect([await search(admin, 'mmr', { system: 'cvx' }), await search(admin, 'three', { system: 'cvx' }), await search(admin, '03', { system: 'cvx' })]).toEqual([['03'], [], ['03']])
    expect((await search(admin, 'diabetes')).length).toBeGreaterThan(0)
  })

  it.each([
    ['FILE_NOT_FOUND', undefined],
    ['FILE_EMPTY', ''],
    ['FILE_IS_ZIP', 'PK\u0003\u0004 and more'],
    ['NOT_A_CODE_FILE', 'name,phone\nRosa,555\n'],
    ['NOT_A_CODE_FILE', 'severity,drug1,drug2\nhigh,a,b\n'],
    ['FILE_DAMAGED', gzipSync(orderFile()).subarray(0, 2_000)],
    ['FILE_DAMAGED', Buffer.concat([gzipSync(orderFile()).subarray(0, 100), Buffer.alloc(500, 7)])],
  ])('is refused with %s and leaves the set in use as it was', async (code, content) => {
    const world = await makeWorld()
    const admin = world.as('administrator')
    const file = content === undefined ? path.join(world.folder, 'nowhere.txt') : write(world, 'codes.txt', content)
    expect(await refusalOf(importFile(admin, { path: file }))).toMatchObject({ code })
    expect([(await admin.codes.listSets({}))[0]?.edition, await search(admin, 'stone')]).toEqual(['starter', []])
  })

  it('that is cancelled half way leaves the set in use as it was, and the next import cleans up', async () => {
    const world = await makeWorld()
    const admin = world.as('administrator')
    const file = write(world, 'icd10cm_order_2027.txt', orderFile())
    const abort = new AbortController()
    let progress = 0
    await admin.codes.importFile({ path: file }, { signal: abort.signal }).then(async (events) => {
      for await (const event of events) if (event.kind === 'progress' && (progress += 1) === 2) abort.abort()
    }).catch(() => {})
    const rows = () => world.core.vault.reader.$client.prepare('select count(*) n from codes').get()
    expect([(await admin.codes.listSets({}))[0]?.edition, await search(admin, 'stone'), await search(admin, 'e119')]).toEqual(['starter', [], ['E11.9']])
    expect(rows()).not.toEqual({ n: 417 })
    await importFile(admin, { path: write(world, 'icd10cm_order_2028.txt', orderFile('pebble')) })
    expect([rows(), await search(admin, 'stone'), (await search(admin, 'pebble')).length]).toEqual([{ n: 1010 }, [], 20])
  })

  it('is the administrator’s to import and the chart’s to read', async () => {
    const world = await makeWorld()
    const file = write(world, 'icd10cm_order_2027.txt', orderFile())
    for (const role of ['doctor', 'nurse', 'receptionist', 'billing', 'pharmacist'] as const) expect(await refusalOf(importFile(world.as(role), { path: file }))).toMatchObject({ code: 'FORBIDDEN' })
    expect(await refusalOf(world.as('receptionist').codes.search({ system: 'icd10cm', text: 'pain' }))).toMatchObject({ code: 'FORBIDDEN' })
    for (const role of ['doctor', 'nurse', 'billing'] as const) expect((await search(world.as(role), 'pain')).length).toBeGreaterThan(0)
  })
})

describe('the search', () => {
  it('reads hits in the order of their rows and never sorts or counts them', async () => {
    const world = await makeWorld()
    const plan = world.core.vault.reader.$client.prepare(`explain query plan select code from codes where row_number in (
      select rowid from code_search where code_search match '"a"*' and rowid >= 1 and rowid < 9 order by rowid limit 20) order by row_number`).all() as { detail: string }[] // SQLite's own columns.
    expect(plan.map((row) => row.detail).join('\n')).not.toMatch(/TEMP B-TREE|SCAN codes/)
  })

  it.each(['"', '""', '*', 'a" OR "b', 'NEAR(a b)', '(', 'code:x', '-', '^', 'ä́', '\u0000', 'a'.repeat(80), 'x '.repeat(40)])('takes %j as text', async (text) => {
    const world = await makeWorld()
    expect(Array.isArray(await search(world.as('doctor'), text))).toBe(true)
  })

  it('knows a code of the set in use for who records it', async () => {
    const world = await makeWorld()
    const db = world.core.vault.reader
    expect([findCode({ db }, 'icd10cm', 'I10')?.label, findCode({ db }, 'icd10cm', 'X99'), findCode({ db }, 'cvx', '03')]).toEqual(['Essential (primary) hypertension', undefined, undefined])
  })
})

const expected: Record<string, { taken: number; billable: number; edition: string }> = {
  'codes/icd10cm_fy2022.csv.gz': { taken: 95_524, billable: 72_748, edition: 'FY2022' },
  'codes/hcpcs_level2_2025oct.csv.gz': { taken: 8_463, billable: 8_463, edition: '2025-10' },
  'codes/hcpcs_modifiers_2025oct.csv.gz': { taken: 383, billable: 383, edition: '2025-10' },
  'codes/place_of_service.csv': { taken: 52, billable: 52, edition: '' },
  'codes/cvx.csv.gz': { taken: 288, billable: 288, edition: '' },
  'codes/loinc_labs_ranges.csv.gz': { taken: 1_464, billable: 1_464, edition: '' },
  'codes/drug_products_va_ndfrt_2014.csv.gz': { taken: 9_773, billable: 9_773, edition: '2014' },
  'codes/ucum_common.csv.gz': { taken: 1_357, billable: 1_357, edition: '' },
}

// The suite stands inside the loop: one without a test would fail where the files are not.
for (const { name, file } of presentFiles(Object.keys(expected))) {
  describe('published tables', () => {
    it(`${name} is taken whole`, async () => {
      const world = await makeWorld()
      const { report } = await importFile(world.as('administrator'), { path: file })
      expect(report).toMatchObject(expected[name] ?? {})
    }, 60_000)
  })
}
