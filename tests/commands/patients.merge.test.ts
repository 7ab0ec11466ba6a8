import { describe, expect, it } from 'vitest'
import { balanceCents } from '#tests/support/balances.ts'
import { planOf } from '#tests/support/plan.ts'
import { bill, pay, seePatient } from '#tests/support/visits.ts'
import { makeWorld, refusalOf, type World } from '#tests/support/world.ts'
import { movedTables } from '#main/core/db/patient-tables.ts'
import { heldSql, mergesQuery } from '#main/domains/patients/repository.merge.ts'

const rows = (world: World, sql: string, ...values: string[]) => world.core.vault.reader.$client.prepare(sql).all(...values)
const dump = (world: World, ...tables: string[]) => Object.fromEntries(tables.map((table) => [table, rows(world, `select * from ${table} order by 1`)]))

/** The same woman twice, each with a visit, a bill and half of its money. */
async function twice() {
  const world = await makeWorld()
  const one = world.clinic.addPatient(world.core, { phone: '+14135550100', phoneDigits: '4135550100' })
  const two = world.clinic.addPatient(world.core, { familyName: 'Lopes', city: 'Salem', birthDate: '1958-03-21' })
  for (const [patientId, startsAt] of [[one, '2026-11-17T14:00:00.000Z'], [two, '2026-11-17T14:30:00.000Z']] as const) {
    const visit = await seePatient(world, { patientId, startsAt })
    const invoice = await bill(world, visit)
    await pay(world, patientId, invoice.id, 1_000)
  }
  await world.as('receptionist').patients.addCoverage({ id: world.core.platform.newId(), patientId: two, ...coverage('Second') })
  await world.as('receptionist').patients.addCoverage({ id: world.core.platform.newId(), patientId: one, ...coverage('First') })
  return { world, one, two, desk: world.as('receptionist').patients, merge: world.core.platform.newId() }
}
const coverage = (payerName: string) => ({ payerName, planName: null, memberNumber: null, groupNumber: null, relationship: 'self' as const, subscriberName: null, rank: 1, validFrom: null, validTo: null })

