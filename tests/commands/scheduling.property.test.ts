import fc from 'fast-check'
import { expect, it } from 'vitest'
import { appointmentTypes } from '#drizzle/schema/scheduling.ts'
import { equipment } from '#drizzle/schema/rooms.ts'
import type { Appointment } from '#shared/domains/scheduling/model.ts'
import { addDays, addMinutes, instantInZone, toMs } from '#shared/kernel/time.ts'
import { makeWorld, type World } from '#tests/support/world.ts'

// Whatever is booked, one by one or as a series, moved, made longer, roomed, called off and taken back, whatever becomes of
// shifts and charts meanwhile, in whatever order: nobody is in two places, nothing hangs in the air, nobody is lost.
/** Days on which the clock changes in New York, the nights around them, and an ordinary one. */
const dates = ['2026-10-31', '2026-11-01', '2027-03-13', '2027-03-14', '2026-11-17'] as const
const which = fc.nat(30)
const place = fc.record({ date: fc.constantFrom(...dates), minute: fc.oneof(fc.integer({ min: 0, max: 48 }), fc.integer({ min: 276, max: 287 })).map((fives) => fives * 5) })
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant('book' as const), at: place, durationMin: fc.integer({ min: 1, max: 24 }).map((fives) => fives * 5), provider: fc.nat(1), room: fc.nat(2), type: fc.nat(3) }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('move' as const), which, at: place, provider: fc.nat(1), room: fc.nat(3) }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('resize' as const), which, durationMin: fc.integer({ min: 1, max: 96 }).map((fives) => fives * 5) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('change room' as const), which, room: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constantFrom('cancel' as const, 'markNoShow' as const, 'arrive' as const, 'complete' as const), which }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('undo' as const), which }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('series' as const), at: place, provider: fc.nat(1), everyDays: fc.integer({ min: 1, max: 14 }), visits: fc.integer({ min: 2, max: 5 }) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('cancel the rest' as const), which }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('shift' as const), at: place, provider: fc.nat(1), hours: fc.integer({ min: 1, max: 8 }) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constantFrom('merge' as const, 'unmerge' as const) }) },
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

it('nobody is double-booked, nothing is orphaned and nobody is lost, whatever is done in the calendar', { timeout: 120_000 }, async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 60 }), async (steps) => {
    const world = await makeWorld()
    const types = furnish(world)
    const people = ['Ana', 'Ann'].map((givenName) => world.clinic.addPatient(world.core, { givenName }))
    const known = new Map<string, Appointment>()
    const merges: string[] = []
    for (const [i, one] of steps.entries()) {
      const before = [...known.values()]
      const after = await take(world, one, { known: before, types, people, patientId: people[i % 2] ?? '', merges })
      for (const each of after) known.set(each.id, each)
      everythingHolds(world, known)
    }
  }), { numRuns: 10 })
})

it('a length that is changed and taken back is the length it had, also across the hour that the clock leaves out or repeats', async () => {
  const world = await makeWorld()
  const desk = world.as('receptionist').scheduling
  for (const [i, date] of dates.entries()) {
    const booked = await desk.book({ id: world.core.platform.newId(), patientId: world.clinic.addPatient(world.core), providerId: world.clinic.providers[0], roomId: null, typeId: null, startsAt: instantInZone(date, 105, world.clinic.zone), durationMin: 30, reason: null })
    const from = { providerId: booked.providerId, roomId: booked.roomId, startsAt: booked.startsAt, endsAt: booked.endsAt }
    const longer = await desk.move({ id: booked.id, version: booked.version, from, providerId: booked.providerId, startsAt: booked.startsAt, durationMin: 95 })
    expect(longer.endsAt, dates[i]).toBe(addMinutes(booked.startsAt, 95))
    expect(await desk.undo({ id: booked.id, version: longer.version }), dates[i]).toMatchObject({ startsAt: booked.startsAt, endsAt: booked.endsAt })
  }
})

/** One type that takes any exam room, one with buffers and a piece of equipment, of which the clinic has one. */
function furnish(world: World): (string | null)[] {
  const [roomed, buffered] = [world.core.platform.newId(), world.core.platform.newId()]
  world.core.vault.writer.insert(appointmentTypes).values([
    { id: roomed, name: 'In a room', durationMin: 15, isActive: true, sortOrder: 3, roomKind: 'exam' },
    { id: buffered, name: 'ECG', durationMin: 15, isActive: true, sortOrder: 4, bufferBeforeMin: 5, bufferAfterMin: 10, equipmentKinds: ['ecg'] },
  ]).run()
  world.core.vault.writer.insert(equipment).values({ id: world.core.platform.newId(), name: 'ECG', kind: 'ecg', isActive: true, sortOrder: 1 }).run()
  return [null, world.clinic.types.short, roomed, buffered]
}

