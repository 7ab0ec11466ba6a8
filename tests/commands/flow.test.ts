import { describe, expect, it } from 'vitest'
import { ticketText } from '#shared/domains/flow/rules.ts'
import { reads } from '#main/domains/flow/repository.ts'
import { planOf } from '#tests/support/plan.ts'
import { makeWorld, refusalOf, type World } from '#tests/support/world.ts'

const TODAY = '2026-11-17'
const TEN = '2026-11-17T15:00:00.000Z' // 10:00 in New York, a Tuesday.
const start = { start: TEN }

const booking = (world: World, more: object = {}) => ({
  id: world.core.platform.newId(), patientId: world.clinic.addPatient(world.core), providerId: world.clinic.providers[0], roomId: null, typeId: null, startsAt: TEN, durationMin: 15, reason: 'Rash', ...more,
})
async function nextOf(world: World) {
  return { id: world.core.platform.newId(), ...(await world.as('receptionist').flow.nextTicket({})) }
}
const walkIn = async (world: World, more: object = {}) => world.as('receptionist').flow.walkIn({ ...booking(world, more), ticket: await nextOf(world) })
const quarter = (n: number): string => new Date(Date.parse(TEN) + n * 15 * 60_000).toISOString()

describe('a walk-in', () => {
  it('is here at once, with the next number of the day', async () => {
    const world = await makeWorld(start)
    const desk = world.as('receptionist')
    const first = await walkIn(world)
    expect(first).toMatchObject({ appointment: { status: 'arrived', arrivedAt: TEN, reason: 'Rash' }, ticket: { day: TODAY, letter: 'A', number: 1, appointmentId: first.appointment.id } })
    const second = await walkIn(world, { startsAt: quarter(1) })
    expect(second.ticket).toMatchObject({ letter: 'A', number: 2 })
    expect((await desk.flow.board({ date: TODAY })).tickets).toEqual([first.ticket, second.ticket])
    world.clock.set('2026-11-18T15:00:00.000Z')
    expect(await world.as('receptionist').flow.nextTicket({})).toMatchObject({ letter: 'A', number: 1 })
    expect((await world.as('receptionist').flow.board({ date: '2026-11-18' })).tickets).toEqual([])
  })

  it('sent twice is one, and of two windows with one number the second takes the next', async () => {
    const world = await makeWorld(start)
    const desk = world.as('receptionist')
    const ticket = await nextOf(world)
    const input = { ...booking(world), ticket }
    expect(await desk.flow.walkIn(input)).toEqual(await desk.flow.walkIn(input))
    const other = { ...booking(world, { startsAt: quarter(1) }), ticket: { ...ticket, id: world.core.platform.newId() } }
    expect(await refusalOf(desk.flow.walkIn(other))).toEqual({ code: 'TICKET_TAKEN', data: { next: 2 } })
    // Nothing of it is left: no visit without its number.
    expect((await desk.scheduling.listDay({ date: TODAY })).appointments).toHaveLength(1)
    expect((await desk.flow.walkIn({ ...other, ticket: await nextOf(world) })).ticket.number).toBe(2)
  })

  it('is refused where a booking is, and leaves no number behind', async () => {
    const world = await makeWorld(start)
    await walkIn(world)
    expect(await refusalOf(walkIn(world))).toMatchObject({ code: 'SLOT_TAKEN' })
    expect(await refusalOf(walkIn(world, { patientId: world.core.platform.newId(), startsAt: quarter(2) }))).toMatchObject({ code: 'PATIENT_NOT_FOUND' })
    expect((await world.as('receptionist').flow.board({ date: TODAY })).tickets).toHaveLength(1)
  })

  it('undone is off the day; the number is not given to anybody else', async () => {
    const world = await makeWorld(start)
    const { appointment } = await walkIn(world)
    await world.as('receptionist').scheduling.undo({ id: appointment.id, version: appointment.version })
    expect((await walkIn(world, { startsAt: quarter(1) })).ticket.number).toBe(2)
  })
})

