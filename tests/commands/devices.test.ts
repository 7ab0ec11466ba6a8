import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { deviceIdOf } from '#main/core/device.ts'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import { givePassword } from '#tests/support/sign-in.ts'
import { ADMIN_PASSWORD } from '#tests/support/small-clinic.ts'
import { makeWorld, openCore, refusalOf } from '#tests/support/world.ts'

describe('R12: devices.list and devices.rename', () => {
  it('lists this machine from its first call on, under the same id after every start', async () => {
    const world = await makeWorld()
    const admin = world.as('administrator')
    const [device, ...others] = await admin.devices.list({})
    expect(others).toEqual([])
    expect(device).toMatchObject({ id: deviceIdOf(world.core), profile: 'standalone', os: expect.stringContaining(process.platform), firstSeenAt: '2026-11-17T15:00:00.000Z', isThis: true })
    world.clock.advanceMinutes(90)
    await admin.clinic.get({})
    expect(await admin.devices.list({})).toMatchObject([{ firstSeenAt: '2026-11-17T15:00:00.000Z', lastSeenAt: '2026-11-17T16:30:00.000Z' }])
    await admin.devices.rename({ id: device?.id ?? '', name: ' Front desk 1 ' })
    await world.core.close()
    const core = await openCore(world.folder, world.clock)
    const client = inProcessClient(core, core.openDoor('test'))
    await client.session.signIn({ userName: 'administrator', password: ADMIN_PASSWORD })
    expect(await client.devices.list({})).toMatchObject([{ id: device?.id, name: 'Front desk 1', isThis: true }])
    expect(await refusalOf(client.devices.rename({ id: core.platform.newId(), name: 'x' }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await refusalOf(client.devices.rename({ id: device?.id ?? '', name: ' ' }))).toMatchObject({ code: 'INVALID_INPUT' })
    expect(() => core.vault.writer.$client.exec('delete from devices')).toThrow('DEVICES_ARE_KEPT')
    await core.close()
  })

  it('takes an unreadable id for a new machine and keeps the old one on the list', async () => {
    const world = await makeWorld()
    await world.as('administrator').clinic.get({})
    await world.core.close()
    fs.writeFileSync(path.join(world.folder, 'device.json'), '{"v":1')
    const core = await openCore(world.folder, world.clock)
    const client = inProcessClient(core, core.openDoor('test'))
    await client.session.signIn({ userName: 'administrator', password: ADMIN_PASSWORD })
    expect((await client.devices.list({})).map((one) => one.isThis)).toEqual([false, true])
    await core.close()
  })
})

describe('devices.sessions, devices.endSession and devices.endSessions', () => {
  it('tells who is signed in, since when and how, and who was', async () => {
    const world = await makeWorld()
    const admin = world.as('administrator')
    const { client, door } = world.stranger()
    await client.session.signIn({ userName: 'administrator', password: ADMIN_PASSWORD })
    await client.session.lock({})
    world.clock.advanceMinutes(10)
    const nurse = world.as('nurse')
    await nurse.clinic.get({})
    world.as('doctor')
    const sessions = await admin.devices.sessions({})
    expect(sessions).toHaveLength(4)
    expect(sessions.filter((one) => one.isOwn)).toMatchObject([{ personName: 'Olive Brandt', userName: 'administrator', isLive: true, proof: 'full' }])
    expect(sessions.find((one) => one.id === door.session?.sessionId)).toMatchObject({ isLocked: true, startedAt: '2026-11-17T15:00:00.000Z', lastSeenAt: '2026-11-17T15:00:00.000Z' })
    expect(await admin.devices.sessions({ userId: world.clinic.people.nurse.userId })).toMatchObject([{ personName: 'Tom Okafor', isLive: true, lastSeenAt: '2026-11-17T15:10:00.000Z', door: 'test' }])
    await client.session.signOut({})
    expect((await admin.devices.sessions({ userId: world.clinic.people.administrator.userId })).map((one) => [one.isLive, one.endedAt])).toEqual([[true, null], [false, '2026-11-17T15:10:00.000Z']])
  })

  it('R12: counts and ends those who wait, locked, behind a shared desk', async () => {
    const world = await makeWorld()
    const people = [await givePassword(world, 'nurse'), await givePassword(world, 'doctor'), await givePassword(world, 'receptionist')]
    const { client, door } = world.stranger()
    for (const one of people) await client.session.signIn(one)
    const admin = world.as('administrator')
    const nurse = await admin.devices.sessions({ userId: world.clinic.people.nurse.userId })
    const live = nurse.filter((one) => one.isLive)
    expect(live).toMatchObject([{ isLocked: true, proof: 'full' }])
    expect(await admin.devices.endSession({ id: live[0]?.id ?? '' })).toEqual({ ended: 1 })
    expect([...door.waiting.keys()]).toEqual([world.clinic.people.doctor.userId])
    expect(await client.clinic.get({})).toMatchObject({ name: 'Harbor Family Clinic' })
    await admin.devices.endSessions({ userId: null })
    expect([door.session, door.waiting.size]).toEqual([null, 0])
    expect(await admin.clinic.get({})).toMatchObject({ name: 'Harbor Family Clinic' })
  })

  it('ends one at once, or all of a person, or all but the caller’s own, and says who did', async () => {
    const world = await makeWorld()
    const admin = world.as('administrator')
    const [one, two, doctor] = [world.as('nurse'), world.as('nurse'), world.as('doctor')]
    const nurse = world.clinic.people.nurse.userId
    const [first] = await admin.devices.sessions({ userId: nurse })
    const id = first?.id ?? ''
    expect(await admin.devices.endSession({ id })).toEqual({ ended: 1 })
    expect(await refusalOf(admin.devices.endSession({ id }))).toMatchObject({ code: 'SESSION_OVER' })
    const outcomes = await Promise.all([one, two].map((client) => client.clinic.get({}).then(() => 'in', () => 'out')))
    expect(outcomes.toSorted()).toEqual(['in', 'out'])
    const log = await admin.audit.list({ action: 'session.ended-by-administrator' })
    expect(log.events).toMatchObject([{ actorName: 'Olive Brandt', entityId: id }])
    expect(await admin.devices.endSessions({ userId: nurse })).toEqual({ ended: 1 })
    expect(await admin.devices.endSessions({ userId: null })).toEqual({ ended: 1 })
    expect(await refusalOf(doctor.clinic.get({}))).toMatchObject({ code: 'SIGNED_OUT' })
    expect(await admin.clinic.get({})).toMatchObject({ name: 'Harbor Family Clinic' })
  })

  it.each(['doctor', 'nurse', 'receptionist', 'billing', 'pharmacist'] as const)('is nothing for %s', async (role) => {
    const world = await makeWorld()
    const { devices } = world.as(role)
    const id = world.core.platform.newId()
    for (const call of [devices.list({}), devices.rename({ id, name: 'x' }), devices.sessions({}), devices.endSession({ id }), devices.endSessions({ userId: null })]) {
      expect(await refusalOf(call)).toMatchObject({ code: 'FORBIDDEN' })
    }
  })
})
