import { useSyncExternalStore } from 'react'

/** "Book for this patient", asked in the palette: the Day takes it up, whether it is on the screen already or comes up now. */
let wanted: string | undefined
const listeners = new Set<() => void>()

function set(patientId: string | undefined): void {
  wanted = patientId
  for (const listener of listeners) listener()
}

export const requestBooking = (patientId: string): void => set(patientId)
export const takeBookingRequest = (): void => set(undefined)

export const useBookingRequest = (): string | undefined =>
  useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, () => wanted)
