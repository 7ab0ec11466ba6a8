import { createStore } from '#renderer/app/store.ts'

/** "Book for this patient", asked in the palette: the Day takes it up, whether it is on the screen already or comes up now. */
const wanted = createStore<string | undefined>(undefined)

export const requestBooking = (patientId: string): void => wanted.set(patientId)
export const takeBookingRequest = (): void => wanted.set(undefined)
export const useBookingRequest = wanted.use
