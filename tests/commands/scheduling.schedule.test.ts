import { describe, expect, it } from 'vitest'
import { plainType } from '#shared/domains/scheduling/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import { figureReads } from '#main/domains/scheduling/repository.figures.ts'
import { calendarReads, frameReads } from '#main/domains/scheduling/repository.frame.ts'
import { reads } from '#main/domains/scheduling/repository.ts'
import { seriesReads } from '#main/domains/scheduling/repository.series.ts'
import { scheduleReads } from '#main/domains/scheduling/repository.schedule.ts'
import { planOf } from '#tests/support/plan.ts'
import { makeWorld, refusalOf } from '#tests/support/world.ts'

const TUESDAY_8 = '2026-11-17T13:00:00.000Z' // 8:00 in New York.
const start = { start: '2026-11-17T12:00:00.000Z' }

describe('scheduling.setHours', () => {
  it('gives a provider another week from a day on and keeps the one before it', async () => {
    const world = await makeWorld(start)
    const desk = world.as('receptionist')
    const [providerId] = world.clinic.providers
    const { hours: set, stranded } = await desk.scheduling.setHours({
      providerId, from: '2026-11-23', hours: [{ id: world.core.platform.newId(), weekday: 1, startMin: 600, endMin: 720 }],
    })
    expect(stranded).toEqual([])
    expect(set.filter((row) => row.validTo === null)).toMatchObject([{ weekday: 1, startMin: 600, validFrom: '2026-11-23' }])
    expect(set.filter((row) => row.validTo === '2026-11-22')).toHaveLength(10)
    const slot = async (from: string) => (await desk.scheduling.freeSlots({ providerId, from, durationMin: 30, limit: 1 }))[0]?.startsAt
    expect(await slot(TUESDAY_8)).toBe(TUESDAY_8)
    expect(await slot('2026-11-21T00:00:00.000Z')).toBe('2026-11-23T15:00:00.000Z')
    expect(await slot('2026-11-24T00:00:00.000Z')).toBe('2026-11-30T15:00:00.000Z')
  })

  it('replaces a week that was only planned', async () => {
    const world = await makeWorld(start)
    const desk = world.as('receptionist')
    const [providerId] = world.clinic.providers
    const week = (startMin: number) => [{ id: world.core.platform.newId(), weekday: 1, startMin, endMin: 720 }]
    await desk.scheduling.setHours({ providerId, from: '2026-12-07', hours: week(600) })
    await desk.scheduling.setHours({ providerId, from: '2026-11-30', hours: week(540) })
    const rows = (await desk.scheduling.listHours({})).filter((row) => row.providerId === providerId && row.validTo === null)
    expect(rows).toMatchObject([{ startMin: 540, validFrom: '2026-11-30' }])
  })

  it('refuses spans that overlap and an unknown provider', async () => {
    const world = await makeWorld(start)
    const desk = world.as('receptionist')
    const span = (startMin: number) => ({ id: world.core.platform.newId(), weekday: 1, startMin, endMin: 720 })
    const input = { providerId: world.clinic.providers[0], from: '2026-11-23', hours: [span(480), span(600)] }
    expect(await refusalOf(desk.scheduling.setHours(input))).toMatchObject({ code: 'HOURS_OVERLAP' })
    expect(await refusalOf(desk.scheduling.setHours({ ...input, providerId: world.core.platform.newId() }))).toMatchObject({ code: 'PROVIDER_NOT_FOUND' })
  })
})

