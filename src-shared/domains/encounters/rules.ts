import { minutesBetween, type Instant, type PlainDate } from '../../kernel/time.ts'
import type { AppointmentStatus } from '../scheduling/model.ts'
import type { Allergy, ClinicalNote, Concept, Diagnosis, Encounter, MedicationStatement, NoteSections } from './model.ts'
import { noteSections } from './model.ts'

/** Why a note cannot be signed yet; the button says it in words, the service refuses with it. */
export const SignProblem = {
  /** Nothing is written in it. */
  noteEmpty: 'note-empty',
  /** A visit is billed and read by its diagnosis (CMS, ICD-10-CM Official Guidelines, section IV: outpatient visits). */
  diagnosisMissing: 'diagnosis-missing',
  /** Text of another window still waits to be taken or left. */
  copyOpen: 'copy-open',
} as const
export type SignProblem = (typeof SignProblem)[keyof typeof SignProblem]

export function signProblems(note: NoteSections, diagnoses: readonly unknown[], copies: readonly unknown[]): SignProblem[] {
  const problems: SignProblem[] = []
  if (isEmptyNote(note)) problems.push(SignProblem.noteEmpty)
  if (diagnoses.length === 0) problems.push(SignProblem.diagnosisMissing)
  if (copies.length > 0) problems.push(SignProblem.copyOpen)
  return problems
}

const isEmptyNote = (note: NoteSections): boolean => noteSections.every((section) => note[section].trim() === '')

/** Only its author writes in a draft, and nobody in a signed note. */
export type DraftRefusal = 'NOT_THE_AUTHOR' | 'NOTE_IS_SIGNED' | 'STALE'

type Stands = Pick<ClinicalNote, 'authorId' | 'status' | 'revision' | 'textHash' | 'sensitivity'>

export function refuseDraft(stands: Stands, save: { authorId: string; revision: number; parent: string | null }): DraftRefusal | undefined {
  if (stands.status === 'signed') return 'NOTE_IS_SIGNED'
  if (stands.authorId !== save.authorId) return 'NOT_THE_AUTHOR'
  return isWrittenOn(stands, save) ? undefined : 'STALE'
}

/** Two machines count their saves alike, so the words decide where they are named. Nobody but its author knows those of a psychotherapy note. */
const isWrittenOn = (stands: Stands, { revision, parent }: { revision: number; parent: string | null }): boolean =>
  parent === null || stands.sensitivity === 'psychotherapy' ? stands.revision === revision : stands.textHash === parent

/** Addenda come from those who answer for the note: who wrote it and who signed it. */
export const mayAmend = (note: Pick<ClinicalNote, 'authorId' | 'signedBy'>, userId: string): boolean => note.authorId === userId || note.signedBy === userId

/** Diagnoses belong to the visit that was signed with them. */
export const canChangeDiagnoses = (encounter: Pick<Encounter, 'status'>): boolean => encounter.status === 'in-progress'

/** Ranks 1, 2, 3 … with one diagnosis moved to the wanted place. */
export function ranked(diagnoses: readonly Diagnosis[], moved: { id: string; rank: number }): Diagnosis[] {
  const one = diagnoses.find((diagnosis) => diagnosis.id === moved.id)
  const others = diagnoses.filter((diagnosis) => diagnosis.id !== moved.id).toSorted((a, b) => a.rank - b.rank)
  const order = one ? others.toSpliced(moved.rank - 1, 0, one) : others
  return order.map((diagnosis, i) => ({ ...diagnosis, rank: i + 1 }))
}

/** The same thing by its code where both have one, else by the words. */
export function sameConcept(a: Concept, b: Concept): boolean {
  if (a.code !== null && b.code !== null && a.system === b.system) return a.code === b.code
  return a.label.trim().toLowerCase() === b.label.trim().toLowerCase()
}

/**
 * An allergy on the list outweighs every answer. With an empty list the last answer counts, and adding an allergy
 * is an answer too: when that allergy turns out to be an error the question is open again.
 */
export function allergyState(allergies: readonly Allergy[], lastReview: { noneKnown: boolean } | undefined): 'listed' | 'none-known' | 'not-asked' {
  if (allergies.length > 0) return 'listed'
  return lastReview?.noneKnown ? 'none-known' : 'not-asked'
}

export const isCurrent = (medication: Pick<MedicationStatement, 'endedOn'>, today: PlainDate): boolean => medication.endedOn === null || medication.endedOn > today

/** The words of a list row: the judgement first, because that is what is looked for later. */
export function excerptOf(note: NoteSections, chars = 160): string {
  const text = [note.assessment, note.plan, note.subjective, note.objective].map((part) => part.trim()).filter(Boolean).join(' ').replace(/\s+/g, ' ')
  return text.length <= chars ? text : `${text.slice(0, chars).replace(/\s\S*$/, '')} …`
}

/** Which of a patient's appointments of one day is the visit that is meant: the one furthest under way, done ones last. */
export function visitOfToday<A extends { status: AppointmentStatus }>(appointments: readonly A[]): A | undefined {
  const order: readonly AppointmentStatus[] = ['in-progress', 'roomed', 'arrived', 'booked', 'proposed', 'fulfilled']
  return appointments.filter((one) => order.includes(one.status)).toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status))[0]
}

const SAME_MEASURING_MIN = 24 * 60

/** Whoever typed a value in at the time has measured it; whoever imported it years later has not. */
export const wasRecordedThen = (observedAt: Instant, recordedAt: Instant): boolean => Math.abs(minutesBetween(observedAt, recordedAt)) <= SAME_MEASURING_MIN
