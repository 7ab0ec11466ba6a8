import { fold, foldedWords } from '../../kernel/fold.ts'
import { limits } from '../../kernel/limits.ts'
import { parseDate } from '../../kernel/parse-date.ts'
import { splitDate, type PlainDate } from '../../kernel/time.ts'
import type { MatchedBy, PatientSummary } from './model.ts'
import { digitsOfPhone } from './rules.phone.ts'

/**
 * What one search box understands: parts of names, birth year or date, phone digits and MRN, in any order.
 * Each part is a list of readings, of which one must fit: "april 1958" is a month or a name with a year.
 */
export interface PatientQuery {
  /** The row with this number comes first, whatever else fits. */
  mrn: number | undefined
  /** The query of the search index, every part also as the beginning of a word; undefined when nothing can be asked. */
  begins: string | undefined
  /** The same with whole names only, so that "lee" finds Lee before all of the Leemans; undefined without a name part. */
  whole: string | undefined
  /** The folded name parts. */
  names: readonly string[]
  /** The dates that a part of it can be, for the closest match. */
  dates: readonly PlainDate[]
  terms: readonly Term[]
}

interface Reading {
  /** Terms that all must be found. */
  terms: readonly Term[]
}
interface Term {
  columns: 'names' | 'numbers' | 'birth' | 'numbers birth'
  text: string
}
interface Part {
  length: number
  readings: readonly Reading[]
  names?: readonly string[]
  date?: PlainDate
}

export function parseSearch(text: string, today: PlainDate): PatientQuery {
  const words = wordsOf(text)
  const parts: Part[] = []
  for (let at = 0; at < words.length;) {
    const part = readDate(words, at, today) ?? readNumber(words, at, today) ?? readName(words[at] ?? '')
    if (part.readings.length > 0) parts.push(part)
    at += part.length
  }
  const names = parts.flatMap((part) => part.names ?? [])
  return {
    mrn: mrnOf(words),
    begins: matchOf(parts, true),
    whole: names.length > 0 ? matchOf(parts, false) : undefined,
    names,
    dates: parts.flatMap((part) => part.date ?? []),
    terms: parts.flatMap((part) => part.readings.flatMap((reading) => reading.terms)),
  }
}

