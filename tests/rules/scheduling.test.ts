import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Room } from '#shared/domains/clinic/model.ts'
import { appointmentStatuses, type AppointmentStatus, type AvailabilityRule, type ScheduleBlock } from '#shared/domains/scheduling/model.ts'
import { areHoursSound, canMove, canStep, findConflicts, freeRooms, overlaps, steps, type Booking, type Step } from '#shared/domains/scheduling/rules.ts'
import { openHours } from '#shared/domains/scheduling/rules.availability.ts'
import { fitOf, nextFreeSlots, type Openings } from '#shared/domains/scheduling/rules.slots.ts'
import { addMinutes, instantInZone, minuteOfDay, minutesBetween } from '#shared/kernel/time.ts'

const ZONE = 'America/New_York'
const TUESDAY = '2026-11-17'
const at = (minute: number, date = TUESDAY): string => instantInZone(date, minute, ZONE)
const hm = (text: string): number => Number(text.split(':')[0]) * 60 + Number(text.split(':')[1])

let count = 0
function booking(from: string, minutes: number, more: Partial<Booking> = {}): Booking {
  const startsAt = at(hm(from))
  return { id: `a${(count += 1)}`, providerId: 'haddad', roomId: null, startsAt, endsAt: addMinutes(startsAt, minutes), status: 'booked', ...more }
}

const hours = (providerId: string, spans: readonly [string, string][], more: Partial<AvailabilityRule> = {}): AvailabilityRule[] =>
  [1, 2, 3, 4, 5].flatMap((weekday) => spans.map(([from, to]) => ({ id: `${providerId}${weekday}${from}`, providerId, weekday, startMin: hm(from), endMin: hm(to), validFrom: null, validTo: null, ...more })))

const open = (more: Partial<Openings> = {}): Openings => ({ hours: hours('haddad', [['8:00', '12:00'], ['13:00', '17:00']]), blocks: [], shifts: [], leaves: [], holidays: [], appointments: [], zone: ZONE, ...more })
const block = (from: string, to: string): ScheduleBlock => ({ id: 'b', providerId: 'haddad', startsAt: at(hm(from)), endsAt: at(hm(to)), title: 'Hospital round' })
const starts = (slots: readonly { startsAt: string }[]): string[] => slots.map(({ startsAt }) => `${Math.floor(minuteOfDay(startsAt, ZONE) / 60)}:${String(minuteOfDay(startsAt, ZONE) % 60).padStart(2, '0')}`)
const search = { providerIds: ['haddad'], from: at(0), durationMin: 30, limit: 3, days: 14 }

describe('the end of the calendar', () => {
  it('is not the end of the program: the last evening of the year 9999 has slots and an end', () => {
    const always = open({ hours: [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ id: `h${weekday}`, providerId: 'haddad', weekday, startMin: 0, endMin: 1_440, validFrom: null, validTo: null })) })
    expect(nextFreeSlots(always, { providerIds: ['haddad'], from: '9999-12-31T23:00:00.000Z', durationMin: 30, limit: 5, days: 3 }).length).toBeLessThanOrEqual(5)
  })
})

describe('findConflicts', () => {
  const wanted = booking('9:00', 30, { roomId: 'room1' })
  it.each<[string, Booking, boolean]>([
    ['the same provider at the same time', booking('9:00', 30), true],
    ['the provider one minute into it', booking('8:31', 30), true],
    ['a visit that ends when it begins', booking('8:30', 30), false],
    ['a visit that begins when it ends', booking('9:30', 30), false],
    ['another provider in another room', booking('9:00', 30, { providerId: 'lee', roomId: 'room2' }), false],
    ['another provider in the same room', booking('9:00', 30, { providerId: 'lee', roomId: 'room1' }), true],
    ['another provider without a room', booking('9:00', 30, { providerId: 'lee' }), false],
    ['a cancelled visit', booking('9:00', 30, { status: 'cancelled' }), false],
    ['a no-show', booking('9:00', 30, { status: 'no-show' }), false],
    ['a finished visit of the provider', booking('9:00', 30, { status: 'fulfilled' }), true],
    ['a finished visit that has left the room', booking('9:00', 30, { providerId: 'lee', roomId: 'room1', status: 'fulfilled' }), false],
    ['itself', { ...wanted }, false],
  ])('%s', (_name, other, conflicts) => {
    expect(findConflicts([other], wanted)).toEqual(conflicts ? [other] : [])
  })

  it('is the same from both sides', () => {
    fc.assert(fc.property(anyBooking, anyBooking, (a, b) => {
      expect(findConflicts([a], b).length).toBe(findConflicts([b], a).length)
    }))
  })
})

