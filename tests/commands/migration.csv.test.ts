import { describe, expect, it } from 'vitest'
import { committed, messyAppointments, messyLedger, messyPatients, staged, undone, written } from '#tests/support/legacy.ts'
import { makeWorld, refusalOf, type World } from '#tests/support/world.ts'

const client = (world: World) => world.core.vault.reader.$client
const number = (world: World, sql: string): number => client(world).prepare(sql).pluck().get() as number // Each asks for one number.
const column = (world: World, sql: string): unknown[] => client(world).prepare(sql).pluck().all()
const tables = ['patients', 'patient_identifiers', 'patient_search', 'coverages', 'appointments', 'encounters', 'ledger_entries'] as const
const counts = (world: World): number[] => tables.map((table) => number(world, `select count(*) from ${table}`))

async function withPatients() {
  const world = await makeWorld()
  const admin = world.as('administrator')
  const before = counts(world)
  const patients = await committed(admin, await staged(world, admin, written(world, 'a.csv', messyPatients), 'patients'))
  return { world, admin, before, patients }
}

describe('migration.lookCsv and migration.stageCsv: a list of patients', () => {
  it('is understood whatever its encoding, and names every problem by row and field; nothing is written', async () => {
    const world = await makeWorld()
    const admin = world.as('administrator')
    const before = counts(world)
    const file = written(world, 'a.csv', messyPatients)
    const look = await admin.migration.lookCsv({ path: file })
    expect(look).toMatchObject({ kind: 'patients', rowCount: 10, orderFound: 'mdy', lines: { utf8: 2, windows: 1 }, isRemembered: false, reading: { areaCode: '937' } })
    const { report, id } = await staged(world, admin, file, 'patients')
    expect([report.rows, report.fresh, report.joined, report.stopped, report.pairs]).toEqual([10, 8, 1, 1, 1])
    const problems = await admin.migration.listCsvProblems({ id })
    expect(problems.map(({ line, field, code, stops }) => [line, field, code, stops].join(' '))).toEqual([
      '3 notes NO_PLACE false', '10 family-name CHARACTER_LOST false', '10 birth-date NO_BIRTH_DATE true',
    ])
    expect(counts(world)).toEqual(before)
    expect((await admin.migration.lookCsv({ path: file })).isRemembered).toBe(true)
  })

  it('joins who is one person beyond doubt, and leaves twins, father and son and look-alikes to people', async () => {
    const { world, patients, before } = await withPatients()
    expect(patients.report.taken).toMatchObject({ patients: 8, accounts: 9, left: 1, withoutPatient: 0 })
    expect(counts(world)[0]).toBe((before[0] ?? 0) + 8)
    const owners = column(world, `select patient_id from patient_identifiers where system = 'urn:cairn:csv:old' order by cast(value as integer)`)
    expect([owners.length, owners[0] === owners[1], new Set(owners).size]).toEqual([9, true, 8])
    expect(column(world, `select family_name || ' ' || given_name || ' ' || birth_date from patients where given_name in ('José', 'Nora') order by 1`)).toEqual(['Muñoz José 1969-02-20', 'Vale Nora 1980-12-31'])
    expect(JSON.stringify(client(world).prepare('select * from patients').all())).not.toContain('900-11-2222')
  })

  it('joins what a person has decided, and nothing else', async () => {
    const world = await makeWorld()
    const admin = world.as('administrator')
    const look = await staged(world, admin, written(world, 'a.csv', messyPatients), 'patients')
    const [pair] = await admin.migration.listCsvPairs({ id: look.id })
    expect(pair).toMatchObject({ left: { givenName: 'Maria' }, right: { givenName: 'Marta' }, decision: null })
    await admin.migration.decideCsvPair({ id: pair?.id ?? '', decision: 'same' })
    expect((await committed(admin, look)).report.taken?.patients).toBe(7)
    expect((await refusalOf(admin.migration.decideCsvPair({ id: pair?.id ?? '', decision: 'apart' }))).code).toBe('WRONG_STAGE')
  })

  it('a second time finds everybody and makes nobody', async () => {
    const { world, admin } = await withPatients()
    const before = counts(world)
    const again = await staged(world, admin, written(world, 'b.csv', messyPatients), 'patients')
    expect([again.report.here, again.report.fresh, again.importedBefore !== null]).toEqual([9, 0, true])
    await committed(admin, again)
    expect(counts(world)).toEqual(before)
  })
})

