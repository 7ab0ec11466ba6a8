import { describe, expect, it } from 'vitest'
import { csvQueries } from '#main/domains/migration/repository.csv.ts'
import { committed, staged, written } from '#tests/support/legacy.ts'
import { makeOldClinic, oldProviders, type OldAppointment, type OldClinic } from '#tests/support/legacy-clinic.ts'
import { planOf } from '#tests/support/plan.ts'
import { makeWorld, type World } from '#tests/support/world.ts'
import { dateInZone, minuteOfDay } from '#shared/kernel/time.ts'

/** What stands in the records of an imported row: whose it is by the old number, and when. */
type Stands = Pick<OldAppointment, 'account' | 'date' | 'minute' | 'status'>

function standing(world: World): Stands[] {
  const zone = world.core.vault.reader.$client.prepare('select time_zone from clinic').pluck().get() as string // There is one.
  const rows = world.core.vault.reader.$client.prepare(`
    select i.value as account, o.at, o.status from csv_made m
    join (select id, patient_id, started_at as at, 'fulfilled' as status from encounters union all select id, patient_id, starts_at, status from appointments) o on o.id = m.row_id
    join patient_identifiers i on i.patient_id = o.patient_id and i.system = 'urn:cairn:csv:old'`).all() as { account: string; at: string; status: OldAppointment['status'] }[] // The columns it names.
  return rows.map(({ account, at, status }) => ({ account, date: dateInZone(at, zone), minute: minuteOfDay(at, zone), status }))
}

async function imported(old: OldClinic) {
  const world = await makeWorld()
  const admin = world.as('administrator')
  await committed(admin, await staged(world, admin, written(world, 'patients.csv', old.patientsCsv), 'patients'))
  const staffId = world.clinic.people.doctor.staffId
  const look = await staged(world, admin, written(world, 'appointments.csv', old.appointmentsCsv), 'appointments', { providers: oldProviders.map((word) => ({ word, staffId })) })
  return { world, admin, look }
}

const keyOf = ({ account, date, minute, status }: Stands): string => `${account} ${date} ${minute} ${status}`

describe('migration.commitCsv: an old clinic’s appointments, whose truth is known', () => {
  it.each([7, 8])('every one that was taken is the right patient’s, at its time and with its end, and few are left to a person (seed %i)', { timeout: 60_000 }, async (seed) => {
    const old = makeOldClinic(seed, { households: 150, appointments: 900 })
    const { world, admin, look } = await imported(old)
    const { taken } = (await committed(admin, look)).report
    const stands = standing(world)
    const truth = new Set(old.appointments.map(keyOf))
    const wrong = stands.filter((one) => !truth.has(keyOf(one)))
    const known = new Set(old.people.map(({ account }) => account))
    const [precision, recall] = [1 - wrong.length / stands.length, stands.length / old.appointments.filter(({ account }) => known.has(account)).length]
    console.log(`appointments, seed ${seed}: ${stands.length} of ${old.appointments.length} stand in the records, precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}, ${taken?.left} left to a person`)
    expect(wrong).toEqual([])
    expect(new Set(stands.map(keyOf)).size).toBe(stands.length)
    expect(recall).toBeGreaterThanOrEqual(0.9)
    // Nothing falls silent: what is not here was named, row by row.
    expect((taken?.visits ?? 0) + (taken?.appointments ?? 0) + (taken?.left ?? 0)).toBe(old.appointments.length)
  })

  it('a second time makes none', { timeout: 60_000 }, async () => {
    const old = makeOldClinic(9, { households: 40, appointments: 120 })
    const { world, admin, look } = await imported(old)
    await committed(admin, look)
    const before = standing(world).map(keyOf).toSorted()
    const again = await staged(world, admin, written(world, 'again.csv', old.appointmentsCsv), 'appointments', { providers: oldProviders.map((word) => ({ word, staffId: world.clinic.people.doctor.staffId })) })
    await committed(admin, again)
    expect(standing(world).map(keyOf).toSorted()).toEqual(before)
  })
})

describe('migration.listCsv, migration.listCsvProblems and migration.listCsvPairs', () => {
  it('read by their indexes: nothing is scanned and nothing is sorted aside', async () => {
    const { core } = await makeWorld()
    const { reader } = core.vault
    const plans = Object.fromEntries(Object.entries(csvQueries(reader)).map(([name, query]) => [name, planOf(reader, query)]))
    expect(Object.entries(plans).filter(([, plan]) => /TEMP B-TREE|SCAN (?!csv_imports USING INDEX csv_imports_by_time)/.test(plan))).toEqual([])
    const indexOf = Object.fromEntries(Object.entries(plans).map(([name, plan]) => [name, /csv_\w+ USING (?:COVERING )?INDEX (\w+)/.exec(plan)?.[1]]))
    expect(indexOf).toEqual({
      imports: 'csv_imports_by_time', problems: 'csv_problems_by_line', pairs: 'csv_pairs_by_import', rowsAfter: 'sqlite_autoindex_csv_rows_1', ofGroup: 'csv_rows_by_group', row: 'sqlite_autoindex_csv_rows_1', made: 'csv_made_by_import',
    })
  })
})
