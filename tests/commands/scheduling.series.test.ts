import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { auditEvents } from '#drizzle/schema/audit.ts'
import { restrictedPatients } from '#drizzle/schema/access.ts'
import { appointments } from '#drizzle/schema/scheduling.ts'
import type { Appointment, AppointmentType } from '#shared/domains/scheduling/model.ts'
import { plainType } from '#shared/domains/scheduling/model.ts'
import { SeriesPattern } from '#shared/domains/scheduling/model.series.ts'
import { movedAlike, seriesOccurrences } from '#shared/domains/scheduling/rules.series.ts'
import { findConflicts } from '#shared/domains/scheduling/rules.ts'
import { addDays, addMinutes, instantInZone } from '#shared/kernel/time.ts'
import { makeWorld, refusalOf, type World } from '#tests/support/world.ts'

const ZONE = 'America/New_York'
const TEN = '2026-11-17T15:00:00.000Z' // A Tuesday in New York.
const weekly = (count: number): SeriesPattern => SeriesPattern.parse({ unit: 'week', every: 1, count })

async function start() {
  const world = await makeWorld()
  const newId = world.core.platform.newId
  const desk = world.as('receptionist').scheduling
  const [doctor, other] = world.clinic.providers
  const occurrences = (count: number, startsAt = TEN, providerId = doctor) => seriesOccurrences(weekly(count), { providerId, startsAt }, ZONE)
  const series = (count: number, more: { patientId?: string; startsAt?: string; durationMin?: number } = {}) => ({
    id: newId(), patientId: more.patientId ?? world.clinic.addPatient(world.core), typeId: null, durationMin: more.durationMin ?? 30, reason: 'Physiotherapy', pattern: weekly(count),
    visits: occurrences(count, more.startsAt).map((one) => ({ ...one, id: newId() })),
  })
  const book = (startsAt: string, providerId = doctor) =>
    desk.book({ id: newId(), patientId: world.clinic.addPatient(world.core), providerId, roomId: null, typeId: null, startsAt, durationMin: 30, reason: null })
  const saveType = async (given: Partial<AppointmentType>): Promise<AppointmentType> =>
    desk.saveType({ ...plainType, id: newId(), name: 'Group session', durationMin: 60, isActive: true, sortOrder: 9, ...given })
  return { world, newId, desk, doctor, other, occurrences, series, book, saveType }
}
const rows = ({ core }: World) => core.vault.reader.select().from(appointments).all()
const live = (world: World) => rows(world).filter((one) => one.status !== 'cancelled' && one.status !== 'no-show')
const stepsOf = (all: readonly Appointment[]) => all.map(({ id, version }) => ({ id, version }))

