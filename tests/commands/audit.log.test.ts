import { desc, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { auditEvents } from '#drizzle/schema/audit.ts'
import { grants } from '#shared/access/permissions.ts'
import { roles, type Role } from '#shared/access/roles.ts'
import { contract } from '#shared/rpc/contract.ts'
import { listProcedures, type ContractTree } from '#shared/rpc/define.ts'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import { addEvents } from '#tests/support/audit.ts'
import { makeWorld, openCore, refusalOf, type World } from '#tests/support/world.ts'

const tree: ContractTree = contract
const commands = listProcedures(tree).filter(({ procedure }) => procedure.kind === 'command')
const events = (world: World, action?: string) => {
  world.core.audit.flush()
  const query = world.core.vault.reader.select().from(auditEvents)
  return (action ? query.where(eq(auditEvents.action, action)) : query).orderBy(desc(auditEvents.seq)).all()
}
const count = (world: World): number => events(world).length

/** Somebody's door, to call what the type of a client would not let through. */
function doorOf(world: World, role: Role) {
  world.as(role)
  const door = [...world.core.doors.values()].at(-1)
  if (!door) throw new Error('nobody stands at a door')
  return (path: string, input: unknown) => world.core.pipeline.call(door, { path: path.split('.'), input })
}

describe('R06: what is done, read and refused', () => {
  it('R06: every command leaves exactly one row when it is denied, and changes nothing', { timeout: 60_000 }, async () => {
    const world = await makeWorld()
    for (const { path, procedure } of commands) {
      const granted: readonly Role[] = procedure.can in grants ? grants[procedure.can as keyof typeof grants] : roles // A permission, or everybody.
      const denied = roles.find((role) => !granted.includes(role))
      if (!denied) continue
      const call = doorOf(world, denied)
      const before = count(world)
      expect(await refusalOf(call(path, {})), path).toMatchObject({ code: 'FORBIDDEN' })
      expect(count(world) - before, path).toBe(1)
      expect(events(world)[0], path).toMatchObject({ action: path, outcome: 'refused', code: 'FORBIDDEN', roles: denied, actorId: world.clinic.people[denied].userId })
    }
  })

  it('R06: every command leaves exactly one row when its input is refused', { timeout: 60_000 }, async () => {
    const world = await makeWorld()
    for (const { path, procedure } of commands) {
      const granted: readonly Role[] = procedure.can in grants ? grants[procedure.can as keyof typeof grants] : roles // As above.
      const call = doorOf(world, granted[0] ?? 'doctor')
      const before = count(world)
      expect(await refusalOf(call(path, { nothing: 'of this name' })), path).toMatchObject({ code: 'INVALID_INPUT' })
      expect(count(world) - before, path).toBe(1)
    }
  })

  it('R06: every look into a chart has an event, whatever part of it is asked for; the same look has one', async () => {
    const world = await makeWorld()
    const unlogged = listProcedures(tree).filter(({ procedure }) => procedure.kind === 'query' && ['chart.read', 'chart.open', 'chart.minimum'].includes(procedure.can) && !procedure.audit)
    expect(unlogged.map(({ path }) => path)).toEqual([])
    const patientId = world.clinic.addPatient(world.core)
    const parts = ['listProblems', 'listMedications', 'listAllergies', 'listImmunizations', 'listProcedures', 'listReports', 'listNotes', 'listVisits'] as const
    for (const part of parts) await world.as('doctor').encounters[part]({ patientId })
    expect(events(world, 'chart.opened').map((row) => row.patientId)).toEqual(parts.map(() => patientId))
    const doctor = world.as('doctor')
    for (const part of parts) await doctor.encounters[part]({ patientId })
    expect(events(world, 'chart.opened')).toHaveLength(parts.length + 1)
  })

  it('R06: a search names whom it showed and keeps no word; whoever knows the word can ask for it', async () => {
    const world = await makeWorld()
    const id = world.clinic.addPatient(world.core)
    const desk = world.as('receptionist')
    await desk.patients.search({ text: 'Lopez Maria' })
    world.core.audit.flush()
    await desk.patients.search({ text: 'Nobody' })
    await desk.patients.search({ text: 'Lopez Maria' })
    const [nobody, lopez, ...more] = events(world, 'patient.searched')
    expect(more).toEqual([])
    expect(lopez).toMatchObject({ outcome: 'seen', itemCount: 1, itemIds: id, roles: 'receptionist' })
    expect(nobody).toMatchObject({ itemCount: 0, itemIds: null })
    expect(JSON.stringify(events(world))).not.toMatch(/lopez|maria|nobody/i)
    const asked = async (searched: string) => (await world.as('administrator').audit.list({ searched })).events.map((event) => event.itemCount)
    expect(await asked('LOPEZ')).toEqual([1])
    expect(await asked('lope')).toEqual([])
  })

  it('R06: the letters of one search are one event, with all who were shown, and it stands before what was opened then', async () => {
    const world = await makeWorld()
    const [maria, mario] = [world.clinic.addPatient(world.core), world.clinic.addPatient(world.core, { givenName: 'Mario' })]
    const doctor = world.as('doctor')
    for (const text of ['l', 'lo', 'lopez', 'lopez maria']) await doctor.patients.search({ text })
    await doctor.encounters.openChart({ patientId: maria })
    expect(events(world).slice(0, 2).map((row) => row.action)).toEqual(['chart.opened', 'patient.searched'])
    const [search, ...more] = events(world, 'patient.searched')
    expect(more).toEqual([])
    expect(search?.itemIds?.split(',').toSorted()).toEqual([maria, mario].toSorted())
    expect(search?.terms?.split(',')).toHaveLength(2)
  })

  it('R06: the row of a look that cannot be written keeps the answer back, and the next try is logged', async () => {
    const world = await makeWorld()
    const patientId = world.clinic.addPatient(world.core)
    const doctor = world.as('doctor')
    const { writer } = world.core.vault
    const nurse = world.as('nurse')
    writer.$client.exec(`create temp trigger full before insert on main.audit_events begin select raise(abort, 'no room'); end`)
    expect(await refusalOf(doctor.encounters.openChart({ patientId }))).toMatchObject({ code: 'INTERNAL' })
    const id = world.core.platform.newId()
    expect(await refusalOf(nurse.patients.register({ id, familyName: 'Hill', givenName: 'Ann', birthDate: '1990-01-01', sex: 'female' }))).toMatchObject({ code: 'INTERNAL' })
    writer.$client.exec('drop trigger full')
    expect(events(world, 'chart.opened')).toEqual([])
    expect(await refusalOf(nurse.patients.get({ id }))).toMatchObject({ code: 'NOT_FOUND' })
    await doctor.encounters.openChart({ patientId })
    expect(events(world, 'chart.opened')).toHaveLength(1)
  })

  it('R06: an event says the roles in effect, the machine, and hashes of a row before and after', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const id = world.core.platform.newId()
    await desk.patients.register({ id, familyName: 'Hill', givenName: 'Ann', birthDate: '1990-01-01', sex: 'female' })
    await desk.patients.update({ id, was: { city: null }, changes: { city: 'Salem' } })
    const [changed] = events(world, 'patient.changed')
    expect(changed).toMatchObject({ roles: 'receptionist', beforeHash: expect.stringMatching(/^[\w-]{16}$/), afterHash: expect.stringMatching(/^[\w-]{16}$/) })
    expect(changed?.beforeHash).not.toBe(changed?.afterHash)
    expect(new Set(events(world).map((row) => row.deviceId)).size).toBe(1)
    expect(events(world, 'session.started')[0]).toMatchObject({ roles: 'receptionist' })
  })

  it('R06: a procedure that does not exist leaves its row, without the name that was tried', async () => {
    const world = await makeWorld()
    const call = doorOf(world, 'nurse')
    expect(await refusalOf(call('patients.Lopez Maria', {}))).toMatchObject({ code: 'UNKNOWN_PROCEDURE' })
    expect(events(world)[0]).toMatchObject({ action: 'call.unknown', outcome: 'refused', code: 'UNKNOWN_PROCEDURE', actorId: world.clinic.people.nurse.userId })
    expect(JSON.stringify(events(world))).not.toContain('Lopez')
  })

  it('a failed sign-in leaves its row before anybody is signed in', async () => {
    const world = await makeWorld()
    const { client } = world.stranger()
    await refusalOf(client.session.signIn({ userName: 'administrator', password: 'not the one at all' }))
    expect(events(world)[0]).toMatchObject({ action: 'session.signIn', outcome: 'refused', code: 'SIGN_IN_REFUSED', actorId: null, roles: null })
  })

  it('a clock that goes back is an event of its own; a small step is not', async () => {
    const world = await makeWorld({ start: '2026-11-17T15:00:00.000Z' })
    world.as('doctor')
    world.clock.advanceMinutes(-1)
    world.as('nurse')
    expect(events(world, 'clock.moved-back')).toEqual([])
    world.clock.advanceMinutes(-60)
    world.as('nurse')
    expect(events(world).map((row) => row.action).slice(0, 2)).toEqual(['session.started', 'clock.moved-back'])
    expect(events(world, 'clock.moved-back')).toMatchObject([{ itemCount: 3_600, outcome: 'done' }])
  })
})

