import { describe, expect, it } from 'vitest'
import { absenceLines, appointments, scheduleBlocks, waitListEntries } from '#drizzle/schema/scheduling.ts'
import { resourceOutages } from '#drizzle/schema/rooms.ts'
import type { AbsenceSpan } from '#shared/domains/scheduling/contract.ts'
import type { AbsenceChoice, ProposedRow } from '#shared/domains/scheduling/model.absence.ts'
import { absenceReads } from '#main/domains/scheduling/repository.absence.ts'
import { insertStaffMember } from '#main/domains/clinic/repository.ts'
import { addDays, addMinutes, wallMs } from '#shared/kernel/time.ts'
import { planOf } from '#tests/support/plan.ts'
import { attentionAt, settle, twoMachines } from '#tests/support/two-machines.ts'
import { makeWorld, refusalOf, type World } from '#tests/support/world.ts'

const START = '2026-11-17T12:30:00.000Z' // 7:30 in New York, a Tuesday.
const today = '2026-11-17'
const at = (hour: number, minute = 0, date = today): string => new Date(wallMs(date, hour * 60 + minute, 'America/New_York')).toISOString()

async function absence(times: readonly string[] = [at(9), at(9, 15), at(10)]) {
  const world = await makeWorld({ start: START })
  const desk = world.as('receptionist')
  const newId = world.core.platform.newId
  const [absent, colleague] = world.clinic.providers
  const book = (startsAt: string, more: object = {}) => desk.scheduling.book({ id: newId(), patientId: world.clinic.addPatient(world.core, { phone: '+14135550111' }), providerId: absent, roomId: null, typeId: world.clinic.types.short, startsAt, durationMin: 15, reason: 'Cough', ...more })
  const booked = []
  for (const startsAt of times) booked.push(await book(startsAt))
  const span: AbsenceSpan = { providerId: absent, from: today, to: today, isAway: true }
  return { world, desk, newId, absent, colleague, book, booked, span }
}

const best = ({ proposals: [first], isUrgent }: ProposedRow): AbsenceChoice => (first ? { kind: 'moved', providerId: first.providerId, roomId: first.roomId, startsAt: first.startsAt } : { kind: 'wait-list', isUrgent })
const rowsOf = (rows: readonly ProposedRow[], choose: (row: ProposedRow, i: number) => AbsenceChoice = best) => rows.map((row, i) => ({ id: row.appointment.id, version: row.appointment.version, choice: choose(row, i) }))
const standing = ({ core }: World) => core.vault.reader.select({ id: appointments.id, providerId: appointments.providerId, startsAt: appointments.startsAt, status: appointments.status }).from(appointments).all().toSorted((a, b) => (a.id < b.id ? -1 : 1))

