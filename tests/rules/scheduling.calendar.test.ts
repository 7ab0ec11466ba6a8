import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Day, Week } from '#shared/domains/scheduling/contract.ts'
import type { DayAppointment } from '#shared/domains/scheduling/model.ts'
import { openMinutesByDay } from '#shared/domains/scheduling/rules.occupancy.ts'
import { fitOf } from '#shared/domains/scheduling/rules.slots.ts'
import { addDays, addMinutes, instantInZone, minutesBetween, weekdayOf } from '#shared/kernel/time.ts'
import { daySheets } from '#renderer/domains/scheduling/print/view.day-sheet.ts'
import { roomLanes, weekLanes } from '#renderer/domains/scheduling/view.columns.ts'
import { movingWords } from '#renderer/domains/scheduling/view.fit.ts'
import { monthCells } from '#renderer/domains/scheduling/view.month.ts'
import { lengthAt, lengthBy, placeAt, startAt, startBy } from '#renderer/domains/scheduling/view.moving.ts'
import { addMonths, mondayOf, monthDates, partsOf, placeFrom, placeWords, stepDate, type CalendarPlace } from '#renderer/domains/scheduling/view.place.ts'
import { dayView } from '#renderer/domains/scheduling/view.ts'

const ZONE = 'America/New_York'
const MONDAY = '2026-11-16'
const at = (date: string, minute: number): string => instantInZone(date, minute, ZONE)

let count = 0
function visit(date: string, minute: number, minutes: number, more: Partial<DayAppointment> = {}): DayAppointment {
  const id = `c${(count += 1)}`
  return {
    id, patientId: `p${id}`, providerId: 'haddad', roomId: null, typeId: null, startsAt: at(date, minute), endsAt: addMinutes(at(date, minute), minutes), reason: 'Cough', status: 'booked',
    arrivedAt: null, roomedAt: null, startedAt: null, fulfilledAt: null, leftAt: null, cancelledAt: null, cancelReason: null, version: 1, bufferBeforeMin: 0, bufferAfterMin: 0, telehealthUrl: null, seriesId: null, seriesPlace: null, capacity: 1, seriesVisits: null, missedReason: null,
    isRestricted: false, typeName: 'Follow-up', typeColour: null, roomName: null, encounterId: null,
    patient: { id: `p${id}`, mrn: 104_218, familyName: `Lopez${id}`, givenName: 'Maria', sex: 'female', birthDate: '1958-03-12', phone: '5550142216' }, ...more,
  }
}
const staff = (id: string, familyName = id) => ({ id, familyName, givenName: 'Amira', title: 'Dr.', credentials: 'MD', npi: null, isProvider: true, isActive: true, sortOrder: 1 })
const room = (id: string, more: object = {}) => ({ id, name: `Room ${id}`, kind: 'exam' as const, sortOrder: Number(id), isActive: true, ...more })
const weekdays = (providerId: string, spans: [number, number][]) => [1, 2, 3, 4, 5].flatMap((weekday) => spans.map(([startMin, endMin]) => ({ id: `${providerId}${weekday}${startMin}`, providerId, weekday, startMin, endMin, validFrom: null, validTo: null })))
const day = (appointments: DayAppointment[], more: Partial<Day> = {}): Day => ({
  date: MONDAY, providers: [staff('haddad', 'Haddad'), staff('lee', 'Lee')], hours: [...weekdays('haddad', [[480, 720], [780, 1020]]), ...weekdays('lee', [[540, 960]])],
  blocks: [], shifts: [], leaves: [], holidays: [], outages: [], equipmentBookings: [], appointments, ...more,
})
const week = (appointments: DayAppointment[], more: Partial<Week> = {}): Week => ({ ...day(appointments), providerId: 'haddad', ...more })
const context = { zone: ZONE, now: at(MONDAY, 600) }

