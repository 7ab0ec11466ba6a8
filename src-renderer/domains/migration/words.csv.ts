import type { CsvImport } from '#shared/domains/migration/csv/contract.ts'
import type { CsvField, CsvKind, ProblemCode } from '#shared/domains/migration/csv/model.ts'

export const kindWords: Record<CsvKind, string> = { patients: 'Patients', appointments: 'Appointments', ledger: 'Ledger' }
export const stageWords: Record<CsvImport['stage'], string> = { staged: 'Dry run', committing: 'Broke off', done: 'Taken', undoing: 'Taking back broke off', undone: 'Taken back' }

export const fieldWords: Record<CsvField, string> = {
  account: 'Account number', 'family-name': 'Last name', 'given-name': 'First name', 'middle-name': 'Middle name', 'full-name': 'Whole name', suffix: 'Suffix', 'birth-date': 'Birth date', sex: 'Sex', ssn: 'Social security (not kept)',
  address: 'Address', city: 'City', state: 'State', 'postal-code': 'Postal code', phone: 'Phone', 'other-phone': 'Second phone (compared, not kept)', email: 'Email', payer: 'Insurance', 'member-number': 'Member number', notes: 'Notes (not kept)',
  date: 'Date', time: 'Time', minutes: 'Length', provider: 'Provider', type: 'Visit type', status: 'Status', comment: 'Comment', invoice: 'Invoice', 'entry-type': 'Kind of entry', code: 'Code', charge: 'Charge', credit: 'Credit', amount: 'Amount', balance: 'Balance',
}

export const problemWords: Record<ProblemCode, string> = {
  CELLS_MISSING: 'too few columns in this row', CELLS_TOO_MANY: 'too many columns in this row', CHARACTER_LOST: 'a letter was lost in the file', NO_NAME: 'no name', NO_GIVEN_NAME: 'no first name', NO_BIRTH_DATE: 'no birth date', NOT_A_DATE: 'not a date',
  DATE_IN_FUTURE: 'has not come yet', YEAR_GUESSED: 'two digits for the year', DAY_OR_MONTH: 'day or month', NOT_A_SEX: 'not a sex', PHONE_UNREADABLE: 'not a phone number', PHONE_WITHOUT_AREA: 'no area code', NOT_AN_EMAIL: 'not an email address',
  NO_PLACE: 'has no place here', TOO_LONG: 'too long, cut', NO_DATE: 'no date', NO_TIME: 'no time', NOT_A_TIME: 'not a time', NO_ACCOUNT: 'no account number', ACCOUNT_TWICE: 'another person has this number', ACCOUNT_UNKNOWN: 'nobody here has this number', NAME_DIFFERS: 'another name here',
  NO_PATIENT: 'nobody here fits', PATIENT_UNSURE: 'more than one, or not surely', NOT_A_STATUS: 'not a status', PROVIDER_UNKNOWN: 'provider not chosen', SLOT_TAKEN: 'the time is taken here', NOT_AN_AMOUNT: 'not an amount', NO_AMOUNT: 'no amount, or two',
  NOT_AN_ENTRY_TYPE: 'not a kind of entry', SIGN_BY_BALANCE: 'negative credit, read as a credit', BALANCE_DIFFERS: 'the file’s balance does not add up', ROW_REPEATED: 'twice in the file',
}

const facts: Readonly<Record<string, string>> = { name: 'name', 'birth-date': 'birth date', sex: 'sex', phone: 'phone', insurance: 'insurance', ssn: 'social security number', 'member-number': 'member number', email: 'email', address: 'address', area: 'postal code', suffix: 'suffix', 'middle-name': 'middle name' }
export const factWord = (fact: string): string => (Object.hasOwn(facts, fact) ? (facts[fact] ?? fact) : fact)
