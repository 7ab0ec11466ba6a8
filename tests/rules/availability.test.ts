import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AvailabilityRule } from '#shared/domains/scheduling/model.ts'
import { heldSpan, openHours, openSpans, without, united, type Frame } from '#shared/domains/scheduling/rules.availability.ts'
import { calendarOf, lackingAt, pickFree } from '#shared/domains/scheduling/rules.resources.ts'
import { findConflicts } from '#shared/domains/scheduling/rules.ts'
import { searchSlots, type Calendars, type SlotSearch } from '#shared/domains/scheduling/rules.search.ts'
import { fitOf, standingOf } from '#shared/domains/scheduling/rules.slots.ts'
import { strandedIn, type Plan } from '#shared/domains/scheduling/rules.stranded.ts'
import type { Shift } from '#shared/domains/staff/model.ts'
import { addMinutes, instantInZone, minuteOfDay, toMs, wallMs } from '#shared/kernel/time.ts'

const ZONE = 'America/New_York'
const TUESDAY = '2026-11-17'
const at = (minute: number, date = TUESDAY): string => instantInZone(date, minute, ZONE)
const week = (spans: [number, number][]): AvailabilityRule[] =>
  [1, 2, 3, 4, 5].flatMap((weekday) => spans.map(([startMin, endMin]) => ({ id: `${weekday}${startMin}`, providerId: 'haddad', weekday, startMin, endMin, validFrom: null, validTo: null })))
const frame = (more: Partial<Frame> = {}): Frame => ({ hours: week([[480, 720], [780, 1020]]), shifts: [], leaves: [], holidays: [], blocks: [], zone: ZONE, ...more })
const shift = (startMin: number, endMin: number, more: Partial<Shift> = {}): Shift => ({ id: 's', staffId: 'haddad', date: TUESDAY, kind: 'work', startMin, endMin, breakStartMin: null, breakEndMin: null, ...more })
const minutes = (one: Frame, date = TUESDAY) => openHours(one, 'haddad', date).map(({ startsAt, endsAt }) => [minuteOfDay(startsAt, ZONE), minuteOfDay(endsAt, ZONE)])

describe('openHours', () => {
  it.each<[string, Partial<Frame>, number[][]]>([
    ['the weekly hours', {}, [[480, 720], [780, 1020]]],
    ['a shift in their place, with its break', { shifts: [shift(600, 1200, { breakStartMin: 840, breakEndMin: 870 })] }, [[600, 840], [870, 1200]]],
    ['a shift of somebody else', { shifts: [shift(600, 1200, { staffId: 'lee' })] }, [[480, 720], [780, 1020]]],
    ['a day off by the roster', { shifts: [shift(0, 1439, { kind: 'off' })] }, []],
    ['leave, also over a shift', { shifts: [shift(600, 1200)], leaves: [{ staffId: 'haddad', fromOn: '2026-11-16', toOn: TUESDAY }] }, []],
    ['a holiday', { holidays: [{ id: 'h', date: TUESDAY, name: 'Founders’ day' }] }, []],
    ['duty on a holiday', { holidays: [{ id: 'h', date: TUESDAY, name: 'Founders’ day' }], shifts: [shift(600, 720)] }, [[600, 720]]],
    ['the morning after a night shift, joined to the hours', { shifts: [shift(1320, 1440 + 480, { date: '2026-11-16' })] }, [[0, 720], [780, 1020]]],
  ])('%s', (_name, more, expected) => {
    expect(minutes(frame(more))).toEqual(expected)
  })

  it('a night shift lasts as long as the clock on the wall says, also when the clock changes', () => {
    const length = (date: string) => openSpans(frame({ hours: [], shifts: [shift(1320, 1440 + 360, { date })] }), 'haddad', date, 1).map(({ from, to }) => (to - from) / 3_600_000)
    expect([length('2026-03-07'), length('2026-10-31'), length('2026-11-17')]).toEqual([[7], [9], [8]])
  })
})

describe('wallMs', () => {
  it('is instantInZone in numbers, on every day of a year', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 365 }), fc.integer({ min: 0, max: 1440 }), fc.constantFrom(ZONE, 'Europe/Stockholm', 'Australia/Lord_Howe', 'Asia/Kathmandu'), (day, minute, zone) => {
      const date = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10)
      expect(wallMs(date, minute, zone)).toBe(toMs(instantInZone(date, minute, zone)))
    }))
  })
})

