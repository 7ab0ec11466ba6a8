import { randomBytes } from 'node:crypto'
import { expect, it, vi } from 'vitest'
import { readKeyring, slotsOf } from '#main/core/keys/keyring.ts'
import { readSync } from '#main/core/sync/context.ts'
import { memberLoginOf } from '#main/domains/session/repository.member.ts'
import { ADMIN_PASSWORD } from '#tests/support/small-clinic.ts'
import { connected, makeNetwork } from '#tests/support/network.ts'
import { openCore, refusalOf } from '#tests/support/world.ts'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import { unlockWithRecoveryKey } from '#main/core/keys/unlock.ts'
import { parseRecoveryKey } from '#shared/kernel/recovery-key.ts'
import { givePassword } from '#tests/support/sign-in.ts'

const given = { userName: 'administrator', password: ADMIN_PASSWORD }
const NEW = 'four louder stones'
const person = { familyName: 'Doe', givenName: 'John', birthDate: '1980-02-01', sex: 'male' as const, duplicateReason: null }

it('asks the host about the first sign-in of a person, and from then on nobody', async () => {
  const network = await makeNetwork()
  const member = await network.join('clinical')
  expect((await refusalOf(member.stranger().session.signIn(given))).code).toBe('FIRST_SIGN_IN_NEEDS_HOST')
  member.plug()
  await connected(member)
  expect((await refusalOf(member.stranger().session.signIn({ ...given, password: 'quite another one' }))).code).toBe('SIGN_IN_REFUSED')
  expect(readKeyring(member.folder).slots.filter((slot) => slot.kind === 'user')).toEqual([])
  expect((await member.stranger().session.signIn(given)).phase).toBe('active')
  const { userId } = network.host.clinic.people.administrator
  expect(member.core.userKeys.get(userId)).toEqual(network.host.core.userKeys.get(userId))
  // The member's own slot, with a salt of its own: the host's login hash is not what proves the person here.
  const login = memberLoginOf(member.core.vault.reader, userId)
  const atHostHash = network.host.core.vault.reader.$client.prepare('select login_hash from user_accounts where id = ?').pluck().get(userId)
  expect(login?.accountHash).toBe(atHostHash)
  expect(login?.loginHash).not.toBe(atHostHash)
  member.unplug()
  expect((await member.stranger().session.signIn(given)).phase).toBe('active')
  expect((await refusalOf(member.stranger().session.signIn({ ...given, password: 'quite another one' }))).code).toBe('SIGN_IN_REFUSED')
})

it('believes commands of a person from a machine only after that', async () => {
  const network = await makeNetwork()
  const member = await network.join('clinical')
  member.plug()
  await connected(member)
  // Whatever this machine shows meanwhile: the host's word counts.
  await member.as('receptionist').patients.register({ id: member.core.platform.newId(), ...person }).catch(() => undefined)
  const outcome = `select json_extract(outcome, '$.code') as code from sync_outbox where seq = 1`
  await vi.waitFor(() => expect(member.core.vault.reader.$client.prepare(outcome).all()).toEqual([{ code: 'FORBIDDEN' }]))
  const doctor = await givePassword(network.host, 'doctor')
  const client = member.stranger()
  await client.session.signIn(doctor)
  const id = member.core.platform.newId()
  expect(await client.patients.register({ id, ...person })).toMatchObject({ id })
  const proved = network.host.core.vault.reader.$client.prepare('select user_id from member_people where device_id = ?').pluck().all(member.core.node.deviceId)
  expect(proved).toEqual([network.host.clinic.people.doctor.userId])
})

it('counts wrong passwords at the host as if they had been typed there', async () => {
  const network = await makeNetwork()
  const member = await network.join('clinical')
  member.plug()
  await connected(member)
  for (let tries = 0; tries < 5; tries += 1) await member.stranger().session.signIn({ ...given, password: `wrong ${tries}` }).catch(() => undefined)
  expect((await refusalOf(network.host.stranger().client.session.signIn(given))).code).toBe('SIGN_IN_WAIT')
  expect((await refusalOf(member.stranger().session.signIn(given))).code).toBe('SIGN_IN_WAIT')
})

it('asks the host again after a new password, and lets the old one in nowhere once the rows have come', async () => {
  const network = await makeNetwork()
  const member = await network.join('clinical')
  member.plug()
  await connected(member)
  await member.stranger().session.signIn(given)
  const { client } = network.host.stranger()
  await client.session.signIn(given)
  await client.session.changePassword({ oldPassword: ADMIN_PASSWORD, newPassword: NEW })
  const { userId } = network.host.clinic.people.administrator
  const hash = network.host.core.vault.reader.$client.prepare('select login_hash from user_accounts where id = ?').pluck().get(userId)
  await vi.waitFor(() => expect(member.core.vault.reader.$client.prepare('select login_hash from user_accounts where id = ?').pluck().get(userId)).toBe(hash))
  expect((await refusalOf(member.stranger().session.signIn(given))).code).toBe('SIGN_IN_REFUSED')
  member.unplug()
  expect((await refusalOf(member.stranger().session.signIn(given))).code).toBe('FIRST_SIGN_IN_NEEDS_HOST')
  expect((await refusalOf(member.stranger().session.signIn({ ...given, password: NEW }))).code).toBe('FIRST_SIGN_IN_NEEDS_HOST')
  member.plug()
  await connected(member)
  expect((await member.stranger().session.signIn({ ...given, password: NEW })).phase).toBe('active')
  member.unplug()
  expect((await member.stranger().session.signIn({ ...given, password: NEW })).phase).toBe('active')
  expect(slotsOf(readKeyring(member.folder), 'administrator')).toHaveLength(1)
})

