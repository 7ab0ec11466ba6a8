import { describe, expect, test } from 'vitest'
import { highlight, matchesLabel } from '#renderer/app/palette/highlight.ts'
import { placeIdsFor } from '#renderer/roles/places.ts'
import { age, ageSex, bannerName, clock, count, dateTime, dayDate, duration, gridClock, initials, listDate, listName, longDate, money, mrn, nearDate, phone, spokenName, timeWithSeconds, wholeDollars } from '#renderer/ui/format.ts'

// The wording rules of section 6 of the visual language.
const maria = { familyName: 'Lopez', givenName: 'Maria Elena' }

test('names in lists, in the banner and in messages', () => {
  expect(listName(maria)).toBe('Lopez, Maria Elena')
  expect(bannerName(maria)).toBe('LOPEZ, Maria Elena')
  expect(bannerName({ familyName: 'Brandão', givenName: '' })).toBe('BRANDÃO')
  expect(spokenName(maria)).toBe('Maria Lopez')
  expect(initials(maria)).toBe('ML')
  expect(initials('Dr. Amira Haddad')).toBe('AH')
  expect(initials('Tom Okafor, RN')).toBe('TO')
})

test.each([
  ['1958-03-12', '68 y'],
  ['2024-11-22', '2 y'],
  ['2024-11-23', '23 mo'],
  ['2025-09-20', '14 mo'],
  ['2026-09-22', '2 mo'],
  ['2026-09-23', '8 wk'],
  ['2026-11-08', '2 wk'],
  ['2026-11-13', '9 d'],
  ['2026-11-22', '0 d'],
])('born %s is %s old', (birthDate, expected) => {
  expect(age(birthDate, '2026-11-22')).toBe(expected)
})

test('dense lists say age and sex in the shortest way', () => {
  expect(ageSex('1958-03-12', 'female', '2026-11-22')).toBe('68 F')
  expect(ageSex('2026-11-13', 'male', '2026-11-22')).toBe('9 d M')
  expect(ageSex('1958-03-12', 'unknown', '2026-11-22')).toBe('68')
})

test('numbers people read', () => {
  expect(mrn(104218)).toBe('104 218')
  expect(mrn(7)).toBe('000 007')
  expect(mrn(1104218)).toBe('1 104 218')
  expect(phone('5550142216')).toBe('(555) 014-2216')
  expect(phone('+1 555 014 2216')).toBe('(555) 014-2216')
  expect(phone('+44 20 7946 0018')).toBe('+44 20 7946 0018')
  expect(money(187300)).toBe('$1,873.00')
  expect(money(-2500)).toBe('−$25.00')
  expect(money(0)).toBe('$0.00')
  expect(wholeDollars(187399)).toBe('$1,874')
  expect(count(1, 'patient')).toBe('1 patient')
  expect(count(8412, 'patient')).toBe('8,412 patients')
})

test('dates are never digits only, and lists of this year leave the year out', () => {
  expect(dayDate('2026-11-17')).toBe('Tue 17 Nov 2026')
  expect(longDate('2026-11-17')).toBe('Tuesday 17 November 2026')
  expect(listDate('2026-11-17', '2026-11-22')).toBe('17 Nov')
  expect(listDate('2025-11-17', '2026-11-22')).toBe('17 Nov 2025')
  expect(nearDate('2026-11-22', '2026-11-22')).toBe('Today')
  expect(nearDate('2026-11-23', '2026-11-22')).toBe('Tomorrow')
  expect(nearDate('2026-11-25', '2026-11-22')).toBe('Wed 25 Nov')
})

test('times stand in the zone of the clinic', () => {
  expect(clock(0)).toBe('12:00 am')
  expect(clock(630)).toBe('10:30 am')
  expect(clock(720)).toBe('12:00 pm')
  expect(gridClock(825)).toBe('1:45')
  expect(dateTime('2026-11-17T18:12:00.000Z', 'America/Los_Angeles', '2026-11-22')).toBe('17 Nov 10:12 am')
  expect(timeWithSeconds('2026-11-17T18:24:31.000Z', 'America/Los_Angeles')).toBe('10:24:31')
  expect([duration(18), duration(120), duration(135), duration(4320)]).toEqual(['18 min', '2 h', '2 h 15 min', '3 days'])
})

describe('the palette', () => {
  const matched = (text: string, query: string) => highlight(text, query).filter((piece) => piece.matched).map((piece) => piece.text)

  test('marks what was matched, with accents or without', () => {
    expect(matched('Lopez, Maria Elena', 'lop mar')).toEqual(['Lop', 'Mar'])
    expect(matched('Lopez, Ramón', 'ramon')).toEqual(['Ramón'])
    expect(matched('born 12 Mar 1958', '1958')).toEqual(['1958'])
    expect(matched('Lopez', 'opez')).toEqual([])
    expect(highlight('Brandão, Inês', 'ines').map((piece) => piece.text).join('')).toBe('Brandão, Inês')
  })

  test('finds a command by the beginnings of its words', () => {
    expect(matchesLabel('Register new patient', 'reg pat')).toBe(true)
    expect(matchesLabel('Register new patient', 'tient')).toBe(false)
  })
})

describe('the rail', () => {
  test('shows the places of the role that exist, home first', () => {
    expect(placeIdsFor(['receptionist'], new Set(['patients', 'day']))).toEqual(['day', 'patients'])
    expect(placeIdsFor(['administrator'], new Set(['day', 'codes', 'settings']))).toEqual(['codes', 'settings'])
  })

  test('for two roles it is the first home and the union, at most eight', () => {
    const everything = new Set(['doctor-home', 'day', 'flow', 'patients', 'results', 'tasks', 'staff', 'rooms', 'codes', 'import', 'settings'])
    const ids = placeIdsFor(['doctor', 'administrator'], everything)
    expect(ids[0]).toBe('doctor-home')
    expect(ids).toHaveLength(8)
  })
})