describe('a series', () => {
  it('scheduling.bookSeries, scheduling.seriesOf, scheduling.undoSeveral: is booked in one act, says its place, and one Ctrl Z takes all of it back', async () => {
    const { world, desk, series } = await start()
    const input = series(6)
    const { appointments: booked } = await desk.bookSeries(input)
    expect(booked.map((one) => [one.seriesId, one.seriesPlace])).toEqual([1, 2, 3, 4, 5, 6].map((place) => [input.id, place]))
    expect((await desk.bookSeries(input)).appointments).toEqual(booked)
    const day = await desk.listDay({ date: '2026-12-01' })
    expect(day.appointments).toMatchObject([{ seriesPlace: 3, seriesVisits: 6, reason: 'Physiotherapy' }])
    expect(await desk.seriesOf({ id: booked[2]!.id })).toMatchObject({ id: input.id, visits: 6, pattern: weekly(6), appointments: stepsOf(booked) })
    expect(world.core.vault.reader.select().from(auditEvents).all().filter((one) => one.action.startsWith('appointment.'))).toMatchObject([
      { action: 'appointment.series-booked', patientId: input.patientId, entityId: input.id, itemCount: 6 }, { action: 'appointment.series-booked' },
    ])
    await desk.undoSeveral({ steps: stepsOf(booked) })
    expect(rows(world).map((one) => [one.status, one.cancelReason])).toEqual(Array.from({ length: 6 }, () => ['cancelled', 'booked-in-error']))
  })

  it('is refused in whole with what stands in the way of each, and nothing of it is kept', async () => {
    const { world, desk, series, book } = await start()
    const taken = [await book('2026-11-24T15:15:00.000Z'), await book('2026-12-08T14:45:00.000Z')]
    const input = series(4)
    expect(await refusalOf(desk.bookSeries(input))).toEqual({
      code: 'TIMES_REFUSED',
      data: { occurrences: [
        { place: 1, startsAt: '2026-11-24T15:00:00.000Z', problem: { kind: 'taken', byId: taken[0]!.id, cause: 'provider' } },
        { place: 3, startsAt: '2026-12-08T15:00:00.000Z', problem: { kind: 'taken', byId: taken[1]!.id, cause: 'provider' } },
      ] },
    })
    expect(rows(world)).toHaveLength(2)
    expect(world.core.vault.reader.$client.prepare('select count(*) from appointment_series').pluck().get()).toBe(0)
    expect(await refusalOf(desk.bookSeries({ ...input, patientId: input.id }))).toMatchObject({ code: 'PATIENT_NOT_FOUND' })
  })

  it('scheduling.checkOccurrences: knows beforehand what is in the way of each, and the nearest time that fits', async () => {
    const { world, newId, desk, other, occurrences, book } = await start()
    const taken = await book('2026-11-24T15:00:00.000Z')
    await desk.saveHoliday({ id: newId(), date: '2026-12-01', name: 'Founders’ day' })
    await desk.addBlock({ id: newId(), providerId: taken.providerId, startsAt: '2026-12-08T14:00:00.000Z', endsAt: '2026-12-08T16:00:00.000Z', title: 'Hospital round' })
    const lunch = { providerId: taken.providerId, startsAt: '2026-12-15T17:15:00.000Z' }
    const checked = await desk.checkOccurrences({ typeId: null, durationMin: 30, occurrences: [...occurrences(4), lunch, { ...lunch, providerId: other, startsAt: '2026-12-16T15:00:00.000Z' }] })
    expect(checked.map((one) => one.problem)).toMatchObject([
      null, { kind: 'taken', byId: taken.id }, { kind: 'holiday', by: { name: 'Founders’ day' } }, { kind: 'blocked', by: { title: 'Hospital round' } }, { kind: 'outside-hours' }, null,
    ])
    expect(checked[1]?.by).toMatchObject({ id: taken.id, patient: { familyName: 'Lopez' } })
    expect(checked.map((one) => one.proposal?.startsAt)).toEqual([undefined, '2026-11-24T15:30:00.000Z', '2026-12-02T15:00:00.000Z', '2026-12-08T16:00:00.000Z', '2026-12-15T18:00:00.000Z', undefined])
    expect(rows(world)).toHaveLength(1)
  })

  it('says that a time is taken, and not by whom, where the patient is restricted', async () => {
    const { world, newId, desk, occurrences, book } = await start()
    const taken = await book(TEN)
    world.core.vault.writer.insert(restrictedPatients).values({ id: newId(), patientId: taken.patientId, reason: 'employee', restrictedAt: TEN, restrictedBy: world.clinic.people.administrator.userId }).run()
    const [checked] = await desk.checkOccurrences({ typeId: null, durationMin: 30, occurrences: occurrences(2) })
    expect(checked).toMatchObject({ problem: { kind: 'taken', byId: taken.id }, by: { isRestricted: true } })
    expect(JSON.stringify(checked)).not.toMatch(new RegExp(`Lopez|${taken.patientId}`))
  })

  it('proposes no time twice, and sees when two of its own meet', async () => {
    const { desk, doctor, book } = await start()
    for (const at of ['15:00', '15:30', '16:00']) await book(`2026-11-17T${at}:00.000Z`)
    const both = [{ providerId: doctor, startsAt: TEN }, { providerId: doctor, startsAt: '2026-11-17T14:30:00.000Z' }, { providerId: doctor, startsAt: '2026-11-17T14:15:00.000Z' }]
    const checked = await desk.checkOccurrences({ typeId: null, durationMin: 30, occurrences: both })
    expect(checked.map((one) => one.problem?.kind)).toEqual(['taken', undefined, 'refused'])
    expect(checked[0]?.proposal?.startsAt).toBe('2026-11-17T16:30:00.000Z')
  })
})

