import type { PatientSummary } from '#shared/domains/patients/model.ts'
import type { TogetherWay } from '#shared/domains/scheduling/contract.series.ts'
import { createStore } from '#renderer/app/store.ts'
import type { RepeatDraft, SeriesPlan } from './view.series.ts'

/** What is in the booking panel. It outlives the panel: Esc closes and keeps it, also while a new patient is registered. */
export interface BookingDraft {
  isWalkIn: boolean
  patient: PatientSummary | undefined
  /** What was typed while looking for the patient. */
  typed: string
  /** Null: the clinic's usual type, and the type's own length. */
  typeId: string | null
  durationMin: number | null
  /** Null: any provider. */
  providerId: string | null
  reason: string
  timeText: string
  /** A link for this visit alone; empty: the one of its type. */
  linkText: string
  /** Undefined: it is one visit. */
  repeat: RepeatDraft | undefined
  /** The dates of the series, once they are looked at. */
  plan: SeriesPlan | undefined
  /** Who comes along, each with a visit of their own. */
  companions: readonly Companion[]
  way: TogetherWay
}

export interface Companion {
  patient: PatientSummary
  /** Null: the same as the first one's. */
  typeId: string | null
}

export const emptyDraft: BookingDraft = { isWalkIn: false, patient: undefined, typed: '', typeId: null, durationMin: null, providerId: null, reason: '', timeText: '', linkText: '', repeat: undefined, plan: undefined, companions: [], way: 'in-turn' }

/** One for each person who shares the window. */
const kept = createStore<Readonly<Record<string, BookingDraft | undefined>>>({})

export const setBookingDraft = (userId: string, draft: BookingDraft | undefined): void => kept.set({ ...kept.get(), [userId]: draft })

/** The draft of this person; somebody else at the same window does not see it. */
export const bookingDraftOf = (userId: string): BookingDraft | undefined => kept.get()[userId]

export function useBookingDraft(userId: string): [BookingDraft, (changes: Partial<BookingDraft>) => void] {
  kept.use()
  const draft = bookingDraftOf(userId) ?? emptyDraft
  return [draft, (changes) => setBookingDraft(userId, { ...(bookingDraftOf(userId) ?? emptyDraft), ...changes })]
}
