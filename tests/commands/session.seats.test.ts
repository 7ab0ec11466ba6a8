import { MessageChannel } from 'node:worker_threads'
import fc from 'fast-check'
import { desc, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { auditEvents } from '#drizzle/schema/audit.ts'
import { Role } from '#shared/access/roles.ts'
import { makeClient, type CallFunction } from '#shared/rpc/client.ts'
import { createPortClient } from '#shared/rpc/port-client.ts'
import { servePort } from '#main/core/rpc/transport-port.ts'
import { startSession } from '#main/domains/session/service.ts'
import { accountByUserName } from '#main/domains/session/repository.ts'
import { givePassword, windowOf } from '#tests/support/sign-in.ts'
import { makeWorld, refusalOf, type World } from '#tests/support/world.ts'

// The goal: several people share one window by PIN, each with their own work, and never one act in another's name.
const desk = [Role.receptionist, Role.nurse, Role.doctor, Role.billing] as const
const pins: Readonly<Record<(typeof desk)[number], string>> = { receptionist: '271828', nurse: '314159', doctor: '161803', billing: '141421' }

/** One window with all four signed in, the last one in front; each has a PIN. */
async function sharedDesk(world: World) {
  const door = world.core.openDoor('window')
  const client = windowOf(world, 'receptionist', door).client
  for (const role of desk) {
    if (role !== 'receptionist') await stepIn(world, door, role)
    await client.session.setPin({ pin: pins[role] })
    await client.session.lock({})
  }
  return { door, client }
}

/** As after a full sign-in, without its slow derivation. */
async function stepIn(world: World, door: ReturnType<World['core']['openDoor']>, role: (typeof desk)[number]): Promise<void> {
  const account = accountByUserName(world.core.vault.reader, role)
  if (!account || !door.session) throw new Error('the desk has people')
  door.waiting.set(door.session.userId, door.session)
  startSession(world.core, door, account)
}

describe('session.openByPin', () => {
  it('locks one and opens the other at their own seat; the tiles tell who comes back how', async () => {
    const world = await makeWorld()
    const { client, door } = await sharedDesk(world)
    const { people } = world.clinic
    const seats = new Map((await client.session.state({})).people.map((tile) => [tile.userName, tile.seat]))
    const opened = await client.session.openByPin({ userId: people.nurse.userId, pin: pins.nurse })
    expect(opened).toMatchObject({ phase: 'active', person: { userName: 'nurse' }, seat: seats.get('nurse') })
    expect(opened.people.map(({ userName, opensByPin, seat }) => [userName, opensByPin, seat !== null])).toEqual(
      expect.arrayContaining([['receptionist', true, true], ['doctor', true, true], ['pharmacist', false, false], ['administrator', false, false]]))
    expect(await client.session.openByPin({ userId: people.doctor.userId, pin: pins.doctor })).toMatchObject({ seat: seats.get('doctor'), person: { userName: 'doctor' } })
    expect(door.waiting.get(people.nurse.userId)).toMatchObject({ isLocked: true, sessionId: seats.get('nurse') })
    expect(new Set([...door.waiting.values()].map((one) => one.isLocked))).toEqual(new Set([true]))
  })

  it('takes five tries, then the password, also for the right digits and after a restart of the count', async () => {
    const world = await makeWorld()
    const nurse = await givePassword(world, 'nurse')
    const { client } = windowOf(world, 'nurse')
    const { userId } = world.clinic.people.nurse
    await client.session.setPin({ pin: pins.nurse })
    await client.session.lock({})
    const left: unknown[] = []
    for (let i = 0; i < 5; i += 1) left.push((await refusalOf(client.session.openByPin({ userId, pin: '000000' }))).data)
    expect(left).toEqual([4, 3, 2, 1, 0].map((n) => ({ left: n })))
    expect(await refusalOf(client.session.openByPin({ userId, pin: pins.nurse }))).toEqual({ code: 'PASSWORD_NEEDED', data: { why: 'tries' } })
    expect(await client.session.unlock({ password: nurse.password })).toMatchObject({ phase: 'active' })
    await client.session.lock({})
    expect(await client.session.openByPin({ userId, pin: pins.nurse })).toMatchObject({ phase: 'active' })
    await client.session.removePin({})
    await client.session.lock({})
    expect(await refusalOf(client.session.openByPin({ userId, pin: pins.nurse }))).toEqual({ code: 'PASSWORD_NEEDED', data: { why: 'no-pin' } })
  })

  it('tries side by side are five as well', async () => {
    const world = await makeWorld()
    const { client } = windowOf(world, 'nurse')
    const { userId } = world.clinic.people.nurse
    await client.session.setPin({ pin: pins.nurse })
    await client.session.lock({})
    const outcomes = await Promise.all(Array.from({ length: 9 }, () => refusalOf(client.session.openByPin({ userId, pin: '000000' }))))
    expect(outcomes.filter(({ code }) => code === 'PIN_REFUSED')).toHaveLength(5)
  })

  it('is nothing for administrators, weak digits, the signed out, and after twelve hours', async () => {
    const world = await makeWorld()
    const { people } = world.clinic
    expect(await refusalOf(windowOf(world, 'administrator').client.session.setPin({ pin: pins.nurse }))).toMatchObject({ code: 'PIN_NOT_FOR_ADMINISTRATORS' })
    const { client } = windowOf(world, 'nurse')
    for (const pin of ['000000', '123456', '987654', '121212', '123123']) expect(await refusalOf(client.session.setPin({ pin }))).toMatchObject({ code: 'PIN_WEAK' })
    expect(await refusalOf(client.session.setPin({ pin: '12345' }))).toMatchObject({ code: 'INVALID_INPUT' })
    await client.session.setPin({ pin: pins.nurse })
    const elsewhere = world.stranger().client
    expect(await refusalOf(elsewhere.session.openByPin({ userId: people.nurse.userId, pin: pins.nurse }))).toEqual({ code: 'PASSWORD_NEEDED', data: { why: 'signed-out' } })
    expect(await refusalOf(elsewhere.session.openByPin({ userId: people.administrator.userId, pin: pins.nurse }))).toEqual({ code: 'PASSWORD_NEEDED', data: { why: 'administrator' } })
    await client.session.lock({})
    world.clock.advanceMinutes(12 * 60 + 1)
    expect(await refusalOf(client.session.openByPin({ userId: people.nurse.userId, pin: pins.nurse }))).toEqual({ code: 'PASSWORD_NEEDED', data: { why: 'hours' } })
  })

  it('session.endOwn ends a window of one’s own and no other', async () => {
    const world = await makeWorld()
    const one = windowOf(world, 'nurse')
    const other = windowOf(world, 'nurse')
    const stranger = windowOf(world, 'doctor')
    expect((await one.client.session.mine({})).sessions.filter(({ isThis }) => isThis)).toHaveLength(1)
    expect(await refusalOf(one.client.session.endOwn({ sessionId: stranger.door.session?.sessionId ?? '' }))).toMatchObject({ code: 'NOT_FOUND' })
    await one.client.session.endOwn({ sessionId: other.door.session?.sessionId ?? '' })
    expect(await refusalOf(other.client.clinic.get({}))).toMatchObject({ code: 'SIGNED_OUT' })
    expect(stranger.door.session).not.toBeNull()
  })
})

/** People are slower than a loop: a call that was refused for its pace is made again until it is heard. */
const patient = (call: CallFunction): CallFunction => async (path, input) => {
  for (;;) {
    const heard = await call(path, input).then((output) => ({ output }), (error: { code: string }) => (error.code === 'TOO_MANY_CALLS' ? undefined : Promise.reject(error)))
    if (heard) return heard.output
    await new Promise((resolve) => setImmediate(resolve))
  }
}

describe('one window, many people', () => {
  it('R10: in 1,000 random switches every act carries the name on the tile, and none the one before', async () => {
    const world = await makeWorld()
    const { door, client: direct } = await sharedDesk(world)
    const { port1, port2 } = new MessageChannel()
    servePort(world.core, port2, door)
    const caller = createPortClient((request) => port1.postMessage(request))
    port1.on('message', caller.receive)
    const seatOf = new Map((await direct.session.state({})).people.map((tile) => [tile.userName, tile.seat ?? '']))
    const clientOf = (role: (typeof desk)[number]) => makeClient(patient((path, input) => caller.call(path, input, { seat: seatOf.get(role) ?? '' })))
    const { userId: _one, ...rest } = world.clinic.people.receptionist
    void rest
    let inFront: (typeof desk)[number] = 'billing'
    let acts = 0
    // Each step: somebody comes, while calls that the page made for everyone are under way around the switch.
    const steps = fc.sample(fc.record({ next: fc.constantFrom(...desk), late: fc.constantFrom(...desk), beforeSwitch: fc.boolean() }), { numRuns: 1_000, seed: 20_261_117 })
    for (const { next, late, beforeSwitch } of steps) {
      const call = (): Promise<string> => clientOf(late).session.seen({}).then(() => 'done', (error: { code: string }) => error.code)
      const early = beforeSwitch ? call() : undefined
      if (inFront !== next) await direct.session.lock({})
      const opening = direct.session.openByPin({ userId: world.clinic.people[next].userId, pin: pins[next] })
      const during = beforeSwitch ? undefined : call()
      await opening
      inFront = next
      const outcome = await (early ?? during)
      if (outcome === 'done') acts += 1
      expect(['done', 'LOCKED', 'SEAT_CHANGED', 'SIGNED_OUT']).toContain(outcome)
      const after = await clientOf(late).session.mine({}).then((own) => own.userName, (error: { code: string }) => error.code)
      expect(after).toBe(late === next ? late : 'SEAT_CHANGED')
    }
    port1.close()
    expect(acts).toBeGreaterThan(0)
    const rows = world.core.vault.reader.select().from(auditEvents).orderBy(desc(auditEvents.seq)).all()
    const userOf = new Map([...seatOf].map(([userName, seat]) => [seat, userName]))
    const mixed = rows.filter((row) => row.sessionId !== null && userOf.has(row.sessionId) && world.clinic.people[userOf.get(row.sessionId) as Role]?.userId !== row.actorId)
    expect(mixed).toEqual([])
    expect(rows.filter((row) => row.action === 'session.unlocked').length).toBeGreaterThan(700)
  }, 120_000)

  it('a command made for one seat writes nothing once another person sits there', async () => {
    const world = await makeWorld()
    const { door, client } = await sharedDesk(world)
    const { people } = world.clinic
    const state = await client.session.openByPin({ userId: people.receptionist.userId, pin: pins.receptionist })
    const id = world.core.platform.newId()
    const input = { id, familyName: 'Lopez', givenName: 'Maria', birthDate: '1958-03-12', sex: 'female' }
    await client.session.openByPin({ userId: people.nurse.userId, pin: pins.nurse })
    expect(await refusalOf(world.core.pipeline.call(door, { path: ['patients', 'register'], input, seat: state.seat ?? '' }))).toMatchObject({ code: 'SEAT_CHANGED' })
    await client.session.openByPin({ userId: people.receptionist.userId, pin: pins.receptionist })
    await world.core.pipeline.call(door, { path: ['patients', 'register'], input, seat: state.seat ?? '' })
    const [row] = world.core.vault.reader.select().from(auditEvents).where(eq(auditEvents.patientId, id)).orderBy(desc(auditEvents.seq)).all()
    expect(row).toMatchObject({ actorId: people.receptionist.userId, outcome: 'done' })
  })
})
