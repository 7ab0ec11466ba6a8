import { expect, it, vi } from 'vitest'
import { formatRecoveryKey } from '#shared/kernel/recovery-key.ts'
import { readKeyring } from '#main/core/keys/keyring.ts'
import { closeDb, openDb } from '#main/core/db/open.ts'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import { ADMIN_PASSWORD } from '#tests/support/small-clinic.ts'
import { connected, makeNetwork } from '#tests/support/network.ts'
import { openCore, refusalOf } from '#tests/support/world.ts'

const given = { userName: 'administrator', password: ADMIN_PASSWORD }
const person = { familyName: 'Doe', givenName: 'John', birthDate: '1980-02-01', sex: 'male' as const, duplicateReason: null }
const DAY = 24 * 60

it('warns after 3 and 7 days without the host, locks after 14, and opens again when it is met', async () => {
  const network = await makeNetwork()
  const member = await network.member()
  member.plug()
  await connected(member)
  const desk = member.as('receptionist')
  member.unplug()
  const leaseAfter = async (days: number) => {
    network.host.clock.advanceMinutes(days * DAY)
    return (await desk.network.state({})).lease
  }
  expect(await leaseAfter(2)).toEqual({ days: 2, warning: null, hasEnded: false })
  expect(await leaseAfter(1)).toEqual({ days: 3, warning: 3, hasEnded: false })
  expect(await leaseAfter(4)).toEqual({ days: 7, warning: 7, hasEnded: false })
  await desk.patients.register({ id: member.core.platform.newId(), ...person })
  expect(await leaseAfter(7)).toEqual({ days: 14, warning: 14, hasEnded: true })
  expect((await refusalOf(desk.patients.search({ text: 'doe' }))).code).toBe('LEASE_ENDED')
  expect((await refusalOf(desk.patients.register({ id: member.core.platform.newId(), ...person }))).code).toBe('LEASE_ENDED')
  await desk.network.tryNow({})
  member.plug()
  await connected(member)
  expect((await desk.network.state({})).lease).toBeUndefined()
  expect(await desk.patients.search({ text: 'doe' })).toHaveLength(1)
  await vi.waitFor(() => expect(network.host.core.vault.reader.$client.prepare('select family_name from patients').pluck().all()).toEqual(['Doe']))
})

it('gives nobody more days for a clock that is turned back, and lets nobody in after the last one', async () => {
  const network = await makeNetwork()
  const member = await network.join('clinical')
  member.plug()
  await connected(member)
  const client = member.stranger()
  await client.session.signIn(given)
  member.unplug()
  network.host.clock.advanceMinutes(14 * DAY)
  expect((await refusalOf(member.stranger().session.signIn(given))).code).toBe('LEASE_ENDED')
  // A call that was refused has noted the time.
  expect((await refusalOf(client.session.setPin({ pin: '274951' }))).code).toBe('LEASE_ENDED')
  network.host.clock.advanceMinutes(-10 * DAY)
  expect(member.core.node.lease).toMatchObject({ hasEnded: true })
  expect((await refusalOf(member.stranger().session.signIn(given))).code).toBe('LEASE_ENDED')
})

it('ends everything at once where the host has taken the machine off its list, and keeps what was not sent', async () => {
  const network = await makeNetwork()
  const member = await network.join('clinical')
  member.plug()
  await connected(member)
  const client = member.stranger()
  await client.session.signIn(given)
  member.unplug()
  await member.as('receptionist').patients.register({ id: member.core.platform.newId(), ...person, familyName: 'Unsent' })
  const key = member.core.vault.dataKey ?? new Uint8Array(32)
  network.host.server.revoke(member.core.node.deviceId)
  member.plug()
  await vi.waitFor(() => expect(member.stoppedBy).toBe('REVOKED'))
  expect(member.core.vault.state).toBe('closed')
  expect((await client.session.state({})).phase).toBe('revoked')
  expect(readKeyring(member.folder).slots.map((slot) => slot.kind)).toEqual(['recovery'])
  expect((await refusalOf(member.stranger().session.signIn(given))).code).toBe('MACHINE_REVOKED')
  expect(network.host.core.vault.reader.$client.prepare('select count(*) from patients').pluck().get()).toBe(0)
  await member.core.close()
  // The paper still opens the file, for whoever hands the work over; nobody works here any more.
  const db = openDb({ path: `${member.folder}/cairn.db`, key, readonly: true })
  expect(db.$client.prepare(`select name, state from sync_outbox`).all()).toEqual([{ name: 'patients.register', state: 'pending' }])
  closeDb(db)
  const core = await openCore(member.folder, network.host.clock, { network: { isOff: true } })
  const again = inProcessClient(core, core.openDoor('test'))
  expect((await refusalOf(again.session.recover({ recoveryKey: formatRecoveryKey(network.host.clinic.recoveryKey).join('-'), userName: 'administrator', newPassword: 'four louder stones' }))).code).toBe('AT_HOST')
  expect(core.vault.state).toBe('open')
  expect((await refusalOf(again.session.signIn(given))).code).toBe('MACHINE_REVOKED')
  await core.close()
})
