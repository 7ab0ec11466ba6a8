import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clashesWithin, planAbsence, type AbsenceFrame, type AbsentVisit, type ProviderCalendar } from '#shared/domains/scheduling/rules.absence.ts'
import { frameWith, heldSpan, openSpans, united, type Frame, type Span } from '#shared/domains/scheduling/rules.availability.ts'
import { addDays, addMinutes, dayBounds, toMs, wallMs, weekdayOf } from '#shared/kernel/time.ts'

const zone = 'America/New_York'
const today = '2026-11-17' // A Tuesday: 9:00 is 14:00 in UTC.
const now = '2026-11-17T12:30:00.000Z'
const DAYS = 28
const at = (hour: number, minute = 0, date = today): string => new Date(wallMs(date, hour * 60 + minute, zone)).toISOString()
const span = (startsAt: string, minutes: number): Span => ({ from: toMs(startsAt), to: toMs(startsAt) + minutes * 60_000 })

/** Weekdays from 9 to 12 and 1 to 5. */
const open = Array.from({ length: DAYS }, (_, i) => addDays(today, i)).filter((date) => weekdayOf(date) % 6 !== 0)
  .flatMap((date): Span[] => [[540, 720], [780, 1_020]].map(([from = 0, to = 0]) => ({ from: wallMs(date, from, zone), to: wallMs(date, to, zone) })))
const provider = (id: string, more: Partial<ProviderCalendar> = {}): ProviderCalendar => ({ id, open, held: [], blocked: [], ...more })
const away = (id: string, held: readonly Span[] = []) => provider(id, { held, blocked: [{ from: wallMs(today, 0, zone), to: wallMs(today, 1440, zone) }] })
const frame = (providers: readonly ProviderCalendar[], more: Partial<AbsenceFrame> = {}): AbsenceFrame => ({
  zone, now, days: DAYS, providers, needsOf: () => ({ rooms: undefined, equipment: [] }), mayDo: () => true, busyOf: () => [], ...more,
})
const visit = (id: string, startsAt: string, minutes = 30, more: Partial<AbsentVisit> = {}): AbsentVisit => ({
  id, patientId: `of ${id}`, providerId: 'lee', roomId: null, startsAt, endsAt: addMinutes(startsAt, minutes), typeId: 't', bufferBeforeMin: 0, bufferAfterMin: 0, reason: 'away', isUrgent: false, ...more,
})
const firsts = (rows: ReturnType<typeof planAbsence>) => rows.map(({ visit: { id }, proposals: [first] }) => [id, first?.reason, first?.providerId, first?.startsAt])

