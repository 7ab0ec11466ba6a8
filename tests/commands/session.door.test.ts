import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { auditEvents } from '#drizzle/schema/audit.ts'
import { sessions } from '#drizzle/schema/clinic.ts'
import { contract } from '#shared/rpc/contract.ts'
import { listProcedures } from '#shared/rpc/define.ts'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import { lockAll } from '#main/domains/session/service.life.ts'
import { joinSession, resumeSessions, tokensOf } from '#main/domains/session/service.ts'
import { givePassword, PASSWORD, windowOf } from '#tests/support/sign-in.ts'
import { makeWorld, openCore, refusalOf } from '#tests/support/world.ts'

// The goal: an unattended window is closed to everyone, and a session is worth nothing away from its door.
const PIN = '271828'
const everything = listProcedures(contract).filter(({ procedure }) => procedure.can !== 'public')

describe('the life of a session', () => {
  it('R04: at five minutes and a second every command answers LOCKED, whatever the page does', async () => {
    const world = await makeWorld()
    const { door, client } = windowOf(world, 'receptionist')
    world.clock.advanceMinutes(5)
    expect(await client.clinic.get({})).toMatchObject({ name: 'Harbor Family Clinic' })
    world.clock.advanceMinutes(1 / 60)
    for (const { path } of everything) expect(await refusalOf(world.core.pipeline.call(door, { path: path.split('.'), input: {} })), path).toMatchObject({ code: 'LOCKED' })
    expect(await client.session.state({})).toMatchObject({ phase: 'locked', person: { userName: 'receptionist' } })
  })

  it('R04: acts keep it open, looking alone does not, session.seen does, and twelve hours are the end', async () => {
    const world = await makeWorld()
    const { client } = windowOf(world, 'receptionist')
    for (let minute = 0; minute < 716; minute += 4) {
      await client.session.seen({})
      world.clock.advanceMinutes(4)
    }
    expect(await client.clinic.get({})).toMatchObject({ name: 'Harbor Family Clinic' })
    await client.session.seen({})
    world.clock.advanceMinutes(4.1)
    expect(await refusalOf(client.session.seen({}))).toMatchObject({ code: 'LOCKED' })

    const idle = windowOf(world, 'nurse').client
    for (let minute = 0; minute < 4; minute += 2) {
      world.clock.advanceMinutes(2)
      await idle.clinic.get({})
    }
    world.clock.advanceMinutes(2)
    expect(await refusalOf(idle.clinic.get({}))).toMatchObject({ code: 'LOCKED' })
  })

  it('R04: session.setIdle is a matter of this machine, within bounds', async () => {
    const world = await makeWorld()
    const admin = windowOf(world, 'administrator').client
    await admin.session.setIdle({ seconds: 600 })
    expect(await refusalOf(admin.session.setIdle({ seconds: 901 }))).toMatchObject({ code: 'INVALID_INPUT' })
    expect(await refusalOf(windowOf(world, 'nurse').client.session.setIdle({ seconds: 60 }))).toMatchObject({ code: 'FORBIDDEN' })
    const { client } = windowOf(world, 'receptionist')
    expect(await client.session.state({})).toMatchObject({ idleSeconds: 600 })
    world.clock.advanceMinutes(9)
    expect(await client.session.state({})).toMatchObject({ phase: 'active' })
    world.clock.advanceMinutes(2)
    expect(await client.session.state({})).toMatchObject({ phase: 'locked' })
    await world.core.close()
    const core = await openCore(world.folder, world.clock)
    expect(await inProcessClient(core, core.openDoor('window')).session.state({})).toMatchObject({ idleSeconds: 600 })
    await core.close()
  })

  it('R04: the locked or sleeping computer locks every window', async () => {
    const world = await makeWorld()
    const both = [windowOf(world, 'receptionist'), windowOf(world, 'nurse')]
    lockAll(world.core)
    for (const { client } of both) expect(await client.session.state({})).toMatchObject({ phase: 'locked' })
  })

  it('R30: a token has 256 bits, is stored as a hash, belongs to its door and changes with each full proof', async () => {
    const world = await makeWorld()
    const nurse = await givePassword(world, 'nurse')
    const { door, client } = windowOf(world, 'nurse')
    const [token = ''] = tokensOf(door)
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    const row = world.core.vault.reader.select().from(sessions).where(eq(sessions.id, door.session?.sessionId ?? '')).get()
    expect(JSON.stringify(row)).not.toContain(token)
    const seen = new Set([token])
    await client.session.prove({ password: nurse.password })
    seen.add(tokensOf(door)[0] ?? '')
    await client.session.lock({})
    await client.session.unlock({ password: nurse.password })
    seen.add(tokensOf(door)[0] ?? '')
    expect(seen.size).toBe(3)
    const [now = ''] = tokensOf(door)
    const other = world.core.openDoor('window')
    resumeSessions(world.core, other, [now])
    expect(other.session, 'another door').toBeNull()
    const same = { ...door, session: null, waiting: new Map() }
    resumeSessions(world.core, same, [token])
    expect(same.session, 'an older token').toBeNull()
    resumeSessions(world.core, same, [now])
    expect(same.session).toMatchObject({ userId: world.clinic.people.nurse.userId, proof: 'full' })
  })

  it('R30: after a crash of the core each door has its people back, locked ones locked, and a second window no more than the first', async () => {
    const world = await makeWorld()
    const { door } = windowOf(world, 'nurse')
    await inProcessClient(world.core, door).session.lock({})
    const desk = windowOf(world, 'receptionist', door)
    void desk
    const beside = world.core.openDoor('window')
    if (door.session) door.session = { ...door.session, proof: 'pin', provedAt: '2026-11-17T09:00:00.000Z' }
    joinSession(world.core, beside, door)
    expect(beside.session).toMatchObject({ proof: 'pin', provedAt: '2026-11-17T09:00:00.000Z' })
    const again = { ...door, session: null, waiting: new Map() }
    resumeSessions(world.core, again, tokensOf(door))
    expect(again.session).toMatchObject({ userId: world.clinic.people.receptionist.userId, isLocked: false })
  })
})

