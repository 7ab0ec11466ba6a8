import type { PatientSummary } from '#shared/domains/patients/model.ts'
import { useSyncExternalStore } from 'react'

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
}

export const emptyDraft: BookingDraft = { isWalkIn: false, patient: undefined, typed: '', typeId: null, durationMin: null, providerId: null, reason: '', timeText: '' }

let kept: { userId: string; draft: BookingDraft } | undefined
const listeners = new Set<() => void>()

export function setBookingDraft(userId: string, draft: BookingDraft | undefined): void {
  kept = draft && { userId, draft }
  for (const listener of listeners) listener()
}

/** The draft of this person; somebody else at the same window does not see it. */
export const bookingDraftOf = (userId: string): BookingDraft | undefined => (kept?.userId === userId ? kept.draft : undefined)

export function useBookingDraft(userId: string): [BookingDraft, (changes: Partial<BookingDraft>) => void] {
  const draft = useSyncExternalStore(subscribe, () => bookingDraftOf(userId)) ?? emptyDraft
  return [draft, (changes) => setBookingDraft(userId, { ...(bookingDraftOf(userId) ?? emptyDraft), ...changes })]
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
