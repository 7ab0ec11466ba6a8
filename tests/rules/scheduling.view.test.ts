import { describe, expect, it } from 'vitest'
import type { Day } from '#shared/domains/scheduling/contract.ts'
import { plainType, type AppointmentStatus, type DayAppointment } from '#shared/domains/scheduling/model.ts'
import { addMinutes, instantInZone } from '#shared/kernel/time.ts'
import { cycle, lengthChoices, mergeOffers, parseTime, usualType, walkInOffers } from '#renderer/domains/scheduling/view.booking.ts'
import { nextWeekFrom, parseSpans, spansText, weekOn } from '#renderer/domains/scheduling/view.hours.ts'
import { clock } from '#renderer/ui/format.ts'
import { dayCounts, dayView, nearestTo, neighbour, providerName, waitingList, withLanes } from '#renderer/domains/scheduling/view.ts'

const ZONE = 'America/New_York'
const DATE = '2026-11-17'
const at = (text: string): string => instantInZone(DATE, Number(text.split(':')[0]) * 60 + Number(text.split(':')[1]), ZONE)
const context = { zone: ZONE, now: at('10:12') }

let count = 0
function visit(start: string, minutes: number, status: AppointmentStatus = 'booked', more: Partial<DayAppointment> = {}): DayAppointment {
  const id = `a${(count += 1)}`
  const startsAt = at(start)
  return {
    id, patientId: `p${id}`, providerId: 'haddad', roomId: null, typeId: null, startsAt, endsAt: addMinutes(startsAt, minutes), reason: 'Cough, fever',
    status, arrivedAt: at('9:54'), roomedAt: at('10:08'), startedAt: at('10:01'), fulfilledAt: null, leftAt: null, cancelledAt: null, cancelReason: null, version: 1,
    bufferBeforeMin: 0, bufferAfterMin: 0, telehealthUrl: null, seriesId: null, seriesPlace: null, capacity: 1, seriesVisits: null, missedReason: null,
    isRestricted: false,
    patient: { id: `p${id}`, mrn: 104_218, familyName: `Lopez${id}`, givenName: 'Maria Elena', sex: 'female', birthDate: '1958-03-12', phone: null },
    typeName: 'Follow-up', typeColour: null, roomName: null, encounterId: null, ...more,
  }
}
const hours = (providerId: string, spans: [number, number][]) => spans.map(([startMin, endMin]) => ({ id: `${providerId}${startMin}`, providerId, weekday: 2, startMin, endMin, validFrom: null, validTo: null }))
const staff = (id: string) => ({ id, familyName: id, givenName: 'Amira', title: 'Dr.', credentials: 'MD', npi: null, isProvider: true, isActive: true, sortOrder: 1 })
const day = (appointments: DayAppointment[], more: Partial<Day> = {}): Day => ({
  date: DATE, providers: [staff('haddad')], hours: hours('haddad', [[480, 720], [780, 1020]]), blocks: [], shifts: [], leaves: [], holidays: [], outages: [], equipmentBookings: [], appointments, ...more,
})
const columnOf = (one: Day) => dayView(one, context).columns[0]!

