import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainType } from '#shared/domains/scheduling/model.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import { addMinutes } from '#shared/kernel/time.ts'
import { reads } from '#main/domains/rooms/repository.ts'
import { planOf } from '#tests/support/plan.ts'
import { makeWorld, refusalOf } from '#tests/support/world.ts'

const TEN = '2026-11-17T15:00:00.000Z'
const start = { start: '2026-11-17T12:00:00.000Z' }

async function withEcg() {
  const world = await makeWorld(start)
  const [desk, administrator] = [world.as('receptionist'), world.as('administrator')]
  const newId = world.core.platform.newId
  const ecg = { id: newId(), name: 'ECG', kind: 'ecg', isActive: true, sortOrder: 1 } as const
  await administrator.rooms.saveEquipment(ecg)
  const type = { ...plainType, id: newId(), name: 'Stress test', durationMin: 30, isActive: true, sortOrder: 5, roomKind: 'exam' as const, equipmentKinds: ['ecg' as const], bufferAfterMin: 10 }
  await administrator.scheduling.saveType(type)
  const patientId = world.clinic.addPatient(world.core)
  const book = (startsAt: string, provider: 0 | 1, more: object = {}) => desk.scheduling.book({
    id: newId(), patientId, providerId: world.clinic.providers[provider], roomId: null, typeId: type.id, startsAt, durationMin: 30, reason: null, hasArrived: false, ...more,
  })
  const held = async () => (await desk.scheduling.listDay({ date: '2026-11-17' })).equipmentBookings
  return { world, desk, administrator, newId, ecg, type, patientId, book, held }
}

describe('what a visit type needs', () => {
  it('is taken with the booking: a fitting room, a piece, and time to tidy up', async () => {
    const { world, desk, ecg, book, held } = await withEcg()
    const first = await book(TEN, 0)
    expect(first).toMatchObject({ roomId: world.clinic.rooms[0], bufferAfterMin: 10 })
    expect(await held()).toMatchObject([{ appointmentId: first.id, equipmentId: ecg.id, holdsFrom: TEN, holdsTo: '2026-11-17T15:40:00.000Z' }])
    expect(await refusalOf(book(addMinutes(TEN, 30), 1))).toMatchObject({ code: 'NOTHING_FITS', data: { room: null, equipment: 'ecg', alternatives: [{ startsAt: '2026-11-17T15:45:00.000Z' }, {}, {}] } })
    expect(await refusalOf(book(addMinutes(TEN, 30), 0, { typeId: null }))).toMatchObject({ code: 'SLOT_TAKEN' })
    await desk.scheduling.cancel({ id: first.id, version: 1, reason: 'weather' })
    expect(await held()).toEqual([])
    await desk.scheduling.undo({ id: first.id, version: 2 })
    expect(await held()).toHaveLength(1)
  })

  it('follows a move, into another room where the first is taken', async () => {
    const { world, desk, book, held } = await withEcg()
    const first = await book(TEN, 0)
    await book('2026-11-17T18:00:00.000Z', 1, { typeId: null, roomId: world.clinic.rooms[0] })
    const moved = await desk.scheduling.move({ id: first.id, version: 1, providerId: first.providerId, startsAt: '2026-11-17T18:00:00.000Z' })
    expect(moved.roomId).toBe(world.clinic.rooms[1])
    expect(await held()).toMatchObject([{ holdsFrom: '2026-11-17T18:00:00.000Z' }])
  })

  it('a plan keeps what it was booked with when its type asks for more', async () => {
    const { desk, administrator, type, book } = await withEcg()
    const first = await book(TEN, 0)
    await administrator.scheduling.saveType({ ...type, equipmentKinds: ['ecg', 'ultrasound'] })
    expect((await desk.scheduling.arrive({ id: first.id, version: 1 })).status).toBe('arrived')
    expect(await refusalOf(book('2026-11-17T18:00:00.000Z', 0))).toMatchObject({ code: 'NOTHING_FITS', data: { equipment: 'ultrasound', alternatives: [] } })
  })
})