describe('a ticket', () => {
  it('is given to somebody who had an appointment, once', async () => {
    const world = await makeWorld(start)
    const desk = world.as('receptionist')
    const booked = await desk.scheduling.book(booking(world))
    const given = await desk.flow.giveTicket({ appointmentId: booked.id, ticket: await nextOf(world) })
    expect(given).toMatchObject({ letter: 'A', number: 1, appointmentId: booked.id })
    expect(await desk.flow.giveTicket({ appointmentId: booked.id, ticket: await nextOf(world) })).toEqual(given)
    expect(await refusalOf(desk.flow.giveTicket({ appointmentId: world.core.platform.newId(), ticket: await nextOf(world) }))).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('is found by its code and by its number of today, and by nothing else', async () => {
    const world = await makeWorld(start)
    const desk = world.as('receptionist')
    const { ticket } = await walkIn(world)
    const found = { ticket, patient: { familyName: 'Lopez' } }
    for (const text of [ticketText(ticket), 'a1', ' A 1']) expect(await desk.flow.findTicket({ text })).toMatchObject(found)
    for (const text of ['a2', 'b1', 'lopez', ticketText({ id: world.core.platform.newId() })]) expect(await desk.flow.findTicket({ text })).toBeNull()
    world.clock.set('2026-11-18T15:00:00.000Z')
    expect(await world.as('receptionist').flow.findTicket({ text: 'a1' })).toBeNull()
    expect(await world.as('receptionist').flow.findTicket({ text: ticketText(ticket) })).toMatchObject(found)
  })
})

describe('a call', () => {
  it('names the room, gives a number where there is none, and can be made again', async () => {
    const world = await makeWorld(start)
    const [desk, nurse] = [world.as('receptionist'), world.as('nurse')]
    const visit = await desk.scheduling.book({ ...booking(world), hasArrived: true })
    const [one, two] = world.clinic.rooms
    const call = async (roomId: string) => nurse.flow.call({ id: world.core.platform.newId(), appointmentId: visit.id, roomId, ticket: await nextOf(world) })
    const first = await call(one)
    expect(first).toMatchObject({ call: { code: 'A1', roomId: one, roomName: 'Room 1', calledAt: TEN }, ticket: { letter: 'A', number: 1 } })
    world.clock.set(quarter(1))
    await call(two)
    expect((await world.as('nurse').flow.board({ date: TODAY })).calls).toMatchObject([{ appointmentId: visit.id, roomId: two, code: 'A1', calledAt: quarter(1) }])
  })

  it('is for who is here and not with the doctor yet, into a room there is', async () => {
    const world = await makeWorld(start)
    const desk = world.as('receptionist')
    const booked = await desk.scheduling.book(booking(world))
    const call = async (appointmentId: string, roomId: string) => desk.flow.call({ id: world.core.platform.newId(), appointmentId, roomId, ticket: await nextOf(world) })
    expect(await refusalOf(call(booked.id, world.clinic.rooms[0]))).toEqual({ code: 'STEP_NOT_ALLOWED', data: { status: 'booked' } })
    const arrived = await desk.scheduling.arrive({ id: booked.id, version: 1 })
    expect(await refusalOf(call(arrived.id, world.core.platform.newId()))).toMatchObject({ code: 'ROOM_NOT_FOUND' })
    expect(await refusalOf(call(world.core.platform.newId(), world.clinic.rooms[0]))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await desk.flow.board({ date: TODAY })).toEqual({ tickets: [], calls: [] })
  })
})

describe('leaving', () => {
  it('comes after the visit is done, says when, and is taken back', async () => {
    const world = await makeWorld(start)
    const desk = world.as('receptionist')
    const { appointment } = await walkIn(world)
    expect(await refusalOf(desk.scheduling.leave({ id: appointment.id, version: 1 }))).toEqual({ code: 'STEP_NOT_ALLOWED', data: { status: 'arrived' } })
    const done = await desk.scheduling.complete({ id: appointment.id, version: 1 })
    expect(done.leftAt).toBeNull()
    world.clock.set(quarter(1))
    const back = world.as('receptionist')
    const left = await back.scheduling.leave({ id: done.id, version: done.version })
    expect(left).toMatchObject({ status: 'fulfilled', leftAt: quarter(1), version: 3 })
    expect(await refusalOf(back.scheduling.leave({ id: done.id, version: left.version }))).toMatchObject({ code: 'STEP_NOT_ALLOWED' })
    expect(await refusalOf(back.scheduling.leave({ id: done.id, version: 1 }))).toMatchObject({ code: 'STALE' })
    expect(await back.scheduling.undo({ id: done.id, version: left.version })).toMatchObject({ status: 'fulfilled', leftAt: null, fulfilledAt: TEN, version: 4 })
    expect((await back.scheduling.details({ id: done.id })).changes.map((change) => change.leftAt)).toEqual([null, quarter(1), null, null])
  })

  it('is taken back also after the doctor has signed: nothing in the chart hangs on it', async () => {
    const world = await makeWorld(start)
    const [desk, doctor] = [world.as('receptionist'), world.as('doctor')]
    const { appointment } = await walkIn(world)
    const { id: encounterId } = await doctor.encounters.open({ appointmentId: appointment.id })
    const open = await desk.scheduling.details({ id: appointment.id })
    const done = await desk.scheduling.complete({ id: appointment.id, version: open.appointment.version })
    world.core.vault.writer.$client.prepare("update encounters set status = 'finished', finished_at = ? where id = ?").run(TEN, encounterId)
    const left = await desk.scheduling.leave({ id: done.id, version: done.version })
    expect((await desk.scheduling.undo({ id: left.id, version: left.version })).leftAt).toBeNull()
    expect(await refusalOf(desk.scheduling.undo({ id: left.id, version: left.version + 1 }))).toMatchObject({ code: 'VISIT_SIGNED' })
  })
})

describe('the settings', () => {
  it('are the usual ones until somebody changes them, and keep amber before red', async () => {
    const world = await makeWorld(start)
    const [owner, nurse] = [world.as('administrator'), world.as('nurse')]
    expect(await nurse.flow.settings({})).toEqual({ amberMin: 15, redMin: 30, displayShows: 'number', hasChime: false })
    const wanted = { amberMin: 10, redMin: 20, displayShows: 'initials', hasChime: true } as const
    expect(await refusalOf(owner.flow.saveSettings({ ...wanted, amberMin: 20 }))).toMatchObject({ code: 'THRESHOLDS_MIXED' })
    await owner.flow.saveSettings({ ...wanted, redMin: 40 })
    await owner.flow.saveSettings(wanted)
    expect(await nurse.flow.settings({})).toEqual(wanted)
    expect(await refusalOf(nurse.flow.saveSettings(wanted))).toMatchObject({ code: 'FORBIDDEN' })
  })
})

it('no list of the flow scans a table that grows', async () => {
  const { core } = await makeWorld()
  const { reader } = core.vault
  const { ofDay, lastNumber, isGiven, byNumber, byId, calls, shown, ofAppointment } = reads(reader)
  for (const query of [ofDay, lastNumber, isGiven, byNumber, byId, calls, shown, ofAppointment]) {
    const plan = planOf(reader, query)
    expect(plan).not.toMatch(/SCAN (queue_|appointments|patients)/)
    expect(plan).not.toMatch(/TEMP B-TREE/)
  }
})