const liveStatus = fc.constantFrom<AppointmentStatus>('booked', 'arrived', 'roomed', 'in-progress')
const anyBooking: fc.Arbitrary<Booking> = fc.record({
  id: fc.uuid(), providerId: fc.constantFrom('haddad', 'lee'), roomId: fc.constantFrom(null, 'room1', 'room2'), status: liveStatus,
  start: fc.integer({ min: 8 * 60, max: 17 * 60 }), length: fc.constantFrom(15, 30, 45, 60),
}).map(({ start, length, ...rest }) => ({ ...rest, startsAt: at(start), endsAt: addMinutes(at(start), length) }))

describe('steps', () => {
  const allowed: Record<Step, readonly AppointmentStatus[]> = {
    arrive: ['proposed', 'booked'],
    room: ['arrived', 'roomed'],
    start: ['arrived', 'roomed'],
    complete: ['arrived', 'roomed', 'in-progress'],
    cancel: ['proposed', 'booked', 'arrived'],
    markNoShow: ['proposed', 'booked'],
  }
  it.each(Object.keys(steps) as Step[])('%s is allowed from these statuses and no other', (step) => {
    expect(appointmentStatuses.filter((status) => canStep(status, step))).toEqual(appointmentStatuses.filter((status) => allowed[step].includes(status)))
  })
  it('leaves the ends of the way as they are', () => {
    const ends: AppointmentStatus[] = ['fulfilled', 'cancelled', 'no-show']
    for (const end of ends) expect(Object.keys(steps).filter((step) => canStep(end, step as Step))).toEqual([])
  })
  it('moves only what has not begun', () => {
    expect(appointmentStatuses.filter(canMove)).toEqual(['proposed', 'booked', 'arrived'])
  })
})

