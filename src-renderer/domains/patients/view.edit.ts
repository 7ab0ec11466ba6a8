import type { Patient } from '#shared/domains/patients/model.ts'
import type { Edits } from '#shared/domains/patients/rules.ts'
import { parseDate } from '#shared/kernel/parse-date.ts'
import type { PlainDate } from '#shared/kernel/time.ts'
import { date as dateText, phone as phoneText } from '#renderer/ui/format.ts'
import type { Problem } from './view.ts'

const lines = ['middleName', 'preferredName', 'suffix', 'phone', 'email', 'addressLine1', 'addressLine2', 'city', 'state', 'postalCode', 'country', 'language'] as const
export type EditField = (typeof lines)[number] | 'familyName' | 'givenName' | 'sex' | 'birthText'
/** The edit form, as text like the registration form. */
export type EditFields = Record<EditField, string>

export function editFieldsOf(patient: Patient): EditFields {
  return {
    familyName: patient.familyName, givenName: patient.givenName, sex: patient.sex, birthText: dateText(patient.birthDate),
    ...(Object.fromEntries(lines.map((field) => [field, field === 'phone' && patient.phone ? phoneText(patient.phone) : (patient[field] ?? '')])) as Record<(typeof lines)[number], string>), // One for each line.
  }
}

/** The form with what somebody typed elsewhere (a kept form, a proposal from registering) put into it. */
export function withTyped(fields: EditFields, typed: Readonly<Record<string, string>>): EditFields {
  return Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, typed[field] ?? value])) as EditFields // The same keys.
}

/** Only what is really another value is sent, so that two people may edit different facts of one patient. */
export function editsOf(patient: Patient, fields: EditFields, today: PlainDate): Edits {
  const before = editFieldsOf(patient)
  const changed = (field: EditField): boolean => fields[field].trim() !== before[field].trim()
  const edits: Edits = {}
  for (const field of lines) if (changed(field)) edits[field] = fields[field].trim() || null
  if (changed('familyName')) edits.familyName = fields.familyName.trim()
  if (changed('givenName')) edits.givenName = fields.givenName.trim()
  if (changed('sex')) edits.sex = fields.sex as Patient['sex'] // One of the form's choices.
  const birthDate = parseDate(fields.birthText, { today })
  if (birthDate !== undefined && birthDate !== patient.birthDate) edits.birthDate = birthDate
  return edits
}

/** The values of the fields that are being changed, as they stood when the form was opened. */
export const seenOf = (patient: Patient, edits: Edits): Edits => Object.fromEntries(Object.keys(edits).map((field) => [field, patient[field as keyof Edits]])) // The keys of the type.

/** The form on top of what somebody else has saved meanwhile: what was changed in it stays as typed. */
export function onto(now: Patient, before: Patient, fields: EditFields): EditFields {
  const [fresh, old] = [editFieldsOf(now), editFieldsOf(before)]
  return Object.fromEntries(Object.entries(fields).map(([field, typed]) => [field, typed === old[field as EditField] ? fresh[field as EditField] : typed])) as EditFields // The same keys.
}

export function editProblems(fields: EditFields, today: PlainDate): Problem[] {
  const birthDate = parseDate(fields.birthText, { today })
  const found: (Problem | undefined)[] = [
    fields.familyName.trim() === '' ? { fieldId: 'edit-familyName', text: 'The family name is missing.' } : undefined,
    fields.givenName.trim() === '' ? { fieldId: 'edit-givenName', text: 'A given name is missing.' } : undefined,
    birthDate === undefined ? { fieldId: 'edit-birth', text: 'The birth date is missing. Write it like 12 Mar 1958.' } : undefined,
  ]
  return found.filter((problem) => problem !== undefined)
}
