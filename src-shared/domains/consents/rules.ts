import { addDays, ageInYears, dateInZone, splitDate, type PlainDate } from '../../kernel/time.ts'
import type { Appointment } from '../scheduling/model.ts'
import type { ConsentForm, PatientConsent, Signature } from './model.ts'

/** Where a form stands for a patient at a visit: `valid` needs nothing, everything else is open. */
export type Standing =
  | { is: 'valid'; by: PatientConsent; until: PlainDate | null }
  | { is: 'missing' }
  /** It was signed and the year is over, the visit is another one, or the text is another one. */
  | { is: 'ended' | 'text-changed' | 'refused' | 'withdrawn'; by: PatientConsent }

export interface Asked {
  today: PlainDate
  zone: string
  /** The visit that is asked for; null: none in particular. */
  appointmentId: string | null
}

/** The newest decision counts; the time is the host's and of two at one instant the later id. */
export function standingOf(form: Pick<ConsentForm, 'formId' | 'validity' | 'validFromVersion'>, consents: readonly PatientConsent[], { today, zone, appointmentId }: Asked): Standing {
  const [newest] = consents.filter((one) => one.formId === form.formId).toSorted((a, b) => (a.decidedAt === b.decidedAt ? (a.id < b.id ? 1 : -1) : a.decidedAt < b.decidedAt ? 1 : -1))
  if (!newest) return { is: 'missing' }
  if (newest.decision !== 'signed') return { is: newest.decision, by: newest }
  if (newest.formVersion < form.validFromVersion) return { is: 'text-changed', by: newest }
  const on = dateInZone(newest.decidedAt, zone)
  if (form.validity === 'once') return { is: 'valid', by: newest, until: null }
  if (form.validity === 'yearly') return today < yearAfter(on) ? { is: 'valid', by: newest, until: addDays(yearAfter(on), -1) } : { is: 'ended', by: newest }
  const isThisVisit = appointmentId !== null && newest.appointmentId === appointmentId
  return isThisVisit || on === today ? { is: 'valid', by: newest, until: today } : { is: 'ended', by: newest }
}

/** The same day a year later; of a leap day the first of March. */
function yearAfter(date: PlainDate): PlainDate {
  const [year, month, day] = splitDate(date)
  return new Date(Date.UTC(year + 1, month - 1, day)).toISOString().slice(0, 10)
}

/** Is it asked at this visit? */
export function isAskedAt(form: Pick<ConsentForm, 'scope' | 'typeIds' | 'isActive'>, visit: Pick<Appointment, 'typeId' | 'telehealthUrl'>): boolean {
  if (!form.isActive) return false
  if (form.scope === 'telehealth') return visit.telehealthUrl !== null
  return form.scope === 'all' || (visit.typeId !== null && form.typeIds.includes(visit.typeId))
}

const letters = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim()

/** A typed signature is the signer's own full name, however it is capitalised and with or without a middle name. */
export function isTypedName(typed: string, name: string): boolean {
  const wanted = letters(name).split(' ')
  const given = letters(typed).split(' ')
  return wanted[0] !== '' && given[0] === wanted[0] && given.at(-1) === wanted.at(-1) && given.length >= Math.min(2, wanted.length) && given.every((word) => word.length === 1 || wanted.includes(word))
}

type Signed = Pick<PatientConsent, 'id' | 'signerName' | 'relation' | 'documentId' | 'reason' | 'withdrawsId' | 'decidedAt'> & { decision: string; how: string | null; signature: string | null; witnessedBy: string }

/** What the hash is made of: everything that a reader sees and everything that says by whom it is. Not the patient's id: two charts may turn out to be one. */
export function signedContent(row: Signed, form: Pick<ConsentForm, 'id' | 'version' | 'name' | 'text'>): string {
  return JSON.stringify([
    row.id, form.id, form.version, form.name, form.text, row.decision, row.signerName, row.relation, row.how, row.signature, row.documentId, row.reason, row.withdrawsId, row.decidedAt, row.witnessedBy,
  ])
}

/** What is kept of a signature; of one on paper nothing. */
export function signatureText(signature: Signature): string | null {
  if (signature.how === 'drawn') return signature.strokes
  return signature.how === 'typed' ? signature.name.trim() : null
}

/** Below it somebody else signs: a parent or a guardian is proposed, and a patient may still sign alone where the law lets them. */
export const ADULT_YEARS = 18
export const isMinor = (birthDate: PlainDate, today: PlainDate): boolean => ageInYears(birthDate, today) < ADULT_YEARS
