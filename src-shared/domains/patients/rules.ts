import { splitDate, type PlainDate } from '../../kernel/time.ts'
import type { Coverage, Patient } from './model.ts'

/** Nobody has lived longer than 122 years; a birth before that is a slip. */
const AGE_MAX = 125

export function isPossibleBirthDate(birthDate: PlainDate, today: PlainDate): boolean {
  return birthDate <= today && splitDate(birthDate)[0] >= splitDate(today)[0] - AGE_MAX
}

export const isPossibleDeath = (deceasedOn: PlainDate | null, birthDate: PlainDate, today: PlainDate): boolean =>
  deceasedOn === null || (birthDate <= deceasedOn && deceasedOn <= today)

/** What the desk edits; everything else follows from it or never changes. */
export const editableFields = [
  'familyName', 'givenName', 'middleName', 'preferredName', 'suffix', 'sex', 'birthDate', 'deceasedOn', 'phone', 'email',
  'addressLine1', 'addressLine2', 'city', 'state', 'postalCode', 'country', 'language',
  'interpreter', 'preferredChannel', 'bestTimes', 'messages', 'workCalls', 'contactBan', 'confidentialAddress', 'inactiveReason',
] as const satisfies readonly (keyof Patient)[]
export type EditableField = (typeof editableFields)[number]
export type Edits = Partial<Pick<Patient, EditableField>>

/** By these a person is told from another: changing one is like registering again. */
const identityFields: readonly EditableField[] = ['familyName', 'givenName', 'birthDate']

export interface FieldChange {
  field: string
  fromValue: string | null
  toValue: string | null
}

/** One entry for each value that is really another one. */
export function changesBetween<T extends object>(before: T, after: T, fields: readonly (keyof T & string)[], prefix = ''): FieldChange[] {
  return fields.flatMap((field) => {
    const [fromValue, toValue] = [asText(before[field]), asText(after[field])]
    return sameValue(before[field], after[field]) ? [] : [{ field: prefix + field, fromValue, toValue }]
  })
}

export const touchesIdentity = (changes: readonly FieldChange[]): boolean => changes.some((change) => (identityFields as readonly string[]).includes(change.field))

const asText = (value: unknown): string | null => (value === null || value === undefined || value === '' ? null : String(value))

export const sameValue = (a: unknown, b: unknown): boolean => asText(a) === asText(b)

/** An empty line says the same as none. */
export function withoutEmptyLines<T extends object>(given: T): T {
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, typeof value === 'string' && value.trim() === '' ? null : value])) as T // Only nullable lines may be empty.
}

/** The ranks 1, 2, 3 … with `placed` at the rank that it asks for, and the others in their order around it. */
export function ranked(others: readonly Coverage[], placed: Coverage | null): Coverage[] {
  const inOrder = others.filter((one) => one.id !== placed?.id).toSorted((a, b) => a.rank - b.rank)
  if (placed) inOrder.splice(Math.min(placed.rank, inOrder.length + 1) - 1, 0, placed)
  return inOrder.map((coverage, at) => ({ ...coverage, rank: at + 1 }))
}

/** Asked about another policy, or another insurer: what was found then says nothing any more. */
export const holdsVerification = (before: Coverage, after: Coverage): boolean => (['payerName', 'planName', 'memberNumber', 'groupNumber'] as const).every((field) => sameValue(before[field], after[field]))

/** What the first bytes say a picture is; the name and the declared type say nothing. */
export function photoTypeOf(bytes: Uint8Array): 'image/jpeg' | 'image/png' | null {
  const begins = (...magic: number[]): boolean => magic.every((byte, at) => bytes[at] === byte)
  if (begins(0xff, 0xd8, 0xff)) return 'image/jpeg'
  if (begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png'
  return null
}
