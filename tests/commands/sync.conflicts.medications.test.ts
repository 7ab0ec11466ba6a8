import { describe, expect, it } from 'vitest'
import { formulary, newOrder } from '#shared/domains/medications/rules.formulary.ts'
import { drugText } from '#shared/domains/medications/rules.sentence.ts'
import type { MemberWorld } from '#tests/support/network.ts'
import { attentionAt, codesAt, pendingAt, rowsAt, settle, twoMachines } from '#tests/support/two-machines.ts'

// Prescriptions on paper, written on two machines that do not know of each other (docs/sync.conflicts.md).
const rx = (machine: MemberWorld) => machine.as('doctor').medications
const usual = (words: string) => newOrder(formulary.find(({ drug }) => drugText(drug) === words)?.drug ?? { system: null, code: null, generic: 'x', brand: null, strength: '1 mg', form: 'tablet' })
const amoxicillin = usual('amoxicillin 500 mg cap')
const lisinopril = usual('lisinopril 20 mg tab')

async function withPatient() {
  let patientId = ''
  const machines = await twoMachines((host) => {
    patientId = host.clinic.addPatient(host.core)
  })
  return { ...machines, patientId }
}

describe('prescriptions', () => {
  it('written off line on two machines both stand, and are shown as unconfirmed until the host has them', async () => {
    const { one, two, host, patientId, newId } = await withPatient()
    const ids = [newId(), newId()]
    await rx(one).sign({ patientId, prescriptions: [{ id: ids[0] ?? '', order: amoxicillin }] })
    await rx(two).sign({ patientId, prescriptions: [{ id: ids[1] ?? '', order: lisinopril }] })
    expect(pendingAt(one.core, 'medication_requests')).toEqual([ids[0]])
    await settle(one, two, one)
    for (const machine of [one, two, host]) {
      expect(rowsAt(machine.core, 'select id from medication_requests order by id')).toEqual(ids.toSorted().map((id) => ({ id })))
      expect(rowsAt(machine.core, 'select label from medication_statements order by label')).toEqual([{ label: 'amoxicillin 500 mg cap' }, { label: 'lisinopril 20 mg tab' }])
    }
    expect([...codesAt(one.core), ...codesAt(two.core)]).toEqual([])
    expect(pendingAt(one.core, 'medication_requests')).toEqual([])
  })

  it('that newer facts speak against stand, because the paper is out, and are told to whoever signed them', async () => {
    const { one, two, host, patientId, newId } = await withPatient()
    await one.as('doctor').encounters.addAllergy({ id: newId(), patientId, concept: { system: null, code: null, label: 'Penicillin' }, reaction: null, severity: 'severe' })
    const id = newId()
    await rx(two).sign({ patientId, prescriptions: [{ id, order: amoxicillin }] })
    await settle(one, two)
    expect(rowsAt(host.core, 'select id from medication_requests')).toEqual([{ id }])
    expect(rowsAt(host.core, 'select kind, severity, override_reason as reason from prescription_alerts')).toEqual([{ kind: 'allergy', severity: 'severe', reason: null }])
    expect(attentionAt(two.core)).toMatchObject([{ kind: 'merged', code: 'PRESCRIPTION_TO_CHECK', data: { id, patientId } }])
    expect(await rx(two).overrides({})).toMatchObject([{ requestId: id, alert: { overrideReason: null } }])
  })

  it('renewed on both are two, and both are told of', async () => {
    const { one, two, host, patientId, newId } = await withPatient()
    const first = newId()
    await rx(one).sign({ patientId, prescriptions: [{ id: first, order: lisinopril }] })
    await settle(one, two)
    for (const machine of [one, two]) machine.unplug()
    for (const machine of [one, two]) await rx(machine).sign({ patientId, prescriptions: [{ id: newId(), order: lisinopril, renewsId: first }] })
    await settle(one, two)
    expect(rowsAt(host.core, 'select count(*) as n from medication_requests where renews_id is not null')).toEqual([{ n: 2 }])
    expect(rowsAt(host.core, 'select count(*) as n from medication_statements')).toEqual([{ n: 1 }])
    expect(codesAt(two.core)).toEqual([['merged', 'PRESCRIPTION_TO_CHECK']])
  })

  it('cancelled on two machines are cancelled once, with the reason that came first', async () => {
    const { one, two, host, patientId, newId } = await withPatient()
    const id = newId()
    await rx(one).sign({ patientId, prescriptions: [{ id, order: amoxicillin }] })
    await settle(one, two)
    for (const machine of [one, two]) machine.unplug()
    await rx(one).cancel({ id, reason: 'side-effect' })
    await rx(two).cancel({ id, reason: 'not-needed' })
    await settle(one, two, one)
    for (const machine of [one, two, host]) expect(rowsAt(machine.core, 'select reason from prescription_cancellations')).toEqual([{ reason: 'side-effect' }])
    expect(codesAt(two.core)).toEqual([])
  })
})
