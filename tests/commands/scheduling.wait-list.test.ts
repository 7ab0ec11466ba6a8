import { describe, expect, it } from 'vitest'
import { waitListEntries } from '#drizzle/schema/scheduling.ts'
import { waitListReads } from '#main/domains/scheduling/repository.wait-list.ts'
import { planOf } from '#tests/support/plan.ts'
import { makeWorld, refusalOf, type World } from '#tests/support/world.ts'

const TEN = '2026-11-17T15:00:00.000Z' // 10:00 in New York, a Tuesday.
const THREE = '2026-11-17T20:00:00.000Z'

const wish = (world: World, more: object = {}) => ({ id: world.core.platform.newId(), patientId: world.clinic.addPatient(world.core), typeId: world.clinic.types.short, durationMin: 15, providerId: null, ...more })
const fillOf = (world: World, { id, version }: { id: string; version: number }, startsAt = TEN) => ({ id, version, bookingId: world.core.platform.newId(), providerId: world.clinic.providers[0], startsAt })

describe('the wait list', () => {
  it('lists who waits, urgent ones first, with what they have already', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const patientId = world.clinic.addPatient(world.core, { familyName: 'Owens' })
    const has = await desk.scheduling.book({ id: world.core.platform.newId(), patientId, providerId: world.clinic.providers[0], roomId: null, typeId: null, startsAt: THREE, durationMin: 15, reason: null })
    const first = await desk.scheduling.addToWaitList(wish(world))
    const urgent = await desk.scheduling.addToWaitList(wish(world, { patientId, appointmentId: has.id, isUrgent: true, note: 'Foot' }))
    const rows = await desk.scheduling.listWaitList({})
    expect(rows.map((row) => [row.id, row.patient.familyName, row.typeName, row.hasStartsAt])).toEqual([[urgent.id, 'Owens', 'Follow-up', THREE], [first.id, 'Lopez', 'Follow-up', null]])
    await desk.scheduling.cancel({ id: has.id, version: has.version, reason: 'patient-asked' })
    expect((await desk.scheduling.listWaitList({}))[0]?.hasStartsAt).toBeNull()
  })

  it('refuses wishes that can never fit and people it does not know', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    expect(await refusalOf(desk.scheduling.addToWaitList(wish(world, { fromMin: 600, toMin: 610 })))).toMatchObject({ code: 'TIMES_TOO_SHORT' })
    expect(await refusalOf(desk.scheduling.addToWaitList(wish(world, { patientId: world.core.platform.newId() })))).toMatchObject({ code: 'PATIENT_NOT_FOUND' })
    expect(await refusalOf(desk.scheduling.addToWaitList(wish(world, { providerId: world.core.platform.newId() })))).toMatchObject({ code: 'PROVIDER_NOT_FOUND' })
    expect(world.core.vault.reader.select().from(waitListEntries).all()).toEqual([])
    const entry = await desk.scheduling.addToWaitList(wish(world))
    expect(await refusalOf(desk.scheduling.changeWaitListEntry({ id: entry.id, version: 1, typeId: null, durationMin: 60, providerId: null, fromMin: 600, toMin: 610 }))).toMatchObject({ code: 'TIMES_TOO_SHORT' })
    expect(await desk.scheduling.changeWaitListEntry({ id: entry.id, version: 1, typeId: null, durationMin: 30, providerId: null, weekdays: 4, isUrgent: true })).toMatchObject({ durationMin: 30, weekdays: 4, isUrgent: true, version: 2 })
  })

  it('makes an entry that is sent twice once', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const input = wish(world)
    expect(await desk.scheduling.addToWaitList(input)).toEqual(await desk.scheduling.addToWaitList(input))
    expect(await refusalOf(desk.scheduling.addToWaitList({ ...input, patientId: world.clinic.addPatient(world.core) }))).toMatchObject({ code: 'ID_USED' })
  })

  it('gives a time by booking it, and takes that back with the booking', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const entry = await desk.scheduling.addToWaitList(wish(world, { note: 'Rash' }))
    const booked = await desk.scheduling.fillFromWaitList(fillOf(world, entry))
    expect(booked).toMatchObject({ patientId: entry.patientId, startsAt: TEN, status: 'booked', reason: 'Rash', typeId: entry.typeId })
    expect(await desk.scheduling.listWaitList({})).toEqual([])
    expect(await refusalOf(desk.scheduling.fillFromWaitList(fillOf(world, entry)))).toEqual({ code: 'NOT_WAITING', data: { status: 'filled' } })
    await desk.scheduling.undo({ id: booked.id, version: booked.version })
    expect((await desk.scheduling.listWaitList({})).map((row) => [row.id, row.status, row.filledId])).toEqual([[entry.id, 'waiting', null]])
  })

  it('gives a time by moving the appointment they have, and puts it back', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const patientId = world.clinic.addPatient(world.core)
    const has = await desk.scheduling.book({ id: world.core.platform.newId(), patientId, providerId: world.clinic.providers[1], roomId: null, typeId: null, startsAt: THREE, durationMin: 30, reason: null })
    const entry = await desk.scheduling.addToWaitList(wish(world, { patientId, appointmentId: has.id }))
    const moved = await desk.scheduling.fillFromWaitList(fillOf(world, entry))
    expect(moved).toMatchObject({ id: has.id, startsAt: TEN, providerId: world.clinic.providers[0] })
    const back = await desk.scheduling.undo({ id: has.id, version: moved.version })
    expect(back).toMatchObject({ startsAt: THREE, providerId: world.clinic.providers[1] })
    const [again] = await desk.scheduling.listWaitList({})
    expect(again).toMatchObject({ id: entry.id, hasStartsAt: THREE })
    // A later step of the visit is undone without a word to the list.
    const filled = await desk.scheduling.fillFromWaitList(fillOf(world, again ?? entry))
    const arrived = await desk.scheduling.arrive({ id: has.id, version: filled.version })
    await desk.scheduling.undo({ id: has.id, version: arrived.version })
    expect(await desk.scheduling.listWaitList({})).toEqual([])
  })

  it('keeps whoever was asked on the list when the time is gone', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const [one, two] = [await desk.scheduling.addToWaitList(wish(world)), await desk.scheduling.addToWaitList(wish(world))]
    await desk.scheduling.fillFromWaitList(fillOf(world, one))
    expect(await refusalOf(desk.scheduling.fillFromWaitList(fillOf(world, two)))).toMatchObject({ code: 'SLOT_TAKEN', data: { cause: 'provider' } })
    expect((await desk.scheduling.listWaitList({})).map((row) => row.id)).toEqual([two.id])
    expect(await refusalOf(desk.scheduling.noteOffer({ id: two.id, version: 7, outcome: 'declined' }))).toEqual({ code: 'STALE', data: { version: 1 } })
    expect(await desk.scheduling.noteOffer({ id: two.id, version: 1, outcome: 'no-answer' })).toMatchObject({ offer: 'no-answer', offeredAt: world.core.platform.now(), version: 2 })
    await desk.scheduling.withdrawFromWaitList({ id: two.id, version: 2 })
    expect(await desk.scheduling.listWaitList({})).toEqual([])
  })

  it('is read by its index', async () => {
    const world = await makeWorld()
    const { reader } = world.core.vault
    expect(planOf(reader, waitListReads(reader).waiting)).toMatch(/SEARCH wait_list_entries USING INDEX wait_list_entries_waiting|SCAN wait_list_entries USING INDEX wait_list_entries_waiting/)
    expect(planOf(reader, waitListReads(reader).waiting)).not.toMatch(/TEMP B-TREE FOR ORDER BY$/m)
  })
})