describe('the address of the calendar', () => {
  it.each<[Partial<CalendarPlace>, string[]]>([
    [{}, []], [{ date: MONDAY }, [MONDAY]], [{ view: 'rooms' }, ['today', 'rooms']], [{ view: 'week', date: MONDAY, providerId: 'x' }, [MONDAY, 'week', 'x']], [{ view: 'rooms', providerId: 'x' }, ['today', 'rooms']],
  ])('%j is %j', (place, parts) => {
    const whole: CalendarPlace = { view: 'day', date: undefined, providerId: undefined, ...place }
    expect(partsOf(whole)).toEqual(parts)
    expect(placeFrom(['/day', ...parts].join('/'))).toEqual(whole.view === 'rooms' ? { ...whole, providerId: undefined } : whole)
  })
  it('takes what it does not know for today by provider', () => {
    expect(placeFrom('/day/2026-13-99/decade')).toEqual({ view: 'day', date: undefined, providerId: undefined })
  })
  it('steps by day, week and month, and a month that is shorter ends the step', () => {
    expect([stepDate('day', MONDAY, 1), stepDate('rooms', MONDAY, -1), stepDate('week', MONDAY, 1), stepDate('month', '2027-01-31', 1)]).toEqual(['2026-11-17', '2026-11-15', '2026-11-23', '2027-02-28'])
    expect(addMonths('2026-12-15', 1)).toBe('2027-01-15')
  })
  it('names what it shows', () => {
    expect([placeWords('day', MONDAY), placeWords('week', '2026-11-18'), placeWords('week', '2026-12-01'), placeWords('week', '2026-12-30'), placeWords('month', MONDAY)])
      .toEqual(['Mon 16 Nov 2026', '16 to 22 Nov 2026', '30 Nov to 6 Dec 2026', '28 Dec 2026 to 3 Jan 2027', 'November 2026'])
  })
  it('draws whole weeks around any month, from Monday on', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 30_000 }), (days) => {
      const date = addDays('1999-01-01', days)
      const dates = monthDates(date)
      expect(dates).toContain(date)
      expect(weekdayOf(dates[0] ?? '')).toBe(1)
      expect(dates.length % 7).toBe(0)
      expect(dates.slice(0, 7).some((one) => one.endsWith('-01'))).toBe(true)
      expect(dates.slice(-7).some((one) => one.slice(0, 7) === date.slice(0, 7))).toBe(true)
      expect(mondayOf(date) <= date).toBe(true)
    }))
  })
})

describe('columns', () => {
  it('of rooms stand in the clinic’s order, an unused one only with somebody in it, after those who have no room', () => {
    const one = day([visit(MONDAY, 540, 15, { roomId: '3' }), visit(MONDAY, 540, 15, { providerId: 'lee' })], {
      outages: [{ id: 'o', roomId: '1', equipmentId: null, startsAt: at(MONDAY, 600), endsAt: at(addDays(MONDAY, 1), 600), reason: 'Painting' }],
    })
    const { columns } = dayView(one, context, roomLanes(one, [room('2'), room('1'), room('3', { isActive: false }), room('4', { isActive: false })], ZONE))
    expect(columns.map((column) => [column.name, column.blocks.length, column.target.roomId])).toEqual([['No room', 1, null], ['Room 1', 0, '1'], ['Room 2', 0, '2'], ['Room 3', 1, '3']])
    expect(columns[1]?.closed).toEqual([{ startMin: 600, endMin: 1020, kind: 'outage', title: 'Painting' }])
  })
  it('of a week leave a weekend out on which nobody is in, and say why a day is closed', () => {
    const one = week([visit(addDays(MONDAY, 5), 600, 30), visit(addDays(MONDAY, 1), 600, 30)], {
      holidays: [{ id: 'h', date: addDays(MONDAY, 3), name: 'Founders’ day' }], leaves: [{ staffId: 'haddad', fromOn: addDays(MONDAY, 4), toOn: addDays(MONDAY, 4) }],
    })
    const { columns } = dayView(one, context, weekLanes(one, ZONE))
    expect(columns.map((column) => column.name)).toEqual(['Mon 16 Nov', 'Tue 17 Nov', 'Wed 18 Nov', 'Thu 19 Nov', 'Fri 20 Nov', 'Sat 21 Nov'])
    expect(columns.map((column) => column.blocks.length)).toEqual([0, 1, 0, 0, 0, 1])
    expect(columns[3]).toMatchObject({ note: ['Founders’ day'], closed: [{ kind: 'holiday', title: 'Founders’ day' }] })
    expect(columns[4]?.closed).toMatchObject([{ kind: 'away', title: 'Away' }])
  })
  it('take nobody for a namesake of somebody who comes on another day', () => {
    const named = { patient: { ...visit(MONDAY, 0, 5).patient, familyName: 'Reed' } }
    const other = { patient: { ...named.patient, id: 'other' }, patientId: 'other' }
    const one = week([visit(MONDAY, 600, 30, named), visit(addDays(MONDAY, 1), 600, 30, other)])
    expect(dayView(one, context, weekLanes(one, ZONE)).columns.flatMap((column) => column.blocks).map((block) => block.isSameName)).toEqual([false, false])
  })
  it('draw a visit across the hour that the clock repeats no shorter than five minutes, and what goes past midnight to its end', () => {
    const fallBack = '2026-11-01'
    const repeated = { ...visit(fallBack, 90, 15), startsAt: '2026-11-01T05:45:00.000Z', endsAt: '2026-11-01T06:15:00.000Z' } // 1:45 before, 1:15 after.
    const late = visit(fallBack, 1410, 60)
    const { columns } = dayView(day([repeated, late], { date: fallBack }), context)
    expect(columns[0]?.blocks.map((block) => [block.startMin, block.endMin])).toEqual([[105, 110], [1410, 1440]])
  })
})

