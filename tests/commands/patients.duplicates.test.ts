import { describe, expect, it } from 'vitest'
import { compareQueued } from '#main/domains/patients/service.watch.ts'
import { pairsPage } from '#main/domains/patients/repository.pairs.ts'
import { planOf } from '#tests/support/plan.ts'
import { connect, settle, twoMachines } from '#tests/support/two-machines.ts'
import { makeWorld, type World } from '#tests/support/world.ts'

const listed = async (world: Pick<World, 'as'>, role: Parameters<World['as']>[0] = 'receptionist') => (await world.as(role).patients.duplicates({})).pairs.map(({ a, b }) => [a.id, b.id].toSorted())

async function withTwins() {
  const world = await makeWorld()
  const phone = { phone: '+14135550100', phoneDigits: '4135550100' }
  const one = world.clinic.addPatient(world.core, phone)
  const other = world.clinic.addPatient(world.core, { familyName: 'Lopes', ...phone })
  world.clinic.addPatient(world.core, { familyName: 'Okafor', givenName: 'Tolu', birthDate: '1991-07-07' })
  await compareQueued(world.core)
  return { world, one, other }
}

describe('the list of likely duplicates', () => {
  it('finds a pair with its reasons, and follows each edit', async () => {
    const { world, one, other } = await withTwins()
    const [pair, ...more] = (await world.as('receptionist').patients.duplicates({})).pairs
    expect(more).toEqual([])
    expect(pair).toMatchObject({ likelihood: 'likely' })
    expect(pair?.comparisons).toContainEqual({ field: 'name', verdict: 'similar', because: 'sounds-alike' })
    expect(await world.as('administrator').patients.countDuplicates({})).toBe(1)
    await world.as('receptionist').patients.update({ id: other, was: { givenName: 'Maria', birthDate: '1958-03-12' }, changes: { givenName: 'Wilhelmina', birthDate: '1990-07-01' } })
    await compareQueued(world.core)
    expect(await listed(world)).toEqual([])
    await world.as('receptionist').patients.update({ id: other, was: { givenName: 'Wilhelmina', birthDate: '1990-07-01' }, changes: { givenName: 'Maria', birthDate: '1958-03-12' }, duplicateReason: 'merge-later' })
    await compareQueued(world.core)
    expect(await listed(world)).toEqual([[one, other].toSorted()])
  })

  it('remembers for ever that two are not one', async () => {
    const { world, one, other } = await withTwins()
    await world.as('receptionist').patients.keepApart({ aId: other, bId: one, reason: 'twin-or-relative' })
    expect(await listed(world)).toEqual([])
    await world.as('receptionist').patients.update({ id: other, was: { familyName: 'Lopes' }, changes: { familyName: 'Lopez' } })
    await compareQueued(world.core)
    expect(await listed(world)).toEqual([])
  })

  it('lets a merged chart go from the list, and brings it back when it is two again', async () => {
    const { world, one, other } = await withTwins()
    const id = world.core.platform.newId()
    await world.as('receptionist').patients.merge({ id, survivorId: one, absorbedId: other })
    expect(await listed(world)).toEqual([])
    await compareQueued(world.core)
    await world.as('receptionist').patients.unmerge({ id })
    await compareQueued(world.core)
    expect(await listed(world)).toEqual([[one, other].toSorted()])
  })

  it('names nobody who is kept from the caller', async () => {
    const { world, one } = await withTwins()
    const at = world.core.platform.now()
    world.core.vault.writer.$client.prepare('insert into restricted_patients (id, patient_id, reason, restricted_at, restricted_by) values (?, ?, ?, ?, ?)').run(world.core.platform.newId(), one, 'x', at, world.clinic.people.administrator.userId)
    expect(await listed(world)).toEqual([])
    expect(await world.as('administrator').patients.countDuplicates({})).toBe(0)
  })

  it('reads by its index and sorts nothing', async () => {
    const { core } = await makeWorld()
    expect(planOf(core.vault.reader, pairsPage(core.vault.reader))).not.toMatch(/TEMP B-TREE|SCAN /)
  })
})

describe('on two machines', () => {
  const person = { familyName: 'Doe', givenName: 'John', birthDate: '1980-02-01', sex: 'male' as const }

  it('finds on every machine the pair that two desks have made, takes the host’s word for a merge, and lets no booking fall between', async () => {
    const { one, two, host, newId } = await twoMachines()
    const [first, second, booking, id] = [newId(), newId(), newId(), newId()]
    await one.as('receptionist').patients.register({ id: first, ...person })
    await two.as('receptionist').patients.register({ id: second, ...person })
    await settle(one, two, one)
    for (const { core } of [host, one, two]) await compareQueued(core)
    for (const machine of [host, one, two]) expect(await listed(machine)).toEqual([[first, second].toSorted()])

    two.unplug()
    await two.as('receptionist').scheduling.book({ id: booking, patientId: second, providerId: host.clinic.providers[0], roomId: null, typeId: null, startsAt: '2026-11-18T15:00:00.000Z', durationMin: 15, reason: null })
    await connect(one)
    await one.as('receptionist').patients.merge({ id, survivorId: first, absorbedId: second })
    await settle(one, two, one)
    const owner = (machine: Pick<World, 'core'>) => machine.core.vault.reader.$client.prepare('select patient_id from appointments').pluck().all()
    for (const machine of [host, one, two]) expect(owner(machine)).toEqual([first])
    for (const { core } of [host, one, two]) await compareQueued(core)
    for (const machine of [host, one, two]) expect(await listed(machine)).toEqual([])

    const undone = await one.as('receptionist').patients.unmerge({ id })
    expect(undone.cameAfter).toEqual([{ kind: 'appointments', count: 1 }])
    await settle(one, two)
    expect((await two.as('receptionist').patients.get({ id: second })).patient.id).toBe(second)
  })
})
