import { useSyncExternalStore } from 'react'

/** One value of the window that several screens look at and that outlives each of them. */
export interface Store<T> {
  get: () => T
  set: (next: T) => void
  /** Hook: the value, drawn again whenever it is set. */
  use: () => T
}

export function createStore<T>(first: T): Store<T> {
  let current = first
  const listeners = new Set<() => void>()
  const get = (): T => current
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  return {
    get,
    set: (next) => {
      current = next
      for (const listener of listeners) listener()
    },
    use: () => useSyncExternalStore(subscribe, get),
  }
}