describe('this one and those after it', () => {
  it('scheduling.cancelSeveral: are cancelled together, all or none, and brought back together', async () => {
    const { world, desk, series } = await start()
    const { appointments: booked } = await desk.bookSeries(series(6))
    const steps = stepsOf(booked.slice(2))
    expect(await refusalOf(desk.cancelSeveral({ steps: [...steps.slice(0, 3), { ...steps[3]!, version: 7 }], reason: 'patient-asked' }))).toEqual({ code: 'STEPS_REFUSED', data: { steps: [{ id: steps[3]!.id, code: 'STALE' }] } })
    expect(live(world)).toHaveLength(6)
    const { appointments: cancelled } = await desk.cancelSeveral({ steps, reason: 'patient-asked' })
    expect(live(world)).toHaveLength(2)
    await desk.undoSeveral({ steps: stepsOf(cancelled) })
    expect(live(world).map((one) => one.startsAt).toSorted()).toEqual(booked.map((one) => one.startsAt))
  })

  it('are not brought back over somebody who has one of the times by now: none of them is', async () => {
    const { world, desk, series, book } = await start()
    const { appointments: booked } = await desk.bookSeries(series(3))
    const { appointments: cancelled } = await desk.cancelSeveral({ steps: stepsOf(booked), reason: 'weather' })
    await book(booked[1]!.startsAt)
    expect(await refusalOf(desk.undoSeveral({ steps: stepsOf(cancelled) }))).toEqual({ code: 'STEPS_REFUSED', data: { steps: [{ id: booked[1]!.id, code: 'SLOT_TAKEN' }] } })
    expect(live(world)).toHaveLength(1)
  })

  it('scheduling.moveSeveral: are moved alike, also onto each other’s times, and back', async () => {
    const { world, desk, series, book } = await start()
    const { appointments: booked } = await desk.bookSeries(series(4))
    const weekLater = booked.map((one) => ({ id: one.id, version: one.version, providerId: one.providerId, startsAt: addMinutes(one.startsAt, 7 * 1440) }))
    const { appointments: moved } = await desk.moveSeveral({ moves: weekLater })
    expect(live(world).map((one) => one.startsAt).toSorted()).toEqual(weekLater.map((one) => one.startsAt))
    await desk.undoSeveral({ steps: stepsOf(moved) })
    expect(live(world).map((one) => one.startsAt).toSorted()).toEqual(booked.map((one) => one.startsAt))
    const blocker = await book('2026-11-25T15:00:00.000Z')
    const now = (await desk.seriesOf({ id: booked[0]!.id }))!.appointments
    const dayLater = now.map((one) => ({ id: one.id, version: one.version, providerId: one.providerId, startsAt: addMinutes(one.startsAt, 1440) }))
    expect(await refusalOf(desk.moveSeveral({ moves: dayLater }))).toMatchObject({ code: 'TIMES_REFUSED', data: { occurrences: [{ place: 1, problem: { byId: blocker.id } }] } })
    expect(live(world).filter((one) => one.seriesId !== null).map((one) => one.startsAt).toSorted()).toEqual(booked.map((one) => one.startsAt))
  })
})

describe('a group visit', () => {
  it('takes as many as it has places, in one room, and is offered while one is left', async () => {
    const { world, newId, desk, doctor, saveType } = await start()
    const type = await saveType({ capacity: 3, roomKind: 'exam' })
    const one = () => ({ id: newId(), patientId: world.clinic.addPatient(world.core), providerId: doctor, roomId: null, typeId: type.id, startsAt: TEN, durationMin: 60, reason: null })
    const first = await desk.book(one())
    const { appointments: two } = await desk.bookTogether({ visits: [one(), one()].map(({ roomId: _room, ...visit }) => visit) })
    expect(new Set([first, ...two].map((each) => each.roomId)).size).toBe(1)
    expect(await refusalOf(desk.book(one()))).toMatchObject({ code: 'SLOT_TAKEN' })
    const search = { providerIds: [doctor], typeId: type.id, durationMin: 60, from: TEN, days: 1, limit: 2 }
    expect((await desk.findSlots(search)).slots[0]?.startsAt).toBe('2026-11-17T16:00:00.000Z')
    await desk.cancel({ id: first.id, version: 1, reason: 'patient-asked' })
    expect((await desk.findSlots(search)).slots[0]).toMatchObject({ startsAt: TEN, places: 1 })
    for (const each of two) {
      await desk.arrive({ id: each.id, version: 1 })
      await desk.room({ id: each.id, version: 2, roomId: each.roomId ?? '' })
    }
    expect(await refusalOf(desk.findTogether({ visits: Array.from({ length: 4 }, () => ({ typeId: type.id, durationMin: 60 })), way: 'group', providerId: null, from: TEN, days: 7 }))).toEqual({ code: 'GROUP_TOO_SMALL', data: { capacity: 3 } })
    const [offer] = await desk.findTogether({ visits: Array.from({ length: 2 }, () => ({ typeId: type.id, durationMin: 60 })), way: 'group', providerId: doctor, from: TEN, days: 7 })
    expect(offer?.slots.map((slot) => slot.startsAt)).toEqual(['2026-11-17T16:00:00.000Z', '2026-11-17T16:00:00.000Z'])
    expect(await refusalOf(saveType({ capacity: 3, equipmentKinds: ['ecg'] }))).toMatchObject({ code: 'GROUP_HOLDS_NO_EQUIPMENT' })
  })
})

