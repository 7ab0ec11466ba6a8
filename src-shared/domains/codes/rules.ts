import { CodeSkipReason, CodeSystem } from './model.ts'
import type { ImportedCode, ParsedCode } from './model.ts'

/**
 * One line of CMS's `icd10cm_order_YYYY.txt`. Fixed width, columns counted from 1: order number
 * 1-5, code 7-13 without its dot, 15 '1' when it may be billed and '0' for a heading, short title
 * 17-76, long title from 78. Source: CMS, "ICD-10-CM order file" note in each yearly release.
 */
export function parseOrderLine(line: string): ParsedCode {
  const text = line.replace(/\r$/, '')
  const order = text.slice(0, 5)
  const code = text.slice(6, 13).trim()
  const flag = text.slice(14, 15)
  const label = text.slice(77).trim()
  const aligned = text.charAt(5) === ' ' && text.charAt(13) === ' ' && text.charAt(15) === ' '
  if (!/^\d{5}$/.test(order) || !aligned || (flag !== '0' && flag !== '1')) return skipped(CodeSkipReason.badLine)
  if (!isPlainIcd10(code)) return skipped(CodeSkipReason.badCode)
  if (label === '') return skipped(CodeSkipReason.noLabel)
  return taken({ system: CodeSystem.icd10cm, code: dotted(code), label, billable: flag === '1', active: true })
}

/** True when the text can only be the beginning of a CMS order file. */
export function looksLikeOrderFile(firstLine: string): boolean {
  return parseOrderLine(firstLine.replace(/^\uFEFF/, '')).ok
}

/** 'E1165' and 'e11.65' both become 'E11.65': the dot stands after the third character. */
export function dotted(code: string): string {
  const plain = plainCode(code)
  return plain.length > 3 ? `${plain.slice(0, 3)}.${plain.slice(3)}` : plain
}

/** The form codes are compared in: no dot, no blanks, capitals. */
export function plainCode(code: string): string {
  return code.replace(/[.\s]/g, '').toUpperCase()
}

/** Letter, digit, then up to five letters or digits; X pads, and U, V, W, X, Y, Z are chapters too. */
export function isPlainIcd10(code: string): boolean {
  return /^[A-Z]\d[0-9A-Z]{1,5}$/.test(code)
}

/** The release a file says it is, by its name: 'FY2022', '2025-10', or nothing when it does not say. */
export function releaseFromFileName(system: CodeSystem, fileName: string): string | undefined {
  const name = fileName.toLowerCase().replace(/\.(csv|txt|gz|zip)\b/g, '')
  if (/merged|starter/.test(name)) return undefined
  const year = /(?:^|[^0-9])((?:19|20)\d\d)(?!\d)/.exec(name)?.[1]
  if (year === undefined) return undefined
  if (system === CodeSystem.icd10cm) return `FY${year}`
  const month = monthNumber(name)
  return month === undefined ? year : `${year}-${month}`
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const

function monthNumber(name: string): string | undefined {
  const index = MONTHS.findIndex((month) => new RegExp(`(?:^|[^a-z])${month}`).test(name))
  return index < 0 ? undefined : String(index + 1).padStart(2, '0')
}

/**
 * ICD-10-CM's year begins on 1 October of the year before (45 CFR 162.1002 adopts the set as CMS
 * maintains it by federal fiscal year).
 */
export function icd10YearInForce(onDate: string): string {
  const year = Number(onDate.slice(0, 4))
  return `FY${onDate.slice(5, 7) >= '10' ? year + 1 : year}`
}

/** Older than the set in force on that day: the screen says so beside the name of the set. */
export function isOutdatedIcd10(release: string, onDate: string): boolean {
  const year = /^FY(\d{4})$/.exec(release)?.[1]
  return year === undefined || `FY${year}` < icd10YearInForce(onDate)
}

export function taken(code: ImportedCode): ParsedCode {
  return { ok: true, code }
}

export function skipped(reason: CodeSkipReason): ParsedCode {
  return { ok: false, reason }
}
