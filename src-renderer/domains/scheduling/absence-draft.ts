import { createStore } from '#renderer/app/store.ts'

/** What somebody has chosen for a visit: a place by its provider and time, the wait list, or nothing yet. */
export type Chosen = string

/** Choices outlive the screen and a core that dies: by person and plan, then by appointment. Untouched rows have none. */
const kept = createStore<Readonly<Record<string, Readonly<Record<string, Chosen>> | undefined>>>({})
const none: Readonly<Record<string, Chosen>> = {}

export const dropAbsenceDraft = (key: string): void => kept.set({ ...kept.get(), [key]: undefined })

export function useAbsenceDraft(key: string): [Readonly<Record<string, Chosen>>, (appointmentId: string, chosen: Chosen) => void] {
  kept.use()
  const draft = kept.get()[key] ?? none
  return [draft, (appointmentId, chosen) => kept.set({ ...kept.get(), [key]: { ...(kept.get()[key] ?? none), [appointmentId]: chosen } })]
}
