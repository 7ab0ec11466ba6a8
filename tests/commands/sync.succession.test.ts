import { describe, expect, it, vi } from 'vitest'
import { formatRecoveryKey } from '#shared/kernel/recovery-key.ts'
import { readSync, writeSync } from '#main/core/sync/context.ts'
import { isHandingOver, lastEpoch } from '#main/core/sync/epochs.ts'
import { heardOfHost } from '#main/core/sync/succession.ts'
import { makeSigningKeys } from '#main/core/network/signatures.ts'
import { signEpoch } from '#main/core/sync/epochs.ts'
import { connected, makeNetwork, type MemberWorld, type NetworkWorld, type Station } from '#tests/support/network.ts'
import { seePatient } from '#tests/support/visits.ts'
import { refusalOf } from '#tests/support/world.ts'

const person = { familyName: 'Doe', givenName: 'John', birthDate: '1980-02-01', sex: 'male' as const, duplicateReason: null }
const all = ({ core }: Pick<Station, 'core'>, sql: string): unknown[] => core.vault.reader.$client.prepare(sql).all()
const names = (station: Pick<Station, 'core'>): unknown[] => station.core.vault.reader.$client.prepare('select family_name from patients order by family_name').pluck().all()
const register = (station: Station, familyName: string) => station.as('receptionist').patients.register({ id: station.core.platform.newId(), ...person, familyName })
const settled = (member: MemberWorld) => vi.waitFor(() => expect(all(member, `select count(*) as n from sync_outbox where state = 'pending'`)).toEqual([{ n: 0 }]))
const sameRows = (one: Station, other: Station) => vi.waitFor(() => expect(names(one)).toEqual(names(other)))
const paper = ({ host }: NetworkWorld) => ({ recoveryKey: formatRecoveryKey(host.clinic.recoveryKey).join('-'), oldHostIsOff: true as const })

async function withStandby() {
  const network = await makeNetwork()
  const standby = await network.join('standby')
  standby.plug()
  await connected(standby)
  await vi.waitFor(() => expect(readSync(standby.core.vault.reader).cursor).toBe(readSync(network.host.core.vault.reader).nextTx - 1))
  return { network, standby }
}

/** The host is gone, and the standby has taken its place. */
async function promoted() {
  const { network, standby } = await withStandby()
  const member = await network.member()
  member.plug()
  await connected(member)
  await register(member, 'Shared')
  await settled(member)
  await sameRows(standby, network.host)
  standby.unplug()
  return { network, standby, member, promote: () => standby.as('administrator').network.promote(paper(network)) }
}