describe('merging two charts', () => {
  it('moves everything to the chart that goes on, takes the chosen fields, and loses no cent', async () => {
    const { world, one, two, desk, merge } = await twice()
    const [before, behind] = [balanceCents(world, one), balanceCents(world, two)]
    const merged = await desk.merge({ id: merge, survivorId: one, absorbedId: two, take: ['city', 'birthDate'] })
    expect(merged).toMatchObject({ id: one, familyName: 'Lopez', city: 'Salem', birthDate: '1958-03-21', phone: '+14135550100' })
    for (const table of movedTables) expect([table, rows(world, `select 1 from ${table} where patient_id = ?`, two)]).toEqual([table, []])
    expect(balanceCents(world, one)).toBe(before + behind)
    expect(rows(world, `select status from clinical_notes where patient_id = ?`, one)).toEqual([{ status: 'signed' }, { status: 'signed' }])
    expect((await desk.get({ id: one })).coverages.map(({ payerName, rank }) => [payerName, rank])).toEqual([['First', 1], ['Second', 2]])
    expect((await desk.history({ id: one })).map(({ field, toValue }) => [field, toValue])).toEqual(expect.arrayContaining([['mergedFrom', two], ['city', 'Salem']]))
  })

  it('lets the old number, the old names and old links lead to the chart that goes on', async () => {
    const { world, one, two, desk, merge } = await twice()
    const { mrn } = (await desk.get({ id: two })).patient
    await desk.merge({ id: merge, survivorId: one, absorbedId: two })
    expect((await desk.search({ text: String(mrn) })).map((row) => row.id)).toEqual([one])
    expect((await desk.search({ text: 'lopes' })).map((row) => row.id)).toEqual([one])
    expect((await desk.list({})).rows.map((row) => row.id)).toEqual([one])
    expect((await desk.get({ id: two })).patient.id).toBe(one)
    // What is still written for the old chart lands where its rows are.
    await world.as('nurse').encounters.addAllergy({ id: world.core.platform.newId(), patientId: two, concept: { system: 'local', code: 'penicillin', label: 'Penicillin' }, reaction: null, severity: 'severe' })
    const paid = await pay(world, two, null, 500)
    expect(paid.patientId).toBe(one)
    expect(rows(world, 'select patient_id from allergies')).toEqual([{ patient_id: one }])
  })

  it('makes them two again exactly as they were, and leaves what came after with the chart that went on, where patients.merges lists it', async () => {
    const { world, one, two, desk, merge } = await twice()
    const tables = movedTables.filter((table) => table !== 'payments' && table !== 'ledger_entries' && table !== 'appointments')
    const facts = () => rows(world, 'select id, mrn, family_name, birth_date, phone, city, search_names, merged_into_id from patients order by id')
    const [before, people] = [dump(world, ...tables), facts()]
    const balances = [balanceCents(world, one), balanceCents(world, two)]
    await desk.merge({ id: merge, survivorId: one, absorbedId: two, take: ['city', 'familyName'] })
    await desk.update({ id: one, was: { email: null }, changes: { email: 'm@example.org' } })
    await pay(world, one, null, 700)
    await world.as('receptionist').scheduling.book({ id: world.core.platform.newId(), patientId: two, providerId: world.clinic.providers[0], roomId: null, typeId: null, startsAt: '2026-11-18T15:00:00.000Z', durationMin: 15, reason: null })
    const undone = await desk.unmerge({ id: merge })
    expect(undone).toMatchObject({ survivorId: one, absorbed: { id: two }, unmergedBy: 'Rosa Delgado', cameAfter: [{ kind: 'appointments', count: 1 }, { kind: 'payments', count: 1 }] })
    expect(dump(world, ...tables)).toEqual(before)
    expect(facts().map((row) => ({ ...row as object, search_names: undefined }))).toEqual(people.map((row) => ({ ...row as object, search_names: undefined })))
    expect((await desk.get({ id: one })).patient.email).toBe('m@example.org')
    expect([balanceCents(world, one), balanceCents(world, two)]).toEqual([(balances[0] ?? 0) - 700, balances[1]])
    expect(await desk.merges({ patientId: one })).toEqual([undone])
  })

  it('says why not, and writes nothing; patients.setMergeBlock says it for ever', async () => {
    const { world, one, two, desk, merge } = await twice()
    const three = world.clinic.addPatient(world.core, { givenName: 'Mary' })
    const why = async (survivorId: string, absorbedId: string) => ((await refusalOf(desk.merge({ id: world.core.platform.newId(), survivorId, absorbedId }))).data as { why: string }).why
    expect(await why(one, one)).toBe('same-chart')
    await desk.setMergeBlock({ patientId: two, isBlocked: true })
    expect(await why(one, two)).toBe('blocked')
    await desk.setMergeBlock({ patientId: two, isBlocked: false })
    await desk.keepApart({ aId: three, bId: one, reason: 'twin-or-relative' })
    expect(await why(one, three)).toBe('said-apart')
    await desk.merge({ id: merge, survivorId: one, absorbedId: two })
    expect(await why(three, two)).toBe('merged-already')
    expect(rows(world, 'select id from patient_merges')).toEqual([{ id: merge }])
  })

  it('takes merges back in the order of their making, and each once', async () => {
    const { world, one, two, desk } = await twice()
    const three = world.clinic.addPatient(world.core, { givenName: 'Mary' })
    const [first, second] = [world.core.platform.newId(), world.core.platform.newId()]
    await desk.merge({ id: first, survivorId: one, absorbedId: two })
    await desk.merge({ id: second, survivorId: three, absorbedId: one })
    expect((await desk.get({ id: two })).patient.id).toBe(three)
    expect(await refusalOf(desk.unmerge({ id: first }))).toMatchObject({ code: 'UNMERGE_NOT_POSSIBLE', data: { why: 'merged-away' } })
    await desk.unmerge({ id: second })
    expect((await desk.get({ id: two })).patient.id).toBe(one)
    await desk.unmerge({ id: first, isOtherPerson: true })
    expect((await desk.get({ id: two })).patient.id).toBe(two)
    expect(await refusalOf(desk.unmerge({ id: first }))).toMatchObject({ data: { why: 'undone' } })
    expect(await refusalOf(desk.merge({ id: world.core.platform.newId(), survivorId: one, absorbedId: two }))).toMatchObject({ data: { why: 'said-apart' } })
  })

  it('keeps signed words and the ledger from everything but a merge', async () => {
    const { world, one, two } = await twice()
    const run = (sql: string) => () => world.core.vault.writer.$client.exec(sql)
    for (const table of ['clinical_notes', 'ledger_entries', 'charges', 'invoices', 'appointments']) expect(run(`update ${table} set patient_id = '${two}' where patient_id = '${one}'`)).toThrow('OWNER_IS_KEPT')
    world.core.vault.writer.$client.exec(`update patients set merged_into_id = '${one}' where id = '${two}'`)
    expect(run(`update ledger_entries set patient_id = '${one}', amount_cents = 1 where patient_id = '${two}'`)).toThrow('OWNER_IS_KEPT')
    expect(run(`update ledger_entries set amount_cents = 1`)).toThrow('LEDGER_IS_APPEND_ONLY')
    expect(run(`update clinical_notes set plan = 'x'`)).toThrow('NOTE_IS_SIGNED')
  })

  it('respects restrictions and the own chart, and shows the administrator no address', async () => {
    const { world, one, two, desk } = await twice()
    const shown = await world.as('administrator').patients.compareCharts({ aId: one, bId: two })
    expect(Object.keys(shown.b.fields)).not.toContain('city')
    expect(shown.b.held.map(({ kind }) => kind)).toEqual(['appointments', 'visits', 'invoices', 'payments', 'insurance'])
    expect((await world.as('doctor').patients.compareCharts({ aId: one, bId: two })).b.held.map(({ kind }) => kind)).toContain('notes')
    world.core.vault.writer.$client.exec(`insert into self_patients (user_id, patient_id) values ('${world.clinic.people.receptionist.userId}', '${two}')`)
    expect(await refusalOf(desk.merge({ id: world.core.platform.newId(), survivorId: one, absorbedId: two }))).toMatchObject({ code: 'OWN_CHART' })
  })

  it('reads by indexes', async () => {
    const { core } = await makeWorld()
    const db = core.vault.reader
    expect(planOf(db, mergesQuery(db))).not.toMatch(/TEMP B-TREE|SCAN /)
    for (const table of movedTables) expect((db.$client.prepare(`explain query plan ${heldSql(table)}`).all('x') as { detail: string }[])[0]?.detail).toMatch(/USING (COVERING )?INDEX \w*by_patient/)
  })
})
