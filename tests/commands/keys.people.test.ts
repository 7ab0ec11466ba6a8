import fs from 'node:fs'
import { describe, expect, it } from 'vitest'
import { formatInviteCode, parseInviteCode } from '#shared/kernel/invite-code.ts'
import { formatRecoveryKey } from '#shared/kernel/recovery-key.ts'
import { userKeyOf } from '#main/core/keys/held.ts'
import { readKeyring, slotsOf, writeKeyring } from '#main/core/keys/keyring.ts'
import { unlockWithPassword, unlockWithRecoveryKey } from '#main/core/keys/unlock.ts'
import { closeDb, openDb } from '#main/core/db/open.ts'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import { redeem } from '#tests/support/invite.ts'
import { ADMIN_PASSWORD } from '#tests/support/small-clinic.ts'
import { makeWorld, openCore, refusalOf, type World } from '#tests/support/world.ts'

const [PASSWORD, OTHER] = ['a heron in the reeds', 'seven boats at anchor']
const admin = { userName: 'administrator', password: ADMIN_PASSWORD }
const nurse = (world: World) => ({
  userId: world.core.platform.newId(), staffId: world.core.platform.newId(), givenName: 'Beth', familyName: 'Moreno', title: null, credentials: 'RN', isProvider: false,
  roles: ['nurse' as const], userName: 'moreno',
})
const actions = (world: World, action: string): number =>
  world.core.vault.reader.$client.prepare('select count(*) from audit_events where action = ?').pluck().get(action) as number // It asks for one number.

describe('session.changePassword', () => {
  it('wraps the person’s own slot anew and no other, keeps their own key, and ends their other windows', async () => {
    const world = await makeWorld()
    const [here, there] = [world.stranger(), world.stranger()]
    for (const { client } of [here, there]) await client.session.signIn(admin)
    const own = userKeyOf(world.core, world.clinic.people.administrator.userId)
    const before = readKeyring(world.folder)
    expect(await refusalOf(here.client.session.changePassword({ oldPassword: 'not this one', newPassword: PASSWORD }))).toMatchObject({ code: 'OLD_PASSWORD_WRONG' })
    expect(await refusalOf(here.client.session.changePassword({ oldPassword: ADMIN_PASSWORD, newPassword: 'administrator1' }))).toMatchObject({ code: 'PASSWORD_WEAK' })
    expect(readKeyring(world.folder)).toEqual(before)
    expect(await here.client.session.changePassword({ oldPassword: ADMIN_PASSWORD, newPassword: PASSWORD })).toMatchObject({ phase: 'active' })
    const after = readKeyring(world.folder)
    const changed = after.slots.filter((slot) => !before.slots.some((one) => one.id === slot.id))
    expect([changed.map((slot) => slot.kind), after.slots.length]).toEqual([['user'], before.slots.length])
    expect(before.slots.filter((slot) => slot.kind === 'recovery')).toEqual(after.slots.filter((slot) => slot.kind === 'recovery'))
    expect([here.door.session?.userId, there.door.session]).toEqual([world.clinic.people.administrator.userId, null])
    expect(await refusalOf(there.client.session.signIn(admin))).toMatchObject({ code: 'SIGN_IN_REFUSED' })
    expect(await there.client.session.signIn({ ...admin, password: PASSWORD })).toMatchObject({ phase: 'active' })
    expect(userKeyOf(world.core, world.clinic.people.administrator.userId)).toEqual(own)
    expect(await unlockWithPassword(after, 'administrator', ADMIN_PASSWORD)).toBeUndefined()
    for (const { client } of [here, there]) await client.session.signOut({})
    expect(world.core.userKeys.size).toBe(0)
    expect(await refusalOf(here.client.session.changePassword({ oldPassword: PASSWORD, newPassword: OTHER }))).toMatchObject({ code: 'SIGNED_OUT' })
  })
})

