import { describe, expect, it } from 'vitest'
import { and, desc, eq } from 'drizzle-orm'
import { auditEvents } from '#drizzle/schema/audit.ts'
import { userAccounts, userRoles } from '#drizzle/schema/clinic.ts'
import { formatRecoveryKey } from '#shared/kernel/recovery-key.ts'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import { redeem } from '#tests/support/invite.ts'
import { ADMIN_PASSWORD } from '#tests/support/small-clinic.ts'
import { makeWorld, openCore, refusalOf, type World } from '#tests/support/world.ts'

const admin = { userName: 'administrator', password: ADMIN_PASSWORD }
const NEW_PASSWORD = 'a heron in the reeds'
const printed = (world: World): string => formatRecoveryKey(world.clinic.recoveryKey).join(' ')
const actions = (world: World): string[] => world.core.vault.reader.select().from(auditEvents).orderBy(desc(auditEvents.seq)).limit(5).all().map((row) => `${row.action} ${row.outcome}`)

describe('session.signIn, session.state and session.signOut', () => {
  it('goes from signed out to active and back, and leaves its trace', async () => {
    const world = await makeWorld()
    const { client, door } = world.stranger()
    expect(await client.session.state({})).toMatchObject({ phase: 'signed-out', person: null })
    expect(await client.session.signIn(admin)).toMatchObject({ phase: 'active', person: { userName: 'administrator' }, clinic: { name: 'Harbor Family Clinic' } })
    expect(door.session?.userId).toBe(world.clinic.people.administrator.userId)
    expect(await client.session.signOut({})).toMatchObject({ phase: 'signed-out', person: null })
    expect(await refusalOf(client.clinic.get({}))).toMatchObject({ code: 'SIGNED_OUT' })
    expect(actions(world)).toEqual(['clinic.get refused', 'session.ended done', 'session.started done'])
  })

  it('answers an unknown name, a wrong password and a disabled account alike, and logs each attempt', async () => {
    const world = await makeWorld()
    world.core.vault.writer.insert(userRoles).values({ userId: world.clinic.people.doctor.userId, role: 'administrator' }).run() // The last one cannot be switched off.
    world.core.vault.writer.update(userAccounts).set({ disabledAt: world.core.platform.now() }).where(eq(userAccounts.userName, 'administrator')).run()
    const { client } = world.stranger()
    for (const attempt of [admin, { ...admin, password: 'not this one' }, { userName: 'nobody', password: ADMIN_PASSWORD }]) {
      expect(await refusalOf(client.session.signIn(attempt))).toEqual({ code: 'SIGN_IN_REFUSED', data: undefined })
    }
    const refused = world.core.vault.reader.select().from(auditEvents).where(and(eq(auditEvents.action, 'session.signIn'), eq(auditEvents.outcome, 'refused'))).all()
    expect(refused.map((row) => [row.code, row.actorId])).toEqual(Array.from({ length: 3 }, () => ['SIGN_IN_REFUSED', null]))
  })

  it('names nobody and nothing before the first key since the start', async () => {
    const world = await makeWorld()
    await world.core.close()
    const core = await openCore(world.folder)
    const client = inProcessClient(core, core.openDoor('test'))
    expect(await client.session.state({})).toEqual({ phase: 'closed', person: null, clinic: null, people: [], seat: null, idleSeconds: 300 })
    expect(await refusalOf(client.clinic.get({}))).toMatchObject({ code: 'CLOSED' })
    expect(await client.session.signIn(admin)).toMatchObject({ phase: 'active' })
    await core.close()
  })

  it('lets another person take the window over without the first one’s rights', async () => {
    const world = await makeWorld()
    const { client, door } = world.stranger()
    await client.session.signIn(admin)
    const before = door.session?.sessionId
    await redeem(await client.clinic.addPerson({ ...newPerson(world), roles: ['nurse'] }), world.stranger().client, NEW_PASSWORD)
    expect(await client.session.signIn({ userName: 'moreno', password: NEW_PASSWORD })).toMatchObject({ person: { userName: 'moreno', roles: ['nurse'] } })
    expect(door.session?.sessionId).not.toBe(before)
    expect(await refusalOf(client.clinic.listAccounts({}))).toMatchObject({ code: 'FORBIDDEN' })
  })
})