describe('a block of the day', () => {
  it('says who, why, where and for how long', () => {
    const [block] = columnOf(day([visit('10:30', 30, 'roomed', { roomId: 'r', roomName: 'Room 2' })])).blocks
    expect(block).toMatchObject({ startMin: 630, endMin: 660, line: '68 F · Cough, fever · Room 2', timerMin: 4 })
    expect(block?.label).toMatch(/^10:30, Lopeza\d+, Maria Elena, 68 F, roomed 4 minutes$/)
  })
  it.each<[AppointmentStatus, number | undefined]>([
    ['booked', undefined], ['arrived', 18], ['roomed', 4], ['in-progress', 11], ['fulfilled', undefined], ['no-show', undefined],
  ])('%s has the timer %s', (status, minutes) => {
    expect(columnOf(day([visit('10:00', 15, status)])).blocks[0]?.timerMin).toBe(minutes)
  })
  it('has no timer on another day, where nobody is waiting', () => {
    const tomorrow = { ...context, now: instantInZone('2026-11-18', 600, ZONE) }
    expect(dayView(day([visit('10:00', 15, 'arrived')]), tomorrow).columns[0]?.blocks[0]?.timerMin).toBeUndefined()
  })
  it('falls back to the visit type, and tells nobody a room before they are in it', () => {
    expect(columnOf(day([visit('10:00', 15, 'booked', { reason: null, roomName: 'Room 1' })])).blocks[0]?.line).toBe('68 F · Follow-up')
  })
  it('is not drawn when cancelled', () => {
    expect(columnOf(day([visit('10:00', 15, 'cancelled')])).blocks).toEqual([])
  })
  it('marks the same family and first name on one day with the birth year, whatever the accents', () => {
    const named = (start: string, familyName: string, givenName: string, birthDate: string) => {
      const one = visit(start, 15)
      return { ...one, patient: { ...one.patient, familyName, givenName, birthDate } }
    }
    const { blocks } = columnOf(day([named('9:00', 'López', 'María', '1958-03-12'), named('9:15', 'Lopez', 'Maria Elena', '1990-07-01'), named('9:30', 'Lopez', 'Mario', '1990-07-01')]))
    expect(blocks.map((block) => [block.name, block.isSameName])).toEqual([['López, María 1958', true], ['Lopez, Maria Elena 1990', true], ['Lopez, Mario', false]])
  })
  it('does not take two visits of one patient for namesakes', () => {
    const first = visit('9:00', 15)
    const second = { ...visit('11:00', 15), patientId: first.patientId, patient: first.patient }
    expect(columnOf(day([first, second])).blocks.map((block) => block.isSameName)).toEqual([false, false])
  })
})

describe('a column of the day', () => {
  it('hatches what is not open, with its reason', () => {
    const block = { id: 'b', providerId: 'haddad', startsAt: at('14:00'), endsAt: at('14:30'), title: 'Hospital round' }
    const view = dayView(day([], { providers: [staff('haddad'), staff('lee')], hours: [...hours('haddad', [[480, 720], [780, 1020]]), ...hours('lee', [[510, 1020]])], blocks: [block] }), context)
    expect([view.fromMin, view.toMin]).toEqual([480, 1020])
    expect(view.columns[0]?.closed).toEqual([{ startMin: 720, endMin: 780, kind: 'break', title: 'Lunch' }, { startMin: 840, endMin: 870, kind: 'block', title: 'Hospital round' }])
    expect(view.columns[1]?.closed).toEqual([{ startMin: 480, endMin: 510, kind: 'off', title: 'From 8:30' }])
  })
  it('is closed on a day without hours, and reaches out for a visit before them', () => {
    const view = dayView(day([visit('7:30', 30)], { hours: [] }), context)
    expect([view.fromMin, view.toMin]).toEqual([420, 1020])
    expect(view.columns[0]?.closed).toEqual([{ startMin: 420, endMin: 1020, kind: 'off', title: 'Not in' }])
  })
  it('is covered by leave over several days', () => {
    const leave = { id: 'b', providerId: 'haddad', startsAt: '2026-11-10T05:00:00.000Z', endsAt: '2026-11-20T05:00:00.000Z', title: 'Leave' }
    expect(columnOf(day([], { blocks: [leave] })).closed).toContainEqual({ startMin: 480, endMin: 1020, kind: 'block', title: 'Leave' })
  })
  it('says its rooms and how many come', () => {
    const rooms = ['Room 2', 'Room 1', 'Room 2'].map((roomName, i) => visit(`${9 + i}:00`, 15, 'fulfilled', { roomName }))
    expect(columnOf(day(rooms))).toMatchObject({ name: 'Dr. haddad', note: ['Rooms 1, 2', '3 today'] })
    expect(columnOf(day([])).note).toEqual(['0 today'])
    expect(providerName({ ...staff('Okafor'), title: null, givenName: 'Tom', credentials: 'RN' })).toBe('Tom Okafor, RN')
  })
  it('puts a no-show beside whoever got the time', () => {
    const { blocks } = columnOf(day([visit('9:00', 30, 'no-show'), visit('9:15', 30), visit('10:00', 15)]))
    expect(blocks.map(({ lane, lanes }) => [lane, lanes])).toEqual([[0, 2], [1, 2], [0, 1]])
  })
})