describe('audit.list over time', () => {
  it('finds the events of some days by their numbers, also when the clock went back in between', async () => {
    const world = await makeWorld({ start: '2026-11-10T15:00:00.000Z' })
    const administrator = world.as('administrator')
    const on = async (from: string | null, to: string | null) => (await administrator.audit.list({ from, to, action: 'chart.opened' })).events.map((event) => event.at.slice(0, 10))
    for (const day of ['2026-11-11', '2026-11-12', '2026-11-13', '2029-01-05', '2026-11-14', '2026-11-15']) {
      world.clock.set(`${day}T15:00:00.000Z`)
      addEvents(world, 2)
    }
    world.clock.set('2026-11-16T15:00:00.000Z')
    expect(await on('2026-11-12', '2026-11-14')).toEqual(['2026-11-14', '2026-11-14', '2026-11-13', '2026-11-13', '2026-11-12', '2026-11-12'])
    expect(await on('2027-01-01', null)).toEqual(['2029-01-05', '2029-01-05'])
    expect(await on(null, '2026-11-11')).toEqual(['2026-11-11', '2026-11-11'])
    expect(await on('2026-11-15', '2026-11-11')).toEqual([])
    expect(await on('2031-01-01', null)).toEqual([])
  })

  it('filters by outcome alone and together with a person or an act', async () => {
    const world = await makeWorld()
    const nurse = world.as('nurse')
    for (let i = 0; i < 3; i += 1) await refusalOf(nurse.audit.list({}))
    await refusalOf(world.as('doctor').audit.list({}))
    const administrator = world.as('administrator')
    const found = async (filter: Parameters<typeof administrator.audit.list>[0]) => (await administrator.audit.list(filter)).events.length
    expect(await found({ outcome: 'refused' })).toBe(4)
    expect(await found({ outcome: 'refused', actorId: world.clinic.people.nurse.userId })).toBe(3)
    expect(await found({ outcome: 'refused', action: 'audit.list' })).toBe(4)
    expect(await found({ outcome: 'refused', action: 'chart.opened' })).toBe(0)
    expect(await found({ outcome: 'done', actorId: world.clinic.people.nurse.userId })).toBe(1)
  })
})

