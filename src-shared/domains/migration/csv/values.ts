import type { Sex } from '../../patients/model.ts'
import { parseDate } from '../../../kernel/parse-date.ts'
import { addDays, type PlainDate } from '../../../kernel/time.ts'
import type { DayOrder } from './model.ts'

/*
 * Cells as former systems and spreadsheets write them. Each reader answers undefined for what it cannot understand, and
 * guesses nothing: a value that is wrong is worse than one that is missing.
 */

/** Words that stand where a value is missing. */
const nothing = new Set(['', '-', '--', '.', 'n/a', 'na', 'none', 'null', 'nil', 'unknown', '?', 'x', 'tbd'])
export const isNothing = (text: string): boolean => nothing.has(text.trim().toLowerCase())

export interface ReadDate {
  readonly date: PlainDate
  /** Two digits stood for the year. */
  readonly isYearGuessed: boolean
  /** Both numbers can be the month: the order of the file decided. */
  readonly isOrderGuessed: boolean
}

/** Day 0 of the calendar that spreadsheets count in; it makes their wrong leap day of 1900 come out right. */
const SERIAL_EPOCH = '1899-12-30'
const SERIAL = /^\d{4,5}(?:\.0+)?$/

export function readDate(text: string, { today, order, years }: { today: PlainDate; order: DayOrder; years: 'past' | 'near' }): ReadDate | undefined {
  const written = text.trim().replace(/[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?( ?[AP]M)?$/i, '')
  if (SERIAL.test(written)) {
    const days = Number.parseInt(written, 10)
    // A bare year is no date, and looks like a day of 1905.
    if (written.length === 4 && days >= 1850 && days <= 2199) return undefined
    return { date: addDays(SERIAL_EPOCH, days), isYearGuessed: false, isOrderGuessed: false }
  }
  if (!/\d/.test(written)) return undefined
  const date = parseDate(written, { today, order, years })
  if (date === undefined) return undefined
  const numbers = partsOf(written)
  return {
    date,
    isYearGuessed: /(^|\D)\d{2}$/.test(written) && !/^\d{4}\D/.test(written),
    isOrderGuessed: numbers !== undefined && numbers[0] <= 12 && numbers[1] <= 12 && numbers[0] !== numbers[1],
  }
}

/** The two numbers before the year, where a date is written in digits with the year last. */
function partsOf(text: string): readonly [number, number] | undefined {
  const match = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})$/.exec(text.trim())
  return match ? [Number(match[1]), Number(match[2])] : undefined
}

/** In which order the dates of a file stand; undefined when nothing in it decides. */
export function dayOrderOf(texts: Iterable<string>): DayOrder | undefined {
  let [monthFirst, dayFirst] = [0, 0]
  for (const text of texts) {
    const parts = partsOf(text)
    if (parts && parts[1] > 12 && parts[0] <= 12) monthFirst += 1
    if (parts && parts[0] > 12 && parts[1] <= 12) dayFirst += 1
  }
  if (monthFirst === dayFirst) return undefined
  return monthFirst > dayFirst ? 'mdy' : 'dmy'
}

/** Minutes after midnight: "11:15 AM", "9:45a", "16:45", "1645". */
export function readTime(text: string): number | undefined {
  const match = /^(\d{1,2})(?::?(\d{2}))?(?::\d{2})?\s*([ap])?\.?m?\.?$/i.exec(text.trim())
  if (!match || (match[2] === undefined && match[3] === undefined)) return undefined
  const [hours, minutes] = [Number(match[1]), Number(match[2] ?? '0')]
  const half = match[3]?.toLowerCase()
  if (minutes > 59 || hours > (half === undefined ? 23 : 12) || (half !== undefined && hours === 0)) return undefined
  const hour = half === undefined ? hours : (hours % 12) + (half === 'p' ? 12 : 0)
  return hour * 60 + minutes
}

/** "30", "30 min", "1 h". */
export function readMinutes(text: string): number | undefined {
  const match = /^(\d{1,3})\s*(h|hr|hour|hours|m|min|mins|minutes)?\.?$/i.exec(text.trim())
  if (!match) return undefined
  return Number(match[1]) * (match[2]?.toLowerCase().startsWith('h') ? 60 : 1)
}

const sexes: Readonly<Record<string, Sex>> = {
  f: 'female', female: 'female', w: 'female', woman: 'female', girl: 'female', fem: 'female', m: 'male', male: 'male', man: 'male', boy: 'male', x: 'other', o: 'other', other: 'other', nonbinary: 'other',
  u: 'unknown', unk: 'unknown', unknown: 'unknown', '?': 'unknown', '': 'unknown',
}
export function readSex(text: string): Sex | undefined {
  const word = text.trim().toLowerCase().replace(/[.\s-]/g, '')
  return Object.hasOwn(sexes, word) ? sexes[word] : undefined
}

export type ReadPhone = { readonly phone: string; readonly lacksArea: boolean }

/** A number as people write it into `readPhone` of the patients: "937/555-7613 (cell)", "937-555-3091 x47". */
export function readPhoneCell(text: string, areaCode: string): ReadPhone | undefined {
  const [number = '', extension] = text.replace(/\([a-z]+\)/gi, ' ').trim().split(/\s*(?:x|ext\.?)\s*(?=\d)/i)
  if (/[a-z]/i.test(number)) return undefined
  const digits = number.replace(/\D/g, '').replace(/^1(?=\d{10}$)/, '')
  if (/^(\d)\1*$/.test(digits)) return undefined // 000-000-0000, 999-9999: somebody had to fill in something.
  const isForeign = number.trim().startsWith('+') && !number.trim().startsWith('+1')
  if (!isForeign && digits.length !== 10 && digits.length !== 7) return undefined
  const lacksArea = !isForeign && digits.length === 7
  const national = lacksArea ? areaCode + digits : isForeign ? number.trim() : digits
  return { phone: extension ? `${national} x${extension}` : national, lacksArea: lacksArea && areaCode === '' }
}

/** Whole cents of "$1,234.00", "(12.00)", "12.00-", "−12"; undefined for anything else. */
export function readAmount(text: string): number | undefined {
  const bare = text.replace(/[\s$]|USD/g, '')
  const match = /^(\()?([-−+])?(\d{1,3}(?:,\d{3})+|\d{1,8})(?:\.(\d{1,2}))?([-−])?(\))?$/.exec(bare)
  if (!match || (match[1] === undefined) !== (match[6] === undefined)) return undefined
  const cents = Number((match[3] ?? '').replaceAll(',', '')) * 100 + Number((match[4] ?? '').padEnd(2, '0'))
  const isNegative = match[1] !== undefined || match[2] === '-' || match[2] === '−' || match[5] !== undefined
  return isNegative && cents !== 0 ? -cents : cents
}
