import type { Sex } from '#shared/domains/patients/model.ts'
import { formatCents } from '#shared/kernel/money.ts'
import { isProvisional, isProvisionalText } from '#shared/kernel/series.ts'
import { dateInZone, daysBetween, type Instant, minuteOfDay, type PlainDate, splitDate, weekdayOf } from '#shared/kernel/time.ts'

/** How things are worded everywhere: names, ages, dates, numbers. Pure; tested in tests/rules/format.test.ts. */
export interface PersonName {
  familyName: string
  givenName: string
}

/** Somebody who is there and may not be known: the core sends such a patient without a name. */
const restrictedName = 'Restricted'

/** In lists, sorted by family name: "Lopez, Maria Elena". */
export const listName = (name: PersonName): string => [name.familyName, name.givenName].filter(Boolean).join(', ') || restrictedName

/** In the banner, on labels and printed patient blocks: "LOPEZ, Maria Elena". */
export const bannerName = (name: PersonName): string => [name.familyName.toLocaleUpperCase('en-US'), name.givenName].filter(Boolean).join(', ')

/** In messages to people: "Maria Lopez", first given name only. */
export const spokenName = (name: PersonName): string => [name.givenName.split(' ')[0], name.familyName].filter(Boolean).join(' ')

export function initials(name: string | PersonName): string {
  const words = typeof name === 'string' ? name.replace(/^(dr|mr|mrs|ms)\.?\s+/i, '').replace(/,.*$/, '').split(/\s+/) : [name.givenName, name.familyName]
  const letters = words.filter(Boolean).map((word) => [...word][0] ?? '')
  return [letters[0], letters.length > 1 ? letters.at(-1) : ''].join('').toLocaleUpperCase('en-US')
}

/** A number that stays the same for a name, to choose a tint from `count`. */
export function tintOf(name: string, count: number): number {
  let sum = 0
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_536
  return sum % count
}

/** "68 y"; under 2 years "14 mo"; under 2 months "3 wk", under 2 weeks "9 d". */
export function age(birthDate: PlainDate, onDate: PlainDate): string {
  const months = fullMonths(birthDate, onDate)
  if (months >= 24) return `${Math.floor(months / 12)} y`
  if (months >= 2) return `${months} mo`
  const days = Math.max(0, daysBetween(birthDate, onDate))
  return days >= 14 ? `${Math.floor(days / 7)} wk` : `${days} d`
}

function fullMonths(from: PlainDate, to: PlainDate): number {
  const [fy, fm, fd] = splitDate(from)
  const [ty, tm, td] = splitDate(to)
  return (ty - fy) * 12 + (tm - fm) - (td < fd ? 1 : 0)
}

const sexWords: Record<Sex, string> = { female: 'Female', male: 'Male', other: 'Other', unknown: 'Unknown' }

export const sexWord = (sex: Sex): string => sexWords[sex]

/** Dense lists: "68 F", "9 d M"; the unit is said only when it is not years. */
export function ageSex(birthDate: PlainDate, sex: Sex, onDate: PlainDate): string {
  const letter = sex === 'unknown' ? '' : (sexWords[sex][0] ?? '')
  return [age(birthDate, onDate).replace(/ y$/, ''), letter].filter(Boolean).join(' ')
}

/** Stands for a number that only the host can give and has not given yet. */
const AFTER_SYNC = 'after sync'

export const receipt = (number: string): string => (isProvisionalText(number) ? AFTER_SYNC : number)

/** "104 218", three and three; the word MRN stands before it where it is not a column of its own. */
export function mrn(value: string | number): string {
  if (isProvisional(Number(value))) return AFTER_SYNC
  const digits = String(value)
  return /^\d+$/.test(digits) ? digits.padStart(6, '0').replace(/\B(?=(\d{3})+(?!\d))/g, ' ') : digits
}