describe('spans', () => {
  const anySpans = fc.array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 20 })).map(([from, length]) => ({ from, to: from + length })), { maxLength: 8 })
  it('taken out leave exactly what was in the one and not in the other', () => {
    fc.assert(fc.property(anySpans, anySpans, (spans, taken) => {
      const left = without(united(spans), united(taken))
      for (let minute = 0; minute < 125; minute += 1) {
        const isIn = (list: readonly { from: number; to: number }[]) => list.some((span) => span.from <= minute && minute < span.to)
        expect(isIn(left)).toBe(isIn(spans) && !isIn(taken))
      }
    }))
  })
})

const search = (more: Partial<SlotSearch> = {}): SlotSearch => ({ providerIds: ['haddad'], from: at(0), durationMin: 30, limit: 3, days: 14, ...more })
const find = (calendars: Partial<Calendars>, more: Partial<SlotSearch> = {}) => searchSlots({ frame: frame(), held: new Map(), ...calendars }, search(more))
const span = (from: number, to: number, date = TUESDAY) => ({ from: toMs(at(from, date)), to: toMs(at(to, date)) })
const startsOf = (found: ReturnType<typeof find>) => found.slots.map((slot) => minuteOfDay(slot.startsAt, ZONE))

describe('searchSlots', () => {
  it('keeps both buffers free of others, and does not ask for them inside the hours', () => {
    expect(startsOf(find({ held: new Map([['haddad', [span(540, 600)]]]) }, { bufferBeforeMin: 15, bufferAfterMin: 10, limit: 4 }))).toEqual([480, 495, 615, 630])
  })
  it('finds a visit over midnight in a night shift', () => {
    const found = find({ frame: frame({ hours: [], shifts: [shift(1320, 1440 + 120)] }) }, { from: at(1420), durationMin: 60, limit: 9, days: 1 })
    expect(startsOf(found)).toEqual([1425])
  })
  it('goes by parts of the day and weekdays', () => {
    expect(startsOf(find({}, { dayParts: ['afternoon'], limit: 1 }))).toEqual([780])
    expect(find({}, { weekdays: [4], limit: 1 }).slots[0]?.startsAt).toBe(at(480, '2026-11-19'))
  })
  it('takes only times at which some fitting room and every piece is free', () => {
    const room = (id: string, from: number, to: number) => calendarOf(id, [span(from, to)], [])
    const needs = [{ lacking: 'no-room' as const, candidates: [room('r1', 480, 600), room('r2', 480, 540)] }, { lacking: 'no-equipment' as const, candidates: [room('ecg', 540, 630)] }]
    expect(startsOf(find({ needs }, { limit: 1 }))).toEqual([630])
    expect(lackingAt(needs, span(500, 520).from, span(500, 520).to)).toBe('no-room')
    expect(pickFree(needs[0]?.candidates ?? [], { startsAt: at(600), endsAt: at(630) }, ['r2'])).toBe('r2')
  })
  it.each<[string, Partial<Calendars>, string]>([
    ['no hours', { frame: frame({ hours: [] }) }, 'no-hours'],
    ['on leave', { frame: frame({ leaves: [{ staffId: 'haddad', fromOn: '2026-11-01', toOn: '2026-12-31' }] }) }, 'away'],
    ['everything taken', { held: new Map([['haddad', [{ from: 0, to: toMs('2027-01-01T00:00:00.000Z') }]]]) }, 'taken'],
    ['no such room', { needs: [{ lacking: 'no-room', candidates: [] }] }, 'no-room'],
    ['no such piece', { needs: [{ lacking: 'no-equipment', candidates: [] }] }, 'no-equipment'],
  ])('says why there is nothing: %s', (_name, calendars, reason) => {
    expect(find(calendars)).toEqual({ slots: [], reasons: [{ providerId: 'haddad', reason }] })
  })

  const anyShift = fc.record({ day: fc.integer({ min: 0, max: 9 }), startMin: fc.integer({ min: 0, max: 95 }).map((n) => n * 15), length: fc.integer({ min: 4, max: 60 }).map((n) => n * 15) })
    .map(({ day, startMin, length }) => shift(startMin, startMin + length, { date: new Date(Date.UTC(2026, 9, 27 + day)).toISOString().slice(0, 10) }))
  const anyHeld = fc.array(fc.record({ quarter: fc.integer({ min: 0, max: 960 }), length: fc.constantFrom(15, 30, 60), before: fc.constantFrom(0, 10), after: fc.constantFrom(0, 15) }), { maxLength: 40 })
  it('gives only what fits and misses nothing, around a change of the clock and over midnight', () => {
    fc.assert(fc.property(fc.array(anyShift, { maxLength: 4 }), anyHeld, fc.constantFrom(0, 10), (shifts, held, bufferAfterMin) => {
      const first = at(0, '2026-10-27')
      const appointments = held.map((one, i) => ({
        id: `a${i}`, providerId: 'haddad', roomId: null, status: 'booked' as const, startsAt: addMinutes(first, one.quarter * 15), endsAt: addMinutes(first, one.quarter * 15 + one.length),
        bufferBeforeMin: one.before, bufferAfterMin: one.after,
      }))
      const open = { ...frame({ shifts }), appointments }
      const wanted = search({ from: first, days: 10, limit: 5_000, bufferAfterMin })
      const found = new Set(searchSlots({ frame: open, held: new Map([['haddad', appointments.map(heldSpan)]]) }, wanted).slots.map((slot) => slot.startsAt))
      for (let quarter = 0; quarter < 960; quarter += 1) {
        const startsAt = addMinutes(first, quarter * 15)
        const fits = fitOf(open, { id: 'new', providerId: 'haddad', roomId: null, startsAt, endsAt: addMinutes(startsAt, 30), bufferAfterMin }).kind === 'fits'
        if (found.has(startsAt) !== fits) throw new Error(`${startsAt}: found ${found.has(startsAt)}, fits ${fits}`)
      }
    }), { numRuns: 25 })
  })
})