describe('migration.commitCsv: appointments and a ledger', () => {
  it('are linked to their patients, and what cannot be is named', async () => {
    const { world, admin } = await withPatients()
    const staffId = world.clinic.people.doctor.staffId
    const look = await staged(world, admin, written(world, 'b.csv', messyAppointments), 'appointments', { providers: [{ word: 'Dr. Who', staffId }] })
    expect((await admin.migration.listCsvProblems({ id: look.id })).map(({ line, code }) => `${line} ${code}`)).toEqual(['4 NOT_A_TIME', '5 NO_PATIENT'])
    const { report } = await committed(admin, look)
    expect(report.taken).toMatchObject({ visits: 1, appointments: 1, withoutPatient: 0, left: 2 })
    expect(column(world, `select p.given_name from encounters e join patients p on p.id = e.patient_id where e.place = 'Dr. Who'`)).toEqual(['José'])
    expect(column(world, `select p.given_name || ' ' || a.status from appointments a join patients p on p.id = a.patient_id join csv_made m on m.row_id = a.id`)).toEqual(['Anna no-show'])
  })

  it('stand to the cent, by account, and the records are asked, not the import', async () => {
    const { world, admin } = await withPatients()
    const look = await staged(world, admin, written(world, 'c.csv', messyLedger), 'ledger')
    expect(look.report.file).toEqual({ money: { charges: 128_900, payments: -8_400, adjustments: -20_000, refunds: 500, balance: 101_000 }, total: 101_000, accounts: 3 })
    const { report } = await committed(admin, look)
    expect(report.taken).toMatchObject({ entries: 6, money: { balance: 100_000 }, accountsEqual: 2, accountsDiffer: [{ account: '99', file: 1_000, here: 0 }] })
    expect(number(world, `select sum(amount_cents) from ledger_entries l join patients p on p.id = l.patient_id where p.given_name = 'José'`)).toBe(100_000)
    const again = await committed(admin, await staged(world, admin, written(world, 'd.csv', messyLedger), 'ledger'))
    expect([again.report.taken?.entries, number(world, `select sum(amount_cents) from ledger_entries where id in (select row_id from csv_made)`)]).toEqual([0, 100_000])
  })
})

describe('migration.undoCsv: an import taken back', () => {
  it('leaves the records as they were before it', async () => {
    const { world, admin, patients, before } = await withPatients()
    const ledger = await committed(admin, await staged(world, admin, written(world, 'c.csv', messyLedger), 'ledger'))
    const refused = await refusalOf(undone(admin, patients.id))
    expect(refused).toMatchObject({ code: 'ROWS_HANG_ON_IT', data: { rows: expect.arrayContaining([{ table: 'patients', id: expect.any(String), hangs: 'ledger_entries' }]) } })
    await undone(admin, ledger.id)
    expect((await undone(admin, patients.id)).stage).toBe('undone')
    expect(counts(world)).toEqual(before)
    expect((await refusalOf(undone(admin, patients.id))).code).toBe('WRONG_STAGE')
  })

  it('is not when a patient has been changed since', async () => {
    const { world, admin, patients } = await withPatients()
    const id = column(world, `select row_id from csv_made where table_name = 'patients'`)[0] as string // An id.
    const writer = world.core.vault.writer.$client
    writer.prepare(`insert into patient_changes (id, patient_id, version, changed_at, changed_by, field) values ('c', ?, 2, '2026-01-01T00:00:00.000Z', (select id from user_accounts limit 1), 'phone')`).run(id)
    expect(await refusalOf(undone(admin, patients.id))).toMatchObject({ data: { rows: [{ table: 'patients', id, hangs: 'patient_changes' }] } })
  })

  it('happens by itself when a commit is stopped: nothing of it stays', async () => {
    const world = await makeWorld()
    const admin = world.as('administrator')
    const before = counts(world)
    const rows = Array.from({ length: 400 }, (_, n) => `${n + 1},Stone${n},Ada,1980-01-${String((n % 28) + 1).padStart(2, '0')}`)
    const { id, kind, rowCount } = await staged(world, admin, written(world, 'a.csv', ['Acct #,Last Name,First Name,DOB', ...rows].join('\n')), 'patients')
    const stop = new AbortController()
    for await (const event of await admin.migration.commitCsv({ id, kind, rowCount }, { signal: stop.signal })) if (event.kind === 'progress' && event.doneBytes > 100) stop.abort()
    const [run] = await admin.migration.listCsv({})
    expect([counts(world), run?.stage]).toEqual([before, 'undone'])
  })
})

describe('migration.listCsv, migration.listCsvProblems, migration.listCsvPairs, migration.decideCsvPair and migration.saveCsvProblems', () => {
  it.each([['NOT_A_TABLE', 'one\ntwo\n'], ['FILE_EMPTY', '']])('%s', async (code, content) => {
    const world = await makeWorld()
    expect((await refusalOf(world.as('administrator').migration.lookCsv({ path: written(world, 'a.csv', content) }))).code).toBe(code)
  })

  it('without the columns it needs, with a column meant twice, and when the staged rows are others', async () => {
    const world = await makeWorld()
    const admin = world.as('administrator')
    const file = written(world, 'a.csv', 'Last Name,First Name,DOB\nA,B,1980-01-01\n')
    expect(await refusalOf(staged(world, admin, file, 'patients', { mapping: ['family-name', 'family-name', null] }))).toMatchObject({ code: 'MAPPING_INCOMPLETE', data: { missing: ['birth-date'], twice: ['family-name'] } })
    const { id } = await staged(world, admin, file, 'patients')
    expect((await refusalOf(committed(admin, { id, kind: 'patients', rowCount: 7 }))).code).toBe('ROWS_CHANGED')
    expect((await refusalOf(committed(admin, { id: world.core.platform.newId(), kind: 'patients', rowCount: 1 }))).code).toBe('WRONG_STAGE')
  })

  it('saves its problems as a table, and says when a folder takes none', async () => {
    const world = await makeWorld()
    const admin = world.as('administrator')
    const { id } = await staged(world, admin, written(world, 'a.csv', messyPatients), 'patients')
    expect(await admin.migration.saveCsvProblems({ id, folder: world.folder })).toMatchObject({ rows: 3 })
    expect((await refusalOf(admin.migration.saveCsvProblems({ id, folder: `${world.folder}/nowhere` }))).code).toBe('FOLDER_NOT_WRITABLE')
  })
})