describe('a block that is moved or made longer', () => {
  it('lands on the grid with its first step and keeps its minute in another column', () => {
    expect([startBy({ startMin: 550, durationMin: 15 }, 1, 15), startBy({ startMin: 550, durationMin: 15 }, -1, 15), startBy({ startMin: 550, durationMin: 15 }, 1, 5), startBy({ startMin: 550, durationMin: 15 }, 0, 15)]).toEqual([555, 540, 555, 550])
    expect([lengthBy({ startMin: 550, durationMin: 20 }, 1, 15), lengthBy({ startMin: 540, durationMin: 30 }, -1, 15), lengthBy({ startMin: 540, durationMin: 10 }, -3, 10)]).toEqual([35, 15, 5])
  })
  it('stays on its day, whatever is done to it', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 96 }), fc.constantFrom(5, 10, 15), fc.array(fc.integer({ min: -40, max: 40 }), { maxLength: 12 }), (startMin, fives, step, moves) => {
      let held = { startMin: Math.min(startMin, 1440 - fives * 5), durationMin: fives * 5 }
      for (const by of moves) {
        held = { ...held, startMin: startBy(held, by, step) }
        held = { ...held, durationMin: lengthBy(held, by, step) }
        held = { ...held, startMin: startAt(held.startMin, held.durationMin, step) }
        expect(held.durationMin).toBeGreaterThanOrEqual(5)
        expect(held.durationMin).toBeLessThanOrEqual(480)
        expect(held.startMin).toBeGreaterThanOrEqual(0)
        expect(held.startMin + held.durationMin).toBeLessThanOrEqual(1440)
      }
    }))
  })
  it('is pulled to where the pointer is, never below five minutes', () => {
    expect([lengthAt({ startMin: 540 }, 600), lengthAt({ startMin: 540 }, 500), lengthAt({ startMin: 540 }, 1440)]).toEqual([60, 5, 480])
  })
  it('takes from its column what that says, and keeps the rest', () => {
    const one = visit(MONDAY, 540, 30, { roomId: '1' })
    const held = { appointment: one, isResizing: false, columnId: '', startMin: 600, durationMin: 30 }
    const to = (target: object) => placeAt(held, { date: MONDAY, ...target }, ZONE)
    expect(to({ providerId: 'haddad' })).toEqual({ providerId: 'haddad', roomId: '1', startsAt: at(MONDAY, 600), endsAt: at(MONDAY, 630) })
    expect(to({ providerId: 'lee' })).toMatchObject({ providerId: 'lee', roomId: null })
    expect(to({ roomId: '2' })).toMatchObject({ providerId: 'haddad', roomId: '2' })
    expect(to({ roomId: null })).toMatchObject({ roomId: null })
    expect(to({ date: addDays(MONDAY, 2), providerId: 'haddad' })).toMatchObject({ roomId: '1', startsAt: at(addDays(MONDAY, 2), 600) })
    expect(placeAt({ ...held, isResizing: true, durationMin: 45 }, undefined, ZONE)).toEqual({ providerId: 'haddad', roomId: '1', startsAt: one.startsAt, endsAt: addMinutes(one.startsAt, 45) })
  })
  it('is as long after a night with a clock change as before it', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1380 }), fc.constantFrom('2026-03-08', '2026-11-01', MONDAY), (startMin, date) => {
      const one = visit(MONDAY, 540, 45)
      const wanted = placeAt({ appointment: one, isResizing: false, columnId: '', startMin, durationMin: 45 }, { date, providerId: 'haddad' }, ZONE)
      expect(minutesBetween(wanted?.startsAt ?? '', wanted?.endsAt ?? '')).toBe(45)
    }))
  })
  it('says what it runs into, and that a room is out of service', () => {
    const taken = visit(MONDAY, 600, 30)
    const open = { ...day([taken], { outages: [{ id: 'o', roomId: '2', equipmentId: null, startsAt: at(MONDAY, 480), endsAt: at(MONDAY, 700), reason: 'Leak' }] }), zone: ZONE }
    const one = visit(MONDAY, 570, 30)
    const longer = fitOf(open, { ...one, endsAt: at(MONDAY, 615) })
    expect(movingWords({ isResizing: true, startMin: 570, durationMin: 45, fit: longer })).toBe(`45 min, until 10:15 is taken: ${taken.patient.familyName}, Maria`)
    expect(fitOf(open, { ...one, roomId: '2' }).kind).toBe('out-of-service')
    expect(fitOf(open, { ...one, roomId: '2', startsAt: at(MONDAY, 720), endsAt: at(MONDAY, 750) }).kind).not.toBe('out-of-service')
  })
})