interface Known { known: readonly Appointment[]; types: readonly (string | null)[]; people: readonly string[]; patientId: string; merges: string[] }

/** Answers with the appointments it has touched. */
async function take(world: World, one: Step, all: Known): Promise<readonly Appointment[]> {
  switch (one.act) {
    case 'series': return bookSeries(world, one, all)
    case 'cancel the rest': return cancelTheRest(world, all.known[one.which % Math.max(1, all.known.length)], all.known)
    case 'shift': return changeShift(world, one)
    case 'merge':
    case 'unmerge': return mergeOrNot(world, one.act, all)
    default: {
      const after = await takeOne(world, one, all)
      return after ? [after] : []
    }
  }
}

type Of<Act extends Step['act']> = Extract<Step, { act: Act }>

async function bookSeries(world: World, { at, provider, everyDays, visits }: Of<'series'>, { patientId }: Known): Promise<readonly Appointment[]> {
  const { newId } = world.core.platform
  const providerId = world.clinic.providers[provider === 0 ? 0 : 1]
  const booked = await world.as('receptionist').scheduling.bookSeries({
    id: newId(), patientId, typeId: null, durationMin: 15, reason: null, pattern: { unit: 'day', every: everyDays, count: visits },
    visits: Array.from({ length: visits }, (_, i) => ({ id: newId(), providerId, startsAt: instantInZone(addDays(at.date, i * everyDays), at.minute, world.clinic.zone) })),
  }).catch(declared)
  return booked?.appointments ?? []
}

/** This one of a series and those after it that are still booked. */
async function cancelTheRest(world: World, from: Appointment | undefined, known: readonly Appointment[]): Promise<readonly Appointment[]> {
  if (!from?.seriesId) return []
  const rest = known.filter((one) => one.seriesId === from.seriesId && one.startsAt >= from.startsAt && one.status === 'booked')
  if (rest.length === 0) return []
  const done = await world.as('receptionist').scheduling.cancelSeveral({ steps: rest.map(({ id, version }) => ({ id, version })), reason: 'patient-asked' }).catch(declared)
  return done?.appointments ?? []
}

/** Whoever has no hours any more is stranded, and stays where they are until somebody moves them. */
async function changeShift(world: World, { at, provider, hours }: Of<'shift'>): Promise<readonly Appointment[]> {
  const times = { startMin: 540, endMin: 540 + hours * 60, breakStartMin: null, breakEndMin: null }
  await world.as('administrator').staff.saveShift({ id: world.core.platform.newId(), staffId: world.clinic.providers[provider === 0 ? 0 : 1], date: at.date, kind: hours === 8 ? 'off' : 'work', ...times }).catch(declared)
  return []
}

async function mergeOrNot(world: World, act: 'merge' | 'unmerge', { people, merges }: Known): Promise<readonly Appointment[]> {
  const { patients } = world.as('receptionist')
  const [survivorId, absorbedId] = people
  if (act === 'merge' && survivorId && absorbedId) {
    const id = world.core.platform.newId()
    await patients.merge({ id, survivorId, absorbedId, take: [] }).then(() => merges.push(id), declared)
  }
  if (act === 'unmerge' && merges.length > 0) await patients.unmerge({ id: merges.at(-1) ?? '' }).catch(declared)
  return []
}

async function takeOne(world: World, one: Exclude<Step, { act: 'series' | 'cancel the rest' | 'shift' | 'merge' | 'unmerge' }>, { known, types, patientId }: Known): Promise<Appointment | undefined> {
  const { clinic } = world
  const desk = world.as('receptionist').scheduling
  const providerOf = (at: number) => clinic.providers[at === 0 ? 0 : 1]
  const rooms = [null, clinic.rooms[0], clinic.rooms[1]] as const
  const when = (at: { date: string; minute: number }) => instantInZone(at.date, at.minute, clinic.zone)
  if (one.act === 'book') {
    return desk.book({ id: world.core.platform.newId(), patientId, providerId: providerOf(one.provider), roomId: rooms[one.room] ?? null, typeId: types[one.type] ?? null, startsAt: when(one.at), durationMin: one.durationMin, reason: null }).catch(declared)
  }
  const target = known[one.which % Math.max(1, known.length)]
  if (!target) return undefined
  const { id, version, providerId, roomId, startsAt, endsAt } = target
  const from = { providerId, roomId, startsAt, endsAt }
  switch (one.act) {
    case 'move': return desk.move({ id, version, from, providerId: providerOf(one.provider), startsAt: when(one.at), ...(one.room === 3 ? {} : { roomId: rooms[one.room] ?? null }) }).catch(declared)
    case 'resize': return desk.move({ id, version, from, providerId, startsAt, durationMin: one.durationMin }).catch(declared)
    case 'change room': return desk.move({ id, version, from, providerId, startsAt, roomId: rooms[one.room] ?? null }).catch(declared)
    case 'cancel': return desk.cancel({ id, version, reason: 'patient-asked' }).catch(declared)
    case 'undo': return desk.undo({ id, version }).catch(declared)
    default: return desk[one.act]({ id, version }).catch(declared)
  }
}

