import { limits } from '../../../kernel/limits.ts'
import { cellsOf, dateOf, isStopped, type Cells, type Reading } from './cells.ts'
import type { CsvField, CsvRecord, PatientDraft, Understood } from './model.ts'
import { formerNamesIn, nameCase, splitFullName, splitMiddle, splitSuffix, type ReadName } from './names.ts'
import { readPhoneCell, readSex } from './values.ts'

const states: Readonly<Record<string, string>> = { ohio: 'OH', kentucky: 'KY', indiana: 'IN', pennsylvania: 'PA', michigan: 'MI', texas: 'TX', california: 'CA', florida: 'FL', newyork: 'NY', illinois: 'IL', massachusetts: 'MA' }

/** One row of a list of patients. What cannot be read is left out by itself; a row without a name or a birth date is left out whole. */
export function readPatient(record: CsvRecord, reading: Reading): Understood<PatientDraft> {
  const cells = cellsOf(record, reading)
  if (isStopped(cells)) return { problems: cells.problems }
  const name = nameOf(cells)
  if (name.familyName === '') cells.note('NO_NAME', reading.mapping.includes('family-name') ? 'family-name' : 'full-name', { stops: true })
  if (name.givenName === '') cells.note('NO_GIVEN_NAME', reading.mapping.includes('given-name') ? 'given-name' : 'full-name', { stops: true })
  const birthDate = dateOf(cells, 'birth-date', reading, 'past')
  if (birthDate === null) cells.note('NO_BIRTH_DATE', 'birth-date')
  if (cells.known('account') === null) cells.note('NO_ACCOUNT', 'account')
  const notes = cells.get('notes')
  const formerNames = formerNamesIn(notes)
  if (notes !== '' && formerNames.length === 0) cells.note('NO_PLACE', 'notes')
  const draft: PatientDraft = {
    line: record.line, account: cells.known('account'), ...name, formerNames, birthDate, sex: sexOf(cells),
    address: textOf(cells, 'address', limits.line_chars), city: placeOf(cells), state: stateOf(cells), postalCode: textOf(cells, 'postal-code', 20),
    phone: phoneOf(cells, 'phone', reading), otherPhone: phoneOf(cells, 'other-phone', reading), email: emailOf(cells),
    payer: payerOf(cells), memberNumber: textOf(cells, 'member-number', limits.name_chars), ssn: ssnOf(cells),
  }
  return isStopped(cells) ? { problems: cells.problems } : { draft, problems: cells.problems }
}

/** Of two columns, or of one that holds the whole name. */
export function nameOf(cells: Cells): ReadName {
  if (cells.get('family-name') === '') return splitFullName(cells.get('full-name'))
  const family = splitSuffix(cells.get('family-name'))
  const given = splitSuffix(cells.get('given-name'))
  const [first, middle] = splitMiddle(given.name)
  const name = {
    familyName: nameCase(family.name), givenName: nameCase(first), middleName: cells.known('middle-name') ?? middle,
    suffix: cells.known('suffix') ?? family.suffix ?? given.suffix,
  }
  for (const [field, text] of [['family-name', name.familyName], ['given-name', name.givenName]] as const) if (text.length > limits.name_chars) cells.note('TOO_LONG', field, { stops: true })
  return name
}

function sexOf(cells: Cells): PatientDraft['sex'] {
  const sex = readSex(cells.get('sex'))
  if (sex === undefined) cells.note('NOT_A_SEX', 'sex')
  return sex ?? 'unknown'
}

export function phoneOf(cells: Cells, field: CsvField, { areaCode }: Reading): string | null {
  const text = cells.known(field)
  if (text === null) return null
  const read = readPhoneCell(text, areaCode)
  if (!read) cells.note('PHONE_UNREADABLE', field)
  else if (read.lacksArea) cells.note('PHONE_WITHOUT_AREA', field)
  return read?.phone ?? null
}

function emailOf(cells: Cells): string | null {
  const email = cells.known('email')
  if (email === null || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) return email
  cells.note('NOT_AN_EMAIL', 'email')
  return null
}

/** A patient who pays alone has no payer. */
function payerOf(cells: Cells): string | null {
  const payer = textOf(cells, 'payer', limits.name_chars)
  return payer !== null && /^(self[ -]?pay|none|cash|uninsured)$/i.test(payer) ? null : payer
}

function ssnOf(cells: Cells): string | null {
  const digits = cells.get('ssn').replace(/\D/g, '')
  return digits.length === 9 && !/^(\d)\1*$/.test(digits) ? digits : null
}

const placeOf = (cells: Cells): string | null => {
  const city = textOf(cells, 'city', limits.name_chars)
  return city === null ? null : nameCase(city)
}

function stateOf(cells: Cells): string | null {
  const text = textOf(cells, 'state', limits.name_chars)
  const word = text?.toLowerCase().replace(/[^a-z]/g, '') ?? ''
  return text === null ? null : Object.hasOwn(states, word) ? (states[word] ?? text) : text.length === 2 ? text.toUpperCase() : text
}

function textOf(cells: Cells, field: CsvField, chars: number): string | null {
  const text = cells.known(field)
  if (text === null) return null
  if (text.length > chars) cells.note('TOO_LONG', field)
  return text.replace(/\s+/g, ' ').slice(0, chars)
}