describe('network.switchHost', () => {
  it('hands the clinic over to the standby without a gap, and the old host follows it', async () => {
    const { network, standby } = await withStandby()
    const member = await network.member()
    member.plug()
    await connected(member)
    await register(member, 'Before')
    await settled(member)
    const { nextTx } = readSync(network.host.core.vault.reader)
    await network.host.as('administrator').network.switchHost({ toDeviceId: standby.core.node.deviceId })
    await vi.waitFor(() => expect(standby.core.node.role).toBe('host'))
    expect(readSync(network.host.core.vault.reader)).toMatchObject({ role: 'member', profile: 'standby', epoch: 2, standing: 'good' })
    expect(lastEpoch(standby.core.vault.reader)?.epoch).toMatchObject({ epoch: 2, hostId: standby.core.node.deviceId, by: 'host' })
    // The numbers go on where they were: nobody takes a copy.
    expect(all(standby, 'select min(tx) as tx from sync_feed_tx where epoch = 2')).toEqual([{ tx: nextTx }])
    const old = network.asMember(network.host)
    old.plug(standby)
    member.plug(standby)
    await connected(old)
    await connected(member)
    await register(member, 'After')
    await register(old, 'AtOldHost')
    await settled(member)
    await settled(old)
    await sameRows(old, standby)
    await sameRows(member, standby)
    expect(names(standby)).toEqual(['After', 'AtOldHost', 'Before'])
    expect([old.needsCopy, member.needsCopy]).toEqual([false, false])
    expect(all(standby, `select letter from series where name = 'invoice'`)).toEqual([{ letter: '' }])
  })

  it('refuses whoever is no standby, is out of reach, or does not stand where the host stands', async () => {
    const { network, standby } = await withStandby()
    const member = await network.member()
    const asAdministrator = network.host.as('administrator').network
    expect((await refusalOf(asAdministrator.switchHost({ toDeviceId: member.core.node.deviceId }))).code).toBe('NOT_STANDBY')
    expect((await refusalOf(asAdministrator.switchHost({ toDeviceId: network.host.core.node.deviceId }))).code).toBe('NOT_STANDBY')
    expect((await refusalOf(standby.as('administrator').network.switchHost({ toDeviceId: standby.core.node.deviceId }))).code).toBe('NOT_HOST')
    network.host.core.node.neighbours = { ...network.host.core.node.neighbours, readyToHost: async (_, { tx, chains }) => ({ cursor: tx - 1, chains, hostKey: makeSigningKeys().publicKey }) }
    expect((await refusalOf(asAdministrator.switchHost({ toDeviceId: standby.core.node.deviceId }))).code).toBe('STANDBY_BEHIND')
    network.host.core.node.neighbours = { ...network.host.core.node.neighbours, readyToHost: async () => undefined }
    expect((await refusalOf(asAdministrator.switchHost({ toDeviceId: standby.core.node.deviceId }))).code).toBe('HOST_UNREACHABLE')
    // It is the host as before.
    await register(network.host, 'Still')
    expect(readSync(network.host.core.vault.reader)).toMatchObject({ role: 'host', epoch: 1 })
  })

  it('takes nothing while it is under way, and tells the successor later where it was cut off in that moment', async () => {
    const { network, standby } = await withStandby()
    const { host } = network
    let refused: string | undefined
    const { readyToHost } = host.core.node.neighbours
    host.core.node.neighbours = {
      ...host.core.node.neighbours, announce: () => {},
      readyToHost: async (id, at) => {
        refused = (await refusalOf(register(host, 'Meanwhile'))).code
        return readyToHost(id, at)
      },
    }
    await host.as('administrator').network.switchHost({ toDeviceId: standby.core.node.deviceId })
    expect(refused).toBe('HOST_MOVED')
    expect([host.core.node.role, standby.core.node.role]).toEqual(['member', 'member'])
    // It goes on answering until the new one has welcomed it.
    const hands = () => isHandingOver(host.core.vault.reader, host.core.node.deviceId)
    expect(hands()).toBe(true)
    standby.plug(host)
    await vi.waitFor(() => expect(standby.core.node.role).toBe('host'))
    const old = network.asMember(host)
    old.plug(standby)
    await connected(old)
    expect(hands()).toBe(false)
  })
})