describe('a family', () => {
  it('scheduling.listRelatives, scheduling.findTogether, scheduling.bookTogether: is found by its phone, offered times in turn, booked in one act and taken back with one', async () => {
    const { world, newId, desk, doctor, book } = await start()
    const phone = { phone: '+14135550177', phoneDigits: '4135550177' }
    const [mother, child] = [world.clinic.addPatient(world.core, phone), world.clinic.addPatient(world.core, { ...phone, givenName: 'Ana' })]
    expect((await desk.listRelatives({ patientId: mother })).map((one) => one.id)).toEqual([child])
    await book(TEN)
    const visits = [{ typeId: null, durationMin: 30 }, { typeId: null, durationMin: 15 }, { typeId: null, durationMin: 15 }]
    const [offer] = await desk.findTogether({ visits, way: 'in-turn', providerId: doctor, from: '2026-11-17T14:30:00.000Z', days: 7 })
    expect(offer?.slots.map((slot) => slot.startsAt.slice(11, 16))).toEqual(['15:30', '16:00', '16:15'])
    const patients = [mother, child, world.clinic.addPatient(world.core)]
    const { appointments: booked } = await desk.bookTogether({ visits: patients.map((patientId, i) => ({ id: newId(), patientId, ...offer!.slots[i]!, ...visits[i]!, reason: null })).map(({ endsAt: _ends, ...visit }) => visit) })
    expect(live(world)).toHaveLength(4)
    const logged = world.core.vault.reader.select().from(auditEvents).all().filter((one) => one.action === 'appointment.booked').map((one) => one.patientId)
    expect(patients.every((id) => logged.includes(id))).toBe(true)
    await desk.undoSeveral({ steps: stepsOf(booked) })
    expect(live(world)).toHaveLength(1)
  })

  it('is seen at once where there are providers enough, and nobody is booked when one cannot be', async () => {
    const { world, newId, desk, doctor, other, book } = await start()
    const visits = [{ typeId: null, durationMin: 30 }, { typeId: null, durationMin: 30 }]
    await book('2026-11-17T15:00:00.000Z', other)
    const [offer] = await desk.findTogether({ visits, way: 'at-once', providerId: null, from: '2026-11-17T15:00:00.000Z', days: 7 })
    expect(offer?.slots.map((slot) => [slot.providerId, slot.startsAt])).toEqual([[doctor, '2026-11-17T15:30:00.000Z'], [other, '2026-11-17T15:30:00.000Z']])
    await book('2026-11-17T15:30:00.000Z', other)
    const wanted = offer!.slots.map(({ providerId, startsAt }) => ({ id: newId(), patientId: world.clinic.addPatient(world.core), providerId, startsAt, typeId: null, durationMin: 30, reason: null }))
    expect(await refusalOf(desk.bookTogether({ visits: wanted }))).toMatchObject({ code: 'TIMES_REFUSED', data: { occurrences: [{ place: 1, problem: { kind: 'taken' } }] } })
    expect(live(world)).toHaveLength(2)
  })
})

