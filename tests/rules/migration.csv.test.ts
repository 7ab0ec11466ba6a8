import { expect, it } from 'vitest'
import { splitFullName } from '#shared/domains/migration/csv/names.ts'
import { readAmount, readDate, readPhoneCell, readTime } from '#shared/domains/migration/csv/values.ts'

const options = { today: '2026-11-26', order: 'mdy', years: 'past' } as const
it.each([
  ['02/20/1969', '1969-02-20'], ['2/3/69', '1969-02-03'], ['1969-02-20', '1969-02-20'], ['19690220', '1969-02-20'], ['02-20-1969', '1969-02-20'], ['20-Feb-69', '1969-02-20'], ['Feb 20, 1969', '1969-02-20'],
  ['25254', '1969-02-20'], ['25254.0', '1969-02-20'], ['31/12/1980', '1980-12-31'], ['10/15/03', '2003-10-15'], ['02/30/1980', undefined], ['1958', undefined], ['soon', undefined], ['', undefined],
])('the date %s is %s', (text, date) => expect(readDate(text, options)?.date).toBe(date))

it.each([
  ['$1,234.00', 123_400], ['(12.00)', -1_200], ['12.00-', -1_200], ['-12.5', -1_250], ['$ 65.00', 6_500], ['0.00', 0], ['1,23', undefined], ['(12.00', undefined], ['12.345', undefined], ['', undefined],
])('the amount %s is %s cents', (text, cents) => expect(readAmount(text)).toBe(cents))

it.each([
  ['(937) 555-5051', '9375555051'], ['937/555-7613 (cell)', '9375557613'], ['+1 937 555 5051', '9375555051'], ['1-937-555-9854', '9375559854'], ['937.555.5824', '9375555824'], ['555-5269', '9375555269'],
  ['937-555-3091 x47', '9375553091 x47'], ['000-000-0000', undefined], ['ask at desk', undefined],
])('the phone %s is %s', (text, phone) => expect(readPhoneCell(text, '937')?.phone).toBe(phone))

it.each([['11:15 AM', 675], ['9:45a', 585], ['12:30p', 750], ['12:05 AM', 5], ['16:45', 1_005], ['25:00', undefined], ['13:00 PM', undefined]])('the time %s is minute %s', (text, minute) => expect(readTime(text)).toBe(minute))

it.each([
  ['Ledner, Noah', 'Ledner', 'Noah', null], ['Toy,Drew A', 'Toy', 'Drew', null], ['STONE JR, Peter', 'Stone', 'Peter', 'Jr.'], ['Javier Kranz sans Montero', 'Kranz sans Montero', 'Javier', null],
])('the name %s is %s, %s', (text, familyName, givenName, suffix) => expect(splitFullName(text)).toMatchObject({ familyName, givenName, suffix }))
