import type { RegisterInput } from '#shared/domains/patients/contract.ts'
import type { Patient } from '#shared/domains/patients/model.ts'
import { isReadablePhone, readPhone } from '#shared/domains/patients/rules.phone.ts'
import { isPossibleBirthDate } from '#shared/domains/patients/rules.ts'
import { parseDate } from '#shared/kernel/parse-date.ts'
import type { PlainDate } from '#shared/kernel/time.ts'
import { date as dateText, phone as phoneText } from '#renderer/ui/format.ts'

/** The registration form: what is typed, as text, so that half a date survives as well. */
const emptyForm = {
  familyName: '', givenName: '', birthText: '', sex: '', phone: '', payerName: '', memberNumber: '', addressLine1: '', city: '', state: '', postalCode: '',
  email: '', language: '', contactName: '', contactRelationship: 'spouse', contactPhone: '',
} as const
export type FormField = keyof typeof emptyForm
export type RegistrationFields = Record<FormField, string>

/** Only the fields that the form knows, from a kept draft or another screen. */
export function fieldsFrom(given: Readonly<Record<string, string>>): RegistrationFields {
  return Object.fromEntries(Object.entries(emptyForm).map(([field, blank]) => [field, given[field] ?? blank])) as RegistrationFields // One for each field of the form.
}

/** Nothing has been typed that is worth keeping. */
export const isBlank = (fields: RegistrationFields): boolean => [fields.familyName, fields.givenName, fields.birthText, fields.phone].every((text) => text.trim() === '')

/**
 * What was searched for becomes the name: "lopez, maria", "maria lopez", "lop". Numbers become the birth date when
 * they are one, and else the phone.
 */
export function fieldsFromSearch(text: string, today: PlainDate): Partial<RegistrationFields> {
  const words = text.trim().split(/\s+/)
  const names = words.filter((word) => /\p{L}/u.test(word) && !/\d/.test(word))
  const rest = words.filter((word) => /\d/.test(word)).join(' ')
  const birth = rest === '' ? undefined : parseDate(rest, { today })
  const digits = rest.replace(/\D/g, '')
  return { ...splitName(names.join(' ')), ...(birth ? { birthText: dateText(birth) } : digits.length >= 7 ? { phone: phoneText(rest) } : {}) }
}

/** "Lopez, Maria" in one field is both names; undefined where it is one name, or the given ones are there already. */
export function bothNames({ familyName, givenName }: Pick<RegistrationFields, 'familyName' | 'givenName'>): { familyName: string; givenName: string } | undefined {
  const names = familyName.includes(',') && givenName.trim() === '' ? splitName(familyName) : {}
  return names.familyName && names.givenName ? { familyName: names.familyName, givenName: names.givenName } : undefined
}

function splitName(text: string): Partial<RegistrationFields> {
  if (text === '') return {}
  const [family, given] = text.includes(',') ? text.split(',', 2) : [text.split(' ').at(-1), text.split(' ').slice(0, -1).join(' ')]
  return { familyName: capitalised(family ?? ''), ...(given?.trim() ? { givenName: capitalised(given) } : {}) }
}

/** "lopez" → "Lopez"; what has a capital of its own ("McDonald") stays as it was typed. */
const capitalised = (text: string): string =>
  text.trim().split(' ').map((word) => (word === word.toLowerCase() ? word.replace(/^\p{L}/u, (letter) => letter.toUpperCase()) : word)).join(' ')

export const birthDateOf = (fields: RegistrationFields, today: PlainDate): PlainDate | undefined => parseDate(fields.birthText, { today })

export interface Problem {
  fieldId: string
  text: string
}

/** What is missing or cannot be, in the order of the form. */
export function problemsOf(fields: RegistrationFields, today: PlainDate): Problem[] {
  const birthDate = birthDateOf(fields, today)
  const found: (Problem | undefined)[] = [
    fields.familyName.trim() === '' ? { fieldId: 'register-familyName', text: 'The family name is missing.' } : undefined,
    fields.givenName.trim() === '' ? { fieldId: 'register-givenName', text: 'A given name is missing.' } : undefined,
    birthDate === undefined ? { fieldId: 'register-birth', text: 'The birth date is missing. Write it like 12 Mar 1958.' } : undefined,
    birthDate !== undefined && !isPossibleBirthDate(birthDate, today) ? { fieldId: 'register-birth', text: birthDate > today ? 'This day has not come yet.' : 'Nobody is that old. Check the year.' } : undefined,
    fields.sex === '' ? { fieldId: 'register-sex', text: 'Choose the sex.' } : undefined,
  ]
  return found.filter((problem) => problem !== undefined)
}

const line = (text: string): string | null => text.trim() || null

/** The command's input; `ids` are those of the patient, the contact and the coverage. */
export function registerInput(fields: RegistrationFields, ids: { id: string; contactId: string; coverageId: string }, birthDate: PlainDate): Omit<RegisterInput, 'duplicateReason'> {
  return {
    id: ids.id, familyName: fields.familyName.trim(), givenName: fields.givenName.trim(), birthDate, sex: fields.sex as Patient['sex'], // One of the form's choices.
    phone: line(fields.phone), email: line(fields.email), addressLine1: line(fields.addressLine1), city: line(fields.city), state: line(fields.state),
    postalCode: line(fields.postalCode), language: line(fields.language),
    ...(line(fields.contactName) ? { contact: { id: ids.contactId, name: fields.contactName.trim(), relationship: fields.contactRelationship, phone: line(fields.contactPhone), isEmergency: true, isGuardian: false } } : {}),
    ...(line(fields.payerName) ? {
      coverage: {
        id: ids.coverageId, payerName: fields.payerName.trim(), planName: null, memberNumber: line(fields.memberNumber), groupNumber: null,
        relationship: 'self' as const, subscriberName: null, rank: 1, validFrom: null, validTo: null, copayCents: null,
      },
    } : {}),
  }
}

/** What was typed beside the record of somebody who is here already: kept as changes to propose, never written by itself. Half a phone number is none. */
export function proposalsOf(fields: RegistrationFields): Record<string, string> {
  const phone = readPhone(fields.phone)
  const wanted = [...(phone !== null && isReadablePhone(phone) ? (['phone'] as const) : []), 'email', 'addressLine1', 'city', 'state', 'postalCode', 'language'] as const
  return Object.fromEntries(wanted.flatMap((field) => (fields[field].trim() === '' ? [] : [[field, fields[field].trim()]])))
}