describe('network.promote and network.candidates', () => {
  it('asks for the paper, a full copy, a host that does not answer and nobody who is further', async () => {
    const { network, standby } = await withStandby()
    const second = await network.join('standby')
    const clinical = await network.member('clinical')
    expect((await refusalOf(network.host.as('administrator').network.promote(paper(network)))).code).toBe('NOT_MEMBER')
    expect((await refusalOf(network.host.as('administrator').network.candidates({}))).code).toBe('NOT_MEMBER')
    expect((await refusalOf(clinical.as('administrator').network.promote(paper(network)))).code).toBe('NOT_A_FULL_COPY')
    const promote = standby.as('administrator').network.promote
    expect((await refusalOf(promote({ ...paper(network), recoveryKey: formatRecoveryKey(network.host.core.platform.random(32)).join('-') }))).code).toBe('RECOVERY_KEY_WRONG')
    expect((await refusalOf(promote(paper(network)))).code).toBe('HOST_ANSWERS')
    standby.unplug()
    second.plug()
    await connected(second)
    await register(network.host, 'Only with the second')
    await sameRows(second, network.host)
    second.unplug()
    const { hostAnswers, machines } = await standby.as('administrator').network.candidates({})
    expect(hostAnswers).toBe(false)
    expect(machines.map(({ isThis, isStandby }) => ({ isThis, isStandby }))).toEqual([{ isThis: true, isStandby: true }, { isThis: false, isStandby: true }, { isThis: false, isStandby: false }])
    expect(await refusalOf(promote(paper(network)))).toMatchObject({ code: 'OTHER_IS_AHEAD', data: { deviceId: second.core.node.deviceId } })
    expect(readSync(standby.core.vault.reader).role).toBe('member')
  })

  it('makes the standby the host under a new epoch and a new letter of the invoices, with its own unsent work done', async () => {
    const { network, standby, member, promote } = await promoted()
    await register(standby, 'Unsent')
    await promote()
    expect(readSync(standby.core.vault.reader)).toMatchObject({ role: 'host', epoch: 2, profile: null })
    expect(all(standby, `select state, json_extract(outcome, '$.is') as outcome from sync_outbox`)).toEqual([{ state: 'archived', outcome: 'done' }])
    expect(all(standby, `select name, next, letter from series where name like 'invoice%' order by name`)).toEqual([{ name: 'invoice', next: 1, letter: 'B' }, { name: 'invoice:', next: 1001, letter: '' }])
    member.plug(standby)
    await connected(member)
    await sameRows(member, standby)
    expect(readSync(member.core.vault.reader).epoch).toBe(2)
    // I12: from here on the old host is nobody's host.
    member.plug(network.host)
    await vi.waitFor(() => expect(network.host.core.node.role).toBe('member'))
  })

  it('gives receipts a letter and patients a range of their own, so that no number of the old host comes twice', async () => {
    const { network, standby, promote } = await promoted()
    const { mrn: last } = await register(network.host, 'After the cable')
    await promote()
    const { id: patientId, mrn } = await register(standby, 'At the new host')
    expect(mrn).toBe(200_001)
    expect(last).toBeLessThan(mrn)
    const { id } = await standby.as('receptionist').billing.takePayment({ id: standby.core.platform.newId(), patientId, invoiceId: null, amountCents: 2_000, method: 'cash', reference: null })
    expect(all(standby, `select receipt_number as number from payments where id = '${id}'`)).toEqual([{ number: 'R-B-1' }])
  })

  it('is refused where this copy is of an older version than the host was', async () => {
    const { network, standby, promote } = await promoted()
    const { schema } = standby.core.node.member.hello()
    writeSync(standby.core.vault.writer, { hostSchema: schema + 1 })
    expect((await refusalOf(promote())).code).toBe('OLDER_THAN_HOST')
    writeSync(standby.core.vault.writer, { hostSchema: schema })
    await promote()
    expect(network.host.core.node.role).toBe('host')
  })

  it('numbers invoices under the new letter from 1 on, without a gap', async () => {
    const { network, standby, promote } = await promoted()
    await promote()
    const world = Object.assign(Object.create(network.host) as typeof network.host, { core: standby.core, as: standby.as })
    const visits = [await seePatient(world), await seePatient(world, { startsAt: '2026-11-17T14:30:00.000Z' })]
    const invoices = []
    for (const { encounterId } of visits) invoices.push(await standby.as('billing').billing.createInvoice({ id: standby.core.platform.newId(), encounterId }))
    expect(invoices.map((one) => one.number)).toEqual(['A-B-1', 'A-B-2'])
  })
})