const codes = ['SLOT_TAKEN', 'NOTHING_FITS', 'STEP_NOT_ALLOWED', 'TIMES_REFUSED', 'STEPS_REFUSED', 'SHIFTS_OVERLAP', 'SHIFT_TIMES', 'MERGE_NOT_POSSIBLE', 'UNMERGE_NOT_POSSIBLE']
function declared(error: unknown): undefined {
  expect(codes).toContain((error as { code?: string }).code)
  return undefined
}

const query = <T>(world: World, sql: string): T[] => world.core.vault.reader.$client.prepare(sql).all() as T[]
type Row = { id: string; version: number; providerId: string; roomId: string | null; startsAt: string; endsAt: string; status: string; before: number; after: number; needs: string | null }

function everythingHolds(world: World, known: ReadonlyMap<string, Appointment>): void {
  const rows = query<Row>(world, `select a.id, a.version, provider_id as providerId, room_id as roomId, starts_at as startsAt, ends_at as endsAt, status, a.buffer_before_min as before, a.buffer_after_min as after, equipment_kinds as needs
    from appointments a left join appointment_types t on t.id = a.type_id`)
  // Nobody is lost, and a refusal has changed nothing: each stands as its last answer said.
  expect(rows.map(({ id, version, providerId, roomId, startsAt, endsAt, status }) => ({ id, version, providerId, roomId, startsAt, endsAt, status })).toSorted(byId))
    .toEqual([...known.values()].map(({ id, version, providerId, roomId, startsAt, endsAt, status }) => ({ id, version, providerId, roomId, startsAt, endsAt, status })).toSorted(byId))
  const nobodys = query(world, 'select a.id from appointments a left join patients p on p.id = a.patient_id where p.id is null or p.merged_into_id is not null')
  expect(nobodys, 'a visit of a chart that is absorbed').toEqual([])
  const live = rows.filter((row) => row.status !== 'cancelled' && row.status !== 'no-show')
  const inRoom = live.filter((row) => row.status !== 'fulfilled')
  expect(clashes(live, (row) => row.providerId), 'a provider at two visits').toEqual([])
  expect(clashes(inRoom, (row) => row.roomId), 'a room with two visits').toEqual([])
  for (const row of live) expect(toMs(row.endsAt), 'it ends after it begins').toBeGreaterThan(toMs(row.startsAt))
  // Equipment belongs to those who need it and still come, one piece each, and is nowhere twice.
  const held = query<{ appointmentId: string; equipmentId: string; startsAt: string; endsAt: string }>(world, 'select appointment_id as appointmentId, equipment_id as equipmentId, holds_from as startsAt, holds_to as endsAt from equipment_bookings')
  expect(held.map((one) => one.appointmentId).toSorted()).toEqual(inRoom.filter((row) => row.needs?.includes('ecg')).map((row) => row.id).toSorted())
  expect(clashes(held.map((one) => ({ ...one, id: one.appointmentId, before: 0, after: 0 })), (one) => one.equipmentId), 'a piece at two visits').toEqual([])
  // The history of each is whole and ends where it stands.
  const history = query<{ id: string; steps: number; last: number }>(world, 'select appointment_id as id, count(*) as steps, max(version) as last from appointment_changes group by 1')
  expect(history.map(({ id, steps, last }) => `${id} ${steps} ${last}`).toSorted()).toEqual(rows.map(({ id, version }) => `${id} ${version} ${version}`).toSorted())
}

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

type Held = { id: string; startsAt: string; endsAt: string; before: number; after: number }

/** Judged on its own and not by the product's rule: pairs that hold one thing at one time, buffers included. */
function clashes<H extends Held>(rows: readonly H[], keyOf: (row: H) => string | null): string[] {
  const span = (row: H) => [toMs(row.startsAt) - row.before * 60_000, toMs(row.endsAt) + row.after * 60_000] as const
  return rows.flatMap((one, i) => rows.slice(i + 1).flatMap((other) => {
    const [[from, to], [otherFrom, otherTo]] = [span(one), span(other)]
    return keyOf(one) !== null && keyOf(one) === keyOf(other) && from < otherTo && otherFrom < to ? [`${one.id} and ${other.id}`] : []
  }))
}
