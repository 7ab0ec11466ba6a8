import { useSyncExternalStore } from 'react'

/** "Register a new patient", asked from anywhere: also while a form is open already, which then stays as a draft. */
export interface RegistrationRequest {
  count: number
  query: string
}

let latest: RegistrationRequest = { count: 0, query: '' }
const listeners = new Set<() => void>()

export function requestRegistration(query: string): void {
  latest = { count: latest.count + 1, query }
  for (const listener of listeners) listener()
}

export const useRegistrationRequest = (): RegistrationRequest =>
  useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, () => latest)
