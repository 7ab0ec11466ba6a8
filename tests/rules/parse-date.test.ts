import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDate } from '#shared/kernel/parse-date.ts'
import { date, dayDate } from '#renderer/ui/format.ts'

const today = '2026-11-22'
const birth = (text: string) => parseDate(text, { today })
const near = (text: string) => parseDate(text, { today, years: 'near' })

test.each([
  ['12 mar 1958', '1958-03-12'],
  ['12 Mar 58', '1958-03-12'],
  ['12mar58', '1958-03-12'],
  ['mar 12 1958', '1958-03-12'],
  ['March 12th, 1958', '1958-03-12'],
  ['1958 march 12', '1958-03-12'],
  ['3/12/58', '1958-03-12'],
  ['3/12/1958', '1958-03-12'],
  ['03-12-1958', '1958-03-12'],
  ['3.12.1958', '1958-03-12'],
  ['1958-03-12', '1958-03-12'],
  ['1958/3/12', '1958-03-12'],
  ['03121958', '1958-03-12'],
  ['19580312', '1958-03-12'],
  ['031258', '1958-03-12'],
  ['25/3/1958', '1958-03-25'],
  ['2 sept 2020', '2020-09-02'],
  ['29 feb 2024', '2024-02-29'],
  // A two-digit year is the most recent one that is not in the future.
  ['1/2/26', '2026-01-02'],
  ['12/31/26', '1926-12-31'],
])('a birth date written as %s', (text, expected) => {
  expect(birth(text)).toBe(expected)
})

test.each(['', 'mar', '12', '12 mar', '3/12', '30 feb 1958', '29 feb 2023', '13/13/1958', '0/1/1958', '12 mar 195', 'monday', '1 2 3 4', '12 mar 1958 x', 'ma 12 1958'])(
  '%s is no birth date',
  (text) => {
    expect(birth(text)).toBeUndefined()
  },
)

test.each([
  ['today', '2026-11-22'],
  ['12 dec', '2026-12-12'],
  ['dec 12', '2026-12-12'],
  ['3 jan', '2027-01-03'],
  ['1/3', '2027-01-03'],
  ['12/1/27', '2027-12-01'],
])('a day of the schedule written as %s', (text, expected) => {
  expect(near(text)).toBe(expected)
})

test('digits are read in the order of the clinic', () => {
  expect(parseDate('3/12/1958', { today, order: 'dmy' })).toBe('1958-12-03')
})

test('what the window writes it can read back', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('1900-01-01'), max: new Date('2026-11-22'), noInvalidDate: true }), (moment) => {
      const day = moment.toISOString().slice(0, 10)
      expect(birth(date(day))).toBe(day)
      expect(birth(dayDate(day).replace(/^\w+ /, ''))).toBe(day)
    }),
  )
})

test('no text makes it fail or answer with a day that does not exist', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const day = birth(text)
      if (day !== undefined) expect(new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10)).toBe(day)
    }),
  )
})