/** Words that only announce the number after them. */
const labels = /^(mrn|chart|dob|born|birth|tel|phone|cell|ph|no|nr)[.:#]*$/

function wordsOf(text: string): string[] {
  const words = fold(text.slice(0, limits.search_chars))
    .replace(/\b(mrn|dob|tel|ph)[.:#]*(?=\d)/g, '')
    .replace(/[^\p{L}\p{N}'’/.+()-]+/gu, ' ')
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
  return words.filter((word, at) => !(labels.test(word) && /\d/.test(words[at + 1] ?? '')))
}

// Dates

const monthWord = /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/
const dateLike = /^(\d{1,2}[./-]\d{1,2}[./-](\d{2}|\d{4})|\d{4}[./-]\d{1,2}([./-]\d{1,2})?|\d{8}|\d{1,2}[/.]\d{4})$/

/** The longest run of up to three words from here on that can be a date, or a part of one. */
function readDate(words: readonly string[], at: number, today: PlainDate): Part | undefined {
  for (const length of [3, 2, 1]) {
    const run = words.slice(at, at + length)
    if (run.length < length || !looksLikeDate(run)) continue
    const readings = dateReadings(run, today)
    if (readings.length === 0) continue
    const date = parseDate(run.join(' '), { today })
    return { length, readings: [...readings, ...otherReadings(run)], ...(date ? { date } : {}), names: run.filter((word) => /^\p{L}+$/u.test(word)) }
  }
  return undefined
}

function looksLikeDate(run: readonly string[]): boolean {
  if (run.length === 1) return dateLike.test(run[0] ?? '')
  const months = run.filter((word) => monthWord.test(word)).length
  const numbers = run.filter((word) => /^\d{1,4}(st|nd|rd|th)?$/.test(word)).length
  return (months === 1 && numbers === run.length - 1) || (run.length === 3 && numbers === 3)
}

/** As the index holds it: 19580312 and 03121958, so that year and month, or month and day, begin one of them. */
function dateReadings(run: readonly string[], today: PlainDate): Reading[] {
  const text = run.join(' ')
  const whole = [parseDate(text, { today }), parseDate(text, { today, order: 'dmy' })].filter((date) => date !== undefined)
  if (whole.length > 0) return [...new Set(whole)].map((date) => ({ terms: [birth(date.replaceAll('-', ''))] }))
  const monthAndYear = /^(\d{4})[./-](\d{1,2})$/.exec(text) ?? swap(/^(\d{1,2})[./](\d{4})$/.exec(text))
  if (monthAndYear) return [{ terms: [birth(`${monthAndYear[1]}${(monthAndYear[2] ?? '').padStart(2, '0')}`)] }]
  return withMonthName(run, today)
}

const swap = (found: RegExpExecArray | null): [string, string, string] | null => (found ? [found[0], found[2] ?? '', found[1] ?? ''] : null)

function withMonthName(run: readonly string[], today: PlainDate): Reading[] {
  const number = (run.find((word) => /^\d/.test(word)) ?? '').replace(/\D/g, '')
  const word = run.find((one) => monthWord.test(one)) ?? ''
  const first = parseDate(`1 ${word} 2000`, { today })
  if (run.length !== 2 || !first) return []
  const month = first.slice(5, 7)
  const years = number.length === 4 ? [number] : number.length === 2 ? yearsEnding(number, today) : []
  const day = number.length <= 2 && Number(number) >= 1 && Number(number) <= 31 ? [birth(`${month}${number.padStart(2, '0')}`)] : []
  return [...years.map((year) => birth(`${year}${month}`)), ...day].map((term) => ({ terms: [term] }))
}

/** What else the words of a date can be: a phone number, an MRN, somebody called April. */
function otherReadings(run: readonly string[]): Reading[] {
  const text = run.join('')
  if (/^\d{8}$/.test(text)) return [{ terms: [numbers(text)] }]
  if (/[./-]/.test(text) || run.length === 1) return []
  if (/^\d+$/.test(text)) return [{ terms: [numbers(text)] }]
  return [{ terms: run.map((word) => (/\d/.test(word) ? anyNumber(word.replace(/\D/g, '')) : nameTerm(word))) }]
}

// Numbers

/** A run of words without letters: parts of one phone number or MRN ("555 1234"), or several things ("lopez 1990 5551"). */
function readNumber(words: readonly string[], at: number, today: PlainDate): Part | undefined {
  const run: string[] = []
  while (/^[\d()+./-]+$/.test(words[at + run.length] ?? '')) run.push((words[at + run.length] ?? '').replace(/\D/g, ''))
  const digits = run.filter(Boolean)
  if (digits.length === 0) return undefined
  // Single digits fit nearly everybody: they are only ever parts of a longer number.
  const apart: Reading[] = digits.length <= 3 && digits.every((one) => one.length > 1) ? [{ terms: digits.map(anyNumber) }] : []
  const joined = national(digits.join(''))
  const asYear = digits.length === 1 && joined.length === 2 ? yearsEnding(joined, today).map((year) => ({ terms: [birth(year)] })) : []
  return { length: run.length, readings: digits.length === 1 ? [{ terms: [anyNumber(joined)] }, ...asYear] : [{ terms: [numbers(joined)] }, ...apart] }
}

/** Without the country code, as the index holds it. */
const national = (digits: string): string => (digits.length > 10 ? (digitsOfPhone(`+${digits}`) ?? digits) : digits)

/** "58" as a birth year: of this century only where it is not ahead. */
function yearsEnding(twoDigits: string, today: PlainDate): string[] {
  const [thisYear] = splitDate(today)
  return [`19${twoDigits}`, `20${twoDigits}`].filter((year) => Number(year) <= thisYear)
}

function mrnOf(words: readonly string[]): number | undefined {
  const digits = words.join('')
  return /^\d{1,9}$/.test(digits) ? Number(digits) : undefined
}

// Names and the index's own language

function readName(word: string): Part {
  const names = foldedWords(word)
  return { length: 1, readings: names.length > 0 ? [{ terms: names.map(nameTerm) }] : [], names }
}

const nameTerm = (text: string): Term => ({ columns: 'names', text })
const birth = (text: string): Term => ({ columns: 'birth', text })
const numbers = (text: string): Term => ({ columns: 'numbers', text })
const anyNumber = (text: string): Term => ({ columns: 'numbers birth', text })

/** Every term stands in quotes, so that nothing typed is ever an operator. */
function matchOf(parts: readonly Part[], namesBegin: boolean): string | undefined {
  if (parts.length === 0) return undefined
  const term = ({ columns, text }: Term): string => `{${columns}} : "${text.replaceAll('"', '""')}"${namesBegin || columns !== 'names' ? ' *' : ''}`
  const reading = ({ terms }: Reading): string => terms.map(term).join(' AND ')
  return parts.map(({ readings }) => `(${readings.map((one) => `(${reading(one)})`).join(' OR ')})`).join(' AND ')
}

/** By which of its facts a row fits, so that the list can mark them. */
export function matchedBy(query: PatientQuery, row: PatientSummary): MatchedBy[] {
  const words = foldedWords(`${row.familyName} ${row.givenName}`)
  const phone = (row.phone && digitsOfPhone(row.phone)) ?? ''
  const born = row.birthDate.replaceAll('-', '')
  const begins = (columns: Term['columns'], held: readonly string[]): boolean =>
    query.terms.some((term) => term.columns.split(' ').includes(columns) && held.some((one) => one !== '' && one.startsWith(term.text)))
  const facts: [MatchedBy, boolean][] = [
    ['name', begins('names', words)],
    ['birth-date', begins('birth', [born, born.slice(4) + born.slice(0, 4)])],
    ['mrn', begins('numbers', [String(row.mrn)])],
    ['phone', begins('numbers', [phone, phone.slice(-7), phone.slice(-4)])],
  ]
  return facts.filter(([, fits]) => fits).map(([fact]) => fact)
}

/** Best first: the very MRN, then rows whose family name is a part as typed, then rows with any whole name, then the rest by name. */
/** Who is not expected any more comes last, and is found all the same. */
export function byRelevance<P extends PatientSummary & { inactiveReason?: string | null }>(query: PatientQuery, rows: readonly P[]): P[] {
  const score = (row: P): number => {
    if (row.mrn === query.mrn) return 0
    const family = foldedWords(row.familyName)
    const given = foldedWords(row.givenName)
    const whole = query.names.filter((name) => family.includes(name)).length * 2 + query.names.filter((name) => given.includes(name)).length
    return 100 - whole + (row.inactiveReason ? 1_000 : 0)
  }
  return rows
    .map((row) => ({ row, score: score(row), name: fold(`${row.familyName}\t${row.givenName}`) }))
    .toSorted((a, b) => a.score - b.score || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    .map(({ row }) => row)
}
