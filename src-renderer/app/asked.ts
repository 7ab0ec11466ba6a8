import { useEffect } from 'react'
import { createStore } from './store.ts'

/** What a task or a recall is about, as far as the screen that asks for it knows. */
export interface Subject {
  patientId?: string | undefined
  appointmentId?: string | undefined
  encounterId?: string | undefined
}

/** What the screen has chosen beyond its address: the appointment that is looked at on the day. */
const chosen = createStore<Subject | undefined>(undefined)

/** For a screen whose address does not say what is open in it. */
export function useChosenSubject({ patientId, appointmentId }: Subject): void {
  useEffect(() => {
    chosen.set(patientId ? { patientId, appointmentId } : undefined)
    return () => chosen.set(undefined)
  }, [patientId, appointmentId])
}

/** "/patients/<id>/…", "/billing/patients/<id>", "/encounters/<id>/note" name it; of other screens, what is chosen in them. */
export function subjectOf(path: string): Subject {
  const patientId = /\/patients\/([0-9a-f-]{36})/.exec(path)?.[1]
  const encounterId = /\/encounters\/([0-9a-f-]{36})/.exec(path)?.[1]
  return patientId || encounterId ? { patientId, encounterId } : (chosen.get() ?? {})
}

/** Asked by any screen or the palette, answered by the panel of the domain that it belongs to: about what is open, about this, or (null) about nothing. */
type Asked = 'open' | Subject | null
const task = createStore<Asked | undefined>(undefined)
const recall = createStore<string | undefined>(undefined)

export const askForTask = (subject: Asked): void => task.set(subject)
export const useAskedTask = task.use
export const endAskedTask = (): void => task.set(undefined)

export const askForRecall = (patientId: string): void => recall.set(patientId)
export const useAskedRecall = recall.use
export const endAskedRecall = (): void => recall.set(undefined)

/** Forms that a patient is asked to sign, in this order; at a visit or without one. */
export interface AskedConsent { patientId: string; formIds: readonly string[]; appointmentId?: string | null }
const consent = createStore<AskedConsent | undefined>(undefined)

export const askForConsent = (asked: AskedConsent): void => consent.set(asked)
export const useAskedConsent = consent.use
export const endAskedConsent = (): void => consent.set(undefined)
