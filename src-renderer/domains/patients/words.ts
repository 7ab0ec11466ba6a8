import type { DocumentKind } from '#shared/domains/patients/model.documents.ts'
import type { GuarantorObstacle, RelationKind } from '#shared/domains/patients/model.family.ts'
import type { MergeObstacle, UnmergeObstacle } from '#shared/domains/patients/model.merge.ts'
import type { Candidate, Comparison, DuplicateReason, PatientChange } from '#shared/domains/patients/model.ts'
import type { InactiveReason } from '#shared/domains/patients/model.contact.ts'
import { languageName } from '#shared/domains/patients/rules.languages.ts'
import { inactiveWords } from '#renderer/ui/contact-words.ts'
import type { RegistrationFields } from './view.ts'
import type { ErrorTexts } from '#renderer/rpc/error-text.ts'
import { patientFieldWords as fieldWords } from '#renderer/ui/patient-fields.ts'
import { guarantorTexts, relationWords } from './words.family.ts'
import { obstacleTexts, unmergeTexts } from './words.merge.ts'
import { date as dateText, listName, phone as phoneText, sexWord } from '#renderer/ui/format.ts'

export const relationshipWords: Readonly<Record<string, string>> = {
  spouse: 'Spouse', partner: 'Partner', parent: 'Parent', child: 'Child', sibling: 'Brother or sister', guardian: 'Guardian', friend: 'Friend', other: 'Other',
}
export const holderWords: Readonly<Record<string, string>> = { self: 'Patient', spouse: 'Spouse', child: 'Parent', other: 'Somebody else' }

export const reasonWords: Readonly<Record<DuplicateReason, string>> = {
  'other-person': 'Another person: I asked, or saw a card',
  'twin-or-relative': 'Twin or other relative',
  'merge-later': 'Same person, but the old chart cannot be used now',
}

export const documentWords: Readonly<Record<DocumentKind, string>> = {
  'card-front': 'Insurance card, front', 'card-back': 'Insurance card, back', identity: 'Identity paper', consent: 'Consent', referral: 'Referral', 'outside-record': 'Outside record', other: 'Other',
}

const comparedWords: Readonly<Record<Comparison['field'], string>> = { name: 'Name', 'birth-date': 'Born', sex: 'Sex', phone: 'Phone', insurance: 'Insurance' }

export interface ComparisonLine {
  label: string
  verdict: Comparison['verdict']
  text: string
}

/** One line for each fact that could be compared: what the record says, and why it counts. */
export function comparisonLines({ patient, comparisons, insurance }: Candidate, typed: Pick<RegistrationFields, 'familyName' | 'givenName' | 'phone'>): ComparisonLine[] {
  const held: Record<Comparison['field'], string> = {
    name: listName(patient), 'birth-date': dateText(patient.birthDate), sex: sexWord(patient.sex), phone: patient.phone ? phoneText(patient.phone) : '', insurance: insurance ?? '',
  }
  return comparisons
    .filter(({ field }) => held[field] !== '')
    .map((one) => ({ label: comparedWords[one.field], verdict: one.verdict, text: because(one, held[one.field], patient, typed) }))
}

function because({ field, because: why }: Comparison, held: string, patient: Candidate['patient'], typed: Pick<RegistrationFields, 'familyName' | 'givenName' | 'phone'>): string {
  const isFamily = patient.familyName.toLowerCase() !== typed.familyName.trim().toLowerCase()
  const [known, written] = isFamily ? [patient.familyName, typed.familyName.trim()] : [patient.givenName, typed.givenName.trim()]
  switch (why) {
    case null: return held
    case 'sounds-alike': return known.toLowerCase() === written.toLowerCase() ? held : `${known} sounds like ${written}`
    case 'nickname': return `${patient.givenName.split(' ')[0]} is also ${typed.givenName.trim()}`
    case 'typing-slip': return `${known}, nearly ${written}`
    case 'part-of': return held
    case 'begins': return field === 'phone' ? `${held}, first ${typed.phone.replace(/\D/g, '').length} digits` : held
    case 'swapped': return `${held}, the other way round`
    case 'one-digit': return `${held}, one digit differs`
    case 'day-and-month': return `${held}, day and month turned`
    case 'near': return `${held}, close by`
  }
}