describe('nextFreeSlots', () => {
  it('begins with the opening hour and steps over what is taken', () => {
    expect(starts(nextFreeSlots(open(), search))).toEqual(['8:00', '8:15', '8:30'])
    expect(starts(nextFreeSlots(open({ appointments: [booking('8:00', 60)] }), search))).toEqual(['9:00', '9:15', '9:30'])
  })
  it('fits before a break exactly, and goes on after it', () => {
    expect(starts(nextFreeSlots(open(), { ...search, from: at(hm('11:30')) }))).toEqual(['11:30', '13:00', '13:15'])
  })
  it('takes a block out of the hours', () => {
    expect(starts(nextFreeSlots(open({ blocks: [block('8:00', '10:00')] }), search))).toEqual(['10:00', '10:15', '10:30'])
  })
  it('goes on to the next day with hours, and finds nothing where there are none', () => {
    const late = { ...search, from: at(hm('16:45')) }
    expect(nextFreeSlots(open(), late)[0]?.startsAt).toBe(at(hm('8:00'), '2026-11-18'))
    expect(nextFreeSlots(open(), { ...late, days: 1 })).toEqual([])
    expect(nextFreeSlots(open({ hours: [] }), search)).toEqual([])
  })
  it('orders by time, then by provider as asked', () => {
    const both = open({ hours: [...hours('lee', [['8:30', '12:00']]), ...hours('haddad', [['8:00', '9:00']])] })
    expect(nextFreeSlots(both, { ...search, providerIds: ['lee', 'haddad'] }).map((slot) => slot.providerId)).toEqual(['haddad', 'haddad', 'lee'])
  })
  it('keeps a room free that is asked for, and lets a moved visit pass its own time', () => {
    const taken = booking('8:00', 30, { providerId: 'lee', roomId: 'room1' })
    expect(starts(nextFreeSlots(open({ appointments: [taken] }), { ...search, roomId: 'room1' }))[0]).toBe('8:30')
    expect(starts(nextFreeSlots(open({ appointments: [taken] }), { ...search, roomId: 'room2' }))[0]).toBe('8:00')
    const own = booking('8:00', 30)
    expect(starts(nextFreeSlots(open({ appointments: [own] }), { ...search, movingId: own.id }))[0]).toBe('8:00')
  })
  it('holds to the days that hours are valid for', () => {
    const soon = open({ hours: hours('haddad', [['8:00', '12:00']], { validFrom: '2026-11-19' }) })
    expect(nextFreeSlots(soon, search)[0]?.startsAt).toBe(at(hm('8:00'), '2026-11-19'))
    expect(nextFreeSlots(open({ hours: hours('haddad', [['8:00', '12:00']], { validTo: '2026-11-16' }) }), search)).toEqual([])
  })

  it.each([
    ['into summer time', '2026-03-06', '2026-03-09'],
    ['out of summer time', '2026-10-30', '2026-11-02'],
  ])('keeps to the wall clock over the weekend %s', (_name, friday, monday) => {
    const found = nextFreeSlots(open(), { ...search, from: at(hm('16:30'), friday) })
    expect(found.map((slot) => slot.startsAt)).toEqual([at(hm('16:30'), friday), at(hm('8:00'), monday), at(hm('8:15'), monday)])
    expect(starts(found)).toEqual(['16:30', '8:00', '8:15'])
  })
  it('counts real minutes through the night in which the clock changes', () => {
    const night = { hours: [{ id: 'n', providerId: 'haddad', weekday: 0, startMin: 0, endMin: hm('4:00'), validFrom: null, validTo: null }], blocks: [], shifts: [], leaves: [], holidays: [], appointments: [], zone: ZONE }
    const all = (date: string) => nextFreeSlots(night, { ...search, from: at(0, date), durationMin: 60, limit: 50, days: 1 })
    expect(all('2026-03-08')).toHaveLength(9) // 3 real hours
    expect(all('2026-11-01')).toHaveLength(17) // 5 real hours
    expect(all('2026-11-08')).toHaveLength(13)
  })

  it('gives only slots that fit, in order, each of the asked length', () => {
    fc.assert(fc.property(fc.array(anyBooking, { maxLength: 12 }), fc.constantFrom(15, 30, 60), fc.integer({ min: 0, max: 1439 }), (appointments, durationMin, minute) => {
      const openings = open({ appointments, blocks: [block('14:00', '15:00')], hours: [...open().hours, ...hours('lee', [['9:00', '13:00']])] })
      const found = nextFreeSlots(openings, { providerIds: ['haddad', 'lee'], from: at(minute), durationMin, limit: 8, days: 7 })
      expect(found).toHaveLength(8)
      found.forEach((slot, i) => {
        expect(slot.startsAt >= at(minute)).toBe(true)
        expect(minutesBetween(slot.startsAt, slot.endsAt)).toBe(durationMin)
        expect(fitOf(openings, { ...slot, id: 'new', roomId: null })).toEqual({ kind: 'fits' })
        expect(i === 0 || (found[i - 1]?.startsAt ?? '') <= slot.startsAt).toBe(true)
      })
    }))
  })
  it('misses no slot on the quarter hour', () => {
    fc.assert(fc.property(fc.array(anyBooking, { maxLength: 12 }), (appointments) => {
      const openings = open({ appointments })
      const found = new Set(nextFreeSlots(openings, { ...search, limit: 100, days: 1 }).map((slot) => slot.startsAt))
      for (let minute = 0; minute < 1440; minute += 15) {
        const wanted = { id: 'new', providerId: 'haddad', roomId: null, startsAt: at(minute), endsAt: addMinutes(at(minute), 30) }
        expect(found.has(wanted.startsAt)).toBe(fitOf(openings, wanted).kind === 'fits')
      }
    }), { numRuns: 40 })
  })
})