describe('a plan for an absence', () => {
  it('places everybody of the day, and puts all of them back with one step', async () => {
    const { world, desk, absent, colleague, booked, newId, span } = await absence()
    const before = standing(world)
    const rows = await desk.scheduling.proposePlan(span)
    expect(rows.map((row) => [row.appointment.id, row.reason, row.proposals[0]?.reason, row.proposals[0]?.providerId, row.proposals[0]?.startsAt]))
      .toEqual(booked.map((one) => [one.id, 'away', 'same-time', colleague, one.startsAt]))
    const plan = await desk.scheduling.applyPlan({ id: newId(), ...span, rows: rowsOf(rows, (row, i) => (i === 2 ? { kind: 'wait-list', isUrgent: true } : best(row))) })
    const one = (i: number) => standing(world).find((row) => row.id === booked[i]?.id)
    expect([one(0), one(1), one(2)]).toMatchObject([{ providerId: colleague, status: 'booked' }, { providerId: colleague, status: 'booked' }, { status: 'cancelled' }])
    expect(await desk.scheduling.listWaitList({})).toMatchObject([{ patientId: booked[2]?.patientId, isUrgent: true, note: 'Cough', durationMin: 15 }])
    // Nobody is booked into the absence.
    expect(world.core.vault.reader.select().from(scheduleBlocks).all()).toMatchObject([{ id: plan.blockId, providerId: absent, startsAt: START }])

    expect(await desk.scheduling.undoPlan({ id: plan.id })).toMatchObject({ undoneAt: START })
    expect(standing(world)).toEqual(before)
    expect(await desk.scheduling.listWaitList({})).toEqual([])
    expect(world.core.vault.reader.select().from(scheduleBlocks).all()).toEqual([])
    expect(await desk.scheduling.undoPlan({ id: plan.id }), 'pressed twice').toMatchObject({ undoneAt: START })
    expect(await desk.scheduling.callSheets({})).toEqual([])
  })

  it('is of the administrator as well, begins now, and is done once', async () => {
    const { world, booked, newId, span } = await absence()
    world.clock.set(at(9, 10))
    const admin = world.as('administrator')
    const rows = await admin.scheduling.proposePlan(span)
    expect(rows.map((row) => row.appointment.id)).toEqual(booked.slice(1).map((one) => one.id))
    const input = { id: newId(), ...span, rows: rowsOf(rows) }
    expect(await admin.scheduling.applyPlan(input)).toEqual(await admin.scheduling.applyPlan(input))
    expect(world.core.vault.reader.select().from(absenceLines).all()).toHaveLength(2)
  })

  it('does nothing, and says by row what has changed meanwhile', async () => {
    const { world, desk, colleague, booked, book, newId, span } = await absence()
    const rows = rowsOf(await desk.scheduling.proposePlan(span))
    const [first, second, third] = booked.map((one) => one.id)
    await desk.scheduling.cancel({ id: first ?? '', version: 1, reason: 'patient-asked' })
    await desk.scheduling.book({ id: newId(), patientId: world.clinic.addPatient(world.core), providerId: colleague, roomId: null, typeId: null, startsAt: at(9, 15), durationMin: 15, reason: null })
    const added = await book(at(11))
    const before = standing(world)
    expect(await refusalOf(desk.scheduling.applyPlan({ id: newId(), ...span, rows }))).toEqual({
      code: 'PLAN_OUTDATED', data: { rows: [{ id: added.id, cause: 'added' }, { id: first, cause: 'changed' }, { id: second, cause: 'taken' }] },
    })
    expect(standing(world)).toEqual(before)
    expect(world.core.vault.reader.select().from(waitListEntries).all()).toEqual([])
    expect(rows.map((row) => row.id)).toContain(third)
  })

  it('is not taken back over what somebody has gone on with', async () => {
    const { desk, newId, span, booked } = await absence()
    const plan = await desk.scheduling.applyPlan({ id: newId(), ...span, rows: rowsOf(await desk.scheduling.proposePlan(span)) })
    await desk.scheduling.arrive({ id: booked[1]?.id ?? '', version: 2 })
    expect(await refusalOf(desk.scheduling.undoPlan({ id: plan.id }))).toEqual({ code: 'PLAN_OUTDATED', data: { rows: [{ id: booked[1]?.id, cause: 'changed' }] } })
    expect((await desk.scheduling.details({ id: booked[0]?.id ?? '' })).appointment.providerId).not.toBe(booked[0]?.providerId)
  })

  it('heeds the wishes on the wait list, the patient’s other visits and who sees such visits', async () => {
    const { world, desk, newId, absent, colleague, booked, book, span } = await absence([at(9), at(9, 15)])
    const [one, two] = booked
    await desk.scheduling.addToWaitList({ id: newId(), patientId: one?.patientId ?? '', appointmentId: one?.id ?? '', typeId: null, durationMin: 15, providerId: null, fromMin: 780, toMin: 1_020, isUrgent: true })
    await book(at(9, 30), { patientId: two?.patientId, providerId: colleague, typeId: null })
    await book(at(9, 15), { patientId: two?.patientId, providerId: colleague, typeId: world.clinic.types.long })
    const rows = await desk.scheduling.proposePlan(span)
    // The colleague has seen other types only, so these wait for their own provider.
    expect(rows.map((row) => [row.isUrgent, row.proposals[0]?.providerId, row.proposals[0]?.startsAt])).toEqual([[true, absent, at(13, 0, '2026-11-18')], [false, absent, at(8, 0, '2026-11-18')]])
  })

  it('finds another room where only the room is gone, and leaves out whom the caller may not know', async () => {
    const { world, desk, newId, absent } = await absence([])
    const [first, second] = world.clinic.rooms
    const typeId = newId()
    await desk.scheduling.saveType({ id: typeId, name: 'In a room', durationMin: 15, isActive: true, sortOrder: 5, roomKind: 'exam' })
    const one = await desk.scheduling.book({ id: newId(), patientId: world.clinic.addPatient(world.core), providerId: absent, roomId: first, typeId, startsAt: at(9), durationMin: 15, reason: null })
    world.core.vault.writer.insert(resourceOutages).values({ id: newId(), roomId: first, equipmentId: null, startsAt: START, endsAt: at(17), reason: 'Water' }).run()
    const span = { providerId: null, from: today, to: today, isAway: false }
    const rows = await desk.scheduling.proposePlan(span)
    expect(rows).toMatchObject([{ reason: 'room-out-of-service', proposals: [{ reason: 'other-room', providerId: absent, roomId: second, startsAt: at(9) }, {}, {}, {}] }])
    await desk.scheduling.applyPlan({ id: newId(), ...span, rows: rowsOf(rows) })
    expect((await desk.scheduling.details({ id: one.id })).appointment.roomId).toBe(second)
    expect(world.core.vault.reader.select().from(scheduleBlocks).all(), 'nobody is away').toEqual([])
  })

  it('is kept as a list of calls until everybody has been told', async () => {
    const { world, desk, newId, colleague, booked, span } = await absence()
    const plan = await desk.scheduling.applyPlan({ id: newId(), ...span, rows: rowsOf(await desk.scheduling.proposePlan(span)) })
    const [sheet] = await desk.scheduling.callSheets({})
    expect(sheet).toMatchObject({ plan: { id: plan.id }, lines: booked.map((one) => ({ line: { wasStartsAt: one.startsAt, wasProviderId: one.providerId, kind: 'moved' }, appointment: { patient: { phone: '+14135550111' }, providerId: colleague }, outcome: null, calls: 0 })) })
    const line = sheet?.lines[0]?.line
    const say = (outcome: 'no-answer' | 'confirmed', note: string | null) => desk.calls.confirm({ id: newId(), appointmentId: line?.appointmentId ?? '', startsAt: line?.startsAt ?? '', outcome, note })
    await say('no-answer', 'Try at noon')
    world.clock.set(at(12))
    await say('confirmed', '')
    expect((await desk.scheduling.callSheets({}))[0]?.lines[0]).toMatchObject({ outcome: 'confirmed', note: null, calledAt: at(12), calls: 2 })
    world.clock.set('2027-02-17T12:00:00.000Z')
    expect(await desk.scheduling.callSheets({})).toEqual([])
  })

  it('refuses more days than anybody can place at once', async () => {
    const { desk, span } = await absence([])
    expect(await refusalOf(desk.scheduling.proposePlan({ ...span, to: addDays(today, 40) }))).toMatchObject({ code: 'SPAN_TOO_LONG' })
    expect(await refusalOf(desk.scheduling.proposePlan({ ...span, to: addDays(today, -1) }))).toMatchObject({ code: 'SPAN_TOO_LONG' })
  })

  it('proposes for thirty patients and a dozen providers in less than two seconds of the processor', async () => {
    const { world, desk, newId, book, span } = await absence([])
    for (let i = 0; i < 10; i += 1) insertStaffMember(world.core.vault.writer, { id: newId(), givenName: 'P', familyName: `Provider ${i}`, credentials: null, title: 'Dr.', npi: null, isProvider: true, isActive: true, sortOrder: 20 + i }, START)
    for (let i = 0; i < 30; i += 1) await book(addMinutes(at(i < 16 ? 8 : 13), (i < 16 ? i : i - 16) * 15))
    const before = process.cpuUsage()
    const rows = await desk.scheduling.proposePlan(span)
    const { user, system } = process.cpuUsage(before)
    expect(rows).toHaveLength(30)
    expect(rows.every((row) => row.proposals.length > 0)).toBe(true)
    expect((user + system) / 1_000).toBeLessThan(2_000)
    await desk.scheduling.applyPlan({ id: newId(), ...span, rows: rowsOf(rows) })
    expect(await desk.scheduling.listStranded({ providerId: null, from: today, to: today })).toEqual([])
  })

  it('reads only what it needs, through an index', async () => {
    const { world } = await absence([])
    const reads = absenceReads(world.core.vault.reader)
    for (const name of ['planById', 'standing', 'lines', 'beside', 'anyOf', 'ofType'] as const) expect(planOf(world.core.vault.reader, reads[name]), name).not.toMatch(/SCAN|TEMP B-TREE/)
  })
})

