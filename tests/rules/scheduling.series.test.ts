import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Slot } from '#shared/domains/scheduling/model.ts'
import { SeriesPattern } from '#shared/domains/scheduling/model.series.ts'
import { movedAlike, nearestSlot, nthInMonth, seriesDates, seriesOccurrences } from '#shared/domains/scheduling/rules.series.ts'
import { searchTogether, type Companion } from '#shared/domains/scheduling/rules.together.ts'
import { findConflicts, type Booking } from '#shared/domains/scheduling/rules.ts'
import { videoLinkOf } from '#shared/domains/scheduling/rules.video.ts'
import { isPlainHttps } from '#shared/kernel/plain-https.ts'
import { addDays, addMinutes, dateInZone, instantInZone, minuteOfDay, splitDate, toMs, weekdayOf } from '#shared/kernel/time.ts'

const ZONE = 'America/New_York'
const pattern = (given: Partial<SeriesPattern>): SeriesPattern => SeriesPattern.parse({ unit: 'week', every: 1, count: given.until ? null : 4, ...given })
const providerId = 'haddad'

describe('the dates of a series', () => {
  it.each<[string, Partial<SeriesPattern>, string, string[]]>([
    ['every day', { unit: 'day', count: 3 }, '2026-02-27', ['2026-02-27', '2026-02-28', '2026-03-01']],
    ['every week', { count: 3 }, '2026-11-17', ['2026-11-17', '2026-11-24', '2026-12-01']],
    ['every two weeks on Tuesday and Friday', { every: 2, weekdays: [5, 2], count: 4 }, '2026-11-17', ['2026-11-17', '2026-11-20', '2026-12-01', '2026-12-04']],
    ['from the middle of its first week', { weekdays: [1, 3], count: 3 }, '2026-11-18', ['2026-11-18', '2026-11-23', '2026-11-25']],
    ['until a day, that day included', { until: '2026-12-01' }, '2026-11-17', ['2026-11-17', '2026-11-24', '2026-12-01']],
    ['the last day of shorter months, and the 31st again', { unit: 'month' }, '2026-12-31', ['2026-12-31', '2027-01-31', '2027-02-28', '2027-03-31']],
    ['the third Tuesday', { unit: 'month', isByWeekday: true }, '2026-11-17', ['2026-11-17', '2026-12-15', '2027-01-19', '2027-02-16']],
    ['a fifth Monday, the last one where there are four', { unit: 'month', isByWeekday: true, count: 3 }, '2026-11-30', ['2026-11-30', '2026-12-28', '2027-01-25']],
    ['every year, from a leap day', { unit: 'month', every: 12, count: 3 }, '2028-02-29', ['2028-02-29', '2029-02-28', '2030-02-28']],
  ])('%s', (_what, given, first, dates) => expect(seriesDates(pattern(given), first)).toEqual(dates))

  it('end before they begin with nothing, and never go past the bound', () => {
    expect(seriesDates(pattern({ until: '2026-11-16' }), '2026-11-17')).toEqual([])
    expect(seriesDates(pattern({ unit: 'day', until: '2030-01-01' }), '2026-11-17')).toHaveLength(60)
    expect(seriesDates(pattern({ unit: 'month', every: 52, count: 60 }), '2026-11-17')).toEqual(['2026-11-17', '2031-03-17', '2035-07-17'])
  })

  const some = fc.record({
    unit: fc.constantFrom('day' as const, 'week' as const, 'month' as const), every: fc.integer({ min: 1, max: 8 }), isByWeekday: fc.boolean(),
    weekdays: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 7 }), count: fc.integer({ min: 2, max: 60 }),
    // Nobody plans further than ten years ahead: what would is cut there.
  }).map((given) => (given.unit === 'month' ? { ...given, every: given.every % 2 + 1 } : given))
  const day = fc.integer({ min: 0, max: 2000 }).map((n) => addDays('2026-01-01', n))
  const minute = fc.integer({ min: 0, max: 95 }).map((quarter) => quarter * 15)

  it('are as many as were asked for, in order, each once, and of the weekdays that were asked for', () => {
    fc.assert(fc.property(some, day, (given, first) => {
      const dates = seriesDates(pattern(given), first)
      expect(dates).toHaveLength(given.count)
      for (const [i, date] of dates.entries()) if (i > 0) expect(date > (dates[i - 1] ?? '')).toBe(true)
      expect(dates.every((date) => date >= first)).toBe(true)
      if (given.unit === 'week') expect(dates.every((date) => (given.weekdays.length === 0 ? [weekdayOf(first)] : given.weekdays).includes(weekdayOf(date)))).toBe(true)
      if (given.unit !== 'month') return
      for (const date of dates) {
        if (given.isByWeekday) expect([weekdayOf(date), nthInMonth(date) === nthInMonth(first) || (nthInMonth(first) === 5 && splitDate(addDays(date, 7))[1] !== splitDate(date)[1])]).toEqual([weekdayOf(first), true])
        else expect(splitDate(date)[2] === splitDate(first)[2] || splitDate(addDays(date, 1))[2] === 1).toBe(true)
      }
    }))
  })

  it('keep the hour by the clinic’s clock over both changes of the clock, and never meet', () => {
    fc.assert(fc.property(some, day, minute, (given, first, at) => {
      const startsAt = instantInZone(first, at, ZONE)
      const all = seriesOccurrences(pattern(given), { providerId, startsAt }, ZONE)
      for (const [i, one] of all.entries()) {
        // An hour that does not exist in that night is the one after it.
        expect([minuteOfDay(startsAt, ZONE), minuteOfDay(startsAt, ZONE) + 60]).toContain(minuteOfDay(one.startsAt, ZONE))
        if (i > 0) expect(toMs(one.startsAt) - toMs(all[i - 1]?.startsAt ?? '')).toBeGreaterThanOrEqual(23 * 3_600_000)
      }
    }))
  })

  it('all move by as many days and to the same time when one does', () => {
    const all = seriesOccurrences(pattern({ count: 4 }), { providerId, startsAt: instantInZone('2026-10-20', 600, ZONE) }, ZONE)
    const to = { providerId: 'lindqvist', startsAt: instantInZone('2026-10-21', 540, ZONE) }
    const moved = movedAlike(all.slice(1), all[0]!, to, ZONE)
    expect(moved.map((one) => [one.providerId, dateInZone(one.startsAt, ZONE), minuteOfDay(one.startsAt, ZONE)])).toEqual([['lindqvist', '2026-10-28', 540], ['lindqvist', '2026-11-04', 540], ['lindqvist', '2026-11-11', 540]])
  })
})

