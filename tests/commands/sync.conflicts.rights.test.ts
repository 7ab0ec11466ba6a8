import { describe, expect, it } from 'vitest'
import { noteProved } from '#main/core/sync/host-store.ts'
import { deviceIdOf } from '#main/core/device.ts'
import type { MemberWorld } from '#tests/support/network.ts'
import { attentionAt, codesAt, rowsAt, settle, twoMachines } from '#tests/support/two-machines.ts'
import { refusalOf, type World } from '#tests/support/world.ts'

// Who may is judged when a command arrives, and what everybody goes by is changed at the host (docs/sync.conflicts.md).
const TEN = '2026-11-17T15:00:00.000Z'
const person = { familyName: 'Doe', givenName: 'John', birthDate: '1980-02-01', sex: 'male' as const }

async function withVisit() {
  const made = { encounterId: '', patientId: '' }
  const machines = await twoMachines(async (host) => {
    made.patientId = host.clinic.addPatient(host.core)
    const { id } = await host.as('receptionist').scheduling.book({
      id: host.core.platform.newId(), patientId: made.patientId, providerId: host.clinic.providers[0], roomId: null, typeId: null, startsAt: TEN, durationMin: 15, reason: null, hasArrived: true,
    })
    made.encounterId = (await host.as('doctor').encounters.open({ appointmentId: id })).id
  })
  const write = (machine: MemberWorld) => machine.as('doctor').encounters.saveDraft({ id: machines.newId(), encounterId: made.encounterId, revision: 0, subjective: 'Words of a doctor', objective: '', assessment: '', plan: '' })
  return { ...machines, ...made, write }
}

/** By the act itself, asked for by one and approved by another. */
async function takeRole(host: World, role: 'doctor' | 'receptionist'): Promise<void> {
  const { userId } = host.clinic.people[role]
  host.core.vault.writer.$client.prepare('delete from user_roles where user_id = ?').run(userId)
  host.core.vault.writer.$client.prepare(`insert into user_roles (user_id, role) values (?, 'pharmacist')`).run(userId)
  host.core.node.end(host.core.vault.writer, undefined, host.core.platform.now(), null)
}

describe('a right that is lost on the way', () => {
  it('keeps a doctor’s words for an administrator, at the host and on the machine, and changes no chart', async () => {
    const { one, host, write } = await withVisit()
    await write(one)
    await takeRole(host, 'doctor')
    await settle(one)
    expect(attentionAt(one.core)).toMatchObject([{ kind: 'quarantined', name: 'encounters.saveDraft', code: 'FORBIDDEN', input: { subjective: 'Words of a doctor' } }])
    expect(attentionAt(host.core)).toMatchObject([{ kind: 'quarantined', name: 'encounters.saveDraft', input: { subjective: 'Words of a doctor' } }])
    for (const { core } of [one, host]) expect(rowsAt(core, 'select * from clinical_notes')).toEqual([])
  })

  it('does the same where the account was disabled, or the place on the care team ended', async () => {
    const { one, two, host, patientId, write } = await withVisit()
    await write(one)
    host.core.vault.writer.$client.prepare(`update care_team_members set ended_at = '${TEN}', ended_by = added_by where patient_id = ?`).run(patientId)
    host.core.vault.writer.$client.prepare('update appointments set provider_id = ?').run(host.clinic.providers[1])
    host.core.vault.writer.$client.prepare('update encounters set provider_id = ?').run(host.clinic.providers[1])
    await settle(one)
    expect(codesAt(one.core)).toEqual([['quarantined', 'NOT_ON_CARE_TEAM']])
    await two.as('nurse').patients.update({ id: patientId, was: { city: null }, changes: { city: 'Salem' } })
    host.core.vault.writer.$client.prepare('update user_accounts set disabled_at = ? where id = ?').run(TEN, host.clinic.people.nurse.userId)
    await settle(two)
    expect(codesAt(two.core)).toEqual([['refused', 'FORBIDDEN']])
  })

  it('refuses everything else', async () => {
    const { one, host, newId } = await twoMachines()
    await one.as('receptionist').patients.register({ id: newId(), ...person })
    await takeRole(host, 'receptionist')
    await settle(one)
    expect(codesAt(one.core)).toEqual([['refused', 'FORBIDDEN']])
    expect(codesAt(host.core)).toEqual([])
    for (const { core } of [one, host]) expect(rowsAt(core, 'select * from patients')).toEqual([])
  })
})

