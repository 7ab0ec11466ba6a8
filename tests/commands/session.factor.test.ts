import { describe, expect, it } from 'vitest'
import { roles, type Role } from '#shared/access/roles.ts'
import { formatRecoveryKey } from '#shared/kernel/recovery-key.ts'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import { enterAs } from '#main/domains/session/service.ts'
import { ADMIN_PASSWORD } from '#tests/support/small-clinic.ts'
import { codeAt, enrol, givePassword, requireTwoFactors, wrongCode } from '#tests/support/sign-in.ts'
import { makeWorld, openCore, refusalOf, type World } from '#tests/support/world.ts'

// The goal: under "required" nobody gets in with one factor, and no code works twice.
const admin = { userName: 'administrator', password: ADMIN_PASSWORD }

async function enrolledAdmin(): Promise<{ world: World; secret: string; codes: string[]; code: () => string }> {
  const world = await makeWorld()
  const { client } = world.stranger()
  await client.session.signIn(admin)
  return { world, ...(await enrol(world, client)) }
}

describe('session.beginSecondFactor, session.confirmSecondFactor and session.giveCode', () => {
  it('R09: the password alone opens a door that can do nothing but take the code', async () => {
    const { world, code } = await enrolledAdmin()
    const { client, door } = world.stranger()
    expect(await client.session.signIn(admin)).toMatchObject({ phase: 'second-factor', person: { userName: 'administrator' }, seat: null })
    expect(door.session).toBeNull()
    for (const call of [client.clinic.get({}), client.session.mine({}), client.session.beginSecondFactor({})]) expect(await refusalOf(call)).toMatchObject({ code: 'SIGNED_OUT' })
    expect(await refusalOf(client.session.giveCode({ code: wrongCode(code()) }))).toMatchObject({ code: 'CODE_REFUSED' })
    expect(await client.session.giveCode({ code: code() })).toMatchObject({ phase: 'active', person: { userName: 'administrator' } })
    expect(await client.clinic.get({})).toMatchObject({ name: 'Harbor Family Clinic' })
  })

  it('R09: the code alone, or late, opens nothing', async () => {
    const { world, code } = await enrolledAdmin()
    const { client } = world.stranger()
    expect(await refusalOf(client.session.giveCode({ code: code() }))).toMatchObject({ code: 'NO_SIGN_IN_PENDING' })
    await client.session.signIn(admin)
    world.clock.advanceMinutes(6)
    expect(await refusalOf(client.session.giveCode({ code: code() }))).toMatchObject({ code: 'NO_SIGN_IN_PENDING' })
    await client.session.signIn(admin)
    expect(await client.session.cancelSignIn({})).toMatchObject({ phase: 'signed-out', person: null })
    expect(await refusalOf(client.session.giveCode({ code: code() }))).toMatchObject({ code: 'NO_SIGN_IN_PENDING' })
  })

  it('R20: a code counts once, whatever the door or the session', async () => {
    const { world, secret, code } = await enrolledAdmin()
    const [one, other] = [world.stranger().client, world.stranger().client]
    await one.session.signIn(admin)
    await other.session.signIn(admin)
    const used = code()
    await one.session.giveCode({ code: used })
    expect(await refusalOf(other.session.giveCode({ code: used }))).toMatchObject({ code: 'CODE_REFUSED' })
    // The one before it is inside the window, and earlier than what was used.
    expect(await refusalOf(other.session.giveCode({ code: codeAt(secret, world.clock.nowMs() - 30_000) }))).toMatchObject({ code: 'CODE_REFUSED' })
    expect(await other.session.giveCode({ code: codeAt(secret, world.clock.nowMs() + 30_000) })).toMatchObject({ phase: 'active' })
    for (const off of [-90_000, 90_000]) {
      world.clock.advanceMinutes(5)
      const late = world.stranger().client
      await late.session.signIn(admin)
      expect(await refusalOf(late.session.giveCode({ code: codeAt(secret, world.clock.nowMs() + off) }))).toMatchObject({ code: 'CODE_REFUSED' })
    }
  })

  it('R20: a clock that went back takes printed codes only, each once, and then counts again', async () => {
    const { world, code, codes } = await enrolledAdmin()
    const [printed = '', another = ''] = codes
    expect(new Set(codes).size).toBe(10)
    const { client } = world.stranger()
    await client.session.signIn(admin)
    await client.session.giveCode({ code: code() })
    world.clock.advanceMinutes(-60)
    const back = world.stranger().client
    await back.session.signIn(admin)
    expect(await refusalOf(back.session.giveCode({ code: code() }))).toMatchObject({ code: 'CLOCK_BEHIND' })
    expect(await back.session.giveCode({ code: printed.toLowerCase() })).toMatchObject({ phase: 'active' })
    const again = world.stranger().client
    await again.session.signIn(admin)
    expect(await refusalOf(again.session.giveCode({ code: printed }))).toMatchObject({ code: 'CODE_REFUSED' })
    expect(await again.session.giveCode({ code: another.replace('-', ' ') })).toMatchObject({ phase: 'active' })
    expect(await again.session.mine({})).toMatchObject({ codesLeft: 8 })
    const { codes: fresh } = await again.session.newOneTimeCodes({})
    expect(fresh.filter((one) => codes.includes(one))).toEqual([])
    expect(await again.session.mine({})).toMatchObject({ codesLeft: 10 })
  })

  it('keeps no secret of its own in the answers after enrolment', async () => {
    const { world, secret, codes } = await enrolledAdmin()
    const text = JSON.stringify([await world.as('administrator').session.mine({}), await world.stranger().client.session.state({})])
    for (const hidden of [secret, ...codes]) expect(text).not.toContain(hidden)
  })
})

