import fc from 'fast-check'
import { expect, it } from 'vitest'
import { movedTables } from '#main/core/db/patient-tables.ts'
import { balanceCents } from '#tests/support/balances.ts'
import { makeWorld, type World } from '#tests/support/world.ts'

// The goal: whatever is done with charts, and in whatever order it is taken back, nothing is lost, nothing hangs in the air, every cent is somewhere.
const PEOPLE = 4
const who = fc.nat(PEOPLE - 1)
const step = fc.oneof(
  fc.record({ act: fc.constant('merge' as const), one: who, other: who }),
  fc.record({ act: fc.constant('unmerge' as const), at: fc.nat(5) }),
  fc.record({ act: fc.constant('pay' as const), one: who, cents: fc.integer({ min: 1, max: 9_999 }) }),
  fc.record({ act: fc.constant('book' as const), one: who }),
  fc.record({ act: fc.constant('edit' as const), one: who, city: fc.constantFrom('Salem', 'Boston', 'Lynn') }),
  fc.record({ act: fc.constant('insure' as const), one: who }),
)

it('loses nothing, leaves no orphan and keeps every balance, whatever is merged, done and taken back', { timeout: 120_000 }, async () => {
  const world = await makeWorld()
  let day = 0
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
    const people = Array.from({ length: PEOPLE }, (_, at) => world.clinic.addPatient(world.core, { givenName: `Person ${at}`, city: `Town ${at}` }))
    const merges: string[] = []
    let [paid, booked, insured] = [0, 0, 0]
    for (const one of steps) {
      const [id, patient] = [world.core.platform.newId(), 'one' in one ? (people[one.one] ?? '') : '']
      if (one.act === 'merge') await desk(world).merge({ id, survivorId: patient, absorbedId: people[one.other] ?? '', take: ['city', 'givenName'] }).then(() => merges.push(id), declared)
      if (one.act === 'unmerge') await desk(world).unmerge({ id: merges[one.at % Math.max(1, merges.length)] ?? id }).then(() => undefined, declared)
      if (one.act === 'edit') await world.as('receptionist').patients.update({ id: patient, was: {}, changes: { city: one.city } })
      if (one.act === 'pay') {
        await world.as('receptionist').billing.takePayment({ id, patientId: patient, invoiceId: null, amountCents: one.cents, method: 'cash', reference: null })
        paid += one.cents
      }
      if (one.act === 'book') {
        day += 1
        await world.as('receptionist').scheduling.book({ id, patientId: patient, providerId: world.clinic.providers[0], roomId: null, typeId: null, startsAt: new Date(Date.UTC(2027, 0, 4) + day * 900_000).toISOString(), durationMin: 15, reason: null })
        booked += 1
      }
      if (one.act === 'insure') {
        await desk(world).addCoverage({ id, patientId: patient, payerName: 'Northwind', planName: null, memberNumber: null, groupNumber: null, relationship: 'self', subscriberName: null, rank: 1, validFrom: null, validTo: null })
        insured += 1
      }
      everythingHolds(world, people, { paid, booked, insured })
    }
    // Taken back from the newest on, everybody is who they were, or who somebody has said since.
    for (const id of merges.toReversed()) await desk(world).unmerge({ id }).then(() => undefined, declared)
    everythingHolds(world, people, { paid, booked, insured })
    const names = people.map((id) => query<{ name: string }>(world, 'select given_name as name from patients where id = ?', id)[0]?.name)
    expect(names).toEqual(people.map((_, at) => `Person ${at}`))
    expect(query(world, `select id from patients where merged_into_id is not null and id in (select value from json_each(?))`, JSON.stringify(people))).toEqual([])
  }), { numRuns: 25 })
})

const desk = (world: World) => world.as('receptionist').patients
const query = <T>(world: World, sql: string, ...values: string[]) => world.core.vault.reader.$client.prepare(sql).all(...values) as T[]
const codes = ['MERGE_NOT_POSSIBLE', 'UNMERGE_NOT_POSSIBLE', 'NOT_FOUND']
function declared(error: unknown): undefined {
  expect(codes).toContain((error as { code?: string }).code)
  return undefined
}

function everythingHolds(world: World, people: readonly string[], { paid, booked, insured }: { paid: number; booked: number; insured: number }): void {
  const ids = JSON.stringify(people)
  const count = (table: string) => query<{ n: number }>(world, `select count(*) as n from ${table} where patient_id in (select value from json_each(?))`, ids)[0]?.n
  expect(people.reduce((sum, id) => sum + balanceCents(world, id), paid)).toBe(0)
  expect([count('appointments'), count('coverages')]).toEqual([booked, insured])
  for (const table of movedTables) expect(query(world, `select t.patient_id from ${table} t join patients p on p.id = t.patient_id where p.merged_into_id is not null`)).toEqual([])
  // Flat: nobody points to a chart that is absorbed itself.
  expect(query(world, 'select p.id from patients p join patients s on s.id = p.merged_into_id where s.merged_into_id is not null')).toEqual([])
  for (const id of people) {
    const ranks = query<{ rank: number }>(world, 'select rank from coverages where patient_id = ? and ended_at is null order by rank', id).map((row) => row.rank)
    expect(ranks).toEqual(ranks.map((_, at) => at + 1))
  }
}