describe('withLanes', () => {
  it('uses a lane again as soon as it is free', () => {
    const span = (startMin: number, endMin: number) => ({ startMin, endMin, lane: 0, lanes: 1 })
    expect(withLanes([span(0, 60), span(10, 20), span(20, 30), span(60, 70)]).map(({ lane, lanes }) => [lane, lanes])).toEqual([[0, 2], [1, 2], [1, 2], [0, 1]])
  })
})

describe('the strip', () => {
  it('counts each stage and names the longest wait', () => {
    const all = day([visit('9:00', 15, 'fulfilled'), visit('9:15', 15, 'arrived'), visit('9:30', 15, 'arrived', { arrivedAt: at('10:00') }), visit('9:45', 15, 'roomed'), visit('10:00', 15, 'in-progress'), visit('11:00', 15), visit('11:15', 15, 'proposed'), visit('11:30', 15, 'no-show')])
    expect(dayCounts(all, context)).toEqual({ booked: 2, waiting: 2, longestWaitMin: 18, roomed: 1, withDoctor: 1, checkout: 1, done: 0 })
    // Whoever has left is done, and of another day nobody is asked whether they have.
    const gone = all.appointments.map((one) => ({ ...one, leftAt: one.status === 'fulfilled' ? at('10:00') : null }))
    expect(dayCounts({ ...all, appointments: gone }, context)).toMatchObject({ checkout: 0, done: 1 })
    expect(dayCounts(all, { ...context, now: addMinutes(context.now, 1_440) })).toMatchObject({ checkout: 0, done: 1 })
    expect(waitingList(all).map((one) => one.arrivedAt)).toEqual([at('9:54'), at('10:00')])
    expect(dayCounts(day([]), context).longestWaitMin).toBeUndefined()
  })
})

describe('the keys', () => {
  const column = columnOf(day([visit('9:00', 15), visit('10:00', 15), visit('11:00', 15)]))
  const ids = column.blocks.map((block) => block.appointment.id)
  it('go from one appointment to the next and stop at the ends', () => {
    expect(neighbour(column, ids[0], 1)).toBe(ids[1])
    expect(neighbour(column, ids[0], -1)).toBe(ids[0])
    expect(neighbour(column, ids[2], 1)).toBe(ids[2])
    expect(neighbour(column, undefined, 1)).toBe(ids[0])
    expect(neighbour(undefined, undefined, 1)).toBeUndefined()
  })
  it('land in another column at the same time of day', () => {
    expect(nearestTo(column, 605)).toBe(ids[1])
    expect(nearestTo(column, 630)).toBe(ids[1])
    expect(nearestTo(column, 1200)).toBe(ids[2])
    expect(nearestTo(columnOf(day([])), 600)).toBeUndefined()
  })
})

describe('parseTime', () => {
  it.each<[string, number | undefined]>([
    ['11', 660], ['11:30', 690], ['1130', 690], ['9.15', 555], ['2', 840], ['2:15', 855], ['2p', 840], ['2:15 pm', 855], ['8 am', 480],
    ['12', 720], ['12 am', 0], ['12pm', 720], ['14:15', 855], ['7', 420], ['6', 1080], ['0:30', 30],
    ['', undefined], ['noon', undefined], ['25', undefined], ['9:75', undefined], ['13 pm', undefined],
  ])('%s', (text, minute) => {
    expect(parseTime(text)).toBe(minute)
  })
})

it('reads every time of day back as it was written', () => {
  for (let minute = 0; minute < 1440; minute += 5) expect(parseTime(clock(minute))).toBe(minute)
})