describe('out of service', () => {
  it('names whom it strands, is refused as a place, and ends', async () => {
    const { world, desk, administrator, newId, ecg, book } = await withEcg()
    const first = await book(TEN, 0)
    const outage = { id: newId(), roomId: null, equipmentId: ecg.id, startsAt: TEN, endsAt: '2026-11-18T05:00:00.000Z', reason: 'Calibration' }
    expect((await desk.rooms.takeOut(outage)).stranded).toMatchObject([{ id: first.id, reason: 'equipment-out-of-service' }])
    const lamp = { ...outage, id: newId(), roomId: world.clinic.rooms[1], equipmentId: null }
    await desk.rooms.takeOut(lamp)
    expect(await refusalOf(book('2026-11-17T19:00:00.000Z', 1, { typeId: null, roomId: world.clinic.rooms[1] }))).toEqual({ code: 'OUT_OF_SERVICE', data: { until: lamp.endsAt } })
    expect((await desk.rooms.board({ date: '2026-11-17' })).outages).toHaveLength(2)
    await desk.rooms.bringBack({ id: lamp.id, at: '2026-11-17T16:00:00.000Z' })
    await book('2026-11-17T19:00:00.000Z', 1, { typeId: null, roomId: world.clinic.rooms[1] })
    expect(await refusalOf(desk.rooms.takeOut({ ...outage, id: newId(), roomId: world.clinic.rooms[0] }))).toMatchObject({ code: 'RESOURCE_NOT_FOUND' })
    expect(await refusalOf(desk.rooms.takeOut({ ...outage, id: newId(), endsAt: TEN }))).toMatchObject({ code: 'OUTAGE_ENDS_FIRST' })
    expect(await administrator.rooms.listEquipment({})).toEqual([ecg])
  })

  it('a room is marked clean by whoever stands in it', async () => {
    const { world, desk, newId } = await withEcg()
    await world.as('nurse').rooms.mark({ id: newId(), roomId: world.clinic.rooms[0], state: 'clean' })
    expect((await desk.rooms.board({ date: '2026-11-17' })).turnovers).toMatchObject([{ roomId: world.clinic.rooms[0], state: 'clean' }])
    expect(await refusalOf(desk.rooms.mark({ id: newId(), roomId: newId(), state: 'clean' }))).toMatchObject({ code: 'ROOM_NOT_FOUND' })
  })
})

describe('holidays and links', () => {
  it('close the day, name who stands on it, and open it again', async () => {
    const { desk, newId, book } = await withEcg()
    const first = await book(TEN, 0)
    const holiday = { id: newId(), date: '2026-11-17', name: 'Founders’ day' }
    expect((await desk.scheduling.saveHoliday(holiday)).stranded).toMatchObject([{ id: first.id, reason: 'holiday' }])
    expect(await refusalOf(desk.scheduling.saveHoliday({ ...holiday, id: newId() }))).toMatchObject({ code: 'HOLIDAY_EXISTS' })
    expect(await desk.scheduling.listHolidays({ from: '2026-11-01', to: '2026-11-30' })).toEqual([holiday])
    await desk.scheduling.removeHoliday({ id: holiday.id })
    expect((await desk.scheduling.listDay({ date: '2026-11-17' })).holidays).toEqual([])
  })
  it.each(['http://meet.example.org/a', 'javascript:alert(1)', 'https://', 'meet.example.org'])('take no link like %s', async (url) => {
    const { desk, book } = await withEcg()
    const first = await book(TEN, 0)
    expect(await refusalOf(desk.scheduling.setTelehealth({ id: first.id, url, was: null }))).toMatchObject({ code: 'INVALID_INPUT' })
    expect((await desk.scheduling.setTelehealth({ id: first.id, url: 'https://meet.example.org/a', was: null })).telehealthUrl).toBe('https://meet.example.org/a')
  })
})