it('takes the slot of somebody whose account was closed, and their sessions, as soon as the rows have come', async () => {
  const network = await makeNetwork()
  const member = await network.join('clinical')
  member.plug()
  await connected(member)
  const nurse = await givePassword(network.host, 'nurse')
  const client = member.stranger()
  await client.session.signIn(nurse)
  expect(slotsOf(readKeyring(member.folder), 'nurse')).toHaveLength(1)
  await network.host.as('administrator').clinic.disablePerson({ userId: network.host.clinic.people.nurse.userId })
  await vi.waitFor(async () => expect((await client.session.state({})).phase).toBe('signed-out'))
  expect(slotsOf(readKeyring(member.folder), 'nurse')).toEqual([])
  expect((await refusalOf(member.stranger().session.signIn(nurse))).code).toBe('SIGN_IN_REFUSED')
  member.unplug()
  expect((await refusalOf(member.stranger().session.signIn(nurse))).code).toBe('FIRST_SIGN_IN_NEEDS_HOST')
})

it('refuses passwords, second factors and invitations anywhere but at the host, before anything is written', async () => {
  const network = await makeNetwork()
  const member = await network.join('clinical')
  member.plug()
  await connected(member)
  const client = member.stranger()
  await client.session.signIn(given)
  const before = { ring: readKeyring(member.folder), outbox: member.core.vault.reader.$client.prepare('select count(*) from sync_outbox').pluck().get() }
  const { people } = network.host.clinic
  const added = { staffId: member.core.platform.newId(), familyName: 'New', givenName: 'Ann', credentials: null, title: null, isProvider: false, userId: member.core.platform.newId(), userName: 'ann', roles: ['nurse' as const] }
  const calls = [
    client.session.changePassword({ oldPassword: ADMIN_PASSWORD, newPassword: NEW }), client.session.beginSecondFactor({}), client.session.confirmSecondFactor({ code: '123456' }), client.session.newOneTimeCodes({}),
    client.session.removeSecondFactor({ userId: people.nurse.userId }), client.session.redeemInvite({ userName: 'nurse', code: 'AAAA', newPassword: NEW }),
    client.clinic.resetAccess({ userId: people.nurse.userId }), client.clinic.disablePerson({ userId: people.nurse.userId }), client.clinic.addPerson(added as never), client.clinic.drawNextRecoveryKey({}),
  ]
  expect(await Promise.all(calls.map(async (call) => (await refusalOf(call)).code))).toEqual(calls.map(() => 'AT_HOST'))
  expect({ ring: readKeyring(member.folder), outbox: member.core.vault.reader.$client.prepare('select count(*) from sync_outbox').pluck().get() }).toEqual(before)
})

it('starts with nobody there where the machine keeps a secret, and then asks the host about somebody new', async () => {
  const network = await makeNetwork()
  const device = { keeper: 'key-file', secret: new Uint8Array(randomBytes(32)) } as const
  const member = await network.join('clinical', device)
  member.plug()
  await connected(member)
  member.unplug()
  await member.core.close()
  const core = await openCore(member.folder, network.host.clock, { device: Promise.resolve(device) })
  expect(core.vault.state).toBe('closed')
  expect((await refusalOf(inProcessClient(core, core.openDoor('test')).session.signIn(given))).code).toBe('FIRST_SIGN_IN_NEEDS_HOST')
  expect(core.vault.state).toBe('open')
  expect(readSync(core.vault.reader).role).toBe('member')
  await core.close()
})

it('follows a newly printed recovery key of the host', async () => {
  const network = await makeNetwork()
  const member = await network.join('clinical')
  member.plug()
  await connected(member)
  const { client } = network.host.stranger()
  await client.session.signIn(given)
  const sheet = await client.clinic.drawNextRecoveryKey({})
  await client.clinic.reissueRecoveryKey({ typed: sheet.asked.map((number) => ({ number, text: sheet.groups[number - 1] ?? '' })) })
  const opens = (key: Uint8Array | undefined) => (key ? unlockWithRecoveryKey(readKeyring(member.folder), key)?.dataKey : undefined)
  await vi.waitFor(() => expect(opens(parseRecoveryKey(sheet.groups.join('')))).toEqual(member.core.vault.dataKey))
  expect(opens(network.host.clinic.recoveryKey)).toBeUndefined()
})

it('knows the passwords of both after a change of hosts, at the new host and at the old one', async () => {
  const network = await makeNetwork()
  const { host } = network
  const standby = await network.join('standby')
  standby.plug()
  await connected(standby)
  expect((await standby.stranger().session.signIn(given)).phase).toBe('active')
  await host.as('administrator').network.switchHost({ toDeviceId: standby.core.node.deviceId })
  await vi.waitFor(() => expect(standby.core.node.role).toBe('host'))
  // What this password opens lies under a salt of the standby's own, and the account's hash is of the first host's.
  expect((await standby.stranger().session.signIn(given)).phase).toBe('active')
  expect((await refusalOf(standby.stranger().session.signIn({ ...given, password: 'quite another one' }))).code).toBe('SIGN_IN_REFUSED')
  // The old host has no word of the new one about this person, and needs none.
  const old = network.asMember(host)
  expect((await old.stranger().session.signIn(given)).phase).toBe('active')
})
