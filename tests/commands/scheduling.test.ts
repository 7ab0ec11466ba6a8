import { describe, expect, it } from 'vitest'
import { appointments } from '#drizzle/schema/scheduling.ts'
import { encounters } from '#drizzle/schema/encounters.ts'
import { auditEvents } from '#drizzle/schema/audit.ts'
import { desc, eq } from 'drizzle-orm'
import type { WriteContext } from '#main/core/rpc/context.ts'
import { transact } from '#main/core/rpc/run.ts'
import { beginVisit, endVisit } from '#main/domains/scheduling/service.ts'
import { makeWorld, refusalOf, type World } from '#tests/support/world.ts'

const NINE = '2026-11-17T14:00:00.000Z' // 9:00 in New York, a Tuesday.

function booking(world: World, more: Partial<Parameters<ReturnType<World['as']>['scheduling']['book']>[0]> = {}) {
  return {
    id: world.core.platform.newId(), patientId: world.clinic.addPatient(world.core), providerId: world.clinic.providers[0],
    roomId: null, typeId: world.clinic.types.short, startsAt: NINE, durationMin: 30, reason: 'Cough', ...more,
  }
}

describe('scheduling.book', () => {
  it('puts the appointment on the day and one event in the log', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const input = booking(world)
    const booked = await desk.scheduling.book(input)
    expect(booked).toMatchObject({ id: input.id, status: 'booked', endsAt: '2026-11-17T14:30:00.000Z', version: 1 })
    const day = await desk.scheduling.listDay({ date: '2026-11-17' })
    expect(day.appointments.map((one) => [one.id, one.patient.familyName, one.typeName])).toEqual([[input.id, 'Lopez', 'Follow-up']])
    const events = world.core.vault.reader.select().from(auditEvents).where(eq(auditEvents.action, 'appointment.booked')).all()
    expect(events).toMatchObject([{ outcome: 'done', patientId: input.patientId, entityId: input.id, actorId: world.clinic.people.receptionist.userId }])
  })

  it('refuses an overlap with the three next free slots and changes nothing', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const first = booking(world)
    await desk.scheduling.book(first)
    const refusal = await refusalOf(desk.scheduling.book(booking(world, { startsAt: '2026-11-17T14:15:00.000Z' })))
    expect(refusal).toEqual({
      code: 'SLOT_TAKEN',
      data: {
        conflictingId: first.id,
        cause: 'provider',
        alternatives: ['14:30', '14:45', '15:00'].map((at) => ({
          providerId: world.clinic.providers[0], startsAt: `2026-11-17T${at}:00.000Z`, endsAt: expect.any(String),
        })),
      },
    })
    expect(world.core.vault.reader.select().from(appointments).all()).toHaveLength(1)
    expect(world.core.vault.reader.select().from(auditEvents).orderBy(desc(auditEvents.seq)).limit(1).all()).toMatchObject([{ action: 'scheduling.book', outcome: 'refused', code: 'SLOT_TAKEN' }])
  })

  it('lets exactly one of twenty simultaneous bookings of a slot succeed', async () => {
    const world = await makeWorld()
    const desks = Array.from({ length: 20 }, () => world.as('receptionist'))
    const outcomes = await Promise.allSettled(desks.map((desk) => desk.scheduling.book(booking(world))))
    expect(outcomes.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    expect(outcomes.filter((one) => one.status === 'rejected').every((one) => one.reason.code === 'SLOT_TAKEN')).toBe(true)
  })

  it('is stopped by the table itself when the rule is passed by', async () => {
    const world = await makeWorld()
    const input = booking(world)
    await world.as('receptionist').scheduling.book(input)
    const row = world.core.vault.reader.select().from(appointments).get()
    if (!row) throw new Error('booked above')
    const twin = { ...row, id: world.core.platform.newId() }
    expect(() => world.core.vault.writer.insert(appointments).values(twin).run()).toThrow('SLOT_TAKEN')
    expect(() => world.core.vault.writer.insert(appointments).values({ ...twin, providerId: world.clinic.providers[1] }).run()).not.toThrow()
  })
})

describe('scheduling.book, again', () => {
  it('makes a booking once when it is sent twice', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const input = booking(world)
    expect(await desk.scheduling.book(input)).toEqual(await desk.scheduling.book(input))
    expect(world.core.vault.reader.select().from(appointments).all()).toHaveLength(1)
  })

  it('refuses a room that is planned for another patient, with times at which both are free', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const roomId = world.clinic.rooms[0]
    const first = await desk.scheduling.book(booking(world, { roomId }))
    const refusal = await refusalOf(desk.scheduling.book(booking(world, { roomId, providerId: world.clinic.providers[1] })))
    expect(refusal).toMatchObject({ code: 'SLOT_TAKEN', data: { conflictingId: first.id, cause: 'room' } })
    expect((refusal.data as { alternatives: { startsAt: string }[] }).alternatives[0]?.startsAt).toBe(first.endsAt)
  })

  it('refuses people that are not there', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const nobody = world.core.platform.newId()
    expect(await refusalOf(desk.scheduling.book(booking(world, { patientId: nobody })))).toEqual({ code: 'PATIENT_NOT_FOUND', data: undefined })
    expect(await refusalOf(desk.scheduling.book(booking(world, { providerId: nobody })))).toEqual({ code: 'PROVIDER_NOT_FOUND', data: undefined })
  })
})

