import { CodeSkipReason, CodeSystem } from './model.ts'
import type { ParsedCode } from './model.ts'
import { dotted, isPlainIcd10, plainCode, skipped, taken } from './rules.ts'

/** How one published table is read: by the names in its header, never by the position of a column. */
export type CodeTable = {
  readonly name: string
  readonly system: CodeSystem
  /** All of these must be in the header, and nothing decides but them. */
  readonly header: readonly string[]
  readonly code: string
  readonly label: string
  /** A second name that people search by: 'MMR', a brand. It is written before the label. */
  readonly alias?: string
  readonly billable?: string
  /** Column and the one value that says a code is in use. */
  readonly active?: readonly [column: string, value: string]
  /** Systems whose codes are all usable on a claim or an order need no billable column. */
  readonly alwaysBillable?: boolean
}

/** From the most to the least particular: the first whose header fits is the one. */
export const codeTables: readonly CodeTable[] = [
  { name: 'ICD-10-CM, full table', system: CodeSystem.icd10cm, header: ['order', 'code', 'code_dotted', 'billable', 'short', 'long'], code: 'code', label: 'long', billable: 'billable' },
  { name: 'ICD-10-CM, merged years', system: CodeSystem.icd10cm, header: ['code', 'code_dotted', 'billable', 'description'], code: 'code', label: 'description', billable: 'billable', active: ['in_fy2025', 'Y'] },
  { name: 'ICD-10-CM, short list', system: CodeSystem.icd10cm, header: ['code', 'billable', 'label'], code: 'code', label: 'label', billable: 'billable' },
  { name: 'Vaccine units of sale', system: CodeSystem.ndc, header: ['ndc11_dashed', 'product', 'description', 'cvx'], code: 'ndc11_dashed', label: 'description', alias: 'product', alwaysBillable: true },
  { name: 'CVX vaccines', system: CodeSystem.cvx, header: ['cvx', 'short', 'full', 'status'], code: 'cvx', label: 'full', alias: 'short', active: ['status', 'Active'], alwaysBillable: true },
  { name: 'LOINC with reference ranges', system: CodeSystem.loinc, header: ['loinc', 'long_common_name', 'short_name'], code: 'loinc', label: 'long_common_name', alwaysBillable: true },
  { name: 'Common laboratory tests', system: CodeSystem.loinc, header: ['panel', 'loinc', 'name', 'ucum'], code: 'loinc', label: 'name', alwaysBillable: true },
  { name: 'LOINC list', system: CodeSystem.loinc, header: ['loinc', 'display'], code: 'loinc', label: 'display', alwaysBillable: true },
  { name: 'Drug products', system: CodeSystem.rxnorm, header: ['rxcui', 'name', 'strengths', 'form'], code: 'rxcui', label: 'name', alwaysBillable: true },
  { name: 'RxNorm list', system: CodeSystem.rxnorm, header: ['rxcui', 'name'], code: 'rxcui', label: 'name', alwaysBillable: true },
  { name: 'HCPCS modifiers', system: CodeSystem.hcpcsModifier, header: ['modifier', 'description'], code: 'modifier', label: 'description', alwaysBillable: true },
  { name: 'HCPCS Level II', system: CodeSystem.hcpcs, header: ['code', 'short', 'long'], code: 'code', label: 'long', alwaysBillable: true },
  { name: 'Places of service', system: CodeSystem.placeOfService, header: ['code', 'title'], code: 'code', label: 'title', alwaysBillable: true },
  { name: 'UCUM units', system: CodeSystem.ucum, header: ['code', 'display'], code: 'code', label: 'display', alwaysBillable: true },
  { name: 'US states', system: CodeSystem.usState, header: ['code', 'name'], code: 'code', label: 'name', alwaysBillable: true },
]

/** A pairwise table (interactions) or a grouping has a known column too, but it is no list of codes. */
const NOT_A_LIST = ['severity', 'onc_no', 'member_or_other_class', 'manufacturer']

export function recogniseTable(header: readonly string[]): CodeTable | undefined {
  const columns = new Set(header.map((name) => name.replace(/^\uFEFF/, '').trim().toLowerCase()))
  if (NOT_A_LIST.some((name) => columns.has(name))) return undefined
  return codeTables.find((table) => table.header.every((name) => columns.has(name)))
}

/** One record of a recognised table, as `csv-parse` gives it: column name to text. */
export function codeOfRecord(table: CodeTable, record: Readonly<Record<string, string | undefined>>): ParsedCode {
  const raw = (record[table.code] ?? '').trim()
  const label = (record[table.label] ?? '').trim()
  if (raw === '') return skipped(CodeSkipReason.noCode)
  if (label === '') return skipped(CodeSkipReason.noLabel)
  const code = canonicalCode(table.system, raw)
  if (code === undefined) return skipped(CodeSkipReason.badCode)
  const billable = table.alwaysBillable === true || (table.billable !== undefined && record[table.billable]?.trim() === '1')
  return taken({ system: table.system, code, label: withAlias(table, record, label), billable, active: isActive(table, record) })
}

function withAlias(table: CodeTable, record: Readonly<Record<string, string | undefined>>, label: string): string {
  const alias = table.alias === undefined ? '' : (record[table.alias] ?? '').trim()
  return alias === '' || label.toLowerCase().includes(alias.toLowerCase()) ? label : `${alias} (${label})`
}

/** The merged table marks what is certain with Y and what is probable with 'likely': both are in use. */
function isActive(table: CodeTable, record: Readonly<Record<string, string | undefined>>): boolean {
  if (table.active === undefined) return true
  const [column, value] = table.active
  const found = record[column]?.trim()
  return found === undefined || found === '' || found === value || found === 'likely'
}

const SHAPES: Partial<Readonly<Record<CodeSystem, RegExp>>> = {
  hcpcs: /^[A-V]\d{4}$/,
  'hcpcs-modifier': /^[A-Z0-9]{2}$/,
  'place-of-service': /^\d{2}$/,
  cvx: /^\d{1,3}$/,
  ndc: /^\d{4,5}-\d{3,4}-\d{1,2}$/,
  loinc: /^\d{1,7}-\d$/,
  rxnorm: /^\d{1,8}$/,
  'us-state': /^[A-Z]{2}$/,
}

/** The one spelling of a code in its system, or nothing when it cannot be one of that system. */
export function canonicalCode(system: CodeSystem, raw: string): string | undefined {
  if (system === CodeSystem.icd10cm) {
    const plain = plainCode(raw)
    return isPlainIcd10(plain) ? dotted(plain) : undefined
  }
  // UCUM is case sensitive ('m' is a metre and 'M' is mega), so it is kept as it came.
  if (system === CodeSystem.ucum) return raw.length <= 40 ? raw : undefined
  const code = raw.toUpperCase()
  return SHAPES[system]?.test(code) === true ? code : undefined
}