describe('session.lock and session.unlock', () => {
  it('locks over the work: nothing answers until the same person’s password comes', async () => {
    const world = await makeWorld()
    const { client, door } = world.stranger()
    await client.session.signIn(admin)
    const session = door.session?.sessionId
    expect(await client.session.lock({})).toMatchObject({ phase: 'locked', person: { userName: 'administrator' } })
    expect(await refusalOf(client.clinic.get({}))).toMatchObject({ code: 'LOCKED' })
    expect(await refusalOf(client.session.unlock({ password: 'not this one' }))).toMatchObject({ code: 'SIGN_IN_REFUSED' })
    expect(await client.session.state({})).toMatchObject({ phase: 'locked' })
    expect(await client.session.unlock({ password: ADMIN_PASSWORD })).toMatchObject({ phase: 'active' })
    expect(door.session?.sessionId).toBe(session)
    expect(await client.clinic.get({})).toMatchObject({ name: 'Harbor Family Clinic' })
  })
})

describe('session.changes', () => {
  it('tells each door what changed, and no more than that', async () => {
    const world = await makeWorld()
    const clerk = world.as('administrator')
    const stop = new AbortController()
    const seen: { topics: string[] }[] = []
    const stream = await world.stranger().client.session.changes({}, { signal: stop.signal })
    const reading = (async () => {
      for await (const change of stream) {
        seen.push(change)
        stop.abort()
      }
    })()
    await clerk.clinic.saveRoom({ id: world.core.platform.newId(), name: 'Room 9', kind: 'exam', sortOrder: 9, isActive: true })
    await reading
    expect(seen).toEqual([{ topics: ['clinic', 'scheduling'] }])
  })
})

describe('session.recover', () => {
  it('opens closed records with the printed key and gives an administrator a new password', async () => {
    const world = await makeWorld()
    await world.core.close()
    const core = await openCore(world.folder, world.clock)
    const client = inProcessClient(core, core.openDoor('test'))
    const state = await client.session.recover({ recoveryKey: printed(world).toLowerCase(), userName: 'administrator', newPassword: NEW_PASSWORD })
    expect(state).toMatchObject({ phase: 'active', person: { userName: 'administrator' } })
    await client.session.signOut({})
    expect(await refusalOf(client.session.signIn(admin))).toMatchObject({ code: 'SIGN_IN_REFUSED' })
    expect(await client.session.signIn({ ...admin, password: NEW_PASSWORD })).toMatchObject({ phase: 'active' })
    const events = core.vault.reader.select().from(auditEvents).where(eq(auditEvents.action, 'session.recovered')).all()
    expect(events).toMatchObject([{ outcome: 'done', actorId: world.clinic.people.administrator.userId }])
    await core.close()
  })

  it('tells a misread sheet apart, and nothing else', async () => {
    const world = await makeWorld()
    const { client } = world.stranger()
    const recover = (more: Partial<{ recoveryKey: string; userName: string; newPassword: string }>) =>
      client.session.recover({ recoveryKey: printed(world), userName: 'administrator', newPassword: NEW_PASSWORD, ...more })
    const last = printed(world).at(-1) === 'A' ? 'B' : 'A'
    expect(await refusalOf(recover({ recoveryKey: printed(world).slice(0, -1) + last }))).toMatchObject({ code: 'RECOVERY_KEY_MISREAD' })
    expect(await refusalOf(recover({ recoveryKey: formatRecoveryKey(new Uint8Array(32)).join('') }))).toMatchObject({ code: 'RECOVERY_REFUSED' })
    for (const userName of ['nobody', 'doctor']) expect(await refusalOf(recover({ userName }))).toMatchObject({ code: 'RECOVERY_REFUSED' })
    expect(await refusalOf(recover({ newPassword: 'administrator1' }))).toMatchObject({ code: 'PASSWORD_WEAK' })
    expect(await client.session.signIn(admin)).toMatchObject({ phase: 'active' })
  })
})

const newPerson = (world: World) => ({
  userId: world.core.platform.newId(), staffId: world.core.platform.newId(), givenName: 'Beth', familyName: 'Moreno', title: null, credentials: 'RN', isProvider: false,
  roles: ['nurse' as const], userName: 'moreno',
})