describe('the nearest free time', () => {
  const slot = (startsAt: string): Slot => ({ providerId, startsAt, endsAt: addMinutes(startsAt, 30) })
  it('is of the same day, the closest, the later of two, and none that another visit of the series has', () => {
    const slots = ['2026-11-17T14:00:00.000Z', '2026-11-17T16:00:00.000Z', '2026-11-18T15:00:00.000Z'].map(slot)
    expect(nearestSlot(slots, '2026-11-17T15:00:00.000Z', [], ZONE)?.startsAt).toBe('2026-11-17T16:00:00.000Z')
    const other = { from: toMs('2026-11-17T16:15:00.000Z'), to: toMs('2026-11-17T16:45:00.000Z') }
    expect(nearestSlot(slots, '2026-11-17T15:00:00.000Z', [other], ZONE)?.startsAt).toBe('2026-11-17T14:00:00.000Z')
    expect(nearestSlot(['2026-11-16T21:00:00.000Z', '2026-11-18T15:15:00.000Z'].map(slot), '2026-11-17T15:00:00.000Z', [], ZONE)?.startsAt).toBe('2026-11-18T15:15:00.000Z')
    expect(nearestSlot([], '2026-11-17T15:00:00.000Z', [], ZONE)).toBeUndefined()
  })
})

describe('a group visit', () => {
  const seat = (id: string, more: Partial<Booking> = {}): Booking => ({ id, providerId, roomId: 'r', startsAt: '2026-11-17T15:00:00.000Z', endsAt: '2026-11-17T16:00:00.000Z', status: 'booked', typeId: 'group', capacity: 3, ...more })
  it.each<[string, Booking[], Partial<Booking>, string[]]>([
    ['has a place beside two', [seat('a'), seat('b')], {}, []],
    ['is full with three', [seat('a'), seat('b'), seat('c')], {}, ['a', 'b', 'c']],
    ['gives a cancelled place away', [seat('a'), seat('b'), seat('c', { status: 'cancelled' })], {}, []],
    ['is one of its own at another end', [seat('a')], { endsAt: '2026-11-17T15:45:00.000Z' }, ['a']],
    ['shares with no other type', [seat('a')], { typeId: 'other' }, ['a']],
    ['shares with no ordinary visit', [seat('a', { capacity: 1 })], {}, ['a']],
    ['leaves an ordinary visit no place', [seat('a')], { capacity: 1 }, ['a']],
  ])('%s', (_what, existing, more, ids) => expect(findConflicts(existing, { ...seat('new'), ...more }).map((one) => one.id)).toEqual(ids))
})