describe('how full a month is', () => {
  it('counts hours less blocks, nothing on a holiday, and a clock change as it is', () => {
    const frame = {
      ...day([]), zone: ZONE, hours: [...weekdays('haddad', [[480, 720]]), { id: 'sun', providerId: 'haddad', weekday: 0, startMin: 0, endMin: 1440, validFrom: null, validTo: null }],
      blocks: [{ id: 'b', providerId: 'haddad', startsAt: at(MONDAY, 660), endsAt: at(MONDAY, 800), title: 'Round' }, { id: 'l', providerId: 'lee', startsAt: at(MONDAY, 0), endsAt: at(MONDAY, 800), title: 'Round' }],
      holidays: [{ id: 'h', date: addDays(MONDAY, 1), name: 'Day off' }],
    }
    expect(openMinutesByDay(frame, ['haddad'], MONDAY, 3)).toEqual([180, 0, 240])
    expect(openMinutesByDay(frame, ['haddad'], '2026-03-08', 1)).toEqual([23 * 60])
    expect(openMinutesByDay(frame, ['haddad'], '2026-11-01', 1)).toEqual([25 * 60])
  })
  it('splits a night shift at midnight and adds providers up', () => {
    const shift = (staffId: string) => ({ id: staffId, staffId, date: MONDAY, kind: 'work' as const, startMin: 1320, endMin: 1800, breakStartMin: null, breakEndMin: null })
    const frame = { ...day([], { hours: [], shifts: [shift('haddad'), shift('lee')] }), zone: ZONE }
    expect(openMinutesByDay(frame, ['haddad', 'lee'], MONDAY, 2)).toEqual([240, 720])
    expect(openMinutesByDay(frame, ['haddad'], MONDAY, 1)).toEqual([120])
  })
  it('is said with the free time, and never above a hundred', () => {
    const row = (openMin: number, bookedMin: number, holiday: string | null = null) => ({ date: MONDAY, openMin, bookedMin, visits: 3, holiday })
    const cell = (one: ReturnType<typeof row>) => monthCells([MONDAY], [one], MONDAY)[0]
    expect(cell(row(480, 120))).toMatchObject({ percent: 25, line: '6 h free', tone: 'free', label: 'Mon 16 Nov 2026, 25 percent booked, 3 visits, 6 h free' })
    expect(cell(row(480, 400))).toMatchObject({ percent: 83, line: '1 h 15 min free', tone: 'filling' })
    expect(cell(row(480, 600))).toMatchObject({ percent: 100, line: 'Full', tone: 'full' })
    expect(cell(row(5_760, 0))).toMatchObject({ line: '96 h free' })
    expect(cell(row(0, 0, 'Thanksgiving'))).toMatchObject({ percent: undefined, tone: 'closed', label: 'Mon 16 Nov 2026, Thanksgiving, nobody is in, 3 visits' })
    expect(monthCells(['2026-12-01'], [], MONDAY)[0]).toMatchObject({ isOther: true, line: '' })
  })
})

describe('the day sheet', () => {
  it('has a line for each who comes, in order of time, and says nothing of somebody restricted', () => {
    const hidden = visit(MONDAY, 480, 30, { isRestricted: true, reason: null, typeName: null, patient: { ...visit(MONDAY, 0, 5).patient, familyName: '', givenName: '', phone: null } })
    const sheets = daySheets(day([visit(MONDAY, 600, 30, { roomName: 'Room 2' }), hidden, visit(MONDAY, 540, 15, { status: 'cancelled' })]), undefined, { ...context, waitList: [] })
    expect(sheets.map((sheet) => [sheet.provider, sheet.breaks, sheet.rooms, sheet.lines.length])).toEqual([['Dr. Haddad', '12:00 to 1:00', 'Room 2', 2], ['Dr. Lee', '', '', 0]])
    expect(sheets[0]?.lines).toMatchObject([
      { time: '8:00', patient: 'Restricted', ageSex: '', mrn: '', phone: '', visit: '' },
      { time: '10:00', minutes: 30, ageSex: '68 F', mrn: '104 218', phone: '(555) 014-2216', visit: 'Follow-up: Cough', room: 'Room 2', mark: undefined },
    ])
  })
  it('is one for one provider, and none for whoever is not in', () => {
    const closed = day([], { date: addDays(MONDAY, 5) })
    expect(daySheets(closed, undefined, { ...context, waitList: [] })).toEqual([])
    expect(daySheets(closed, 'lee', { ...context, waitList: [] })).toHaveLength(1)
  })
})
