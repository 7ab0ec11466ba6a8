import { describe, expect, it } from 'vitest'
import { attentionAt, codesAt, rowsAt, settle, twoMachines, type TwoMachines } from '#tests/support/two-machines.ts'

// One patient's facts, changed on two machines that do not know of each other (docs/sync.conflicts.md).
const desk = (machine: TwoMachines['one']) => machine.as('receptionist').patients

async function withPatient() {
  let id = ''
  const machines = await twoMachines((host) => {
    id = host.clinic.addPatient(host.core, { phone: '+14135550100', phoneDigits: '4135550100' })
  })
  return { ...machines, id }
}

describe('demographics', () => {
  it('takes both machines’ changes of different fields', async () => {
    const { one, two, host, id } = await withPatient()
    await desk(one).update({ id, was: { city: null }, changes: { city: 'Salem' } })
    await desk(two).update({ id, was: { email: null }, changes: { email: 'm@example.org' } })
    await settle(one, two, one)
    for (const { core } of [one, two, host]) expect(rowsAt(core, 'select city, email, version from patients')).toEqual([{ city: 'Salem', email: 'm@example.org', version: 3 }])
    expect([...codesAt(one.core), ...codesAt(two.core)]).toEqual([])
  })

  it('lets the later word stand for a phone, keeps the earlier one in the history and tells who replaced it', async () => {
    const { one, two, host, id } = await withPatient()
    await desk(one).update({ id, was: { phone: '+14135550100' }, changes: { phone: '4135550111' } })
    await desk(two).update({ id, was: { phone: '+14135550100' }, changes: { phone: '4135550122' } })
    await settle(one, two)
    expect(rowsAt(host.core, 'select phone from patients')).toEqual([{ phone: '+14135550122' }])
    expect((await host.as('receptionist').patients.history({ id })).map((row) => [row.fromValue, row.toValue])).toContainEqual(['+14135550111', '+14135550122'])
    expect(codesAt(one.core)).toEqual([])
    expect(attentionAt(two.core)).toMatchObject([{ kind: 'merged', code: 'CHANGED_MEANWHILE', data: { notSaved: [], replaced: ['phone'] } }])
  })

  it('leaves a birth date that was changed meanwhile, saves the rest, and names the field and no value', async () => {
    const { one, two, host, id } = await withPatient()
    await desk(one).update({ id, was: { birthDate: '1958-03-12' }, changes: { birthDate: '1958-03-21' } })
    await desk(two).update({ id, was: { birthDate: '1958-03-12', city: null }, changes: { birthDate: '1985-03-12', city: 'Salem' } })
    await desk(two).update({ id, was: { familyName: 'Lopez' }, changes: { familyName: 'Gomez' } })
    await settle(one, two)
    expect(rowsAt(host.core, 'select birth_date, city, family_name from patients')).toEqual([{ birth_date: '1958-03-21', city: 'Salem', family_name: 'Gomez' }])
    expect(rowsAt(two.core, 'select birth_date, city, family_name from patients')).toEqual(rowsAt(host.core, 'select birth_date, city, family_name from patients'))
    const [item, ...others] = attentionAt(two.core)
    expect(item).toMatchObject({ kind: 'merged', code: 'CHANGED_MEANWHILE', data: { notSaved: ['birthDate'], replaced: [] } })
    expect(others).toEqual([])
    expect(JSON.stringify(item?.data)).not.toContain('1985')
  })

  it('refuses what is nothing but such a field, and takes the same change twice for one', async () => {
    const { one, two, id } = await withPatient()
    await desk(one).update({ id, was: { sex: 'female', suffix: null }, changes: { sex: 'male', suffix: 'Jr' } })
    await desk(two).update({ id, was: { sex: 'female' }, changes: { sex: 'other' } })
    await desk(two).update({ id, was: { suffix: null }, changes: { suffix: 'Jr' } })
    await settle(one, two)
    expect(attentionAt(two.core)).toMatchObject([{ kind: 'refused', code: 'CHANGED_MEANWHILE', data: { notSaved: ['sex'] }, input: { changes: { sex: 'other' } } }])
  })

  it('merges a contact’s fields as well', async () => {
    const machines = await withPatient()
    const { one, two, host, id, newId } = machines
    const contact = { name: 'Ana', relationship: 'sibling', phone: null, isEmergency: false, isGuardian: false }
    const contactId = newId()
    await desk(one).addContact({ id: contactId, patientId: id, ...contact })
    await settle(one, two)
    for (const machine of [one, two]) machine.unplug()
    await desk(one).updateContact({ id: contactId, ...contact, isEmergency: true, was: contact })
    await desk(two).updateContact({ id: contactId, ...contact, name: 'Anna', was: contact })
    await settle(one, two)
    expect(rowsAt(host.core, 'select name, is_emergency from patient_contacts')).toEqual([{ name: 'Anna', is_emergency: 1 }])
  })
})

describe('registration', () => {
  const person = { familyName: 'Doe', givenName: 'John', birthDate: '1980-02-01', sex: 'male' as const }

  it('keeps both of two people who look like one, and asks somebody to look', async () => {
    const { one, two, host, newId } = await twoMachines()
    const [first, second] = [newId(), newId()]
    expect((await desk(one).register({ id: first, ...person })).mrn).toBeLessThan(0)
    await desk(two).register({ id: second, ...person })
    await settle(one, two, one)
    const sql = 'select id, mrn from patients order by mrn'
    expect(rowsAt(host.core, sql)).toEqual([{ id: first, mrn: 100_001 }, { id: second, mrn: 100_002 }])
    for (const { core } of [one, two]) expect(rowsAt(core, sql)).toEqual(rowsAt(host.core, sql))
    expect(attentionAt(two.core)).toMatchObject([{ kind: 'merged', name: 'patients.register', code: 'LIKELY_DUPLICATE', data: { candidateIds: [first] } }])
  })

  it('gives the host’s number at once while the host is in reach', async () => {
    const { one, newId } = await twoMachines()
    await settle(one)
    expect((await desk(one).register({ id: newId(), ...person })).mrn).toBe(100_001)
  })
})
