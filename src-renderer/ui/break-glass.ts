import { createStore } from '#renderer/app/store.ts'

/** Whose chart is to be opened in an emergency: the one that was refused, or one that is named by its number in the dialog. */
export interface WantedChart {
  patientId: string | undefined
  onOpened: (patientId: string) => void
}

const wanted = createStore<WantedChart | undefined>(undefined)

/** Any screen asks; the dialog belongs to the access domain and hangs in the frame. */
export const askToBreakGlass = wanted.set
export const useWantedChart = wanted.use
export const closeBreakGlass = (): void => wanted.set(undefined)