describe('session.prove', () => {
  const fresh = everything.filter(({ procedure }) => procedure.fresh !== undefined)
  it.each(fresh.map(({ path, procedure }) => [path, procedure] as const))('R31: %s without a fresh proof asks for it and changes nothing', async (path, procedure) => {
    const world = await makeWorld()
    const { door } = windowOf(world, 'administrator')
    if (door.session) door.session = { ...door.session, roles: ['administrator', 'doctor', 'nurse', 'receptionist', 'billing', 'pharmacist'] }
    const before = world.core.vault.reader.$client.prepare('select total_changes()').pluck().get() as number // SQLite's own count.
    const code = async (): Promise<string> => (await refusalOf(world.core.pipeline.call(door, { path: path.split('.'), input: {} }))).code
    if (door.session) door.session = { ...door.session, proof: 'pin' }
    expect(await code()).toBe('REAUTH')
    if (door.session) door.session = { ...door.session, proof: 'full' }
    door.lastSeenMs = world.clock.nowMs() + 6 * 60_000
    world.clock.advanceMinutes(6)
    if (procedure.fresh === 'recent') expect(await code()).toBe('REAUTH')
    const refusals = procedure.fresh === 'recent' ? 2 : 1
    expect((world.core.vault.reader.$client.prepare('select total_changes()').pluck().get() as number) - before, 'the rows of the activity log alone').toBe(refusals) // As above.
    expect(world.core.vault.reader.select().from(auditEvents).where(eq(auditEvents.code, 'REAUTH')).all()).toHaveLength(refusals)
  })

  it('R31: covers signing and what changes who may get in', () => {
    const paths = fresh.map(({ path }) => path)
    expect(paths).toEqual(expect.arrayContaining(['encounters.sign', 'billing.signAndCharge', 'clinic.addPerson', 'clinic.disablePerson', 'session.setPolicy', 'session.removeSecondFactor', 'session.setPin']))
  })

  it('R31: the password makes it fresh for five minutes; a wrong one does not, and counts', async () => {
    const world = await makeWorld()
    const nurse = await givePassword(world, 'nurse')
    const { door, client } = windowOf(world, 'nurse')
    await client.session.setPin({ pin: PIN })
    await client.session.lock({})
    await client.session.openByPin({ userId: world.clinic.people.nurse.userId, pin: PIN })
    expect(door.session?.proof).toBe('pin')
    expect(await refusalOf(client.session.setPin({ pin: '314159' }))).toMatchObject({ code: 'REAUTH' })
    expect(await refusalOf(client.session.prove({ password: 'not this one' }))).toMatchObject({ code: 'SIGN_IN_REFUSED' })
    expect(await refusalOf(client.session.setPin({ pin: '314159' }))).toMatchObject({ code: 'REAUTH' })
    await client.session.prove({ password: PASSWORD })
    await client.session.setPin({ pin: '314159' })
    expect(nurse.userName).toBe('nurse')
  })
})
