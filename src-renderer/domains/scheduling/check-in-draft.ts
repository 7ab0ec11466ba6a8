import type { Patient } from '#shared/domains/patients/model.ts'
import type { Edits } from '#shared/domains/patients/rules.ts'
import { parseDate } from '#shared/kernel/parse-date.ts'
import type { PlainDate } from '#shared/kernel/time.ts'
import { createStore } from '#renderer/app/store.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { date as dateText, phone as phoneText } from '#renderer/ui/format.ts'

export const identityFields = ['familyName', 'givenName', 'birthText', 'phone', 'email', 'addressLine1', 'addressLine2', 'city', 'state', 'postalCode'] as const
export type IdentityField = (typeof identityFields)[number]

export type CopayMethod = 'cash' | 'card' | 'check'

/** What is typed in a check-in. It outlives the panel: Esc closes and keeps it. */
export interface CheckInDraft {
  /** Of the payment: pressed twice or sent again, it is one. */
  paymentId: string
  /** Undefined: what is due. Null: somebody has emptied the field. */
  amountCents: number | null | undefined
  method: CopayMethod
  /** The details while they are corrected, and as they stood when that began. */
  typed: Readonly<Record<IdentityField, string>> | undefined
  opened: Patient | undefined
}

/** One for each person who shares the window, and appointment. */
const kept = createStore<Readonly<Record<string, CheckInDraft | undefined>>>({})

export const dropCheckInDraft = (key: string): void => kept.set({ ...kept.get(), [key]: undefined })

export function useCheckInDraft(key: string): [CheckInDraft, (changes: Partial<CheckInDraft>) => void] {
  const draft = kept.use()[key]
  const change = (changes: Partial<CheckInDraft>): void => kept.set({ ...kept.get(), [key]: { ...(kept.get()[key] ?? empty(key)), ...changes } })
  return [draft ?? empty(key), change]
}

/** The payment's id stays the same from the first look on, before anything was typed. */
const firstIds = new Map<string, string>()
function empty(key: string): CheckInDraft {
  const paymentId = firstIds.get(key) ?? newId()
  firstIds.set(key, paymentId)
  return { paymentId, amountCents: undefined, method: 'card', typed: undefined, opened: undefined }
}

/** The next payment for this visit is another one. */
export function nextPayment(key: string): string {
  firstIds.set(key, newId())
  return firstIds.get(key) ?? newId()
}

export function typedOf(patient: Patient): Record<IdentityField, string> {
  return {
    familyName: patient.familyName, givenName: patient.givenName, birthText: dateText(patient.birthDate), phone: patient.phone ? phoneText(patient.phone) : '', email: patient.email ?? '',
    addressLine1: patient.addressLine1 ?? '', addressLine2: patient.addressLine2 ?? '', city: patient.city ?? '', state: patient.state ?? '', postalCode: patient.postalCode ?? '',
  }
}

/** Only what is really another value is sent, with what stood there, so that two people may correct different details of one patient. */
export function identityEdits(patient: Patient, typed: Readonly<Record<IdentityField, string>>, today: PlainDate): { was: Edits; changes: Edits } {
  const before = typedOf(patient)
  const changes: Edits = {}
  for (const field of identityFields) {
    if (typed[field].trim() === before[field].trim()) continue
    if (field === 'birthText') changes.birthDate = parseDate(typed.birthText, { today })
    else if (field === 'familyName' || field === 'givenName') changes[field] = typed[field].trim()
    else changes[field] = typed[field].trim() || null
  }
  return { was: Object.fromEntries(Object.keys(changes).map((field) => [field, patient[field as keyof Edits]])), changes } // The keys of the type.
}

export function identityProblems(typed: Readonly<Record<IdentityField, string>>, today: PlainDate): Partial<Record<IdentityField, string>> {
  const birthDate = parseDate(typed.birthText, { today })
  return {
    ...(typed.familyName.trim() === '' ? { familyName: 'The family name is missing.' } : {}),
    ...(typed.givenName.trim() === '' ? { givenName: 'A given name is missing.' } : {}),
    ...(birthDate === undefined ? { birthText: 'No such day. Write it like 12 Mar 1958.' } : birthDate > today ? { birthText: 'This day has not come yet.' } : {}),
  }
}