describe('the old host that comes back', () => {
  it('turns read-only at the first certificate, hands over what only it had carried out, and loses nothing', async () => {
    const { network, standby, member, promote } = await promoted()
    const { host } = network
    await register(member, 'Through the old host')
    await settled(member)
    await register(host, 'At the old host')
    member.unplug()
    await promote()
    await register(standby, 'At the new host')
    // The old one is met by a machine that knows better.
    member.plug(standby)
    await vi.waitFor(() => expect(member.needsCopy).toBe(true))
    await member.takeCopy()
    await settled(member)
    await sameRows(member, standby)
    const old = network.asMember(host)
    member.plug(host)
    await vi.waitFor(() => expect(readSync(host.core.vault.reader)).toMatchObject({ role: 'member', standing: 'fenced', epoch: 2 }))
    expect((await refusalOf(register(host, 'Too late'))).code).toBe('HOST_MOVED')
    old.plug(standby)
    await vi.waitFor(() => expect(old.needsCopy).toBe(true))
    await old.takeCopy()
    await settled(old)
    await sameRows(old, standby)
    expect(names(standby)).toEqual(['At the new host', 'At the old host', 'Shared', 'Through the old host'])
    expect(all(standby, 'select count(*) as n, count(distinct mrn) as numbers from patients')).toEqual([{ n: 4, numbers: 4 }])
    // Done once, whoever brought it.
    expect(all(standby, `select count(*) as n from sync_applied where name = 'patients.register' and instr(cid, '@') = 0`)).toEqual([{ n: 4 }])
    await register(old, 'A member like any other')
    await sameRows(old, standby)
  })

  it('shows what the new host refuses of it in Attention', async () => {
    const { network, standby, promote } = await promoted()
    const { host } = network
    const patientId = (await register(host, 'Waits')).id
    const slot = { providerId: host.clinic.providers[0], roomId: null, typeId: null, startsAt: '2026-11-18T15:00:00.000Z', durationMin: 15, reason: null }
    await host.as('receptionist').scheduling.book({ id: host.core.platform.newId(), patientId, ...slot })
    await promote()
    const other = (await register(standby, 'First')).id
    await standby.as('receptionist').scheduling.book({ id: standby.core.platform.newId(), patientId: other, ...slot })
    const { certificate } = lastEpoch(standby.core.vault.reader) ?? { certificate: '' }
    expect(heardOfHost(host.core, { certificate })).toBe('other')
    const old = network.asMember(host)
    old.plug(standby)
    await vi.waitFor(() => expect(old.needsCopy).toBe(true))
    await old.takeCopy()
    await settled(old)
    expect(all(old, 'select kind, name, code from sync_attention')).toEqual([{ kind: 'salvaged', name: 'scheduling.book', code: 'SLOT_TAKEN' }])
    expect(all(standby, `select count(*) as n from appointments`)).toEqual([{ n: 1 }])
    expect(names(standby)).toEqual(['First', 'Shared', 'Waits'])
  })

  it('is not put off by a certificate that the clinic has not signed', async () => {
    const { network, standby } = await withStandby()
    const { host } = network
    const keys = makeSigningKeys()
    const forged = { v: 1, clinicId: host.clinic.id, epoch: 9, hostId: standby.core.node.deviceId, hostKey: keys.publicKey, forkTx: 0, startedAt: host.core.platform.now() } as const
    for (const by of ['root', 'host'] as const) {
      expect(heardOfHost(host.core, { certificate: signEpoch({ ...forged, by }, keys.privateKey) })).toBe('nothing-new')
      expect(heardOfHost(standby.core, { certificate: signEpoch({ ...forged, by }, keys.privateKey) })).toBe('nothing-new')
    }
    expect(heardOfHost(host.core, { certificate: 'no certificate' })).toBe('nothing-new')
    expect([host.core.node.role, standby.core.node.role]).toEqual(['host', 'member'])
  })
})

describe('a host that was restored from an older copy, and network.beginAnew', () => {
  it('refuses to serve until a new epoch is begun, and then nothing is lost that a machine still has', async () => {
    const network = await makeNetwork()
    const { host } = network
    const [one, two] = [await network.member(), await network.member('front-desk')]
    one.plug()
    two.plug()
    await connected(one)
    await connected(two)
    await register(one, 'Kept')
    await settled(one)
    const restored = await network.restorable()
    await register(one, 'Confirmed after the backup')
    await register(two, 'By the other')
    await settled(one)
    await settled(two)
    for (const member of [one, two]) member.unplug()
    const again = await restored()
    expect(names(again)).toEqual(['Kept'])
    await register(again, 'Typed after the restore')
    one.plug(again)
    await vi.waitFor(() => expect(one.stoppedBy).toBe('HOST_RESTORED'))
    two.plug(again)
    await vi.waitFor(() => expect(two.stoppedBy).toBe('HOST_RESTORED'))
    expect(readSync(again.core.vault.reader).standing).toBe('restored')
    expect((await refusalOf(one.as('administrator').network.beginAnew({}))).code).toBe('NOT_HOST')
    expect(await again.as('administrator').network.beginAnew({})).toMatchObject({ role: 'host', epoch: 2 })
    expect((await refusalOf(again.as('administrator').network.beginAnew({}))).code).toBe('NOT_RESTORED')
    for (const member of [one, two]) {
      member.plug(again)
      await vi.waitFor(() => expect(member.needsCopy).toBe(true))
      await member.takeCopy()
      await settled(member)
    }
    await sameRows(one, again)
    await sameRows(two, again)
    expect(names(again)).toEqual(['By the other', 'Confirmed after the backup', 'Kept', 'Typed after the restore'])
    expect(all(again, `select letter from series where name = 'invoice'`)).toEqual([{ letter: 'B' }])
    expect(host.clinic.id).toBe(again.core.vault.clinic?.id)
  })
})
