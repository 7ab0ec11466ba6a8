import type { PlainDate } from '../../kernel/time.ts'

/** What stands in the code on a box: GS1 element strings, as US drug packages have them by law (DSCSA). */
export interface Scan {
  barcode?: string
  expiresOn?: PlainDate
  lotNumber?: string
}

const GROUP_SEPARATOR = '\u001D'
/** Elements of a fixed length; every other one ends at a separator or at the end. */
const fixedLengths: Readonly<Record<string, number>> = { '01': 14, '11': 6, '13': 6, '15': 6, '17': 6 }
const named: Readonly<Record<string, 'lotNumber' | 'other'>> = { '10': 'lotNumber', '21': 'other', '22': 'other' }

/** Undefined where it is no code of a box: then a person has typed a name. */
export function readScan(text: string): Scan | undefined {
  const code = text.trim().replace(/^\](d2|C1|Q3|e0)/, '')
  if (/^\d{8}$|^\d{12,13}$/.test(code)) return { barcode: code.padStart(14, '0') }
  const found: Scan = {}
  let rest = code.replace(/^\(|\)/g, '').replaceAll('(', GROUP_SEPARATOR)
  while (rest !== '') {
    rest = rest.startsWith(GROUP_SEPARATOR) ? rest.slice(1) : rest
    const name = rest.slice(0, 2)
    const length = fixedLengths[name]
    if (length === undefined && named[name] === undefined) return undefined
    const end = length === undefined ? (rest.indexOf(GROUP_SEPARATOR) + 1 || rest.length + 1) - 1 : 2 + length
    const value = rest.slice(2, end)
    if (value === '' || (length !== undefined && !new RegExp(`^\\d{${length}}$`).test(value))) return undefined
    if (name === '01') found.barcode = value
    if (name === '17') found.expiresOn = dateOf(value)
    if (named[name] === 'lotNumber') found.lotNumber = value.toUpperCase()
    rest = rest.slice(end)
  }
  return found.barcode === undefined ? undefined : found
}

/** YYMMDD; day 00 is the last of the month. */
function dateOf(digits: string): PlainDate {
  const [year, month, day] = [2000 + Number(digits.slice(0, 2)), Number(digits.slice(2, 4)), Number(digits.slice(4, 6))]
  const lastOfMonth = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return `${year}-${String(month).padStart(2, '0')}-${String(day === 0 ? lastOfMonth : day).padStart(2, '0')}`
}