describe('audit.mine and audit.chartAccess', () => {
  it.each(roles)('audit.mine shows %s the own acts and nobody else’s', async (role) => {
    const world = await makeWorld()
    for (const other of roles) world.as(other)
    const { events: own } = await world.as(role).audit.mine({})
    expect(own.length).toBeGreaterThan(0)
    expect(new Set(own.map((event) => event.actorId))).toEqual(new Set([world.clinic.people[role].userId]))
    const call = doorOf(world, role)
    expect(await refusalOf(call('audit.mine', { actorId: world.clinic.people.doctor.userId }))).toMatchObject({ code: 'INVALID_INPUT' })
  })

  it('audit.chartAccess says who, in which role, how often and how: a reason is break-glass', async () => {
    const world = await makeWorld()
    const patientId = world.clinic.addPatient(world.core)
    const { doctor, nurse } = world.clinic.people
    addEvents(world, 3, { patientId, roles: ['doctor'] })
    world.clock.advanceMinutes(5)
    addEvents(world, 1, { patientId, actorId: nurse.userId, roles: ['nurse'], reason: 'emergency' })
    addEvents(world, 1, { patientId, actorId: nurse.userId, roles: ['nurse'], outcome: 'done', action: 'vitals.recorded' })
    await refusalOf(world.as('receptionist').encounters.openChart({ patientId }))
    addEvents(world, 2)
    const people = await world.as('administrator').audit.chartAccess({ patientId })
    expect(people).toMatchObject([
      { actorId: nurse.userId, actorName: 'Tom Okafor', roles: 'nurse', looks: 1, changes: 1, refusals: 0, brokeGlass: 1, firstAt: '2026-11-17T15:05:00.000Z' },
      { actorId: doctor.userId, looks: 3, changes: 0, brokeGlass: 0, lastAt: '2026-11-17T15:00:00.000Z' },
    ])
    expect(events(world, 'audit.chart-access')).toMatchObject([{ patientId, outcome: 'seen' }])
    expect(await refusalOf(world.as('doctor').audit.chartAccess({ patientId }))).toMatchObject({ code: 'FORBIDDEN' })
  })
})

it('a core that is started again goes on with the same chain', async () => {
  const world = await makeWorld()
  world.as('doctor')
  const key = world.core.vault.dataKey ?? new Uint8Array(32)
  const before = count(world)
  await world.core.close()
  const core = await openCore(world.folder, world.clock)
  core.vault.open(key)
  const door = core.openDoor('test')
  await refusalOf(inProcessClient(core, door).audit.mine({}))
  const rows = core.vault.reader.select().from(auditEvents).all()
  expect(rows).toHaveLength(before + 1)
  expect(new Set(rows.map((row) => row.deviceId)).size).toBe(1)
  await core.close()
})