describe('mergeOffers', () => {
  const slot = (providerId: string, start: string) => ({ providerId, startsAt: at(start), endsAt: addMinutes(at(start), 15) })
  it('keeps the chosen provider first and the soonest of anybody second', () => {
    const own = [slot('lindqvist', '11:45'), slot('lindqvist', '13:00')]
    const offers = mergeOffers(own, slot('lee', '10:30'))
    expect(offers.map((offer) => [offer.providerId, offer.isSoonest])).toEqual([['lindqvist', false], ['lee', true], ['lindqvist', false]])
  })
  it('says nothing of a soonest that is not sooner', () => {
    const own = [slot('lindqvist', '11:45')]
    expect(mergeOffers(own, slot('lindqvist', '11:45'))).toEqual([{ ...own[0], isSoonest: false, isSqueezed: false }])
    expect(mergeOffers(own, slot('lee', '12:00'))).toHaveLength(1)
    expect(mergeOffers([], undefined)).toEqual([])
  })
})

describe('walkInOffers', () => {
  const starts = (one: Day, now: string, durationMin = 30) => walkInOffers(one, { providerId: null, durationMin, now, zone: ZONE }).map((offer) => [offer.startsAt, offer.isSqueezed])
  it('begin with the quarter hour that has begun and stay within today', () => {
    expect(starts(day([]), at('16:20'))).toEqual([[at('16:15'), false], [at('16:30'), false], [at('16:45'), true], [at('17:00'), true], [at('17:15'), true]])
  })
  it('squeeze into the break when the hours are full, but never onto another visit', () => {
    const full = day([visit('8:00', 240), visit('13:00', 240)])
    expect(starts(full, at('10:12'))[0]).toEqual([at('12:00'), true])
  })
})

describe('choices', () => {
  it('turn round at the ends', () => {
    expect(cycle(['a', 'b', null], null, 1)).toBe('a')
    expect(cycle(['a', 'b', null], 'a', -1)).toBeNull()
  })
  it('begin with the type that is booked most on the day', () => {
    const type = (id: string) => ({ ...plainType, id, name: id, durationMin: 15, isActive: true, sortOrder: 1 })
    expect(usualType([type('new'), type('follow-up')], day([visit('9:00', 15, 'booked', { typeId: 'follow-up' })]))?.id).toBe('follow-up')
    expect(usualType([type('new'), type('follow-up')], day([]))?.id).toBe('new')
  })
  it('offer the visit type’s own length', () => {
    expect(lengthChoices(20)).toEqual([15, 20, 30, 45, 60, 75, 90, 120])
    expect(lengthChoices(30)).toEqual([15, 30, 45, 60, 75, 90, 120])
  })
})

describe('hours as they are written', () => {
  it.each<[string, [number, number][] | undefined]>([
    ['8-12, 1-5', [[480, 720], [780, 1020]]],
    ['8:30 to 12:00 and 13:00 to 17:00', [[510, 720], [780, 1020]]],
    ['8–5', [[480, 1020]]],
    ['', []],
    ['closed', undefined],
    ['8-12-5', undefined],
    ['8', undefined],
  ])('%s', (text, spans) => {
    expect(parseSpans(text)).toEqual(spans?.map(([startMin, endMin]) => ({ startMin, endMin })))
  })
  it('are read back as the same hours', () => {
    const spans = [{ startMin: 480, endMin: 720 }, { startMin: 795, endMin: 1020 }]
    expect(spansText(spans)).toBe('8:00 am to 12:00 pm, 1:15 pm to 5:00 pm')
    expect(parseSpans(spansText(spans))).toEqual(spans)
  })
  it('are those that hold on the day, and name the day another week begins', () => {
    const rule = (weekday: number, startMin: number, validFrom: string | null, validTo: string | null) => ({ id: `${weekday}${startMin}`, providerId: 'haddad', weekday, startMin, endMin: 720, validFrom, validTo })
    const rules = [rule(1, 480, null, '2026-11-22'), rule(1, 540, '2026-11-23', null)]
    expect(weekOn(rules, 'haddad', '2026-11-20')[1]).toMatchObject([{ startMin: 480 }])
    expect(weekOn(rules, 'haddad', '2026-11-23')[1]).toMatchObject([{ startMin: 540 }])
    expect(nextWeekFrom(rules, 'haddad', '2026-11-20')).toBe('2026-11-23')
    expect(nextWeekFrom(rules, 'haddad', '2026-11-23')).toBeUndefined()
  })
})