describe('a visit by video', () => {
  it('scheduling.joinVideo, scheduling.setTelehealth: has a room of its own from its type, and is joined by those who book, each time in the log', async () => {
    const { world, newId, desk, doctor, saveType } = await start()
    const type = await saveType({ isTelehealth: true, telehealthBase: 'https://meet.example.org/' })
    const one = await desk.book({ id: newId(), patientId: world.clinic.addPatient(world.core), providerId: doctor, roomId: null, typeId: type.id, startsAt: TEN, durationMin: 60, reason: null })
    expect(one.telehealthUrl).toBe(`https://meet.example.org/${one.id.replaceAll('-', '').slice(-16)}`)
    expect(await desk.joinVideo({ id: one.id })).toEqual({ url: one.telehealthUrl })
    expect(world.core.vault.reader.select().from(auditEvents).all().at(-1)).toMatchObject({ action: 'appointment.video-joined', outcome: 'seen', patientId: one.patientId, entityId: one.id })
    const other = 'https://video.example.org/x'
    expect(await refusalOf(desk.setTelehealth({ id: one.id, url: other, was: null }))).toEqual({ code: 'LINK_CHANGED', data: undefined })
    await desk.setTelehealth({ id: one.id, url: null, was: one.telehealthUrl })
    expect(await refusalOf(desk.joinVideo({ id: one.id }))).toMatchObject({ code: 'NO_VIDEO_LINK' })
    expect(await refusalOf(world.as('administrator').scheduling.joinVideo({ id: one.id }))).toMatchObject({ code: 'FORBIDDEN' })
  })
})

// Whatever is booked, called off, moved and taken back one after the other: no visit is lost, none stands without its series, none on another's time.
describe('random series', () => {
  const act = fc.record({ kind: fc.constantFrom('book' as const, 'cancel' as const, 'move' as const, 'undo' as const), day: fc.nat({ max: 9 }), quarter: fc.nat({ max: 12 }), count: fc.integer({ min: 2, max: 6 }), from: fc.nat({ max: 5 }), shift: fc.constantFrom(-7, -1, 1, 7) })
  it('keep their visits and never overlap', async () => {
    const { world, desk, doctor, series } = await start()
    await fc.assert(fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 8 }), async (acts) => {
      const made: string[] = []
      let last: Appointment[] = []
      for (const { kind, day, quarter, count, from, shift } of acts) {
        const before = live(world).length
        const id = made[from % Math.max(made.length, 1)]
        const all = id === undefined ? [] : (await desk.seriesOf({ id }))!.appointments.filter((one) => one.status === 'booked')
        const following = all.slice(from % Math.max(all.length, 1))
        const done = await (kind === 'book' ? desk.bookSeries(series(count, { startsAt: instantInZone(addDays('2026-11-17', day), 540 + quarter * 15, ZONE) }))
          : kind === 'cancel' && following.length > 0 ? desk.cancelSeveral({ steps: stepsOf(following), reason: 'other' })
            : kind === 'move' && following.length > 0 ? desk.moveSeveral({ moves: movedMoves(following, shift) })
              : kind === 'undo' && last.length > 0 ? desk.undoSeveral({ steps: stepsOf(last) }) : Promise.resolve(undefined)
        ).catch(() => undefined)
        const change = { book: done?.appointments.length ?? 0, cancel: 0 - (done?.appointments.length ?? 0), move: 0, undo: undefined }[kind]
        if (change !== undefined) expect(live(world).length - before).toBe(change)
        if (done) last = done.appointments
        if (kind === 'book' && done?.appointments[0]) made.push(done.appointments[0].id)
      }
      const standing = live(world).map((one) => one as unknown as Appointment) // The row has what the rule asks for.
      for (const one of standing) expect(findConflicts(standing, one)).toEqual([])
      const known = world.core.vault.reader.$client.prepare('select id, visits from appointment_series').all() as { id: string; visits: number }[]
      for (const { id, visits } of known) expect(rows(world).filter((one) => one.seriesId === id).map((one) => one.seriesPlace).toSorted()).toEqual(Array.from({ length: visits }, (_, i) => i + 1))
      await desk.cancelSeveral({ steps: stepsOf(standing.slice(0, 60)), reason: 'other' }).catch(() => undefined)
    }), { numRuns: 12 })
    expect(doctor).toBeDefined()
  }, 60_000)
  const movedMoves = (following: Appointment[], shift: number) => {
    const [first] = following
    const to = { providerId: first!.providerId, startsAt: addMinutes(first!.startsAt, shift * 1440) }
    const places = movedAlike(following, first!, to, ZONE)
    return following.map((one, i) => ({ id: one.id, version: one.version, ...places[i]! }))
  }
})
