import { describe, expect, it } from 'vitest'
import { appointments } from '#drizzle/schema/scheduling.ts'
import { auditEvents } from '#drizzle/schema/audit.ts'
import { desc, eq } from 'drizzle-orm'
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
