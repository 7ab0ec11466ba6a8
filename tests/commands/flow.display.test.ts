import { describe, expect, it } from 'vitest'
import { auditEvents } from '#drizzle/schema/audit.ts'
import { contract } from '#shared/rpc/contract.ts'
import { listProcedures } from '#shared/rpc/define.ts'
import { allowDisplay } from '#main/core/display.ts'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import { lockDoor } from '#main/domains/session/service.life.ts'
import { reads } from '#main/domains/flow/repository.ts'
import { makeWorld, refusalOf, type World } from '#tests/support/world.ts'

const TEN = '2026-11-17T15:00:00.000Z'
const minutes = (n: number): string => new Date(Date.parse(TEN) + n * 60_000).toISOString()

/** A display that was opened from a window in which that person sits. */
function displayOf(world: World, role: 'nurse' | 'billing' | 'nobody') {
  const { core } = world
  const beside = world.stranger().door
  if (role !== 'nobody') {
    world.as(role)
    const door = [...core.doors.values()].at(-1)
    beside.session = door?.session ?? null
  }
  const door = core.openDoor('display')
  return { door, beside, client: inProcessClient(core, door), allow: () => allowDisplay(core, door, beside) }
}

async function called(world: World, names: object, at: string) {
  world.clock.set(at)
  const [desk, newId] = [world.as('receptionist'), world.core.platform.newId]
  const patientId = world.clinic.addPatient(world.core, names)
  const { appointment } = await desk.flow.walkIn({
    id: newId(), patientId, providerId: world.clinic.providers[0], roomId: null, typeId: null, startsAt: at, durationMin: 5, reason: 'Secret reason', ticket: { id: newId(), ...(await desk.flow.nextTicket({})) },
  })
  await desk.flow.call({ id: newId(), appointmentId: appointment.id, roomId: world.clinic.rooms[0], ticket: { id: newId(), ...(await desk.flow.nextTicket({})) } })
  return appointment
}

describe('the waiting-room display', () => {
  it('shows the newest calls of today by number or initials, and never a name', async () => {
    const world = await makeWorld({ start: TEN })
    const { client, allow } = displayOf(world, 'nurse')
    allow()
    await called(world, { familyName: 'Zimmermann', givenName: 'Ottilie' }, TEN)
    await called(world, { familyName: 'Quandt', givenName: 'Ada' }, minutes(5))
    const feed = await client.flow.displayFeed({})
    expect(feed.calls.map(({ label, roomName, calledAt }) => [label, roomName, calledAt])).toEqual([['A2', 'Room 1', minutes(5)], ['A1', 'Room 1', TEN]])
    expect(Object.keys(feed).toSorted()).toEqual(['calls', 'clinicName', 'hasChime', 'timeZone'])
    await world.as('administrator').flow.saveSettings({ amberMin: 15, redMin: 30, displayShows: 'initials', hasChime: false })
    const byInitials = await client.flow.displayFeed({})
    expect(byInitials.calls.map((call) => call.label)).toEqual(['AQ', 'OZ'])
    expect(JSON.stringify([feed, byInitials])).not.toMatch(/Zimmermann|Quandt|Ottilie|Ada|Secret/)
    world.clock.set('2026-11-18T15:00:00.000Z')
    expect((await client.flow.displayFeed({})).calls).toEqual([])
  })

  it('shows six at most, each patient once where they were called last', async () => {
    const world = await makeWorld({ start: TEN })
    const { client, allow } = displayOf(world, 'nurse')
    allow()
    const first = await called(world, {}, TEN)
    for (let i = 1; i <= 6; i += 1) await called(world, {}, minutes(i * 5))
    expect((await client.flow.displayFeed({})).calls.map((call) => call.label)).toEqual(['A7', 'A6', 'A5', 'A4', 'A3', 'A2'])
    world.clock.set(minutes(60))
    const desk = world.as('receptionist')
    await desk.flow.call({ id: world.core.platform.newId(), appointmentId: first.id, roomId: world.clinic.rooms[1], ticket: { id: world.core.platform.newId(), ...(await desk.flow.nextTicket({})) } })
    expect((await client.flow.displayFeed({})).calls.map((call) => call.label)).toEqual(['A1', 'A7', 'A6', 'A5', 'A4', 'A3'])
  })

  it('reads no patient and no appointment', async () => {
    const { core } = await makeWorld()
    const { sql } = (reads(core.vault.reader).shown as unknown as { getQuery(): { sql: string } }).getQuery()
    expect(sql).not.toMatch(/"?(patients|appointments)"?\b/)
    expect(sql).toContain('queue_calls')
  })

  it('is answered the calls and which topics changed, and refused everything else there is', async () => {
    const world = await makeWorld({ start: TEN })
    const { door, allow } = displayOf(world, 'nurse')
    allow()
    for (const { path } of listProcedures(contract)) {
      const call = world.core.pipeline.call(door, { path: path.split('.'), input: {} })
      if (path === 'flow.displayFeed' || path === 'session.changes') await expect(call).resolves.toBeTruthy()
      else expect([path, (await refusalOf(call)).code]).toEqual([path, 'FORBIDDEN'])
    }
  })

  it('goes on when the person who opened it locks the window, signs out or comes back', async () => {
    const world = await makeWorld({ start: TEN })
    const { client, allow, beside } = displayOf(world, 'nurse')
    allow()
    lockDoor(world.core, beside)
    expect((await client.flow.displayFeed({})).calls).toEqual([])
    beside.session = null
    expect((await client.flow.displayFeed({})).calls).toEqual([])
  })

  it.each(['nobody', 'billing'] as const)('shows nothing when it was opened by %s', async (role) => {
    const world = await makeWorld({ start: TEN })
    const { client, allow } = displayOf(world, role)
    allow()
    expect(await refusalOf(client.flow.displayFeed({}))).toMatchObject({ code: 'FORBIDDEN' })
  })

  it('shows nothing when the window it was opened from is locked', async () => {
    const world = await makeWorld({ start: TEN })
    const { client, allow, beside } = displayOf(world, 'nurse')
    lockDoor(world.core, beside)
    allow()
    expect(await refusalOf(client.flow.displayFeed({}))).toMatchObject({ code: 'FORBIDDEN' })
  })

  it('is in the activity log with whoever opened it, once', async () => {
    const world = await makeWorld({ start: TEN })
    const { allow, beside } = displayOf(world, 'nurse')
    allow()
    const events = world.core.vault.reader.select().from(auditEvents).all().filter((event) => event.action === 'display.opened')
    expect(events.map((event) => event.actorId)).toEqual([beside.session?.userId])
  })

  it('answers nobody of the staff: it is no way around the rights of a role', async () => {
    const world = await makeWorld({ start: TEN })
    for (const role of ['administrator', 'doctor', 'nurse', 'receptionist'] as const) expect(await refusalOf(world.as(role).flow.displayFeed({}))).toMatchObject({ code: 'FORBIDDEN' })
  })
})