describe('scheduling.move', () => {
  it('takes a visit to another time and provider, past its own old time, and undo brings it back', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const booked = await desk.scheduling.book(booking(world))
    const moved = await desk.scheduling.move({ id: booked.id, version: 1, providerId: booked.providerId, startsAt: '2026-11-17T14:15:00.000Z' })
    expect(moved).toMatchObject({ startsAt: '2026-11-17T14:15:00.000Z', endsAt: '2026-11-17T14:45:00.000Z' })
    const other = await desk.scheduling.move({ id: booked.id, version: 2, providerId: world.clinic.providers[1], startsAt: NINE, durationMin: 15 })
    expect(other).toMatchObject({ providerId: world.clinic.providers[1], endsAt: '2026-11-17T14:15:00.000Z' })
    expect(await desk.scheduling.undo({ id: booked.id, version: 3 })).toMatchObject({ startsAt: moved.startsAt, endsAt: moved.endsAt, providerId: moved.providerId })
  })

  it('refuses a taken time and a visit that has begun', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    await desk.scheduling.book(booking(world))
    const later = await desk.scheduling.book(booking(world, { startsAt: '2026-11-17T16:00:00.000Z' }))
    const onto = { id: later.id, version: 1, providerId: later.providerId, startsAt: NINE }
    expect(await refusalOf(desk.scheduling.move(onto))).toMatchObject({ code: 'SLOT_TAKEN' })
    await desk.scheduling.arrive({ id: later.id, version: 1 })
    await desk.scheduling.start({ id: later.id, version: 2 })
    expect(await refusalOf(desk.scheduling.move({ ...onto, version: 3 }))).toEqual({ code: 'STEP_NOT_ALLOWED', data: { status: 'in-progress' } })
  })
})

describe('scheduling.room', () => {
  it('refuses a room with somebody in it, and gives it when that visit is over', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const [roomId] = world.clinic.rooms
    const first = await desk.scheduling.book(booking(world, { hasArrived: true }))
    const second = await desk.scheduling.book(booking(world, { hasArrived: true, startsAt: '2026-11-17T15:00:00.000Z' }))
    await desk.scheduling.room({ id: first.id, version: 1, roomId })
    expect(await refusalOf(desk.scheduling.room({ id: second.id, version: 1, roomId }))).toEqual({ code: 'ROOM_IN_USE', data: { byId: first.id } })
    await desk.scheduling.complete({ id: first.id, version: 2 })
    expect(await desk.scheduling.room({ id: second.id, version: 1, roomId })).toMatchObject({ status: 'roomed', roomId })
    expect(await refusalOf(desk.scheduling.room({ id: second.id, version: 2, roomId: world.core.platform.newId() }))).toMatchObject({ code: 'ROOM_NOT_FOUND' })
  })

  it('gives the room of a visit that ended early to the next one at the same time', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const [roomId] = world.clinic.rooms
    const first = await desk.scheduling.book(booking(world, { hasArrived: true, roomId }))
    await desk.scheduling.complete({ id: first.id, version: 1 })
    const other = await desk.scheduling.book(booking(world, { hasArrived: true, providerId: world.clinic.providers[1] }))
    expect(await desk.scheduling.room({ id: other.id, version: 1, roomId })).toMatchObject({ roomId })
  })
})

describe('scheduling.undo', () => {
  it('cancels a booking as booked in error, and does not cancel twice', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const booked = await desk.scheduling.book(booking(world))
    expect(await desk.scheduling.undo({ id: booked.id, version: 1 })).toMatchObject({ status: 'cancelled', cancelReason: 'booked-in-error' })
    expect(await desk.scheduling.undo({ id: booked.id, version: 2 })).toMatchObject({ status: 'booked', cancelReason: null, cancelledAt: null })
    expect(await refusalOf(desk.scheduling.undo({ id: booked.id, version: 3 }))).toEqual({ code: 'STEP_NOT_ALLOWED', data: { status: 'booked' } })
  })
})

describe('what is signed', () => {
  it('is not undone', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const booked = await desk.scheduling.book(booking(world, { hasArrived: true }))
    const done = await desk.scheduling.complete({ id: booked.id, version: 1 })
    world.core.vault.writer.insert(encounters).values({
      id: world.core.platform.newId(), patientId: booked.patientId, appointmentId: booked.id, providerId: booked.providerId, status: 'finished', startedAt: NINE, finishedAt: NINE,
    }).run()
    expect(await refusalOf(desk.scheduling.undo({ id: booked.id, version: done.version }))).toEqual({ code: 'VISIT_SIGNED', data: undefined })
  })
})

