import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { freeHoles, inOrder, matchesOf, startFor } from '#shared/domains/scheduling/rules.wait-list.ts'
import { nextFreeSlots, type Openings } from '#shared/domains/scheduling/rules.slots.ts'
import { overlaps } from '#shared/domains/scheduling/rules.ts'
import { addMinutes, minutesBetween } from '#shared/kernel/time.ts'

const zone = 'America/New_York'
const date = '2026-11-17' // A Tuesday: 9:00 is 14:00 in UTC.
const at = (hours: number, minutes = 0): string => `${date}T${String(hours + 5).padStart(2, '0')}:${String(minutes).padStart(2, '0')}:00.000Z`
const hours = [{ id: 'h1', providerId: 'lee', weekday: 2, startMin: 540, endMin: 720, validFrom: null, validTo: null }, { id: 'h2', providerId: 'lee', weekday: 2, startMin: 780, endMin: 1020, validFrom: null, validTo: null }]
const booking = (id: string, startsAt: string, minutes: number, more: object = {}) => ({ id, providerId: 'lee', roomId: null, patientId: `of-${id}`, startsAt, endsAt: addMinutes(startsAt, minutes), status: 'booked' as const, ...more })
const wishes = { id: 'e', patientId: 'p', appointmentId: null, hasStartsAt: null, providerId: null, durationMin: 30, weekdays: 127, fromMin: 0, toMin: 1440, notBefore: null, until: null, noticeMin: 0, isUrgent: false, createdAt: '2026-11-01T12:00:00.000Z', offer: null }
const hole = { providerId: 'lee', startsAt: at(10, 30), endsAt: at(11, 15) }
const now = at(10)

describe('freeHoles', () => {
  const open = { hours, blocks: [{ id: 'b', providerId: 'lee', startsAt: at(14), endsAt: at(15), title: 'Round' }], shifts: [], leaves: [], holidays: [], zone }
  it('lies between the appointments, inside the hours, outside of blocks, from now on', () => {
    const appointments = [booking('a', at(9), 90), booking('b', at(11, 15), 45), booking('gone', at(10, 30), 30, { status: 'cancelled' }), booking('other', at(10, 30), 30, { providerId: 'haddad' })]
    expect(freeHoles({ ...open, appointments }, 'lee', date, at(8))).toEqual([hole, { providerId: 'lee', startsAt: at(13), endsAt: at(14) }, { providerId: 'lee', startsAt: at(15), endsAt: at(17) }])
    expect(freeHoles({ ...open, appointments }, 'lee', date, at(10, 47))[0]).toEqual({ ...hole, startsAt: at(10, 50) })
    expect(freeHoles({ ...open, appointments }, 'lee', date, at(11, 6))[0]?.startsAt).toBe(at(13))
  })

  it('never touches what is taken, and misses no quarter hour that the search for a slot finds', () => {
    const spans = fc.array(fc.record({ start: fc.integer({ min: 100, max: 210 }), quarters: fc.integer({ min: 1, max: 12 }) }), { maxLength: 12 })
    fc.assert(fc.property(spans, fc.integer({ min: 0, max: 600 }), (taken, minute) => {
      const appointments = taken.map(({ start, quarters }, i) => booking(String(i), addMinutes(at(0), start * 5), quarters * 15))
      const from = addMinutes(at(7), minute)
      const holes = freeHoles({ ...open, appointments } satisfies Openings, 'lee', date, from)
      for (const one of holes) expect([...appointments, ...open.blocks].filter((other) => overlaps(one, other))).toEqual([])
      const slots = nextFreeSlots({ ...open, appointments }, { providerIds: ['lee'], from, durationMin: 15, limit: 100, days: 1 })
      for (const slot of slots) expect(holes.some((one) => one.startsAt <= slot.startsAt && slot.endsAt <= one.endsAt)).toBe(true)
    }))
  })
})

describe('startFor', () => {
  it.each([
    ['no wishes', {}, at(10, 30)],
    ['another provider', { providerId: 'haddad' }, undefined],
    ['too long', { durationMin: 60 }, undefined],
    ['exactly as long', { durationMin: 45 }, at(10, 30)],
    ['not before 10:40', { fromMin: 640 }, at(10, 40)],
    ['not before 10:50', { fromMin: 650 }, undefined],
    ['over by 11:00', { toMin: 660 }, at(10, 30)],
    ['over by 10:45', { toMin: 645 }, undefined],
    ['on Tuesdays', { weekdays: 0b100 }, at(10, 30)],
    ['on any other day', { weekdays: 0b111_1011 }, undefined],
    ['from tomorrow', { notBefore: '2026-11-18' }, undefined],
    ['until today', { until: date }, at(10, 30)],
    ['until yesterday', { until: '2026-11-16' }, undefined],
    ['told 40 minutes before', { noticeMin: 40 }, at(10, 40)],
    ['told an hour before', { noticeMin: 60 }, undefined],
  ])('%s', (_words, more, expected) => {
    expect(startFor({ ...wishes, ...more }, hole, { zone, now })).toBe(expected)
  })

  it('stays inside the free time and inside the wishes', () => {
    const wish = fc.record({ durationMin: fc.integer({ min: 5, max: 90 }), fromMin: fc.integer({ min: 0, max: 1000 }), toMin: fc.integer({ min: 300, max: 1440 }), noticeMin: fc.integer({ min: 0, max: 120 }) })
    fc.assert(fc.property(wish, (more) => {
      const startsAt = startFor({ ...wishes, ...more }, hole, { zone, now })
      if (!startsAt) return
      const minute = minutesBetween(at(0), startsAt)
      expect(startsAt >= hole.startsAt && addMinutes(startsAt, more.durationMin) <= hole.endsAt && minutesBetween(now, startsAt) >= more.noticeMin).toBe(true)
      expect(minute >= more.fromMin && minute + more.durationMin <= more.toMin).toBe(true)
    }))
  })
})

describe('matchesOf', () => {
  it('puts urgent ones first, then those who wait longest, then those who were asked', () => {
    const entries = [{ ...wishes, id: 'late', createdAt: '2026-11-05T12:00:00.000Z' }, { ...wishes, id: 'asked', offer: 'declined' as const, isUrgent: true }, { ...wishes, id: 'early' }, { ...wishes, id: 'urgent', isUrgent: true, createdAt: '2026-11-09T12:00:00.000Z' }]
    expect(inOrder(entries).map((one) => one.id)).toEqual(['urgent', 'early', 'late', 'asked'])
    expect(matchesOf(entries, hole, [], { zone, now }).map(({ entry, startsAt }) => [entry.id, startsAt])).toEqual(['urgent', 'early', 'late', 'asked'].map((id) => [id, at(10, 30)]))
  })

  it('offers nobody a later time than they have, nor one at which they are here for something else', () => {
    const [sooner, later] = [{ ...wishes, id: 'a', appointmentId: 'x', hasStartsAt: at(10) }, { ...wishes, id: 'b', appointmentId: 'y', hasStartsAt: at(13) }]
    expect(matchesOf([sooner, later], hole, [], { zone, now }).map(({ entry }) => entry.id)).toEqual(['b'])
    const here = booking('lab', at(10, 45), 30, { patientId: 'p' })
    expect(matchesOf([later], hole, [here], { zone, now })).toEqual([])
    expect(matchesOf([later], hole, [{ ...here, id: 'y' }], { zone, now })).toHaveLength(1)
  })
})