describe('a plan for an absence', () => {
  it('keeps the time with a colleague, then the day, then the soonest day of the own provider', () => {
    const one = visit('one', at(9))
    expect(firsts(planAbsence(frame([away('lee'), provider('haddad')]), [one]))).toEqual([['one', 'same-time', 'haddad', at(9)]])
    expect(firsts(planAbsence(frame([away('lee'), provider('haddad', { held: [span(at(9), 60)] })]), [one]))).toEqual([['one', 'same-day', 'haddad', at(10)]])
    const full = provider('haddad', { held: open.slice(0, 2) })
    expect(firsts(planAbsence(frame([away('lee'), full]), [one]))).toEqual([['one', 'own-provider-later', 'lee', at(9, 0, '2026-11-18')]])
    expect(firsts(planAbsence(frame([away('lee', open.slice(2, 20)), full]), [one]))).toEqual([['one', 'other-provider-later', 'haddad', at(9, 0, '2026-11-18')]])
    expect(planAbsence(frame([away('lee', open.slice(2)), provider('haddad', { held: open })]), [one])[0]?.proposals, 'the wait list').toEqual([])
  })

  it('lets urgent visits choose first, then the earlier, then the shorter', () => {
    const colleague = provider('haddad', { open: [span(at(9), 30)] })
    const rows = [visit('calm', at(9)), visit('urgent', at(9), 30, { isUrgent: true })]
    expect(firsts(planAbsence(frame([away('lee', open), colleague]), rows))).toEqual([['calm', undefined, undefined, undefined], ['urgent', 'same-time', 'haddad', at(9)]])
    const lengths = [visit('long', at(9), 60), visit('short', at(9), 30)]
    expect(firsts(planAbsence(frame([away('lee', open), provider('haddad', { open: [span(at(9), 60)] })]), lengths)).map(([id, reason]) => [id, reason])).toEqual([['long', undefined], ['short', 'same-time']])
  })

  it('asks only those who see such visits, what the patient can do, and never two places at once', () => {
    const one = visit('one', at(9))
    const colleagues = [away('lee'), provider('haddad'), provider('ito')]
    expect(firsts(planAbsence(frame(colleagues, { mayDo: (id) => id === 'ito' }), [one]))).toEqual([['one', 'same-time', 'ito', at(9)]])
    const afternoons = { windows: [span(at(13), 240)] }
    expect(firsts(planAbsence(frame(colleagues), [visit('one', at(9), 30, afternoons)]))).toEqual([['one', 'same-day', 'haddad', at(13)]])
    expect(firsts(planAbsence(frame(colleagues, { busyOf: () => [span(at(9), 60)] }), [one]))[0]?.[3]).toBe(at(10))
    const twice = [visit('one', at(9), 30, { patientId: 'p' }), visit('two', at(9), 30, { patientId: 'p' })]
    expect(new Set(firsts(planAbsence(frame(colleagues), twice)).map((row) => row[3])).size).toBe(2)
  })

  it('moves somebody whose room is gone into another room, and frees no time for others that is not free yet', () => {
    const rooms = [{ id: 'r1', busy: [span(at(8), 600)] }, { id: 'r2', busy: [] }]
    const lee = provider('lee', { held: [span(at(9), 30)] })
    const needsOf = () => ({ rooms, equipment: [] })
    const [row] = planAbsence(frame([lee, provider('haddad')], { needsOf }), [visit('one', at(9), 30, { roomId: 'r1', reason: 'room-out-of-service' })])
    expect(row?.proposals[0]).toMatchObject({ reason: 'other-room', providerId: 'lee', roomId: 'r2', startsAt: at(9) })
    expect(planAbsence(frame([lee], { needsOf: () => ({ rooms: [], equipment: [] }) }), [visit('one', at(9), 30, { reason: 'room-out-of-service' })])[0]?.proposals).toEqual([])
    expect(planAbsence(frame([lee, provider('haddad')], { needsOf: () => ({ rooms: undefined, equipment: [[]] }) }), [visit('one', at(9))])[0]?.proposals, 'without the piece it needs').toEqual([])
  })

  it('begins nothing in the past', () => {
    const rows = planAbsence(frame([away('lee'), provider('haddad')], { now: at(11, 5) }), [visit('one', at(9))])
    for (const one of rows[0]?.proposals ?? []) expect(one.startsAt >= at(11, 5)).toBe(true)
  })
})

/** A dozen calendars as full as it comes, and everybody of one of them to be placed. */
const clinics = fc.record({
  providers: fc.integer({ min: 1, max: 12 }), visits: fc.array(fc.record({ slot: fc.integer({ min: 0, max: 27 }), quarters: fc.integer({ min: 1, max: 4 }), buffer: fc.constantFrom(0, 0, 10), isUrgent: fc.boolean(), room: fc.boolean() }), { minLength: 1, maxLength: 30 }),
  held: fc.array(fc.record({ provider: fc.integer({ min: 0, max: 11 }), day: fc.integer({ min: 0, max: 20 }), slot: fc.integer({ min: 0, max: 27 }), quarters: fc.integer({ min: 1, max: 8 }) }), { maxLength: 200 }),
})