describe('what is shown', () => {
  it('scheduling.details tells each step with its person, newest first', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const booked = await desk.scheduling.book(booking(world))
    await world.as('nurse').scheduling.arrive({ id: booked.id, version: 1 })
    const { appointment, changes } = await desk.scheduling.details({ id: booked.id })
    expect(appointment).toMatchObject({ id: booked.id, status: 'arrived', patient: { familyName: 'Lopez' }, typeName: 'Follow-up' })
    expect(changes.map((change) => [change.version, change.status, change.changedBy])).toEqual([[2, 'arrived', 'Tom Okafor'], [1, 'booked', 'Rosa Delgado']])
    expect(await refusalOf(desk.scheduling.details({ id: world.core.platform.newId() }))).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('scheduling.listForPatient gives the newest first, scheduling.freeSlots the next free times of all providers', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const first = await desk.scheduling.book(booking(world))
    const next = await desk.scheduling.book(booking(world, { patientId: first.patientId, startsAt: '2026-11-18T14:00:00.000Z' }))
    expect((await desk.scheduling.listForPatient({ patientId: first.patientId })).map((one) => one.id)).toEqual([next.id, first.id])
    const free = await desk.scheduling.freeSlots({ providerId: null, from: NINE, durationMin: 30, limit: 3 })
    expect(free.map((slot) => [slot.providerId === world.clinic.providers[1], slot.startsAt.slice(11, 16)])).toEqual([[true, '14:00'], [true, '14:15'], [false, '14:30']])
  })

  it('tells other windows of each step, and not whom it is about', async () => {
    const world = await makeWorld()
    const ended = new AbortController()
    const changes = world.core.changes.subscribe(ended.signal)
    await world.as('receptionist').scheduling.book(booking(world))
    expect((await changes.next()).value).toEqual({ topics: ['scheduling'] })
    ended.abort()
  })
})

describe('the way of an appointment', () => {
  it('goes from booked to fulfilled, and undo takes the last step back', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const booked = await desk.scheduling.book(booking(world))
    const arrived = await desk.scheduling.arrive({ id: booked.id, version: 1 })
    const roomed = await desk.scheduling.room({ id: booked.id, version: arrived.version, roomId: world.clinic.rooms[0] })
    const back = await desk.scheduling.undo({ id: booked.id, version: roomed.version })
    expect(back).toMatchObject({ status: 'arrived', roomId: null, roomedAt: null, arrivedAt: arrived.arrivedAt, version: 4 })
    const started = await desk.scheduling.start({ id: booked.id, version: 4 })
    expect(await desk.scheduling.complete({ id: booked.id, version: started.version })).toMatchObject({ status: 'fulfilled' })
    expect(await refusalOf(desk.scheduling.markNoShow({ id: booked.id, version: 6 }))).toEqual({ code: 'STEP_NOT_ALLOWED', data: { status: 'fulfilled' } })
  })

  it('refuses a step from a screen that is behind', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const booked = await desk.scheduling.book(booking(world))
    await desk.scheduling.arrive({ id: booked.id, version: 1 })
    expect(await refusalOf(desk.scheduling.cancel({ id: booked.id, version: 1, reason: 'other' }))).toEqual({ code: 'STALE', data: { version: 2 } })
  })

  it('gives a cancelled time back', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const booked = await desk.scheduling.book(booking(world))
    await desk.scheduling.cancel({ id: booked.id, version: 1, reason: 'patient-asked' })
    expect(await desk.scheduling.book(booking(world))).toMatchObject({ status: 'booked' })
    expect(await refusalOf(desk.scheduling.undo({ id: booked.id, version: 2 }))).toMatchObject({ code: 'SLOT_TAKEN' })
  })
})

describe('the chart takes the appointment along', () => {
  it('begins it from booked, does so once, and ends it', async () => {
    const world = await makeWorld()
    const booked = await world.as('receptionist').scheduling.book(booking(world))
    const { userId, staffId } = world.clinic.people.doctor
    const inOneCommand = (work: (context: WriteContext) => void) =>
      transact(world.core, { audit: 'test', topics: ['scheduling'], door: world.core.openDoor('test'), actor: { sessionId: '', userId, staffId, name: 'Amira Haddad', roles: ['doctor'] }, subject: {} }, work)
    inOneCommand((context) => beginVisit(context, booked.id))
    inOneCommand((context) => beginVisit(context, booked.id))
    const states = async () => (await world.as('doctor').scheduling.details({ id: booked.id })).changes.map((change) => change.status)
    expect(await states()).toEqual(['in-progress', 'arrived', 'booked'])
    inOneCommand((context) => endVisit(context, booked.id))
    inOneCommand((context) => endVisit(context, booked.id))
    expect(await states()).toEqual(['fulfilled', 'in-progress', 'arrived', 'booked'])
  })
})

describe('who may', () => {
  it.each(['administrator', 'billing', 'pharmacist'] as const)('refuses a booking by %s', async (role) => {
    const world = await makeWorld()
    expect(await refusalOf(world.as(role).scheduling.book(booking(world)))).toEqual({ code: 'FORBIDDEN', data: undefined })
  })

  it('refuses a stranger', async () => {
    const world = await makeWorld()
    expect(await refusalOf(world.stranger().client.scheduling.listDay({ date: '2026-11-17' }))).toEqual({ code: 'SIGNED_OUT', data: undefined })
  })
})
