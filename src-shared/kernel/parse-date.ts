import { type PlainDate, splitDate } from './time.ts'

/**
 * Dates as people type them: "12 mar 1958", "March 12, 58", "3/12/58", "1958-03-12", "12031958", "12.3.1958".
 * Digits only are read in the clinic's order. Two-digit years are birth years by default: the most recent one
 * that is not after `today`. Returns undefined for anything that is not a real calendar day.
 */
export interface ParseDateOptions {
  today: PlainDate
  /** Order of digits-only dates; 'mdy' in the United States. */
  order?: 'mdy' | 'dmy'
  /** Which century a two-digit year means: 'past' for births, 'near' for appointments and due dates. */
  years?: 'past' | 'near'
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const longMonths = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']

export function parseDate(text: string, options: ParseDateOptions): PlainDate | undefined {
  const words = text
    .toLowerCase()
    .replace(/(\d)(st|nd|rd|th)\b/g, '$1')
    .replace(/([a-z])(\d)|(\d)([a-z])/g, '$1$3 $2$4')
    .split(/[\s,./\-–]+/)
    .filter(Boolean)
  const relative = relativeDay(words, options.today)
  if (relative) return relative
  return parseWithMonthName(words, options) ?? parseDigits(words, options)
}

function relativeDay([word, ...rest]: string[], today: PlainDate): PlainDate | undefined {
  if (word === 'today' && rest.length === 0) return today
  return undefined
}

function monthOf(word: string): number | undefined {
  if (word.length < 3 || !/^[a-z]+$/.test(word)) return undefined
  const normal = word === 'sept' ? 'sep' : word
  const index = normal.length === 3 ? months.indexOf(normal) : longMonths.findIndex((month) => month.startsWith(normal))
  return index === -1 ? undefined : index + 1
}

function parseWithMonthName(words: string[], options: ParseDateOptions): PlainDate | undefined {
  const at = words.findIndex((word) => monthOf(word) !== undefined)
  if (at === -1) return undefined
  const month = monthOf(words[at] ?? '')
  const numbers = words.filter((_, index) => index !== at)
  if (month === undefined || numbers.length > 2 || numbers.some((word) => !/^\d{1,4}$/.test(word))) return undefined
  const [first, second] = numbers
  if (first === undefined) return undefined
  if (second === undefined) return options.years === 'near' ? nearestYear(month, first, options) : undefined
  // "1958 Mar 12" has the year in front; every other style has it last.
  const [dayText, yearText] = first.length > 2 ? [second, first] : [first, second]
  return build(yearText, month, Number(dayText), options)
}

function nearestYear(month: number, dayText: string, options: ParseDateOptions): PlainDate | undefined {
  const [year] = splitDate(options.today)
  const thisYear = real(year, month, Number(dayText))
  if (thisYear === undefined || thisYear >= options.today) return thisYear
  return real(year + 1, month, Number(dayText))
}

function parseDigits(words: string[], options: ParseDateOptions): PlainDate | undefined {
  const parts = words.length === 1 ? splitRun(words[0] ?? '') : words
  if (parts.some((part) => !/^\d{1,4}$/.test(part))) return undefined
  const [a, b, c] = parts
  const isDayFirst = options.order === 'dmy'
  if (a === undefined || b === undefined) return undefined
  if (c === undefined) {
    if (options.years !== 'near' || parts.length !== 2) return undefined
    return isDayFirst ? nearestYear(Number(b), a, options) : nearestYear(Number(a), b, options)
  }
  if (parts.length !== 3) return undefined
  if (a.length === 4) return build(a, Number(b), Number(c), options)
  const [month, day] = isDayFirst ? [Number(b), Number(a)] : [Number(a), Number(b)]
  // 25/3/1958 can only be day first, whatever the clinic's order is.
  return month > 12 ? build(c, day, month, options) : build(c, month, day, options)
}

/** "03121958", "031258" or "19580312" without any separator. */
function splitRun(run: string): string[] {
  if (/^(19|20)\d{6}$/.test(run)) return [run.slice(0, 4), run.slice(4, 6), run.slice(6)]
  if (/^\d{8}$/.test(run)) return [run.slice(0, 2), run.slice(2, 4), run.slice(4)]
  if (/^\d{6}$/.test(run)) return [run.slice(0, 2), run.slice(2, 4), run.slice(4)]
  return [run]
}

function build(yearText: string, month: number, day: number, options: ParseDateOptions): PlainDate | undefined {
  if (yearText.length === 4) return real(Number(yearText), month, day)
  if (yearText.length > 2) return undefined
  const [thisYear] = splitDate(options.today)
  const century = thisYear - (thisYear % 100)
  const recent = real(century + Number(yearText), month, day)
  if (options.years === 'near') return recent
  return recent !== undefined && recent <= options.today ? recent : real(century - 100 + Number(yearText), month, day)
}

function real(year: number, month: number, day: number): PlainDate | undefined {
  if (month < 1 || month > 12 || day < 1 || day > 31 || year < 1850 || year > 2200) return undefined
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCDate() === day ? date.toISOString().slice(0, 10) : undefined
}
