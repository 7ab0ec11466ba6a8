import { useState } from 'react'
import { useActor } from '#renderer/app/actor.tsx'

/** What stands in panels that were closed without saving, for as long as the window lives; each person has their own. */
const kept = new Map<string, unknown>()

/** State that survives the panel: Esc closes and keeps it. `forget` when it has been saved. */
export function useKept<T>(name: string, start: T): { value: T; change: (value: T) => void; forget: () => void } {
  const { userId } = useActor()
  const key = `${userId} ${name}`
  const [value, setValue] = useState<T>(() => (kept.has(key) ? (kept.get(key) as T) : start)) // Put there under the same name, so of the same type.
  return {
    value,
    change: (next) => {
      kept.set(key, next)
      setValue(next)
    },
    forget: () => kept.delete(key),
  }
}