// What nobody may break, whatever they do one after the other: around the night in which the clock changes, and over midnight.
describe('any sequence', () => {
  const act = fc.record({
    what: fc.constantFrom('book', 'book', 'book', 'move', 'resize', 'cancel', 'undo', 'shift', 'leave', 'holiday', 'outage'), quarter: fc.integer({ min: 0, max: 40 }), provider: fc.constantFrom(0, 1), pick: fc.nat(20), plain: fc.boolean(),
  })
  it('leaves no overlap of a provider, a room or a piece, no orphan, and no lost appointment', async () => {
    const { world, desk, newId, patientId, type, ecg } = await withEcg()
    const first = '2026-10-31T23:30:00.000Z'
    const booked = new Set<string>()
    const version = (id: string) => (db.prepare('select version from appointments where id = ?').pluck().get(id) as number | undefined) ?? 0 // A column of integers.
    const db = world.core.vault.reader.$client
    const run = async ({ what, quarter, provider, pick, plain }: { what: string; quarter: number; provider: number; pick: number; plain: boolean }) => {
      const startsAt = addMinutes(first, quarter * 15)
      const providerId = world.clinic.providers[provider as 0 | 1]
      const id = [...booked][pick % Math.max(1, booked.size)] ?? newId()
      const step = { id, version: version(id) }
      switch (what) {
        case 'book': {
          const one = await desk.scheduling.book({ id: newId(), patientId, providerId, roomId: plain ? world.clinic.rooms[pick % 2 as 0 | 1] : null, typeId: plain ? null : type.id, startsAt, durationMin: 15 + 15 * (pick % 3), reason: null, hasArrived: false })
          return void booked.add(one.id)
        }
        case 'move': return void await desk.scheduling.move({ ...step, providerId, startsAt })
        case 'resize': return void await desk.scheduling.move({ ...step, providerId, startsAt, durationMin: 15 * (1 + (pick % 6)) })
        case 'cancel': return void await desk.scheduling.cancel({ ...step, reason: 'weather' })
        case 'undo': return void await desk.scheduling.undo(step)
        case 'shift': return void await desk.staff.saveShift({ id: newId(), staffId: providerId, date: '2026-10-31', kind: 'work', startMin: 1_200, endMin: 1_800, breakStartMin: null, breakEndMin: null })
        case 'leave': return void await desk.staff.recordLeave({ id: newId(), staffId: providerId, kind: 'sick', fromOn: '2026-11-01', toOn: '2026-11-01', note: null })
        case 'holiday': return void await desk.scheduling.saveHoliday({ id: newId(), date: '2026-11-01', name: 'Closed' })
        default: return void await desk.rooms.takeOut({ id: newId(), roomId: null, equipmentId: ecg.id, startsAt, endsAt: addMinutes(startsAt, 45), reason: 'Calibration' })
      }
    }
    const held = (column: string, free: string) => `select count(*) from appointments a join appointments b on a.id < b.id and a.${column} = b.${column} where a.status not in (${free}) and b.status not in (${free})
      and unixepoch(a.starts_at) - 60 * a.buffer_before_min < unixepoch(b.ends_at) + 60 * b.buffer_after_min and unixepoch(b.starts_at) - 60 * b.buffer_before_min < unixepoch(a.ends_at) + 60 * a.buffer_after_min`
    const counts = [
      held('provider_id', `'cancelled', 'no-show'`), held('room_id', `'cancelled', 'no-show', 'fulfilled'`),
      'select count(*) from equipment_bookings a join equipment_bookings b on a.id < b.id and a.equipment_id = b.equipment_id where a.holds_from < b.holds_to and b.holds_from < a.holds_to',
      `select count(*) from equipment_bookings e left join appointments a on a.id = e.appointment_id where a.id is null or a.status in ('cancelled', 'no-show', 'fulfilled') or unixepoch(e.holds_from) <> unixepoch(a.starts_at) - 60 * a.buffer_before_min`,
      `select count(*) from appointments a where a.type_id is not null and a.status = 'booked' and (a.room_id is null or not exists (select 1 from equipment_bookings e where e.appointment_id = a.id))`,
    ]
    await fc.assert(fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 14 }), async (acts) => {
      for (const one of acts) {
        await run(one).catch((error: unknown) => {
          if (!(error instanceof Refusal) || error.code === 'INTERNAL' || error.code === 'INVALID_INPUT') throw error
        })
      }
      expect(counts.map((sql) => db.prepare(sql).pluck().get())).toEqual([0, 0, 0, 0, 0])
      expect(db.prepare('select count(*) from appointments').pluck().get()).toBe(booked.size)
    }), { numRuns: 12 })
    expect(booked.size).toBeGreaterThan(5)
  }, 120_000)
})

it('reads no growing table from end to end', async () => {
  const { core } = await makeWorld(start)
  const plans = Object.entries(reads(core.vault.reader)).map(([name, statement]) => [name, planOf(core.vault.reader, statement)] as const)
  expect(plans.filter(([name, plan]) => /\bSCAN\b|TEMP B-TREE/.test(plan) && name !== 'equipment')).toEqual([])
})
