import type { Sex } from '../../patients/model.ts'
import type { Cents } from '../../../kernel/money.ts'
import type { PlainDate } from '../../../kernel/time.ts'

/** What a file of a former system may hold: one table a file. */
export const csvKinds = ['patients', 'appointments', 'ledger'] as const
export type CsvKind = (typeof csvKinds)[number]

/** What a column may mean. A column that means nothing here is left out, and said to be. */
export const csvFields = {
  patients: [
    'account', 'family-name', 'given-name', 'middle-name', 'full-name', 'suffix', 'birth-date', 'sex', 'ssn', 'address', 'city', 'state', 'postal-code',
    'phone', 'other-phone', 'email', 'payer', 'member-number', 'notes',
  ],
  appointments: ['date', 'time', 'minutes', 'account', 'full-name', 'family-name', 'given-name', 'birth-date', 'phone', 'provider', 'type', 'status', 'comment'],
  ledger: ['date', 'account', 'full-name', 'invoice', 'entry-type', 'code', 'charge', 'credit', 'amount', 'balance'],
} as const satisfies Record<CsvKind, readonly string[]>
export type CsvField = (typeof csvFields)[CsvKind][number]

/** For each column of the file, in its order: what it means, or null. */
export type Mapping = readonly (CsvField | null)[]
export const dayOrders = ['mdy', 'dmy'] as const
export type DayOrder = (typeof dayOrders)[number]

/** One record as it stands in the file, its cells as text. */
export interface CsvRecord {
  /** The line on which it begins; the header is line 1. */
  readonly line: number
  readonly cells: readonly string[]
}

/** Why a row is left out whole, and what of a row that is taken is not. */
export const problemCodes = [
  'CELLS_MISSING', 'CELLS_TOO_MANY', 'CHARACTER_LOST', 'NO_NAME', 'NO_GIVEN_NAME', 'NO_BIRTH_DATE', 'NOT_A_DATE', 'DATE_IN_FUTURE', 'YEAR_GUESSED', 'DAY_OR_MONTH', 'NOT_A_SEX', 'PHONE_UNREADABLE',
  'PHONE_WITHOUT_AREA', 'NOT_AN_EMAIL', 'NO_PLACE', 'TOO_LONG', 'NO_DATE', 'NO_TIME', 'NOT_A_TIME', 'NO_ACCOUNT', 'ACCOUNT_TWICE', 'ACCOUNT_UNKNOWN', 'NAME_DIFFERS', 'NO_PATIENT', 'PATIENT_UNSURE', 'NOT_A_STATUS',
  'PROVIDER_UNKNOWN', 'SLOT_TAKEN', 'NOT_AN_AMOUNT', 'NO_AMOUNT', 'NOT_AN_ENTRY_TYPE', 'SIGN_BY_BALANCE', 'BALANCE_DIFFERS', 'ROW_REPEATED',
] as const
export type ProblemCode = (typeof problemCodes)[number]

export interface Problem {
  readonly line: number
  readonly field: CsvField | null
  readonly code: ProblemCode
  /** The row is not taken because of it. */
  readonly stops: boolean
  /** The cell as it stands in the file. */
  readonly value: string
}

export interface PatientDraft {
  readonly line: number
  readonly account: string | null
  readonly familyName: string
  readonly givenName: string
  readonly middleName: string | null
  readonly suffix: string | null
  /** Family names that the file itself calls former ones ("fka Haley"). */
  readonly formerNames: readonly string[]
  readonly birthDate: PlainDate | null
  readonly sex: Sex
  readonly address: string | null
  readonly city: string | null
  readonly state: string | null
  readonly postalCode: string | null
  readonly phone: string | null
  readonly otherPhone: string | null
  readonly email: string | null
  readonly payer: string | null
  readonly memberNumber: string | null
  /** Compared and never kept. */
  readonly ssn: string | null
}

export const appointmentOutcomes = ['booked', 'fulfilled', 'no-show', 'cancelled'] as const
export interface AppointmentDraft {
  readonly line: number
  readonly account: string | null
  readonly familyName: string
  readonly givenName: string
  readonly middleName: string | null
  readonly suffix: string | null
  readonly birthDate: PlainDate | null
  readonly phone: string | null
  readonly date: PlainDate
  readonly minute: number
  readonly minutes: number
  readonly provider: string
  readonly reason: string | null
  readonly outcome: (typeof appointmentOutcomes)[number]
}

export const entryKinds = ['charge', 'payment', 'adjustment', 'refund'] as const
export interface LedgerDraft {
  readonly line: number
  readonly account: string
  readonly familyName: string
  readonly givenName: string
  readonly date: PlainDate
  readonly kind: (typeof entryKinds)[number]
  /** Above zero is owed to the clinic. */
  readonly amountCents: Cents
  readonly memo: string
}

/** What a row became, and what was found on the way; `draft` is missing when a problem stops the row. */
export interface Understood<D> {
  readonly draft?: D
  readonly problems: readonly Problem[]
}
