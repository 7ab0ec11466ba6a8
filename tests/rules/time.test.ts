import { TZDate } from '@date-fns/tz'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, ageInYears, dateInZone, dayBounds, instantInZone, minuteOfDay, toInstant } from '#shared/kernel/time.ts'

const zones = ['America/New_York', 'Europe/Berlin', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC']
const instants = fc.integer({ min: Date.UTC(1995, 0, 1), max: Date.UTC(2060, 0, 1) }).map(toInstant)

describe('the clinic\'s wall clock', () => {
  it('reads as the calendar of the zone does, at every instant', () => {
    fc.assert(fc.property(instants, fc.constantFrom(...zones), (instant, zone) => {
      const wall = new TZDate(Date.parse(instant), zone)
      const date = [wall.getFullYear(), wall.getMonth() + 1, wall.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
      expect([dateInZone(instant, zone), minuteOfDay(instant, zone)]).toEqual([date, wall.getHours() * 60 + wall.getMinutes()])
    }))
  })

  it.each([
    ['2026-03-08T06:59:00.000Z', 'America/New_York', '2026-03-08', 119], // The minute before the clocks go forward.
    ['2026-03-08T07:00:00.000Z', 'America/New_York', '2026-03-08', 180],
    ['2026-11-01T06:00:00.000Z', 'America/New_York', '2026-11-01', 60], // One o'clock for the second time.
    ['2026-04-04T15:00:00.000Z', 'Australia/Lord_Howe', '2026-04-05', 90], // Half an hour of daylight saving ends.
  ])('shows %s in %s as %s, minute %i', (instant, zone, date, minute) => {
    expect([dateInZone(instant, zone), minuteOfDay(instant, zone)]).toEqual([date, minute])
  })

  it('cuts days without a gap or an overlap', () => {
    fc.assert(fc.property(instants, fc.constantFrom(...zones), (instant, zone) => {
      const date = dateInZone(instant, zone)
      const { from, to } = dayBounds(date, zone)
      expect(from <= instant && instant < to).toBe(true)
      expect(dayBounds(addDays(date, 1), zone).from).toBe(to)
    }))
  })

  it('moves a time that daylight saving skips forward', () => {
    expect(instantInZone('2026-03-08', 150, 'America/New_York')).toBe('2026-03-08T07:30:00.000Z')
  })
})

it.each([
  ['1958-03-12', '2026-03-11', 67], ['1958-03-12', '2026-03-12', 68], ['2024-02-29', '2025-02-28', 0], ['2024-02-29', '2025-03-01', 1],
])('a person born on %s is %s years old on %s', (born, on, age) => expect(ageInYears(born, on)).toBe(age))
