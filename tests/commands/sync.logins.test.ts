import { describe, expect, it, vi } from 'vitest'
import { formatRecoveryKey } from '#shared/kernel/recovery-key.ts'
import { readKeyring, slotsOf } from '#main/core/keys/keyring.ts'
import { readSync } from '#main/core/sync/context.ts'
import { carriedLoginOf } from '#main/domains/session/repository.carried.ts'
import { carrySalts } from '#main/domains/session/service.carried.ts'
import { connected, makeNetwork, type MemberWorld, type NetworkWorld, type Station } from '#tests/support/network.ts'
import { givePassword } from '#tests/support/sign-in.ts'
import { ADMIN_PASSWORD } from '#tests/support/small-clinic.ts'
import { refusalOf } from '#tests/support/world.ts'

const admin = { userName: 'administrator', password: ADMIN_PASSWORD }
const paper = ({ host }: NetworkWorld) => ({ recoveryKey: formatRecoveryKey(host.clinic.recoveryKey).join('-'), oldHostIsOff: true as const })
const level = (member: MemberWorld, host: Station) => vi.waitFor(() => expect(readSync(member.core.vault.reader).cursor).toBe(readSync(host.core.vault.reader).nextTx - 1))
const peopleOf = ({ host }: NetworkWorld) => host.clinic.people

/** A standby and another machine, both level with the host, where nobody has ever signed in. */
async function twoCopies() {
  const network = await makeNetwork()
  const [standby, member] = [await network.join('standby'), await network.join('clinical')]
  for (const machine of [standby, member]) {
    machine.plug()
    await connected(machine)
  }
  return { network, standby, member }
}

async function promote(network: NetworkWorld, standby: MemberWorld, member: MemberWorld): Promise<void> {
  await level(standby, network.host)
  await level(member, network.host)
  for (const machine of [standby, member]) machine.unplug()
  await standby.as('administrator').network.promote(paper(network))
  member.plug(standby)
  await connected(member)
}

describe('people who signed in at the old host only', () => {
  it('sign in at the new host and at another machine, with the key of their own that they had', async () => {
    const { network, standby, member } = await twoCopies()
    const doctor = await givePassword(network.host, 'doctor')
    const { userId } = peopleOf(network).doctor
    const { client } = network.host.stranger()
    await client.session.signIn(doctor)
    const key = Buffer.from(network.host.core.userKeys.get(userId) ?? [])
    await promote(network, standby, member)
    expect((await refusalOf(standby.stranger().session.signIn({ ...doctor, password: 'a wrong one of theirs' }))).code).toBe('SIGN_IN_REFUSED')
    expect(slotsOf(readKeyring(standby.folder), doctor.userName)).toEqual([])
    expect((await member.stranger().session.signIn(doctor)).phase).toBe('active')
    expect(Buffer.from(member.core.userKeys.get(userId) ?? [])).toEqual(key)
    standby.core.userKeys.delete(userId)
    expect((await standby.stranger().session.signIn(doctor)).phase).toBe('active')
    expect(Buffer.from(standby.core.userKeys.get(userId) ?? [])).toEqual(key)
    expect(slotsOf(readKeyring(standby.folder), doctor.userName)).toHaveLength(1)
  })

  it('come in with the password of today where the new host knew them by an older one', async () => {
    const { network, standby, member } = await twoCopies()
    await standby.stranger().session.signIn(admin)
    const { client } = network.host.stranger()
    await client.session.signIn(admin)
    await client.session.changePassword({ oldPassword: ADMIN_PASSWORD, newPassword: 'four louder stones' })
    await promote(network, standby, member)
    expect((await refusalOf(standby.stranger().session.signIn(admin))).code).toBe('SIGN_IN_REFUSED')
    expect((await standby.stranger().session.signIn({ ...admin, password: 'four louder stones' })).phase).toBe('active')
    expect(slotsOf(readKeyring(standby.folder), 'administrator')).toHaveLength(1)
  })

  it('are known by their salt even if they did not sign in since there was a place for it', async () => {
    const { network, standby, member } = await twoCopies()
    const nurse = await givePassword(network.host, 'nurse')
    const { userId } = peopleOf(network).nurse
    const { core } = network.host
    core.vault.writer.$client.prepare('delete from carried_logins where user_id = ?').run(userId)
    carrySalts(core)
    expect(carriedLoginOf(core.vault.reader, userId)).toMatchObject({ userKey: null })
    await promote(network, standby, member)
    expect((await member.stranger().session.signIn(nurse)).phase).toBe('active')
  })
})

it('what judges a password reaches standbys and no other machine', async () => {
  const { network, standby, member } = await twoCopies()
  await givePassword(network.host, 'doctor')
  await level(standby, network.host)
  await level(member, network.host)
  const { userId } = peopleOf(network).doctor
  expect(carriedLoginOf(standby.core.vault.reader, userId)).toEqual(carriedLoginOf(network.host.core.vault.reader, userId))
  expect(carriedLoginOf(standby.core.vault.reader, userId)?.userKey).not.toBeNull()
  expect(member.core.vault.reader.$client.prepare('select count(*) from carried_logins').pluck().get()).toBe(0)
})
