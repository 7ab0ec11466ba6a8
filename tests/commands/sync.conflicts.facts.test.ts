import { describe, expect, it } from 'vitest'
import type { MemberWorld } from '#tests/support/network.ts'
import { attentionAt, codesAt, rowsAt, settle, twoMachines } from '#tests/support/two-machines.ts'

// Facts of a chart, added and corrected on two machines that do not know of each other (docs/sync.conflicts.md).
const chart = (machine: MemberWorld) => machine.as('doctor').encounters
const concept = (label: string) => ({ system: null, code: null, label })

async function withPatient() {
  let patientId = ''
  const machines = await twoMachines((host) => {
    patientId = host.clinic.addPatient(host.core)
  })
  return { ...machines, patientId }
}

describe('facts', () => {
  it('of two machines stand beside each other; the same one is told as listed', async () => {
    const { one, two, host, patientId, newId } = await withPatient()
    const allergy = (label: string) => ({ id: newId(), patientId, concept: concept(label), reaction: null, severity: 'mild' as const })
    await chart(one).addAllergy(allergy('Penicillin'))
    await chart(two).addAllergy(allergy('Latex'))
    await chart(two).addAllergy({ ...allergy('Penicillin'), severity: 'severe', reaction: 'Swelling' })
    await chart(two).recordNoKnownAllergies({ id: newId(), patientId }).catch(() => undefined)
    await settle(one, two, one)
    for (const machine of [one, two, host]) expect(rowsAt(machine.core, 'select label from allergies order by label')).toEqual([{ label: 'Latex' }, { label: 'Penicillin' }])
    // Nothing of it is lost: what it said stands in the list of things to look at.
    expect(attentionAt(two.core)).toMatchObject([{ code: 'ALREADY_LISTED', input: { severity: 'severe', reaction: 'Swelling' } }])
  })

  it('are not said to be none where another machine has listed one', async () => {
    const { one, two, host, patientId, newId } = await withPatient()
    await chart(one).addAllergy({ id: newId(), patientId, concept: concept('Penicillin'), reaction: null, severity: 'severe' })
    await chart(two).recordNoKnownAllergies({ id: newId(), patientId })
    await settle(one, two)
    expect(codesAt(two.core)).toEqual([['refused', 'ALLERGIES_LISTED']])
    expect(await host.as('doctor').encounters.listAllergies({ patientId })).toMatchObject({ state: 'listed' })
    expect(await chart(two).listAllergies({ patientId })).toMatchObject({ state: 'listed' })
  })
})

describe('corrections', () => {
  it('of one value are taken once; the other one is refused and keeps its value to look at', async () => {
    let vital = ''
    const { one, two, host, newId } = await twoMachines(async (world) => {
      const [nurse, desk] = [world.as('nurse'), world.as('receptionist')]
      const { id } = await desk.scheduling.book({
        id: world.core.platform.newId(), patientId: world.clinic.addPatient(world.core), providerId: world.clinic.providers[0], roomId: null, typeId: null, startsAt: '2026-11-17T15:00:00.000Z', durationMin: 15, reason: null, hasArrived: true,
      })
      const encounterId = (await nurse.encounters.open({ appointmentId: id })).id
      vital = (await nurse.encounters.recordVitals({ encounterId, values: [{ kind: 'systolic', value: 210 }] }))[0]?.id ?? ''
    })
    await chart(one).correctVital({ id: newId(), observationId: vital, value: 120 })
    await chart(two).correctVital({ id: newId(), observationId: vital, value: 121 })
    await settle(one, two)
    for (const machine of [two, host]) expect(rowsAt(machine.core, 'select value from observations where entered_in_error_at is null')).toEqual([{ value: 120 }])
    expect(attentionAt(two.core)).toMatchObject([{ code: 'ALREADY_IN_ERROR', input: { value: 121 } }])
  })

  it('end a medication and a problem once: the same day is the same, another one is refused with the day that stands', async () => {
    const { one, two, host, patientId, newId } = await withPatient()
    const [medication, problem, other] = [newId(), newId(), newId()]
    await chart(one).addMedication({ id: medication, patientId, concept: concept('Colchicine'), sig: null })
    for (const [id, label] of [[problem, 'Gout'], [other, 'Cough']] as const) await chart(one).addProblem({ id, patientId, concept: concept(label) })
    await settle(one, two)
    for (const machine of [one, two]) machine.unplug()
    for (const [machine, day] of [[one, '2026-11-16'], [two, '2026-11-15']] as const) {
      await chart(machine).stopMedication({ id: medication, endedOn: day })
      await chart(machine).resolveProblem({ id: problem, resolvedOn: day })
      await chart(machine).resolveProblem({ id: other, resolvedOn: '2026-11-14' })
    }
    await settle(one, two)
    expect(rowsAt(host.core, 'select ended_on from medication_statements')).toEqual([{ ended_on: '2026-11-16' }])
    expect(attentionAt(two.core)).toMatchObject([{ code: 'ALREADY_STOPPED', data: { endedOn: '2026-11-16' } }, { code: 'ALREADY_RESOLVED', data: { resolvedOn: '2026-11-16' } }])
    expect(codesAt(one.core)).toEqual([])
  })
})