describe('who was never at a machine', () => {
  it('has said nothing there: refused and kept nowhere, also where it would be words of a chart', async () => {
    const { one, host, write } = await withVisit()
    await write(one)
    host.core.vault.writer.$client.prepare('delete from member_people where device_id = ? and user_id = ?').run(deviceIdOf(one.core), host.clinic.people.doctor.userId)
    await settle(one)
    expect(codesAt(one.core)).toEqual([['refused', 'FORBIDDEN']])
    expect(codesAt(host.core)).toEqual([])
    expect(rowsAt(host.core, 'select * from clinical_notes')).toEqual([])
  })

  it('is told apart from somebody whose password is another one since', async () => {
    const { one, host, write } = await withVisit()
    await write(one)
    noteProved(host.core.vault.writer, { deviceId: deviceIdOf(one.core), userId: host.clinic.people.doctor.userId, loginHash: 'an earlier one', since: TEN })
    await settle(one)
    expect(codesAt(one.core)).toEqual([['quarantined', 'FORBIDDEN']])
    expect(codesAt(host.core)).toEqual([['quarantined', 'FORBIDDEN']])
  })
})

describe('what everybody goes by', () => {
  it('is not changed off line, and at once on every machine while the host is in reach', async () => {
    const { one, two, host, newId } = await twoMachines()
    const fee = { id: newId(), code: 'V-1', label: 'Visit', kind: 'visit' as const, priceCents: 5_000, proposeWhen: null, isActive: true }
    const administrator = one.as('administrator')
    expect((await refusalOf(one.as('billing').billing.saveFee(fee))).code).toBe('HOST_NEEDED')
    expect((await refusalOf(administrator.access.saveSettings({ ...(await administrator.access.settings({})), monthsBack: 3 }))).code).toBe('HOST_NEEDED')
    expect(rowsAt(one.core, 'select * from sync_outbox')).toEqual([])
    await settle(one, two)
    expect(await one.as('billing').billing.saveFee(fee)).toEqual(fee)
    expect(await refusalOf(two.as('billing').billing.saveFee({ ...fee, id: newId() }))).toMatchObject({ code: 'FEE_CODE_TAKEN' })
    await settle(one, two)
    for (const { core } of [one, two, host]) expect(rowsAt(core, 'select code from fee_items')).toEqual([{ code: 'V-1' }])
  })

  it('holds on a machine that had other settings in mind', async () => {
    const { one, two, host } = await twoMachines()
    const settings = await one.as('administrator').access.settings({})
    await settle(one, two)
    const wanted = { ...settings, monthsBack: settings.monthsBack + 1 }
    await two.as('administrator').access.saveSettings(wanted)
    await settle(one, two)
    for (const machine of [one, two, host]) expect(await machine.as('administrator').access.settings({})).toEqual(wanted)
  })

  it('takes two people at the host, wherever they are', async () => {
    // The doctor is a second administrator.
    const { one, two, host, newId } = await twoMachines(({ core, clinic }) => core.vault.writer.$client.prepare(`insert into user_roles (user_id, role) values (?, 'administrator')`).run(clinic.people.doctor.userId))
    const [id, { userId }] = [newId(), host.clinic.people.nurse]
    await host.as('administrator').approvals.request({ id, procedure: 'clinic.changeRoles', input: { userId, roles: ['nurse', 'receptionist'] }, reason: 'Covers the desk' })
    await settle(one, two)
    const own = newId()
    await one.as('doctor').approvals.request({ id: own, procedure: 'clinic.changeRoles', input: { userId, roles: ['nurse'] }, reason: 'Does not' })
    expect((await refusalOf(two.as('doctor').approvals.approve({ id: own }))).code).toBe('OWN_REQUEST')
    one.unplug()
    expect((await refusalOf(one.as('doctor').approvals.approve({ id }))).code).toBe('HOST_NEEDED')
    expect(await two.as('doctor').approvals.approve({ id })).toMatchObject({ outcome: 'done', result: { roles: ['nurse', 'receptionist'] } })
    await settle(one)
    for (const { core } of [one, two, host]) expect(rowsAt(core, `select role from user_roles where user_id = '${userId}' order by role`)).toEqual([{ role: 'nurse' }, { role: 'receptionist' }])
  })
})