describe('several together', () => {
  const DATE = '2026-11-17'
  const at = (minute: number) => toMs(instantInZone(DATE, minute, ZONE))
  const hours = (id: string) => ({ id, providerId: id, weekday: 2, startMin: 540, endMin: 720, validFrom: null, validTo: null })
  const frame = { hours: [hours('a'), hours('b')], shifts: [], leaves: [], holidays: [], blocks: [], zone: ZONE }
  const one = (durationMin: number, more: Partial<Companion> = {}): Companion => ({ durationMin, needs: [], ...more })
  const search = (companions: Companion[], way: 'in-turn' | 'at-once', held: Record<string, { from: number; to: number }[]> = {}, limit = 1) =>
    searchTogether(frame, (id) => held[id] ?? [], { companions, providerIds: ['a', 'b'], way, from: instantInZone(DATE, 0, ZONE), days: 1, limit })
      .map((slots) => slots.map((slot) => [slot.providerId, minuteOfDay(slot.startsAt, ZONE), minuteOfDay(slot.endsAt, ZONE)]))

  it('come one after the other with one provider, past what is taken', () => {
    expect(search([one(20), one(30), one(15)], 'in-turn', { a: [{ from: at(540), to: at(600) }], b: [{ from: at(585), to: at(600) }] })).toEqual([[['a', 600, 620], ['a', 620, 650], ['a', 650, 665]]])
    expect(search([one(30, { bufferAfterMin: 10 }), one(30, { bufferBeforeMin: 5 })], 'in-turn')).toEqual([[['a', 540, 570], ['a', 585, 615]]])
    expect(search([one(120), one(90)], 'in-turn')).toEqual([])
  })

  it('come at once with a provider each, and no room is counted twice', () => {
    expect(search([one(30), one(30)], 'at-once', { b: [{ from: at(540), to: at(570) }] })).toEqual([[['a', 570, 600], ['b', 570, 600]]])
    expect(search([one(30), one(30), one(30)], 'at-once')).toEqual([])
    const room = (ids: string[]) => ({ needs: [{ lacking: 'no-room' as const, candidates: ids.map((id) => ({ id, busy: [] })) }] })
    expect(search([one(30, room(['r1'])), one(30, room(['r1']))], 'at-once')).toEqual([])
    expect(search([one(30, room(['r1', 'r2'])), one(30, room(['r1', 'r2']))], 'at-once')).toHaveLength(1)
  })

  it('never overlap, whatever is taken already', () => {
    const span = fc.record({ from: fc.integer({ min: 36, max: 47 }), length: fc.integer({ min: 1, max: 4 }) }).map(({ from, length }) => ({ from: at(from * 15), to: at((from + length) * 15) }))
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 4 }), fc.array(span, { maxLength: 4 }), fc.array(span, { maxLength: 4 }), fc.constantFrom('in-turn' as const, 'at-once' as const), (lengths, a, b, way) => {
      for (const slots of search(lengths.map((n) => one(n * 15)), way, { a, b }, 3)) {
        const held: Record<string, { from: number; to: number }[]> = { a: [...a], b: [...b] }
        for (const [id, from, to] of slots as [string, number, number][]) {
          expect(held[id]?.some((taken) => taken.from < at(to) && at(from) < taken.to)).toBe(false)
          held[id]?.push({ from: at(from), to: at(to) })
        }
      }
    }))
  })
})

describe('a link', () => {
  it.each(['https://meet.example.org/a-room', 'https://meet.example.org', 'https://meet.example.org:8443/r?x=1#y'])('may be %s', (text) => expect(isPlainHttps(text)).toBe(true))
  it.each([
    'http://meet.example.org/a', 'https://', 'javascript:alert(1)', 'https://user:pass@meet.example.org/', 'https://meet.example.org@evil.example/', 'https://meet.example.org\\@evil.example/',
    'https://localhost/', 'https://192.168.0.1/', 'https://[::1]/', 'file:///etc/passwd', 'https://meet.example.org/a b', 'https://meet.example.org/\u202e', 'HTTPS://meet.example.org/', 'https://meet.example.org/"', ` https://meet.example.org/`,
    `https://meet.example.org/${'a'.repeat(500)}`, 'smb://meet.example.org/a',
  ])('may not be %s', (text) => expect(isPlainHttps(text)).toBe(false))
  it('has a room for each visit where the type’s address ends in a slash', () => {
    const type = { isTelehealth: true, telehealthBase: 'https://meet.example.org/' }
    expect(videoLinkOf(type, '018f0000-0000-7000-8abc-0123456789ab')).toBe('https://meet.example.org/8abc0123456789ab')
    expect(videoLinkOf({ ...type, telehealthBase: 'https://meet.example.org/waiting' }, 'x')).toBe('https://meet.example.org/waiting')
    expect(videoLinkOf({ ...type, isTelehealth: false }, 'x')).toBeNull()
  })
})