describe('clinic.addPerson, clinic.resetAccess and session.redeemInvite', () => {
  it('R22: an administrator resets and never learns a password; the old one opens nothing any more', async () => {
    const world = await makeWorld()
    const administrator = world.as('administrator')
    const invited = await administrator.clinic.addPerson(nurse(world))
    const nurseAt = world.stranger()
    await redeem(invited, nurseAt.client, PASSWORD)
    const answer = await administrator.clinic.resetAccess({ userId: invited.account.userId })
    expect(Object.keys(answer.account).filter((name) => /password|hash|login/i.test(name))).toEqual([])
    expect(JSON.stringify([invited, answer])).not.toContain(PASSWORD)
    expect(nurseAt.door.session).toBeNull()
    expect(slotsOf(readKeyring(world.folder), 'moreno')).toEqual([])
    expect(await unlockWithPassword(readKeyring(world.folder), 'moreno', PASSWORD)).toBeUndefined()
    expect(await refusalOf(nurseAt.client.session.signIn({ userName: 'moreno', password: PASSWORD }))).toMatchObject({ code: 'SIGN_IN_REFUSED' })
    expect(answer.invite.code).not.toBe(invited.invite.code)
    await redeem(answer, nurseAt.client, OTHER)
    expect(nurseAt.door.session?.name).toBe('Beth Moreno')
    expect([actions(world, 'staff.access-reset'), actions(world, 'session.invite-redeemed')]).toEqual([1, 2])
    expect(await refusalOf(administrator.clinic.resetAccess({ userId: world.clinic.people.administrator.userId }))).toMatchObject({ code: 'OWN_ACCOUNT' })
  })

  it('R21: a code works once, for its own name, for 24 hours, and cannot be given more time', async () => {
    const world = await makeWorld()
    const administrator = world.as('administrator')
    const invited = await administrator.clinic.addPerson(nurse(world))
    const { client } = world.stranger()
    const { code } = invited.invite
    expect(await refusalOf(client.session.redeemInvite({ userName: 'nurse', code, newPassword: PASSWORD }))).toMatchObject({ code: 'INVITE_REFUSED' })
    expect(await refusalOf(client.session.redeemInvite({ userName: 'moreno', code, newPassword: 'bethmoreno12' }))).toMatchObject({ code: 'PASSWORD_WEAK' })
    world.clock.advanceMinutes(1_440)
    const before = readKeyring(world.folder)
    expect(await refusalOf(redeem(invited, client, PASSWORD))).toMatchObject({ code: 'INVITE_EXPIRED' })
    writeKeyring(world.folder, { ...before, slots: before.slots.map((slot) => (slot.kind === 'invite' ? { ...slot, expiresAt: '2030-01-01T00:00:00.000Z' } : slot)) })
    expect(await refusalOf(redeem(invited, client, PASSWORD))).toMatchObject({ code: 'INVITE_REFUSED' })
    const again = await world.as('administrator').clinic.resetAccess({ userId: invited.account.userId })
    expect(readKeyring(world.folder).slots.filter((slot) => slot.kind === 'invite')).toHaveLength(1)
    const typed = again.invite.code.toLowerCase().replaceAll('-', ' ')
    expect(await client.session.redeemInvite({ userName: ' Moreno ', code: typed, newPassword: PASSWORD })).toMatchObject({ phase: 'active', person: { userName: 'moreno' } })
    expect(await refusalOf(redeem(again, world.stranger().client, OTHER))).toMatchObject({ code: 'INVITE_REFUSED' })
    expect(await client.session.signIn({ userName: 'moreno', password: PASSWORD })).toMatchObject({ phase: 'active' })
  })

  it('opens the records after a restart, and of two windows with one code one is let in', async () => {
    const world = await makeWorld()
    const invited = await world.as('administrator').clinic.addPerson(nurse(world))
    await world.core.close()
    const core = await openCore(world.folder, world.clock)
    const windows = [1, 2].map(() => inProcessClient(core, core.openDoor('test')))
    const outcomes = await Promise.allSettled(windows.map((client) => redeem(invited, client, PASSWORD)))
    expect(outcomes.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(slotsOf(readKeyring(world.folder), 'moreno')).toHaveLength(1)
    await core.close()
  })

  it('R19: lets wrong codes wait, for that name only', async () => {
    const world = await makeWorld()
    const invited = await world.as('administrator').clinic.addPerson(nurse(world))
    const { client } = world.stranger()
    const wrong = (userName: string, code = 'AAAA-AAAA-AAAA-AAAA') => client.session.redeemInvite({ userName, code, newPassword: PASSWORD })
    for (let i = 0; i < 5; i += 1) expect(await refusalOf(wrong('moreno', 'not a code'))).toMatchObject({ code: 'INVITE_REFUSED' })
    expect(await refusalOf(redeem(invited, client, PASSWORD))).toEqual({ code: 'SIGN_IN_WAIT', data: { seconds: 60 } })
    expect(await refusalOf(wrong('nurse'))).toMatchObject({ code: 'INVITE_REFUSED' })
    world.clock.advanceMinutes(1)
    expect(await redeem(invited, client, PASSWORD)).toMatchObject({ phase: 'active' })
  })

  it('is a code of 80 bits that survives how people type', () => {
    const code = formatInviteCode(new Uint8Array([255, 0, 1, 2, 3, 4, 5, 6, 7, 8]))
    expect(code).toMatch(/^[A-Z2-9]{4}(-[A-Z2-9]{4}){3}$/)
    expect([code.toLowerCase(), code.replaceAll('-', ' '), ` ${code}`].map(parseInviteCode)).toEqual([code, code, code])
    expect(['', code.slice(1), `${code}A`, code.replace(/^./, '0')].map(parseInviteCode)).toEqual([undefined, undefined, undefined, undefined])
  })
})

describe('clinic.rotateKey and clinic.keyState', () => {
  it('changes the key under everybody’s hands: sessions, passwords and rows stay, the old key and an old backup’s slot open nothing new', { timeout: 120_000 }, async () => {
    const world = await makeWorld()
    const { client } = world.stranger()
    await client.session.signIn(admin)
    const invited = await client.clinic.addPerson(nurse(world))
    const oldKey = world.core.vault.dataKey ?? new Uint8Array(32)
    const backup = `${world.folder}-backup`
    world.core.vault.writer.$client.pragma('wal_checkpoint(TRUNCATE)')
    fs.cpSync(world.folder, backup, { recursive: true })
    world.clock.advanceMinutes(3)
    const seen: number[] = []
    for await (const { done } of await client.clinic.rotateKey({})) {
      seen.push(done)
      if (done < 0.9) world.clinic.addPatient(world.core)
    }
    expect(seen.at(-1)).toBe(1)
    expect(world.core.vault.dataKey).not.toEqual(oldKey)
    expect(world.core.vault.reader.$client.prepare('select count(*) from patients').pluck().get()).toBe(seen.filter((done) => done < 0.9).length)
    expect(await client.clinic.keyState({})).toMatchObject({ dataKeyAt: world.core.platform.now(), openInvites: 1, hasRecoveryKey: true })
    expect(() => openDb({ path: world.core.vault.file, key: oldKey })).toThrow('DATABASE_DAMAGED')
    expect(await world.core.vault.check(60_000, () => undefined, world.core.platform.now)).toBe(true)
    expect([actions(world, 'keys.data-key-change-begun'), actions(world, 'keys.data-key-changed')]).toEqual([1, 1])

    const old = readKeyring(backup)
    expect((await unlockWithPassword(old, 'administrator', ADMIN_PASSWORD))?.dataKey).toEqual(oldKey)
    const restored = unlockWithRecoveryKey(old, world.clinic.recoveryKey)?.dataKey ?? new Uint8Array(32)
    closeDb(openDb({ path: `${backup}/cairn.db`, key: restored }))
    fs.rmSync(backup, { recursive: true })

    await redeem(invited, world.stranger().client, PASSWORD)
    await world.core.close()
    const core = await openCore(world.folder, world.clock)
    expect(await inProcessClient(core, core.openDoor('test')).session.signIn(admin)).toMatchObject({ phase: 'active' })
    await core.close()
  })

  it('gives a leaver’s slot that was put back no new key, and wants a fresh proof', { timeout: 120_000 }, async () => {
    const world = await makeWorld()
    const { client } = world.stranger()
    await client.session.signIn(admin)
    const invited = await client.clinic.addPerson(nurse(world))
    await redeem(invited, world.stranger().client, PASSWORD)
    const leaver = slotsOf(readKeyring(world.folder), 'moreno')
    await client.clinic.disablePerson({ userId: invited.account.userId })
    const keyring = readKeyring(world.folder)
    writeKeyring(world.folder, { ...keyring, slots: [...keyring.slots, ...leaver] })
    expect((await unlockWithPassword(readKeyring(world.folder), 'moreno', PASSWORD))?.dataKey).toEqual(world.core.vault.dataKey)
    for await (const _step of await client.clinic.rotateKey({}));
    expect(await unlockWithPassword(readKeyring(world.folder), 'moreno', PASSWORD)).toBeUndefined()
    world.clock.advanceMinutes(6)
    expect(await refusalOf(client.clinic.rotateKey({}).then(async (stream) => { for await (const _step of stream); }))).toMatchObject({ code: 'REAUTH' })
  })
})

describe('clinic.drawNextRecoveryKey and clinic.reissueRecoveryKey', () => {
  it('keeps the old sheet until the new one was read back, then only the new one opens', async () => {
    const world = await makeWorld()
    const { client } = world.stranger()
    await client.session.signIn(admin)
    expect(await refusalOf(client.clinic.reissueRecoveryKey({ typed: [1, 2, 3].map((number) => ({ number, text: 'AAAA' })) }))).toMatchObject({ code: 'NO_RECOVERY_KEY' })
    const sheet = await client.clinic.drawNextRecoveryKey({})
    const typed = sheet.asked.map((number) => ({ number, text: sheet.groups[number - 1] ?? '' }))
    const opens = (groups: string[]) => client.session.recover({ recoveryKey: groups.join(''), userName: 'administrator', newPassword: ADMIN_PASSWORD })
    expect(await refusalOf(client.clinic.reissueRecoveryKey({ typed: typed.map((one, i) => (i === 1 ? { ...one, text: 'AAAA' } : one)) }))).toEqual({ code: 'RECOVERY_GROUPS_WRONG', data: { wrong: [typed[1]?.number] } })
    expect(unlockWithRecoveryKey(readKeyring(world.folder), world.clinic.recoveryKey)).toBeDefined()
    expect(await client.clinic.reissueRecoveryKey({ typed })).toMatchObject({ recoveryAt: world.core.platform.now() })
    expect(await refusalOf(opens(formatRecoveryKey(world.clinic.recoveryKey)))).toMatchObject({ code: 'RECOVERY_REFUSED' })
    expect(await opens(sheet.groups)).toMatchObject({ phase: 'active' })
    expect(await refusalOf(client.clinic.reissueRecoveryKey({ typed }))).toMatchObject({ code: 'NO_RECOVERY_KEY' })
  })
})