describe('fitOf', () => {
  const wanted = (from: string, minutes = 30) => ({ ...booking(from, minutes), id: 'new' })
  it('names what stands in the way', () => {
    const taken = booking('9:00', 30)
    const day = open({ appointments: [taken], blocks: [block('14:00', '15:00')] })
    expect(fitOf(day, wanted('9:15'))).toEqual({ kind: 'taken', by: [taken] })
    expect(fitOf(day, wanted('14:45'))).toEqual({ kind: 'blocked', by: day.blocks[0] })
    expect(fitOf(day, wanted('11:45'))).toEqual({ kind: 'outside-hours' })
    expect(fitOf(day, wanted('6:00'))).toEqual({ kind: 'outside-hours' })
    expect(fitOf(day, wanted('11:30'))).toEqual({ kind: 'fits' })
  })
})

describe('openHours', () => {
  it('gives spans in order, with the break between them', () => {
    const spans = openHours(open({ hours: [...hours('haddad', [['13:00', '17:00']]), ...hours('haddad', [['8:00', '12:00']])] }), 'haddad', TUESDAY)
    expect(spans).toEqual([{ startsAt: at(hm('8:00')), endsAt: at(hm('12:00')) }, { startsAt: at(hm('13:00')), endsAt: at(hm('17:00')) }])
  })
})

describe('freeRooms', () => {
  const rooms: Room[] = [1, 2, 3].map((n) => ({ id: `room${n}`, name: `Room ${n}`, kind: 'exam', sortOrder: n, isActive: true }))
  const names = (list: readonly Room[]) => list.map((room) => room.name)
  it('offers the planned room, then the ones this provider uses, then the others in order', () => {
    const used = booking('8:00', 30, { roomId: 'room2', status: 'fulfilled' })
    expect(names(freeRooms(rooms, [used], booking('10:00', 30)))).toEqual(['Room 2', 'Room 1', 'Room 3'])
    expect(names(freeRooms(rooms, [used], booking('10:00', 30, { roomId: 'room3' })))).toEqual(['Room 3', 'Room 2', 'Room 1'])
  })
  it('leaves out a room with somebody in it, also when that visit should have ended', () => {
    const late = booking('9:00', 15, { providerId: 'lee', roomId: 'room1', status: 'in-progress' })
    expect(names(freeRooms(rooms, [late], booking('10:00', 30)))).toEqual(['Room 2', 'Room 3'])
  })
  it('leaves out a room that is planned for another patient at this time', () => {
    const planned = booking('10:15', 30, { providerId: 'lee', roomId: 'room1' })
    expect(names(freeRooms(rooms, [planned], booking('10:00', 30)))).toEqual(['Room 2', 'Room 3'])
  })
  it('never offers what is not a place for a patient', () => {
    const odd: Room[] = [{ ...rooms[0]!, kind: 'lab' }, { ...rooms[1]!, isActive: false }, { ...rooms[2]!, kind: 'treatment' }]
    expect(names(freeRooms(odd, [], booking('10:00', 30)))).toEqual(['Room 3'])
  })
})

describe('areHoursSound', () => {
  const span = (weekday: number, startMin: number, endMin: number) => ({ weekday, startMin, endMin })
  it.each([
    ['a day with a break', [span(1, 480, 720), span(1, 780, 1020)], true],
    ['spans that touch', [span(1, 480, 720), span(1, 720, 1020)], true],
    ['the same time on two days', [span(1, 480, 720), span(2, 480, 720)], true],
    ['spans that overlap', [span(1, 480, 720), span(1, 700, 1020)], false],
    ['a span that ends before it begins', [span(1, 720, 480)], false],
    ['nothing at all', [], true],
  ])('%s', (_name, week, sound) => {
    expect(areHoursSound(week)).toBe(sound)
  })
})

describe('overlaps', () => {
  it('is false for times that only touch', () => {
    expect(overlaps(booking('9:00', 30), booking('9:30', 30))).toBe(false)
  })
})