/** "(555) 014-2216" for ten digits, with or without a leading 1; anything else as it was given. */
export function phone(value: string): string {
  const digits = value.replace(/\D/g, '').replace(/^1(?=\d{10}$)/, '')
  return digits.length === 10 ? `(${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}` : value
}

export { formatCents as money }

/** Owner figures only: "$1,873". */
export function wholeDollars(cents: number, currency = 'USD'): string {
  const text = new Intl.NumberFormat('en-US', { style: 'currency', currency, maximumFractionDigits: 0 }).format(Math.abs(cents) / 100)
  return cents < 0 ? `−${text}` : text
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const longMonthNames = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const dayNames = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const longDayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** "12 Mar 1958". */
export function date(value: PlainDate): string {
  const [year, month, day] = splitDate(value)
  return `${day} ${monthNames[month - 1]} ${year}`
}

/** "Tue 17 Nov 2026". */
export const dayDate = (value: PlainDate): string => `${dayNames[weekdayOf(value)]} ${date(value)}`

/** "Tuesday 17 November 2026". */
export function longDate(value: PlainDate): string {
  const [year, month, day] = splitDate(value)
  return `${longDayNames[weekdayOf(value)]} ${day} ${longMonthNames[month - 1]} ${year}`
}

/** In lists: "17 Nov" in this year, "17 Nov 2025" otherwise. */
export function listDate(value: PlainDate, today: PlainDate): string {
  return value.slice(0, 4) === today.slice(0, 4) ? date(value).replace(/ \d{4}$/, '') : date(value)
}

/** "Today", "Tomorrow", "Wed 18 Nov" within the year, else with the year. */
export function nearDate(value: PlainDate, today: PlainDate): string {
  const distance = daysBetween(today, value)
  if (distance === 0) return 'Today'
  if (distance === 1) return 'Tomorrow'
  return `${dayNames[weekdayOf(value)]} ${listDate(value, today)}`
}

/** "born 12 Mar 1958". */
export const born = (birthDate: PlainDate): string => `born ${date(birthDate)}`

/** Minutes since midnight as "10:30 am". */
export function clock(minute: number): string {
  return `${gridClock(minute)} ${minute % 1440 < 720 ? 'am' : 'pm'}`
}

/** In a grid whose axis says am and pm: "10:30". */
export function gridClock(minute: number): string {
  const hour = Math.floor((minute % 1440) / 60)
  return `${hour % 12 === 0 ? 12 : hour % 12}:${String(minute % 60).padStart(2, '0')}`
}

/** An instant on the clinic's wall clock: "10:30 am". */
export const time = (instant: Instant, zone: string): string => clock(minuteOfDay(instant, zone))

/** "17 Nov 10:12 am"; the year only when it is another one. */
export function dateTime(instant: Instant, zone: string, today: PlainDate): string {
  return `${listDate(dateInZone(instant, zone), today)} ${time(instant, zone)}`
}

/** "10:12 am" today, else with the day. */
export function nearTime(instant: Instant, zone: string, today: PlainDate): string {
  return dateInZone(instant, zone) === today ? time(instant, zone) : dateTime(instant, zone, today)
}

/** "10:24:31" on the wall clock, for the draft chip. */
export function timeWithSeconds(instant: Instant, zone: string): string {
  return `${gridClock(minuteOfDay(instant, zone))}:${instant.slice(17, 19)}`
}

/** "18 min", "2 h", "2 h 15 min", "3 days". */
export function duration(minutes: number): string {
  if (minutes < 60) return `${minutes} min`
  if (minutes >= 2880) return `${Math.floor(minutes / 1440)} days`
  const rest = minutes % 60
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`
}

/** "1 patient", "3 patients", "8,412 patients". */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount.toLocaleString('en-US')} ${amount === 1 ? one : many}`
}

/** "042 917": what two screens show is compared three digits at a time. */
export const digitGroups = (digits: string): string => digits.replace(/(\d{3})(?=\d)/g, '$1 ')