const isId = (value: string): boolean => /^[0-9a-f]{8}-/.test(value)

/** "Family name: Doe → Whitfield", in words. */
export function changeText(change: PatientChange): string {
  if (change.field === 'notDuplicateOf') return `Looks like another patient: ${(reasonWords[change.fromValue as DuplicateReason] ?? '').toLowerCase()}` // Written from the enum.
  const show = (value: string | null): string => (value === null ? 'nothing' : change.field === 'language' ? languageName(value) : change.field === 'inactiveReason' ? inactiveWords[value as InactiveReason] ?? value : /^\d{4}-\d\d-\d\d$/.test(value) ? dateText(value) : change.field.endsWith('phone') ? phoneText(value) : value)
  if (change.field === 'mergedFrom') return change.toValue === null ? 'A merged chart became a chart of its own again' : 'Another chart was merged into this one'
  if (change.field === 'mergedInto') return change.toValue === null ? 'A chart of its own again' : 'Merged into another chart'
  if (change.field === 'mergeBlock') return change.toValue === null ? 'May be merged again' : 'Marked “do not merge”'
  if (change.field === 'relative') return change.toValue === null ? 'Link to a relative taken away' : `Linked to a relative (${(relationWords[change.toValue as RelationKind] ?? '').toLowerCase()})` // Written from the enum.
  if (change.field === 'guarantor') return change.toValue === null ? 'Answers for their own bills' : isId(change.toValue) ? 'Another patient answers for the bills' : `${change.toValue} answers for the bills`
  if (change.field === 'photo') return change.toValue === null ? 'Photo removed' : 'Photo taken'
  if (change.field === 'contact' || change.field === 'insurance') return change.toValue === null ? `${fieldWords[change.field]} ${change.fromValue} ended` : `${fieldWords[change.field]} ${change.toValue} added`
  return `${fieldWords[change.field] ?? change.field}: ${show(change.fromValue)} → ${show(change.toValue)}`
}

/** "Born and phone". */
export function fieldNames(fields: readonly string[]): string {
  const names = fields.map((field, at) => (at === 0 ? (fieldWords[field] ?? field) : (fieldWords[field] ?? field).toLowerCase()))
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
}

/** What happened, why, what next. The codes are the contract's. */
export const errorTexts: ErrorTexts = {
  CHANGED_MEANWHILE: 'Somebody else has changed the same meanwhile. It is shown as it is now; look, and change it again if yours is right.',
  LIKELY_DUPLICATE: 'Somebody very like this is registered already. Use that patient, or say why this is another person.',
  BIRTH_DATE_NOT_POSSIBLE: 'The birth date is ahead of today or too long ago. Check the year.',
  DECEASED_DATE_NOT_POSSIBLE: 'The date of death must lie between the birth and today.',
  PHOTO_NOT_READABLE: 'This file is no picture that Cairn can read. Take a JPEG or PNG.',
  DOCUMENT_NOT_READABLE: 'This file is no PDF, JPEG, PNG or TIFF that Cairn can read, whatever its name says. Scan it again as one of these.',
  DOCUMENT_TOO_LARGE: 'The file is larger than 8 MB. Scan it with fewer dots per inch, or in two parts.',
  FOLDER_NOT_WRITABLE: 'Nothing can be written into this folder. Choose another one; nothing was saved.',
  DOCUMENT_DAMAGED: 'The file did not arrive whole. Nothing of it is kept; add it again.',
  MERGE_NOT_POSSIBLE: (data) => obstacleTexts[(data as { why: MergeObstacle }).why], // The contract's shape.
  SAME_PATIENT: 'Not linked: both are the same patient.',
  GUARANTOR_NOT_POSSIBLE: (data) => guarantorTexts[(data as { why: GuarantorObstacle }).why], // The contract's shape.
  UNMERGE_NOT_POSSIBLE: (data) => unmergeTexts[(data as { why: UnmergeObstacle }).why], // As above.
  PHOTO_TOO_LARGE: 'The picture is still too large after it was made smaller. Take another one.',
}
