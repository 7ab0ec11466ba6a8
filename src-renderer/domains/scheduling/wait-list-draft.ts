import type { PatientSummary } from '#shared/domains/patients/model.ts'
import { ANY_WEEKDAY } from '#shared/domains/scheduling/model.wait-list.ts'
import type { PlainDate } from '#shared/kernel/time.ts'
import { createStore } from '#renderer/app/store.ts'

/** What is in the form of the wait list. It outlives the panel: Esc closes and keeps it. */
export interface WaitListDraft {
  patient: PatientSummary | undefined
  /** The appointment they have already. */
  appointmentId: string | null
  typeId: string | null
  durationMin: number | null
  providerId: string | null
  weekdays: number
  fromText: string
  toText: string
  notBefore: PlainDate | undefined
  until: PlainDate | undefined
  noticeMin: number
  isUrgent: boolean
  note: string
}

export const emptyWaitListDraft: WaitListDraft = {
  patient: undefined, appointmentId: null, typeId: null, durationMin: null, providerId: null, weekdays: ANY_WEEKDAY, fromText: '', toText: '', notBefore: undefined, until: undefined, noticeMin: 0, isUrgent: false, note: '',
}

/** One for each person who shares the window. */
const kept = createStore<Readonly<Record<string, WaitListDraft | undefined>>>({})

export const setWaitListDraft = (userId: string, draft: WaitListDraft | undefined): void => kept.set({ ...kept.get(), [userId]: draft })

export function useWaitListDraft(userId: string): [WaitListDraft, (changes: Partial<WaitListDraft>) => void] {
  kept.use()
  const draft = kept.get()[userId] ?? emptyWaitListDraft
  return [draft, (changes) => setWaitListDraft(userId, { ...(kept.get()[userId] ?? emptyWaitListDraft), ...changes })]
}