describe('scheduling.addBlock and scheduling.removeBlock', () => {
  it('takes time out of the hours and gives it back', async () => {
    const world = await makeWorld(start)
    const desk = world.as('receptionist')
    const [providerId] = world.clinic.providers
    const block = { id: world.core.platform.newId(), providerId, startsAt: TUESDAY_8, endsAt: '2026-11-17T14:00:00.000Z', title: 'Hospital round' }
    const first = async () => (await desk.scheduling.freeSlots({ providerId, from: TUESDAY_8, durationMin: 30, limit: 1 }))[0]?.startsAt
    await desk.scheduling.addBlock(block)
    expect(await first()).toBe(block.endsAt)
    expect((await desk.scheduling.listDay({ date: '2026-11-17' })).blocks).toEqual([block])
    expect((await desk.scheduling.listDay({ date: '2026-11-18' })).blocks).toEqual([])
    expect(await desk.scheduling.listBlocks({ from: '2026-11-10', to: '2026-11-17' })).toEqual([block])
    expect(await desk.scheduling.listBlocks({ from: '2026-11-18', to: '2026-11-30' })).toEqual([])
    await desk.scheduling.removeBlock({ id: block.id })
    expect(await first()).toBe(TUESDAY_8)
    expect(await refusalOf(desk.scheduling.removeBlock({ id: block.id }))).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('sees leave that began weeks ago, and refuses a block without a sensible length', async () => {
    const world = await makeWorld(start)
    const desk = world.as('receptionist')
    const leave = { id: world.core.platform.newId(), providerId: world.clinic.providers[0], startsAt: '2026-09-01T04:00:00.000Z', endsAt: '2026-11-25T05:00:00.000Z', title: 'Leave' }
    await desk.scheduling.addBlock(leave)
    expect((await desk.scheduling.listDay({ date: '2026-11-17' })).blocks).toEqual([leave])
    for (const endsAt of [leave.startsAt, '2026-12-31T05:00:00.000Z']) {
      const refusal = await refusalOf(desk.scheduling.addBlock({ ...leave, id: world.core.platform.newId(), endsAt }))
      expect(refusal).toEqual({ code: 'BLOCK_LENGTH', data: { days_max: limits.schedule_block_days_max } })
    }
  })
})

describe('scheduling.saveType', () => {
  it('adds a visit type, changes it, and takes it off the list', async () => {
    const world = await makeWorld(start)
    const desk = world.as('administrator')
    const type = { ...plainType, id: world.core.platform.newId(), name: 'Wound dressing', durationMin: 15, isActive: true, sortOrder: 9 }
    await desk.scheduling.saveType(type)
    await desk.scheduling.saveType({ ...type, durationMin: 30 })
    expect((await desk.scheduling.listTypes({})).at(-1)).toEqual({ ...type, durationMin: 30 })
    await desk.scheduling.saveType({ ...type, isActive: false })
    expect((await desk.scheduling.listTypes({})).map((one) => one.name)).toEqual(['Follow-up', 'New patient'])
  })
})

describe('scheduling.figures', () => {
  it('counts kept, missed and cancelled visits by day, and refuses a span nobody could look at', async () => {
    const world = await makeWorld(start)
    const desk = world.as('receptionist')
    const visit = (startsAt: string, hasArrived = false) => desk.scheduling.book({
      id: world.core.platform.newId(), patientId: world.clinic.addPatient(world.core), providerId: world.clinic.providers[0], roomId: null, typeId: null, startsAt, durationMin: 15, reason: null, hasArrived,
    })
    const [kept, missed, cancelled] = [await visit('2026-11-17T14:00:00.000Z', true), await visit('2026-11-17T15:00:00.000Z'), await visit('2026-11-17T16:00:00.000Z')]
    await desk.scheduling.complete({ id: kept.id, version: 1 })
    await desk.scheduling.markNoShow({ id: missed.id, version: 1 })
    await desk.scheduling.cancel({ id: cancelled.id, version: 1, reason: 'weather' })
    await visit('2026-11-19T02:00:00.000Z') // The evening of the 18th in New York.
    expect(await desk.scheduling.figures({ from: '2026-11-16', to: '2026-11-18' })).toEqual([
      { date: '2026-11-17', kept: 1, missed: 1, cancelled: 1, ahead: 0 }, { date: '2026-11-18', kept: 0, missed: 0, cancelled: 0, ahead: 1 },
    ])
    expect(await refusalOf(desk.scheduling.figures({ from: '2026-01-01', to: '2026-11-18' }))).toEqual({ code: 'SPAN_TOO_LONG', data: { days_max: limits.figures_days_max } })
  })
})

describe('scheduling.occupancy', () => {
  it('says how full each day is, of one provider and of the clinic, without what gave its time back', async () => {
    const world = await makeWorld(start)
    const desk = world.as('receptionist').scheduling
    const [first, second] = world.clinic.providers
    const visit = (startsAt: string, providerId = first) => desk.book({ id: world.core.platform.newId(), patientId: world.clinic.addPatient(world.core), providerId, roomId: null, typeId: null, startsAt, durationMin: 30, reason: null })
    await visit('2026-11-17T14:00:00.000Z')
    await visit('2026-11-18T02:00:00.000Z') // Nine in the evening of the 17th in New York, outside the hours.
    await visit('2026-11-17T15:00:00.000Z', second)
    const gone = await visit('2026-11-17T16:00:00.000Z')
    await desk.cancel({ id: gone.id, version: 1, reason: 'weather' })
    await world.as('administrator').scheduling.addBlock({ id: world.core.platform.newId(), providerId: first, startsAt: '2026-11-17T18:00:00.000Z', endsAt: '2026-11-17T19:30:00.000Z', title: 'Round' })
    await world.as('administrator').scheduling.saveHoliday({ id: world.core.platform.newId(), date: '2026-11-18', name: 'Founders’ day' })
    const span = { from: '2026-11-17', to: '2026-11-18' }
    expect(await desk.occupancy({ ...span, providerId: first })).toEqual([{ date: '2026-11-17', openMin: 390, bookedMin: 60, visits: 2, holiday: null }, { date: '2026-11-18', openMin: 0, bookedMin: 0, visits: 0, holiday: 'Founders’ day' }])
    expect((await desk.occupancy({ ...span, providerId: null }))[0]).toEqual({ date: '2026-11-17', openMin: 870, bookedMin: 90, visits: 3, holiday: null })
    expect(await refusalOf(desk.occupancy({ from: '2026-01-01', to: '2026-11-18', providerId: null }))).toEqual({ code: 'SPAN_TOO_LONG', data: { days_max: limits.figures_days_max } })
  })
})

describe('scheduling.listWeek', () => {
  it('has the visits of one provider on seven days of the clinic, and what takes their time', async () => {
    const world = await makeWorld(start)
    const desk = world.as('receptionist').scheduling
    const [first, second] = world.clinic.providers
    const visit = async (startsAt: string, providerId = first) => (await desk.book({ id: world.core.platform.newId(), patientId: world.clinic.addPatient(world.core), providerId, roomId: null, typeId: null, startsAt, durationMin: 30, reason: null })).id
    const monday = await visit('2026-11-16T05:00:00.000Z') // Midnight in New York.
    const sunday = await visit('2026-11-23T04:30:00.000Z') // Half past eleven on Sunday night.
    await visit('2026-11-16T04:30:00.000Z')
    await visit('2026-11-23T05:00:00.000Z')
    await visit('2026-11-17T15:00:00.000Z', second)
    await world.as('administrator').scheduling.addBlock({ id: world.core.platform.newId(), providerId: first, startsAt: '2026-11-20T18:00:00.000Z', endsAt: '2026-11-20T19:30:00.000Z', title: 'Round' })
    const week = await desk.listWeek({ from: '2026-11-16', providerId: first })
    expect(week.appointments.map((one) => one.id)).toEqual([monday, sunday])
    expect([week.providerId, week.date, week.providers.length, week.blocks.map((one) => one.title)]).toEqual([first, '2026-11-16', 2, ['Round']])
  })
})

describe('who may change the frame', () => {
  it.each(['doctor', 'nurse', 'billing', 'pharmacist'] as const)('not %s', async (role) => {
    const world = await makeWorld(start)
    const type = { id: world.core.platform.newId(), name: 'X', durationMin: 15, isActive: true, sortOrder: 9 }
    expect(await refusalOf(world.as(role).scheduling.saveType(type))).toMatchObject({ code: 'FORBIDDEN' })
  })
})

describe('plans', () => {
  // Hours, types and providers are a few dozen rows; everything else grows with the clinic and is reached by an index.
  const readWhole = ['types', 'allTypes', 'providers', 'hours', 'rooms', 'equipment']
  it('reads no growing table from end to end', async () => {
    const { core } = await makeWorld(start)
    const db = core.vault.reader
    const plans = Object.entries({ ...reads(db), ...scheduleReads(db), ...figureReads(db), ...frameReads(db), ...calendarReads(db), ...seriesReads(db) }).map(([name, statement]) => [name, planOf(db, statement)] as const)
    expect(plans.length).toBeGreaterThan(12)
    expect(plans.filter(([name, plan]) => /\bSCAN\b|TEMP B-TREE/.test(plan) && !readWhole.includes(name))).toEqual([])
  })
  it('counts a provider’s month without leaving its index, and reads a week by it', async () => {
    const { core } = await makeWorld(start)
    const db = core.vault.reader
    expect(planOf(db, figureReads(db).bookedByOne)).toContain('USING COVERING INDEX appointments_by_provider_start (provider_id=? AND starts_at>? AND starts_at<?)')
    expect(planOf(db, figureReads(db).bookedByAll)).toContain('USING INDEX appointments_by_start (starts_at>? AND starts_at<?)')
    expect(planOf(db, reads(db).ofProviderInSpan)).toContain('appointments_by_provider_start (provider_id=? AND starts_at>? AND starts_at<?)')
  })
  it('finds what takes a time by two index ranges, the provider’s and the room’s', async () => {
    const { core } = await makeWorld(start)
    const plan = planOf(core.vault.reader, reads(core.vault.reader).taking)
    expect(plan).toContain('MULTI-INDEX OR')
    expect(plan).toContain('appointments_by_provider_start (provider_id=? AND starts_at>? AND starts_at<?)')
    expect(plan).toContain('appointments_by_room_start (room_id=? AND starts_at>? AND starts_at<?)')
  })
})

describe('whom a change strands', () => {
  it('is known before it is made, and said again when it is', async () => {
    const world = await makeWorld(start)
    const desk = world.as('receptionist')
    const newId = world.core.platform.newId
    const [providerId, other] = world.clinic.providers
    const book = (at: string) => desk.scheduling.book({ id: newId(), patientId: world.clinic.addPatient(world.core), providerId, roomId: null, typeId: null, startsAt: at, durationMin: 30, reason: null })
    const one = await book('2026-11-24T14:00:00.000Z') // 9:00 on the next Tuesday.
    const two = await book('2026-12-08T20:00:00.000Z') // 15:00 two weeks later.
    const ids = async (call: Promise<readonly { id: string }[]>) => (await call).map((row) => row.id)
    const afternoons = [2].map((weekday) => ({ weekday, startMin: 780, endMin: 1_020 }))
    const shift = { id: newId(), staffId: providerId, date: '2026-11-24', kind: 'work' as const, startMin: 780, endMin: 1_020, breakStartMin: null, breakEndMin: null }
    expect(await ids(desk.scheduling.wouldStrand({ kind: 'hours', providerId, from: '2026-11-23', hours: afternoons }))).toEqual([one.id])
    expect(await ids(desk.scheduling.wouldStrand({ kind: 'hours', providerId, from: '2026-11-23', hours: [] }))).toEqual([one.id, two.id])
    expect(await ids(desk.scheduling.wouldStrand({ kind: 'block', providerId, startsAt: '2026-11-24T13:00:00.000Z', endsAt: '2026-11-24T15:00:00.000Z' }))).toEqual([one.id])
    expect(await ids(desk.scheduling.wouldStrand({ kind: 'block', providerId: other, startsAt: '2026-11-24T13:00:00.000Z', endsAt: '2026-11-24T15:00:00.000Z' }))).toEqual([])
    expect(await ids(desk.scheduling.wouldStrand({ kind: 'leave', providerId, fromOn: '2026-12-01', toOn: '2026-12-31' }))).toEqual([two.id])
    expect(await ids(desk.scheduling.wouldStrand({ kind: 'holiday', date: '2026-12-08' }))).toEqual([two.id])
    expect(await ids(desk.scheduling.wouldStrand({ kind: 'shift', shift }))).toEqual([one.id])
    // A shift on a day without hours, then a visit in it: taking the shift away strands the visit.
    const saturday = { ...shift, id: newId(), date: '2026-11-28', startMin: 540, endMin: 720 }
    await desk.staff.saveShift(saturday)
    const three = await book('2026-11-28T15:00:00.000Z')
    expect(await ids(desk.scheduling.wouldStrand({ kind: 'no-shift', ids: [saturday.id] }))).toEqual([three.id])

    const id = newId()
    expect((await desk.scheduling.addBlock({ id, providerId, startsAt: '2026-11-24T13:00:00.000Z', endsAt: '2026-11-24T15:00:00.000Z', title: 'Meeting' })).stranded).toMatchObject([{ id: one.id, reason: 'blocked' }])
    expect(await ids(desk.scheduling.wouldStrand({ kind: 'hours', providerId, from: '2026-11-23', hours: [] })), 'what is stranded already is not named again').toEqual([two.id])
    await desk.scheduling.removeBlock({ id })
    const set = await desk.scheduling.setHours({ providerId, from: '2026-11-23', hours: [] })
    expect(set.stranded.map((row) => [row.id, row.reason])).toEqual([[one.id, 'outside-hours'], [two.id, 'outside-hours']])
  })
})