describe('whatever the clinic', () => {
  it('places or lists everybody and conflicts with nothing, not even with itself', () => {
    fc.assert(fc.property(clinics, ({ providers, visits, held }) => {
      const heldOf = (of: number): Span[] => united(held.filter((one) => one.provider === of).map((one) => span(addMinutes(at(9, 0, addDays(today, one.day)), one.slot * 15), one.quarters * 15)))
      const calendars = [away('lee'), ...Array.from({ length: providers }, (_, i) => provider(`p${i}`, { held: heldOf(i) }))]
      const rooms = [{ id: 'r1', busy: heldOf(0) }, { id: 'r2', busy: [] }]
      const given = visits.map((one, i) => visit(String(i), addMinutes(at(9), one.slot * 15), one.quarters * 15, { isUrgent: one.isUrgent, bufferAfterMin: one.buffer, typeId: one.room ? 'room' : 't' }))
      const rows = planAbsence(frame(calendars, { needsOf: (one) => ({ rooms: one.typeId === 'room' ? rooms : undefined, equipment: [] }) }), given)
      expect(rows.map((row) => row.visit.id).toSorted()).toEqual(given.map((one) => one.id).toSorted())
      const placed = rows.flatMap(({ visit: one, proposals: [choice] }) => (choice ? [{ ...one, choice }] : []))
      expect(clashesWithin(placed).size).toBe(0)
      for (const { visit: one, proposals } of rows) {
        for (const choice of proposals) {
          const calendar = calendars.find((other) => other.id === choice.providerId)
          const own = { from: toMs(choice.startsAt), to: toMs(choice.endsAt) }
          const full = heldSpan({ ...one, startsAt: choice.startsAt, endsAt: choice.endsAt })
          expect(calendar?.open.some((hours) => hours.from <= own.from && own.to <= hours.to)).toBe(true)
          for (const taken of [...calendar?.held ?? [], ...rooms.find((room) => room.id === choice.roomId)?.busy ?? []]) expect(taken.from < full.to && full.from < taken.to).toBe(false)
          for (const blocked of calendar?.blocked ?? []) expect(blocked.from < own.to && own.from < blocked.to).toBe(false)
          expect(own.to - own.from).toBe(toMs(one.endsAt) - toMs(one.startsAt))
        }
        // Another choice for one of them takes nothing from the others.
        for (const choice of proposals) expect(clashesWithin([...placed.filter((other) => other.id !== one.id), { ...one, choice }]).size).toBe(0)
      }
    }), { numRuns: 60 })
  })

  it('places thirty patients among twelve full calendars in little time', () => {
    const busy = open.map((one) => ({ from: one.from, to: one.to - 15 * 60_000 }))
    const calendars = [away('lee'), ...Array.from({ length: 11 }, (_, i) => provider(`p${i}`, { held: busy }))]
    const given = Array.from({ length: 30 }, (_, i) => visit(String(i), addMinutes(at(9), i * 15), 15))
    const before = process.cpuUsage()
    const rows = planAbsence(frame(calendars), given)
    const { user, system } = process.cpuUsage(before)
    expect(rows.every((row) => row.proposals.length > 0)).toBe(true)
    expect((user + system) / 1_000, 'milliseconds of the processor').toBeLessThan(2_000)
  })
})

describe('a change that is only being thought about', () => {
  const hours = [{ id: 'h', providerId: 'lee', weekday: 2, startMin: 540, endMin: 1_020, validFrom: null, validTo: null }]
  const base: Frame = { zone, hours, shifts: [], leaves: [], holidays: [], blocks: [] }
  const shift = { id: 's', staffId: 'lee', date: today, kind: 'off' as const, startMin: 0, endMin: 1440, breakStartMin: null, breakEndMin: null }
  const openOn = (change: Parameters<typeof frameWith>[1], date = today) => openSpans(frameWith(base, change), 'lee', date, 1)
  it('shows the hours as they would be', () => {
    const day = openSpans(base, 'lee', today, 1)
    expect(openOn({ kind: 'leave', providerId: 'lee', fromOn: today, toOn: today })).toEqual([])
    expect(openOn({ kind: 'leave', providerId: 'ito', fromOn: today, toOn: today })).toEqual(day)
    expect(openOn({ kind: 'holiday', date: today })).toEqual([])
    expect(openOn({ kind: 'shift', shift })).toEqual([])
    expect(openSpans(frameWith({ ...base, shifts: [shift] }, { kind: 'no-shift', ids: ['s'] }), 'lee', today, 1)).toEqual(day)
    expect(openOn({ kind: 'hours', providerId: 'lee', from: '2026-11-24', hours: [] })).toEqual(day)
    expect(openOn({ kind: 'hours', providerId: 'lee', from: '2026-11-24', hours: [] }, '2026-11-24')).toEqual([])
    expect(openOn({ kind: 'hours', providerId: 'lee', from: today, hours: [{ weekday: 2, startMin: 600, endMin: 660 }] })).toEqual([{ from: wallMs(today, 600, zone), to: wallMs(today, 660, zone) }])
    const { from, to } = dayBounds(today, zone)
    expect(frameWith(base, { kind: 'block', providerId: 'lee', startsAt: from, endsAt: to }).blocks).toHaveLength(1)
  })
})
