import { createStore } from '#renderer/app/store.ts'

/** "Register a new patient", asked from anywhere: also while a form is open already, which then stays as a draft. */
interface RegistrationRequest {
  count: number
  query: string
}

const latest = createStore<RegistrationRequest>({ count: 0, query: '' })

export const requestRegistration = (query: string): void => latest.set({ count: latest.get().count + 1, query })
export const useRegistrationRequest = latest.use