describe('off line', () => {
  it('is a request of its own: refused whole where the host has given one of its times away', async () => {
    let patients: string[] = []
    const { one, host, newId } = await twoMachines((clinic) => {
      patients = [1, 2, 3].map(() => clinic.clinic.addPatient(clinic.core))
    })
    const [absent, colleague] = host.clinic.providers
    const book = (patientId = '', providerId = absent, startsAt = '2026-11-18T15:00:00.000Z') => host.as('receptionist').scheduling.book({ id: newId(), patientId, providerId, roomId: null, typeId: null, startsAt, durationMin: 15, reason: null })
    await book(patients[0])
    await book(patients[1], absent, '2026-11-18T15:15:00.000Z')
    await settle(one)
    one.unplug()
    const span = { providerId: absent, from: '2026-11-18', to: '2026-11-18', isAway: true }
    const desk = one.as('receptionist').scheduling
    const id = newId()
    await desk.applyPlan({ id, ...span, rows: rowsOf(await desk.proposePlan(span)) })
    const taken = await book(patients[2], colleague)
    await settle(one)
    expect(attentionAt(one.core)).toMatchObject([{ kind: 'refused', code: 'PLAN_OUTDATED', data: { rows: [{ cause: 'taken' }] } }])
    const atHost = host.core.vault.reader.select({ providerId: appointments.providerId, id: appointments.id }).from(appointments).all()
    expect(atHost.filter((row) => row.providerId === colleague).map((row) => row.id)).toEqual([taken.id])
    expect(one.core.vault.reader.select().from(absenceLines).all()).toEqual([])
  })
})