describe('session.policy and session.setPolicy', () => {
  it.each(roles)('R10: no way in makes a full session with one factor: %s', async (role: Role) => {
    const world = await makeWorld()
    const signIn = role === 'administrator' ? admin : await givePassword(world, role)
    await world.as('administrator').session.setPolicy({ policy: 'required' })
    expect(await world.as('administrator').session.policy({})).toEqual({ policy: 'required', people: 6, enrolled: 0 })

    // Not enrolled: far enough to enrol, and no further; by the password, by an invite, by coming back to a locked seat.
    const { client, door } = world.stranger()
    expect(await client.session.signIn(signIn)).toMatchObject({ phase: 'enrol' })
    for (const call of [client.clinic.get({}), client.session.setPin({ pin: '271828' }), client.session.newOneTimeCodes({})]) expect(await refusalOf(call)).toMatchObject({ code: 'ENROL_FIRST' })
    await client.session.lock({})
    expect(await client.session.unlock({ password: signIn.password })).toMatchObject({ phase: 'enrol' })
    const invited = world.core.openDoor('test')
    enterAs(world.core, invited, signIn.userName)
    expect(invited.session).toMatchObject({ mustEnrol: true })

    // Enrolled: the same ways stop at the code.
    const { code } = await enrol(world, client)
    expect(await client.session.state({})).toMatchObject({ phase: 'active' })
    expect(invited.session, 'a session of one factor ends when the second is set up').toBeNull()
    enterAs(world.core, invited, signIn.userName)
    expect([invited.session, invited.pending]).toMatchObject([null, { userName: signIn.userName }])
    const { client: next, door: nextDoor } = world.stranger()
    expect(await next.session.signIn(signIn)).toMatchObject({ phase: 'second-factor' })
    expect(nextDoor.session).toBeNull()
    await next.session.giveCode({ code: code() })
    expect(nextDoor.session).toMatchObject({ mustEnrol: false, proof: 'full' })

    // Twelve hours later the locked seat asks for both again; a PIN opens nothing.
    await client.session.lock({})
    world.clock.advanceMinutes(12 * 60 + 1)
    expect(await refusalOf(client.session.openByPin({ userId: world.clinic.people[role].userId, pin: '271828' }))).toMatchObject({ code: 'PASSWORD_NEEDED' })
    expect(await client.session.unlock({ password: signIn.password })).toMatchObject({ phase: 'second-factor' })
    expect(door.session).toMatchObject({ isLocked: true })
    expect(await client.session.giveCode({ code: code() })).toMatchObject({ phase: 'active' })
  }, 60_000)

  it('R10: after a restart as well, and the printed key is a factor of its own', async () => {
    const { world, code } = await enrolledAdmin()
    requireTwoFactors(world)
    await world.core.close()
    const core = await openCore(world.folder, world.clock)
    const client = inProcessClient(core, core.openDoor('window'))
    expect(await client.session.signIn(admin)).toMatchObject({ phase: 'second-factor' })
    expect(await client.session.giveCode({ code: code() })).toMatchObject({ phase: 'active' })
    const other = inProcessClient(core, core.openDoor('window'))
    const newPassword = 'the tide comes in twice'
    expect(await other.session.recover({ recoveryKey: formatRecoveryKey(world.clinic.recoveryKey).join(' '), userName: 'administrator', newPassword })).toMatchObject({ phase: 'active' })
    await core.close()
  })

  it('session.removeSecondFactor: a lost phone lets nobody in unseen; the person enrols again', async () => {
    const { world } = await enrolledAdmin()
    const nurse = await givePassword(world, 'nurse')
    const { userId } = world.clinic.people.nurse
    const { client, door } = world.stranger()
    await client.session.signIn(nurse)
    await enrol(world, client)
    requireTwoFactors(world)
    expect(await refusalOf(client.session.removeSecondFactor({ userId }))).toMatchObject({ code: 'FORBIDDEN' })
    await world.as('administrator').session.removeSecondFactor({ userId })
    expect(door.session).toBeNull()
    expect(await refusalOf(world.as('administrator').session.removeSecondFactor({ userId }))).toMatchObject({ code: 'NO_SECOND_FACTOR' })
    expect(await client.session.signIn(nurse)).toMatchObject({ phase: 'enrol' })
    expect(await refusalOf(client.session.confirmSecondFactor({ code: '123456' }))).toMatchObject({ code: 'NO_SECOND_FACTOR_BEGUN' })
  })
})