describe('findConflicts with buffers', () => {
  const one = (from: number, to: number, more = {}) => ({ id: `${from}`, providerId: 'haddad', roomId: null, status: 'booked' as const, startsAt: at(from), endsAt: at(to), ...more })
  it('is the same from both sides, and half open', () => {
    const [early, late] = [one(540, 570, { bufferAfterMin: 10 }), one(580, 610)]
    expect([findConflicts([early], late), findConflicts([late], early)]).toEqual([[], []])
    const closer = one(579, 610)
    expect([findConflicts([early], closer), findConflicts([closer], early)]).toEqual([[early], [closer]])
  })
})

describe('strandedIn', () => {
  const plan = (from: number, more: Partial<Plan> = {}): Plan => ({
    id: `p${from}`, version: 1, providerId: 'haddad', roomId: 'r1', status: 'booked', startsAt: at(from), endsAt: at(from + 30), bufferBeforeMin: 0, bufferAfterMin: 0, ...more,
  })
  const none = { outages: [], bookings: [] }
  it.each<[string, Partial<Frame>, string]>([
    ['leave', { leaves: [{ staffId: 'haddad', fromOn: TUESDAY, toOn: TUESDAY }] }, 'away'],
    ['a holiday', { holidays: [{ id: 'h', date: TUESDAY, name: 'X' }] }, 'holiday'],
    ['a shift that begins later', { shifts: [shift(660, 1020)] }, 'outside-hours'],
    ['a blocked time', { blocks: [{ id: 'b', providerId: 'haddad', startsAt: at(500), endsAt: at(520), title: 'Round' }] }, 'blocked'],
  ])('names what %s leaves without its provider', (_name, more, reason) => {
    expect(strandedIn(frame(), none, [plan(490), plan(690)])).toEqual([])
    expect(strandedIn(frame(more), none, [plan(490)])).toMatchObject([{ id: 'p490', reason }])
    expect(standingOf(frame(more), plan(490)).kind).toBe(reason)
  })
  it('names a room and a piece that are out of service', () => {
    const outage = { id: 'o', roomId: 'r1', equipmentId: null, startsAt: at(480), endsAt: at(500), reason: 'Lamp' }
    expect(strandedIn(frame(), { outages: [outage], bookings: [] }, [plan(490), plan(690)])).toMatchObject([{ reason: 'room-out-of-service' }])
    const held = { id: 'b', appointmentId: 'p490', equipmentId: 'ecg', holdsFrom: at(490), holdsTo: at(520) }
    expect(strandedIn(frame(), { outages: [{ ...outage, roomId: null, equipmentId: 'ecg' }], bookings: [held] }, [plan(490)])).toMatchObject([{ reason: 'equipment-out-of-service' }])
  })
})
